"""Typesetting: every section of a Volume is filled into the layout's templates, and is a Galley."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from itertools import groupby
from math import ceil
from typing import Any

from jinja2 import Environment

from bookmaker import __version__
from bookmaker.content.article import Article, Header
from bookmaker.content.body import plain_text
from bookmaker.content.pictures import Picture
from bookmaker.cover_pattern import draw_pattern
from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley, Medium, Numbering, Section
from bookmaker.layout import COVER, Layout
from bookmaker.store import Bundle, Store
from bookmaker.titles import (
    break_title,
    fit_title,
    inner_quotes,
    inner_title,
    numbers_in,
    published,
    shortened,
    text_width,
)
from bookmaker.volume.model import Chapter, Entry, Volume
from bookmaker.volume.numerals import chinese_number
from bookmaker.wording import Wording

#: The headings inside a block; h1 to h3 are the book's own.
_HEADING = re.compile(r"(</?h)([4-6])\b")
_BOTH = frozenset(Medium)
_PDF = frozenset({Medium.PDF})

#: What a template may ask of the volume; what else it asks is too much to be said in a key.
_OF_VOLUME = re.compile(r"\bvolume\.(sources|chronology|characters|script|slug)\b")
_WHOLE = re.compile(r"\bvolume\b(?!\.(?:sources|chronology|characters|script|slug)\b)")
#: Where an opener or the contents look into articles.
_DEEP = re.compile(r"\bentries\b|\btold\b")

_PT = 72 / 25.4
#: The size of an article's title, in pt, as in the style sheet.
_TITLE = 18
#: The sizes of the volume's title on the cover and the title page, in pt, and what a line of it takes of its size.
_COVER_SIZES, _COVER_STEP = (46, 40, 34, 28, 24, 20, 17), 1.26
_PAGE_SIZES, _PAGE_STEP = (34, 28, 24, 20, 17), 1.59
#: On the cover, in pt: the series and the blank below it, the blank above the subtitle, a line of that and its size,
#: and what stays free above the bars.
_SERIES, _ABOVE_SUBTITLE, _SUBTITLE_LINE, _SUBTITLE, _FREE = 38.0, 20.0, 24.0, 13.0, 14.0


@dataclass(frozen=True, slots=True)
class _Slot:
    """A section before it is filled: everything but its XHTML, and what its template is told."""

    id: str
    kind: str
    title: str
    level: int
    numbering: Numbering
    media: frozenset[Medium]
    told: Mapping[str, Any]
    number: str = ""


def typeset_galley(volume: Volume, layout: Layout, case: TypeCase, store: Store | None = None) -> Galley:
    """Fill every section the plan asks for, in reading order."""
    volume = _with_appendix(volume, Wording(layout.wording[volume.script]))
    kept = store.bundle("sections", volume.slug, volume.script) if store else None
    setter = _Setter(volume, layout, case, kept)
    galley = Galley(volume, layout, tuple(setter.sections()), tuple(_pictures(volume)))
    if kept:
        kept.close()
    return galley


class _Setter:
    def __init__(self, volume: Volume, layout: Layout, case: TypeCase, kept: Bundle | None) -> None:
        self._volume = volume
        self._layout = layout
        self._case = case
        self._plan = volume.manuscript.plan.entries
        self._wording = Wording(layout.wording[volume.script])
        self._names = tuple(
            form
            for kind in ("person", "organisation", "place")
            for name in getattr(volume.manuscript.names, kind)
            for form in (name.name, *name.aliases)
        )
        self._environment = self._prepared(layout.environment())
        self._kept = kept
        self._said: dict[str, str | None] = {}
        self._told = ""

    def _prepared(self, environment: Environment) -> Environment:
        environment.filters["headings"] = _headings_below
        environment.globals.update(
            volume=self._volume,
            entry=self._plan.volume,
            wording=self._wording,
            date=self._wording.day,
            month_day=self._wording.month_day,
            chinese=chinese_number,
            inner_quotes=inner_quotes,
            numbers_in=numbers_in,
            published=published,
            inner_title=inner_title,
            shortened=shortened,
            break_title=partial(break_title, names=self._names),
            title_length=max(1, int(self._layout.page.area_width * _PT / _TITLE)),
        )
        return environment

    def sections(self) -> Iterator[Section]:
        """Every section, filled."""
        slots = list(self._slots())
        for slot in slots:
            told = {**slot.told, "contents": _contents(slots)} if slot.kind == "contents" else slot.told
            xhtml = self._filled_or_kept(slot, told)
            yield Section(slot.id, slot.kind, slot.title, slot.level, slot.numbering, slot.media, xhtml, slot.number)

    def _filled_or_kept(self, slot: _Slot, told: Mapping[str, Any]) -> str:
        key = self._key_of(slot, told)
        found = self._kept.find(key) if self._kept and key else None
        if isinstance(found, str):
            return found
        template = self._environment.get_template(f"sections/{slot.kind}.html.j2")
        xhtml = template.render(section=slot, **told)
        if self._kept and key:
            self._kept.keep(key, xhtml)
        return xhtml

    def _key_of(self, slot: _Slot, told: Mapping[str, Any]) -> str:
        """What a section is known by: its template and all that this is told; empty where that is not known."""
        said = self._said_to(slot.kind)
        if said is None or self._kept is None:
            return ""
        parts: tuple[Any, ...] = (slot.id, slot.kind, slot.title, slot.level, slot.numbering, slot.number)
        match slot.kind:
            case "article":
                placed: Entry = told["placed"]
                if not placed.article.stamp:
                    return ""
                parts += _article_said(placed)
            case "chapter-opener":
                parts += (replace(told["chapter"], entries=()),)
            case "contents":
                parts += tuple((s.id, s.kind, s.title, s.level, s.numbering, s.number) for s in told["contents"])
            case _:
                parts += (sorted(told.items()),)
        return self._kept.key(said, repr(parts))

    def _said_to(self, kind: str) -> str | None:
        """What every section of a kind is told; `None` where its template looks at more than can be said here."""
        if kind not in self._said:
            self._said[kind] = self._said_anew(kind)
        return self._said[kind]

    def _said_anew(self, kind: str) -> str | None:
        text = self._layout.template(f"sections/{kind}.html.j2")
        if text is None or _WHOLE.search(text) or (kind in ("chapter-opener", "contents") and _DEEP.search(text)):
            return None
        layout, volume = self._layout, self._volume
        if not self._told:
            words = sorted(layout.wording[volume.script].items())
            self._told = repr(
                (words, self._names, self._plan.volume, layout.page, layout.head_length, layout.long_article)
            )
        parts = [getattr(volume, name) for name in sorted(set(_OF_VOLUME.findall(text)))]
        return repr((text, parts)) + self._told

    def _slots(self) -> Iterator[_Slot]:
        """The book's order: front pieces, chapters with their articles, back pieces."""
        for piece in self._plan.front.pieces:
            slot = self._front(piece)
            if slot:
                yield slot
        for chapter in self._volume.chapters:
            yield self._opener(chapter)
            for entry in chapter.entries:
                yield self._article(entry)
        for back in self._plan.back.pieces:
            slot = self._back(back)
            if slot:
                yield slot

    def _front(self, piece: str) -> _Slot | None:
        words = self._wording
        match piece:
            case "cover":
                return _front(piece, words["cover"], pattern=draw_pattern(self._volume), shown=self._on_cover())
            case "half-title":
                return _front(piece, words["half_title"], media=_PDF)
            case "title-page":
                return _front(piece, words["title_page"], shown=self._on_title_page())
            case "imprint":
                return _front(piece, words["imprint"], record=self._record())
            case "foreword":
                text = self._volume.manuscript.foreword
                return _front(piece, text.header.title, level=1, foreword=text) if text else None
            case _:
                return _front("contents", words["contents"], level=1, media=_PDF)

    def _on_cover(self) -> tuple[int, tuple[str, ...]]:
        """The size and the lines of the title on the cover: it stands clear of the bars, whatever is told with it."""
        page, volume = self._layout.page, self._plan.volume
        width, height = COVER.words_width(page) * _PT, COVER.words_height(page) * _PT - _FREE
        if volume.series:
            height -= _SERIES
        if volume.subtitle:
            height -= _ABOVE_SUBTITLE + _SUBTITLE_LINE * ceil(text_width(volume.subtitle) * _SUBTITLE / width)
        return fit_title(
            volume.title, width=width, height=height, sizes=_COVER_SIZES, step=_COVER_STEP, names=self._names
        )

    def _on_title_page(self) -> tuple[int, tuple[str, ...]]:
        """The same on the title page: all that stands below it has its place, too."""
        page, volume = self._layout.page, self._plan.volume
        rows = 5.0 + bool(volume.subtitle) * 2.0 + bool(volume.period) * 3.0 + 2 * len(volume.contributors)
        rows += bool(volume.series) + bool(volume.imprint.publisher) * 2.0
        height = (page.lines - rows) * page.leading
        width = page.area_width * _PT
        return fit_title(
            volume.title, width=width, height=height, sizes=_PAGE_SIZES, step=_PAGE_STEP, names=self._names
        )

    def _opener(self, chapter: Chapter) -> _Slot:
        number = self._wording["chapter"].format(number=chinese_number(chapter.number)) if chapter.number else ""
        told = {"chapter": chapter}
        return _Slot(chapter.id, "chapter-opener", chapter.title, 1, Numbering.BODY, _BOTH, told, number)

    def _article(self, entry: Entry) -> _Slot:
        told = {
            "placed": entry,
            "byline": self._byline(entry.article.header),
            "running_head": shortened(entry.title, self._layout.head_length),
            "source_line": self._source_line(entry),
            "long": _length(entry) >= self._layout.long_article,
        }
        title = inner_title(entry.title).replace("〈", "《").replace("〉", "》")
        return _Slot(entry.id, "article", title, 2, Numbering.BODY, _BOTH, told)

    def _back(self, piece: str) -> _Slot | None:
        words = self._wording
        match piece:
            case "chronology":
                if not self._volume.chronology:
                    return None
                years = groupby(self._volume.chronology, lambda occurrence: occurrence.date.year)
                return _back(piece, words["chronology"], years=[(year, list(found)) for year, found in years])
            case "sources":
                return _back(piece, words["sources"]) if self._volume.sources else None
            case _:
                return _back("colophon", words["colophon"], colophon=self._colophon())

    def _byline(self, header: Header) -> list[list[str]]:
        """The date and, by role, who wrote: what no line may part, a role and the first name among it."""
        parts = [[self._wording.day(header.date)]] if header.date else []
        for role, bylines in groupby(header.bylines, lambda byline: byline.role):
            first, *others = (byline.name for byline in bylines)
            parts.append(["\u3000".join(filter(None, (role, first))), *others])
        return parts

    def _source_line(self, entry: Entry) -> str | None:
        """The headlines an article goes back to; all else about them stands in the list of sources."""
        sources = entry.article.header.source
        if not sources or entry.taken_from:
            return None
        named = [
            (published(source.publication) if source.publication else "")
            + (f"《{inner_title(title)}》" if (title := source.headline or source.section) else source.note)
            for source in sources
        ]
        return self._wording["source"] + "、".join(dict.fromkeys(named))

    def _record(self) -> list[dict[str, str]]:
        """The rows of the imprint, in the order of GB/T 12450: who, where, form, printing; empty ones left out."""
        volume, words, trim = self._plan.volume, self._wording, self._layout.page.trim
        imprint = volume.imprint
        thousands = max(1, round(self._volume.characters / 1000))
        rows = {
            "title": f"{volume.title}\u3000{volume.subtitle}" if volume.subtitle else volume.title,
            "series": volume.series,
            "contributors": "；".join(f"{c.name}\u3000{c.role}" for c in volume.contributors),
            "period": volume.period,
            "publisher": imprint.publisher,
            "address": imprint.address,
            "printer": imprint.printer,
            "size": words["record_size_value"].format(width=f"{trim[0]:g}", height=f"{trim[1]:g}"),
            "characters": words["record_characters_value"].format(thousands=thousands),
            "script": words["script_name"],
            "edition": imprint.edition,
            "date": words.day(volume.date),
            "isbn": volume.isbn,
            "print_run": imprint.print_run,
            "price": imprint.price,
            "permit": imprint.permit,
            "recipients": imprint.recipients,
        }
        return [{"label": words[f"record_{row}"], "text": text} for row, text in rows.items() if text]

    def _colophon(self) -> list[str]:
        words, page = self._wording, self._layout.page
        return [
            words["colophon_type"].format(
                serif=_first_han(self._case.stack(self._volume.script, "serif")),
                sans=_first_han(self._case.stack(self._volume.script, "sans")),
                kai=_first_han(self._case.stack(self._volume.script, "kai")),
            ),
            words["colophon_page"].format(
                measure=page.measure, lines=page.lines, body=f"{page.body:g}", leading=f"{page.leading:g}"
            ),
            words["colophon_tools"].format(
                version=__version__, weasyprint=version("weasyprint"), ebooklib=version("ebooklib")
            ),
            words["colophon_script"].format(script=words["script_name"]),
            words["colophon_digest"].format(digest=_digest(self._volume)),
        ]


def _article_said(placed: Entry) -> tuple[Any, ...]:
    """What an article's template is told, in words: the article, its place, and what it shows of others."""
    linked: list[str] = []
    if placed.article.body.links:
        linked = [block.xhtml for section in placed.sections for block in section.blocks]
        linked += [note.xhtml for note in placed.notes]
    return (
        placed.article.stamp,
        (placed.title, placed.elsewhere, placed.taken_from),
        [(section.number, section.heading) for section in placed.sections],
        [note.number for note in placed.notes],
        linked,
    )


def _with_appendix(volume: Volume, words: Wording) -> Volume:
    """The volume with its appendix, if it has one, called as the layout calls it."""
    chapters = (chapter if chapter.number else replace(chapter, title=words["appendix"]) for chapter in volume.chapters)
    return replace(volume, chapters=tuple(chapters))


def _headings_below(xhtml: str, level: int) -> str:
    """A block's own headings (`###` is read as h4) set one step below a section heading of this level."""
    up = 3 - level
    return _HEADING.sub(lambda match: f"{match[1]}{int(match[2]) - up}", xhtml) if up else xhtml


def _front(kind: str, title: str, *, level: int = 0, media: frozenset[Medium] = _BOTH, **told: Any) -> _Slot:
    return _Slot(kind, kind, title, level, Numbering.FRONT, media, told)


def _back(kind: str, title: str, **told: Any) -> _Slot:
    return _Slot(kind, kind, title, 1, Numbering.BODY, _BOTH, told)


def _contents(slots: list[_Slot]) -> list[_Slot]:
    """What the contents list: everything in the navigation but the contents themselves."""
    return [slot for slot in slots if slot.level and slot.kind != "contents"]


def _first_han(stack: tuple[str, ...]) -> str:
    return next(family for family in stack if not family.startswith("Bookmaker "))


def _length(entry: Entry) -> int:
    return len(plain_text("".join(block.xhtml for section in entry.sections for block in section.blocks)))


def _pictures(volume: Volume) -> list[Picture]:
    """Every picture of the book once, by its name in the book."""
    found = {shown.name: shown for piece in volume.manuscript.pieces() for shown in piece.pictures}
    return [found[name] for name in sorted(found)]


def _digest(volume: Volume) -> str:
    """A checksum of the sources, in four groups that one can compare by eye."""
    digest = hashlib.sha256(volume.manuscript.plan.source.text.encode())
    for piece in sorted(volume.manuscript.pieces(), key=_file):
        digest.update(piece.source.text.encode())
    value = digest.hexdigest()[:32]
    return " ".join(value[at : at + 8] for at in range(0, 32, 8))


def _file(piece: Article) -> str:
    return piece.source.file
