"""Where the editor wrote what a reader sees: an article as stretches of text with their lines in the source."""

from collections.abc import Iterator
from dataclasses import dataclass

from bookmaker.content.article import Article
from bookmaker.content.body import plain_text


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of what a reader sees, in the manuscript's script, and the lines of the article's file it stands on."""

    text: str
    article: Article
    first: int
    last: int


def stretches_of(article: Article) -> Iterator[Stretch]:
    """Header, headings, blocks and notes."""
    header_end = max((line for line in article.lines.values()), default=1) + 1
    yield Stretch(" ".join(_header_texts(article)), article, 1, header_end)
    for section in article.body.sections:
        yield Stretch(plain_text(section.heading), article, section.line, section.line)
    for block in article.body.blocks():
        yield Stretch(plain_text(block.xhtml), article, block.line, block.last_line)
    for note in article.body.notes:
        yield Stretch(plain_text(note.xhtml), article, note.line, note.line)


def _header_texts(article: Article) -> Iterator[str]:
    header = article.header
    yield from (header.title, header.kicker, header.subtitle, header.dateline, header.column)
    for source in header.source:
        yield from (value for value in source.model_dump().values() if isinstance(value, str))
    yield from (byline.name + byline.role for byline in header.bylines)
    yield from (event.text for event in header.events)
    yield from (figure.label + figure.value + figure.unit for figure in header.figures)
    yield from (picture.alt + picture.caption + picture.credit for _, picture in article.shown_pictures())
