"""Figures: a picture, or some, with a caption."""

from typing import Any

from bookmaker.makeup.desk import Desk
from bookmaker.makeup.gridding import Around
from bookmaker.makeup.parts import Form, Image, Part, lowered
from bookmaker.makeup.styles import ForeignError, Style


def set_figure(desk: Desk, element: Any, style: Style, around: Around) -> None:
    """A picture and its caption, one thing; it may stand a little earlier or later in its article."""
    node = desk.node("Figure", around.node, alternative=_alternative(element))
    desk.place(element, style)
    parts: list[Part] = list(desk.take_places())
    calls: list[tuple[int, int]] = []
    down = style.padding[0]
    for child in element:
        if child.tag == "img":
            down = _image(desk, child, style, around, node, down, parts)
        elif child.tag == "figcaption":
            down, notes = _caption(desk, child, around, node, down, parts)
            calls += notes
        else:
            raise ForeignError(f"<{child.tag}> in a figure")
    unit = desk.unit(style, [Form(0.0, (tuple(parts),), tuple(calls))])
    unit.solid, unit.movable, unit.whole = down + style.padding[2], True, True
    desk.units.append(unit)


def _image(desk: Desk, img: Any, figure: Style, around: Around, node: int, down: float, parts: list[Part]) -> float:
    style = desk.style(img)
    source = img.get("src", "")
    picture = desk.pictures[source]
    width, height = picture.width, picture.height
    if not picture.is_sized:
        width, height = around.width, height * around.width / width
    most_height = style.most_height if style.most_height is not None else 1e9
    scale = min(1.0, around.width / width, most_height / height) if width and height else 1.0
    width, height = width * scale, height * scale
    left = {"center": (around.width - width) / 2, "right": around.width - width}.get(figure.align, 0.0)
    if style.display == "block" and style.margin == (0.0,) * 4 and figure.align in ("left", "justify", "start"):
        left = 0.0
    down += style.margin[0]
    parts.append(Image(source, around.left + left, down, width, height, node))
    return down + height + style.margin[2]


def _caption(
    desk: Desk, caption: Any, around: Around, node: int, down: float, parts: list[Part]
) -> tuple[float, tuple[tuple[int, int], ...]]:
    style = desk.style(caption)
    own = desk.node("Caption", node)
    forms = desk.forms([desk.inline.spans(caption)], style, around, own)
    down += style.margin[0] + style.padding[0]
    form = forms[0] if forms else Form(0.0, ())
    for row in form.rows:
        parts += [lowered(part, down) for part in row]
        down += style.leading
    return down + style.margin[2], tuple((0, note) for _, note in form.calls)


def _alternative(figure: Any) -> str:
    return next((img.get("alt", "") for img in figure.iter("img")), "")
