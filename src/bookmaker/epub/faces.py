"""Faces of the EPUB: every font of the case cut down to the characters it sets.

The layout's `epub/voices.j2` says which role and weight sets which elements. The style sheet is made from
that table, and so are the subsets: a character goes to the first family of its stack that has it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import uharfbuzz

from bookmaker.epub.pages import Page
from bookmaker.epub.voices import DRAWN_BY_READERS, Voice
from bookmaker.fonts import Font, TypeCase, coverage
from bookmaker.script.scripts import Script
from bookmaker.store import Bundle

#: Features that HarfBuzz drops unless told: contextual and alternate spacing (CLREQ §3.1.6), and digits.
_FEATURES = (
    "chws", "halt", "kern", "lnum", "locl", "onum", "palt", "pnum", "tnum", "vchw", "vert", "vhal", "vpal"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """A font of the book: where it comes from, its file in the package, and its bytes."""

    font: Font
    file: str
    data: bytes


def cut_faces(
    pages: Iterable[Page], voices: tuple[Voice, ...], case: TypeCase, script: Script, kept: Bundle | None = None
) -> tuple[Face, ...]:
    """The faces the pages need, in the case's order; a face that sets nothing is left out."""
    wanted: dict[Font, set[int]] = defaultdict(set)
    spoken = [set().union(*each) for each in zip(*(page.spoken for page in pages), strict=True)]
    spoken[0].update(DRAWN_BY_READERS)
    for voice, characters in zip(voices, spoken, strict=True):
        rest = {ord(character) for character in characters}
        for font in case.faces(script, voice.role, voice.weight):
            wanted[font] |= rest & coverage(font.path)
            rest -= coverage(font.path)
    used = (font for font in case.fonts if wanted[font])
    return tuple(Face(font, f"fonts/{font.path.name}", _kept_subset(font, wanted[font], kept)) for font in used)


def _kept_subset(font: Font, characters: set[int], kept: Bundle | None) -> bytes:
    key = kept.key("face", font.sha256, repr(sorted(characters))) if kept else ""
    found = kept.find(key) if kept else None
    if isinstance(found, bytes):
        return found
    made = _subset(font, characters)
    if kept:
        kept.keep(key, made)
    return made


def _subset(font: Font, characters: set[int]) -> bytes:
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(characters)
    # The OFL wants its notice to go with every copy.
    wanted.name_id_set.update((13, 14))
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _FEATURES)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(font.path))
    data: bytes = uharfbuzz.subset(face, wanted).blob.data
    return data
