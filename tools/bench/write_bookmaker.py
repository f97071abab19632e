"""Writes the book as a Bookmaker project."""

import json
import shutil
from pathlib import Path

from tools.bench.book import (
    Article,
    Block,
    Book,
    Call,
    Emphasis,
    Figure,
    Heading,
    Items,
    Paragraph,
    Quotation,
    See,
    Span,
    Strong,
    Table,
    Words,
)
from tools.bench.generate import THEMES
from tools.bench.pictures import write_picture

SLUG = "bench"


def write_project(book: Book, root: Path) -> None:
    """The project, in a folder that holds nothing yet."""
    content = root / "content"
    shutil.copytree(THEMES, content / "themes")
    shutil.copy(THEMES.with_name("names.toml"), content)  # the sentences name people
    for folder in ("articles", "images", "volumes"):
        (content / folder).mkdir()
    for figure in book.figures():
        write_picture(figure, content / "images")
    for article in book.articles:
        write_article(article, root)
    (content / "volumes" / f"{SLUG}.toml").write_text(_plan(book), encoding="utf-8")


def write_article(article: Article, root: Path) -> None:
    """One article's file, new or again."""
    notes = [f"[^{number}]: {text}" for number, text in enumerate(article.notes, 1)]
    text = "\n\n".join([_header(article), *map(_block, article.blocks), *notes])
    (root / "content" / "articles" / f"{article.slug}.md").write_text(text + "\n", encoding="utf-8")


def _plan(book: Book) -> str:
    """Articles by slug, as the other languages have them, and all six editions for `bookmaker build`."""
    chapters = "".join(f'[[chapter]]\ntheme = "{chapter.theme}"\norder = "slug"\n' for chapter in book.chapters)
    scripts = '["zh-Hans", "zh-Hant-TW", "zh-Hant-HK"]'
    return f'[volume]\ntitle = "{book.title}"\ndate = 2026-05-01\n{chapters}[editions]\nscripts = {scripts}\n'


def _header(article: Article) -> str:
    """The YAML header; JSON's strings are YAML's too."""
    lines = [f"title: {article.title}", f"date: {article.day}", f"themes: [{article.theme}]"]
    lines.append(f"bylines: [{{name: {article.author}, role: 记者}}]")
    if article.kicker:
        lines.append(f"kicker: {article.kicker}")
    if article.source:
        lines.append(f"source: {{headline: {article.source}}}")
    if article.event:
        lines.append(f"events: [{{date: {article.day}, text: {article.event}}}]")
    if article.key_figure:
        label, value, unit = article.key_figure
        lines.append(f'figures: [{{label: {label}, value: "{value}", unit: {unit}}}]')
    if article.figures:
        images = [{"file": f.file, "alt": f.alt, "caption": f.caption, "credit": f.credit} for f in article.figures]
        lines.append(f"images: {json.dumps(images, ensure_ascii=False)}")
    return "\n".join(["---", *lines, "---"])


def _block(block: Block) -> str:
    match block:
        case Paragraph(spans):
            return "".join(map(_span, spans))
        case Heading(text):
            return f"## {text}"
        case Quotation(text):
            return f"> {text}"
        case Items(numbered, items):
            return "\n".join(f"{f'{place}.' if numbered else '-'} {item}" for place, item in enumerate(items, 1))
        case Table(rows):
            lines = [f"| {' | '.join(row)} |" for row in rows]
            rule = f"| --- {'| ---: ' * (len(rows[0]) - 1)}|"
            return "\n".join([lines[0], rule, *lines[1:]])
        case Figure():
            return f"![]({block.file})"


def _span(span: Span) -> str:
    match span:
        case Words(text):
            return text
        case Strong(text):
            return f"**{text}**"
        case Emphasis(text):
            return f"*{text}*"
        case Call(note):
            return f"[^{note}]"
        case See(slug, title):
            return f"[{title}]({slug}.md)"
