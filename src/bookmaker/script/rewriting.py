"""Rewriting all that a reader sees of a Manuscript, model by model: for full-width marks and for conversion.

Slugs, ids, files and everything a machine reads stay as they are.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bookmaker.content.article import Article, Header, HeaderName, PrintedSource
from bookmaker.content.body import Body, HeadedSection, Note
from bookmaker.content.manuscript import Manuscript
from bookmaker.content.markup import Figure
from bookmaker.content.names import Name, Names
from bookmaker.content.plan import ChapterEntry, Plan, VolumeEntry
from bookmaker.content.themes import Theme
from bookmaker.script.fragments import words_of
from bookmaker.script.scripts import Script


class Rewriting:
    """One method for every model that holds something a reader sees.

    `text` rewrites plain text, `passage` XHTML fragments that follow one another; `script`, where given, is
    the one in which names have their own form.
    """

    def __init__(
        self, text: Callable[[str], str], passage: Callable[[Sequence[str]], list[str]], script: Script | None = None
    ) -> None:
        self._text = text
        self._passage = passage
        self._script = script

    def manuscript(self, manuscript: Manuscript, article: Callable[[Article], Article] | None = None) -> Manuscript:
        """All of it; `article` says how an article is rewritten, where that is not like all else."""
        article = article or self.article
        return replace(
            manuscript,
            plan=self.plan(manuscript.plan),
            articles=tuple(map(article, manuscript.articles)),
            themes={theme: self.theme(entry) for theme, entry in manuscript.themes.items()},
            names=self.names(manuscript.names),
            foreword=article(manuscript.foreword) if manuscript.foreword else None,
            intros={chapter: article(intro) for chapter, intro in manuscript.intros.items()},
        )

    def article(self, article: Article) -> Article:
        return replace(
            article,
            header=self._header(article.header),
            body=self._body(article.body),
            figures=tuple(map(self._figure, article.figures)),
            stamp="",
        )

    def _header(self, header: Header) -> Header:
        text = self._text
        return header.model_copy(
            update={
                "title": text(header.title),
                "kicker": text(header.kicker),
                "subtitle": text(header.subtitle),
                "dateline": text(header.dateline),
                "column": text(header.column),
                "continued_from": text(header.continued_from),
                "truncated": text(header.truncated),
                "names": tuple(map(self._header_name, header.names)),
                "bylines": tuple(
                    byline.model_copy(update={"name": text(byline.name), "role": text(byline.role)})
                    for byline in header.bylines
                ),
                "source": tuple(map(self._source, header.source)),
                "events": tuple(event.model_copy(update={"text": text(event.text)}) for event in header.events),
                "figures": tuple(
                    figure.model_copy(update={key: text(getattr(figure, key)) for key in ("label", "value", "unit")})
                    for figure in header.figures
                ),
            }
        )

    def _header_name(self, name: HeaderName) -> HeaderName:
        return name.model_copy(update={"name": self._text(name.name)})

    def _source(self, source: PrintedSource) -> PrintedSource:
        keys = ("headline", "publication", "page", "section", "note")
        return source.model_copy(update={key: self._text(getattr(source, key)) for key in keys})

    def _body(self, body: Body) -> Body:
        return replace(
            body,
            sections=tuple(map(self._section, body.sections)),
            notes=tuple(map(self._note, body.notes)),
        )

    def _section(self, section: HeadedSection) -> HeadedSection:
        heading = self._xhtml(section.heading)
        texts = self._passage([block.xhtml for block in section.blocks])
        return replace(
            section,
            heading=heading,
            plain_heading=words_of(heading),  # not converted apart: words in it may be kept
            blocks=tuple(replace(block, xhtml=xhtml) for block, xhtml in zip(section.blocks, texts, strict=True)),
        )

    def _xhtml(self, fragment: str) -> str:
        return self._passage([fragment])[0]

    def _note(self, note: Note) -> Note:
        return replace(note, xhtml=self._xhtml(note.xhtml))

    def _figure(self, figure: Figure) -> Figure:
        return replace(
            figure, alt=self._text(figure.alt), caption=self._text(figure.caption), credit=self._text(figure.credit)
        )

    def plan(self, plan: Plan) -> Plan:
        entries = plan.entries
        chapters = tuple(map(self._chapter, entries.chapter))
        return replace(
            plan, entries=entries.model_copy(update={"volume": self._volume(entries.volume), "chapter": chapters})
        )

    def _volume(self, volume: VolumeEntry) -> VolumeEntry:
        text = self._text
        imprint = volume.imprint
        return volume.model_copy(
            update={
                **{key: text(getattr(volume, key)) for key in ("title", "subtitle", "series", "period", "description")},
                "contributors": tuple(
                    c.model_copy(update={"name": text(c.name), "role": text(c.role)}) for c in volume.contributors
                ),
                "imprint": imprint.model_copy(update={key: text(value) for key, value in imprint.model_dump().items()}),
            }
        )

    def _chapter(self, chapter: ChapterEntry) -> ChapterEntry:
        update = {"title": self._text(chapter.title), "figures": tuple(map(self._label, chapter.figures))}
        return chapter.model_copy(update=update)

    def _label(self, name: str) -> str:
        """A key figure's name is slug#label; only the label is Chinese."""
        slug, mark, label = name.partition("#")
        return f"{slug}{mark}{self._text(label)}"

    def theme(self, theme: Theme) -> Theme:
        return theme.model_copy(update={"title": self._text(theme.title), "description": self._text(theme.description)})

    def names(self, names: Names) -> Names:
        return names.model_copy(
            update={kind: tuple(map(self._name, getattr(names, kind))) for kind in ("person", "organisation", "place")}
        )

    def _name(self, name: Name) -> Name:
        own = name.form(self._script) if self._script else ""
        return name.model_copy(
            update={"name": own or self._text(name.name), "aliases": tuple(map(self._text, name.aliases))}
        )
