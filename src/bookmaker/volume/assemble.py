"""Assembling: articles and their headed sections go to the chapters of their themes."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import groupby
from typing import Any

from bookmaker.content.article import Article
from bookmaker.content.body import Block, HeadedSection, Note
from bookmaker.content.manuscript import Manuscript
from bookmaker.content.plan import ChapterEntry
from bookmaker.content.schema import did_you_mean
from bookmaker.problems import Problem, Severity, raise_errors
from bookmaker.volume.apparatus import chronology_of, counted, shown_figures, sources_of
from bookmaker.volume.model import APPENDIX, Chapter, Entry, Reference, Volume

#: Marks, not words: a “<” of the text itself stands as &lt;.
_ARTICLE_LINK = re.compile(r'(<a class="link" href=)"article:([^"]*)"')
_NOTE_CALL = re.compile(r'(?P<begin><a class="note-call"[^>]*? )id="[^"]*" href="#[^"]*-note-(?P<number>\d+)">\d+</a>')


def assemble_volume(manuscript: Manuscript) -> Volume:
    """The volume; `SourceError` names every article without a place and every link to nowhere."""
    problems: list[Problem] = list(manuscript.warnings)
    placing = _Placing(manuscript, problems)
    entries = placing.entries()
    chapters = placing.chapters(entries)
    manuscript = replace(manuscript, articles=_standing(manuscript, entries))
    _check_links(manuscript, entries, problems)
    raise_errors(problems)
    link = _Linking(chapters)
    chapters = tuple(link.chapter(chapter) for chapter in chapters)
    foreword = link.article(manuscript.foreword) if manuscript.foreword else None
    return Volume(
        replace(manuscript, foreword=foreword, warnings=tuple(problems)),
        chapters,
        sources_of(chapters),
        chronology_of(chapters),
        counted(manuscript),
    )


def _standing(manuscript: Manuscript, entries: Mapping[str, list[Entry]]) -> tuple[Article, ...]:
    """The articles less those that the plan leaves out because no chapter takes them."""
    if manuscript.plan.entries.select.unclassified != "leave-out":
        return manuscript.articles
    slugs = {entry.article.slug for chapter in entries.values() for entry in chapter}
    return tuple(article for article in manuscript.articles if article.slug in slugs)


@dataclass(frozen=True, slots=True)
class _Placing:
    manuscript: Manuscript
    problems: list[Problem]

    def entries(self) -> dict[str, list[Entry]]:
        """Entries by theme, in the order of the articles; last those of the appendix, which no chapter takes."""
        placed: dict[str, list[Entry]] = {c.theme: [] for c in self._plan_chapters()}
        chapters = tuple(placed)
        placed[APPENDIX] = []
        for article in self.manuscript.articles:
            home = next((theme for theme in article.header.themes if theme in chapters), APPENDIX)
            if home == APPENDIX and self._unclassified == "refuse":
                self._refuse(article, chapters)
                continue
            for theme, entry in self._parts(article, home, chapters):
                placed[theme].append(entry)
        return placed

    def chapters(self, entries: Mapping[str, list[Entry]]) -> tuple[Chapter, ...]:
        """The plan's chapters, each with its entries in order; an empty one is a problem, or left out if it may be."""
        chapters: list[Chapter] = []
        nothing = not any(entries.values())
        for index, planned in enumerate(self._plan_chapters()):
            ordered = self._ordered(entries[planned.theme], planned, index)
            if not ordered and planned.optional and not nothing:
                continue
            if not ordered:
                self._report_empty(planned, index)
            number = len(chapters) + 1
            chapters.append(
                Chapter(
                    number=number,
                    id=f"chapter-{number}",
                    theme=planned.theme,
                    title=self._title(planned),
                    intro=self.manuscript.intros.get(index),
                    figures=shown_figures(planned.figures, ordered),
                    entries=tuple(ordered),
                )
            )
            self._check_figures(planned, index, ordered)
        if entries[APPENDIX]:
            ordered = self._ordered(entries[APPENDIX], ChapterEntry(theme=APPENDIX), len(chapters))
            chapters.append(Chapter(0, "chapter-appendix", APPENDIX, "", None, (), tuple(ordered)))
        return tuple(chapters)

    @property
    def _unclassified(self) -> str:
        return self.manuscript.plan.entries.select.unclassified

    def _plan_chapters(self) -> tuple[ChapterEntry, ...]:
        return self.manuscript.plan.entries.chapter

    def _title(self, planned: ChapterEntry) -> str:
        theme = self.manuscript.themes.get(planned.theme)
        return planned.title or (theme.title if theme else planned.theme)

    def _refuse(self, article: Article, chapters: Sequence[str]) -> None:
        """An article that no chapter takes is a problem, unless the plan says what becomes of it."""
        themes = article.header.themes
        if not themes:
            self._report(
                article,
                article.line("title"),
                "article-without-theme",
                f"“{article.header.title}” has no theme",
                f"add “themes: [{next(iter(chapters), '…')}]” to its header",
            )
            return
        self._report(
            article,
            article.line("themes"),
            "article-in-no-chapter",
            f"no chapter takes “{article.header.title}” (themes: {', '.join(themes)})",
            f"give it one of {', '.join(chapters)}, or leave it out with “exclude” under [select]",
        )

    def _parts(self, article: Article, home: str, chapters: Sequence[str]) -> Iterable[tuple[str, Entry]]:
        """The article cut by the themes of its headed sections: what stays, and each run sent elsewhere.

        What no chapter takes stays nowhere if the plan leaves it out.
        """
        leaves_out = home == APPENDIX and self._unclassified == "leave-out"
        stays: list[HeadedSection] = []
        sent: list[tuple[str, list[HeadedSection]]] = []
        for theme, run in groupby(article.body.sections, lambda section: section.theme or home):
            sections = list(run)
            if theme == home:
                stays += sections
            elif theme in chapters:
                sent.append((theme, sections))
            else:
                stays += sections
                if not leaves_out:
                    self._warn_section(article, sections[0], theme)
        if leaves_out:
            stays = []
        titles = {APPENDIX: "", **{planned.theme: self._title(planned) for planned in self._plan_chapters()}}
        main = Reference(article.identifier, article.header.title, titles[home])
        elsewhere = tuple(
            Reference(_section_id(article, sections[0]), sections[0].plain_heading, titles[theme])
            for theme, sections in sent
        )
        if not leaves_out and (stays or not sent):
            yield home, _Numbering(main.id, article).entry_of(main.title, stays, elsewhere=elsewhere)
        for (theme, sections), reference in zip(sent, elsewhere, strict=True):
            # The first heading becomes the entry's title.
            moved = (replace(sections[0], heading=""), *sections[1:])
            origin = main if stays else None
            numbering = _Numbering(reference.id, article)
            yield theme, numbering.entry_of(reference.title, moved, taken_from=origin)

    def _ordered(self, entries: list[Entry], planned: ChapterEntry, index: int) -> list[Entry]:
        """Entries by the chapter's order; undated ones come after dated ones, ties by slug, then as written."""
        if planned.order == "slug":
            return sorted(entries, key=lambda entry: entry.article.slug)
        by_date = sorted(entries, key=_by_date)
        if planned.order == "date":
            return by_date
        first = {slug: place for place, slug in enumerate(planned.order)}
        known = {entry.article.slug for entry in entries}
        for slug in first:
            if slug not in known:
                plan = self.manuscript.plan
                self.problems.append(
                    Problem(
                        plan.source.place(plan.line("chapter", index, "order")),
                        "unknown-article",
                        f"the order names “{slug}”, which is not in this chapter",
                        did_you_mean(slug, known),
                    )
                )
        return sorted(by_date, key=lambda entry: first.get(entry.article.slug, len(first)))

    def _check_figures(self, planned: ChapterEntry, index: int, ordered: Sequence[Entry]) -> None:
        known = [f"{e.article.slug}#{f.label}" for e in ordered for f in e.article.header.figures]
        plan = self.manuscript.plan
        for name in planned.figures:
            if name not in known:
                self.problems.append(
                    Problem(
                        plan.source.place(plan.line("chapter", index, "figures")),
                        "unknown-article",
                        f"no article of this chapter has the key figure “{name}”",
                        did_you_mean(name, known) if known else "write slug#label of a figure in an article's header",
                    )
                )

    def _report_empty(self, planned: ChapterEntry, index: int) -> None:
        plan = self.manuscript.plan
        self.problems.append(
            Problem(
                plan.source.place(plan.line("chapter", index)),
                "empty-chapter",
                f"the chapter “{self._title(planned)}” has no articles",
                f"give an article “themes: [{planned.theme}]”, or say “optional = true” of the chapter",
            )
        )

    def _warn_section(self, article: Article, section: HeadedSection, theme: str) -> None:
        self.problems.append(
            Problem(
                article.source.place(section.line),
                "article-in-no-chapter",
                f"no chapter takes the section “{section.plain_heading}” (theme: {theme}); it stays where it is",
                "take {theme=…} off the heading, or add such a chapter to the plan",
                Severity.WARNING,
            )
        )

    def _report(self, article: Article, line: int | None, code: str, what: str, hint: str) -> None:
        self.problems.append(Problem(article.source.place(line), code, what, hint))


@dataclass(frozen=True, slots=True)
class _Numbering:
    """The notes of one entry: those that its sections call, and the notes that those call, numbered as they come.

    A note that two parts of an article call stands with both: each is read by itself.
    """

    entry: str
    article: Article

    def entry_of(self, title: str, sections: Sequence[HeadedSection], **more: Any) -> Entry:
        """The entry with its notes."""
        if len(sections) == len(self.article.body.sections):
            return Entry(self.entry, self.article, title, tuple(sections), self.article.body.notes, **more)
        numbers = self._numbers(sections)
        known = {note.number: note for note in self.article.body.notes}
        calls: dict[int, int] = {}
        read = tuple(
            replace(
                section,
                heading=self._called(section.heading, numbers, calls),
                blocks=tuple(replace(b, xhtml=self._called(b.xhtml, numbers, calls)) for b in section.blocks),
            )
            for section in sections
        )
        notes = tuple(
            replace(known[old], number=new, xhtml=self._called(known[old].xhtml, numbers, calls))
            for old, new in numbers.items()
        )
        return Entry(self.entry, self.article, title, read, notes, **more)

    def _numbers(self, sections: Iterable[HeadedSection]) -> dict[int, int]:
        """The new number of every note, by its old one: in the order of the calls, those in notes last."""
        known = {note.number: note.xhtml for note in self.article.body.notes}
        texts = [text for s in sections for text in (s.heading, *(block.xhtml for block in s.blocks))]
        found: dict[int, int] = {}
        while texts:
            numbers = [int(call["number"]) for call in _NOTE_CALL.finditer(texts.pop(0))]
            new = [number for number in dict.fromkeys(numbers) if number in known and number not in found]
            found |= {number: len(found) + place for place, number in enumerate(new, 1)}
            texts += [known[number] for number in new]
        return found

    def _called(self, xhtml: str, numbers: Mapping[int, int], calls: dict[int, int]) -> str:
        """A text with its calls renumbered; `calls` counts them by note."""

        def settled(call: re.Match[str]) -> str:
            number = numbers[int(call["number"])]
            again = calls[number] = calls.get(number, 0) + 1
            own = f"{self.entry}-call-{number}" + (f"-{again}" if again > 1 else "")
            return f'{call["begin"]}id="{own}" href="#{self.entry}-note-{number}">{number}</a>'

        return _NOTE_CALL.sub(settled, xhtml)


def _by_date(entry: Entry) -> tuple[tuple[datetime.date, int], str]:
    """Undated articles come last."""
    date = entry.article.header.date
    return date.place if date else (datetime.date.max, 0), entry.article.slug


def _section_id(article: Article, section: HeadedSection) -> str:
    return f"{article.identifier}-s{section.number}"


def _check_links(manuscript: Manuscript, entries: Mapping[str, list[Entry]], problems: list[Problem]) -> None:
    """Every link to an article, and to a heading of one, finds it in this volume."""
    standing = {entry.article.slug: entry.article for chapter in entries.values() for entry in chapter}
    for piece in manuscript.pieces():
        for link in piece.body.links:
            place = piece.source.place(link.line)
            if link.slug not in standing:
                what = f"the link to “{link.slug}” points to no article of this volume"
                problems.append(Problem(place, "broken-link", what, did_you_mean(link.slug, standing)))
            elif link.heading and link.heading not in (known := dict(standing[link.slug].body.headings)):
                what = f"the link “{link.slug}.md#{link.heading}” points to no heading of that article"
                problems.append(Problem(place, "broken-link", what, did_you_mean(link.heading, known)))


class _Linking:
    """Makes links to articles links to the ids under which they stand."""

    def __init__(self, chapters: Sequence[Chapter]) -> None:
        self._ids: dict[str, str] = {}
        for entry in (entry for chapter in chapters for entry in chapter.entries):
            if entry.taken_from is None:
                self._ids.setdefault(entry.article.slug, entry.id)
            for heading, identifier in entry.article.body.headings:
                self._ids.setdefault(f"{entry.article.slug}#{heading}", identifier)

    def chapter(self, old: Chapter) -> Chapter:
        return replace(
            old,
            intro=self.article(old.intro) if old.intro else None,
            entries=tuple(self._entry(entry) for entry in old.entries),
        )

    def article(self, old: Article) -> Article:
        body = replace(old.body, sections=self._sections(old.body.sections), notes=self._notes(old.body.notes))
        return replace(old, body=body, stamp="")

    def _entry(self, old: Entry) -> Entry:
        if not old.article.body.links:
            return old
        return replace(old, sections=self._sections(old.sections), notes=self._notes(old.notes))

    def _sections(self, old: tuple[HeadedSection, ...]) -> tuple[HeadedSection, ...]:
        if not any(map(_has_link, (text for s in old for text in (s.heading, *(block.xhtml for block in s.blocks))))):
            return old
        return tuple(replace(s, heading=self._link(s.heading), blocks=tuple(map(self._block, s.blocks))) for s in old)

    def _block(self, old: Block) -> Block:
        return replace(old, xhtml=self._link(old.xhtml))

    def _notes(self, old: tuple[Note, ...]) -> tuple[Note, ...]:
        return tuple(replace(note, xhtml=self._link(note.xhtml)) for note in old)

    def _link(self, xhtml: str) -> str:
        return _ARTICLE_LINK.sub(lambda match: f'{match[1]}"#{self._ids[unescape(match[2])]}"', xhtml)


def _has_link(xhtml: str) -> bool:
    return '"article:' in xhtml
