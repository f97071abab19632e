"""Boxes side by side that go on in rows below (CSS Flexbox 1 §6.3), such as the key figures of a chapter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bookmaker.makeup.desk import Desk
from bookmaker.makeup.gridding import NOTHING, Around, Unit
from bookmaker.makeup.parts import Form, Image, Part, Rule, Text, lowered
from bookmaker.makeup.styles import ForeignError, Style


@dataclass(frozen=True, slots=True)
class _Box:
    """A box set at the left edge: what it shows, the notes called in it, its width and height with margins, in pt."""

    parts: tuple[Part, ...]
    notes: tuple[int, ...]
    width: float
    height: float


def set_wrapped(desk: Desk, element: Any, style: Style, around: Around) -> None:
    """Boxes of blocks in rows, each as high as its highest; on a page of their own height all are one thing."""
    desk.place(element, style)
    inner = desk.indented(style, around)
    node = desk.node("L" if element.tag == "dl" else "Div", around.node)
    places = desk.take_places()
    boxes = [_boxed(desk, child, node, inner.width) for child in element if isinstance(child.tag, str)]
    rows = _rows(boxes, inner.width)
    whole = sum(_height(row) for row in rows) <= desk.grid.leading * (desk.grid.lines - 2)
    parts: list[Part] = list(places)
    notes: list[int] = []
    down = 0.0
    begin = len(desk.units)
    for row in rows:
        free = inner.width - sum(box.width for box in row)
        gap = free / (len(row) - 1) if style.between and len(row) > 1 else 0.0
        left = inner.left
        for box in row:
            parts += [_moved(lowered(part, down), left) for part in box.parts]
            notes += box.notes
            left += box.width + gap
        down += _height(row)
        if not whole or row is rows[-1]:
            unit = desk.unit(style, [Form(0.0, (tuple(parts),), tuple((0, note) for note in notes))])
            unit.solid, unit.whole = down, True
            unit.margin = style.margin[0] if len(desk.units) == begin else 0.0, style.margin[2]
            desk.units.append(unit)
            parts, notes, down = [], [], 0.0


def _boxed(desk: Desk, element: Any, node: int, room: float) -> _Box:
    """One box: its blocks one below the other."""
    style = desk.style(element)
    if any(style.border[1:]) or style.display != "block":
        raise ForeignError("a box that wraps has a border")
    desk.place(element, style)
    item = desk.node("LI" if element.getparent().tag == "dl" else "Div", node)
    left = style.margin[3] + style.padding[3]
    width = style.width if style.width is not None else room - left - style.margin[1] - style.padding[1]
    if style.width_part:
        width = room * style.width_part
    begin = len(desk.units)
    for child in element:
        if isinstance(child.tag, str):
            desk.child(child, Around(left, width, item))
    units = desk.units[begin:]
    del desk.units[begin:]
    top = style.border[0]
    down = style.margin[0] + (top.width if top else 0.0) + style.padding[0]
    parts: list[Part] = []
    if top:
        line = style.margin[0] + top.width / 2
        parts.append(Rule((style.margin[3], line), (left + width + style.padding[1], line), top.width, top.colour))
    stacked, down = _stacked(units, down)
    notes = tuple(note for unit in units for _, note in unit.forms[0].calls)
    return _Box(
        (*parts, *stacked), notes, left + width + style.padding[1] + style.margin[1],
        down + style.padding[2] + style.margin[2],
    )  # fmt: skip


def _stacked(units: Sequence[Unit], down: float) -> tuple[list[Part], float]:
    """Units one below the other from so far down on, and where they end."""
    parts: list[Part] = []
    for before, unit in zip([None, *units], units, strict=False):
        down += unit.margin[0] if before is None else max(before.margin[1], unit.margin[0])
        form = unit.forms[0]
        for number, row in enumerate(form.rows):
            parts += [lowered(part, down + (0.0 if unit.solid is not None else number * unit.leading)) for part in row]
        down += unit.solid if unit.solid is not None else unit.leading * len(form.rows)
    return parts, down + (units[-1].margin[1] if units else 0.0)


def _rows(boxes: Sequence[_Box], room: float) -> list[list[_Box]]:
    """As many boxes to a row as have room."""
    rows: list[list[_Box]] = []
    for box in boxes:
        if rows and sum(each.width for each in rows[-1]) + box.width <= room + NOTHING:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows


def _height(row: Sequence[_Box]) -> float:
    return max(box.height for box in row)


def _moved(part: Part, right: float) -> Part:
    """The part so much further to the right."""
    match part:
        case Rule():
            (x, y), (end, foot) = part.start, part.end
            return replace(part, start=(x + right, y), end=(end + right, foot))
        case Text() | Image():
            return replace(part, x=part.x + right)
        case _:
            return part
