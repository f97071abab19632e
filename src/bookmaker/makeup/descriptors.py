"""A face's descriptor (ISO 32000-1 §9.8): its measures, read from the font file's tables, and its subset."""

from struct import unpack_from

import uharfbuzz as hb

from bookmaker.makeup.faces import Face
from bookmaker.makeup.kept import Kept, pack
from bookmaker.makeup.objects import Objects
from bookmaker.makeup.values import figure, reference
from bookmaker.makeup.widened import add_twins
from bookmaker.pdf.engine import PrintError
from bookmaker.pdf.subset import SubsetError, subset_face

#: §9.8.2: what kind of face it is, for a program that has to put another in its place.
_FIXED, _SERIF, _SYMBOLIC, _ITALIC = 1, 2, 4, 64
#: PANOSE's serif styles of a Latin text face: from cove to rounded, before the sans serifs.
_PANOSE_TEXT, _PANOSE_SERIFS = 2, range(2, 11)
#: Where the values are in the tables `head`, `OS/2` and `post` (OpenType 1.9).
_BOX, _WEIGHT, _PANOSE, _CAP_HEIGHT, _ANGLE, _PITCH = 36, 4, 32, 88, 4, 12


def postscript_name(face: Face) -> str:
    """The name of a face in a PDF."""
    return str(face.face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME))


def write_descriptor(objects: Objects, face: Face, name: str, glyphs: list[int], kept: Kept) -> int:
    """The font descriptor, in thousandths of an em, and the subset of the font file."""
    os2, head, post = (face.face.reference_table(tag).data for tag in ("OS/2", "head", "post"))
    per_mille = 1000 / face.upem
    box = " ".join(figure(edge * per_mille) for edge in unpack_from(">4h", head, _BOX))
    (weight,), (cap_height,) = unpack_from(">H", os2, _WEIGHT), unpack_from(">h", os2, _CAP_HEIGHT)
    (angle,) = unpack_from(">i", post, _ANGLE)
    return objects.put(
        f"<</Type/FontDescriptor/FontName/{name}/Flags {_flags(os2, post)}/FontBBox[{box}]"
        f"/ItalicAngle {figure(angle / 65536)}"
        f"/Ascent {figure(face.ascent * 1000)}/Descent {figure(-face.descent * 1000)}"
        # No font file tells the width of its stems; dvipdfmx reckons it so from the weight.
        f"/CapHeight {figure(cap_height * per_mille)}/StemV {figure((weight / 65) ** 2 + 50)}"
        f"/FontFile2 {reference(_write_program(objects, face, glyphs, kept))}>>"
    )


def _flags(os2: bytes, post: bytes) -> int:
    family, serifs = unpack_from(">2B", os2, _PANOSE)
    (angle,), (fixed,) = unpack_from(">i", post, _ANGLE), unpack_from(">I", post, _PITCH)
    flags = _SYMBOLIC  # it has more than Adobe's standard Latin set
    if family == _PANOSE_TEXT and serifs in _PANOSE_SERIFS:
        flags |= _SERIF
    return flags | (_ITALIC if angle else 0) | (_FIXED if fixed else 0)


def _write_program(objects: Objects, face: Face, glyphs: list[int], kept: Kept) -> int:
    """The font file cut down to the glyphs, which keep their numbers; what is kept begins with its plain length."""

    def make() -> bytes:
        # The glyphs that twins are made of come along.
        try:
            data = subset_face(face.face, {glyph % face.count for glyph in glyphs})
        except SubsetError as error:
            raise PrintError(f"the font “{postscript_name(face)}” cannot be put into the PDF: {error}") from error
        data = add_twins(data, glyphs, face.count, face.upem)
        return len(data).to_bytes(4, "big") + pack(data)

    made = kept.made((b"subset", str(face.path).encode(), " ".join(map(str, glyphs)).encode()), make)
    return objects.packed(made[4:], f"/Length1 {int.from_bytes(made[:4], 'big')}")
