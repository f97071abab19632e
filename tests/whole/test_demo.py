"""Newspaper pages become a book that shops and printers take, with no hand in between: what `make demo` does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bookmaker.classifying import classify_pool
from bookmaker.galley import Medium
from bookmaker.intake import import_pages
from bookmaker.press import Edition, issue_editions
from bookmaker.project import Project
from bookmaker.script.scripts import Script
from tests.gates import Finding
from tests.gates.poppler import page_texts
from tests.whole.volume import ROOT

PAGES = sorted((ROOT / "tests/clippings/pages").glob("*.*"))
PAPERS = [page for page in PAGES if page.suffix in (".txt", ".html", ".docx")]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Script, Medium], Edition]:
    """Every page of the tests in one book, in Simplified and in Taiwan's Traditional."""
    root = tmp_path_factory.mktemp("demo")
    shutil.copytree(ROOT / "content/themes", root / "content/themes")
    (root / "content/volumes").mkdir()
    plan = Path(shutil.copy(ROOT / "tools/demo.toml", root / "content/volumes"))
    project = Project(root)
    import_pages(PAPERS, project.articles, project)
    classify_pool(project, write=True)
    made = issue_editions(project, plan, (Script.HANS, Script.HANT_TW), tuple(Medium))
    return {(edition.script, edition.medium): edition for edition in made}


@pytest.mark.parametrize("script", [Script.HANS, Script.HANT_TW])
def test_the_pdf_of_imported_pages_is_pdf_ua_1(
    editions: dict[tuple[Script, Medium], Edition], script: Script, verify_pdf: Callable[..., list[Finding]]
) -> None:
    assert verify_pdf(editions[script, Medium.PDF].path) == []


@pytest.mark.parametrize("script", [Script.HANS, Script.HANT_TW])
def test_the_epub_of_imported_pages_is_clean(
    editions: dict[tuple[Script, Medium], Edition], script: Script, check_epub: Callable[..., list[Finding]]
) -> None:
    assert check_epub(editions[script, Medium.EPUB].path) == []


def test_every_story_of_the_pages_is_in_the_book(editions: dict[tuple[Script, Medium], Edition]) -> None:
    path = editions[Script.HANS, Medium.PDF].path
    text = "".join("".join(page_texts(path)).split())
    pool = sorted((path.parents[2] / "content/articles").glob("*.md"))
    articles = [article for article in pool if "\ndraft: true\n" not in article.read_text("utf-8")]
    assert len(articles) > 30
    # Poppler may tell the second line of a title elsewhere: its pieces are looked for.
    pieces = [piece for article in articles for piece in _title(article).split()]
    assert [piece for piece in pieces if piece not in text] == []


def _title(article: Path) -> str:
    line = next(line for line in article.read_text("utf-8").splitlines() if line.startswith("title:"))
    return line.removeprefix("title:").strip().strip('"')
