"""Figures that give way: a picture that is a little too high for the rest of its page is set smaller and stays there.

Else the whole figure goes to the next page, as WeasyPrint 70 does it, and up to a third of the page is left empty, for
text never flows past it. How small the picture may become its figure's style says: `--shrink-to: 0.7` is 70% of what
it would measure by itself. Called from `grid.py`, behind its guard, before a block's child is set.
"""

from math import inf
from typing import Any

#: The name under which WeasyPrint keeps `--shrink-to`.
_SHRINK = "__shrink_to"
#: The room (px) that is left above the edge, against rounding.
_HAIR = 0.1
#: The name under which a picture keeps its own style.
_OWN = "own style of bookmaker"


def give_way(context: Any, box: Any, _index: Any, child: Any, siblings: Any, page_is_empty: bool, *rest: Any) -> None:
    """Make the child's picture as high as the page allows, if the child's style lets it and that helps."""
    declared = getattr(child.style, "cascaded", {}).get(_SHRINK)
    if declared is None:
        return
    picture = _picture(child)
    if picture is None:
        return
    # A page may be laid out again, with more room or less.
    own = picture.__dict__.setdefault(_OWN, picture.style)
    picture.style = own
    _absolute, _fixed, margins, bottom_space, *_ = rest
    if (page_is_empty and not siblings) or bottom_space == -inf or context.in_column:
        return
    set_by_itself = _lay_out(context, box, child)
    if set_by_itself is None:
        return
    height = _picture(set_by_itself).height
    bottom = child.position_y + _collapsed([*margins, child.margin_top]) + set_by_itself.border_height()
    missing = bottom - (context.page_bottom - bottom_space - _HAIR)
    if 0 < missing <= height * (1 - _share(child.style)):
        picture.style = _lower(own, height - missing)


def _picture(figure: Any) -> Any:
    """The one picture of a figure, or `None`; a figure with a note in it is left alone, for it would be set twice."""
    from weasyprint.formatting_structure import boxes

    parts = list(figure.descendants())
    pictures = [part for part in parts if isinstance(part, boxes.BlockReplacedBox)]
    if len(pictures) != 1 or any(part.is_footnote() for part in parts):
        return None
    # One whose width and height are both given would lose its shape.
    return pictures[0] if pictures[0].style["width"] == pictures[0].style["height"] == "auto" else None


def _lower(style: Any, height: float) -> Any:
    from weasyprint.css.properties import Dimension

    lowered = style.copy()
    lowered["max_height"] = Dimension(height, "px")
    return lowered


def _lay_out(context: Any, box: Any, child: Any) -> Any:
    from weasyprint.layout.block import block_level_layout
    from weasyprint.layout.percent import resolve_percentages

    resolve_percentages(child, box)
    place = child.position_x, child.position_y
    figure = block_level_layout(context, child, -inf, None, box, True, [], [], [])[0]
    child.position_x, child.position_y = place
    return figure


def _share(style: Any) -> float:
    numbers = [float(token.value) for token in style[_SHRINK] if token.type == "number"]
    return numbers[0] if len(numbers) == 1 else 1.0


def _collapsed(margins: list[float]) -> float:
    """The one margin that adjoining ones make (CSS 2.2 §8.3.1)."""
    return max([0, *margins]) + min([0, *margins])
