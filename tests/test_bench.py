"""`make bench`: the book it generates is always the same, can be made, and what it says of the making is right."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from typer.testing import CliRunner

from bookmaker.cli.program import app
from tools.bench import makers
from tools.bench.book import Article, Book, Call, Figure, Paragraph, See, Span, Table
from tools.bench.generate import edited, make_book
from tools.bench.measure import Cost, FailedError, run
from tools.bench.results import table
from tools.bench.write_bookmaker import write_project
from tools.bench.write_html import write_html
from tools.bench.write_latex import write_latex
from tools.bench.write_typst import write_typst

SMALL = 6
WRITERS: dict[str, Callable[[Book, Path], object]] = {
    "bookmaker": write_project,
    "typst": write_typst,
    "latex": lambda book, root: write_latex(book, root, makers.FONTS),
    "html": lambda book, root: write_html(book, root, makers.FONTS),
}


def spans(article: Article) -> list[Span]:
    return list(chain.from_iterable(block.spans for block in article.blocks if isinstance(block, Paragraph)))


def refers(article: Article) -> bool:
    return any(isinstance(span, See) for span in spans(article))


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


# The book


@pytest.mark.parametrize("language", WRITERS)
def test_the_same_book_is_written_to_the_byte(language: str, tmp_path: Path) -> None:
    for folder in ("one", "other"):
        WRITERS[language](make_book(SMALL), tmp_path / folder)
    assert files(tmp_path / "one") == files(tmp_path / "other")


def test_the_smallest_book_has_notes_tables_figures_and_references() -> None:
    articles = make_book(SMALL).articles
    kinds = {type(thing) for article in articles for thing in (*article.blocks, *spans(article))}
    assert {Call, Table, Figure, See} <= kinds
    assert any(span.again for article in articles for span in spans(article) if isinstance(span, Call))
    assert {figure.drawing for figure in make_book(SMALL).figures()} == {True, False}


@pytest.mark.parametrize(
    ("share", "has"),
    [
        (1 / 3, lambda article: bool(article.notes)),
        (1 / 10, lambda article: any(isinstance(block, Table) for block in article.blocks)),
        (1 / 10, lambda article: bool(article.figures)),
        (1 / 5, refers),
    ],
    ids=["notes", "tables", "figures", "references"],
)
def test_so_many_articles_have_it_and_in_every_chapter(share: float, has: Callable[[Article], bool]) -> None:
    book = make_book(300)
    assert sum(map(has, book.articles)) / 300 == pytest.approx(share, abs=0.025)
    assert all(any(map(has, chapter.articles)) for chapter in book.chapters)


def test_a_book_has_short_news_and_articles_that_begin_a_page() -> None:
    lengths = [article.characters for article in make_book(300).articles]
    assert min(lengths) < 350
    assert sum(length >= 1600 for length in lengths) > 20


def test_a_plain_book_is_running_text() -> None:
    articles = make_book(40, plain=True).articles
    assert not any(article.notes or article.figures or article.source or article.event for article in articles)
    assert not any(isinstance(span, Call | See) for article in articles for span in spans(article))
    assert not any(isinstance(block, Table) for article in articles for block in article.blocks)


def test_an_article_is_the_same_in_a_small_and_a_large_book_but_for_what_it_refers_to() -> None:
    small, large = ({a.slug: a for a in make_book(number).articles} for number in (SMALL, 60))
    assert all(large[slug] == article for slug, article in small.items() if not refers(article))


def test_an_edit_changes_one_article_and_the_next_edit_another() -> None:
    book = make_book(25)
    after, first = edited(book, 0)
    changed = [new for old, new in zip(book.articles, after.articles, strict=True) if old != new]
    assert changed == [first]
    assert edited(book, 1)[1].slug != first.slug


# What it is written in


def test_its_project_passes_the_check(tmp_path: Path) -> None:
    write_project(make_book(SMALL), tmp_path)
    assert CliRunner().invoke(app, ["check", "--root", str(tmp_path), "--script", "zh-Hans"]).exit_code == 0


def test_nothing_in_its_sources_is_for_an_editor_to_look_at(tmp_path: Path) -> None:
    write_project(make_book(60), tmp_path)
    check = ["check", "--root", str(tmp_path), "--script", "zh-Hans", "--no-lines", "--strict"]
    assert CliRunner().invoke(app, check).exit_code == 0


@pytest.mark.skipif(importlib.util.find_spec("typst") is None, reason="`make setup-bench` installs Typst")
def test_its_typst_source_is_a_tagged_book(tmp_path: Path) -> None:
    maker = makers.typst(make_book(SMALL), tmp_path)
    assert maker
    cost = maker.make()
    assert cost.pages and cost.pages > 25
    with pikepdf.open(*maker.outputs) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        fonts = {str(font["/BaseFont"]) for page in pdf.pages for font in page.resources.get("/Font", {}).values()}
    assert {name.partition("+")[2] for name in fonts} <= {path.stem for path in makers.FONTS.glob("*.ttf")}


def test_its_latex_source_escapes_what_latex_would_read(tmp_path: Path) -> None:
    text = write_latex(make_book(60), tmp_path, makers.FONTS).read_text(encoding="utf-8")
    _, _, body = text.partition("\\begin{document}")
    assert re.search(r"\d\\%", body)
    assert not re.search(r"(?<!\\)[%#$_^~]", re.sub(r"\\\w+", "", body))
    assert body.count("{") == body.count("}")


def test_its_html_is_well_formed_and_every_link_leads_somewhere(tmp_path: Path) -> None:
    text = write_html(make_book(60), tmp_path, makers.FONTS).read_text(encoding="utf-8")
    text = re.sub(r"(<(?:meta|link|img)[^>]*)>", r"\1/>", text)
    page = etree.fromstring(text.encode())
    assert {link.removeprefix("#") for link in page.xpath("//a/@href")} <= set(page.xpath("//section/@id"))
    assert all((tmp_path / name).is_file() for name in page.xpath("//img/@src"))


# What it says


def test_a_program_and_all_it_starts_are_counted(tmp_path: Path) -> None:
    burn = "x = bytearray(60_000_000)\nfor _ in range(3_000_000): pass\n"
    start = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {burn!r}])\nopen('made', 'w').write('书')"
    alone = run((sys.executable, "-c", burn), tmp_path)
    both = run((sys.executable, "-c", start), tmp_path, tmp_path / "made")
    assert both.processor > alone.processor / 2
    assert both.peak > 60
    assert both.size == len("书".encode())
    assert both.pages is None


def test_a_program_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="no such book"):
        run((sys.executable, "-c", "raise SystemExit('no such book')"), tmp_path)


def test_a_ratio_is_of_what_was_measured_side_by_side() -> None:
    ours = [Cost(seconds, 1, 100, 20, 2048) for seconds in (2, 30, 4)]
    typst = [Cost(seconds, 2, 50, 18, 1024) for seconds in (1, 10, 1)]
    said = table({("PDF", "cold", "Bookmaker"): ours, ("PDF", "cold", "Typst"): typst})
    first, second = (re.split(r" *\| *", line)[1:-1] for line in said.splitlines()[2:])
    assert first[3:] == ["4.00", "1.00", "100", "20", "2", "", "", ""]
    assert second[3:] == ["1.00", "2.00", "50", "18", "1", "3.00 (2.00–4.00)", "0.50 (0.50–0.50)", "2.00 (2.00–2.00)"]
