"""Tables: columns as wide as what stands in them asks, rules above, below and under the head, the head told again.

Short words are never broken: a cell of four characters or fewer stands in one line. A table that does not fit its
measure so is set in smaller type.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from bookmaker.makeup.desk import Desk
from bookmaker.makeup.gridding import Around, Unit
from bookmaker.makeup.inline import Span
from bookmaker.makeup.parts import Form, Part, Place, Row, Rule, Text, lowered
from bookmaker.makeup.styles import Border, Style
from bookmaker.makeup.typeline import TypeLine
from bookmaker.makeup.words import Words

#: A cell of so many characters or fewer is not broken.
_WHOLE = 4
#: How small type may become so that a table fits its measure, in pt, and in what steps.
_SMALLEST, _STEP = 6.0, 0.5


@dataclass(slots=True)
class _Cell:
    """A cell: its words, how wide it is unbroken and how narrow it can be (pt), and in the end its lines."""

    style: Style
    spans: list[Span]
    words: Words | None
    most: float
    least: float
    node: int
    lines: list[tuple[TypeLine, float]]

    @property
    def around(self) -> float:
        return self.style.padding[1] + self.style.padding[3]


@dataclass(slots=True)
class _TableRow:
    cells: list[_Cell]
    is_head: bool
    border: Border | None
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class TableRows:
    """A table set: each row's parts, placed from its top, its height in pt, and how many rows are its head.

    `calls` are the notes first called in each row.
    """

    rows: tuple[tuple[Part, ...], ...]
    heights: tuple[float, ...]
    head: int
    calls: tuple[tuple[int, ...], ...]


def table_block(desk: Desk, element: Any, style: Style, around: Around) -> list[Unit]:
    """A table as a unit: whole where it is short, else in lines of the grid and cut between its rows."""
    leading = desk.grid.leading
    breaks = style.inside != "avoid" and element.get("class") != "short" and not desk.in_note
    desk.place(element, style)
    around, places = desk.indented(style, around), desk.places
    table = set_table(desk, element, style, around, leading, breaks=breaks)
    if not breaks and not desk.in_note and sum(table.heights) > leading * (desk.grid.lines - 2):
        desk.places, breaks = places, True
        table = on_grid(table, leading)
    if not table.rows:
        return []
    if not breaks:
        solid: list[Part] = []
        down = 0.0
        for row, height in zip(table.rows, table.heights, strict=True):
            solid += [lowered(part, down) for part in row]
            down += height
        calls = tuple((0, note) for notes in table.calls for note in notes)
        unit = desk.unit(style, [Form(0.0, (tuple(solid),), calls)])
        unit.solid, unit.whole = down, True
    else:
        lines = [round(height / leading) for height in table.heights]
        head = sum(lines[: table.head])
        rows: list[Row] = []
        for parts, count in zip(table.rows, lines, strict=True):
            rows += [parts, *[()] * (count - 1)]
        cuts = table_cuts(lines, table.head, desk.grid.lines)
        calls = tuple((sum(lines[:at]), note) for at, notes in enumerate(table.calls) for note in notes)
        unit = desk.unit(style, [Form(0.0, tuple(rows), calls)])
        unit.again = tuple(_without_places(row) for row in rows[:head])
        unit.cuts = cuts
        unit.leading = leading
    return [unit]


def _without_places(row: Row) -> Row:
    """A row that is told again: nothing points at it twice."""
    return tuple(part for part in row if not isinstance(part, Place))


def set_table(desk: Desk, element: Any, style: Style, around: Around, leading: float, *, breaks: bool) -> TableRows:
    """The rows of a table; where it `breaks` over pages each takes whole lines of `leading` pt."""
    node = desk.node("Table", around.node)
    rows = list(_rows_of(desk, element, node))
    widths, scale = _fitted(desk, rows, around.width)
    for row in rows:
        for cell, width in zip(row.cells, widths, strict=False):
            own = _scaled(cell.style, scale)
            spans = (
                [replace(span, style=_scaled(span.style, scale)) for span in cell.spans] if scale != 1 else cell.spans
            )
            cell.style = own
            cell.lines = desk.lengths(spans, replace(own, indent=0.0), width - cell.around)[0][1] if spans else []
    calls: list[tuple[int, ...]] = []
    painted: list[tuple[Part, ...]] = []
    heights: list[float] = []
    for number, row in enumerate(rows):
        lines = [line for cell in row.cells for line, _ in cell.lines]
        calls.append(tuple(note for _, note in desk.calls(lines, desk.met)))
        height = max((_height(cell) for cell in row.cells), default=0.0)
        if breaks:
            height = -(-(height - 0.01) // leading) * leading
        parts = _painted(desk, row, widths, around.left)
        if number == 0:
            parts = [*desk.take_places(), *_edge(style.border[0], around, 0.0), *parts]
        if row.is_head and row.border is not None:
            parts += _edge(row.border, around, height)
        if number == len(rows) - 1:
            parts += _edge(style.border[2], around, height)
        painted.append(tuple(parts))
        heights.append(height)
    return TableRows(tuple(painted), tuple(heights), sum(row.is_head for row in rows), tuple(calls))


def _rows_of(desk: Desk, element: Any, node: int) -> Any:
    for part in element:
        if part.tag not in ("thead", "tbody"):
            continue
        head = part.tag == "thead"
        group = desk.node("THead" if head else "TBody", node)
        for tr in part:
            desk.style(tr)
            line = desk.node("TR", group)
            cells = [_cell(desk, cell, line) for cell in tr]
            border = next((b for cell in tr if (b := desk.style(cell).border[2]) is not None), None)
            yield _TableRow(cells, head, border)


def _cell(desk: Desk, element: Any, line: int) -> _Cell:
    style = desk.style(element)
    style = replace(style, leading=min(style.leading, desk.leading))
    head = element.tag == "th"
    scope = "Column" if element.get("scope") != "row" else "Row"
    node = desk.node("TH" if head else "TD", line, attributes=f"/O/Table/Scope/{scope}" if head else "")
    spans = desk.inline.spans(element)
    words = desk.words(spans, style) if spans else None
    around = style.padding[1] + style.padding[3]
    most = (words.paragraph.ends[-1] + 0.01 if words and len(words.paragraph) else 0.0) + around
    return _Cell(style, spans, words, most, _least(words, most, around), node, [])


def _least(words: Words | None, most: float, around: float) -> float:
    """How narrow a cell can be: as wide as the widest of what no line may part."""
    if words is None:
        return most
    p = words.paragraph
    if len(p) <= _WHOLE:
        return most
    start, widest = 0, 0.0
    for at in range(1, len(p) + 1):
        if at == len(p) or p.prices[at] < 100:
            widest = max(widest, p.ends[at - 1] - p.starts[start])
            start = at
    # Two characters a line is no column.
    return min(most, max(widest, 4 * p.sizes[0]) + around + 0.01)


def _fitted(desk: Desk, rows: list[_TableRow], width: float) -> tuple[list[float], float]:
    """The widths of the columns in pt, and by what the type is made smaller so that they fit."""
    count = max((len(row.cells) for row in rows), default=0)
    most, least = [0.0] * count, [0.0] * count
    for row in rows:
        for column, cell in enumerate(row.cells):
            most[column] = max(most[column], cell.most)
            least[column] = max(least[column], cell.least)
    size = rows[0].cells[0].style.size if rows and rows[0].cells else 9.0
    scale = 1.0
    while sum(least) * scale > width and size * scale > _SMALLEST:
        scale = max(scale - _STEP / size, _SMALLEST / size)
    most = [each * scale for each in most]
    least = [each * scale for each in least]
    if sum(most) <= width:
        return _shared(most, width), scale
    give = sum(most) - sum(least)
    room = width - sum(least)
    part = max(0.0, room / give) if give > 0 else 0.0
    widths = [low + (high - low) * part for low, high in zip(least, most, strict=True)]
    over = sum(widths) / width
    return ([each / over for each in widths] if over > 1 else widths), scale


def _shared(most: list[float], width: float) -> list[float]:
    """What is left of the measure goes to the columns by their widths."""
    total = sum(most)
    return [each * width / total for each in most] if total else most


def _scaled(style: Style, scale: float) -> Style:
    if scale == 1:
        return style
    padding = style.padding
    return replace(
        style, size=style.size * scale, leading=style.leading * scale,
        padding=(padding[0], padding[1] * scale, padding[2], padding[3] * scale),
    )  # fmt: skip


def _height(cell: _Cell) -> float:
    return cell.style.padding[0] + max(1, len(cell.lines)) * cell.style.leading + cell.style.padding[2]


def _painted(desk: Desk, row: _TableRow, widths: list[float], left: float) -> list[Part]:
    parts: list[Part] = []
    for cell, width in zip(row.cells, widths, strict=False):
        down = cell.style.padding[0]
        for line, x in cell.lines:
            parts.append(Text(line, left + cell.style.padding[3] + x, down + desk.own_baseline(cell.style), cell.node))
            down += cell.style.leading
        left += width
    return parts


def _edge(border: Border | None, around: Around, down: float) -> list[Rule]:
    if border is None:
        return []
    return [Rule((around.left, down), (around.left + around.width, down), border.width, border.colour)]


def on_grid(table: TableRows, leading: float) -> TableRows:
    """A table that must break after all: each row in as many lines of the grid as it takes."""
    heights = tuple(-(-(height - 0.01) // leading) * leading for height in table.heights)
    return replace(table, heights=heights)


def table_cuts(lines: list[int], head: int, page: int) -> tuple[int, ...]:
    """Before which grid lines a table may break; `lines` are those of its rows, the first `head` of them its head.

    Two rows at least stand on either side where a page has room for them, and a row is parted if none has.
    """
    starts = [sum(lines[:number]) for number in range(len(lines) + 1)]
    again = starts[head]
    wanted = [starts[head], *starts[head + 2 : len(lines) - 1], starts[-1]]
    found: set[int] = set(wanted[1:-1])
    for above, below in pairwise(wanted):
        if below - above > page - again:
            found |= {start for start in starts if above < start < below}
    for start, end in pairwise(starts[head:]):
        if end - start > page - again - 2:
            found |= set(range(start + 1, end))
    return tuple(sorted(found))
