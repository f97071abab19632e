"""Writes the book for XeLaTeX: `book.tex` has the look, two passes make it. Its PDF has no tags."""

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
from tools.bench.pictures import png

_LOOK = Path(__file__).parent / "book.tex"


def write_latex(book: Book, root: Path, fonts: Path) -> Path:
    """The book in a folder that holds nothing yet; gives the file to compile. Every picture is a PNG."""
    (root / "images").mkdir(parents=True)
    for figure in book.figures():
        (root / "images" / f"{figure.name}.png").write_bytes(png(figure))
    look = _LOOK.read_text(encoding="utf-8").replace("FONTS", fonts.as_posix()).replace("VOLUME", book.title)
    # Of the four languages LaTeX alone reads % as markup.
    body = "\n\n".join([*map(_chapter, book.chapters), _back(book)]).replace("%", r"\%")
    main = root / "main.tex"
    main.write_text(f"{look}\n{body}\n\\end{{document}}\n", encoding="utf-8")
    return main


def _chapter(chapter: Chapter) -> str:
    figures = [
        f"{label}：\\textbf{{{value}}}{unit}（第\\pageref{{{article.slug}}}页）\n"
        for article in chapter.key_figures
        for label, value, unit in [article.key_figure or ("", "", "")]
    ]
    return "\n\n".join([f"\\chapter{{{chapter.title}}}", *figures, "\\clearpage", *map(_article, chapter.articles)])


def _article(article: Article) -> str:
    lines = ["\\clearpage"] if article.is_long else []
    byline = f"{article.day}\\quad 记者 {article.author}"
    lines.append(f"\\deck{{{article.slug}}}{{{article.title}}}{{{article.kicker}}}{{{byline}}}")
    lines += [_block(block, article) for block in article.blocks]
    return "\n\n".join([*lines, f"\\source{{{article.source}}}"] if article.source else lines)


def _back(book: Book) -> str:
    lines = ["\\backmatter"]
    if events := book.events():
        lines.append("\\chapter{大事记}")
        lines += [f"{a.day.month}月{a.day.day}日\\quad {a.event}（第\\pageref{{{a.slug}}}页）" for a in events]
    if sources := book.sources():
        lines.append("\\chapter{资料来源}")
        for name, articles in sources.items():
            lines.append(f"《{name}》：" + "、".join(f"第\\pageref{{{article.slug}}}页" for article in articles))
    return "\n\n".join(lines)


def _block(block: Block, article: Article) -> str:
    match block:
        case Paragraph(spans):
            return "".join(_span(span, article) for span in spans)
        case Heading(text):
            return f"\\subsection{{{text}}}"
        case Quotation(text):
            return f"\\begin{{quote}}\\itshape {text}\\end{{quote}}"
        case Items(numbered, items):
            kind = "enumerate" if numbered else "itemize"
            return "\n".join([f"\\begin{{{kind}}}", *(f"\\item {item}" for item in items), f"\\end{{{kind}}}"])
        case Table(rows):
            head, *lines = (" & ".join(row) + r" \\" for row in rows)
            columns = "X" + "r" * (len(rows[0]) - 1)
            text = "\n".join([r"\toprule", head, r"\midrule", *lines, r"\bottomrule"])
            return f"\\noindent\\begin{{tabularx}}{{\\linewidth}}{{{columns}}}\n{text}\n\\end{{tabularx}}"
        case Figure():
            return f"\\chart{{{block.name}.png}}{{{block.caption}\\quad {block.credit}}}"


def _span(span: Span, article: Article) -> str:
    match span:
        case Words(text):
            return text
        case Strong(text):
            return f"\\textbf{{{text}}}"
        case Emphasis(text):
            return f"\\textit{{{text}}}"
        case Call(note, again):
            name = f"{article.slug}-{note}"
            return f"\\again{{{name}}}" if again else f"\\footnote{{{article.notes[note - 1]}\\label{{{name}}}}}"
        case See(slug, title):
            return f"\\see{{{slug}}}{{{title}}}"
