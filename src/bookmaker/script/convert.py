"""A Manuscript in Simplified Chinese becomes the same Manuscript in a Traditional script.

Done before assembling, so that contents, order, running heads and outline agree by themselves.
Slugs, ids, files and everything a machine reads stay as they are.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from bookmaker.content.article import Article
from bookmaker.content.manuscript import Manuscript
from bookmaker.script.fragments import rewrite
from bookmaker.script.quotation import corner_passage, corner_quotes, nest_titles
from bookmaker.script.rewriting import Rewriting
from bookmaker.script.scripts import Script

if TYPE_CHECKING:
    from bookmaker.script.characters import Characters


def convert_manuscript(manuscript: Manuscript, script: Script) -> Manuscript:
    """The manuscript in `script`; itself if it is that already."""
    if script is manuscript.script:
        return manuscript
    # Late: 40 ms that a Simplified edition has no use for.
    from bookmaker.script.converter import Converter
    from bookmaker.script.protection import article_terms, characters_for
    from bookmaker.script.variants import variant_choices

    traditional = manuscript.plan.entries.traditional
    marks = _CORNER if traditional.quotes == "corner" else _CURLY
    characters = characters_for(manuscript, script)
    choices = variant_choices(traditional, script)
    glossary = {word: form for word, forms in traditional.glossary.items() if (form := forms.form(script))}

    def rewriting(own: "Characters") -> Rewriting:
        converter = Converter(script, own, choices=choices, glossary=glossary)
        return Rewriting(converter.text, converter.passage, script)

    def article(piece: Article) -> Article:
        return rewriting(characters.with_terms(article_terms(piece, script, characters))).article(piece)

    return replace(rewriting(characters).manuscript(marks.manuscript(manuscript), article), script=script)


_CORNER = Rewriting(lambda text: corner_quotes([text])[0], lambda fragments: rewrite(fragments, corner_passage))
_CURLY = Rewriting(lambda text: nest_titles([[text]])[0][0], lambda fragments: rewrite(fragments, nest_titles))
