"""Themes, `content/themes/<id>.toml`: what a chapter can be about. Data of the office, never code."""

import re
from math import prod
from typing import Annotated

from pydantic import AfterValidator, Field

from bookmaker.content.schema import Record, validate
from bookmaker.content.source import Source, read_source
from bookmaker.content.toml import read_toml
from bookmaker.problems import Problem
from bookmaker.project import Project
from bookmaker.store import Bundle

#: What is escaped or stands in […] repeats nothing.
_LITERAL = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_CHOICE = re.compile(r"\([^()|]*\|")
_REPEAT = re.compile(r"[*+?]|\{(\d*)(,?)(\d*)\}")
_INNERMOST = re.compile(r"\((?:\?[:=!>]|\?<[=!]|\?P<\w+>|\?[a-z]+:)?([^()]*)\)(\*|\+|\{\d*,?\d*\})?")
#: Characters of the longest text that a pattern meets.
SENTENCE = 120
#: Ways to share out a sentence that a pattern may have at most: two “+” and a few “?”.
_WAYS = 1_000_000


def _quick(value: str) -> str:
    """A pattern that can be read, finds something, and is done in good time with every sentence.

    Python's `re` goes back over every way to share a text out among the repeats of a pattern. A repeat or a
    choice within a repeated group, as in (a+)+, has more ways than can be gone through, and so have many
    repeats in a row; such patterns are refused.
    """
    try:
        compiled = re.compile(value)
    except (re.error, OverflowError, RecursionError):
        raise ValueError("a regular expression as Python's re reads it") from None
    if compiled.match(""):
        raise ValueError("a pattern that does not match the empty text")
    bare = _LITERAL.sub("x", value)
    if prod(map(_ways, _REPEAT.finditer(bare))) * 2 ** len(_CHOICE.findall(bare)) > _WAYS:
        raise ValueError("a pattern with fewer repeats: [^，。]{0,12} instead of .* for example")
    while (group := _INNERMOST.search(bare)) is not None:
        many = _REPEAT.search(group[1]) or "|" in group[1]
        if group[2] and many:
            raise ValueError("a pattern without a repeat or “|” inside a repeated group")
        # What the group holds counts for the group around it.
        bare = bare[: group.start()] + ("x?" if many else "x") + (group[2] or "") + bare[group.end() :]
    return value


def _ways(repeat: re.Match[str]) -> int:
    """How many lengths a repeat can have in a sentence."""
    if not repeat[0].startswith("{"):
        return 2 if repeat[0] == "?" else SENTENCE
    low = int(repeat[1] or 0)
    high = min(int(repeat[3] or SENTENCE), SENTENCE) if repeat[2] else low
    return max(1, high - low + 1)


class Keyword(Record):
    """A word that speaks for the theme."""

    text: str = Field(min_length=1)
    weight: float = Field(default=1.0, gt=0)


class Pattern(Record):
    """A regular expression (Python's `re`) that speaks for the theme; no match runs over a sentence."""

    text: Annotated[str, Field(min_length=1), AfterValidator(_quick)]
    weight: float = Field(default=1.0, gt=0)


class Theme(Record):
    """One theme; `against` (the key `not`) lists words that speak against it."""

    title: str = Field(min_length=1)
    description: str = ""
    keyword: tuple[Keyword, ...] = ()
    pattern: tuple[Pattern, ...] = ()
    against: tuple[str, ...] = Field(default=(), alias="not")


def read_themes(project: Project, problems: list[Problem], kept: Bundle | None = None) -> dict[str, Theme]:
    """Every theme of the project by its id (the file's name)."""
    themes: dict[str, Theme] = {}
    for path in sorted(project.themes.glob("*.toml")):
        source = read_source(project, path, problems)
        theme = _theme_or_kept(source, problems, kept) if source else None
        if theme is not None:
            themes[path.stem] = theme
    return themes


def _theme_or_kept(source: Source, problems: list[Problem], kept: Bundle | None) -> Theme | None:
    key = kept.key("theme", source.file, source.text) if kept else ""
    known = kept.find(key) if kept else None
    if isinstance(known, Theme):
        return known
    before = len(problems)
    found = read_toml(source, problems)
    theme = validate(Theme, found[0], found[1], source, problems) if found else None
    if kept and len(problems) == before:
        kept.keep(key, theme)
    return theme
