"""Names, `content/names.toml`: people, organisations and places, one canonical form each."""

from pydantic import Field

from bookmaker.content.schema import Record, line_of, validate
from bookmaker.content.source import Source, read_source
from bookmaker.content.terms import TermForms, Terms, length_problems, term_problems
from bookmaker.content.toml import read_toml
from bookmaker.problems import Problem
from bookmaker.project import Project
from bookmaker.store import Bundle


class Name(TermForms):
    """One name: its other forms, its pinyin reading, and its Traditional forms where a table would err."""

    name: str = Field(min_length=1)
    reading: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""


class Names(Record):
    """All names of the project, and the terms that every volume keeps from conversion."""

    person: tuple[Name, ...] = ()
    organisation: tuple[Name, ...] = ()
    place: tuple[Name, ...] = ()
    terms: Terms = Field(default_factory=dict)


def read_names(project: Project, problems: list[Problem], kept: Bundle | None = None) -> Names:
    """The project's names; none if it has no such file."""
    if not project.names.is_file():
        return Names()
    source = read_source(project, project.names, problems)
    if source is None:
        return Names()
    key = kept.key("names", source.file, source.text) if kept else ""
    known = kept.find(key) if kept else None
    if isinstance(known, Names):
        return known
    before = len(problems)
    names = _names(source, problems)
    if kept and len(problems) == before:
        kept.keep(key, names)
    return names


def _names(source: Source, problems: list[Problem]) -> Names:
    found = read_toml(source, problems)
    if found is None:
        return Names()
    names = validate(Names, found[0], found[1], source, problems)
    if names is None:
        return Names()
    problems.extend(term_problems(names.terms, ("terms",), source, found[1]))
    seen: dict[str, str] = {}
    for kind in ("person", "organisation", "place"):
        for index, entry in enumerate(getattr(names, kind)):
            own = source.place(line_of((kind, index, "tw" if entry.tw else "hk"), found[1]))
            problems.extend(length_problems(entry.name, (entry.tw, entry.hk), own))
            for form in (entry.name, *entry.aliases):
                if form in seen:
                    place = source.place(line_of((kind, index), found[1]))
                    what = f"“{form}” stands here and under “{seen[form]}”"
                    problems.append(
                        Problem(place, "duplicate-name", what, "keep one entry, the other form as its alias")
                    )
                seen[form] = entry.name
    return names
