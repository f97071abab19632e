"""The joint to WeasyPrint's private names: its line boxes get their lines from our plan.

Written for WeasyPrint 70. Five of its functions are wrapped: `iter_line_boxes` plans a paragraph the first
time it comes by (shaped once, broken by total fit); `split_text_box` hands out the planned pieces instead
of asking Pango; `justify_line` leaves planned lines alone; `inline_max_content_width` knows how wide a text
is once composed; `draw_first_line` writes the planned glyph places. Page breaking, widows, footnotes, links,
bookmarks and tags stay WeasyPrint's own. Whatever is not plain Chinese text in a line goes the old way.

With any other version nothing is touched: `install` gives False, and lines stay ragged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from bookmaker.composition import classes as c
from bookmaker.composition import marks
from bookmaker.composition.breaking import may_be_cut
from bookmaker.composition.choices import Choices
from bookmaker.composition.paragraph import Paragraph, Run, make_paragraph
from bookmaker.composition.setting import SetLine, set_paragraph
from bookmaker.composition.shaping import Shaped, shape, unkerned
from bookmaker.composition.spacing import SpacingTable
from bookmaker.composition.total_fit import Measure
from bookmaker.script.scripts import Script

#: The version whose names are used here.
WRITTEN_FOR = "70.0"

#: Lines stay this much (px) below the measure, or WeasyPrint would look for an earlier break.
_HAIR = 0.01
#: Text smaller than this part of its neighbours (a raised note number) takes no space beside it.
_SMALL = 0.75

#: A paragraph of nothing else is left to WeasyPrint.
_WESTERN = frozenset(c.LETTER + c.DIGIT + c.SIGN + c.SPACE + c.BREAK)


class _Setting:
    """What the layout of the book at hand chooses; a book is laid out whole before the next begins."""

    choices: ClassVar[Choices] = Choices()
    tables: ClassVar[dict[Script, SpacingTable]] = {script: SpacingTable(script) for script in Script}


@dataclass(slots=True)
class _Owner:
    """A text box of the paragraph: its shaping, and where its first cluster stands in the paragraph.

    `before` and `after` are what inline boxes put around it (padding, border, margin): WeasyPrint itself
    leaves room for that, so it belongs to no pen.
    """

    box: Any
    shaped: Shaped | None
    first: int
    reading: marks.Reading | None = None
    before: float = 0.0
    after: float = 0.0


@dataclass(slots=True)
class _Plan:
    """What a line box keeps between visits."""

    paragraph: Paragraph
    owners: list[_Owner]
    key: tuple[float, float] = (0.0, 0.0)


class SetText:
    """Stands where WeasyPrint keeps a text box's Pango layout: the planned glyphs of one piece of a line."""

    max_width = None
    first_line_direction = 0

    line: SetLine | None = None

    def __init__(self, text: str, shaped: Shaped, first: int, last: int, pens: list[float], shift: float) -> None:
        self.text = text
        self.shaped = shaped
        self.first = first
        self.last = last
        self.pens = pens
        self.shift = shift

    def reactivate(self, style: Any) -> None:
        """Nothing is to be shaped again."""

    def deactivate(self) -> None:
        """Nothing is held that must go."""

    def __getattr__(self, name: str) -> Any:
        # Where underlines stand: asked for only by decorated text.
        if name in ("ascent", "underline_position", "underline_thickness", "strikethrough_position") or (
            name == "strikethrough_thickness"
        ):
            return getattr(self.shaped.hold, name)
        raise AttributeError(name)


def install(choices: Choices | None = None) -> bool:
    """Set Chinese by plan from now on; False if WeasyPrint is not the version this was written for."""
    import weasyprint
    from weasyprint.draw import text as draw
    from weasyprint.layout import block, inline, preferred
    from weasyprint.pdf import tags
    from weasyprint.svg import text as svg

    if weasyprint.__version__ != WRITTEN_FOR:
        return False
    _Setting.choices = choices or Choices()
    _Setting.tables = {script: SpacingTable(script, _Setting.choices.style) for script in Script}
    if hasattr(inline, "of_bookmaker"):
        return True
    inline.of_bookmaker = True
    old = _Old(
        inline.iter_line_boxes,
        inline.split_text_box,
        inline.justify_line,
        preferred.inline_max_content_width,
        draw.draw_first_line,
    )
    inline.iter_line_boxes = block.iter_line_boxes = old.iter_line_boxes
    inline.split_text_box = old.split_text_box
    inline.justify_line = old.justify_line
    preferred.inline_max_content_width = old.max_content_width
    draw.draw_first_line = svg.draw_first_line = old.draw_first_line
    marks.install(weasyprint.draw, tags)
    return True


class _Old:
    """WeasyPrint's own functions, each with the one that stands before it."""

    def __init__(self, lines: Any, split: Any, justify: Any, widest: Any, draw: Any) -> None:
        self._lines = lines
        self._split = split
        self._justify = justify
        self._widest = widest
        self._draw = draw

    def iter_line_boxes(self, context: Any, box: Any, y: Any, bottom: Any, skip: Any, block: Any, *rest: Any) -> Any:
        """Plan the paragraph before its lines are asked for; floats beside it leave it to WeasyPrint."""
        first_styles = rest[2:4]
        if not context.excluded_shapes and not any(first_styles) and _is_chinese(box.style):
            self._plan(context, box, skip, block)
        return self._lines(context, box, y, bottom, skip, block, *rest)

    def _plan(self, context: Any, box: Any, skip: Any, block: Any) -> None:
        from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages

        resolve_percentages(box, block)
        resolve_one_percentage(box, "text_indent", block.width)
        plan = getattr(box, "bookmaker_plan", None)
        if plan is None or plan.box is not box or not _is_current(plan.plan, box):
            plan = _Kept(box, _read(box, context, block))
            box.bookmaker_plan = plan
        if plan.plan is None:
            return
        key = (block.width, box.text_indent)
        if plan.plan.key == key:
            return
        start = _cluster_at(plan.plan, box, skip) if skip else 0
        if start is None:
            return
        plan.plan.key = key if not skip else (-1.0, -1.0)
        _hand_out(plan.plan, key[0], key[1], start, _is_justified(box.style))

    def split_text_box(self, context: Any, box: Any, available: Any, skip: int, is_line_start: bool = True) -> Any:
        """The planned piece that begins at `skip`, or WeasyPrint's own."""
        pieces = box.__dict__.get("bookmaker_pieces")
        if pieces is not None and pieces.owner is box and available is not None:
            piece = _piece(pieces, box, skip)
            if piece is not None:
                return piece
        made, resume, preserved = self._split(context, box, available, skip, is_line_start)
        if made is not None and _is_chinese(box.style):
            _stand_on_strut(made)
        return made, resume, preserved

    def justify_line(self, context: Any, line: Any, extra: float) -> None:
        """Planned lines are flush already."""
        if not _is_planned(line):
            self._justify(context, line, extra)

    def max_content_width(self, context: Any, box: Any, outer: bool = True, is_line_start: bool = False) -> Any:
        """A text composed may be wider than Pango set it, by its gaps beside Latin letters."""
        from weasyprint.formatting_structure import boxes

        width = self._widest(context, box, outer, is_line_start)
        if isinstance(box, boxes.LineBox) and _is_chinese(box.style):
            plan = _read(box, context, None)
            if plan is not None:
                natural = _natural_width(plan.paragraph)
                return max(width, natural + _HAIR)
        return width

    def draw_first_line(self, stream: Any, textbox: Any, overflow: Any, ellipsis: Any, matrix: Any) -> Any:
        """Write the planned glyphs."""
        layout = textbox.pango_layout
        if not isinstance(layout, SetText):
            return self._draw(stream, textbox, overflow, ellipsis, matrix)
        if textbox.text.strip():
            _write(stream, layout, textbox.style["font_size"], matrix)
        return []


@dataclass(slots=True)
class _Kept:
    """A line box's plan; a copied box carries it along, so it says whose it is."""

    box: Any
    plan: _Plan | None


def _is_current(plan: _Plan | None, box: Any) -> bool:
    """False once WeasyPrint has put new text into the line, as when a page number becomes known."""
    if plan is None:
        return True
    standing = {id(found) for found in box.descendants()}
    return all(id(owner.box) in standing for owner in plan.owners)


def _is_chinese(style: Any) -> bool:
    return bool((style["lang"] or "").startswith("zh")) and style["direction"] == "ltr"


def _is_justified(style: Any) -> bool:
    return bool(style["text_align_all"] == "justify")


def _table_for(language: str) -> SpacingTable:
    script = next((script for script in Script if script == language), Script.HANS)
    return _Setting.tables[script]


# ---- reading a line box ----


def _read(box: Any, context: Any, block: Any) -> _Plan | None:
    """The paragraph of a line box, or `None` if it holds what cannot be planned."""
    runs: list[Run] = []
    owners: list[_Owner] = []
    if not _collect(box, context, block, runs, owners, box.style["font_size"]):
        return None
    if not runs:
        return None
    paragraph = make_paragraph(runs, _table_for(box.style["lang"]), _Setting.choices.kinsoku)
    return _Plan(paragraph, owners) if set(paragraph.classes) - _WESTERN else None


def _collect(box: Any, context: Any, block: Any, runs: list[Run], owners: list[_Owner], em: float) -> bool:
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.percent import resolve_percentages

    for child in box.children:
        if child.is_footnote() or marks.is_reading(child):
            continue
        if not child.is_in_normal_flow():
            return False
        if isinstance(child, boxes.TextBox):
            if not _collect_text(child, context, runs, owners, em):
                return False
        elif isinstance(child, boxes.InlineBox):
            left = right = 0.0
            if block is not None:
                resolve_percentages(child, block)
                left, right = _side(child, "left"), _side(child, "right")
            count = len(runs)
            if not _collect(child, context, block, runs, owners, em):
                return False
            ruby = marks.read_ruby(child, context, runs[-1]) if len(runs) == count + 1 else None
            if ruby is not None:
                runs[-1], owners[-1].reading = ruby
            elif any(map(marks.is_reading, child.children)):
                return False
            if left or right:
                if len(runs) == count:
                    return False
                _surround(runs, count, left, right)
                owners[count].before += left
                owners[-1].after += right
        else:
            return False
    return True


def _collect_text(child: Any, context: Any, runs: list[Run], owners: list[_Owner], em: float) -> bool:
    style = child.style
    text = child.text
    first = sum(len(run.text) for run in runs)
    if not text:
        return True
    if text == "\n":
        runs.append(Run("\n", [0.0], style["font_size"] or em))
        owners.append(_Owner(child, None, first))
        return True
    # A character under its reading is never wrapped, and has nothing to wrap.
    wraps = style["white_space"] in ("normal", "pre-line") or child.element_tag == "ruby"
    plain = wraps and style["letter_spacing"] == "normal"
    if not plain or not style["font_size"] or style["word_spacing"] or any(sign in text for sign in "\n\t\xad\u200b"):
        return False
    shaped = shape(text, style, context)
    if shaped is None:
        return False
    letters = shaped.letters
    whole = unkerned(shaped) if may_be_cut(letters) else None
    raised = style["font_size"] < _SMALL * em
    runs.append(Run(letters, shaped.advances, style["font_size"], raised=raised, unkerned=whole))
    owners.append(_Owner(child, shaped, first))
    return True


def _side(box: Any, side: str) -> float:
    if box.style["box_decoration_break"] == "clone":
        return 0.0
    values = (getattr(box, f"margin_{side}"), getattr(box, f"padding_{side}"), getattr(box, f"border_{side}_width"))
    return float(sum(value for value in values if isinstance(value, int | float)))


def _surround(runs: list[Run], count: int, left: float, right: float) -> None:
    first, last = runs[count], runs[-1]
    runs[count] = first.surrounded(before=left)
    last = runs[-1]
    runs[-1] = last.surrounded(after=right)


# ---- planning ----


class _Pieces(dict[int, tuple[Any, int | None]]):
    """The pieces of one text box by the byte they begin at: the set text, and where the next line begins."""

    def __init__(self, owner: Any) -> None:
        super().__init__()
        self.owner = owner


def _hand_out(plan: _Plan, width: float, indent: float, start: int, justified: bool) -> None:
    """Set the paragraph and leave every piece with the text box it belongs to."""
    measure = Measure(width - indent, width)
    lines = set_paragraph(plan.paragraph, measure, start=start, justified=justified)
    for owner in plan.owners:
        owner.box.bookmaker_pieces = _Pieces(owner.box)
    index = 0
    for line in lines:
        while index + 1 < len(plan.owners) and plan.owners[index + 1].first <= line.first:
            index += 1
        _hand_out_line(plan, line, index)


def _hand_out_line(plan: _Plan, line: SetLine, index: int) -> None:
    at = line.first
    while at < line.last:
        owner = plan.owners[index]
        following = plan.owners[index + 1].first if index + 1 < len(plan.owners) else len(plan.paragraph)
        until = min(line.last, following)
        if owner.shaped is not None and until > at:
            shaped = owner.shaped
            first, last = at - owner.first, until - owner.first
            pens = list(line.pens[at - line.first : until - line.first])
            shift = line.shift if at == line.first else 0.0
            if at == line.first == owner.first:
                shift -= owner.before
            if last == len(shaped.letters):
                pens[-1] -= owner.after
            if until == following < line.last:
                pens[-1] -= plan.owners[index + 1].before
            text = shaped.text[shaped.chars_at[first] : shaped.chars_at[last]]
            piece = SetText(text, shaped, first, last, pens, shift)
            piece.line = line
            resume = None
            if until == line.last and line.resume < len(plan.paragraph):
                resume = _resume(plan, index, line)
            if owner.reading is not None:
                _hand_out_reading(owner.reading, piece, resume)
                resume = None
            owner.box.bookmaker_pieces[shaped.bytes_at[first]] = (piece, resume)
        at = until
        index += 1


def _hand_out_reading(reading: marks.Reading, base: SetText, resume: int | None) -> None:
    """A line that ends at a character ends behind its reading."""
    shaped = reading.shaped
    shift, pens = reading.set_over(base)
    piece = SetText(shaped.text, shaped, 0, len(shaped.letters), pens, shift)
    pieces = reading.box.bookmaker_pieces = _Pieces(reading.box)
    pieces[0] = (piece, None if resume is None else shaped.bytes_at[-1])


def _resume(plan: _Plan, index: int, line: SetLine) -> int | None:
    """The byte of this text box at which the next line begins; its end if that is in a later box."""
    owner = plan.owners[index]
    shaped = owner.shaped
    if shaped is None or plan.paragraph.classes[line.resume - 1] == c.BREAK:
        return None
    within = line.resume - owner.first
    return shaped.bytes_at[min(within, len(shaped.letters))]


def _cluster_at(plan: _Plan, box: Any, skip: Any) -> int | None:
    """The cluster at which a page or column takes the paragraph up again.

    WeasyPrint's skip stack is {child: {child: … {byte of the text: None}}}.
    """
    offset = 0
    while skip is not None:
        ((offset, skip),) = skip.items()
        if not box.children:
            break
        box, offset = box.children[offset], 0
    while getattr(box, "children", None):
        box = box.children[0]
    owner = next((owner for owner in plan.owners if owner.box is box), None)
    if owner is None and any(o.reading is not None and o.reading.box is box for o in plan.owners):
        return next(o.first + 1 for o in plan.owners if o.reading is not None and o.reading.box is box)
    if owner is None:
        return None
    if owner.shaped is None:
        return owner.first
    if offset not in owner.shaped.bytes_at:
        return None
    return owner.first + owner.shaped.bytes_at.index(offset)


def _natural_width(p: Paragraph) -> float:
    """The widest stretch between forced breaks, all spaces natural."""
    widest, start = 0.0, 0
    for i, letter in enumerate(p.classes + c.BREAK):
        if letter == c.BREAK:
            if i > start:
                widest = max(widest, p.ends[i - 1] - p.starts[start])
            start = i + 1
    return widest


# ---- handing out ----


def _piece(pieces: _Pieces, box: Any, skip: int) -> Any:
    raw = None
    while skip not in pieces:
        raw = raw if raw is not None else box.text.encode()
        if raw[skip : skip + 1] != b" ":
            return (None, None, False) if skip >= len(raw) else None
        skip += 1
    piece, resume = pieces[skip]
    made = box.copy_with_text(piece.text)
    made.width = piece.shift + sum(piece.pens) - (_HAIR if resume is not None else 0.0)
    made.pango_layout = piece
    _stand_on_strut(made)
    return made, resume, False


def _stand_on_strut(box: Any) -> None:
    """Every text of one style stands on the same baseline, whichever fonts a line happens to need.

    WeasyPrint takes Pango's height of the line's own fonts, so that a line of Han alone stands lower than
    one with a figure in it, and the page leaves its grid.
    """
    from weasyprint.text.line_break import strut

    height, baseline = strut(box.style)
    box.height = box.style["font_size"]
    box.margin_top = box.margin_bottom = (height - box.height) / 2
    box.baseline = baseline


def _is_planned(box: Any) -> bool:
    layout = getattr(box, "pango_layout", None)
    if layout is not None:
        return isinstance(layout, SetText)
    return any(_is_planned(child) for child in getattr(box, "children", ()))


# ---- drawing ----


def _write(stream: Any, piece: SetText, size: float, matrix: Any) -> None:
    """One text-showing operator for every stretch of one font; places to 1/1000 em, the error carried on."""
    stream.set_text_matrix(*matrix.values)
    due = piece.shift * 1000 / size
    for pango_font, glyphs in _stretches_of_font(piece):
        font, font_size = stream.add_font(pango_font)
        stream.set_font_size(font.hash, font_size)
        parts: list[str] = []
        shown: list[str] = []
        for glyph, pen, text in glyphs:
            move = round(due)
            if move:
                if shown:
                    parts.append(f"<{''.join(shown)}>")
                    shown = []
                parts.append(str(-move))
                due -= move
            if glyph not in font.to_unicode:
                font.to_unicode[glyph] = text
            shown.append(f"{glyph:04x}")
            width = font.widths.get(glyph)
            if width is None:
                width = font.widths[glyph] = _logical_width(stream, pango_font, glyph, font_size)
            due += pen * 1000 / font_size - width
        if shown:
            parts.append(f"<{''.join(shown)}>")
        stream.show_text("".join(parts))


def _stretches_of_font(piece: SetText) -> Iterator[tuple[Any, list[tuple[int, float, str]]]]:
    """(glyph, pen advance, text) of the piece, by font. In a cluster of several glyphs the last one gives."""
    from weasyprint.text.ffi import FROM_UNITS

    shaped = piece.shaped
    low, high = shaped.glyphs_at[piece.first], shaped.glyphs_at[piece.last]
    all_glyphs: list[tuple[int, float, str]] = []
    for k, pen in zip(range(piece.first, piece.last), piece.pens, strict=True):
        first, last = shaped.glyphs_at[k], shaped.glyphs_at[k + 1]
        text = shaped.text[shaped.chars_at[k] : shaped.chars_at[k + 1]]
        if last - first == 1:
            all_glyphs.append((shaped.glyphs[first], pen, text))
            continue
        for g in range(first, last - 1):
            width = shaped.widths[g] * FROM_UNITS
            all_glyphs.append((shaped.glyphs[g], width, text))
            pen -= width
        all_glyphs.append((shaped.glyphs[last - 1], pen, text))
    starts = [at for at, _ in shaped.fonts] + [len(shaped.glyphs)]
    for index, (_, font) in enumerate(shaped.fonts):
        a, b = max(low, starts[index]), min(high, starts[index + 1])
        if a < b:
            yield font, all_glyphs[a - low : b - low]


def _logical_width(stream: Any, pango_font: Any, glyph: int, font_size: float) -> int:
    from weasyprint.text.ffi import FROM_UNITS, pango

    pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
    scale: float = 1000 * FROM_UNITS / font_size
    return round(float(stream.logical_rect.width) * scale)
