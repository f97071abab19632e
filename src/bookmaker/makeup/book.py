"""A whole book before it is a file: its runs in their places, what stands on its pages beside them, what it is."""

from dataclasses import dataclass
from datetime import date

from bookmaker.makeup.model import Glyphs, Run


@dataclass(frozen=True, slots=True)
class About:
    """What a reader's program says about the book. `language` is a BCP 47 tag; `day` is when it was made and changed.

    The day comes from the volume's plan, never from a clock: the same sources make the same bytes.
    """

    title: str
    language: str
    day: date
    generator: str
    authors: tuple[str, ...] = ()
    description: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A run and the page of the book, from 0, on which it begins."""

    run: Run
    page: int


@dataclass(frozen=True, slots=True)
class Labels:
    """How the pages from `page` (from 0) are labelled (ISO 32000-1 §12.4.2): `prefix`, then their number from 1.

    `style` is "D" (1, 2, 3), "r" (i, ii, iii), or "" for no number.
    """

    page: int
    style: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that goes into the file.

    `placed` is in reading order. `heads` has an entry a page, as many as the book has pages: the operators of its
    running head and folio, empty where it has none; `head_glyphs` are the glyphs these use. A page with no sheet on
    it is blank and measures `blank` (width, height in pt).
    """

    about: About
    placed: tuple[Placed, ...]
    heads: tuple[bytes, ...]
    head_glyphs: Glyphs
    labels: tuple[Labels, ...]
    blank: tuple[float, float]
