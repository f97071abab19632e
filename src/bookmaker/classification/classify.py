"""Classifying articles: the score of the whole, of every headed section, of every paragraph of a long one.

The editor's word wins: her `themes:` and her `{theme=…}` are what counts, and the score is told beside them.
"""

from collections.abc import Iterator, Mapping, Sequence

from bookmaker.classification.hearing import Hearing
from bookmaker.classification.model import (
    Classified,
    ClassifiedParagraph,
    ClassifiedSection,
    DecidedBy,
    Verdict,
)
from bookmaker.classification.scoring import ENOUGH, Passage, judge
from bookmaker.classification.writing import Hand, hand_of
from bookmaker.content.article import Article
from bookmaker.content.body import HeadedSection, plain_text
from bookmaker.content.themes import Theme

#: Characters of text from which an article's paragraphs are scored one by one.
_LONG = 1500
#: How often a word of a headline counts.
_TITLE, _DECK, _HEADING, _OWN_HEADING = 3.0, 2.0, 2.0, 3.0
#: A section goes to another chapter than its article's with this many points, twice what speaks for its own.
_CLEAR = 1.5 * ENOUGH


def classify_articles(articles: Sequence[Article], themes: Mapping[str, Theme]) -> tuple[Classified, ...]:
    """Every article with its themes as decided, in the order given; each by itself, in linear time."""
    hearing = Hearing(themes)
    return tuple(_Classifying(hearing, tuple(themes), article).classified() for article in articles)


class _Classifying:
    """One article, heard once: its whole, sections and paragraphs are judged by the same testimony."""

    def __init__(self, hearing: Hearing, themes: Sequence[str], article: Article) -> None:
        self._article = article
        self._themes = themes
        self._hand = hand_of(article)
        header = article.header
        self._deck = [
            Passage(hearing.hear(text), counts)
            for text, counts in ((header.title, _TITLE), (header.kicker, _DECK), (header.subtitle, _DECK))
            if text
        ]
        self._parts = [_Part(section, hearing) for section in article.body.sections]

    def classified(self) -> Classified:
        """The article, classified."""
        header, verdict = self._article.header, self._verdict()
        themes = header.themes if self._hand is Hand.EDITOR else (verdict.theme,) if verdict.theme else ()
        return Classified(
            slug=self._article.slug,
            file=self._article.source.file,
            title=header.title,
            themes=themes,
            decided_by=DecidedBy.EDITOR if self._hand is Hand.EDITOR else DecidedBy.SCORE,
            verdict=verdict,
            sections=tuple(self._section(part, themes[0] if themes else None) for part in self._parts),
            paragraphs=tuple(self._paragraphs()),
            marks_sections=self._hand is Hand.MACHINE,
        )

    def _verdict(self) -> Verdict:
        """On the whole, less what the editor sent to other chapters (if anything is left then)."""
        stays = [part for part in self._parts if not self._is_sent(part.section)] or self._parts
        passages = [passage for part in stays for passage in part.passages(_HEADING)]
        return judge([*self._deck, *passages], self._themes)

    def _is_sent(self, section: HeadedSection) -> bool:
        editor = self._hand is not Hand.MACHINE
        return editor and section.theme is not None and section.theme not in self._article.header.themes[:1]

    def _section(self, part: "_Part", home: str | None) -> ClassifiedSection:
        section, verdict = part.section, judge(part.passages(_OWN_HEADING), self._themes)
        editors = section.theme if self._hand is not Hand.MACHINE else None
        best = verdict.points_of(verdict.theme)
        clear = bool(section.heading) and best >= max(_CLEAR, 2 * verdict.points_of(home)) and verdict.theme != home
        return ClassifiedSection(
            number=section.number,
            heading=section.plain_heading,
            line=section.line,
            theme=editors or verdict.theme,
            decided_by=DecidedBy.EDITOR if editors else DecidedBy.SCORE,
            verdict=verdict,
            sent=verdict.theme if clear and self._hand is Hand.MACHINE else editors,
        )

    def _paragraphs(self) -> Iterator[ClassifiedParagraph]:
        if sum(passage.testimony.length for part in self._parts for passage in part.text) <= _LONG:
            return
        for part in self._parts:
            for block, passage in zip(part.section.blocks, part.text, strict=True):
                yield ClassifiedParagraph(block.line, judge([passage], self._themes))


class _Part:
    """One headed section as heard."""

    def __init__(self, section: HeadedSection, hearing: Hearing) -> None:
        self.section = section
        self.text = [Passage(hearing.hear(plain_text(block.xhtml))) for block in section.blocks]
        self._heading = hearing.hear(section.plain_heading)

    def passages(self, counts: float) -> Iterator[Passage]:
        """Its heading, whose words count so often, and its paragraphs."""
        if self.section.plain_heading:
            yield Passage(self._heading, counts)
        yield from self.text
