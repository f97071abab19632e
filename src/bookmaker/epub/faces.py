"""Faces of the EPUB: every font of the case cut down to the characters it sets.

The layout's `epub/voices.j2` says which role and weight sets which elements. The style sheet is made from
that table, and so are the subsets: a character goes to the first family of its stack that has it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

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
    spoken = [set().union(*each) for each in zip(*(page.spoken for page in pages), strict=True)]
    spoken[0].update(DRAWN_BY_READERS)
    texts = ["".join(sorted(characters)) for characters in spoken]
    stacks = [[case.fonts.index(font) for font in case.faces(script, v.role, v.weight)] for v in voices]
    key = kept.key("case", repr([font.sha256 for font in case.fonts]), repr(stacks), *texts) if kept else ""
    found = kept.find(key) if kept else None
    wanted: dict[int, str] = found if isinstance(found, dict) else _shared_out(texts, stacks, case)
    if kept and wanted is not found:
        kept.keep(key, wanted)
    used = [(font, wanted[number]) for number, font in enumerate(case.fonts) if wanted.get(number)]
    return tuple(Face(font, f"fonts/{font.path.name}", _kept_subset(font, own, kept)) for font, own in used)


def _shared_out(texts: Iterable[str], stacks: Iterable[list[int]], case: TypeCase) -> dict[int, str]:
    """The characters that each font sets, by its place in the case: the first of a stack that has one sets it."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for text, stack in zip(texts, stacks, strict=True):
        rest = set(map(ord, text))
        for number in stack:
            covered = coverage(case.fonts[number].path)
            wanted[number] |= rest & covered
            rest -= covered
    return {number: "".join(map(chr, sorted(own))) for number, own in wanted.items()}


def _kept_subset(font: Font, characters: str, kept: Bundle | None) -> bytes:
    key = kept.key("face", font.sha256, characters) if kept else ""
    found = kept.find(key) if kept else None
    if isinstance(found, bytes):
        return found
    made = _subset(font, characters)
    if kept:
        kept.keep(key, made)
    return made


def _subset(font: Font, characters: str) -> bytes:
    import uharfbuzz  # late: 15 ms that a book with no new character has no use for

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    # The OFL wants its notice to go with every copy.
    wanted.name_id_set.update((13, 14))
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _FEATURES)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(font.path))
    data: bytes = uharfbuzz.subset(face, wanted).blob.data
    return data
