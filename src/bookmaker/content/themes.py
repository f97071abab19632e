"""Themes, `content/themes/<id>.toml`: what a chapter can be about. Data of the office, never code."""

from pydantic import Field

from bookmaker.content.schema import Record, validate
from bookmaker.content.source import read_source
from bookmaker.content.toml import read_toml
from bookmaker.problems import Problem
from bookmaker.project import Project


class Keyword(Record):
    """A word, or in `pattern` a regular expression, that speaks for the theme."""

    text: str = Field(min_length=1)
    weight: float = Field(default=1.0, gt=0)


class Theme(Record):
    """One theme; `against` (the key `not`) lists words that speak against it."""

    title: str = Field(min_length=1)
    description: str = ""
    keyword: tuple[Keyword, ...] = ()
    pattern: tuple[Keyword, ...] = ()
    against: tuple[str, ...] = Field(default=(), alias="not")


def read_themes(project: Project, problems: list[Problem]) -> dict[str, Theme]:
    """Every theme of the project by its id (the file's name)."""
    themes: dict[str, Theme] = {}
    for path in sorted(project.themes.glob("*.toml")):
        source = read_source(project, path, problems)
        found = read_toml(source, problems) if source else None
        theme = validate(Theme, found[0], found[1], source, problems) if source and found else None
        if theme is not None:
            themes[path.stem] = theme
    return themes
