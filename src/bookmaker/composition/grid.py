"""The baseline grid: lines take whole lines of their leading, and blocks that say so end on a line of the page.

The grid is the root's: its leading is the root's `line-height`, it begins at the top of each page's type area, and
text of that leading stands on the root's baseline, whatever its face and size. Two functions of WeasyPrint 70 are
wrapped, behind the same guard as `joint.py`:

- `line_box_verticality` makes a line higher than its leading when two faces or sizes meet in it. Here it takes
  whole lines: one as long as only empty leading sticks out, more for what is really high, such as a picture.
- `_in_flow_layout` sets one child of a block. After a child whose style says `--block-step-align`, the next stands
  on the grid; this is the property of CSS Rhythmic Sizing (block-step, insert: margin-box, round: up), which
  WeasyPrint lacks. `start` leaves what the rounding adds below the block, `center` half of it above, `end` all of it:
  what stands in such a block is at the same distance from what follows, at a page's head too.

It is the place on the page that is rounded, not the height of a block. So it doesn't matter what stands before it,
whether the margin at the page's head was dropped, or on which page a table ends; and as nothing but the place of
what follows changes, only a line that has no room left goes to the next page. A block is never moved for the sake
of the space below it.
"""

from math import ceil, inf
from typing import Any

from bookmaker.composition.figures import give_way
from bookmaker.composition.joint import WRITTEN_FOR

#: What may stick out of a line before it takes another one, as a part of its leading: a figure of 23 pt with words
#: of 8.5 pt beside it needs a sixth; that much leading is empty, and the next line's is empty too.
_SLACK = 0.25
#: The space below a block is rounded to whole lines, and from here on down; 9 of 18 pt are a title's own.
_HALF = 0.51
#: Rounding errors (px), and less than any eye sees.
_NOTHING = 0.01
#: The name under which WeasyPrint keeps `--block-step-align`, and its values.
_STEP = "__block_step_align"
_START, _CENTER, _END = "start", "center", "end"
#: The name under which a document's styles share the root's strut.
_COMMON = "root strut of bookmaker"


def install() -> bool:
    """Keep to the grid from now on; False if WeasyPrint is not the version this was written for."""
    import weasyprint
    from weasyprint.layout import block, inline

    if weasyprint.__version__ != WRITTEN_FOR:
        return False
    if hasattr(block, "grid_of_bookmaker"):
        return True
    block.grid_of_bookmaker = True
    old = _Old(inline.line_box_verticality, block._in_flow_layout)
    inline.line_box_verticality = old.line_box_verticality
    block._in_flow_layout = old.in_flow_layout
    return True


class _Old:
    """WeasyPrint's own functions, each with the one that stands before it."""

    def __init__(self, verticality: Any, in_flow: Any) -> None:
        self._verticality = verticality
        self._in_flow = in_flow

    def line_box_verticality(self, line: Any) -> Any:
        """Where the line ends and begins, its baseline being 0."""
        bottom, top = self._verticality(line)
        if bottom is None or top is None or line.style["line_height"] == "normal":
            return bottom, top
        leading, baseline = _strut(line.style)
        if not leading:
            return bottom, top
        above = max(0, ceil((-top - baseline) / leading - _SLACK))
        below = max(0, ceil((bottom + baseline) / leading - 1 - _SLACK))
        return (1 + below) * leading - baseline, -above * leading - baseline

    def in_flow_layout(self, *call: Any) -> Any:
        """Set a child; what comes after one that keeps to the grid begins on it.

        This stands on the stack once for every block around a line. Its frame is kept small: with more in it the
        whole layout took 15% longer, and so it takes 3%.
        """
        give_way(*call)
        return _on_grid(self._in_flow(*call), *call)


def _on_grid(result: Any, context: Any, box: Any, _index: Any, child: Any, *rest: Any) -> Any:
    """What `_in_flow_layout` said of a child, with the place for the next one put on the grid if the child asks."""
    alignment = _alignment(child)
    if alignment is None or box.is_table_wrapper or context.in_column:
        return result
    _siblings, page_is_empty, _absolute, _fixed, _margins, bottom_space, _y, skip, *_ = rest
    abort, stop, resume_at, y, margins, next_page, children, max_lines = result
    if abort or stop or bottom_space == -inf:
        return result
    leading, _ = _strut(box.style.root_style)
    if not leading:
        return result
    top = context.current_footnote_area.page.content_box_y()
    end = y + _collapsed(margins)
    place = top + ceil((end - top - _NOTHING) / leading) * leading
    if place > context.page_bottom - bottom_space:
        return result  # no line has room below it
    at_head = page_is_empty and len(children) == 1
    shift = 0.0 if skip is not None else _share_above(alignment, at_head) * (place - end)
    if shift:
        children[-1].translate(dy=shift)
    # The space below is a margin of the whole lines it comes to, which a margin of what follows may share.
    below = leading * ceil((place - y - shift) / leading - _HALF)
    return abort, stop, resume_at, place - below, [below], next_page, children, max_lines


def _share_above(alignment: str, at_head: bool) -> float:
    """The part of what the rounding adds that goes above the block."""
    if alignment == _END:
        return 1.0
    return 0.5 if alignment == _CENTER and not at_head else 0.0


def _strut(style: Any) -> tuple[float, float]:
    """The leading of a line of this style, and its baseline from the top: the root's, if it has the root's leading."""
    from weasyprint.text.line_break import strut

    root = style.root_style
    if style["line_height"] != root["line_height"] or root["line_height"] == "normal":
        own: tuple[float, float] = strut(style)
        return own
    common: tuple[float, float] | None = root.cache.get(_COMMON)
    if common is None:
        common = root.cache[_COMMON] = strut(root)
    return common


def _alignment(box: Any) -> str | None:
    """What the box's own rules say of `--block-step-align`; custom properties are inherited, this one must not be."""
    style = box.style.parent_style if box.is_table_wrapper else box.style
    declared = getattr(style, "cascaded", {}).get(_STEP)
    if declared is None:
        return None
    words = [token.value for token in style[_STEP] if token.type == "ident"]
    return words[0] if words in ([_START], [_CENTER], [_END]) else None


def _collapsed(margins: list[float]) -> float:
    """The one margin that adjoining ones make (CSS 2.2 §8.3.1)."""
    return max([0, *margins]) + min([0, *margins])
