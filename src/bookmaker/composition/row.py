"""The characters of a paragraph side by side, measured: any line of it is the difference of two sums."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress, repeat
from typing import NamedTuple

from bookmaker.composition import classes as c
from bookmaker.composition.pairs import picker
from bookmaker.composition.space_kinds import SpaceKinds

Pick = Callable[[Sequence[float]], Sequence[float]]


class Cell(NamedTuple):
    """Where a character's body begins in its cell, how wide the body is, and how wide the cell, in em."""

    left: float
    body: float
    advance: float


@dataclass(slots=True)
class Cells:
    """The cells of a paragraph, in em of its size.

    A cell is one em wide unless `advances` says otherwise, and what its class makes it unless it is `odd`. `scales`
    are the sizes of the characters where not all are 1.
    """

    kinds: SpaceKinds
    classes: str
    advances: dict[int, float]
    odd: dict[int, Cell]
    scales: Sequence[float] | None

    def __getitem__(self, at: int) -> Cell:
        odd = self.odd.get(at)
        if odd is not None:
            return odd
        advance = self.advances.get(at, self.scale(at))
        left, right = self.kinds.box(self.classes[at])
        return Cell(left * advance, (right - left) * advance, advance)

    def left(self, at: int) -> float:
        """Where a character's body begins in its cell."""
        return self[at].left if at in self.odd or self.classes[at] in self.kinds.boxes else 0.0

    def widths(self, first: int, last: int) -> list[float]:
        """The advances of characters `first` to `last` (excluded)."""
        if self.scales is None:
            return list(map(self.advances.get, range(first, last), repeat(1.0)))
        return [self[at].advance for at in range(first, last)]

    def scale(self, at: int) -> float:
        """The size of a character."""
        return self.scales[at] if self.scales is not None else 1.0

    def space_scale(self, at: int) -> float:
        """The size of the space behind a character: that of the smaller neighbour."""
        if self.scales is None:
            return 1.0
        return min(self.scales[at], self.scales[min(at + 1, len(self.scales) - 1)])


@dataclass(slots=True)
class Row:
    """A paragraph's characters with every space natural, in em of its size.

    `starts[i]` is where the body of character i begins, `ends[i]` where it ends, and `tips[i]` where a line that ends
    with it does, which is by its `tails` further. A line that begins at a break a sets characters from `begins[a]` on,
    one that ends at b up to `lasts[b]`. `kinds[i]` is the kind of the space behind character i. `special` are the
    places where that is not plain, `rank[i]` is how many of them stand before i, and `sums[…][r]` what the first r are
    worth by each column of their values, of weights and hairs how much more than plain ones. `moves` says how much
    further than its advance a pen goes, where the kind does not.
    """

    cells: Cells
    kinds: bytes
    starts: list[float]
    ends: list[float]
    tips: list[float]
    tails: Mapping[int, float]
    lasts: Sequence[int]
    begins: Sequence[int]
    rank: list[int]
    special: list[int]
    sums: list[list[float]]
    moves: dict[int, float]


def measure_row(cells: Cells, kinds: bytearray, tails: Mapping[int, float]) -> Row:
    """The row of some cells with these kinds of spaces; `tails` is what a character takes more at a line's end."""
    table = cells.kinds
    steps = list(picker(kinds)(table.steps))
    for at, advance in cells.advances.items():
        steps[at] += advance - 1.0
    if steps:
        steps[-1] = cells[len(steps) - 1].body
    flags = kinds.translate(table.special)
    moves = _measure_odd(cells, kinds, steps)
    for at in moves:
        flags[at] = 1
    starts = list(accumulate(steps, initial=0.0))
    rank = list(accumulate(flags, initial=0))
    special = list(compress(range(len(kinds)), flags))
    own = bytes(compress(kinds, flags))
    scaled = [(rank[at], scale) for at in moves if (scale := cells.space_scale(at)) != 1.0]
    pick: Pick = picker(own)
    blanks = pick(table.naturals)
    if scaled:
        blanks = list(blanks)
        for number, scale in scaled:
            blanks[number] *= scale
    ends = starts[1:]
    for at, blank in zip(special, blanks, strict=True):
        if blank:
            ends[at] -= blank
    tips = ends
    if tails:
        tips = ends.copy()
        for at, tail in tails.items():
            tips[at] += tail
    lasts, begins = _edges(cells.classes)
    return Row(
        cells=cells,
        kinds=bytes(kinds),
        starts=starts,
        ends=ends,
        tips=tips,
        tails=tails,
        lasts=lasts,
        begins=begins,
        rank=rank,
        special=special,
        sums=_sums(table, pick, own, scaled),
        moves=moves,
    )


def _measure_odd(cells: Cells, kinds: Sequence[int], steps: list[float]) -> dict[int, float]:
    """Put right the steps around odd cells; how far the pens move there."""
    moves: dict[int, float] = {}
    places = {place for at in cells.odd for place in (at - 1, at) if place >= 0}
    for at in sorted(places):
        left, body, advance = cells[at]
        natural = cells.kinds.naturals[kinds[at]] * cells.space_scale(at)
        following = cells[at + 1].left if at + 1 < len(kinds) else 0.0
        steps[at] = body + natural
        moves[at] = left + body + natural - following - advance
    return moves


def _sums(table: SpaceKinds, pick: Pick, own: bytes, scaled: Sequence[tuple[int, float]]) -> list[list[float]]:
    """The sums of what special spaces have beyond plain ones; some are `scaled` (which of them, how large)."""
    nothing = [0.0] * (len(own) + 1)
    kinds = set(own)
    sums = []
    for values, beyond, present in zip(table.values, table.beyond, table.present, strict=True):
        if not scaled and present.isdisjoint(kinds):
            sums.append(nothing)
            continue
        more = pick(beyond)
        if scaled:
            more = list(more)
            for number, scale in scaled:
                # What is beyond a plain space of the paragraph's size, which is not scaled.
                more[number] += values[own[number]] * (scale - 1.0)
        sums.append(list(accumulate(more, initial=0.0)))
    return sums


def _edges(classes: str) -> tuple[Sequence[int], Sequence[int]]:
    """The last character of a line that ends at each break, and the first of one that begins there.

    Spaces at a line's edges and the forced break are not set.
    """
    count = len(classes)
    if c.SPACE not in classes and c.BREAK not in classes:
        return range(-1, count), range(count + 1)
    lasts, begins = list(range(-1, count)), list(range(count + 1))
    places = list(compress(range(count), map(_NOT_SET.__contains__, classes)))
    for at in places:
        lasts[at + 1] = lasts[at]
    for at in reversed(places):
        if classes[at] == c.SPACE:
            begins[at] = begins[at + 1]
    return lasts, begins


_NOT_SET = frozenset(c.SPACE + c.BREAK)
