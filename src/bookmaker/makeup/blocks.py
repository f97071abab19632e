"""A section's XHTML to blocks: the flow of its elements, and its paragraphs in lines.

Lists, code, figures, tables, cells side by side and notes have rooms of their own, which work at this desk.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Any

import cssselect2
from lxml import etree

from bookmaker.composition.setting import set_line
from bookmaker.composition.total_fit import Measure, find_breaks, find_forms
from bookmaker.makeup.code import set_code
from bookmaker.makeup.desk import BLOCK_TAGS, Label, Lines
from bookmaker.makeup.figures import set_figure
from bookmaker.makeup.gridding import NOTHING, Around, Grid, Unit, baseline_of, fine_grid, grid_blocks
from bookmaker.makeup.inline import Folios, InlineReader, Span, Tag
from bookmaker.makeup.lists import set_list
from bookmaker.makeup.model import Glyphs
from bookmaker.makeup.notes import Notes
from bookmaker.makeup.parts import Form, Node, Part, Place, Row, Rule, SetSection, Text, lowered
from bookmaker.makeup.pictures import PictureObject
from bookmaker.makeup.plainline import PlainText, plain_line, plain_text
from bookmaker.makeup.prepared import prepare, words_of
from bookmaker.makeup.rows import row_of_cells
from bookmaker.makeup.styles import Border, Cascade, ForeignError, Style, Styled, content_of, opening_of
from bookmaker.makeup.tables import table_block
from bookmaker.makeup.typeline import TypeLine, type_line
from bookmaker.makeup.words import Compositor, Words
from bookmaker.makeup.wrapped import set_wrapped

#: White space of the source; an ideographic space is a sign of the text.
_WHITE = re.compile(r"[ \t\r\n]+")
_EPUB = "http://www.idpf.org/2007/ops"
#: A paragraph may be set a line longer or shorter at lines no dearer than this: gaps 0.067 em wider.
_NEAR = 60.0


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

    def set(self, xhtml: str, before: str, glyphs: Glyphs, bookmark: str = "") -> SetSection:
        """The section's blocks; `before` is the section before it, which a style sheet may look at.

        `bookmark` is what the outline calls the section, whatever marks and line breaks its title holds.

        `ForeignError` if it asks for what the page maker does not do.
        """
        root = etree.fromstring(
            f'<html><body xmlns:epub="{_EPUB}">{opening_of(before)}{xhtml}</body></html>'
        )  # fmt: skip
        for title in root[0][-1].iter("h1", "h2") if bookmark else ():
            if title.get("class") == "title":
                title.set("data-bookmark", bookmark)
        return Setting(self, root, glyphs).made()


class Setting:
    """One section as it is set."""

    def __init__(self, setter: SectionSetter, root: Any, glyphs: Glyphs) -> None:
        self.setter = setter
        self.glyphs = glyphs
        self._root = root[0][-1]
        prepare(root, setter.pictures, setter.grid.leading, setter.left_out)
        self.styles = setter.cascade.styles(cssselect2.ElementWrapper.from_html_root(root))
        self.inline = InlineReader(self.styles, setter.folios)
        self.nodes: list[Node] = []
        self.units: list[Unit] = []
        self.places: list[Place] = []
        self.grid = setter.grid
        self.in_note = False
        self._notes = Notes(self, {note.get("id"): note for note in root.iter("aside")})
        self._toc = -1

    @property
    def compositor(self) -> Compositor:
        """What sets words."""
        return self.setter.compositor

    @property
    def pictures(self) -> Mapping[str, PictureObject]:
        """The pictures of the book, by their source."""
        return self.setter.pictures

    def made(self) -> SetSection:
        style = self.style(self._root)
        if abs(style.leading - self.grid.leading) > NOTHING:
            self.grid = fine_grid(self.grid)
        node = self.node("Sect", -1)
        self.place(self._root, style)
        margin = style.margin[0]
        opens = "page" if style.before in ("page", "left", "right", "always") else "article" if margin else ""
        around = Around(style.padding[3], self.grid.width - style.padding[1] - style.padding[3], node)
        self.children(self._root, around)
        if self.units:
            first = self.units[0]
            first.opens = opens
            first.margin = max(first.margin[0], margin), first.margin[1]
        blocks = grid_blocks(self.grid, self.units)
        holes = tuple(dict.fromkeys(self.inline.holes))
        return SetSection(
            tuple(self.nodes), tuple(blocks), tuple(self._notes.made), style.page, self.grid.leading, holes
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
            words = "".join(words_of(element))
            if style.bookmark is not None:
                said = "".join(text for _, text in content_of(style.bookmark, element.attrib, words))
                words = said or words
            bookmark = (style.bookmark_level, _WHITE.sub(" ", words).strip())
        strings = tuple(
            (name, "".join(text for _, text in content_of(tokens, element.attrib, "".join(element.itertext()))))
            for name, tokens in style.strings
        )
        if ids or bookmark or strings:
            self.places.append(Place(ids, bookmark, strings))

    def take_places(self) -> tuple[Place, ...]:
        found, self.places = tuple(self.places), []
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
        if style.display == "flex" and style.wraps:
            set_wrapped(self, child, style, around)
        elif style.display == "flex":
            self._row(child, style, around)
        elif tag == "p" and len(child) == 1 and self.style(child[0]).display == "flex":
            self._row(child[0], self.style(child[0]), around, child)
        elif tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "dt"):
            self.place(child, style)
            self.paragraph(child, style, around, _TAGS.get(tag, "P"))
        elif tag in ("ul", "ol"):
            set_list(self, child, style, around)
        elif tag == "blockquote":
            self._container(child, style, around, "BlockQuote")
        elif tag == "pre":
            set_code(self, child, style, around)
        elif tag == "hr":
            self._break(child, style, around)
        elif tag == "table":
            self.units += table_block(self, child, style, around)
        elif tag == "figure":
            set_figure(self, child, style, around)
        elif tag in ("div", "header", "dl", "dd"):
            self._container(child, style, around, _role(child))
        else:
            raise ForeignError(f"<{tag}> in running text")

    def _container(self, element: Any, style: Style, around: Around, tag: str) -> None:
        """A block of blocks: its margins go to the first and last of them."""
        self.place(element, style)
        node = self.node(tag, around.node) if tag else around.node
        left = around.left + style.margin[3] + style.padding[3]
        right = style.margin[1] + style.padding[1]
        begin = len(self.units)
        text = (element.text or "").strip() or not len(element) or any(map(self._is_inline, element))
        inner = Around(left, around.width - (left - around.left) - right, node)
        if any(style.border[:3]):
            raise ForeignError(f"{_named(element)} {{ border }}")
        if style.border[3] is not None:
            inner = Around(inner.left + style.border[3].width, inner.width - style.border[3].width, node)
        if text and any(child.tag in BLOCK_TAGS for child in element):
            for part in self.inline.parts(element, BLOCK_TAGS):
                if not isinstance(part, list):
                    self.child(part, inner)
                elif part and (forms := self.forms([part], style, inner, self.node("P", inner.node))) is not None:
                    self.units.append(self.unit(replace(style, margin=(0.0,) * 4), forms))
        elif text:
            self.paragraph(element, style, inner, "P")
        else:
            self.children(element, inner)
        if style.border[3] is not None and len(self.units) > begin:
            self._joined(begin, left - style.padding[3], style.border[3])
        self.surround(begin, style)

    def _joined(self, begin: int, left: float, border: Border) -> None:
        """The paragraphs from `begin` on as one, with a rule at the left of them all."""
        units = self.units[begin:]
        step = units[0].leading
        apart = any(max(one.margin[1], other.margin[0]) > NOTHING for one, other in pairwise(units))
        if apart or any(unit.solid is not None or abs(unit.leading - step) > NOTHING for unit in units):
            raise ForeignError("a rule stands beside blocks of several kinds")
        rows: list[Row] = []
        calls: list[tuple[int, int]] = []
        for unit in units:
            calls += [(len(rows) + row, note) for row, note in unit.forms[0].calls]
            rows += unit.forms[0].rows
        unit = replace(units[0], forms=[Form(0.0, tuple(rows), tuple(calls))])
        unit.margin, unit.last, unit.with_next = (units[0].margin[0], units[-1].margin[1]), units[-1].last, False
        self._rule_beside(unit, left, step, border)
        self.units[begin:] = [unit]

    def _is_inline(self, element: Any) -> bool:
        return isinstance(element.tag, str) and element.tag != "img" and self.style(element).display == "inline"

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

    def paragraph(self, element: Any, style: Style, around: Around, tag: str, label: Label | None = None) -> None:
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
        scale = self.grid.leading / self.setter.grid.leading if self.in_note else 1.0
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
        label: Label | None = None,
    ) -> list[Form] | None:
        """The lengths of a paragraph as rows: the best first."""
        if not any(groups):
            return None
        found: list[list[Lines]] = []
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

    def _labelled(self, label: Label | None, down: float) -> list[Part]:
        return [] if label is None else [Text(label[1], label[2], down, label[0])]

    def lengths(self, spans: list[Span], style: Style, width: float) -> list[Lines]:
        """(cost, lines with their left edges): the paragraph as it is best set, then a line longer or shorter."""
        if not spans:
            return [(0.0, [])]
        words = self.words(spans, style, width)
        justified = style.align == "justify"
        measure = Measure(width - style.indent, width)
        plain = plain_text(words, self.glyphs)
        if not justified or self.in_note:
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
        pictures = [self.pictures[span.picture] for span in spans if span.picture]
        widths = [min(width, each.width, each.width * style.leading / each.height) for each in pictures]
        return self.compositor.set(spans, widths)

    def baseline(self, style: Style) -> float:
        """How far below a line's top its baseline is: the root's strut where the leading is the root's."""
        grid = self.grid
        return grid.baseline if abs(style.leading - grid.leading) < NOTHING else self.own_baseline(style)

    @property
    def leading(self) -> float:
        """What lines are high at most, in pt: in a note, as its own."""
        return self.grid.leading if self.in_note else inf

    @property
    def met(self) -> int:
        """How many notes have been called so far."""
        return len(self._notes.made)

    def calls(self, lines: Sequence[TypeLine], met: int) -> tuple[tuple[int, int], ...]:
        """(line, note) where a note is called first; those below `met` were called before these lines."""
        return self._notes.calls(lines, met)

    @contextmanager
    def apart(self, grid: Grid, place: Place) -> Iterator[list[Unit]]:
        """What is set inside goes to a list of its own, as the text of a note."""
        kept = self.units, self.places, self.grid, self.in_note
        self.units, self.places, self.grid, self.in_note = [], [place], grid, True
        try:
            yield self.units
        finally:
            self.units, self.places, self.grid, self.in_note = kept

    # ---- other blocks

    def _break(self, element: Any, style: Style, around: Around) -> None:
        """A break between paragraphs: a sign in the middle of its lines; an artifact to a reader."""
        before = self.styled(element).pseudo.get("before")
        if before is None or before.content is None:
            raise ForeignError("<hr> without content")
        text = "".join(words for _, words in content_of(before.content, {}, ""))
        spans = [Span(text, before, (Tag("Artifact"),))]
        lines = self.lengths(spans, replace(before, align=style.align, indent=0.0), around.width)[0][1]
        face = self.compositor.stack(before).first
        down = baseline_of(before, face.ascent, face.descent)
        row = tuple(Text(line, around.left + x, down, around.node) for line, x in lines)
        unit = self.unit(style, [Form(0.0, (row,))])
        unit.solid = style.height if style.height is not None else style.leading
        self.units.append(unit)

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

    def own_baseline(self, style: Style) -> float:
        """How far below a line's top its baseline is, off the grid."""
        face = self.compositor.stack(style).first
        return baseline_of(style, face.ascent, face.descent)


_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TAGS = {**{f"h{level}": f"H{level}" for level in range(1, 7)}, "dt": "Lbl"}
_CONTAINERS = {"dl": "L", "dd": "LBody"}


def _role(element: Any) -> str:
    """What a block of blocks is to a reader; nothing for one that is there for its look (ISO 32000-1 §14.8.4.3.3)."""
    if element.tag == "div" and element.getparent().tag == "dl":
        return "LI"
    return _CONTAINERS.get(element.tag, "")


def _named(element: Any) -> str:
    """An element as a selector: its tag and classes."""
    return ".".join((element.tag, *(element.get("class") or "").split()))
