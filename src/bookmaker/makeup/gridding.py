"""What a section holds, thing by thing, put on the grid of lines: units to blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from bookmaker.makeup.parts import Block, Form, Part, Row, lowered, top_of
from bookmaker.makeup.styles import Style

#: Rounding errors, in pt.
NOTHING = 0.01
#: The space below a block is rounded to whole lines, and from here on down: less is a title's own.
_HALF = 0.51
#: The grid of a section whose lines are not the book's, in pt.
_FINE = 1.5


@dataclass(frozen=True, slots=True)
class Grid:
    """The type area: its width and the leading of its lines in pt, and how many lines it holds."""

    width: float
    leading: float
    lines: int
    baseline: float


@dataclass(slots=True)
class Unit:
    """One thing in the flow before it is put on the grid: rows of its own leading, margins in pt."""

    forms: list[Form]
    leading: float
    margin: tuple[float, float]
    step: str = ""
    before: str = "auto"
    with_next: bool = False
    whole: bool = False
    first: int = 2
    last: int = 2
    opens: str = ""
    solid: float | None = None
    cuts: tuple[int, ...] | None = None
    again: tuple[Row, ...] = ()
    movable: bool = False
    #: So many units from here on are one thing that ends on a line of the grid.
    ends_after: int = 0


@dataclass(slots=True)
class Around:
    """What surrounds a block: the room it has, and its place in the structure."""

    left: float
    width: float
    node: int


def baseline_of(style: Style, ascent: float, descent: float) -> float:
    """How far below a line's top its baseline is: half the leading above the face's own height (CSS Inline 3 §5.1)."""
    return (style.leading - (ascent + descent) * style.size) / 2 + ascent * style.size


def fine_grid(grid: Grid) -> Grid:
    """The lines of a section of another leading than the book's: so fine that its blocks stand where they like."""
    return replace(grid, leading=_FINE, lines=int((grid.leading * grid.lines + NOTHING) / _FINE))


def grid_blocks(grid: Grid, units: list[Unit]) -> list[Block]:
    """Units to blocks: every block begins on a line of the grid."""
    return _Gridding(grid, units).blocks()


class _Gridding:
    def __init__(self, grid: Grid, units: list[Unit]) -> None:
        self._grid = grid
        self._units = units
        self._blocks: list[Block] = []
        #: The margin that is due after the last block, in pt.
        self._due = 0.0
        self._head: list[Unit] = []

    def blocks(self) -> list[Block]:
        for unit in self._units:
            if unit.with_next and unit is not self._units[-1]:
                self._head.append(unit)
            else:
                self._add(unit)
        return self._blocks

    def _add(self, unit: Unit) -> None:
        leading = self._grid.leading
        head, self._head = self._head, []
        first = (head or [unit])[0]
        stacked: list[tuple[Part, ...]] = []
        down = 0.0
        margin = max(first.margin[0], self._due)
        if head:
            parts, down = self._stack(head)
            gap = max(head[-1].margin[1], unit.margin[0])
            down = _up(down, leading) if gap < NOTHING else down
            down = _up(down + gap, leading)
            stacked = in_rows(parts, leading, round(down / leading))
        if unit.solid is not None:
            self._add_solid(unit, stacked, margin, first, _calls_of(head))
            return
        space = round(margin / leading)
        form_rows = unit.forms
        scale = unit.leading / leading
        if abs(scale - round(scale)) > 1e-6 or round(scale) < 1:
            # Lines of another leading, as those of a title: one solid thing.
            self._add_solid(_solid(unit), stacked, margin, first, _calls_of(head))
            return
        if round(scale) != 1:
            form_rows = [_spread(form, round(scale)) for form in form_rows]
        form_rows = [replace(form, calls=(*_calls_of(head), *form.calls)) for form in form_rows]
        lines = len(form_rows[0].rows)
        self._blocks.append(
            Block(
                space=space,
                head=tuple(stacked),
                forms=tuple(form_rows),
                opens=first.opens,
                keep=first.before == "avoid",
                first=lines if unit.whole else min(unit.first, lines),
                last=lines if unit.whole else min(unit.last, lines),
                cuts=unit.cuts,
                again=unit.again,
            )
        )
        self._due = unit.margin[1]

    def _stack(self, head: list[Unit]) -> tuple[list[Part], float]:
        """Units one below the other, in pt from the top of the first."""
        leading = self._grid.leading
        parts: list[Part] = []
        down = 0.0
        for index, unit in enumerate(head):
            if index:
                down += max(head[index - 1].margin[1], unit.margin[0])
            if unit.ends_after:
                end = down + _height_of(head[index : index + unit.ends_after])
                down += _up(end, leading) - end
            form, step = unit.forms[0], unit.leading
            height = unit.solid if unit.solid is not None else step * len(form.rows)
            slack = _up(down + height, leading) - down - height if unit.step else 0.0
            down += {"end": slack, "center": slack / 2}.get(unit.step, 0.0)
            for number, row in enumerate(form.rows):
                parts += [lowered(part, down + number * step) for part in row]
            down += height + {"start": slack, "center": slack / 2}.get(unit.step, 0.0)
        return parts, down

    def _add_solid(
        self,
        unit: Unit,
        stacked: list[tuple[Part, ...]],
        margin: float,
        first: Unit,
        above: tuple[tuple[int, int], ...],
    ) -> None:
        """A thing of any height: it takes whole lines, and what is left over is space around it."""
        leading, height = self._grid.leading, unit.solid or 0.0
        before = 0.0 if stacked else margin
        total = _up(before + height + unit.margin[1], leading)
        slack = total - before - height - unit.margin[1]
        offset = before + (slack / 2 if unit.step == "center" else slack if unit.step == "end" else 0.0)
        space = int((offset + NOTHING) // leading)
        shift = offset - space * leading
        lines = max(1, ceil((shift + height - NOTHING) / leading))
        form = unit.forms[0]
        parts = [part for row in form.rows for part in row]
        # Read as it was made, cell by cell: where it must be parted all the same, its parts go where they fall.
        rows = [tuple(parts), *[()] * (lines - 1)]
        cuts = None if lines + len(stacked) > self._grid.lines else ()
        calls = (*above, *((0, note) for _, note in form.calls))
        self._blocks.append(
            Block(
                space=round(margin / leading) if stacked else space,
                head=tuple(stacked),
                forms=(Form(0.0, tuple(rows), calls),),
                opens=first.opens,
                keep=first.before == "avoid",
                first=lines if cuts is not None else 1,
                last=lines if cuts is not None else 1,
                cuts=cuts,
                again=unit.again,
                movable=unit.movable and not stacked,
                shift=shift,
            )
        )
        below = total - (space + lines) * leading
        self._due = leading * max(0, ceil(below / leading - _HALF))


def _height_of(units: list[Unit]) -> float:
    """How high units are one below the other, with the margin below the last, in pt."""
    height = 0.0
    for index, unit in enumerate(units):
        if index:
            height += max(units[index - 1].margin[1], unit.margin[0])
        height += unit.solid if unit.solid is not None else unit.leading * len(unit.forms[0].rows)
    return height + units[-1].margin[1]


def _calls_of(head: list[Unit]) -> tuple[tuple[int, int], ...]:
    """Notes called in what stands above a block go where its first line is."""
    return tuple((0, note) for unit in head for _, note in unit.forms[0].calls)


def rows_of_block(block: Block, at: int) -> Iterator[Row]:
    """The rows of a block that is moved no more, with the space before it unless it is the first."""
    yield from [()] * (block.space if at else 0)
    yield from block.head
    for row in block.forms[0].rows:
        yield tuple(lowered(part, block.shift) for part in row)


def _solid(unit: Unit) -> Unit:
    form = unit.forms[0]
    parts = tuple(lowered(part, number * unit.leading) for number, row in enumerate(form.rows) for part in row)
    return replace(
        unit, forms=[Form(0.0, (parts,), tuple((0, note) for _, note in form.calls))],
        solid=unit.leading * len(form.rows), step=unit.step or "start",
    )  # fmt: skip


def _spread(form: Form, times: int) -> Form:
    rows: list[Row] = []
    for row in form.rows:
        rows += [row, *[()] * (times - 1)]
    return replace(form, rows=tuple(rows), calls=tuple((row * times, note) for row, note in form.calls))


def _up(height: float, leading: float) -> float:
    """The height in whole lines."""
    return ceil((height - NOTHING) / leading) * leading


def in_rows(parts: list[Part], leading: float, count: int) -> list[Row]:
    """Parts that are placed from one top, each in the row in which it stands; a row's parts are placed from its top."""
    rows: list[list[Part]] = [[] for _ in range(max(count, 1))]
    for part in parts:
        row = min(max(0, int((top_of(part) - NOTHING) // leading)), len(rows) - 1)
        rows[row].append(lowered(part, -row * leading))
    return [tuple(row) for row in rows]
