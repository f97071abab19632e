"""An article: header and text of one file in `content/articles/`."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from bookmaker.content.body import Body
from bookmaker.content.dates import Date
from bookmaker.content.header import read_header, split_header
from bookmaker.content.markup import Figure, read_body
from bookmaker.content.pictures import Picture, PictureShelf
from bookmaker.content.schema import Record, line_of, validate
from bookmaker.content.source import Source, read_bytes, source_of
from bookmaker.content.terms import TermForms, length_problems
from bookmaker.problems import Problem
from bookmaker.project import Project


class Byline(Record):
    """Who wrote, and as what (记者, 通讯员, 文/摄)."""

    name: str = Field(min_length=1)
    role: str = ""


class PrintedSource(Record):
    """Where the facts stood first; only what the page itself shows."""

    headline: str = ""
    publication: str = ""
    date: Date | None = None
    page: str = ""
    section: str = ""
    note: str = ""


class Event(Record):
    """One entry of a chronology."""

    date: Date
    text: str = Field(min_length=1)


class KeyFigure(Record):
    """A number worth showing large, with its unit and what it counts."""

    label: str = Field(min_length=1)
    value: str = Field(min_length=1)
    unit: str = ""
    date: Date | None = None


class PictureEntry(Record):
    """A picture of the article; `alt` tells it to a reader who cannot see it (PDF/UA-1 §7.3)."""

    file: str = Field(min_length=1)
    alt: str = Field(min_length=1)
    caption: str = ""
    credit: str = ""


class PrintedPicture(Record):
    """A picture that stood in print and is not at hand: its words are kept, not printed."""

    caption: str = ""
    credit: str = ""


def _is_at_hand(value: Any) -> str:
    """Which of the two an entry of `images` is; `schema.py` leaves names in brackets out of its messages."""
    in_print = isinstance(value, PrintedPicture)
    if isinstance(value, dict):
        in_print = "file" not in value and "alt" not in value and bool(value.get("caption") or value.get("credit"))
    return "[print]" if in_print else "[file]"


#: An entry of `images`.
AnyPicture: TypeAlias = Annotated[
    Annotated[PictureEntry, Tag("[file]")] | Annotated[PrintedPicture, Tag("[print]")], Discriminator(_is_at_hand)
]


class Clipping(Record):
    """The newspaper page that `bookmaker import` took the article from: the file's name, and the lines in it."""

    file: str = Field(min_length=1)
    lines: str = ""


class HeaderName(TermForms):
    """A name that occurs in the article, with its Traditional forms where a table would err."""

    name: str = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, value: Any) -> Any:
        """`范文君` is as good as `{name: 范文君}`."""
        return {"name": value} if isinstance(value, str) else value


class Header(Record):
    """The YAML header of an article (DESIGN.md §3)."""

    title: str = Field(min_length=1)
    kicker: str = ""
    subtitle: str = ""
    date: Date | None = None
    dateline: str = ""
    bylines: tuple[Byline, ...] = ()
    source: tuple[PrintedSource, ...] = ()
    column: str = ""
    themes: tuple[str, ...] = ()
    names: tuple[HeaderName, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    images: tuple[AnyPicture, ...] = ()
    continued_from: str = ""
    truncated: str = ""
    rights: str = ""
    clipping: Clipping | None = None
    note: str = ""
    draft: bool = False

    @field_validator("names", mode="before")
    @classmethod
    def _one_name_or_many(cls, value: Any) -> Any:
        if value is None:
            return ()
        return (value,) if isinstance(value, (str, dict)) else value

    @field_validator("themes", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        """`themes: projects` is as good as `themes: [projects]`; an empty key is an empty list."""
        if value is None:
            return ()
        return (value,) if isinstance(value, str) else value

    @field_validator("source", mode="before")
    @classmethod
    def _one_source_or_many(cls, value: Any) -> Any:
        """One source is a group of keys, several are a list of them."""
        if value is None:
            return ()
        return (value,) if isinstance(value, (dict, str)) else value

    @field_validator("source")
    @classmethod
    def _no_empty_source(cls, value: tuple[PrintedSource, ...]) -> tuple[PrintedSource, ...]:
        """A source left blank, as `bookmaker new` writes it, is none."""
        return tuple(source for source in value if source != PrintedSource())

    @field_validator("bylines", "events", "figures", "images", mode="before")
    @classmethod
    def _none_is_empty(cls, value: Any) -> Any:
        return () if value is None else value

    @field_validator("kicker", "subtitle", "dateline", "column", "note", "rights", mode="before")
    @classmethod
    def _empty_is_text(cls, value: Any) -> Any:
        return "" if value is None else value


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read.

    `figures` are the header's pictures that the text does not place, `pictures` all that it shows;
    `lines` tells where each key of the header stands, for later problems. `stamp` is the hash of all that the article
    was made from, the same for the same article only; empty where nobody knows.
    """

    slug: str
    source: Source
    header: Header
    body: Body
    figures: tuple[Figure, ...]
    pictures: tuple[Picture, ...]
    lines: dict[tuple[str | int, ...], int]
    stamp: str = field(default="", compare=False)

    @property
    def identifier(self) -> str:
        """The article's id in every book."""
        return identifier_of(self.slug)

    def line(self, *path: str | int) -> int | None:
        """The line of a header's key."""
        return line_of(path, self.lines)

    def shown_pictures(self) -> Iterator[tuple[int, PictureEntry]]:
        """The header's entries of pictures that are at hand, with their places in the list."""
        yield from ((at, entry) for at, entry in enumerate(self.header.images) if isinstance(entry, PictureEntry))


#: Ids of the program's own sections and files, and those it gives to parts of articles, which no article may have.
_OWN_IDS = re.compile(
    r"cover|half-title|title-page|imprint|foreword|contents|chronology|sources|colophon|chapter-.*|nav|toc|ncx|style"
    r"|cover-image|a-[0-9a-f]{10}|.*-(?:s|h|call-|note-)[0-9]+(?:-[0-9]+)?"
)


def identifier_of(slug: str) -> str:
    """An id made from a slug: ASCII, a valid XML name, the same on every machine, and no other section's."""
    if re.fullmatch(r"[a-z][a-z0-9-]*", slug) and not _OWN_IDS.fullmatch(slug):
        return slug
    return "a-" + hashlib.sha256(slug.encode()).hexdigest()[:10]


def read_article(project: Project, path: Path, shelf: PictureShelf, problems: list[Problem]) -> Article | None:
    """Read one article; `None` for a draft, or if its header is beyond use. Faults go to `problems`."""
    data = read_bytes(project, path, problems)
    return None if data is None else article_of(project.name_of(path), data, shelf, problems)


def article_of(file: str, data: bytes, shelf: PictureShelf, problems: list[Problem]) -> Article | None:
    """The same from a file's name and bytes."""
    slug = PurePosixPath(file).stem
    source = source_of(file, data, problems)
    parts = split_header(source, problems) if source else None
    if source is None or parts is None:
        return None
    header_text, body_text, first_line = parts
    found = read_header(header_text, source, problems)
    header = validate(Header, found[0], found[1], source, problems) if found else None
    if header is not None and header.draft:
        return None
    for index, name in enumerate(header.names if header else ()):
        place = source.place(line_of(("names", index), found[1] if found else {}))
        problems.extend(length_problems(name.name, (name.tw, name.hk), place))
    reader = _ArticleReader(source, header, found[1] if found else {}, shelf, problems)
    body = reader.read(slug, body_text, first_line)
    if header is None or found is None:
        return None
    return Article(slug, source, header, body, reader.unplaced(), reader.pictures(), found[1])


class _ArticleReader:
    """Reads the body with the header's pictures at hand, and remembers which were placed."""

    def __init__(
        self,
        source: Source,
        header: Header | None,
        lines: dict[tuple[str | int, ...], int],
        shelf: PictureShelf,
        problems: list[Problem],
    ) -> None:
        self._source = source
        self._shelf = shelf
        self._problems = problems
        self._placed: set[str] = set()
        self._figures: dict[str, Figure] = {}
        # With a header beyond use, what it says of its pictures is not known.
        self._header_read = header is not None
        images = header.images if header else ()
        self._entries = {entry.file: entry for entry in images if isinstance(entry, PictureEntry)}
        for index, entry in enumerate(images):
            if not isinstance(entry, PictureEntry) or self._entries[entry.file] is not entry:
                continue
            place = source.place(line_of(("images", index, "file"), lines))
            picture = shelf.find(entry.file, place, problems)
            if picture:
                self._figures[entry.file] = Figure(picture, entry.alt, entry.caption, entry.credit)

    def read(self, slug: str, text: str, first_line: int) -> Body:
        body = read_body(text, self._source, first_line, identifier_of(slug), self._find, self._problems)
        if not body.sections:
            hint = "write it below the header, or set “draft: true” until it is written"
            self._problems.append(
                Problem(self._source.place(first_line), "empty-article", "the article has no text", hint)
            )
        return body

    def unplaced(self) -> tuple[Figure, ...]:
        """Pictures of the header that the text does not place."""
        return tuple(figure for file, figure in self._figures.items() if file not in self._placed)

    def pictures(self) -> tuple[Picture, ...]:
        """Every picture the article shows."""
        return tuple(figure.picture for figure in self._figures.values())

    def _find(self, file: str, alt: str, line: int) -> Figure | None:
        file = file.removeprefix("./").removeprefix("images/")
        self._placed.add(file)
        if file in self._entries:
            return self._figures.get(file)
        place = self._source.place(line)
        picture = self._shelf.find(file, place, self._problems)
        if picture and not alt.strip() and self._header_read:
            self._problems.append(
                Problem(
                    place,
                    "missing-key",
                    f"the picture “{file}” has no alternative text",
                    f"write ![what it shows]({file}), or list it in the header under “images:” with an “alt:”",
                )
            )
        if picture is None:
            return None
        self._figures[file] = Figure(picture, alt)
        return self._figures[file]
