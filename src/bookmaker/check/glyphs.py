"""Every character of a volume is in a font of its edition, found before anything is printed.

A character no font has would come out as an empty box, or in whatever font the machine has.
"""

import unicodedata
from collections.abc import Iterator
from html import unescape

from bookmaker.check.stretches import Stretch, stretches_of
from bookmaker.content.body import plain_text
from bookmaker.fonts import TypeCase, coverage
from bookmaker.galley import Galley
from bookmaker.problems import Place, Problem
from bookmaker.store import Bundle, Store

#: Controls, format characters, plain spaces: they have no shape. Marks that combine do.
_SHAPELESS = frozenset({"Cc", "Cf", "Zl", "Zp"})


def check_glyphs(galley: Galley, case: TypeCase, store: Store | None = None) -> list[Problem]:
    """A problem for every character no font of its script's serif stack has.

    Every other stack ends with the same fonts, so what the serif stack covers, they all cover.
    """
    fonts = case.faces(galley.script, "serif", 400)
    kept = store.bundle("glyphs", galley.volume.slug, galley.script) if store else None
    # Marks and all, which is quicker: most often nothing is missing.
    written = set().union(*(_characters(section.xhtml, kept) for section in galley.sections))
    key = kept.key(*(font.sha256 for font in fonts), "".join(sorted(written))) if kept else ""
    if kept and kept.find(key) is True:
        kept.close()
        return []
    covered = frozenset().union(*(coverage(font.path) for font in fonts))
    if covered.issuperset(ord(character) for character in written if not _shapeless(character)):
        if kept:
            kept.keep(key, True)
            kept.close()
        return []
    missing = {
        character
        for character in set("".join(plain_text(section.xhtml) for section in galley.sections))
        if ord(character) not in covered and not _shapeless(character)
    }
    return list(_problems(galley, missing)) if missing else []


def _characters(xhtml: str, kept: Bundle | None) -> str:
    """Every character of a section once."""
    key = kept.key("section", xhtml) if kept else ""
    found = kept.find(key) if kept else None
    if isinstance(found, str):
        return found
    made = "".join(set(unescape(xhtml)))
    if kept:
        kept.keep(key, made)
    return made


def _shapeless(character: str) -> bool:
    return unicodedata.category(character) in _SHAPELESS or character in " \u00a0" or "\ufe00" <= character <= "\ufe0f"


def _problems(galley: Galley, missing: set[str]) -> Iterator[Problem]:
    told: set[str] = set()
    pieces = galley.volume.manuscript.pieces()
    for stretch in (stretch for piece in pieces for stretch in stretches_of(piece)):
        for character in sorted(missing & set(stretch.text)):
            told.add(character)
            yield _problem(_place(stretch, character), character)
    plan = galley.volume.manuscript.plan
    for character in sorted(missing - told):
        lines = plan.source.text.split("\n")
        line = next((number for number, text in enumerate(lines, 1) if character in text), None)
        yield _problem(plan.source.place(line), character)


def _place(stretch: Stretch, character: str) -> Place:
    """The line that holds the character itself, or the block's first line where it came by conversion."""
    lines = stretch.article.source.text.split("\n")
    for number in range(stretch.first, min(stretch.last, len(lines)) + 1):
        if character in lines[number - 1]:
            return stretch.article.source.place(number)
    return stretch.article.source.place(stretch.first)


def _problem(place: Place, character: str) -> Problem:
    name = unicodedata.name(character, "no Unicode name")
    return Problem(
        place,
        "missing-glyph",
        f"no font has the character “{character}” (U+{ord(character):04X}, {name.lower()})",
        "write it another way, or add a font that has it to fonts/ and to its stacks in fonts.toml",
    )
