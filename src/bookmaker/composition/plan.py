"""The plan of a paragraph: its lines as they are asked for, and the pieces of a line handed to their boxes.

Written for WeasyPrint 70. A paragraph of one measure is broken at once, by total fit. Where a line is narrower than
the measure (beside a float), it is set alone, with the same spaces; what follows at the full measure is broken at
once again. WeasyPrint says where each line begins and how wide it is, on whichever page.
"""

from bisect import bisect_left
from typing import Any

from bookmaker.composition import classes as c
from bookmaker.composition.drawing import SetText
from bookmaker.composition.linebox import Owner, Read, is_chinese, read_line_box
from bookmaker.composition.marks import Reading
from bookmaker.composition.setting import SetLine, set_one_line, set_paragraph
from bookmaker.composition.total_fit import Measure

#: Lines stay this much (px) below the measure, or WeasyPrint would look for an earlier break.
HAIR = 0.01
#: Widths that differ by less (px) are the same: they were added up in another order.
_SAME = 1e-6


class Pieces(dict[int, tuple[SetText, int | None]]):
    """The pieces of one text box on one line by the byte they begin at, and where the next line begins.

    WeasyPrint copies boxes, pieces and all, so they say whose they are. Only a line with a first-line style of its
    own is set from copies.
    """

    def __init__(self, owner: Any, *, for_copies: bool) -> None:
        super().__init__()
        self._owner = owner
        self._for_copies = for_copies

    def belong_to(self, box: Any) -> bool:
        """False for a copy of the box that owns them."""
        return self._owner is box or (self._for_copies and box.text == self._owner.text)


class Plan:
    """What a line box keeps between visits."""

    def __init__(self, box: Any, read: Read | None, measure: float, *, first_line: bool = False) -> None:
        self._box = box
        self._measure = measure
        self._first_line = first_line
        self._read = read
        self._lines: dict[int, tuple[SetLine, float]] = {}
        if read is not None:
            self._paragraph = read.paragraph
            self._owners = read.owners
            self._paths = [owner.path for owner in read.owners]
            self._firsts = [owner.first for owner in read.owners]

    def is_for(self, box: Any, measure: float) -> bool:
        """False for a copy of the box it was made for, and where objects in it may have another width."""
        return self._box is box and (self._read is None or not self._read.has_objects or self._measure == measure)

    def is_current(self) -> bool:
        """False once WeasyPrint has put new text into the line, as when a page number becomes known."""
        if self._read is None:
            return True
        standing = {id(found) for found in self._box.descendants()}
        return all(id(owner.box) in standing for owner in self._owners)

    def place_of(self, skip: Any) -> int | None:
        """The character at which a line begins; `None` if that is nowhere in the paragraph.

        WeasyPrint's skip stack is {child: {child: … {byte of the text: None}}}.
        """
        if self._read is None:
            return None
        path: list[int] = []
        while skip is not None:
            ((offset, skip),) = skip.items()
            path.append(offset or 0)
        for depth in (len(path), len(path) - 1):
            # The last number is a byte if what is before it leads to a text.
            at = bisect_left(self._paths, tuple(path[:depth]))
            if at < len(self._paths) and self._paths[at] == tuple(path[:depth]):
                return self._character(self._owners[at], path[depth] if depth < len(path) else 0)
        at = bisect_left(self._paths, tuple(path))
        return self._firsts[at] if at < len(self._firsts) else None

    def _character(self, owner: Owner, byte: int) -> int | None:
        if owner.shaped is None:
            return owner.first
        at = bisect_left(owner.shaped.bytes_at, byte)
        known = at < len(owner.shaped.letters) and owner.shaped.bytes_at[at] == byte
        return owner.first + at if known else None

    def set_line(self, start: int, width: float, measure: float, indent: float) -> SetLine:
        """The line that begins at a character, its pieces handed out.

        `width` is what the line has, `measure` what the paragraph's lines have where nothing stands beside them.
        """
        line = self._known(start, width)
        if line is None:
            narrow = self._first_line or abs(width + indent - measure) > _SAME
            line = self._set_alone(start, width) if narrow else self._set_with_others(start, width, measure)
        self._hand_out(line)
        return line

    def set_ahead(self, start: int, measure: float, indent: float) -> None:
        """Break the paragraph from a character on, if it is not yet broken there."""
        if self._known(start, measure - indent) is None:
            self._set_with_others(start, measure - indent, measure)

    def _known(self, start: int, width: float) -> SetLine | None:
        line, known = self._lines.get(start, (None, 0.0))
        return line if abs(known - width) <= _SAME else None

    def _set_alone(self, start: int, width: float) -> SetLine:
        line = set_one_line(self._paragraph, start, width, justified=_is_justified(self._box.style))
        self._lines[start] = line, width
        return line

    def _set_with_others(self, start: int, width: float, measure: float) -> SetLine:
        """The line as the first of all that follow in the paragraph."""
        paragraph = self._paragraph
        # Spaces before the first character are not set, but it is still the first.
        begin = start if paragraph.classes[:start].strip(c.SPACE) else 0
        justified = _is_justified(self._box.style)
        lines = set_paragraph(paragraph, Measure(width, measure), start=begin, justified=justified)
        for line in lines[1:]:
            self._lines[line.first] = line, measure
        self._lines[start] = self._lines[lines[0].first] = lines[0], width
        return lines[0]

    # ---- handing out ----

    def _hand_out(self, line: SetLine) -> None:
        """Leave every piece of the line with the text box it belongs to."""
        p = self._paragraph
        index = bisect_left(self._firsts, line.first + 1) - 1
        filled = _is_justified(self._box.style) and line.resume < len(p) and p.classes[line.resume - 1] != c.BREAK
        at, carried, set_text = line.first, line.shift, None
        while at < line.last:
            owner = self._owners[index]
            following = self._firsts[index + 1] if index + 1 < len(self._firsts) else len(p)
            until = min(line.last, following)
            pens = list(line.pens[at - line.first : until - line.first])
            if at == line.first == owner.first:
                carried -= owner.before
            if until == following:
                pens[-1] -= owner.after
                if until < line.last:
                    pens[-1] -= self._owners[index + 1].before
            if owner.shaped is not None:
                first = at - owner.first
                set_text = SetText(owner.shaped, first, first + len(pens), pens, carried, line, filled)
                carried = 0.0
                self._give(owner, set_text, self._resume(owner, line) if until == line.last else None)
            elif pens:
                # An object is as wide as it is: what its pen moves on beside that, the next piece begins with.
                carried = carried + pens[0] - owner.width
            at = until
            index += 1
        if line.hyphenated and set_text is not None:
            set_text.hyphen = self._owners[index - 1].hyphen

    def _give(self, owner: Owner, piece: SetText, resume: int | None) -> None:
        if owner.reading is not None:
            self._give_reading(owner.reading, piece, resume)
            resume = None
        pieces = Pieces(owner.box, for_copies=self._first_line)
        pieces[piece.shaped.bytes_at[piece.first]] = piece, resume
        owner.box.bookmaker_pieces = pieces

    def _give_reading(self, reading: Reading, base: SetText, resume: int | None) -> None:
        """A line that ends at a character ends behind its reading."""
        shaped = reading.shaped
        shift, pens = reading.set_over(base)
        piece = SetText(shaped, 0, len(shaped.letters), pens, shift, base.line, base.filled)
        pieces = Pieces(reading.box, for_copies=self._first_line)
        pieces[0] = piece, None if resume is None else shaped.bytes_at[-1]
        reading.box.bookmaker_pieces = pieces

    def _resume(self, owner: Owner, line: SetLine) -> int | None:
        """The byte of this text box at which the next line begins; its end if that is in a later box."""
        if owner.shaped is None or self._is_ended(line) or self.cut_behind(line) is not None:
            return None
        return owner.shaped.bytes_at[min(line.resume - owner.first, len(owner.shaped.letters))]

    def cut_behind(self, line: SetLine) -> tuple[int, ...] | None:
        """The path of the box with which the line must be made to end; `None` where a text says so itself.

        No text says that a line ends with a picture; and one that goes on at its very end would keep the padding
        that closes the boxes around it.
        """
        if self._is_ended(line) or not line.last:
            return None
        index = bisect_left(self._firsts, line.last) - 1
        owner = self._owners[index]
        if owner.is_object:
            return self._closed_with(index)
        following = self._firsts[index + 1] if index + 1 < len(self._firsts) else len(self._paragraph)
        # A reading stands behind its character's box, and says so itself.
        is_closed = owner.after and following == line.last and owner.reading is None
        return self._closed_with(index) if is_closed else None

    def _closed_with(self, index: int) -> tuple[int, ...]:
        """The path of the outermost box that holds nothing more of the paragraph behind this owner."""
        path, following = self._paths[index], self._paths[index + 1]
        while len(path) > 1 and following[: len(path) - 1] != path[:-1]:
            path = path[:-1]
        return path

    def _is_ended(self, line: SetLine) -> bool:
        """True where the line ends of itself."""
        return line.resume == len(self._paragraph) or self._paragraph.classes[line.resume - 1] == c.BREAK


def plan_of(box: Any, context: Any, block: Any, first_line: dict[str, Any] | None) -> Plan | None:
    """The plan a line box keeps, made anew where it must be; `None` for text that is not ours to set."""
    if not is_chinese(box.style):
        return None
    if first_line:
        return Plan(box, read_line_box(box, context, block, first_line), block.width, first_line=True)
    plan: Plan | None = box.__dict__.get("bookmaker_plan")
    if plan is None or not plan.is_for(box, block.width):
        plan = box.bookmaker_plan = Plan(box, read_line_box(box, context, block), block.width)
    return plan


def forget_old_text(box: Any) -> None:
    """Let the plan go that was made before WeasyPrint put new text into the line."""
    plan: Plan | None = box.__dict__.get("bookmaker_plan")
    if plan is not None and not plan.is_current():
        del box.bookmaker_plan


def plan_ahead(box: Any, context: Any, block: Any, skip: Any) -> None:
    """Break a paragraph at once, before its lines are asked for one by one.

    The first line would have it done as well, but deeper in the stack, which costs Python 3.11 some time.
    """
    from weasyprint.layout.percent import resolve_one_percentage

    plan = plan_of(box, context, block, None)
    start = plan.place_of(skip) if plan is not None else None
    if plan is None or start is None:
        return
    if skip is None:
        resolve_one_percentage(box, "text_indent", block.width)
    plan.set_ahead(start, block.width, box.text_indent if skip is None else 0.0)


def planned_piece(box: Any, skip: int) -> tuple[Any, int | None, bool] | None:
    """What WeasyPrint's `split_text_box` gives, from the plan; `None` if the plan has nothing for it."""
    pieces: Pieces | None = box.__dict__.get("bookmaker_pieces")
    if pieces is None or not pieces.belong_to(box):
        return None
    raw = None
    while skip not in pieces:
        raw = raw if raw is not None else box.text.encode()
        if raw[skip : skip + 1] != b" ":
            return (None, None, False) if skip >= len(raw) else None
        skip += 1
    piece, resume = pieces[skip]
    made = box.copy_with_text(piece.text)
    made.width = piece.width - (HAIR if resume is not None else 0.0)
    made.pango_layout = piece
    return made, resume, False


def is_planned(box: Any) -> bool:
    """True if any text of the box was set from a plan."""
    layout = getattr(box, "pango_layout", None)
    if layout is not None:
        return isinstance(layout, SetText)
    return any(is_planned(child) for child in getattr(box, "children", ()))


def natural_width(read: Read) -> float:
    """The widest stretch between forced breaks, all spaces natural."""
    p = read.paragraph
    widest, start = 0.0, 0
    for i, letter in enumerate(p.classes + c.BREAK):
        if letter == c.BREAK:
            if i > start:
                widest = max(widest, p.row.ends[i - 1] - p.row.starts[start])
            start = i + 1
    return widest * p.size


def _is_justified(style: Any) -> bool:
    return bool(style["text_align_all"] == "justify")
