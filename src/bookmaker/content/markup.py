"""Markdown becomes the blocks of a `Body`.

CommonMark with tables, strikethrough, footnotes and marked words (`spans.py`); raw HTML is text. Line ends
beside a Chinese character join without a space. Headings begin at `##`, for the title stands in the header.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape, unescape
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TypeAlias
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from bookmaker.content.body import Block, Body, HeadedSection, Link, Note
from bookmaker.content.emphasis import cjk_emphasis, is_cjk
from bookmaker.content.misread import report_misread
from bookmaker.content.paragraphs import indented_paragraphs
from bookmaker.content.pictures import Picture
from bookmaker.content.raised import raised_letters
from bookmaker.content.schema import did_you_mean
from bookmaker.content.source import Source, report_control
from bookmaker.content.spans import marked_spans
from bookmaker.problems import Problem

#: Says which picture a Markdown image means; `None` after a problem.
FindPicture: TypeAlias = "Callable[[str, str, int], Figure | None]"

_ATTRIBUTES = re.compile(r"(?<!\s)\s*(\{[^{}]*\})\s*$")
#: The same in the source, where what is escaped stands for itself.
_WRITTEN_ATTRIBUTES = re.compile(r"(?<!\\)(?:\\\\)*\{[^{}]*(?<!\\)\}\s*$")
_UNWRITTEN_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
#: A mark, not words: a “<” of the text itself stands as &lt;.
_HEADING_LINK = re.compile(r'(<a class="link" href=)"heading:([^"]*)"')
_NUMBER = re.compile(r"[-+−]?[\d,.，]*\d[\d,.]*\s*[%‰％]?$")
#: Rows, head included, of a table that stays in one piece.
_SHORT_TABLE = 7
#: Characters of a cell that is never broken over lines.
_SHORT_CELL = 4
#: How many em a table may take for such cells and a blank of one em beside each: with more of them it would be wider
#: than a page; with more than the first, wider than a narrow page.
_NARROW_ROOM, _ROOM = 20, 30
_TABLE_ENDS = "table_close"
_KINDS = {
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "dl_open": "list",
    "table_open": "table",
    "blockquote_open": "quote",
    "heading_open": "heading",
    "fence": "code",
    "code_block": "code",
    "hr": "break",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its words, as it stands in an article."""

    picture: Picture
    alt: str
    caption: str = ""
    credit: str = ""

    def xhtml(self) -> str:
        """The figure with its caption; the credit is part of the caption."""
        credit = f'<span class="credit">{escape(self.credit)}</span>' if self.credit else ""
        words = f"<figcaption>{escape(self.caption)}{credit}</figcaption>" if self.caption or credit else ""
        return f"<figure>{self.image()}{words}</figure>"

    def image(self) -> str:
        """The picture alone."""
        return f'<img src="images/{self.picture.name}" alt="{escape(self.alt)}" />'


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True})
    markdown.enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    markdown.use(cjk_emphasis).use(marked_spans).use(raised_letters).use(indented_paragraphs)
    markdown.core.ruler.before("text_join", "unwritten_notes", _find_unwritten)
    # Links are judged below, where a problem can name the line; the library would show them as text.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    return markdown


def _find_unwritten(state: StateCore) -> None:
    """Calls of notes that nobody wrote, while what was escaped can still be told from what was not."""
    for inline in state.tokens:
        if inline.type == "inline":
            text = "".join(t.content if t.type == "text" else "\n" for t in inline.children or [])
            if labels := [found[1] for found in _UNWRITTEN_NOTE.finditer(text)]:
                inline.meta["unwritten"] = labels


_MARKDOWN = _markdown()


def read_body(
    text: str, source: Source, first_line: int, identifier: str, find: FindPicture, problems: list[Problem]
) -> Body:
    """The body of an article.

    `first_line` is the line of the file on which `text` begins, `identifier` the prefix of every id in
    it, `find` looks a picture up. Faults are appended to `problems`.
    """
    environment: dict[str, object] = {}
    tokens = _MARKDOWN.parse(text, environment)
    reader = _Reader(source, first_line, identifier, find, problems)
    reader.check_notes(environment)
    reader.check_tables(tokens, text)
    report_misread(tokens, lambda line: first_line + line, source, problems)
    return reader.body(tokens)


@dataclass(slots=True)
class _Reader:
    source: Source
    first_line: int
    identifier: str
    find: FindPicture
    problems: list[Problem]
    links: list[Link] = field(default_factory=list)
    anchors: list[tuple[str, int]] = field(default_factory=list)
    #: The ids of the headings below “##”, by their words; of two that are the same the first.
    headings: dict[str, str] = field(default_factory=dict)
    heading_count: int = 0
    level: int = 1
    line: int = 0
    in_note: bool = False

    def body(self, tokens: Sequence[Token]) -> Body:
        text, notes = _cut_notes(tokens)
        sections = self._sections(_top_level(text))
        read = tuple(self._note(note) for note in notes)
        targets = {s.plain_heading: f"{self.identifier}-s{s.number}" for s in reversed(sections) if s.heading}
        targets = {**self.headings, **targets}
        links, headings = tuple(self.links), tuple(targets.items())
        if not self.anchors:
            return Body(sections, read, links, headings)
        self._check_anchors(targets)
        sections = tuple(
            replace(
                s,
                heading=_resolved(s.heading, targets),
                blocks=tuple(replace(b, xhtml=_resolved(b.xhtml, targets)) for b in s.blocks),
            )
            for s in sections
        )
        read = tuple(replace(note, xhtml=_resolved(note.xhtml, targets)) for note in read)
        return Body(sections, read, links, headings)

    def _check_anchors(self, known: Mapping[str, str]) -> None:
        """Every link to a heading of this article finds it."""
        for heading, line in self.anchors:
            if heading not in known:
                what = f"the link “#{heading}” points to no heading of this article"
                self._report(line, "broken-link", what, did_you_mean(heading, known))

    def check_notes(self, environment: dict[str, object]) -> None:
        """A note that is written but never called would vanish without a word."""
        notes = environment.get("footnotes")
        refs: dict[str, int] = notes.get("refs", {}) if isinstance(notes, dict) else {}
        for label, number in refs.items():
            if number < 0:
                name = label.removeprefix(":")
                self._report(
                    self._line_of(f"[^{name}]:"),
                    "unknown-note",
                    f"the note “{name}” is written but never called",
                    f"put [^{name}] where it belongs in the text",
                )

    def check_tables(self, tokens: Sequence[Token], text: str) -> None:
        """A row's cells beyond its table's head would vanish without a word."""
        lines = text.split("\n")
        for token in tokens:
            if token.type != "table_open" or not token.map:
                continue
            first, last = token.map
            head, *rows = (cells_of(_unquoted(line)) for line in lines[first:last])
            for number, row in enumerate(rows, first + 1):
                if len(row) > len(head):
                    what = f"this row has {len(row)} cells, and the table's head has {len(head)}"
                    hint = "give the head as many cells, or write a | that belongs to the text as \\|"
                    self._report(self.first_line + number, "broken-table", what, hint)

    def _line_of(self, text: str) -> int:
        lines = self.source.text.split("\n")
        return next((n for n, line in enumerate(lines, 1) if line.startswith(text)), self.first_line)

    def _sections(self, blocks: Sequence[Sequence[Token]]) -> tuple[HeadedSection, ...]:
        sections: list[HeadedSection] = []
        current = HeadedSection(0, "", "", None, (), self.first_line)
        held: list[Block] = []
        for tokens in blocks:
            self.line = self._first(tokens)
            if tokens[0].type == "heading_open" and tokens[0].tag in ("h1", "h2"):
                sections.append(_filled(current, held))
                held = []
                current = self._heading(tokens, len(sections))
            else:
                held.append(self._block(tokens))
        sections.append(_filled(current, held))
        return tuple(s for s in sections if s.blocks or s.heading)

    def _heading(self, tokens: Sequence[Token], number: int) -> HeadedSection:
        if tokens[0].tag == "h1":
            self._report_title()
        inline = tokens[1]
        attributes = self._attributes(inline)
        theme = attributes.pop("theme", None)
        self._refuse_attributes(attributes)
        self.level = 2
        heading = self._inline(inline)
        return HeadedSection(number, heading, _plain_text(inline), theme, (), self.line)

    def _attributes(self, inline: Token) -> dict[str, str]:
        """Take `{theme=…}` off the end of a heading."""
        last = inline.children[-1] if inline.children else None
        found = _ATTRIBUTES.search(last.content) if last is not None and last.type == "text" else None
        if last is None or found is None or not _WRITTEN_ATTRIBUTES.search(inline.content):
            return {}
        last.content = last.content[: found.start()]
        try:
            return dict(parse(found[1])[1])
        except ParseError:
            return {found[1]: ""}

    def _refuse_attributes(self, names: Iterable[str], known: Iterable[str] = ("theme",)) -> None:
        for name in names:
            hint = did_you_mean(name, known) if known else "a theme stands on a “##” heading, and sends all below it"
            what = f"the attribute “{name}” means nothing here"
            if name.startswith("{"):
                what, hint = f"“{name}” cannot be read", "write {theme=id}, with the name of a file in content/themes/"
            self._report(self.line, "unknown-attribute", what, hint)

    def _block(self, tokens: Sequence[Token]) -> Block:
        first, last = self._first(tokens), self._last(tokens)
        opening = tokens[0]
        if opening.type == "heading_open":
            self._refuse_attributes(self._attributes(tokens[1]), known=())
        figure = self._figure(tokens)
        if figure is not None:
            return Block("figure", figure.xhtml(), first, last)
        return Block(_KINDS.get(opening.type, "other"), self._render(tokens), first, last)

    def _check_level(self, opening: Token) -> None:
        """Levels go down one by one from the article's title, which is level 1 (PDF/UA-1 §7.4.2)."""
        level = int(opening.tag[1:])
        if level == 1:
            self._report_title()
        elif level > self.level + 1 or level > 4:
            before = "#" * self.level
            what = f"follows a “{before}”" if self.level > 1 else "stands above any “##”"
            self._report(
                self.line,
                "heading-level",
                f"a heading “{'#' * level}” {what}",
                f"write “{'#' * min(self.level + 1, 4)}”: a level may not be skipped",
            )
        self.level = max(level, 2)

    def _report_title(self) -> None:
        self._report(self.line, "heading-level", "“# ” is a title, and the title stands in the header", "write “## ”")

    def _figure(self, tokens: Sequence[Token]) -> Figure | None:
        """A picture alone in its paragraph is a figure."""
        image = _lone_image(tokens[1]) if len(tokens) == 3 and tokens[0].type == "paragraph_open" else None
        return self._picture(image) if image is not None else None

    def _picture(self, image: Token) -> Figure | None:
        alt = _plain_text(image)
        report_control(alt, self.source.place(self.line), self.problems)
        return self.find(unquote(str(image.attrs["src"])), alt, self.line)

    def _note(self, tokens: Sequence[Token]) -> Note:
        number = int(tokens[0].meta["id"]) + 1
        inner = [token for token in tokens[1:-1] if token.type != "footnote_anchor"]
        self.line, self.in_note = self._first(inner), True
        return Note(number, self._render(inner), self._first(inner))

    def _render(self, tokens: Sequence[Token]) -> str:
        rendered: list[str] = []
        _keep_numbers(tokens)
        _mark_tasks(tokens)
        tokens = _group_terms(tokens)
        for first, token in enumerate(tokens):
            if token.type == "table_open":
                # Markdown has no table in a table.
                last = next(at for at in range(first, len(tokens)) if tokens[at].type == _TABLE_ENDS)
                _dress_table(tokens[first:last], whole=not self.in_note)
        for at, token in enumerate(tokens):
            if token.map:
                self.line = self.first_line + token.map[0]
            if token.type == "heading_open":
                self._check_level(token)
                self.heading_count += 1
                token.attrs["id"] = f"{self.identifier}-h{self.heading_count}"
                self.headings.setdefault(_plain_text(tokens[at + 1]), str(token.attrs["id"]))
            figure = self._figure(tokens[at - 1 : at + 2]) if token.type == "inline" and at else None
            if figure is not None:
                # In a list, a quotation, a note: no paragraph is around it.
                if not tokens[at - 1].hidden:
                    rendered.pop()
                    tokens[at + 1].hidden = True
                rendered.append(figure.xhtml())
            elif token.type == "inline":
                rendered.append(self._inline(token))
            elif token.type in ("paragraph_open", "paragraph_close") and token.hidden:
                continue
            else:
                rendered.append(_tag(token))
        return "".join(rendered).strip()

    def _inline(self, inline: Token) -> str:
        children = inline.children or []
        for label in inline.meta.get("unwritten", ()):
            self._report_unwritten(label)
        _join_lines(children)
        return "".join(self._mark(token) for token in children)

    def _mark(self, token: Token) -> str:
        match token.type:
            case "text":
                report_control(token.content, self.source.place(self.line), self.problems)
                return escape(token.content, quote=False)
            case "softbreak":
                return " "
            case "hardbreak":
                return "<br />"
            case "code_inline":
                return f"<code>{escape(token.content, quote=False)}</code>"
            case "image":
                figure = self._picture(token)
                return figure.image() if figure else ""
            case "link_open":
                return self._link(unquote(str(token.attrs["href"])), str(token.attrs["href"]))
            case "footnote_ref":
                return self._call(int(token.meta["id"]) + 1, int(token.meta.get("subId", 0)))
            case "footnote_anchor":
                return ""
            case "ruby_text":
                report_control(token.meta["reading"], self.source.place(self.line), self.problems)
                return f"<rt>{escape(token.meta['reading'], quote=False)}</rt>"
            case "box":
                return f'<span class="box">{token.content}</span>'
            case "span_fault":
                self._report(self.line, "unknown-attribute", token.meta["what"], token.meta["hint"])
                return ""
            case _:
                return _tag(token)

    def _report_unwritten(self, label: str) -> None:
        self._report(
            self.line,
            "unknown-note",
            f"the note “{label}” is called but not written",
            f"write a line “[^{label}]: …” at the end of the article",
        )

    def _call(self, number: int, again: int) -> str:
        identifier = f"{self.identifier}-call-{number}" + (f"-{again + 1}" if again else "")
        return (
            f'<a class="note-call" epub:type="noteref" role="doc-noteref" id="{identifier}"'
            f' href="#{self.identifier}-note-{number}">{number}</a>'
        )

    def _link(self, target: str, encoded: str) -> str:
        scheme, colon, _ = target.partition(":")
        if target.startswith("#"):
            self.anchors.append((target[1:], self.line))
            return f'<a class="link" href="heading:{escape(target[1:])}">'
        if colon and scheme.lower() in ("http", "https", "mailto"):
            return f'<a class="link" href="{escape(encoded)}">'
        if (colon and "/" not in scheme) or target.startswith("//"):
            self._report(
                self.line,
                "different-link",
                f"the link “{target}” cannot stand in a book",
                "link to an article (slug.md), a heading (#…), or an http, https or mailto address",
            )
        path, _, heading = target.partition("#")
        slug = PurePosixPath(path).name.removesuffix(".md")
        self.links.append(Link(slug, self.line, heading))
        return f'<a class="link" href="article:{escape(slug)}{f"#{escape(heading)}" if heading else ""}">'

    def _first(self, tokens: Sequence[Token]) -> int:
        return self.first_line + next((t.map[0] for t in tokens if t.map), 0)

    def _last(self, tokens: Sequence[Token]) -> int:
        return self.first_line + max((t.map[1] - 1 for t in tokens if t.map), default=0)

    def _report(self, line: int, code: str, what: str, hint: str) -> None:
        self.problems.append(Problem(self.source.place(line), code, what, hint))


#: What stands before a table's row in a quotation or a list.
_QUOTED = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?")


def _unquoted(line: str) -> str:
    """A row without what says that its table stands in something else."""
    return _QUOTED.sub("", line, count=1)


def cells_of(row: str) -> list[str]:
    """The cells of a row, as Markdown counts them: escaped pipes part nothing, nor do those at the edges."""
    row = row.strip()
    cells, cell, escaped = [], "", False
    for character in row:
        if character == "|" and not escaped:
            cells.append(cell)
            cell = ""
        else:
            cell += character
        escaped = character == "\\" and not escaped
    cells.append(cell)
    if row.startswith("|"):
        cells = cells[1:]
    if cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _filled(section: HeadedSection, blocks: Sequence[Block]) -> HeadedSection:
    return replace(section, blocks=tuple(blocks))


def _resolved(xhtml: str, targets: dict[str, str]) -> str:
    """Links to headings, as links to their ids."""
    return _HEADING_LINK.sub(lambda m: f'{m[1]}"#{targets.get(unescape(m[2]), "")}"', xhtml)


def _top_level(tokens: Sequence[Token]) -> list[list[Token]]:
    """Tokens grouped into the blocks of the outermost level."""
    groups: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if depth == 0:
            groups.append([])
        groups[-1].append(token)
        depth += token.nesting
    return groups


def _cut_notes(tokens: Sequence[Token]) -> tuple[list[Token], list[list[Token]]]:
    """The text, and each footnote's tokens from `footnote_open` to `footnote_close`."""
    start = next((i for i, t in enumerate(tokens) if t.type == "footnote_block_open"), len(tokens))
    notes: list[list[Token]] = []
    for token in tokens[start + 1 :]:
        if token.type == "footnote_open":
            notes.append([])
        if notes and token.type != "footnote_block_close":
            notes[-1].append(token)
    return list(tokens[:start]), notes


def _join_lines(children: list[Token]) -> None:
    """A line end beside a Chinese character is no space (CSS Text 4 §4.1.3, segment breaks)."""
    for index, token in enumerate(children):
        if token.type != "softbreak":
            continue
        before = next((t.content[-1] for t in reversed(children[:index]) if t.content), "")
        after = next((t.content[0] for t in children[index + 1 :] if t.content), "")
        if (before and is_cjk(before)) or (after and is_cjk(after)):
            token.type, token.content = "text", ""


def _keep_numbers(tokens: Sequence[Token]) -> None:
    """An item that was given a higher number than is due has it; the same number all over is Markdown's short hand."""
    due: list[int] = []
    for token in tokens:
        if token.type == "ordered_list_open":
            due.append(int(token.attrs.get("start", 1)))
        elif token.type == "ordered_list_close":
            due.pop()
        elif token.type == "list_item_open" and token.info:
            number = int(token.info)
            if number > due[-1]:
                token.attrSet("value", str(number))
            due[-1] = max(number, due[-1]) + 1


#: A task to be done and one that is done, as GitHub writes them in a list.
_TASK = re.compile(r"\[([ xX])\][ \u3000]+(?=\S)")
_BOXES = {" ": "□", "x": "✓"}


def _mark_tasks(tokens: Sequence[Token]) -> None:
    """An item that begins with `[ ]` or `[x]` has a box of its own and no bullet."""
    for item, paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open" or not inline.children:
            continue
        first = inline.children[0]
        found = _TASK.match(first.content) if first.type == "text" else None
        if found is not None:
            first.content = first.content[found.end() :]
            item.attrs["class"] = "task"
            box = Token("box", "span", 0, content=_BOXES[found[1].lower()])
            inline.children.insert(0, box)


def _group_terms(tokens: Sequence[Token]) -> list[Token]:
    """In a list of definitions each term, or some together, with what is said of them: an item of its own."""
    found: list[Token] = []
    for before, token in pairwise([Token("", "", 0), *tokens]):
        begins = token.type == "dt_open" and before.type in ("dl_open", "dd_close")
        if before.type == "dd_close" and token.type in ("dt_open", "dl_close"):
            found.append(Token("term_close", "div", -1))
        if begins:
            found.append(Token("term_open", "div", 1))
        if token.type == "dl_open":
            token.attrs["class"] = "terms"
        found.append(token)
    return found


def _lone_image(inline: Token) -> Token | None:
    """The picture that is all a paragraph holds."""
    marks = [t for t in inline.children or () if t.type not in ("text", "softbreak") or t.content.strip()]
    return marks[0] if len(marks) == 1 and marks[0].type == "image" else None


def _plain_text(inline: Token) -> str:
    return "".join(t.content for t in inline.children or [] if t.type in ("text", "code_inline")).strip()


def _dress_table(tokens: Sequence[Token], *, whole: bool) -> None:
    """Columns whose every cell is a number stand right; head cells get their scope; short words stay whole if wanted.

    A short table is marked: it is never torn over two pages, a long one may be. So is one that short words make wide.
    """
    columns = _columns(tokens)
    words = [[len(cell.text) for cell in column if cell.is_short()] for column in columns]
    room = sum(max(lengths, default=_SHORT_CELL) + 1 for lengths in words)
    keep_whole = whole and room <= _ROOM
    is_short = sum(token.type == "tr_open" for token in tokens) <= _SHORT_TABLE
    kinds = ("short" if is_short else "", "wide" if keep_whole and room > _NARROW_ROOM else "")
    if any(kinds):
        tokens[0].attrs["class"] = " ".join(filter(None, kinds))
    for column in columns:
        filled = [c.text for c in column if not c.is_head and c.text and c.text not in ("—", "——", "…")]
        is_number = bool(filled) and all(map(_NUMBER.fullmatch, filled))
        for cell in column:
            side = "number" if is_number else cell.side
            classes = " ".join(filter(None, (side, "unbroken" if keep_whole and cell.is_short() else "")))
            if cell.is_head:
                cell.opening.attrs["scope"] = "col"
            if classes:
                cell.opening.attrs["class"] = classes


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a table: where it opens, what it says, and the side its column was given."""

    opening: Token
    text: str
    side: str

    @property
    def is_head(self) -> bool:
        return self.opening.type == "th_open"

    def is_short(self) -> bool:
        """True for a word or two, which no line should part; no number is parted anyway."""
        return 1 < len(self.text) <= _SHORT_CELL and not _NUMBER.fullmatch(self.text)


def _columns(tokens: Sequence[Token]) -> list[list[_Cell]]:
    """The cells of a table by column, their alignment taken off them."""
    columns: list[list[_Cell]] = []
    column = 0
    for opening, content in pairwise(tokens):
        if opening.type == "tr_open":
            column = 0
        elif opening.type in ("th_open", "td_open"):
            if len(columns) == column:
                columns.append([])
            side = str(opening.attrs.pop("style", "")).removeprefix("text-align:")
            text = _plain_text(content)
            columns[column].append(_Cell(opening, text, side if side in ("right", "center") else ""))
            column += 1
    return columns


#: A heading inside an article stands below the article's own title, which is an <h2>.
_DEEPER = {"h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6"}


def _tag(token: Token) -> str:
    if token.type in ("fence", "code_block"):
        return f"<pre><code>{escape(token.content, quote=False)}</code></pre>"
    if token.hidden or not token.tag:
        return escape(token.content, quote=False) if token.content else ""
    tag = _DEEPER.get(token.tag, token.tag) if token.type.startswith("heading") else token.tag
    if token.nesting < 0:
        return f"</{tag}>"
    attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in token.attrs.items())
    return f"<{tag}{attributes}>" if token.nesting > 0 else f"<{tag}{attributes} />"
