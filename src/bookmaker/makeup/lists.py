"""Lists: items with their signs or numbers hung to the left of their text."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bookmaker.composition.setting import set_paragraph
from bookmaker.composition.total_fit import Measure
from bookmaker.makeup.desk import BLOCK_TAGS, Desk, Label
from bookmaker.makeup.gridding import Around
from bookmaker.makeup.inline import Span
from bookmaker.makeup.parts import Form, Text
from bookmaker.makeup.styles import ForeignError, Style, Styled
from bookmaker.makeup.typeline import TypeLine, type_line

#: From here on an item's number may be wider than a list's indent.
_LONG_NUMBER = 100


def set_list(desk: Desk, element: Any, style: Style, around: Around) -> None:
    begin = len(desk.units)
    numbering = "Decimal" if element.tag == "ol" else "Disc"
    node = desk.node("L", around.node, attributes=f"/O/List/ListNumbering/{numbering}")
    inner = Around(around.left + style.padding[3] + style.margin[3], 0.0, node)
    inner.width = around.width - (inner.left - around.left)
    items = list(_numbered(element))
    # A long number stands inside the measure, and the text of all items gives way.
    more = max((_room_of_label(desk, item, number) for item, number in items), default=0.0) - inner.left
    if more > 0.0:
        inner.left, inner.width = inner.left + more, inner.width - more
    for item, number in items:
        _item(desk, item, inner, number)
    desk.surround(begin, style)


def _room_of_label(desk: Desk, item: Any, number: int) -> float:
    """How far from the measure's left edge an item's text must stand so that its number is inside it."""
    if number < _LONG_NUMBER:
        return 0.0
    return -_label(desk, desk.styled(item), -1, Around(0.0, 0.0, -1), number)[2]


def _item(desk: Desk, item: Any, around: Around, number: int) -> None:
    styled = desk.styled(item)
    style = styled.style
    begin = len(desk.units)
    li = desk.node("LI", around.node)
    label = _label(desk, styled, desk.node("Lbl", li), around, number)
    body = desk.node("LBody", li)
    inner = Around(around.left + style.padding[3], around.width - style.padding[3], body)
    desk.place(item, style)
    waiting: Label | None = label
    for part in desk.inline.parts(item, BLOCK_TAGS):
        if isinstance(part, list):
            forms = desk.forms([part], replace(style, indent=0.0), inner, body, waiting) if part else None
            if forms is not None:
                desk.units.append(desk.unit(replace(style, margin=(0.0,) * 4, step=""), forms))
                waiting = None
        elif part.tag == "p" and waiting is not None and len(desk.units) == begin:
            desk.place(part, desk.style(part))
            desk.paragraph(part, desk.style(part), inner, "P", waiting)
            waiting = None if len(desk.units) > begin else waiting
        else:
            desk.child(part, inner)
    if waiting is not None:
        _label_alone(desk, begin, style, waiting)
    desk.surround(begin, style)


def _label_alone(desk: Desk, begin: int, style: Style, label: Label) -> None:
    """The label of an item that does not begin with words stands in the first line of what it holds."""
    part = Text(label[1], label[2], desk.baseline(style), label[0])
    if len(desk.units) == begin:
        desk.units.append(desk.unit(style, [Form(0.0, ((*desk.take_places(), part),))]))
        return
    unit = desk.units[begin]
    unit.forms = [replace(form, rows=((part, *form.rows[0]), *form.rows[1:])) for form in unit.forms]


def _label(desk: Desk, styled: Styled, node: int, around: Around, number: int) -> Label:
    """The sign or number of an item, hung to the left of its text."""
    style = styled.style
    marker = styled.pseudo.get("marker", style.inherited())
    kind = style.list_style
    if kind.startswith('"'):
        text = kind[1:]
    elif kind == "decimal":
        text = f"{number}. "
    elif kind in ("disc", "circle", "square"):
        text = {"disc": "• ", "circle": "◦ ", "square": "▪ "}[kind]
    elif kind == "none":
        text = ""
    else:
        raise ForeignError(f"list-style-type: {kind}")
    spans = [Span(text.rstrip(" "), replace(marker, indent=0.0, align="left"))]
    trailing = 0.25 * marker.size if text.endswith(" ") else 0.0
    if not text:
        return node, TypeLine([], [], [], "", 0.0, 0.0, False), around.left
    words = desk.compositor.set(spans)
    line = set_paragraph(words.paragraph, Measure(1000, 1000), justified=False)[0]
    typed = type_line(words, line, desk.glyphs, justified=False)
    width = sum(run.advance * marker.size for piece in words.pieces for run in piece.clusters)
    return node, typed, around.left - width - trailing - line.shift


def _numbered(element: Any) -> Iterator[tuple[Any, int]]:
    """The items of a list with their numbers."""
    number = int(element.get("start", "1"))
    for item in element:
        if item.tag == "li":
            number = int(item.get("value", number))
            yield item, number
            number += 1
