"""The joint to WeasyPrint's private names: justified lines of Chinese end flush.

WeasyPrint 70 stretches only U+0020 and U+00A0, so a Chinese line that kinsoku made short stays short.
Here the space that is left goes evenly between all characters of such a line (CLREQ §3.1.10.2, 两端对齐).
With any other version nothing is touched: lines stay ragged, and `install` says so.
"""

from typing import Any

from bookmaker.content.emphasis import is_cjk

#: The version whose names are used below.
WRITTEN_FOR = "70.0"

#: Wider gaps than this (in em) look worse than a short line: such a line is left as it is.
_WIDEST_GAP = 0.16


def install() -> bool:
    """Let WeasyPrint justify Chinese; False if its version is not the one this was written for."""
    import weasyprint
    from weasyprint.layout import inline

    if weasyprint.__version__ != WRITTEN_FOR:
        return False
    if getattr(inline.justify_line, "of_bookmaker", False):
        return True
    stretch_spaces = inline.justify_line

    def justify_line(context: Any, line: Any, extra_width: float) -> None:
        boxes = _text_boxes(line)
        if boxes is None or not _justify(context, boxes, line, extra_width):
            stretch_spaces(context, line, extra_width)

    justify_line.of_bookmaker = True  # type: ignore[attr-defined]
    inline.justify_line = justify_line
    return True


def _text_boxes(line: Any) -> list[Any] | None:
    """The text boxes of a line, left to right; `None` if it holds something that is not text."""
    from weasyprint.formatting_structure import boxes

    found: list[Any] = []
    for child in line.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.TextBox):
            found.append(child)
        elif isinstance(child, boxes.InlineBox) and child.style["direction"] == "ltr":
            inner = _text_boxes(child)
            if inner is None:
                return None
            found.extend(inner)
        else:
            return None
    return found


def _justify(context: Any, boxes: list[Any], line: Any, extra_width: float) -> bool:
    """Share the space out; False if the line is not Chinese, or too short to be stretched."""
    text = "".join(box.text for box in boxes).rstrip()
    gaps = len(text) - 1
    if gaps < 1 or sum(map(is_cjk, text)) * 2 < len(text):
        return False
    gap = extra_width / gaps
    if not 0 < gap <= _WIDEST_GAP * line.style["font_size"]:
        return False
    _spread(context, line, gap, 0.0)
    return True


def _spread(context: Any, box: Any, gap: float, moved: float) -> float:
    """Widen a box's text by `gap` px a character and move what follows; how far is given back."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.line_break import create_layout

    box.position_x += moved
    start = moved
    if isinstance(box, boxes.TextBox):
        own = box.style["letter_spacing"]
        box.style = box.style.copy()
        box.style["letter_spacing"] = gap + (0 if own == "normal" else own)
        box.pango_layout = create_layout(box.text, box.style, context, None, box.justification_spacing)
        box.pango_layout.deactivate()
        moved += gap * len(box.text)
    else:
        for child in box.children:
            if child.is_in_normal_flow():
                moved = _spread(context, child, gap, moved)
    box.width += moved - start
    return moved
