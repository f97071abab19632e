"""A paragraph ready to be cut into lines: shaped characters with their bodies, spaces and break prices.

Nothing here knows who shaped the characters or who will draw them. Positions count characters (clusters) of the
whole paragraph. Widths are in one unit of the caller's (points, px, em); the row they are measured in is in em.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, compress, repeat
from operator import ne

from bookmaker.composition import classes as c
from bookmaker.composition.breaking import FORBIDDEN, HYPHENATED, Kinsoku, address_places, break_prices, is_cut
from bookmaker.composition.classes import classify, with_narrow_forms
from bookmaker.composition.row import Cell, Cells, Row, measure_row
from bookmaker.composition.space_kinds import CUT, NOTHING, TYPED, kinds_of
from bookmaker.composition.spacing import Space, SpacingTable


@dataclass(frozen=True, slots=True)
class Run:
    """Shaped characters of one size: `text` holds one character a cluster, `advances` their widths.

    Without `advances` every character is as wide as the size, as Han are. `before` and `after` are the widths of what
    surrounds the run in its line (padding, border, margin). A `raised` run (a note's number) clings to what stands
    before it and takes no space beside it. `unkerned` are the advances without kerning: a letter at a line's end is
    kerned with nothing. `hyphens` are positions in the run before which a Latin word may be parted, with a hyphen of
    the width `hyphen`.
    """

    text: str
    advances: Sequence[float] | None
    size: float
    before: float = 0.0
    after: float = 0.0
    raised: bool = False
    unkerned: Sequence[float] | None = None
    hyphens: Sequence[int] = ()
    hyphen: float = 0.0

    @property
    def widths(self) -> Sequence[float]:
        """The advance of every character."""
        return self.advances if self.advances is not None else [self.size] * len(self.text)

    def surrounded(self, *, before: float = 0.0, after: float = 0.0) -> "Run":
        """The run with more around it."""
        return replace(self, before=self.before + before, after=self.after + after)


@dataclass(eq=False)
class Paragraph:
    """All runs as one row of characters. `size` is that of most of them: the em of the `row`.

    `prices[i]` is what a line's end before character i costs; `hyphens` holds the places where it asks for a hyphen,
    and its width. Both may be changed before lines are made.
    """

    text: str
    classes: str
    size: float
    row: Row
    prices: list[float]
    hyphens: dict[int, float] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.text)

    # Place by place, in the caller's unit:

    @cached_property
    def sizes(self) -> list[float]:
        """The size of every character."""
        return [self.size * self.row.cells.scale(at) for at in range(len(self))]

    @cached_property
    def spaces(self) -> list[Space]:
        """The space behind every character, in em of the smaller of the two beside it."""
        return [self.row.cells.kinds.spaces[kind] for kind in self.row.kinds]

    @cached_property
    def lefts(self) -> list[float]:
        """How far from its origin the body of every character begins."""
        return [self.size * cell.left for cell in self._cells]

    @cached_property
    def bodies(self) -> list[float]:
        """How wide the body of every character is."""
        return [self.size * cell.body for cell in self._cells]

    @cached_property
    def starts(self) -> list[float]:
        """Where the body of every character begins if every space is natural, and where the last ends."""
        return [self.size * start for start in self.row.starts]

    @cached_property
    def ends(self) -> list[float]:
        """Where the body of every character ends if every space is natural."""
        return [self.size * end for end in self.row.ends]

    @cached_property
    def leasts(self) -> list[float]:
        """Where the body of every character begins if every space has given all it can."""
        places = zip(self._cells, self.spaces, self._scales, strict=True)
        firm = (cell.body + space.least * scale for cell, space, scale in places)
        return [self.size * start for start in accumulate(firm, initial=0.0)]

    @cached_property
    def hair(self) -> list[float]:
        """What the spaces before every character give before any of them shrinks."""
        hairs = (space.hair * scale for space, scale in zip(self.spaces, self._scales, strict=True))
        return [self.size * most for most in accumulate(hairs, initial=0.0)]

    @cached_property
    def tails(self) -> list[float]:
        """What every character takes more at a line's end."""
        return [self.size * self.row.tails.get(at, 0.0) for at in range(len(self))]

    @property
    def _cells(self) -> list[Cell]:
        return [self.row.cells[at] for at in range(len(self))]

    @property
    def _scales(self) -> list[float]:
        return [self.row.cells.space_scale(at) for at in range(len(self))]


def make_paragraph(runs: Sequence[Run], table: SpacingTable, level: Kinsoku = Kinsoku.STRICT) -> Paragraph:
    """The paragraph of some runs, in reading order."""
    text = "".join([run.text for run in runs])
    size = _common_size(runs)
    kinds = kinds_of(table)
    advances = _advances(runs, size)
    scales = _scales(runs, size)
    letters = with_narrow_forms(classify(text), advances, scales)
    prices = break_prices(text, letters, level)
    cuts = [at for at, price in enumerate(prices) if is_cut(price)] if c.SIGN in letters else []
    if any(run.raised for run in runs):
        letters = _raised(letters, runs, prices)
    tails = _tails(letters, runs, size, scales)
    hyphens = _hyphens(text, runs, prices) if any(run.hyphens for run in runs) else {}
    for at, width in hyphens.items():
        tails[at - 1] = tails.get(at - 1, 0.0) + width / size
    numbers = kinds.numbers(letters)
    cells = Cells(kinds, letters, advances, {}, scales)
    _find_odd(cells, runs, size)
    if c.SPACE in letters:
        _close_typed_gaps(cells, numbers)
        _bind_units(text, letters, prices, numbers)
    for at in cuts:
        if is_cut(prices[at]):
            # A line of nothing but an address has no other space to give.
            numbers[at - 1] = CUT
    return Paragraph(text, letters, size, measure_row(cells, numbers, tails), prices, hyphens)


def _common_size(runs: Sequence[Run]) -> float:
    """The size of most characters."""
    if len(runs) == 1:
        return runs[0].size
    counts: Counter[float] = Counter()
    for run in runs:
        counts[run.size] += len(run.text)
    return max(counts, key=lambda size: (counts[size], size), default=1.0)


def _advances(runs: Sequence[Run], size: float) -> dict[int, float]:
    """The advances that are not the run's size, in em."""
    found: dict[int, float] = {}
    first = 0
    for run in runs:
        count = len(run.text)
        if run.advances is not None:
            for at in compress(range(count), map(ne, run.advances, repeat(run.size, count))):
                found[first + at] = run.advances[at] / size
        first += count
    return found


def _scales(runs: Sequence[Run], size: float) -> list[float] | None:
    """The size of every character in em; `None` if all are one."""
    if all(run.size == size or not run.text for run in runs):
        return None
    return [scale for run in runs for scale in repeat(run.size / size, len(run.text))]


def _tails(letters: str, runs: Sequence[Run], size: float, scales: Sequence[float] | None) -> dict[int, float]:
    """What a character takes more at a line's end, in em, where that is not nothing."""
    found: dict[int, float] = {}
    at = letters.find(c.MIDDLE)
    while at >= 0:
        # The blank a middle dot has is its own: at a line's end it stays.
        found[at] = 0.25 * (scales[at] if scales is not None else 1.0)
        at = letters.find(c.MIDDLE, at + 1)
    first = 0
    for run in runs:
        count = len(run.text)
        if run.unkerned is not None:
            widths = run.widths
            dots = [at - first for at in found if first <= at < first + count]
            for at in (*dots, *compress(range(count), map(ne, run.unkerned, widths))):
                found[first + at] = (run.unkerned[at] - widths[at]) / size
        first += count
    return found


def _hyphens(text: str, runs: Sequence[Run], prices: list[float]) -> dict[int, float]:
    """Where words may be parted and with how wide a hyphen."""
    found: dict[int, float] = {}
    addresses = address_places(text)
    first = 0
    for run in runs:
        for at in (first + within for within in run.hyphens if 0 < within < len(run.text)):
            if prices[at] == FORBIDDEN and at not in addresses:
                found[at] = run.hyphen
                prices[at] = HYPHENATED
        first += len(run.text)
    return found


def _find_odd(cells: Cells, runs: Sequence[Run], size: float) -> None:
    """Find the cells that are not what their classes say: of another size or width, or with something around them."""
    odd = cells.odd
    if not cells.kinds.boxes.keys().isdisjoint(cells.classes):
        odd.update({at: cells[at] for at in cells.advances if cells.classes[at] in cells.kinds.boxes})
    first = 0
    for run in runs:
        last = first + len(run.text) - 1
        if run.size != size:
            odd.update({at: cells[at] for at in range(first, last + 1)})
        if last >= first and (run.before or run.after):
            before, after = run.before / size, run.after / size
            left, body, advance = cells[first]
            odd[first] = Cell(left - before, body + before, advance)
            left, body, advance = cells[last]
            odd[last] = Cell(left, body + after, advance)
        first = last + 1


def _close_typed_gaps(cells: Cells, numbers: bytearray) -> None:
    """A space typed between Han and Latin is the gap that stands there anyway, and no wider."""
    letters = cells.classes
    at = letters.find(c.SPACE, 1)
    while 0 < at < len(letters) - 1:
        around = {letters[at - 1], letters[at + 1]}
        if c.HAN in around and around & _WESTERN:
            left, _, advance = cells[at]
            cells.odd[at] = Cell(left, 0.0, advance)
            numbers[at - 1], numbers[at] = NOTHING, TYPED
        at = letters.find(c.SPACE, at + 1)


def _bind_units(text: str, letters: str, prices: list[float], numbers: bytearray) -> None:
    """The space of 3.2 km keeps its width: pulled apart, number and unit are no longer one thing."""
    at = letters.find(c.SPACE, 1)
    while 0 < at < len(letters) - 1:
        if prices[at + 1] == FORBIDDEN and text[at - 1].isdigit() and letters[at + 1] == c.LETTER:
            numbers[at] = NOTHING
        at = letters.find(c.SPACE, at + 1)


#: What has a gap beside Han.
_WESTERN = frozenset({c.LETTER, c.DIGIT, c.SIGN})


def _raised(letters: str, runs: Sequence[Run], prices: list[float]) -> str:
    """Raised runs are a class of their own, and no line begins with one."""
    at, parts = 0, []
    for run in runs:
        count = len(run.text)
        parts.append(c.RAISED * count if run.raised else letters[at : at + count])
        if run.raised:
            prices[at : at + count] = [FORBIDDEN] * count
            if at + count < len(letters) and letters[at + count] == c.HAN:
                prices[at + count] = 0.0
        at += count
    return "".join(parts)
