"""Which terms of a manuscript are protected: the volume's, the project's names, and people found in it."""

import json
from collections.abc import Iterable, Iterator
from html import unescape

from bookmaker.content.article import Article
from bookmaker.content.body import plain_text
from bookmaker.content.manuscript import Manuscript
from bookmaker.script.characters import Characters
from bookmaker.script.keeping import KeptFinds, KeptTerms
from bookmaker.script.people import looks_like_person
from bookmaker.script.scripts import Script
from bookmaker.script.terms import Authority, Term
from bookmaker.store import Bundle

#: What a conversion writes of its own accord, and its terms may therefore meet: the marks of quotations and titles.
_MARKS = "“”‘’「」『』《》〈〉\n\t"


def characters_for(manuscript: Manuscript, script: Script, kept: Bundle | None = None) -> Characters:
    """The conversion of a manuscript's characters, with every term of volume and project."""
    short = manuscript.plan.entries.traditional.short_names
    settled = list(_settled(manuscript, script))
    plain = Characters(script, settled, short=short)
    found = _people(manuscript, plain, script, kept)
    names = manuscript.names
    said = (repr(settled), repr((names.person, names.organisation, names.place)), repr(short))
    key = kept.key("terms", script, *said, *found) if kept else ""
    known = kept.find(key) if kept else None
    if isinstance(known, KeptTerms):
        return Characters(script, known.terms, short=short)
    characters = plain.with_terms([*_listed(manuscript, plain, script), *_found(found, plain)])
    if kept:
        kept.keep(key, KeptTerms(tuple(characters.terms)))
    return characters


def finds_in(piece: Article, characters: Characters, script: Script, kept: Bundle | None) -> KeptFinds:
    """What an article holds that matters to the conversion of all articles, found or kept."""
    key = kept.key("finds", script, piece.stamp) if kept and piece.stamp else ""
    known = kept.find(key) if kept and key else None
    if isinstance(known, KeptFinds):
        return known
    people = [name for block in piece.body.blocks() for name in characters.people(plain_text(block.xhtml))]
    made = KeptFinds("".join(sorted(_characters(piece))), tuple(dict.fromkeys(people)))
    if kept and key:
        kept.keep(key, made)
    return made


def _characters(piece: Article) -> set[str]:
    """Every character of an article, and a few more."""
    body = piece.body
    texts = [
        json.dumps(piece.header.model_dump(), ensure_ascii=False, default=str),
        *(text for section in body.sections for text in (section.heading, section.plain_heading)),
        *(block.xhtml for block in body.blocks()),
        *(note.xhtml for note in body.notes),
        *(text for figure in piece.figures for text in (figure.alt, figure.caption, figure.credit)),
    ]
    return set(_MARKS).union(*texts, *map(unescape, texts))


def article_terms(article: Article, script: Script, characters: Characters) -> Iterator[Term]:
    """What the article's own header says of names; one that the volume knows stays as it is there."""
    for name in article.header.names:
        if own := name.form(script):
            yield Term(name.name, own, Authority.ARTICLE)
        elif not characters.knows(name.name):
            person = looks_like_person(name.name)
            form = characters.name(name.name) if person else characters.convert(name.name).text
            yield Term(name.name, form, Authority.LISTED, person=person)


def _settled(manuscript: Manuscript, script: Script) -> Iterator[Term]:
    for word, forms in manuscript.plan.entries.traditional.terms.items():
        if form := forms.form(script):
            yield Term(word, form, Authority.VOLUME)
    for word, forms in manuscript.names.terms.items():
        if form := forms.form(script):
            yield Term(word, form, Authority.NAMES)
    for name in (*manuscript.names.person, *manuscript.names.organisation, *manuscript.names.place):
        if form := name.form(script):
            yield Term(name.name, form, Authority.NAMES)


def _listed(manuscript: Manuscript, characters: Characters, script: Script) -> Iterator[Term]:
    """Names without a form of their own: people as people, all else as the word alone would be converted."""
    for person in manuscript.names.person:
        for form in (person.name, *person.aliases):
            if not (form == person.name and person.form(script)):
                yield Term(form, characters.name(form), Authority.LISTED, person=True)
    for name in (*manuscript.names.organisation, *manuscript.names.place):
        for form in (name.name, *name.aliases):
            if not (form == name.name and name.form(script)):
                yield Term(form, characters.convert(form).text, Authority.LISTED)


def _people(manuscript: Manuscript, characters: Characters, script: Script, kept: Bundle | None) -> list[str]:
    """People in bylines, and those that the words around show to be people; the same all through the volume."""
    names = {byline.name for piece in manuscript.pieces() for byline in piece.header.bylines}
    for piece in manuscript.pieces():
        names.update(finds_in(piece, characters, script, kept).people)
    return sorted(name for name in names if 2 <= len(name) <= 4)


def _found(names: Iterable[str], characters: Characters) -> Iterator[Term]:
    for name in names:
        yield Term(name, characters.name(name), Authority.FOUND, person=True)
