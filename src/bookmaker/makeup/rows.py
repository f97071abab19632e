"""Cells side by side (CSS Flexbox 1): an entry of the contents with its leader, a day of the chronology, a record."""

from dataclasses import dataclass, replace
from typing import Any

from bookmaker.makeup.desk import Desk
from bookmaker.makeup.gridding import Around
from bookmaker.makeup.inline import Tag
from bookmaker.makeup.parts import Form, Part, Row, Rule, Text
from bookmaker.makeup.styles import ForeignError, Style
from bookmaker.makeup.typeline import TypeLine


@dataclass(slots=True)
class _Cell:
    """One cell: its style, its natural width in pt (margins and padding in it), and in the end its lines."""

    element: Any
    style: Style
    width: float
    left: float = 0.0
    lines: tuple[tuple[TypeLine, float], ...] = ()

    @property
    def around(self) -> float:
        style = self.style
        return style.margin[1] + style.margin[3] + style.padding[1] + style.padding[3]

    @property
    def is_empty(self) -> bool:
        return not "".join(self.element.itertext()).strip() and not self.style.content


def row_of_cells(desk: Desk, element: Any, style: Style, around: Around, *, link: bool) -> Form:
    """The cells as rows of text; those that are flexible share what room is left."""
    path = (Tag("Link", element.get("href", ""), _words(element)),) if link else ()
    cells = [_measured(desk, child, path) for child in element if isinstance(child.tag, str)]
    room = around.width - sum(cell.width for cell in cells if not cell.style.flex)
    flexible = sum(cell.style.flex for cell in cells)
    widest = max((cell for cell in cells if not cell.style.flex), key=lambda cell: cell.width, default=None)
    least = sum(cell.around for cell in cells if cell.style.flex)
    if room < least and widest is not None:
        widest.width += room - least
        room = least
    left = around.left
    for cell in cells:
        cell.left = left
        if cell.style.flex:
            cell.width = room * cell.style.flex / flexible
        left += cell.width
    rows = _rows(desk, cells, style, around, path)
    lines = [part.line for row in rows for part in row if isinstance(part, Text)]
    calls = tuple((0, note) for _, note in desk.calls(lines, desk.met))
    return Form(0.0, tuple(rows), calls)


def _measured(desk: Desk, child: Any, path: tuple[Tag, ...]) -> _Cell:
    style = desk.style(child)
    cell = _Cell(child, style, 0.0)
    if style.width is not None:
        cell.width = style.width + cell.around
    elif not style.flex:
        spans = desk.inline.spans(child, path=path)
        cell.width = cell.around + (desk.words(spans, style).paragraph.ends[-1] if spans else 0.0) + 0.01
    return cell


def _rows(desk: Desk, cells: list[_Cell], style: Style, around: Around, path: tuple[Tag, ...]) -> list[Row]:
    made: list[list[tuple[TypeLine, float]]] = []
    for cell in cells:
        spans = desk.inline.spans(cell.element, path=path)
        own = replace(cell.style, indent=0.0)
        lines = desk.lengths(spans, own, cell.width - cell.around)[0][1] if spans else []
        made.append(lines)
    count = max(1, *map(len, made))
    rows: list[list[Part]] = [[] for _ in range(count)]
    places = desk.take_places()
    tags = {"dt": "Lbl", "dd": "LBody"}
    for cell, lines in zip(cells, made, strict=True):
        node = around.node if path else desk.node(tags.get(cell.element.tag, "P"), around.node)
        left = cell.left + cell.style.margin[3] + cell.style.padding[3]
        # What stands behind words of several lines stands beside the last.
        first = count - len(lines) if cell is cells[-1] and path else 0
        for index, (line, x) in enumerate(lines):
            rows[first + index].append(Text(line, left + x, desk.baseline(cell.style), node))
        border = cell.style.border[2]
        if cell.is_empty and border is not None:
            down = style.leading - cell.style.margin[2]
            end = cell.left + cell.width - cell.style.margin[1] - cell.style.padding[1]
            dotted = border.colour.startswith("dotted ")
            rows[-1].append(
                Rule((left, down), (end, down), border.width, border.colour.removeprefix("dotted "), dotted)
            )
        elif any(cell.style.border):
            raise ForeignError("a cell has a border")
    rows[0][:0] = places
    return [tuple(row) for row in rows]


def _words(element: Any) -> str:
    return "　".join(filter(None, (" ".join("".join(child.itertext()).split()) for child in element)))
