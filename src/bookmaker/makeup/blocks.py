"""A section's XHTML to blocks: paragraphs in lines, lists, quotations, tables, figures, decks, on the grid."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, inf
from typing import Any

import cssselect2
from lxml import etree

from bookmaker.composition.setting import set_line, set_paragraph
from bookmaker.composition.total_fit import Measure, find_breaks, find_forms
from bookmaker.makeup.inline import Folios, InlineReader, Span, Tag
from bookmaker.makeup.model import Glyphs
from bookmaker.makeup.parts import (
    Block,
    Form,
    Image,
    Node,
    Note,
    Part,
    Place,
    Row,
    Rule,
    SetSection,
    Text,
    lowered,
    top_of,
)  # fmt: skip
from bookmaker.makeup.pictures import PictureObject
from bookmaker.makeup.plainline import PlainText, plain_line, plain_text
from bookmaker.makeup.rows import row_of_cells
from bookmaker.makeup.styles import Border, Cascade, ForeignError, Style, Styled, content_of, opening_of
from bookmaker.makeup.tables import on_grid, set_table, table_cuts
from bookmaker.makeup.typeline import TypeLine, type_line
from bookmaker.makeup.words import Compositor, Words

_EPUB = "http://www.idpf.org/2007/ops"
#: Rounding errors, in pt.
_NOTHING = 0.01
#: The space below a block is rounded to whole lines, and from here on down: less is a title's own.
_HALF = 0.51
#: The grid of a section whose lines are not the book's, in pt.
_FINE = 1.5
#: A paragraph may be set a line longer or shorter at lines no dearer than this: gaps 0.067 em wider.
_NEAR = 60.0


@dataclass(frozen=True, slots=True)
class Grid:
    """The type area: its width and the leading of its lines in pt, and how many lines it holds."""

    width: float
    leading: float
    lines: int
    baseline: float


@dataclass(slots=True)
class Unit:
    """One thing in the flow before it is put on the grid: rows of its own leading, margins in pt."""

    forms: list[Form]
    leading: float
    margin: tuple[float, float]
    step: str = ""
    before: str = "auto"
    with_next: bool = False
    whole: bool = False
    first: int = 2
    last: int = 2
    opens: str = ""
    solid: float | None = None
    cuts: tuple[int, ...] | None = None
    again: tuple[Row, ...] = ()
    movable: bool = False
    #: So many units from here on are one thing that ends on a line of the grid.
    ends_after: int = 0


@dataclass(slots=True)
class Around:
    """What surrounds a block: the room it has, and its place in the structure."""

    left: float
    width: float
    node: int


class SectionSetter:
    """Sets sections: `pictures` are those of the book, by their source.

    `left_out` are the classes of spans that a layout wants without their lines.
    """

    def __init__(
        self,
        cascade: Cascade,
        compositor: Compositor,
        grid: Grid,
        pictures: Mapping[str, PictureObject],
        folios: Folios,
        left_out: frozenset[str] = frozenset(),
    ) -> None:
        self.cascade = cascade
        self.compositor = compositor
        self.grid = grid
        self.pictures = pictures
        self.folios = folios
        self.left_out = left_out

    def set(self, xhtml: str, before: str, glyphs: Glyphs) -> SetSection:
        """The section's blocks; `before` is the section before it, which a style sheet may look at.

        `ForeignError` if it asks for what the page maker does not do.
        """
        root = etree.fromstring(
            f'<html><body xmlns:epub="{_EPUB}">{opening_of(before)}{xhtml}</body></html>'
        )  # fmt: skip
        return Setting(self, root, glyphs).made()


class Setting:
    """One section as it is set."""

    def __init__(self, setter: SectionSetter, root: Any, glyphs: Glyphs) -> None:
        self.setter = setter
        self.glyphs = glyphs
        self._root = root[0][-1]
        self._notes = {note.get("id"): note for note in root.iter("aside")}
        _prepare(root, setter)
        self.styles = setter.cascade.styles(cssselect2.ElementWrapper.from_html_root(root))
        self.inline = InlineReader(self.styles, setter.folios)
        self.nodes: list[Node] = []
        self.units: list[Unit] = []
        self._made_notes: list[Note] = []
        self._numbers: dict[str, int] = {}
        #: The notes that a note's first call brings: itself, and those called in it.
        self._called: dict[str, tuple[int, ...]] = {}
        self._places: list[Place] = []
        self._grid = setter.grid
        self._toc = -1
        self._in_note = False

    def made(self) -> SetSection:
        style = self.style(self._root)
        if abs(style.leading - self._grid.leading) > _NOTHING:
            self._grid = _fine(self._grid)
        node = self.node(_section_tag(self._root), -1)
        self.place(self._root, style)
        margin = style.margin[0]
        opens = "page" if style.before in ("page", "left", "right", "always") else "article" if margin else ""
        around = Around(style.padding[3], self._grid.width - style.padding[1] - style.padding[3], node)
        self.children(self._root, around)
        if self.units:
            first = self.units[0]
            first.opens = opens
            first.margin = max(first.margin[0], margin), first.margin[1]
        blocks = _Gridding(self._grid, self.units).blocks()
        holes = tuple(dict.fromkeys(self.inline.holes))
        return SetSection(
            tuple(self.nodes), tuple(blocks), tuple(self._made_notes), style.page, self._grid.leading, holes
        )  # fmt: skip

    # ---- structure

    def node(self, tag: str, parent: int, **more: str) -> int:
        self.nodes.append(Node(tag, parent, **more))
        return len(self.nodes) - 1

    def styled(self, element: Any) -> Styled:
        styled = self.styles[element]
        if styled.foreign:
            raise ForeignError(styled.foreign)
        return styled

    def style(self, element: Any) -> Style:
        return self.styled(element).style

    def place(self, element: Any, style: Style) -> None:
        """Remember what points here until the next row is made."""
        ids = (element.get("id"),) if element.get("id") else ()
        bookmark = None
        if style.bookmark_level and element.tag in _HEADINGS:
            words = "".join(_words_of(element))
            if style.bookmark is not None:
                said = "".join(text for _, text in content_of(style.bookmark, element.attrib, words))
                words = said or words
            bookmark = (style.bookmark_level, " ".join(words.split()))
        strings = tuple(
            (name, "".join(text for _, text in content_of(tokens, element.attrib, "".join(element.itertext()))))
            for name, tokens in style.strings
        )
        if ids or bookmark or strings:
            self._places.append(Place(ids, bookmark, strings))

    def take_places(self) -> tuple[Part, ...]:
        found, self._places = tuple(self._places), []
        return found

    # ---- flow

    def children(self, element: Any, around: Around) -> None:
        for child in element:
            if isinstance(child.tag, str) and child.tag not in ("aside",):
                self.child(child, around)

    def child(self, child: Any, around: Around) -> None:
        style = self.style(child)
        if style.display == "none" or (child.tag == "section" and child.get("class") == "notes"):
            return
        tag = child.tag
        if style.display == "flex":
            self._row(child, style, around)
        elif tag == "p" and len(child) == 1 and self.style(child[0]).display == "flex":
            self._row(child[0], self.style(child[0]), around, child)
        elif tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "dt"):
            self.place(child, style)
            self._paragraph(child, style, around, _TAGS.get(tag, "P"))
        elif tag in ("ul", "ol"):
            self._list(child, style, around)
        elif tag == "blockquote":
            self._container(child, style, around, "BlockQuote")
        elif tag == "pre":
            self._code(child, style, around)
        elif tag == "hr":
            self._break(child, style, around)
        elif tag == "table":
            self._table(child, style, around)
        elif tag == "figure":
            self._figure(child, style, around)
        elif tag in ("div", "header", "dl", "dd"):
            self._container(child, style, around, _CONTAINERS.get(child.get("class") or tag, ""))
        else:
            raise ForeignError(f"<{tag}> in running text")

    def _container(self, element: Any, style: Style, around: Around, tag: str) -> None:
        """A block of blocks: its margins go to the first and last of them."""
        self.place(element, style)
        node = self.node(tag, around.node) if tag else around.node
        left = around.left + style.margin[3] + style.padding[3]
        right = style.margin[1] + style.padding[1]
        begin = len(self.units)
        text = (element.text or "").strip() or not len(element)
        inner = Around(left, around.width - (left - around.left) - right, node)
        if any(style.border):
            raise ForeignError(f"{_named(element)} {{ border }}")
        if text and any(child.tag in _BLOCK_TAGS for child in element):
            for part in self.inline.parts(element, _BLOCK_TAGS):
                if not isinstance(part, list):
                    self.child(part, inner)
                elif part and (forms := self.forms([part], style, inner, self.node("P", inner.node))) is not None:
                    self.units.append(self.unit(replace(style, margin=(0.0,) * 4), forms))
        elif text:
            self._paragraph(element, style, inner, "P")
        else:
            self.children(element, inner)
        self.surround(begin, style)

    def surround(self, begin: int, style: Style) -> None:
        """Give the units from `begin` on what their container says of spaces and breaks."""
        if len(self.units) == begin:
            return
        first, last = self.units[begin], self.units[-1]
        first.margin = max(first.margin[0], style.margin[0]) + style.padding[0], first.margin[1]
        last.margin = last.margin[0], max(last.margin[1], style.margin[2]) + style.padding[2]
        if style.before != "auto":
            first.before = style.before
        if style.inside == "avoid":
            for unit in self.units[begin:-1]:
                unit.with_next = unit.whole = True
            last.whole = True
        if style.after == "avoid":
            last.with_next = True
        if style.step == "end":
            first.ends_after = len(self.units) - begin

    # ---- paragraphs

    def _paragraph(
        self, element: Any, style: Style, around: Around, tag: str, label: "tuple[int, TypeLine, float] | None" = None
    ) -> None:
        """One block of text; block-like spans of it (the lines of a title) are lines of their own."""
        lines = [child for child in element if isinstance(child.tag, str) and self.style(child).display == "block"]
        node = self.node(tag, around.node) if tag else around.node
        # What stands above the text, inside its box.
        groups = [self.inline.spans(line) for line in lines] or [self.inline.spans(element)]
        around = self.indented(style, around)
        forms = self.forms(groups, style, around, node, label)
        if forms is None:
            return
        border, above = style.border[0], 0.0
        unit = self.unit(style, forms)
        if style.border[3] is not None:
            self._rule_beside(unit, around.left - style.padding[3], style.leading, style.border[3])
        if border is not None:
            above = border.width
            self._rule_above(unit, around, border.width, border.colour)
        above += style.padding[0]
        if above or style.padding[2] or any(style.border[1:3]):
            if any(style.border[1:3]):
                raise ForeignError(f"{_named(element)} {{ border }}")
            self._push_down(unit, above, style)
        self.units.append(unit)

    def indented(self, style: Style, around: Around) -> Around:
        rule = style.border[3].width if style.border[3] is not None else 0.0
        left = around.left + style.margin[3] + style.padding[3] + rule
        width = around.width - (left - around.left) - style.margin[1] - style.padding[1]
        return Around(left, style.width if style.width is not None else width, around.node)

    def unit(self, style: Style, forms: list[Form]) -> Unit:
        # Spaces in a note are as its lines are.
        scale = self._grid.leading / self.setter.grid.leading if self._in_note else 1.0
        return Unit(
            forms=forms,
            leading=style.leading,
            margin=(style.margin[0] * scale, style.margin[2] * scale),
            step=style.step,
            before=style.before,
            with_next=style.after == "avoid",
            whole=style.inside == "avoid",
            first=style.orphans,
            last=style.widows,
        )

    def _rule_above(self, unit: Unit, around: Around, width: float, colour: str) -> None:
        rule = Rule((around.left, width / 2), (around.left + around.width, width / 2), width, colour)
        unit.forms = [replace(form, rows=((rule, *form.rows[0]), *form.rows[1:])) for form in unit.forms]

    def _rule_beside(self, unit: Unit, x: float, leading: float, border: Border) -> None:
        """A rule at the left of every line."""
        left = x - border.width / 2
        rule = Rule((left, 0.0), (left, leading), border.width, border.colour)
        unit.forms = [replace(form, rows=tuple((rule, *row) for row in form.rows)) for form in unit.forms]

    def _push_down(self, unit: Unit, above: float, style: Style) -> None:
        """A box with something above its text is one solid thing of its height."""
        form = unit.forms[0]
        parts: list[Part] = []
        for index, row in enumerate(form.rows):
            for part in row:
                down = above + index * style.leading
                parts.append(part if isinstance(part, Rule) else lowered(part, down))
        height = above + len(form.rows) * style.leading + style.padding[2]
        calls = tuple((0, note) for _, note in form.calls)
        unit.forms, unit.solid = [Form(0.0, (tuple(parts),), calls)], height

    def forms(
        self,
        groups: Sequence[list[Span]],
        style: Style,
        around: Around,
        node: int,
        label: "tuple[int, TypeLine, float] | None" = None,
    ) -> list[Form] | None:
        """The lengths of a paragraph as rows: the best first."""
        if not any(groups):
            return None
        found: list[list[tuple[float, list[tuple[TypeLine, float]]]]] = []
        for spans in groups:
            found.append(self.lengths(spans, style, around.width))
        down = self.baseline(style)
        places = self.take_places()
        choices = found[0] if len(found) == 1 else [(0.0, [line for forms in found for line in forms[0][1]])]
        forms = []
        met = self.met
        for cost, lines in choices:
            rows: list[Row] = []
            for line, x in lines:
                row: list[Part] = [Text(line, around.left + x, down, node)]
                if not rows:
                    row = [*places, *self._labelled(label, down), *row]
                rows.append(tuple(row))
            calls = self.calls([line for line, _ in lines], met)
            forms.append(Form(cost, tuple(rows), calls))
        return forms

    def _labelled(self, label: "tuple[int, TypeLine, float] | None", down: float) -> list[Part]:
        return [] if label is None else [Text(label[1], label[2], down, label[0])]

    def lengths(
        self, spans: list[Span], style: Style, width: float
    ) -> list[tuple[float, list[tuple[TypeLine, float]]]]:
        """(cost, lines with their left edges): the paragraph as it is best set, then a line longer or shorter."""
        if not spans:
            return [(0.0, [])]
        words = self.words(spans, style, width)
        justified = style.align == "justify"
        measure = Measure(width - style.indent, width)
        plain = plain_text(words, self.glyphs)
        if not justified or self._in_note:
            found = [(0.0, find_breaks(words.paragraph, measure, justified=justified))]
        else:
            forms = find_forms(words.paragraph, measure, most=_NEAR)
            found = [(form.cost, form.breaks) for form in forms]
        return [(cost, self._lines(words, plain, breaks, style, width)) for cost, breaks in found]

    def _lines(
        self, words: Words, plain: PlainText | None, breaks: list[int], style: Style, width: float
    ) -> list[tuple[TypeLine, float]]:
        """The lines of a paragraph that ends them at these breaks, each with its left edge."""
        justified = style.align == "justify"
        made: list[tuple[TypeLine, float]] = []
        start = 0
        for number, end in enumerate(breaks):
            room = width - (style.indent if number == 0 else 0.0)
            line = set_line(words.paragraph, start, end, room, justified=justified)
            start = end
            typed = plain_line(plain, line, self.glyphs, justified=justified) if plain is not None else None
            typed = typed or type_line(words, line, self.glyphs, justified=justified)
            indent = style.indent if number == 0 else 0.0
            room = width - indent - line.width
            shift = {"right": room, "end": room, "center": room / 2}.get(style.align, 0.0)
            made.append((typed, indent + shift))
        return made

    def words(self, spans: list[Span], style: Style, width: float = inf) -> Words:
        """Spans shaped; pictures among them are no higher than a line and no wider than `width` (pt)."""
        pictures = [self.setter.pictures[span.picture] for span in spans if span.picture]
        widths = [min(width, each.width, each.width * style.leading / each.height) for each in pictures]
        return self.setter.compositor.set(spans, widths)

    def baseline(self, style: Style) -> float:
        """How far below a line's top its baseline is: the root's strut where the leading is the root's."""
        grid = self._grid
        return grid.baseline if abs(style.leading - grid.leading) < _NOTHING else self.own_baseline(style)

    # ---- notes

    @property
    def leading(self) -> float:
        """What lines are high at most, in pt: in a note, as its own."""
        return self._grid.leading if self._in_note else inf

    @property
    def met(self) -> int:
        """How many notes have been called so far."""
        return len(self._made_notes)

    def calls(self, lines: Sequence[TypeLine], met: int) -> tuple[tuple[int, int], ...]:
        """(line, note) where a note is called first; those below `met` were called before these lines."""
        found: dict[int, int] = {}
        for at, line in enumerate(lines):
            for shown in line.shown:
                if not shown.note:
                    continue
                if shown.note not in self._numbers:
                    self._make_note(shown.note)
                for number in self._called.get(shown.note, ()):
                    if number >= met:
                        found.setdefault(number, at)
        return tuple(sorted(((at, number) for number, at in found.items()), key=lambda call: (call[0], call[1])))

    def _make_note(self, identifier: str) -> None:
        """Set a note whose call has been met; its number in the section is that of its first call."""
        element = self._notes.get(identifier)
        if element is None:
            self._numbers[identifier] = -1
            return
        number = self._numbers[identifier] = len(self._made_notes)
        self._made_notes.append(Note((), 12.0))
        style = self.style(element)
        node = self.node("Note", 0, id=identifier)
        kept = self.units, self._places, self._grid, self._in_note
        self._in_note = True
        self.units, self._places, self._grid = [], [Place(ids=(identifier,))], self._note_grid(style)
        label = next((child for child in element if child.get("class") == "note-number"), None)
        words = [child for child in element if child is not label]
        if label is not None and (not words or words[0].tag != "p"):
            self._first_of_note(element, label, None, style, node)
        elif label is not None:
            self._first_of_note(element, label, words.pop(0), style, node)
        for child in words:
            self.child(child, Around(style.padding[3], self._grid.width - style.padding[3], node))
        blocks = _Gridding(self._grid, self.units).blocks()
        self.units, self._places, self._grid, self._in_note = kept
        rows = [row for at, block in enumerate(blocks) for row in _rows_of_block(block, at)]
        self._made_notes[number] = Note(tuple(rows), style.leading)
        self._called[identifier] = number, *(note for block in blocks for _, note in block.forms[0].calls)

    def _note_grid(self, style: Style) -> Grid:
        """Notes have lines of their own leading; what stands in them takes whole ones."""
        return replace(self._grid, leading=style.leading, baseline=self.own_baseline(style))

    def _first_of_note(self, element: Any, label: Any, paragraph: Any, style: Style, node: int) -> None:
        """The number goes before the first words, in the same line; it is a link back to the call."""
        marker = self.styles[element].pseudo.get("footnote-marker", style)
        back = next(iter(label), None)
        target = back.get("href", "") if back is not None else ""
        number = "".join(label.itertext())
        lbl = self.node("Lbl", node)
        spans = [Span(number, marker, (Tag("Link", target, number),))]
        hang = style.padding[3] + style.indent
        line = self.lengths(spans, replace(style, align="left", indent=0.0), 1000.0)[0][1][0][0]
        inset = hang + self._marker_width(marker, number) - style.padding[3]
        own = self.style(paragraph) if paragraph is not None else style
        p = self.node("P", node)
        text = self.inline.spans(paragraph) if paragraph is not None else []
        if not text:
            row = (*self.take_places(), Text(line, hang, self.baseline(own), lbl))
            self.units.append(self.unit(replace(own, margin=(0.0,) * 4), [Form(0.0, (row,))]))
            return
        room = Around(style.padding[3], self._grid.width - style.padding[3], p)
        forms = self.forms([text], replace(own, indent=inset), room, p, (lbl, line, hang))
        if forms is not None:
            self.units.append(self.unit(replace(own, margin=(0.0,) * 4), forms))

    def _marker_width(self, marker: Style, number: str) -> float:
        """How wide a note's number is with what the style sheet puts behind it, in pt."""
        said = "".join(
            number if kind == "number" else words for kind, words in content_of(marker.content, {}, "")
        )  # fmt: skip
        words = self.setter.compositor.set([Span(said or number, marker)])
        return words.paragraph.ends[-1]

    # ---- lists

    def _list(self, element: Any, style: Style, around: Around) -> None:
        begin = len(self.units)
        numbering = "Decimal" if element.tag == "ol" else "Disc"
        node = self.node("L", around.node, attributes=f"/O/List/ListNumbering/{numbering}")
        inner = Around(around.left + style.padding[3] + style.margin[3], 0.0, node)
        inner.width = around.width - (inner.left - around.left)
        items = list(_numbered(element))
        # A long number stands inside the measure, and the text of all items gives way.
        more = max((self._room_of_label(item, number) for item, number in items), default=0.0) - inner.left
        if more > 0.0:
            inner.left, inner.width = inner.left + more, inner.width - more
        for item, number in items:
            self._item(item, inner, number)
        self.surround(begin, style)

    def _room_of_label(self, item: Any, number: int) -> float:
        """How far from the measure's left edge an item's text must stand so that its number is inside it."""
        if number < _LONG_NUMBER:
            return 0.0
        return -self._label(self.styled(item), -1, Around(0.0, 0.0, -1), number)[2]

    def _item(self, item: Any, around: Around, number: int) -> None:
        styled = self.styled(item)
        style = styled.style
        begin = len(self.units)
        li = self.node("LI", around.node)
        label = self._label(styled, self.node("Lbl", li), around, number)
        body = self.node("LBody", li)
        inner = Around(around.left + style.padding[3], around.width - style.padding[3], body)
        self.place(item, style)
        waiting: tuple[int, TypeLine, float] | None = label
        for part in self.inline.parts(item, _BLOCK_TAGS):
            if isinstance(part, list):
                forms = self.forms([part], replace(style, indent=0.0), inner, body, waiting) if part else None
                if forms is not None:
                    self.units.append(self.unit(replace(style, margin=(0.0,) * 4, step=""), forms))
                    waiting = None
            elif part.tag == "p" and waiting is not None and len(self.units) == begin:
                self.place(part, self.style(part))
                self._paragraph(part, self.style(part), inner, "P", waiting)
                waiting = None if len(self.units) > begin else waiting
            else:
                self.child(part, inner)
        if waiting is not None:
            self._label_alone(begin, style, waiting)
        self.surround(begin, style)

    def _label_alone(self, begin: int, style: Style, label: "tuple[int, TypeLine, float]") -> None:
        """The label of an item that does not begin with words stands in the first line of what it holds."""
        part = Text(label[1], label[2], self.baseline(style), label[0])
        if len(self.units) == begin:
            self.units.append(self.unit(style, [Form(0.0, ((*self.take_places(), part),))]))
            return
        unit = self.units[begin]
        unit.forms = [replace(form, rows=((part, *form.rows[0]), *form.rows[1:])) for form in unit.forms]

    def _label(self, styled: Styled, node: int, around: Around, number: int) -> "tuple[int, TypeLine, float]":
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
        words = self.setter.compositor.set(spans)
        line = set_paragraph(words.paragraph, Measure(1000, 1000), justified=False)[0]
        typed = type_line(words, line, self.glyphs, justified=False)
        width = sum(run.advance * marker.size for piece in words.pieces for run in piece.clusters)
        return node, typed, around.left - width - trailing - line.shift

    # ---- other blocks

    def _code(self, element: Any, style: Style, around: Around) -> None:
        """Lines as they were written, each with its own indent; what is longer than the measure goes on below."""
        self.place(element, style)
        node = self.node("P", around.node)
        around = self.indented(style, around)
        down = self.baseline(style)
        rows: list[Row] = []
        for spans in _code_lines(self.inline.spans(element)):
            lead, spans = _without_lead(spans)
            indent = min(self._space(style) * lead, around.width / 2)
            set_lines = self.lengths(spans, replace(style, indent=indent), around.width)[0][1]
            rows += [(Text(line, around.left + x, down, node),) for line, x in set_lines] or [()]
        while rows and not rows[-1]:
            rows.pop()
        if rows:
            rows[0] = (*self.take_places(), *rows[0])
            self.units.append(self.unit(style, [Form(0.0, tuple(rows))]))

    def _space(self, style: Style) -> float:
        """How wide a space is, in pt."""
        (piece,) = self.setter.compositor.set([Span(" ", style)]).pieces
        return sum(cluster.advance for cluster in piece.clusters) * style.size

    def _break(self, element: Any, style: Style, around: Around) -> None:
        """A break between paragraphs: a sign in the middle of its lines; an artifact to a reader."""
        before = self.styled(element).pseudo.get("before")
        if before is None or before.content is None:
            raise ForeignError("<hr> without content")
        text = "".join(words for _, words in content_of(before.content, {}, ""))
        spans = [Span(text, before, (Tag("Artifact"),))]
        lines = self.lengths(spans, replace(before, align=style.align, indent=0.0), around.width)[0][1]
        face = self.setter.compositor.stack(before).first
        down = baseline_of(before, face.ascent, face.descent)
        row = tuple(Text(line, around.left + x, down, around.node) for line, x in lines)
        unit = self.unit(style, [Form(0.0, (row,))])
        unit.solid = style.height if style.height is not None else style.leading
        self.units.append(unit)

    def _figure(self, element: Any, style: Style, around: Around) -> None:
        """A picture and its caption, one thing; it may stand a little earlier or later in its article."""
        node = self.node("Figure", around.node, alternative=_alternative(element))
        self.place(element, style)
        parts: list[Part] = list(self.take_places())
        calls: list[tuple[int, int]] = []
        down = style.padding[0]
        for child in element:
            if child.tag == "img":
                down = self._image(child, style, around, node, down, parts)
            elif child.tag == "figcaption":
                down, notes = self._caption(child, around, node, down, parts)
                calls += notes
            else:
                raise ForeignError(f"<{child.tag}> in a figure")
        unit = self.unit(style, [Form(0.0, (tuple(parts),), tuple(calls))])
        unit.solid, unit.movable, unit.whole = down + style.padding[2], True, True
        self.units.append(unit)

    def _image(self, img: Any, figure: Style, around: Around, node: int, down: float, parts: list[Part]) -> float:
        style = self.style(img)
        source = img.get("src", "")
        picture = self.setter.pictures[source]
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
        self, caption: Any, around: Around, node: int, down: float, parts: list[Part]
    ) -> tuple[float, tuple[tuple[int, int], ...]]:
        style = self.style(caption)
        own = self.node("Caption", node)
        forms = self.forms([self.inline.spans(caption)], style, around, own)
        down += style.margin[0] + style.padding[0]
        form = forms[0] if forms else Form(0.0, ())
        for row in form.rows:
            parts += [lowered(part, down) for part in row]
            down += style.leading
        return down + style.margin[2], tuple((0, note) for _, note in form.calls)

    # ---- rows of cells (flex) and tables

    def _row(self, element: Any, style: Style, around: Around, paragraph: Any = None) -> None:
        """Cells side by side; `paragraph` is what holds nothing but them."""
        outer = style if paragraph is None else self.style(paragraph)
        link = element.tag == "a"
        if paragraph is not None:
            self.place(paragraph, outer)
        self.place(element, style)
        node = around.node
        if link:
            node = self.node("TOCI", self._contents(around.node))
        elif element.tag == "div":
            node = self.node("LI", around.node)
        inner = self.indented(outer, Around(around.left, around.width, node))
        form = row_of_cells(self, element, style, inner, link=link)
        unit = self.unit(outer, [form])
        unit.leading, unit.whole = style.leading, True
        self.units.append(unit)

    def _contents(self, parent: int) -> int:
        """The list of contents that entries belong to."""
        if self._toc < 0:
            self._toc = self.node("TOC", parent)
        return self._toc

    def _table(self, element: Any, style: Style, around: Around) -> None:
        leading = self._grid.leading
        breaks = style.inside != "avoid" and element.get("class") != "short" and not self._in_note
        self.place(element, style)
        around, places = self.indented(style, around), self._places
        table = set_table(self, element, style, around, leading, breaks=breaks)
        if not breaks and not self._in_note and sum(table.heights) > leading * (self._grid.lines - 2):
            self._places, breaks = places, True
            table = on_grid(table, leading)
        if not table.rows:
            return
        if not breaks:
            solid: list[Part] = []
            down = 0.0
            for row, height in zip(table.rows, table.heights, strict=True):
                solid += [lowered(part, down) for part in row]
                down += height
            calls = tuple((0, note) for notes in table.calls for note in notes)
            unit = self.unit(style, [Form(0.0, (tuple(solid),), calls)])
            unit.solid, unit.whole = down, True
        else:
            lines = [round(height / leading) for height in table.heights]
            head = sum(lines[: table.head])
            rows: list[Row] = []
            for parts, count in zip(table.rows, lines, strict=True):
                rows += [parts, *[()] * (count - 1)]
            cuts = table_cuts(lines, table.head, self._grid.lines)
            calls = tuple((sum(lines[:at]), note) for at, notes in enumerate(table.calls) for note in notes)
            unit = self.unit(style, [Form(0.0, tuple(rows), calls)])
            unit.again = tuple(_without_places(row) for row in rows[:head])
            unit.cuts = cuts
            unit.leading = leading
        self.units.append(unit)

    def own_baseline(self, style: Style) -> float:
        """How far below a line's top its baseline is, off the grid."""
        face = self.setter.compositor.stack(style).first
        return baseline_of(style, face.ascent, face.descent)


def _without_places(row: Row) -> Row:
    """A row that is told again: nothing points at it twice."""
    return tuple(part for part in row if not isinstance(part, Place))


_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TAGS = {f"h{level}": f"H{level}" for level in range(1, 7)}
_CONTAINERS = {"dl": "L"}
#: A picture higher than so many lines stands alone, except in these.
_HIGH = 2.0
_LINES = ("figure", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "dt")
#: From here on an item's number may be wider than a list's indent.
_LONG_NUMBER = 100
#: A tab in code goes to the next of so many columns.
_TAB = 4
_BLOCK_TAGS = frozenset(("p", "ul", "ol", "blockquote", "pre", "table", "figure", "hr", "div"))


def _named(element: Any) -> str:
    """An element as a selector: its tag and classes."""
    return ".".join((element.tag, *(element.get("class") or "").split()))


def baseline_of(style: Style, ascent: float, descent: float) -> float:
    """How far below a line's top its baseline is: half the leading above the face's own height (CSS Inline 3 §5.1)."""
    return (style.leading - (ascent + descent) * style.size) / 2 + ascent * style.size


def _section_tag(root: Any) -> str:
    return "Sect"


def _words_of(element: Any) -> Iterator[str]:
    """What a heading says, readings and calls of notes left out."""
    yield element.text or ""
    for child in element:
        if child.tag != "rt" and "note-call" not in (child.get("class") or "").split():
            yield from _words_of(child)
        yield child.tail or ""


def _alternative(figure: Any) -> str:
    return next((img.get("alt", "") for img in figure.iter("img")), "")


def _prepare(root: Any, setter: SectionSetter) -> None:
    """The tree as the style sheet knows it: classes of calls and notes, no class where the layout draws no line.

    Pictures too large for a line become figures.
    """
    for image in reversed(list(root.iter("img"))):
        picture = setter.pictures[image.get("src", "")]
        if not picture.is_sized or picture.height > _HIGH * setter.grid.leading:
            _stand_alone(image)
    for span in root.iter("span"):
        if span.get("class") in setter.left_out:
            del span.attrib["class"]
    for call in root.iter("a"):
        if call.get("class") == "note-call":
            call.set("class", "note-call footnote")
    for note in root.iter("aside"):
        note.set("class", "note footnote")


def _numbered(element: Any) -> Iterator[tuple[Any, int]]:
    """The items of a list with their numbers."""
    number = int(element.get("start", "1"))
    for item in element:
        if item.tag == "li":
            number = int(item.get("value", number))
            yield item, number
            number += 1


def _code_lines(spans: list[Span]) -> Iterator[list[Span]]:
    """The spans of each line of code, tabs as spaces."""
    line: list[Span] = []
    for span in spans:
        first, *others = span.text.expandtabs(_TAB).split("\n")
        line.append(replace(span, text=first))
        for text in others:
            yield line
            line = [replace(span, text=text)]
    yield line


def _without_lead(spans: list[Span]) -> tuple[int, list[Span]]:
    """How many spaces a line of code begins with, and what stands behind them."""
    lead = 0
    found = [span for span in spans if span.text]
    while found and found[0].text.startswith(" "):
        text = found[0].text.lstrip(" ")
        lead += len(found[0].text) - len(text)
        found[:1] = [replace(found[0], text=text)] if text else []
    while found and not found[-1].text.rstrip(" "):
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    return lead, found


def _stand_alone(image: Any) -> None:
    """A picture that is too large for its line stands as a figure below its paragraph; in a table it is made small."""
    top = image
    while top.getparent() is not None and top.tag not in ("p", "li", "dd", *_LINES):
        top = top.getparent()
    if top.tag in _LINES or top.getparent() is None:
        return
    figure = etree.Element("figure")
    parent, before = image.getparent(), image.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (image.tail or "")
    else:
        parent.text = (parent.text or "") + (image.tail or "")
    # In an item it follows what it stands in, before the item goes on.
    holder = top if top.tag == "p" else next((child for child in top if image in child.iter()), image)
    at = holder.getparent().index(holder)
    place = holder.getparent()
    image.tail = None
    parent.remove(image)
    figure.append(image)
    place.insert(at if holder is image else at + 1, figure)
    if top.tag == "p" and not len(top) and not (top.text or "").strip():
        place.remove(top)


def _fine(grid: Grid) -> Grid:
    """The lines of a section of another leading than the book's: so fine that its blocks stand where they like."""
    return replace(grid, leading=_FINE, lines=int((grid.leading * grid.lines + _NOTHING) / _FINE))


class _Gridding:
    """Units to blocks: every block begins on a line of the grid."""

    def __init__(self, grid: Grid, units: list[Unit]) -> None:
        self._grid = grid
        self._units = units
        self._blocks: list[Block] = []
        #: The margin that is due after the last block, in pt.
        self._due = 0.0
        self._head: list[Unit] = []

    def blocks(self) -> list[Block]:
        for unit in self._units:
            if unit.with_next and unit is not self._units[-1]:
                self._head.append(unit)
            else:
                self._add(unit)
        return self._blocks

    def _add(self, unit: Unit) -> None:
        leading = self._grid.leading
        head, self._head = self._head, []
        first = (head or [unit])[0]
        stacked: list[tuple[Part, ...]] = []
        down = 0.0
        margin = max(first.margin[0], self._due)
        if head:
            parts, down = self._stack(head)
            gap = max(head[-1].margin[1], unit.margin[0])
            down = _up(down, leading) if gap < _NOTHING else down
            down = _up(down + gap, leading)
            stacked = in_rows(parts, leading, round(down / leading))
        if unit.solid is not None:
            self._add_solid(unit, stacked, margin, first, _calls_of(head))
            return
        space = round(margin / leading)
        form_rows = unit.forms
        scale = unit.leading / leading
        if abs(scale - round(scale)) > 1e-6 or round(scale) < 1:
            # Lines of another leading, as those of a title: one solid thing.
            self._add_solid(_solid(unit), stacked, margin, first, _calls_of(head))
            return
        if round(scale) != 1:
            form_rows = [_spread(form, round(scale)) for form in form_rows]
        form_rows = [replace(form, calls=(*_calls_of(head), *form.calls)) for form in form_rows]
        lines = len(form_rows[0].rows)
        self._blocks.append(
            Block(
                space=space,
                head=tuple(stacked),
                forms=tuple(form_rows),
                opens=first.opens,
                keep=first.before == "avoid",
                first=lines if unit.whole else min(unit.first, lines),
                last=lines if unit.whole else min(unit.last, lines),
                cuts=unit.cuts,
                again=unit.again,
            )
        )
        self._due = unit.margin[1]

    def _stack(self, head: list[Unit]) -> tuple[list[Part], float]:
        """Units one below the other, in pt from the top of the first."""
        leading = self._grid.leading
        parts: list[Part] = []
        down = 0.0
        for index, unit in enumerate(head):
            if index:
                down += max(head[index - 1].margin[1], unit.margin[0])
            if unit.ends_after:
                end = down + _height_of(head[index : index + unit.ends_after])
                down += _up(end, leading) - end
            form, step = unit.forms[0], unit.leading
            height = unit.solid if unit.solid is not None else step * len(form.rows)
            slack = _up(down + height, leading) - down - height if unit.step else 0.0
            down += {"end": slack, "center": slack / 2}.get(unit.step, 0.0)
            for number, row in enumerate(form.rows):
                parts += [lowered(part, down + number * step) for part in row]
            down += height + {"start": slack, "center": slack / 2}.get(unit.step, 0.0)
        return parts, down

    def _add_solid(
        self,
        unit: Unit,
        stacked: list[tuple[Part, ...]],
        margin: float,
        first: Unit,
        above: tuple[tuple[int, int], ...],
    ) -> None:
        """A thing of any height: it takes whole lines, and what is left over is space around it."""
        leading, height = self._grid.leading, unit.solid or 0.0
        before = 0.0 if stacked else margin
        total = _up(before + height + unit.margin[1], leading)
        slack = total - before - height - unit.margin[1]
        offset = before + (slack / 2 if unit.step == "center" else slack if unit.step == "end" else 0.0)
        space = int((offset + _NOTHING) // leading)
        shift = offset - space * leading
        lines = max(1, ceil((shift + height - _NOTHING) / leading))
        form = unit.forms[0]
        parts = [part for row in form.rows for part in row]
        # Read as it was made, cell by cell: where it must be parted all the same, its parts go where they fall.
        rows = [tuple(parts), *[()] * (lines - 1)]
        cuts = None if lines + len(stacked) > self._grid.lines else ()
        calls = (*above, *((0, note) for _, note in form.calls))
        self._blocks.append(
            Block(
                space=round(margin / leading) if stacked else space,
                head=tuple(stacked),
                forms=(Form(0.0, tuple(rows), calls),),
                opens=first.opens,
                keep=first.before == "avoid",
                first=lines if cuts is not None else 1,
                last=lines if cuts is not None else 1,
                cuts=cuts,
                again=unit.again,
                movable=unit.movable and not stacked,
                shift=shift,
            )
        )
        below = total - (space + lines) * leading
        self._due = leading * max(0, ceil(below / leading - _HALF))


def _height_of(units: list[Unit]) -> float:
    """How high units are one below the other, with the margin below the last, in pt."""
    height = 0.0
    for index, unit in enumerate(units):
        if index:
            height += max(units[index - 1].margin[1], unit.margin[0])
        height += unit.solid if unit.solid is not None else unit.leading * len(unit.forms[0].rows)
    return height + units[-1].margin[1]


def _calls_of(head: list[Unit]) -> tuple[tuple[int, int], ...]:
    """Notes called in what stands above a block go where its first line is."""
    return tuple((0, note) for unit in head for _, note in unit.forms[0].calls)


def _rows_of_block(block: Block, at: int) -> Iterator[Row]:
    """The rows of a block that is moved no more, with the space before it unless it is the first."""
    yield from [()] * (block.space if at else 0)
    yield from block.head
    for row in block.forms[0].rows:
        yield tuple(lowered(part, block.shift) for part in row)


def _solid(unit: Unit) -> Unit:
    form = unit.forms[0]
    parts = tuple(lowered(part, number * unit.leading) for number, row in enumerate(form.rows) for part in row)
    return replace(
        unit, forms=[Form(0.0, (parts,), tuple((0, note) for _, note in form.calls))],
        solid=unit.leading * len(form.rows), step=unit.step or "start",
    )  # fmt: skip


def _spread(form: Form, times: int) -> Form:
    rows: list[Row] = []
    for row in form.rows:
        rows += [row, *[()] * (times - 1)]
    return replace(form, rows=tuple(rows), calls=tuple((row * times, note) for row, note in form.calls))


def _up(height: float, leading: float) -> float:
    """The height in whole lines."""
    return ceil((height - _NOTHING) / leading) * leading


def in_rows(parts: list[Part], leading: float, count: int) -> list[Row]:
    """Parts that are placed from one top, each in the row in which it stands; a row's parts are placed from its top."""
    rows: list[list[Part]] = [[] for _ in range(max(count, 1))]
    for part in parts:
        row = min(max(0, int((top_of(part) - _NOTHING) // leading)), len(rows) - 1)
        rows[row].append(lowered(part, -row * leading))
    return [tuple(row) for row in rows]
