"""A paragraph ready to be cut into lines: shaped characters with their bodies, spaces and break prices.

Nothing here knows who shaped the characters or who will draw them. Positions count characters (clusters) of the
whole paragraph. Widths are in one unit of the caller's (points, px, em); the row they are measured in is in em.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from bookmaker.composition import classes as c
from bookmaker.composition.breaking import FORBIDDEN, Kinsoku, break_prices, is_cut
from bookmaker.composition.classes import classify, with_narrow_forms
from bookmaker.composition.row import Cell, Cells, Row, measure_row
from bookmaker.composition.runs import (
    Run,
    common_size,
    hyphen_places,
    odd_advances,
    odd_cells,
    scales_of,
    tails_of,
    with_raised,
)
from bookmaker.composition.space_kinds import CUT, NOTHING, TYPED, kinds_of
from bookmaker.composition.spacing import Space, SpacingTable

__all__ = ["Paragraph", "Run", "make_paragraph"]


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
    size = common_size(runs)
    kinds = kinds_of(table)
    advances = odd_advances(runs, size)
    scales = scales_of(runs, size)
    letters = with_narrow_forms(classify(text), advances, scales)
    prices = break_prices(text, letters, level)
    cuts = [at for at, price in enumerate(prices) if is_cut(price)] if c.SIGN in letters else []
    if any(run.raised for run in runs):
        letters = with_raised(letters, runs, prices)
    tails = tails_of(letters, runs, size, scales)
    hyphens = hyphen_places(text, runs, prices) if any(run.hyphens for run in runs) else {}
    for at, width in hyphens.items():
        tails[at - 1] = tails.get(at - 1, 0.0) + width / size
    numbers = kinds.numbers(letters)
    cells = Cells(kinds, letters, advances, {}, scales)
    odd_cells(cells, runs, size)
    if c.SPACE in letters:
        _close_typed_gaps(cells, numbers)
        _bind_units(text, letters, prices, numbers)
    for at in cuts:
        if is_cut(prices[at]):
            # A line of nothing but an address has no other space to give.
            numbers[at - 1] = CUT
    return Paragraph(text, letters, size, measure_row(cells, numbers, tails), prices, hyphens)


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
