"""A planned piece of a line, and how its glyphs are written into the page.

Written for WeasyPrint 70: `SetText` stands where it keeps a text box's Pango layout, and is written to its stream.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf

from bookmaker.composition.setting import SetLine
from bookmaker.composition.shaping import Shaped

#: What Pango knows of a face's lines, asked for only by decorated text.
_DECORATION = frozenset(
    {"ascent", "underline_position", "underline_thickness", "strikethrough_position", "strikethrough_thickness"}
)
#: What a hyphen at a line's end says to who reads the page back: the word goes on (ISO 32000-1 §14.8.2.2.3).
_SOFT_HYPHEN = "\xad"


@dataclass(slots=True)
class SetText:
    """The planned glyphs of one piece of a line: clusters `first` to `last` (excluded) of a shaped text.

    The first origin stands `shift` to the right of the piece's start; `pens` are the advances. `line` is the whole
    line the piece belongs to, `filled` whether that was to reach the measure, `hyphen` what ends a parted word.
    """

    shaped: Shaped
    first: int
    last: int
    pens: list[float]
    shift: float
    line: SetLine
    filled: bool = False
    hyphen: Shaped | None = None
    # What WeasyPrint asks of any layout.
    max_width: None = field(default=None, init=False)
    first_line_direction: int = field(default=0, init=False)

    @property
    def text(self) -> str:
        """The characters, as they are read back."""
        return self.shaped.text[self.shaped.chars_at[self.first] : self.shaped.chars_at[self.last]]

    @property
    def width(self) -> float:
        """How much of the line the piece takes."""
        return self.shift + sum(self.pens) + (sum(self.hyphen.advances) if self.hyphen is not None else 0.0)

    def reactivate(self, style: Any) -> None:
        """Nothing is to be shaped again."""

    def deactivate(self) -> None:
        """Nothing is held that must go."""

    def __getattr__(self, name: str) -> Any:
        if name in _DECORATION:
            return getattr(self.shaped.hold, name)
        raise AttributeError(name)


def write_piece(stream: Any, piece: SetText, size: float, matrix: Any) -> None:
    """One text-showing operator for every stretch of one font; places to 1/1000 em, the error carried on."""
    stream.set_text_matrix(*matrix.values)
    due = piece.shift * 1000 / size
    for pango_font, glyphs in _stretches_of_font(piece):
        due = _show(stream, pango_font, glyphs, due)
    if piece.hyphen is not None:
        _write_hyphen(stream, piece.hyphen, due)


def _show(stream: Any, pango_font: Any, glyphs: list[tuple[int, float, str]], due: float) -> float:
    """Show glyphs of one font; what is due before the next one, in 1/1000 em."""
    font, font_size = stream.add_font(pango_font)
    stream.set_font_size(font.hash, font_size)
    parts: list[str] = []
    shown: list[str] = []
    for glyph, pen, text in glyphs:
        move = round(due)
        if move:
            if shown:
                parts.append(f"<{''.join(shown)}>")
                shown = []
            parts.append(str(-move))
            due -= move
        if glyph not in font.to_unicode:
            font.to_unicode[glyph] = text
        shown.append(f"{glyph:04x}")
        width = font.widths.get(glyph)
        if width is None:
            width = font.widths[glyph] = _logical_width(stream, pango_font, glyph, font_size)
        due += pen * 1000 / font_size - width
    if shown:
        parts.append(f"<{''.join(shown)}>")
    stream.show_text("".join(parts))
    return due


def _write_hyphen(stream: Any, hyphen: Shaped, due: float) -> None:
    """The face's own hyphen, which is no letter of the text.

    It mostly is the glyph of the hyphen-minus too, which is what it means wherever else it stands in the book.
    """
    letters = hyphen.text.replace("\N{HYPHEN}", "-")
    stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(_SOFT_HYPHEN)}))
    _show(stream, hyphen.fonts[0][1], list(zip(hyphen.glyphs, hyphen.advances, letters, strict=True)), due)
    stream.end_marked_content()


def _stretches_of_font(piece: SetText) -> Iterator[tuple[Any, list[tuple[int, float, str]]]]:
    """(glyph, pen advance, text) of the piece, by font. In a cluster of several glyphs the last one gives."""
    from weasyprint.text.ffi import FROM_UNITS

    shaped = piece.shaped
    low, high = shaped.glyphs_at[piece.first], shaped.glyphs_at[piece.last]
    all_glyphs: list[tuple[int, float, str]] = []
    for k, pen in zip(range(piece.first, piece.last), piece.pens, strict=True):
        first, last = shaped.glyphs_at[k], shaped.glyphs_at[k + 1]
        text = shaped.text[shaped.chars_at[k] : shaped.chars_at[k + 1]]
        if last - first == 1:
            all_glyphs.append((shaped.glyphs[first], pen, text))
            continue
        for g in range(first, last - 1):
            width = shaped.widths[g] * FROM_UNITS
            all_glyphs.append((shaped.glyphs[g], width, text))
            pen -= width
        all_glyphs.append((shaped.glyphs[last - 1], pen, text))
    starts = [at for at, _ in shaped.fonts] + [len(shaped.glyphs)]
    for index, (_, font) in enumerate(shaped.fonts):
        a, b = max(low, starts[index]), min(high, starts[index + 1])
        if a < b:
            yield font, all_glyphs[a - low : b - low]


def _logical_width(stream: Any, pango_font: Any, glyph: int, font_size: float) -> int:
    from weasyprint.text.ffi import FROM_UNITS, pango

    pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
    scale: float = 1000 * FROM_UNITS / font_size
    return round(float(stream.logical_rect.width) * scale)
