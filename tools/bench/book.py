"""The generated book as a model: what the writers put into Markdown, Typst, LaTeX and HTML.

No text in it needs an escape in any of the four but `%`, which LaTeX takes for a remark (`sentences.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TypeAlias

#: From so many characters on the layout “book” gives an article a new page (`layout.toml`).
LONG = 1600
#: As many key figures as an opener shows.
MOST_KEY_FIGURES = 4


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold words."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words in kai."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the article's note of this number, counted from 1; `again` if it was called before."""

    note: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class See:
    """A reference to another article, with the page where it begins."""

    slug: str
    title: str


Span: TypeAlias = Words | Strong | Emphasis | Call | See


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with numbers or with bullets."""

    numbered: bool
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the head first; all columns but the first hold numbers."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart of bars, each so many hundredths high; `name` is its file without suffix."""

    name: str
    bars: tuple[int, ...]
    drawing: bool
    alt: str
    caption: str
    credit: str

    @property
    def file(self) -> str:
        """The file that the text names: a drawing (SVG) or a picture (PNG)."""
        return f"{self.name}.svg" if self.drawing else f"{self.name}.png"


Block: TypeAlias = Paragraph | Heading | Quotation | Items | Table | Figure


@dataclass(frozen=True, slots=True)
class Article:
    """One article; `source`, `event` and `key_figure` (label, value, unit) feed lists elsewhere in the book."""

    slug: str
    title: str
    kicker: str
    author: str
    day: date
    theme: str
    source: str
    event: str
    key_figure: tuple[str, str, str] | None
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]

    @property
    def characters(self) -> int:
        """What a reader reads of its text, notes apart."""
        return sum(map(_characters, self.blocks))

    @property
    def is_long(self) -> bool:
        """True if it starts a new page."""
        return self.characters >= LONG

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Figure))


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    theme: str
    articles: tuple[Article, ...]

    @property
    def key_figures(self) -> tuple[Article, ...]:
        """The articles whose figures its opener shows."""
        return tuple(article for article in self.articles if article.key_figure)[:MOST_KEY_FIGURES]


@dataclass(frozen=True, slots=True)
class Book:
    title: str
    chapters: tuple[Chapter, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles, in reading order."""
        return tuple(chain.from_iterable(chapter.articles for chapter in self.chapters))

    @property
    def characters(self) -> int:
        return sum(article.characters + sum(map(len, article.notes)) for article in self.articles)

    def sources(self) -> dict[str, list[Article]]:
        """Every source with the articles after it, as the list at the book's end has them."""
        found: dict[str, list[Article]] = {}
        for article in self.articles:
            if article.source:
                found.setdefault(article.source, []).append(article)
        return found

    def events(self) -> list[Article]:
        """The articles with an event, by day, as the chronology has them."""
        return sorted((article for article in self.articles if article.event), key=lambda article: article.day)

    def figures(self) -> Iterator[Figure]:
        return chain.from_iterable(article.figures for article in self.articles)


def _characters(block: Block) -> int:
    match block:
        case Paragraph(spans):
            return sum(map(_length, spans))
        case Heading(text) | Quotation(text):
            return len(text)
        case Items(_, items):
            return sum(map(len, items))
        case Table(rows):
            return sum(len(cell) for row in rows for cell in row)
        case Figure():
            return len(block.caption)


def _length(span: Span) -> int:
    match span:
        case Words(text) | Strong(text) | Emphasis(text):
            return len(text)
        case See(_, title):
            return len(title)
        case Call():
            return 0
