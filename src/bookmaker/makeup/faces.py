"""The faces of the type case as HarfBuzz sees them: which glyph sets a character, and how wide it is.

Han characters are looked up one by one and remembered; whatever a default feature of the face may touch (Latin with
its kerning, combining marks) is shaped by HarfBuzz, stretch by stretch, and remembered by its text.
"""

import re
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz as hb

#: The features that running text asks for: lining figures (`font-variant-numeric` in the style sheet).
FEATURES = ("lnum",)


class Shaped(NamedTuple):
    """Glyphs of a text: their numbers in hexadecimal, four digits each, and their advances in em.

    `own` are the advances the glyphs have in the font file (what a PDF's `W` array says), before kerning.
    `starts` says for each glyph at which character of the text its cluster begins.
    """

    glyphs: str
    advances: tuple[float, ...]
    own: tuple[float, ...]
    starts: tuple[int, ...]


class Face:
    """One font file. `number` names it in the PDF (`/F<number>`); `ascent` and `descent` are in em."""

    def __init__(self, number: int, path: Path, language: str) -> None:
        self.number = number
        self.path = path
        self._language = language
        self.blob = hb.Blob.from_file_path(str(path))
        self.face = hb.Face(self.blob)
        self.font = hb.Font(self.face)
        self.upem: int = self.face.upem
        extents = self.font.get_font_extents("ltr")
        self.ascent = extents.ascender / self.upem
        self.descent = -extents.descender / self.upem
        self._known: dict[tuple[str, tuple[str, ...]], Shaped] = {}
        self._widths: dict[int, float] = {}

    @cached_property
    def covers(self) -> frozenset[int]:
        """The code points it has glyphs for."""
        return frozenset(self.face.unicodes)

    def glyph(self, character: str) -> int:
        """The number of the glyph of one character; 0 if there is none."""
        found: int | None = self.font.get_nominal_glyph(ord(character))
        return found or 0

    def width(self, glyph: int) -> float:
        """The advance of a glyph in em, as the font file has it."""
        found = self._widths.get(glyph)
        if found is None:
            found = self._widths[glyph] = self.font.get_glyph_h_advance(glyph) / self.upem
        return found

    def shape(self, text: str, features: tuple[str, ...] = FEATURES) -> Shaped:
        """The glyphs of a stretch of text, shaped as a whole."""
        known = self._known.get((text, features))
        if known is None:
            known = self._known[text, features] = self._shaped(text, features)
        return known

    def _shaped(self, text: str, features: tuple[str, ...]) -> Shaped:
        buffer: Any = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction, buffer.language = "ltr", self._language
        hb.shape(self.font, buffer, dict.fromkeys(features, True))
        glyphs = [info.codepoint for info in buffer.glyph_infos]
        return Shaped(
            "".join(f"{glyph:04x}" for glyph in glyphs),
            tuple(position.x_advance / self.upem for position in buffer.glyph_positions),
            tuple(map(self.width, glyphs)),
            tuple(info.cluster for info in buffer.glyph_infos),
        )

    def stretches(self) -> re.Pattern[str] | None:
        """What finds the stretches of text this face sets, where it covers few enough characters to list them."""
        if len(self.covers) >= 2000:
            return None
        return re.compile("[" + "".join(re.escape(chr(code)) for code in sorted(self.covers)) + "]+")
