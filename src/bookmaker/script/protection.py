"""Which terms of a manuscript are protected: the volume's, the project's names, and people found in it."""

from collections.abc import Iterator

from bookmaker.content.article import Article
from bookmaker.content.body import plain_text
from bookmaker.content.manuscript import Manuscript
from bookmaker.script.characters import Characters
from bookmaker.script.people import looks_like_person
from bookmaker.script.scripts import Script
from bookmaker.script.terms import Authority, Term


def characters_for(manuscript: Manuscript, script: Script) -> Characters:
    """The conversion of a manuscript's characters, with every term of volume and project."""
    short = manuscript.plan.entries.traditional.short_names
    plain = Characters(script, _settled(manuscript, script), short=short)
    return plain.with_terms([*_listed(manuscript, plain, script), *_found(manuscript, plain)])


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


def _found(manuscript: Manuscript, characters: Characters) -> Iterator[Term]:
    """People in bylines, and those that the words around show to be people; the same all through the volume."""
    names = {byline.name for piece in manuscript.pieces() for byline in piece.header.bylines}
    for piece in manuscript.pieces():
        for block in piece.body.blocks():
            names.update(characters.people(plain_text(block.xhtml)))
    for name in sorted(names):
        if 2 <= len(name) <= 4:
            yield Term(name, characters.name(name), Authority.FOUND, person=True)
