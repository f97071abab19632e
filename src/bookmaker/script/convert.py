"""A Manuscript in Simplified Chinese becomes the same Manuscript in a Traditional script.

Done before assembling, so that contents, order, running heads and outline agree by themselves.
Slugs, ids, files and everything a machine reads stay as they are.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from bookmaker.content.article import Article
from bookmaker.content.keeping import make_or_keep
from bookmaker.content.manuscript import Manuscript
from bookmaker.script.fragments import rewrite
from bookmaker.script.quotation import corner_passage, corner_quotes, nest_titles
from bookmaker.script.rewriting import Rewriting
from bookmaker.script.scripts import Script
from bookmaker.store import Store

if TYPE_CHECKING:
    from bookmaker.script.characters import Characters


def convert_manuscript(manuscript: Manuscript, script: Script, store: Store | None = None) -> Manuscript:
    """The manuscript in `script`; itself if it is that already.

    What is kept of an article is known by its text and by the terms that can be in it: an article in which a name is
    found, or no longer, changes those that have all the name's characters, and no others.
    """
    if script is manuscript.script:
        return manuscript
    # Late: 40 ms that a Simplified edition has no use for.
    from bookmaker.script.converter import Converter
    from bookmaker.script.protection import article_terms, characters_for, finds_in
    from bookmaker.script.variants import variant_choices

    traditional = manuscript.plan.entries.traditional
    kept = store.bundle("converted", manuscript.plan.slug, script) if store else None
    marks = _CORNER if traditional.quotes == "corner" else _CURLY
    characters = characters_for(manuscript, script, kept)
    choices = variant_choices(traditional, script)
    glossary = {word: form for word, forms in traditional.glossary.items() if (form := forms.form(script))}
    said = (script, traditional.quotes, repr(traditional.short_names), repr(choices), repr(glossary))

    def converter(own: "Characters") -> Converter:
        return Converter(script, own, choices=choices, glossary=glossary)

    def convert(piece: Article) -> Article:
        marked = marks.article(piece)
        own = converter(characters.with_terms(article_terms(marked, script, characters)))
        return Rewriting(own.text, own.passage, script).article(marked)

    def article(piece: Article) -> Article:
        if kept is None:
            return convert(piece)
        terms = characters.terms.said_among(frozenset(finds_in(piece, characters, script, kept).characters))
        return make_or_keep(piece, convert, kept, "converted", *said, terms)

    def text(words: str) -> str:
        """A text of the plan, the themes or the names."""
        if kept is None:
            return plain.text(words)
        key = kept.key("text", *said, words, characters.terms.said_among(frozenset(words)))
        found = kept.find(key)
        if not isinstance(found, str):
            found = plain.text(words)
            kept.keep(key, found)
        return found

    plain = converter(characters)
    whole = Rewriting(text, plain.passage, script)
    converted = replace(whole.manuscript(marks.manuscript(manuscript, lambda piece: piece), article), script=script)
    if kept:
        kept.close()
    return converted


_CORNER = Rewriting(lambda text: corner_quotes([text])[0], lambda fragments: rewrite(fragments, corner_passage))
_CURLY = Rewriting(lambda text: nest_titles([[text]])[0][0], lambda fragments: rewrite(fragments, nest_titles))
