"""A planned piece of a line, and how its glyphs are written into the page.

Written for WeasyPrint 70: `SetText` stands where it keeps a text box's Pango layout, and is written to its stream.
"""

from collections import Counter
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
#: A gap that fewer characters than these have is written behind each.
_FEW = 4


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
    """Show glyphs of one font; what is due before the next one, in 1/1000 em.

    The gap that most characters have behind them, as in a justified line, is said once, by `Tc` (ISO 32000-1 §9.3.2):
    a number behind every character makes the pages of a book 5% larger.
    """
    font, font_size = stream.add_font(pango_font)
    stream.set_font_size(font.hash, font_size)
    extras = _extras(stream, pango_font, glyphs)
    common = _common_gap(extras)
    if common:
        stream.stream.append(f"{common * font_size / 1000:.5f} Tc".encode())
    parts: list[str] = []
    shown = ""
    for (glyph, _, _), extra in zip(glyphs, extras, strict=True):
        move = round(due)
        if move:
            parts.append(f"<{shown}>{-move}" if shown else str(-move))
            shown = ""
            due -= move
        shown += f"{glyph:04x}"
        due += extra - common
    stream.show_text(f"{''.join(parts)}<{shown}>")
    if common:
        stream.stream.append(b"0 Tc")
    return due


def _extras(stream: Any, pango_font: Any, glyphs: list[tuple[int, float, str]]) -> list[float]:
    """How much further each pen moves than the glyph is wide, in 1/1000 em; the font learns its new glyphs."""
    font, font_size = stream.add_font(pango_font)
    scale, widths, to_unicode = 1000 / font_size, font.widths, font.to_unicode
    extras = []
    for glyph, pen, text in glyphs:
        if glyph not in to_unicode:
            to_unicode[glyph] = text
        width = widths.get(glyph)
        if width is None:
            width = widths[glyph] = _logical_width(stream, pango_font, glyph, font_size)
        extras.append(pen * scale - width)
    return extras


def _common_gap(extras: list[float]) -> float:
    """The gap (1/1000 em) that most characters have behind them, where it is shorter to say it once; else 0."""
    if len(extras) < _FEW:
        return 0.0
    common, times = Counter(round(extra, 2) for extra in extras).most_common(1)[0]
    return common if times >= _FEW and abs(common) >= 0.5 else 0.0


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
