"""Reading a line box of WeasyPrint 70: the paragraph in it, and which box each of its characters belongs to.

A text becomes shaped characters, a picture or another block in the line one character of its own width, a forced
break one without any. What floats or is placed elsewhere is no part of the paragraph.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from bookmaker.composition import classes as c
from bookmaker.composition import marks
from bookmaker.composition.breaking import FORBIDDEN, may_be_cut
from bookmaker.composition.choices import Choices
from bookmaker.composition.hyphens import hyphens_in
from bookmaker.composition.paragraph import Paragraph, Run, make_paragraph
from bookmaker.composition.shaping import Shaped, shape, shape_with_signs, unkerned, unspaced
from bookmaker.composition.spacing import SpacingTable
from bookmaker.script.scripts import Script

#: Text smaller than this part of its neighbours (a raised note number) takes no space beside it.
_SMALL = 0.75
#: A paragraph of nothing else is left to WeasyPrint; note numbers and pictures do not make it Chinese.
_WESTERN = frozenset(c.LETTER + c.DIGIT + c.SIGN + c.SPACE + c.BREAK + c.RAISED + c.OBJECT)
#: How a picture or another block stands in the paragraph's text.
_OBJECT = "\ufffc"
#: What is set letter-spaced: marks have blanks of their own.
_SPACED = frozenset(c.HAN + c.LETTER + c.DIGIT + c.SIGN)


@dataclass(slots=True)
class Owner:
    """A box of the paragraph: where in the line box it is found, and where its first character stands.

    `path` are the indexes of children from the line box down. A text has its `shaped` characters, an object its
    `width`, a forced break neither. `before` and `after` are what inline boxes put around it (padding, border,
    margin): WeasyPrint itself leaves room for that, so it belongs to no pen. `hyphen` is drawn where a line parts
    a word.
    """

    box: Any
    path: tuple[int, ...]
    first: int
    shaped: Shaped | None = None
    width: float = 0.0
    reading: marks.Reading | None = None
    before: float = 0.0
    after: float = 0.0
    hyphen: Shaped | None = None

    @property
    def is_object(self) -> bool:
        """True for what stands in the line as one character."""
        return self.shaped is None and self.width != 0.0


class Setting:
    """What the layout of the book at hand chooses; a book is laid out whole before the next begins."""

    choices: ClassVar[Choices] = Choices()
    tables: ClassVar[dict[Script, SpacingTable]] = {script: SpacingTable(script) for script in Script}

    @classmethod
    def choose(cls, choices: Choices) -> None:
        """Set what follows by these choices."""
        cls.choices = choices
        cls.tables = {script: SpacingTable(script, choices.style) for script in Script}

    @classmethod
    def table_for(cls, language: str) -> SpacingTable:
        """The spaces of a text of this language."""
        return cls.tables[next((script for script in Script if script == language), Script.HANS)]


@dataclass(frozen=True, slots=True)
class Read:
    """A paragraph, its boxes in reading order, and whether its widths hold for one measure only."""

    paragraph: Paragraph
    owners: list[Owner]
    has_objects: bool


def is_chinese(style: Any) -> bool:
    """True for text whose lines are ours to set."""
    return bool((style["lang"] or "").startswith("zh")) and style["direction"] == "ltr"


def read_line_box(box: Any, context: Any, block: Any, first_line: dict[str, Any] | None = None) -> Read | None:
    """The paragraph of a line box, or `None` if it holds what cannot be planned.

    `block` is the block around it, or `None` where only the widest line is asked for; `first_line` is what a rule
    for `::first-line` says.
    """
    reader = _Reader(context, block, box.style["font_size"], first_line)
    if not reader.read_children(box, ()) or not reader.runs:
        return None
    paragraph = make_paragraph(reader.runs, Setting.table_for(box.style["lang"]), Setting.choices.kinsoku)
    small = "".join(run.text for run in reader.runs if run.raised)
    if _WESTERN.issuperset(paragraph.classes) and _WESTERN.issuperset(c.classify(small)):
        return None
    for start, end in reader.unbroken:
        for at in range(start + 1, end):
            if paragraph.classes[at - 1] != c.BREAK:
                paragraph.prices[at] = FORBIDDEN
    return Read(paragraph, reader.owners, reader.has_objects)


class _Reader:
    """Walks the boxes of one line box; every `read_…` is False at what cannot be planned."""

    def __init__(self, context: Any, block: Any, em: float, first_line: dict[str, Any] | None) -> None:
        self._context = context
        self._block = block
        self._em = em
        self._first_line = first_line
        self._count = 0
        self.runs: list[Run] = []
        self.owners: list[Owner] = []
        #: (start, end) of what no line may end inside.
        self.unbroken: list[tuple[int, int]] = []
        self.has_objects = False

    def read_children(self, box: Any, path: tuple[int, ...]) -> bool:
        """Read what an inline box or the line box itself holds."""
        from weasyprint.formatting_structure import boxes

        first = self._count
        for index, child in enumerate(box.children):
            place = (*path, index)
            if not child.is_in_normal_flow() or marks.is_reading(child):
                continue
            if isinstance(child, boxes.TextBox):
                read = self._read_text(child, place)
            elif isinstance(child, boxes.InlineBox):
                read = self._read_inline(child, place)
            else:
                read = self._read_object(child, place)
            if not read:
                return False
        if box.style["white_space"] == "nowrap":
            self.unbroken.append((first, self._count))
        return True

    def _read_inline(self, box: Any, path: tuple[int, ...]) -> bool:
        left, right = self._sides(box)
        runs, owners = len(self.runs), len(self.owners)
        if not self.read_children(box, path):
            return False
        if not self._read_ruby(box, runs):
            return False
        if not left and not right:
            return True
        if len(self.runs) == runs:
            self._add_object(box, path, left + right)
            return True
        self.runs[runs] = self.runs[runs].surrounded(before=left)
        self.runs[-1] = self.runs[-1].surrounded(after=right)
        self.owners[owners].before += left
        self.owners[-1].after += right
        return True

    def _read_ruby(self, box: Any, runs: int) -> bool:
        """Give a character the room its reading needs."""
        ruby = marks.read_ruby(box, self._context, self.runs[-1]) if len(self.runs) == runs + 1 else None
        if ruby is not None:
            self.runs[-1], self.owners[-1].reading = ruby
            return True
        return not any(map(marks.is_reading, box.children))

    def _read_object(self, box: Any, path: tuple[int, ...]) -> bool:
        width = self._width_of(box)
        if width is None:
            return False
        if width:
            self._add_object(box, path, width)
        return True

    def _read_text(self, box: Any, path: tuple[int, ...]) -> bool:
        style = self._style_of(box)
        if not box.text:
            return True
        if box.text == "\n":
            self._add(Run("\n", [0.0], style["font_size"] or self._em), Owner(box, path, self._count))
            return True
        if style["white_space"] not in ("normal", "pre-line", "nowrap") or not style["font_size"]:
            return False
        if "\n" in box.text or "\t" in box.text:
            return False
        shaped, soft, drawn = shape_with_signs(box.text, unspaced(style), self._context)
        if shaped is None:
            return False
        owner = Owner(box, path, self._count, shaped)
        if not soft and drawn and Setting.choices.hyphenate:
            soft = shaped.clusters_at(hyphens_in(shaped.text, style["lang"]))
        if soft and drawn:
            owner.hyphen = shape(style["hyphenate_character"], style, self._context)
        self._add(self._run(shaped, style, soft, owner.hyphen), owner)
        return True

    def _run(self, shaped: Shaped, style: Any, soft: list[int], hyphen: Shaped | None) -> Run:
        size = style["font_size"]
        raised = size < _SMALL * self._em
        whole = unkerned(shaped) if soft or may_be_cut(shaped.letters) else None
        advances = _spaced(shaped, style)
        if advances is not shaped.advances:
            whole = shaped.advances
        width = sum(hyphen.advances) if hyphen is not None else 0.0
        return Run(shaped.letters, advances, size, raised=raised, unkerned=whole, hyphens=soft, hyphen=width)

    def _add_object(self, box: Any, path: tuple[int, ...], width: float) -> None:
        self.has_objects = True
        self._add(Run(_OBJECT, [width], self._em), Owner(box, path, self._count, width=width))

    def _add(self, run: Run, owner: Owner) -> None:
        self.runs.append(run)
        self.owners.append(owner)
        self._count += len(run.text)

    def _style_of(self, box: Any) -> Any:
        """The style a text has in a first line with rules of its own, or its own."""
        if not self._first_line:
            return box.style
        from weasyprint.css.properties import INHERITED

        style = box.style.copy()
        for key, value in self._first_line.items():
            if key in INHERITED:
                style[key] = value
        return style

    def _sides(self, box: Any) -> tuple[float, float]:
        """What an inline box leaves free before and behind its words."""
        from weasyprint.layout.percent import resolve_percentages

        if self._block is None:
            return 0.0, 0.0
        resolve_percentages(box, self._block)
        return _side(box, "left"), _side(box, "right")

    def _width_of(self, box: Any) -> float | None:
        """How wide a picture or a block in the line is, its margins included; `None` for a flex or grid box."""
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout import inline, percent, preferred, replaced, table

        if not isinstance(box, boxes.AtomicInlineLevelBox):
            return None
        if self._block is None:
            return float(preferred.max_content_width(self._context, box))
        # WeasyPrint lays it out again in its line: only the width is taken here.
        box = box.copy()
        percent.resolve_percentages(box, self._block)
        if isinstance(box, boxes.ReplacedBox):
            replaced.inline_replaced_box_layout(box, self._block)
            return float(box.margin_width())
        for side in ("margin_left", "margin_right"):
            if getattr(box, side) == "auto":
                setattr(box, side, 0)
        if box.is_table_wrapper:
            table.table_wrapper_width(self._context, box, (self._block.width, self._block.height))
        inline.inline_block_width(box, self._context, self._block)
        return float(box.margin_width())


def _side(box: Any, side: str) -> float:
    if box.style["box_decoration_break"] == "clone":
        return 0.0
    values = (getattr(box, f"margin_{side}"), getattr(box, f"padding_{side}"), getattr(box, f"border_{side}_width"))
    return float(sum(value for value in values if isinstance(value, int | float)))


def _spaced(shaped: Shaped, style: Any) -> list[float]:
    """The advances with the style's letter and word spacing; the very list of `shaped` where there is none."""
    letter, word = style["letter_spacing"], style["word_spacing"]
    letter = 0.0 if letter == "normal" else letter
    if not letter and not word:
        return shaped.advances
    return [
        advance + (letter if kind in _SPACED else letter + word if kind == c.SPACE else 0.0)
        for kind, advance in zip(c.classify(shaped.letters), shaped.advances, strict=True)
    ]
