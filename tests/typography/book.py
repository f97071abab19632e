"""The measured book: running text made to be hard to set, on one plain page, as HTML and CSS for WeasyPrint.

Two sources: `seed_chapters` takes the newspaper texts of `../shared` and its mixed paragraphs, as the measurements
of `field/typography.md` did; `own_chapters` needs nothing but this repository. `hard_chapter` has hard places only.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from types import ModuleType

from bookmaker.fonts import TypeCase
from bookmaker.script.converter import Converter
from bookmaker.script.scripts import Script

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
HARD_TEXT = Path(__file__).with_name("hard-text.txt")
#: The seed articles that make the book; the other two are for a text nobody tuned on.
BOOK_SEEDS = (0, 3, 4)
HELD_OUT_SEEDS = (1, 2)

IMPOSSIBLE_TEXT = Path(__file__).with_name("impossible-text.txt")
#: Sizes in pt that nothing else on the page has: notes and their calls.
NOTE_SIZE, CALL_SIZE = 8.5, 6.5
#: Section headings; the longest has 19 characters, and a line of 20 em has to hold it.
HEADING_SIZE = 11

_NOTE = re.compile(r"\^\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, section heading (`h2`), list item (`li`) or quotation; notes stand in the text as `^[…]`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The measure in em and what else of the page matters; sizes in pt, the trim in mm."""

    measure: int
    lines: int = 25
    body: float = 10.5
    leading: float = 18
    trim: tuple[float, float] = (140, 203)
    head: float = 60

    @property
    def edges(self) -> tuple[float, float]:
        """Where lines begin and end, in pt from the left."""
        # A hair over, or rounding would leave no room for as many characters as the line has em.
        width, area = self.trim[0] * 72 / 25.4, self.measure * self.body + 0.01
        return (width - area) / 2, (width + area) / 2


@dataclass(frozen=True, slots=True)
class Book:
    """HTML and CSS, and the text a reader should find on the pages, body and notes apart."""

    script: Script
    page: Page
    html: str
    css: str
    text: str
    notes: str


# ---------------------------------------------------------------- texts


def seed_chapters(which: tuple[int, ...] = BOOK_SEEDS, *, mixed: bool = True) -> tuple[Chapter, ...]:
    """Seed articles as the prototype prepared them; with `mixed` its mixed chapter twice."""
    prepare = _prototype("mkbook")
    files = sorted((SHARED / "seeds").glob("*.txt"))
    chapters = []
    for index in which:
        lines = [line.strip() for line in files[index].read_text(encoding="utf-8").splitlines() if line.strip()]
        if not lines[0].startswith("#") and any(line.startswith("#") for line in lines):
            lines = lines[next(i for i, line in enumerate(lines) if line.startswith("#")) :]
        heads = [bool(re.match("#", line)) for line in lines]
        texts = [prepare.norm(re.sub(r"^#+\s*", "", line)) for line in lines]
        # Of a heading in two parts the first: `pdftotext` reads a heading of two lines in an order of its own.
        blocks = tuple(
            Block("h2", text.split("\u3000")[0]) if head else Block("p", text)
            for head, text in zip(heads, texts, strict=True)
            if text
        )
        chapters.append(Chapter(blocks[0].text[:18].rstrip("，。 "), blocks[1:]))
    if mixed:
        paragraphs = [Block("p", prepare.despace(text)) for text in prepare.MIX]
        chapters.append(Chapter("中西文混排与标点", (*paragraphs, *reversed(paragraphs))))
    return tuple(chapters)


def own_chapters(every: int = 1) -> tuple[Chapter, ...]:
    """The prose of `content/articles` (one article in `every`)."""
    files = sorted((ROOT / "content" / "articles").glob("*/*.md"))[::every]
    return tuple(map(_article, files))


def hard_chapter() -> Chapter:
    """`hard-text.txt`, whose paragraphs are lines: `# ` title, `## ` heading, `- ` item, `> ` quotation.

    It can be set without hyphens at 27 and 20 em, in every script; only just, in places.
    """
    return _chapter(HARD_TEXT.read_text(encoding="utf-8").splitlines())


def impossible_chapter() -> Chapter:
    """`impossible-text.txt`: no line breaks keep these paragraphs within the targets at both measures."""
    return _chapter(IMPOSSIBLE_TEXT.read_text(encoding="utf-8").splitlines())


def convert(chapters: Iterable[Chapter], script: Script) -> tuple[Chapter, ...]:
    """The chapters in a script; Simplified is what they are in already."""
    if not script.traditional:
        return tuple(chapters)
    text = Converter(script).text
    return tuple(Chapter(text(c.title), tuple(replace(b, text=text(b.text)) for b in c.blocks)) for c in chapters)


def _prototype(name: str) -> ModuleType:
    path = SHARED / "prototypes" / "composition" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _article(file: Path) -> Chapter:
    _, header, body = file.read_text(encoding="utf-8").split("---\n", 2)
    title = re.search(r"^title: (.*)$", header, re.MULTILINE)
    assert title is not None, f"{file} has no title"
    notes = dict(re.findall(r"^\[\^(\w+)\]: *(.*)$", body, re.MULTILINE))
    body = re.sub(r"^(\[\^\w+\]:|!\[|\|).*$|\{[^}]*\}$", "", body, flags=re.MULTILINE)
    body = re.sub(r"\[\^(\w+)\]", lambda match: f"^[{notes[match[1]]}]", body)
    body = re.sub(r"(?<!\^)\[([^\]]*)\]\([^)]*\)", r"\1", body).replace("*", "")
    return _chapter([f"# {title[1].strip(chr(34))}", *body.splitlines()])


def _chapter(lines: Iterable[str]) -> Chapter:
    title, blocks = "", []
    kinds = {"# ": "h1", "## ": "h2", "### ": "h2", "- ": "li", "> ": "blockquote"}
    for line in lines:
        mark = re.match(r"(#+|-|>) ", line)
        kind = kinds[mark[0]] if mark else "p"
        text = line[mark.end() :].strip() if mark else line.strip()
        if kind == "h1":
            title = text
        elif text:
            blocks.append(Block(kind, text))
    return Chapter(title, tuple(blocks))


# ---------------------------------------------------------------- the page


def make_book(
    chapters: Iterable[Chapter], script: Script, page: Page, case: TypeCase, *, indented: bool = False
) -> Book:
    """The book in a script; without `indented` its lists and quotations are set as paragraphs.

    A line that is indented as a whole looks like the start of a paragraph to the checker, which then measures less.
    """
    chapters = convert(chapters, script)
    if not indented:
        chapters = tuple(Chapter(c.title, tuple(_plain(block) for block in c.blocks)) for c in chapters)
    texts = list(_texts(chapters))
    notes = [f"{number}{note}" for chapter in chapters for number, note in enumerate(_notes(chapter), 1)]
    return Book(script, page, _html(chapters, script), _css(page, script, case), "\n".join(texts), "\n".join(notes))


def parts(text: str) -> list[str]:
    """A text cut at its notes: text, note, text, note … text."""
    return _NOTE.split(text)


def _plain(block: Block) -> Block:
    return replace(block, kind="p") if block.kind in ("li", "blockquote") else block


def _notes(chapter: Chapter) -> list[str]:
    return [note for block in chapter.blocks for note in _NOTE.findall(block.text)]


def _texts(chapters: Iterable[Chapter]) -> Iterator[str]:
    """What stands on the pages, without notes but with their calls."""
    for chapter in chapters:
        yield chapter.title
        number = 0
        for block in chapter.blocks:
            text = ""
            for index, part in enumerate(parts(block.text)):
                number += index % 2
                text += str(number) if index % 2 else part
            yield f"·{text}" if block.kind == "li" else text


def _html(chapters: Iterable[Chapter], script: Script) -> str:
    body: list[str] = []
    for chapter in chapters:
        body.append(f"<section><h1>{escape(chapter.title)}</h1>")
        before = ""
        for block in chapter.blocks:
            if (block.kind == "li") != (before == "li"):
                body.append("<ul>" if block.kind == "li" else "</ul>")
            before = block.kind
            inner = "".join(
                f'<span class="footnote">{escape(part)}</span>' if index % 2 else escape(part)
                for index, part in enumerate(parts(block.text))
            )
            if block.kind == "blockquote":
                inner = f"<p>{inner}</p>"
            body.append(f"<{block.kind}>{inner}</{block.kind}>")
        body.append("</ul></section>" if before == "li" else "</section>")
    return (
        f'<!DOCTYPE html><html lang="{script}"><head><meta charset="utf-8"><title>Measured</title></head>'
        f"<body>{''.join(body)}</body></html>"
    )


def _css(page: Page, script: Script, case: TypeCase) -> str:
    serif, sans = case.css_stack(script, "serif"), case.css_stack(script, "sans")
    side = page.edges[0]
    # A hair at the foot, or rounding would push the last line to the next page.
    foot = page.trim[1] * 72 / 25.4 - page.head - page.lines * page.leading - 0.2
    return f"""
@page {{
  size: {page.trim[0]}mm {page.trim[1]}mm; margin: {page.head}pt {side:.4f}pt {foot:.4f}pt;
  @top-center {{ content: string(head); font: 8pt/12pt {serif} }}
  @bottom-center {{ content: counter(page); font: 9pt/12pt {serif} }}
  @footnote {{ border-top: .4pt solid; padding-top: 5pt; margin-top: 9pt }}
}}
html {{ font: {page.body}pt/{page.leading}pt {serif}; text-align: justify; hyphens: none; orphans: 2; widows: 2 }}
body, h1, h2, p, ul, li, blockquote {{ margin: 0; padding: 0; font-size: inherit; font-weight: inherit }}
* {{ margin-break: discard }}
p {{ text-indent: 2em }}
section {{ break-before: page; counter-reset: footnote }}
h1 {{ string-set: head content(text); font: 700 16pt/{2 * page.leading}pt {sans}; text-align: left;
  padding-bottom: {page.leading}pt }}
h2 {{ font: 700 {HEADING_SIZE}pt/{page.leading}pt {sans}; margin-top: {page.leading}pt; text-align: left }}
h1, h2 {{ break-after: avoid; break-inside: avoid }}
ul {{ padding-left: 2em; list-style-type: "·\\3000" }}
blockquote {{ margin-left: 2em }}
.footnote {{ float: footnote; font: {NOTE_SIZE}pt/12pt {serif}; text-indent: 0 }}
.footnote::footnote-call {{
  content: counter(footnote); font-size: {CALL_SIZE}pt; vertical-align: super; line-height: 0;
}}
.footnote::footnote-marker {{ content: counter(footnote) "\\3000" }}
"""
