"""Faces of the EPUB: every font of the case cut down to the characters it sets.

The layout's `epub/voices.j2` says which role and weight sets which elements. The style sheet is made from
that table, and so are the subsets: a character goes to the first family of its stack that has it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cssselect2
import uharfbuzz
from jinja2 import Environment

from bookmaker.epub.pages import Page
from bookmaker.fonts import Font, TypeCase, coverage
from bookmaker.script.scripts import Script

#: What a reader draws itself: list numbers and bullets, a hyphen, an ellipsis.
_DRAWN_BY_READERS = "0123456789.•◦▪-‐… "
#: Features that HarfBuzz drops unless told: contextual and alternate spacing (CLREQ §3.1.6), and digits.
_FEATURES = (
    "chws", "halt", "kern", "lnum", "locl", "onum", "palt", "pnum", "tnum", "vchw", "vert", "vhal", "vpal"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """What sets some elements: a role of the type case and a weight."""

    role: str
    weight: int
    selectors: str


@dataclass(frozen=True, slots=True)
class Face:
    """A font of the book: where it comes from, its file in the package, and its bytes."""

    font: Font
    file: str
    data: bytes


def read_voices(environment: Environment) -> tuple[Voice, ...]:
    """The layout's table of voices."""
    table: Iterable[tuple[str, int, str]] = environment.get_template("epub/voices.j2").module.voices  # type: ignore[attr-defined]
    return tuple(Voice(*row) for row in table)


def cut_faces(pages: Iterable[Page], voices: tuple[Voice, ...], case: TypeCase, script: Script) -> tuple[Face, ...]:
    """The faces the pages need, in the case's order; a face that sets nothing is left out."""
    wanted: dict[Font, set[int]] = defaultdict(set)
    for voice, characters in _spoken(pages, voices).items():
        rest = {ord(character) for character in characters}
        for font in case.faces(script, voice.role, voice.weight):
            wanted[font] |= rest & coverage(font.path)
            rest -= coverage(font.path)
    used = (font for font in case.fonts if wanted[font])
    return tuple(Face(font, f"fonts/{font.path.name}", _subset(font, wanted[font])) for font in used)


def _spoken(pages: Iterable[Page], voices: tuple[Voice, ...]) -> dict[Voice, set[str]]:
    """Every voice's characters, found as a browser finds the style of an element: by rule, else inherited."""
    matcher = cssselect2.Matcher()
    for voice in voices:
        for selector in cssselect2.compile_selector_list(voice.selectors):
            matcher.add_selector(selector, voice)
    spoken: dict[Voice, set[str]] = {voice: set() for voice in voices}
    spoken[voices[0]].update(_DRAWN_BY_READERS)
    for page in pages:
        root = cssselect2.ElementWrapper.from_xml_root(page.root)
        for voice, text in _heard(root, matcher, voices[0]):
            spoken[voice].update(text)
    return spoken


def _heard(
    element: cssselect2.ElementWrapper, matcher: cssselect2.Matcher, inherited: Voice
) -> Iterator[tuple[Voice, str]]:
    if element.local_name == "head" or element.etree_element.get("hidden"):
        return
    matches = matcher.match(element)
    voice: Voice = matches[-1][3] if matches else inherited  # sorted by specificity, then by row
    yield voice, element.etree_element.text or ""
    for child in element.iter_children():
        yield from _heard(child, matcher, voice)
        yield voice, child.etree_element.tail or ""


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
