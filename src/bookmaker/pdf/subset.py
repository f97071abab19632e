"""Subsets of fonts for a PDF: the glyphs a book uses, cut out by the HarfBuzz that comes with uharfbuzz.

A font and the numbers of some glyphs go in, a font file of their outlines and widths comes out, for a FontFile2 or,
with CFF outlines, a FontFile3. Nothing here knows WeasyPrint.
"""

from collections.abc import Iterable

import uharfbuzz

#: What a PDF reads of a font whose glyphs it names by number, see ISO 32000-1 §9.9: text, layout, names and
#: metrics for vertical lines stand in the PDF or nowhere.
_OUTLINES = frozenset(("head", "hhea", "hmtx", "maxp", "glyf", "loca", "cvt ", "fpgm", "prep"))
_CFF_OUTLINES = frozenset(("CFF ", "CFF2", "cmap"))
#: What fontTools needs to make a static font of a variable one.
_VARIATIONS = frozenset(("fvar", "gvar", "avar", "cvar", "HVAR", "MVAR", "STAT", "OS/2", "name", "post"))

_FLAGS = (
    uharfbuzz.SubsetFlags.RETAIN_GIDS
    | uharfbuzz.SubsetFlags.NO_HINTING
    | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
)


class SubsetError(Exception):
    """HarfBuzz could not cut a subset out of a font."""


def subset_face(face: uharfbuzz.Face, glyphs: Iterable[int]) -> bytes:
    """The font file with the outlines and advances of some glyphs, of what those are composed of, and of .notdef.

    Every glyph keeps its number, those left out are empty, and numbers that the font lacks are passed over. Hints,
    layout, names and the character map are left out; a variable font stays one. The same bytes for the same glyphs,
    in whatever order. `SubsetError` if the font is broken.
    """
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(_number(tag) for tag in _dropped(face))
    wanted.flags = _FLAGS
    try:
        data: bytes = uharfbuzz.subset(face, wanted).blob.data
    except RuntimeError as error:
        raise SubsetError(f"HarfBuzz {uharfbuzz.version_string()} cannot cut a subset out of it") from error
    return data


def _dropped(face: uharfbuzz.Face) -> set[str]:
    tags = set(face.table_tags)
    kept = _OUTLINES | (_VARIATIONS if "fvar" in tags else set()) | (_CFF_OUTLINES if "glyf" not in tags else set())
    return tags - kept


def _number(tag: str) -> int:
    """A table's tag as HarfBuzz counts it."""
    return int.from_bytes(tag.encode("ascii"), "big")
