"""Shaped characters as they come, in runs of one size, and what a paragraph takes from them; widths in em."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress, repeat
from operator import ne

from bookmaker.composition import classes as c
from bookmaker.composition.breaking import FORBIDDEN, HYPHENATED, address_places
from bookmaker.composition.row import Cell, Cells


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


def common_size(runs: Sequence[Run]) -> float:
    """The size of most characters."""
    if len(runs) == 1:
        return runs[0].size
    counts: Counter[float] = Counter()
    for run in runs:
        counts[run.size] += len(run.text)
    return max(counts, key=lambda size: (counts[size], size), default=1.0)


def odd_advances(runs: Sequence[Run], size: float) -> dict[int, float]:
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


def scales_of(runs: Sequence[Run], size: float) -> list[float] | None:
    """The size of every character in em; `None` if all are one."""
    if all(run.size == size or not run.text for run in runs):
        return None
    return [scale for run in runs for scale in repeat(run.size / size, len(run.text))]


def tails_of(letters: str, runs: Sequence[Run], size: float, scales: Sequence[float] | None) -> dict[int, float]:
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


def hyphen_places(text: str, runs: Sequence[Run], prices: list[float]) -> dict[int, float]:
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


def odd_cells(cells: Cells, runs: Sequence[Run], size: float) -> None:
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


def with_raised(letters: str, runs: Sequence[Run], prices: list[float]) -> str:
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
