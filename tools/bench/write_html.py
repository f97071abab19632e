"""Writes the book as one HTML file for Chromium, which cannot do all of it.

It has no page numbers in contents and references, no running heads, and sets notes at the end of their article.
"""

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

_LOOK = Path(__file__).parent / "book.css"


def write_html(book: Book, root: Path, fonts: Path) -> Path:
    """The book in a folder that holds nothing yet; gives the file to print."""
    (root / "images").mkdir(parents=True)
    for figure in book.figures():
        write_picture(figure, root / "images")
    (root / "book.css").write_text(_LOOK.read_text(encoding="utf-8").replace("FONTS", fonts.as_uri()), encoding="utf-8")
    head = f'<meta charset="utf-8"><title>{book.title}</title><link rel="stylesheet" href="book.css">'
    body = "\n".join([_contents(book), *map(_chapter, book.chapters), _back(book)])
    main = root / "main.html"
    main.write_text(
        f'<!DOCTYPE html>\n<html lang="zh-Hans"><head>{head}</head><body>\n{body}\n</body></html>\n', "utf-8"
    )
    return main


def _contents(book: Book) -> str:
    return f"<h1>{book.title}</h1>\n" + "\n".join(f"<p>{_link(article)}</p>" for article in book.articles)


def _chapter(chapter: Chapter) -> str:
    figures = (
        f"<p>{label} <strong>{value}</strong>{unit} {_link(article)}</p>"
        for article in chapter.key_figures
        for label, value, unit in [article.key_figure or ("", "", "")]
    )
    return "\n".join([f"<h1>{chapter.title}</h1>", *figures, *map(_article, chapter.articles)])


def _article(article: Article) -> str:
    lines = [f'<section id="{article.slug}" class="{"long" if article.is_long else "short"}">']
    if article.kicker:
        lines.append(f'<p class="kicker">{article.kicker}</p>')
    lines.append(f'<h2>{article.title}</h2>\n<p class="byline">{article.day}　记者 {article.author}</p>')
    lines += map(_block, article.blocks)
    if article.source:
        lines.append(f'<p class="source">资料来源：《{article.source}》</p>')
    if article.notes:
        lines.append(_listed("ol", article.notes, ' class="notes"'))
    return "\n".join([*lines, "</section>"])


def _back(book: Book) -> str:
    lines = ["<h1>大事记</h1>"]
    lines += [f"<p>{a.day.month}月{a.day.day}日　{a.event} {_link(a)}</p>" for a in book.events()]
    lines.append("<h1>资料来源</h1>")
    lines += [f"<p>《{name}》：{'、'.join(map(_link, articles))}</p>" for name, articles in book.sources().items()]
    return "\n".join(lines)


def _link(article: Article) -> str:
    return _span(See(article.slug, article.title))


def _listed(kind: str, items: tuple[str, ...], more: str = "") -> str:
    return f"<{kind}{more}>{''.join(f'<li>{item}</li>' for item in items)}</{kind}>"


def _block(block: Block) -> str:
    match block:
        case Paragraph(spans):
            return f"<p>{''.join(map(_span, spans))}</p>"
        case Heading(text):
            return f"<h3>{text}</h3>"
        case Quotation(text):
            return f"<blockquote><p>{text}</p></blockquote>"
        case Items(numbered, items):
            return _listed("ol" if numbered else "ul", items)
        case Table(rows):
            head, *lines = rows
            cells = ["".join(f"<th>{cell}</th>" for cell in head)]
            cells += ["".join(f"<td>{cell}</td>" for cell in row) for row in lines]
            return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
        case Figure():
            words = f"<figcaption>{block.caption}　{block.credit}</figcaption>"
            return f'<figure><img src="images/{block.file}" alt="{block.alt}">{words}</figure>'


def _span(span: Span) -> str:
    match span:
        case Words(text):
            return text
        case Strong(text):
            return f"<strong>{text}</strong>"
        case Emphasis(text):
            return f"<em>{text}</em>"
        case Call(note):
            return f"<sup>{note}</sup>"
        case See(slug, title):
            return f'<a href="#{slug}">{title}</a>'
