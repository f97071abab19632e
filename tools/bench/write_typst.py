"""Writes the book in Typst: `book.typ` has the look, a file for each article calls it, `main.typ` puts them together.

A file an article is how a book of this size is kept, and what a kept compiler rebuilds fastest.
"""

import json
import shutil
from pathlib import Path

from tools.bench.book import (
    Article,
    Block,
    Book,
    Call,
    Chapter,
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
from tools.bench.pictures import write_picture

_LOOK = Path(__file__).parent / "book.typ"


def write_typst(book: Book, root: Path) -> Path:
    """The book in a folder that holds nothing yet; gives the file to compile."""
    for folder in ("articles", "images"):
        (root / folder).mkdir(parents=True)
    shutil.copy(_LOOK, root)
    for figure in book.figures():
        write_picture(figure, root / "images")
    for article in book.articles:
        write_article(article, root)
    main = root / "main.typ"
    main.write_text(_main(book), encoding="utf-8")
    return main


def write_article(article: Article, root: Path) -> None:
    """One article's file, new or again."""
    named = (article.slug, article.title, article.kicker or None)
    byline, source = f"{article.day}　记者 {article.author}", article.source or None
    call = f"#article({_values(*named, byline, source, article.is_long)})["
    text = "\n\n".join(['#import "../book.typ": *', call, *(_block(block, article) for block in article.blocks), "]"])
    (root / "articles" / f"{article.slug}.typ").write_text(text + "\n", encoding="utf-8")


def _main(book: Book) -> str:
    lines = ['#import "book.typ": *', f"#show: body => book({_values(book.title)}, body)"]
    lines.append(f"#front({_values(book.title, f'{book.characters // 1000}千字', '2026年5月1日')})")
    lines.append(f'#set page(numbering: "1", header: head({_values(book.title)}))')
    for number, chapter in enumerate(book.chapters):
        lines.append('#pagebreak(weak: true, to: "odd")')
        if number == 0:
            lines.append("#counter(page).update(1)")
        lines += _chapter("一二三四五"[number], chapter)
    if events := book.events():
        lines.append("#back[大事记][")
        lines += [f"#occurrence({_values(f'{a.day.month}月{a.day.day}日', a.event, a.slug)})" for a in events]
        lines.append("]")
    if sources := book.sources():
        lines.append("#back[资料来源][")
        lines += [f"+ #origin({_values(name, *(a.slug for a in found))})" for name, found in sources.items()]
        lines.append("]")
    lines.append("#back[本书的制作][正文用Noto Serif SC，标题用Noto Sans SC，引文用LXGW WenKai。由Typst编排。]")
    return "\n".join(lines) + "\n"


def _chapter(number: str, chapter: Chapter) -> list[str]:
    shown = [_values(*article.key_figure, article.slug) for article in chapter.key_figures if article.key_figure]
    figures = "".join(f"({values})," for values in shown)
    opener = f"#opener({_values(f'第{number}章', chapter.title)}, ({figures}))"
    return [opener, *(f'#include "articles/{article.slug}.typ"' for article in chapter.articles)]


def _values(*values: str | bool | None) -> str:
    """Arguments of a call; JSON's strings and truth are Typst's too."""
    return ", ".join("none" if value is None else json.dumps(value, ensure_ascii=False) for value in values)


def _block(block: Block, article: Article) -> str:
    match block:
        case Paragraph(spans):
            return "".join(_span(span, article) for span in spans)
        case Heading(text):
            return f"=== {text}"
        case Quotation(text):
            return f"#quote(block: true)[{text}]"
        case Items(numbered, items):
            return "\n".join(f"{'+' if numbered else '-'} {item}" for item in items)
        case Table(rows):
            cells = (_values(*row) for row in rows)
            return f"#rows({len(rows[0])}, {', '.join(cells)})"
        case Figure():
            return f"#chart({_values(block.file, block.alt, block.caption, block.credit)})"


def _span(span: Span, article: Article) -> str:
    match span:
        case Words(text):
            return text
        case Strong(text):
            return f"#strong[{text}]"
        case Emphasis(text):
            return f"#emph[{text}]"
        case Call(note, again):
            name = f"<{article.slug}-{note}>"
            return f"#footnote({name})" if again else f"#footnote[{article.notes[note - 1]}]{name}"
        case See(slug, title):
            return f"#see({_values(slug, title)})"
