"""Articles to classify in a test, without a project on disk."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bookmaker.classification.classify import classify_articles
from bookmaker.classification.model import Classified
from bookmaker.content.article import Article, Header
from bookmaker.content.header import read_header, split_header
from bookmaker.content.markup import read_body
from bookmaker.content.schema import validate
from bookmaker.content.source import Source
from bookmaker.content.themes import Keyword, Pattern, Theme, read_themes
from bookmaker.problems import Problem
from bookmaker.project import Project

ROOT = Path(__file__).resolve().parents[2]

#: Two themes of another office.
SMALL = {
    "river": Theme(title="河流", keyword=(Keyword(text="河道", weight=2), Keyword(text="河道整治", weight=3))),
    "forest": Theme(
        title="山林",
        keyword=(Keyword(text="造林", weight=3), Keyword(text="林场", weight=2)),
        pattern=(Pattern(text=r"植树\d+万株", weight=2),),
        **{"not": ("园林展",)},
    ),
}


@cache
def office_themes() -> dict[str, Theme]:
    """The five themes of the project's own content/."""
    problems: list[Problem] = []
    themes = read_themes(Project(ROOT), problems)
    assert problems == []
    return themes


def article_of(text: str, slug: str = "piece") -> Article:
    """An article read from the text of its file; the text may have any line ends."""
    problems: list[Problem] = []
    source = Source(f"content/articles/{slug}.md", text.removeprefix("\ufeff").replace("\r\n", "\n"))
    parts = split_header(source, problems)
    assert parts is not None
    found = read_header(parts[0], source, problems)
    assert found is not None
    header = validate(Header, *found, source, problems)
    assert header is not None, problems
    body = read_body(parts[1], source, parts[2], slug, lambda *_: None, problems)
    assert problems == []
    return Article(slug, source, header, body, (), (), found[1])


def classified(text: str, themes: dict[str, Theme] | None = None) -> Classified:
    """One article, classified."""
    (found,) = classify_articles([article_of(text)], SMALL if themes is None else themes)
    return found


def file_of(body: str, title: str = "一则消息", more: str = "") -> str:
    """An article's file whose header has no themes; `more` are further lines of it."""
    return f"---\ntitle: {title}\n{more}---\n\n{body}\n"
