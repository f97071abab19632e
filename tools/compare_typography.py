"""Sets the measured book by Typst, by WeasyPrint as it is and by this program, and puts the figures side by side.

    tools/compare_typography.py [--script zh-Hans …] [--measure 27 20] [--text seeds|own] [--out FOLDER] [--examples]

Needs the packages of `make setup-test` and `make setup-bench`, and ../shared (the checker). Prints Markdown; the folder
gets every PDF and, from the chapter of hard texts on, pictures of the same pages beside each other.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import typst
from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bookmaker.fonts import TypeCase, read_type_case  # noqa: E402
from bookmaker.pdf import engine  # noqa: E402
from bookmaker.script.scripts import Script  # noqa: E402
from tests.typography.book import (  # noqa: E402
    CALL_SIZE,
    HEADING_SIZE,
    NOTE_SIZE,
    Book,
    Chapter,
    Page,
    convert,
    hard_chapter,
    make_book,
    own_chapters,
    parts,
    seed_chapters,
)
from tests.typography.measure import TARGETS, Target, Typography, examples, measure  # noqa: E402

_REGIONS = {Script.HANS: "cn", Script.HANT_TW: "tw", Script.HANT_HK: "hk"}
_DPI = 120


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--script", nargs="+", type=Script, default=list(Script))
    parser.add_argument("--measure", nargs="+", type=int, default=[27, 20])
    parser.add_argument("--text", choices=("seeds", "own"), default="seeds")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "typography")
    parser.add_argument("--pictures", type=int, default=3, metavar="N", help="how many pages to show")
    parser.add_argument("--examples", action="store_true", help="show lines for every complaint")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    case = read_type_case(ROOT / "fonts")
    chapters = seed_chapters() if arguments.text == "seeds" else own_chapters()
    books = {
        (script, em): make_book(chapters, script, Page(em), case)
        for script in arguments.script
        for em in arguments.measure
    }

    def by_typst(book: Book, pdf: Path) -> None:
        source = pdf.with_suffix(".typ")
        source.write_text(_typst(convert(chapters, book.script), book, case), encoding="utf-8")
        typst.compile(str(source), output=str(pdf), font_paths=[str(case.folder)], ignore_system_fonts=True)

    def by_weasyprint(book: Book, pdf: Path) -> None:
        engine._shut_fonts_in(case.folder, arguments.out)
        from weasyprint import CSS, HTML

        HTML(string=book.html).write_pdf(pdf, stylesheets=[CSS(string=book.css)], pdf_variant="pdf/ua-1")

    def by_ours(book: Book, pdf: Path) -> None:
        engine.render(book.html, book.css, {}, case, arguments.out).write_pdf(pdf, pdf_variant="pdf/ua-1")

    # In this order: what the composer changes in WeasyPrint stays changed.
    setters: dict[str, Callable[[Book, Path], None]] = {
        "WeasyPrint": by_weasyprint,
        "Typst": by_typst,
        "Bookmaker": by_ours,
    }
    found: dict[tuple[Script, int], dict[str, Typography]] = {key: {} for key in books}
    for name, setter in setters.items():
        for (script, em), book in books.items():
            pdf = arguments.out / f"{name.lower()}-{arguments.text}-{script}-{em}.pdf"
            setter(book, pdf)
            found[script, em][name] = measure(pdf, book)
    for (script, em), columns in found.items():
        print(f"\n## {script}, {em} em\n\n{_table(columns)}")
        if arguments.examples:
            for name, column in columns.items():
                print(f"\n{name}: {column.defects}", *examples(column), sep="\n  ")
        title = convert([hard_chapter()], script)[0].title
        pdfs = [arguments.out / f"{name.lower()}-{arguments.text}-{script}-{em}.pdf" for name in setters]
        for number in range(arguments.pictures):
            picture = arguments.out / f"pages-{arguments.text}-{script}-{em}-{number + 1}.png"
            _side_by_side(pdfs, title, number).save(picture)
            print(f"\n{picture}: {', '.join(setters)}")


def _table(columns: dict[str, Typography]) -> str:
    """One row a fact; what misses its target has a cross."""
    rows = [["", *columns, "target"], ["---"] * (len(columns) + 2)]
    for fact in ("pages", "lines"):
        rows.append([fact, *(str(getattr(column, fact)) for column in columns.values()), ""])
    for target in TARGETS:
        rows.append([target.fact.replace("_", " "), *(_cell(target, c) for c in columns.values()), target.wording])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(target: Target, column: Typography) -> str:
    value = getattr(column, target.fact)
    return f"{value if value is not None else '-'}{'' if target.holds(column) else ' ✗'}"


# ---------------------------------------------------------------- Typst


def _typst(chapters: tuple[Chapter, ...], book: Book, case: TypeCase) -> str:
    """The same book in Typst's language, lists and quotations as paragraphs."""
    page, script = book.page, book.script
    serif, sans = (f"({''.join(json.dumps(f) + ', ' for f in case.stack(script, role))})" for role in ("serif", "sans"))
    side = page.edges[0]
    foot = page.trim[1] * 72 / 25.4 - page.head - page.lines * page.leading - 0.2
    between = page.leading - page.body
    lines = [
        f"#set page(width: {page.trim[0]}mm, height: {page.trim[1]}mm,"
        f" margin: (x: {side:.4f}pt, top: {page.head + between / 2}pt, bottom: {foot - between / 2:.4f}pt),"
        f" footer: context align(center, text(9pt, counter(page).display())))",
        f'#set text(font: {serif}, size: {page.body}pt, lang: "zh", region: "{_REGIONS[script]}",'
        f' top-edge: 0.88em, bottom-edge: -0.12em, number-type: "lining")',
        f"#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: {between}pt,"
        f" spacing: {between}pt)",
        f"#set super(typographic: false, size: {CALL_SIZE}pt, baseline: -0.35em)",
        f"#show footnote.entry: set text({NOTE_SIZE}pt)",
        "#set footnote.entry(gap: 3.5pt, clearance: 9pt)",
        f"#show footnote.entry: set par(leading: {12 - NOTE_SIZE}pt, spacing: {12 - NOTE_SIZE}pt)",
        f"#let title(it) = block(height: {page.body + 2 * page.leading}pt, above: 0pt, below: {between}pt,"
        f" text(font: {sans}, weight: 700, size: 16pt, it))",
        f"#let section(it) = block(height: {page.body}pt, above: {page.leading + between}pt, below: {between}pt,"
        f" sticky: true, text(font: {sans}, weight: 700, size: {HEADING_SIZE}pt, it))",
    ]
    for chapter in chapters:
        title = json.dumps(chapter.title, ensure_ascii=False)
        lines.append(f"#pagebreak(weak: true)\n#counter(footnote).update(0)\n#title({title})")
        for block in chapter.blocks:
            if block.kind == "h2":
                lines.append(f"#section({json.dumps(block.text, ensure_ascii=False)})")
                continue
            texts = [json.dumps(part, ensure_ascii=False) for part in parts(block.text)]
            lines.append(
                "#par[" + "".join(f"#footnote[#{t}]" if i % 2 else f"#{t};" for i, t in enumerate(texts)) + "]"
            )
    return "\n\n".join(lines)


# ---------------------------------------------------------------- pictures


def _side_by_side(pdfs: list[Path], title: str, number: int) -> Image.Image:
    """The page `number` pages behind the one that begins with a title, of every PDF."""
    pictures = [_picture(pdf, _page_of(pdf, title) + number) for pdf in pdfs]
    sheet = Image.new("RGB", (sum(p.width for p in pictures), max(p.height for p in pictures)), "white")
    edges = [0]
    for picture in pictures:
        edges.append(edges[-1] + picture.width)
    for picture, (left, _) in zip(pictures, pairwise(edges), strict=True):
        sheet.paste(picture, (left, 0))
    return sheet


def _page_of(pdf: Path, title: str) -> int:
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8").stdout
    pages = text.split("\f")
    return next((n for n, page in enumerate(pages, 1) if title in page[: 3 * len(title) + 20]), 1)


def _picture(pdf: Path, page: int) -> Image.Image:
    target = pdf.with_suffix("")
    command = ["pdftoppm", "-r", str(_DPI), "-png", "-singlefile", "-f", str(page), "-l", str(page)]
    subprocess.run([*command, str(pdf), str(target)], check=True)
    with Image.open(target.with_suffix(".png")) as picture:
        return picture.convert("RGB")


if __name__ == "__main__":
    main()
