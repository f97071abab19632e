"""What proofreading and conversion found in one article, kept between two runs."""

from dataclasses import dataclass

from bookmaker.problems import Problem
from bookmaker.script.terms import Term


@dataclass(frozen=True, slots=True)
class KeptWarnings:
    """What an editor should look at in an article."""

    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class KeptFinds:
    """Every character that an article holds, once, and the people found in it whose names need care."""

    characters: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptTerms:
    """All protected terms of a volume, in the order in which they count."""

    terms: tuple[Term, ...]
