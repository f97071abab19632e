"""The faces of a book in its file: one subset each, whose codes are glyph numbers (ISO 32000-1 §9.7)."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import groupby

from bookmaker.makeup.descriptors import postscript_name, write_descriptor
from bookmaker.makeup.faces import Face
from bookmaker.makeup.kept import Kept
from bookmaker.makeup.model import Glyphs
from bookmaker.makeup.objects import Objects
from bookmaker.makeup.values import figure, reference

#: The advance of a Han character, in thousandths of an em: what most glyphs of the book have.
_HAN = 1000
#: Adobe Technical Note 5411: how many rows one block of a ToUnicode map may have.
_ROWS = 100
#: U+2060 WORD JOINER: a character that nobody sees and that parts no word.
_NOTHING = "\u2060"
_MAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{rows}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def join_glyphs(used: Iterable[Glyphs]) -> Glyphs:
    """All glyphs that are used, face by face; of two texts for one glyph the first, unless it is empty."""
    joined: Glyphs = {}
    for glyphs in reversed(list(used)):
        for face, texts in glyphs.items():
            own = joined.setdefault(face, {})
            own.update(texts if "" not in texts.values() else {g: t for g, t in texts.items() if t or g not in own})
    return joined


def write_fonts(objects: Objects, faces: Sequence[Face], used: Glyphs, kept: Kept) -> str:
    """The font dictionary of the whole book: every face that is used, once."""
    rows = [
        f"/F{number} {reference(_write_face(objects, faces[number], used[number], kept))}" for number in sorted(used)
    ]
    return f"<<{''.join(rows)}>>"


def _write_face(objects: Objects, face: Face, texts: dict[int, str], kept: Kept) -> int:
    glyphs = sorted(texts)
    name = f"{_tag(glyphs)}+{postscript_name(face)}"
    font = objects.put(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDToGIDMap/Identity/DW {_HAN}/W[{_widths(face, glyphs)}]"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {reference(write_descriptor(objects, face, name, glyphs, kept))}>>"
    )
    read_as = objects.packed(kept.packed(_unicode_map(face, texts).encode()))
    return objects.put(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
        f"/DescendantFonts[{reference(font)}]/ToUnicode {reference(read_as)}>>"
    )


def _tag(glyphs: list[int]) -> str:
    """Six capitals that tell one subset of a face from another (§9.6.4)."""
    digest = blake2b(" ".join(map(str, glyphs)).encode(), digest_size=6).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest)


def _widths(face: Face, glyphs: list[int]) -> str:
    """The advances that are not a Han character's, neighbours together (§9.7.4.3)."""
    widths = [(glyph, face.width(glyph) * 1000) for glyph in glyphs]
    narrow = [(glyph, figure(width)) for glyph, width in widths if width != _HAN]
    rows = []
    for _, row in groupby(enumerate(narrow), lambda pair: pair[1][0] - pair[0]):
        together = [pair for _, pair in row]
        rows.append(f"{together[0][0]}[{' '.join(width for _, width in together)}]")
    return "".join(rows)


def _unicode_map(face: Face, texts: dict[int, str]) -> str:
    """What is read from each glyph (§9.10.3)."""
    rows = [
        f"<{glyph:04x}> <{(text or _alone(face, glyph)).encode('utf-16-be').hex()}>"
        for glyph, text in sorted(texts.items())
    ]
    blocks = [rows[at : at + _ROWS] for at in range(0, len(rows), _ROWS)]
    return _MAP.format(
        rows="\n".join("\n".join((f"{len(block)} beginbfchar", *block, "endbfchar")) for block in blocks)
    )


def _alone(face: Face, glyph: int) -> str:
    """What a glyph is by itself whose text is with its neighbours (a letter and its mark): ISO 14289-1 §7.21.7."""
    return next((chr(code) for code in sorted(face.covers) if face.glyph(chr(code)) == glyph), _NOTHING)
