"""A text file in another script: what `bookmaker convert FILE` prints. A line is a paragraph."""

from bookmaker.script.characters import Characters
from bookmaker.script.converter import Converter
from bookmaker.script.punctuation import widen
from bookmaker.script.quotation import corner_passage
from bookmaker.script.scripts import Script
from bookmaker.script.terms import Authority, Term


def convert_text(text: str, script: Script, *, full_width: bool = False) -> str:
    """The text in `script`, in as many lines as before; with `full_width` half-width marks of Chinese first."""
    lines = text.split("\n")
    if full_width:
        lines = list(map(widen, lines))
    if script.traditional:
        marked = ["".join(texts) for texts in corner_passage([[line] for line in lines])]
        lines = list(map(Converter(script, characters_of(marked, script)).text, marked))
    return "\n".join(lines)


def characters_of(lines: list[str], script: Script) -> Characters:
    """The conversion of a text by itself: who is somebody's name in one line is it in all."""
    plain = Characters(script)
    names = {name for line in lines for name in plain.people(line)}
    return plain.with_terms(Term(name, plain.name(name), Authority.FOUND, person=True) for name in sorted(names))
