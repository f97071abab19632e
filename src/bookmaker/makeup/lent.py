"""The faces of the type case lent to WeasyPrint: what it draws names them `/F<number>`, and we learn which glyphs.

Written for WeasyPrint 70. Its own `Font` copies the font file for every size it is used in; it is the same file, so
that glyph numbers are those of the face.
"""

from typing import Any

import uharfbuzz as hb

from bookmaker.fonts import TypeCase
from bookmaker.makeup.faces import Face
from bookmaker.makeup.model import Glyphs

_LANGUAGE = "zh"


class Lent:
    """The faces of a type case while pages are drawn; `glyphs` are those used so far, `strangers` other fonts."""

    def __init__(self, case: TypeCase) -> None:
        self.glyphs: Glyphs = {}
        self.strangers: set[str] = set()
        self._case = case
        self._numbers: dict[tuple[int, bytes], int] = {}
        self._fonts: dict[int, _Font] = {}

    def font(self, pango_font: Any, description: Any, _: float) -> "_Font":
        """What WeasyPrint takes for its `Font`."""
        number = self._number(_identity_of(pango_font))
        if number is None:
            self.strangers.add(_family(description))
            number = 0
        if number not in self._fonts:
            face = Face(number, self._case.fonts[number].path, _LANGUAGE)
            self._fonts[number] = _Font(face, self.glyphs.setdefault(number, {}))
        return self._fonts[number]

    def _number(self, identity: tuple[int, bytes]) -> int | None:
        if not self._numbers:
            for number, font in enumerate(self._case.fonts):
                blob = hb.Blob.from_file_path(str(font.path))
                self._numbers.setdefault((len(blob), hb.Face(blob).reference_table("head").data), number)
        return self._numbers.get(identity)


class _Font:
    """One face as WeasyPrint draws with it."""

    bitmap = png = svg = colr = used_in_forms = False

    def __init__(self, face: Face, texts: dict[int, str]) -> None:
        self.hash = f"F{face.number}"
        self.family = face.path.stem
        self.to_unicode = texts
        self.widths = _Widths(face)

    def get_unused_glyph_id(self, _: int) -> int:
        """WeasyPrint has complained already of a character that no face has."""
        return 0


class _Widths(dict[int, float]):
    """What the file will say of each glyph's advance, in 1/1000 em; WeasyPrint would round it."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __contains__(self, glyph: object) -> bool:
        return True

    def __missing__(self, glyph: int) -> float:
        width = self[glyph] = self._face.width(glyph) * 1000
        return width

    def get(self, glyph: int, default: object = None) -> Any:
        """Never the default."""
        return self[glyph]


def _identity_of(pango_font: Any) -> tuple[int, bytes]:
    """The length of a font's file and its table `head`, which holds a checksum of the whole (OpenType 1.9)."""
    from weasyprint.text.ffi import ffi, harfbuzz
    from weasyprint.text.fonts import get_pango_font_hb_face

    face = get_pango_font_hb_face(pango_font)
    blob = harfbuzz.hb_face_reference_blob(face)
    length = int(harfbuzz.hb_blob_get_length(blob))
    harfbuzz.hb_blob_destroy(blob)
    table = harfbuzz.hb_face_reference_table(face, harfbuzz.hb_tag_from_string(b"head", -1))
    size = ffi.new("unsigned int *")
    data = harfbuzz.hb_blob_get_data(table, size)
    head = bytes(ffi.buffer(data, size[0])) if size[0] else b""
    harfbuzz.hb_blob_destroy(table)
    return length, head


def _family(description: Any) -> str:
    from weasyprint.text.ffi import ffi, pango

    family: str = ffi.string(pango.pango_font_description_get_family(description)).decode()
    return family
