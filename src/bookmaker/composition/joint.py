"""The joint to WeasyPrint's private names: its line boxes get their lines from our plan.

Written for WeasyPrint 70. Six of its functions are wrapped: `iter_line_boxes` breaks a paragraph by plan, anew if its
text has changed; `split_inline_box` says where a line begins and how wide it is, and the plan hands out its pieces;
`split_text_box` gives them instead of asking Pango; `justify_line` leaves planned lines alone;
`inline_max_content_width` knows how wide a text is once composed; `draw_first_line` writes the planned glyph places.
Page breaking, widows, footnotes, floats, links, bookmarks and tags stay WeasyPrint's own.

`linebox.py` reads a line box, `plan.py` sets its lines, `beside.py` gives one to WeasyPrint, `drawing.py` writes it.
Whatever is no Chinese text in a line goes the old way. With any other version nothing is touched: `install` gives
False, and lines stay ragged.
"""

from typing import Any

from bookmaker.composition import marks
from bookmaker.composition.beside import Call, begin_line, stand_beside_floats
from bookmaker.composition.choices import Choices
from bookmaker.composition.drawing import SetText, write_piece
from bookmaker.composition.linebox import Setting, is_chinese, read_line_box
from bookmaker.composition.plan import HAIR, forget_old_text, is_planned, natural_width, plan_ahead, planned_piece

#: The version whose names are used here.
WRITTEN_FOR = "70.0"


def install(choices: Choices | None = None) -> bool:
    """Set Chinese by plan from now on; False if WeasyPrint is not the version this was written for."""
    import weasyprint
    from weasyprint.draw import text as draw
    from weasyprint.layout import block, inline, preferred
    from weasyprint.pdf import tags

    if weasyprint.__version__ != WRITTEN_FOR:
        return False
    Setting.choose(choices or Choices())
    if hasattr(inline, "of_bookmaker"):
        return True
    inline.of_bookmaker = True
    old = _Old(inline, preferred, draw)
    inline.iter_line_boxes = block.iter_line_boxes = old.iter_line_boxes
    inline.split_inline_box = old.split_inline_box
    inline.split_text_box = old.split_text_box
    inline.justify_line = old.justify_line
    preferred.inline_max_content_width = old.max_content_width
    draw.draw_first_line = old.draw_first_line
    marks.install(weasyprint.draw, tags)
    return True


class _Old:
    """WeasyPrint's own functions, each with the one that stands before it."""

    def __init__(self, inline: Any, preferred: Any, draw: Any) -> None:
        self._lines = inline.iter_line_boxes
        self._inline = inline.split_inline_box
        self._text = inline.split_text_box
        self._justify = inline.justify_line
        self._widest = preferred.inline_max_content_width
        self._draw = draw.draw_first_line

    def iter_line_boxes(
        self, context: Any, box: Any, y: Any, bottom: Any, skip: Any, block: Any, absolute: Any, fixed: Any,
        first_letter: Any, first_line: Any,
    ) -> Any:  # fmt: skip
        """The lines of a paragraph from somewhere on, after its plan is made."""
        forget_old_text(box)
        # WeasyPrint 70 gives every page's first line the style of the paragraph's, and puts the letter's box around
        # the letter once more when a page is laid out again.
        if skip is not None:
            first_line = None
        if first_letter and _has_first_letter(box):
            first_letter = None
        if not (context.excluded_shapes or first_letter or first_line):
            plan_ahead(box, context, block, skip)
        return self._lines(context, box, y, bottom, skip, block, absolute, fixed, first_letter, first_line)

    def split_inline_box(self, *call: Any) -> Any:
        """A line, set before WeasyPrint takes its pieces; or an inline box, which stands in one.

        This stands on the stack below all that is in a line; as in `grid.py`, its frame is kept small.
        """
        line = begin_line(Call(*call)) if _is_line(call[1]) else None
        result = self._inline(*call) if line is None else line.finish(self._inline, self._inline(*line.call))
        if result[-1]["left"]:
            stand_beside_floats(Call(*call), result[0], result[-1]["left"])
        return result

    def split_text_box(self, context: Any, box: Any, available: Any, skip: int, is_line_start: bool = True) -> Any:
        """The planned piece that begins at `skip`, or WeasyPrint's own."""
        piece = planned_piece(box, skip) if available is not None else None
        made, resume, preserved = piece or self._text(context, box, available, skip, is_line_start)
        if made is not None and (piece or is_chinese(box.style)):
            _stand_on_strut(made)
        return made, resume, preserved

    def justify_line(self, context: Any, line: Any, extra: float) -> None:
        """Planned lines are flush already."""
        if not is_planned(line):
            self._justify(context, line, extra)

    def max_content_width(self, context: Any, box: Any, outer: bool = True, is_line_start: bool = False) -> Any:
        """A text composed may be wider than Pango set it, by its gaps beside Latin letters."""
        width = self._widest(context, box, outer, is_line_start)
        if _is_line(box) and is_chinese(box.style):
            read = read_line_box(box, context, None)
            if read is not None:
                # A drop cap's opening quotation mark loses its blank, and the box around it that room.
                own = 0.0 if _is_first_letter(box) else width
                return max(own, natural_width(read) + HAIR)
        return width

    def draw_first_line(self, stream: Any, textbox: Any, overflow: Any, ellipsis: Any, matrix: Any) -> Any:
        """Write the planned glyphs."""
        layout = textbox.pango_layout
        if not isinstance(layout, SetText):
            return self._draw(stream, textbox, overflow, ellipsis, matrix)
        if textbox.text.strip():
            write_piece(stream, layout, textbox.style["font_size"], matrix)
        return []


def _has_first_letter(box: Any) -> bool:
    """True if the text begins with the box of a first letter already."""
    while getattr(box, "children", ()):
        box = box.children[0]
        if _is_first_letter(box):
            return True
    return False


def _is_first_letter(box: Any) -> bool:
    # A running head has no tag.
    return bool(box.element_tag) and box.element_tag.endswith("::first-letter")


def _is_line(box: Any) -> bool:
    from weasyprint.formatting_structure import boxes

    return isinstance(box, boxes.LineBox)


def _stand_on_strut(box: Any) -> None:
    """Every text of one style stands on the same baseline, whichever fonts a line happens to need.

    WeasyPrint takes Pango's height of the line's own fonts, so that a line of Han alone stands lower than one with a
    figure in it, and the page leaves its grid.
    """
    from weasyprint.text.line_break import strut

    height, baseline = strut(box.style)
    box.height = box.style["font_size"]
    box.margin_top = box.margin_bottom = (height - box.height) / 2
    box.baseline = baseline
