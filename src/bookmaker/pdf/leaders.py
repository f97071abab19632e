"""Dotted leaders drawn with one stroke.

Written for WeasyPrint 70, which strokes a border of round dots on four sides, but fills each dot of a border on one
side by itself: four curves a dot, 140,000 for the contents of 300 articles. The dots stand in the same places here.
"""

from typing import Any

from bookmaker.composition.joint import WRITTEN_FOR

#: The length (px) of a dot without its round ends: PDFium, which shows PDFs in Chrome, takes 0 for 0.1 and is soon off.
_DOT = 0.001


def install() -> bool:
    """Stroke leaders from now on; False if WeasyPrint is not the version this was written for."""
    import weasyprint
    from weasyprint import draw
    from weasyprint.draw.color import get_color

    if weasyprint.__version__ != WRITTEN_FOR:
        return False
    if hasattr(draw, "leaders_of_bookmaker"):
        return True
    draw.leaders_of_bookmaker = True
    old = draw.draw_border

    def draw_border(stream: Any, box: Any) -> None:
        color = get_color(box.style, "border_bottom_color") if _is_leader(box) else None
        if color is None or not color.alpha:
            old(stream, box)
        else:
            _draw_dots(stream, box, color)

    draw.draw_border = draw_border
    return True


def _is_leader(box: Any) -> bool:
    """True for a plain box with dots below it and nothing on its other sides."""
    style = box.style
    return (
        box.border_bottom_width > 0
        and style["border_bottom_style"] == "dotted"
        and box.border_top_width == box.border_left_width == box.border_right_width == 0
        and box.width > 2 * box.border_bottom_width
        and style["visibility"] == "visible"
        and style["border_image_source"][0] == "none"
        and style["column_width"] == style["column_count"] == "auto"
        and all(corner == (0, 0) for corner in box.rounded_border_box()[4:])
    )


def _draw_dots(stream: Any, box: Any, color: Any) -> None:
    """A dot at each end and between them every second place or so, as WeasyPrint has it."""
    x, y, width, height = box.rounded_border_box()[:4]
    size = box.border_bottom_width
    spaces = max(1, int(width / size / 2))
    with stream.artifact(), stream.stacked():
        stream.set_color(color, stroke=True)
        stream.set_line_width(size)
        stream.set_line_cap(1)
        stream.set_dash([_DOT, (width - size) / spaces - _DOT], 0)
        stream.move_to(x + size / 2, y + height - size / 2)
        # A hair beyond the last dot, or rounding would leave it out.
        stream.line_to(x + width - size * 0.4, y + height - size / 2)
        stream.stroke()
