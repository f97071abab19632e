"""A text file in another script: what `bookmaker convert FILE` prints. A line is a paragraph.

Of Markdown, what a machine reads stays as it is: code, addresses, where links and pictures point, attributes in
braces, the file names of the header.
"""

import re
from collections.abc import Iterable, Iterator

from bookmaker.script.characters import Characters
from bookmaker.script.converter import Converter
from bookmaker.script.fragments import Paragraph
from bookmaker.script.punctuation import widen
from bookmaker.script.quotation import corner_passage
from bookmaker.script.scripts import Script
from bookmaker.script.terms import Authority, Term

_ADDRESS = r"(?:https?://|mailto:|www\.)[!-~]+"
#: In plain text nothing but addresses; in Markdown marked words (`[范]{.keep}`) with what they say, code, targets too.
_KEPT_IN_TEXT = re.compile(f"({_ADDRESS})")
_KEPT_IN_MARKDOWN = re.compile(
    r"(\[[^\[\]\n]*\]\{[^{}\n]*(?:\.keep|tw=|hk=)[^{}\n]*\}"
    r"|(?P<ticks>`+)(?:(?!(?P=ticks)).)+(?P=ticks)"
    r"|\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
    r"|<[!-~][^<>\n]*>"
    r"|\{[^{}\n]*\}"
    rf"|^\s*(?:-\s+)?file:.*|{_ADDRESS}"
    r"|\*+|~~)"  # words go on across emphasis
)
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")


def convert_text(text: str, script: Script, *, full_width: bool = False, markdown: bool = False) -> str:
    """The text in `script`, in as many lines as before; with `full_width` half-width marks of Chinese first."""
    lines = list(_lines(text, markdown=markdown))
    read = [[part for part, kept in line if not kept] for line in lines]
    if full_width:
        read = [list(map(widen, parts)) for parts in read]
    if script.traditional:
        read = corner_passage(read)
        converter = Converter(script, characters_of(map("".join, read), script))
        read = list(map(converter.paragraph, read))
    return "\n".join(map(_joined, lines, read))


def characters_of(lines: Iterable[str], script: Script) -> Characters:
    """The conversion of a text by itself: who is somebody's name in one line is it in all."""
    plain = Characters(script)
    names = {name for line in lines for name in plain.people(line)}
    return plain.with_terms(Term(name, plain.name(name), Authority.FOUND, person=True) for name in sorted(names))


def _lines(text: str, *, markdown: bool) -> Iterator[list[tuple[str, bool]]]:
    """Every line in parts, each with whether it is kept."""
    pattern = _KEPT_IN_MARKDOWN if markdown else _KEPT_IN_TEXT
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line) if markdown else None
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
            yield [(line, True)]
        elif fence:
            yield [(line, True)]
        else:
            yield _parts(line, pattern)


def _parts(line: str, pattern: re.Pattern[str]) -> list[tuple[str, bool]]:
    parts, at = [], 0
    for match in pattern.finditer(line):
        parts += [(line[at : match.start()], False), (match[0], True)]
        at = match.end()
    return [*parts, (line[at:], False)]


def _joined(line: list[tuple[str, bool]], read: Paragraph) -> str:
    texts = iter(read)
    return "".join(part if kept else next(texts) for part, kept in line)
