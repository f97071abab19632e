"""How good the office's five themes are: on texts written apart, on its own articles, and on real pages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bookmaker.classification.classify import classify_articles
from bookmaker.content.manuscript import read_pool
from bookmaker.project import Project
from tests.classification.articles import ROOT, classified, file_of, office_themes

HERE = Path(__file__).parent
SEEDS = ROOT.parent / "shared" / "seeds"


def texts(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((HERE / name).read_text(encoding="utf-8"))["text"]
    return found


def theme_of(text: dict[str, Any]) -> str:
    body = text["text"].strip().replace("\n", "\n\n")
    return classified(file_of(body, text.get("title", "消息")), office_themes()).theme or ""


@pytest.mark.parametrize(("name", "right"), [("unseen.toml", 76), ("unseen-later.toml", 29)])
def test_texts_written_apart_get_their_editors_theme(name: str, right: int) -> None:
    wrong = [
        (text["theme"], found, text["text"][:12]) for text in texts(name) if (found := theme_of(text)) != text["theme"]
    ]
    assert len(texts(name)) - len(wrong) >= right, wrong


@pytest.mark.parametrize("name", ["unseen.toml", "unseen-later.toml", "traps.toml"])
def test_a_text_of_no_theme_is_none_of_them(name: str) -> None:
    assert {theme_of(text) for text in texts(name) if not text["theme"]} == {""}


def test_the_first_volumes_articles_get_one_of_their_editors_themes() -> None:
    pool = read_pool(Project(ROOT), [])
    found = classify_articles(pool, office_themes())
    right = [one for one in found if one.verdict.theme in one.themes]
    assert len(right) >= len(pool) * 0.9


def lines(page: str, first: int, last: int) -> list[str]:
    """Lines of a page, numbered from 1, without the blank ones."""
    paths = list(SEEDS.glob(f"{page}_*.txt"))
    if not paths:
        pytest.skip("the real pages are not here")
    return [
        line.strip() for line in paths[0].read_text(encoding="utf-8-sig").split("\n")[first - 1 : last] if line.strip()
    ]


@pytest.mark.parametrize(
    ("page", "first", "last", "theme"),
    [
        ("000", 11, 39, "projects"),
        ("000", 41, 67, "investment"),
        ("000", 69, 101, "environment"),
        ("000", 103, 125, "innovation"),
        ("003", 19, 41, "innovation"),
    ],
)
def test_a_headed_section_of_a_real_page_goes_to_its_theme(page: str, first: int, last: int, theme: str) -> None:
    heading, *paragraphs = lines(page, first, last)
    body = "\n\n".join([f"## {heading.lstrip('# ')}", *paragraphs])
    (section,) = classified(file_of(body), office_themes()).sections
    assert section.theme == theme


@pytest.mark.parametrize("line", range(113, 126, 2))
def test_a_paragraph_on_talent_of_a_real_page_is_on_talent(line: int) -> None:
    long = "\n\n".join([*lines("000", line, line), *lines("000", 11, 101)])
    assert classified(file_of(long), office_themes()).paragraphs[0].verdict.theme == "talent"


@pytest.mark.parametrize(
    ("page", "first", "last"), [("004", 193, 217), ("000", 157, 161), ("000", 141, 149), ("000", 151, 155)]
)
def test_a_real_article_of_no_theme_is_none_of_them(page: str, first: int, last: int) -> None:
    title, *paragraphs = lines(page, first, last)
    assert classified(file_of("\n\n".join(paragraphs), f'"{title}"'), office_themes()).theme is None
