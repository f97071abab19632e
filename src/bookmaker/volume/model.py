"""The `Volume`: what stands in the book, where, and what points at what. No markup, no page yet."""

from dataclasses import dataclass

from bookmaker.content.article import Article, KeyFigure, PrintedSource
from bookmaker.content.body import HeadedSection, Note
from bookmaker.content.dates import When
from bookmaker.content.manuscript import Manuscript
from bookmaker.script.scripts import Script


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointer to a place in the book: its id, the title there, and (if told) its chapter's title."""

    id: str
    title: str
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as it stands in a chapter: whole, less the sections sent elsewhere, or one such section.

    `elsewhere` lists where its other parts stand; `taken_from` is set on a section that was sent here.
    """

    id: str
    article: Article
    title: str
    sections: tuple[HeadedSection, ...]
    notes: tuple[Note, ...]
    elsewhere: tuple[Reference, ...] = ()
    taken_from: Reference | None = None


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A key figure on a chapter opener, with the entry it comes from."""

    figure: KeyFigure
    origin: Reference


@dataclass(frozen=True, slots=True)
class Chapter:
    """All entries on one theme; `number` counts from 1.

    The appendix, with what no chapter takes, is the last: its number is 0, its title empty until it is typeset.
    """

    number: int
    id: str
    theme: str
    title: str
    intro: Article | None
    figures: tuple[ShownFigure, ...]
    entries: tuple[Entry, ...]


#: The appendix's place among the entries, which no theme can have: a file's name is never empty.
APPENDIX = ""


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """One printed source and every entry that tells its facts."""

    source: PrintedSource
    entries: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One line of the chronology."""

    date: When
    text: str
    origin: Reference


@dataclass(frozen=True, slots=True)
class Volume:
    """One book in one script, complete but for its looks."""

    manuscript: Manuscript
    chapters: tuple[Chapter, ...]
    sources: tuple[SourceGroup, ...]
    chronology: tuple[Occurrence, ...]
    characters: int

    @property
    def script(self) -> Script:
        return self.manuscript.script

    @property
    def slug(self) -> str:
        return self.manuscript.plan.slug
