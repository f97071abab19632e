"""The apparatus of a volume: list of sources, chronology, key figures and the count of characters."""

from collections.abc import Iterable, Sequence

from bookmaker.content.article import PrintedSource
from bookmaker.content.body import plain_text
from bookmaker.content.manuscript import Manuscript
from bookmaker.volume.model import Chapter, Entry, Occurrence, Reference, ShownFigure, SourceGroup

#: As many key figures as an opener carries when the plan does not choose them.
_MOST_FIGURES = 4


def sources_of(chapters: Sequence[Chapter]) -> tuple[SourceGroup, ...]:
    """Every printed source with the articles told after it, in the order the book first needs it."""
    groups: dict[PrintedSource, list[Reference]] = {}
    for entry in _whole_articles(chapters):
        for source in dict.fromkeys(entry.article.header.source):
            groups.setdefault(source, []).append(_origin(entry))
    return tuple(SourceGroup(source, tuple(entries)) for source, entries in groups.items())


def chronology_of(chapters: Sequence[Chapter]) -> tuple[Occurrence, ...]:
    """Every event of every article by date; one told twice stands once."""
    found: dict[tuple[object, str], Occurrence] = {}
    for entry in _whole_articles(chapters):
        for event in entry.article.header.events:
            found.setdefault((event.date, event.text), Occurrence(event.date, event.text, _origin(entry)))
    return tuple(sorted(found.values(), key=lambda occurrence: occurrence.date.place))


def shown_figures(chosen: Sequence[str], entries: Sequence[Entry]) -> tuple[ShownFigure, ...]:
    """The opener's key figures: the plan's (as slug#label), else the first of each of the first articles."""
    offered = {
        f"{entry.article.slug}#{figure.label}": ShownFigure(figure, _origin(entry))
        for entry in entries
        if entry.taken_from is None
        for figure in entry.article.header.figures
    }
    if chosen:
        return tuple(offered[name] for name in chosen if name in offered)
    firsts = (e for e in entries if e.taken_from is None and e.article.header.figures)
    names = (f"{e.article.slug}#{e.article.header.figures[0].label}" for e in firsts)
    return tuple(offered[name] for name in list(names)[:_MOST_FIGURES])


def counted(manuscript: Manuscript) -> int:
    """Characters a reader reads, spaces apart (the 字数 of an imprint)."""
    return sum(
        len("".join(plain_text(text).split()))
        for piece in manuscript.pieces()
        for text in (piece.header.title, "".join(block.xhtml for block in piece.body.blocks()))
    )


def _whole_articles(chapters: Sequence[Chapter]) -> Iterable[Entry]:
    """One entry an article: a section sent elsewhere does not count again."""
    return (entry for chapter in chapters for entry in chapter.entries if entry.taken_from is None)


def _origin(entry: Entry) -> Reference:
    return Reference(entry.id, entry.title)
