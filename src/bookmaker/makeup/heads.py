"""Running heads and folios: what stands in a page's margins, which depends on where in the book it is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from bookmaker.composition.setting import set_paragraph
from bookmaker.composition.total_fit import Measure
from bookmaker.makeup.gridding import baseline_of
from bookmaker.makeup.inline import Span
from bookmaker.makeup.model import Glyphs
from bookmaker.makeup.pagestyles import MarginBox, PageStyle
from bookmaker.makeup.styles import Style, content_of
from bookmaker.makeup.typeline import TypeLine, type_line
from bookmaker.makeup.words import Compositor

#: Lines by their text and style, each with its width in pt and the glyphs it shows.
HeadLines: TypeAlias = dict[tuple[str, Style], tuple[TypeLine, float, Glyphs]]


class HeadSetter:
    """Sets what stands in the margins; `glyphs` learns what is used, `known` what a process that stays has set."""

    def __init__(self, compositor: Compositor, glyphs: Glyphs, known: HeadLines | None = None) -> None:
        self._compositor = compositor
        self._glyphs = glyphs
        self._known: HeadLines = {} if known is None else known

    def set(self, page: PageStyle, folio: str, strings: Mapping[str, str]) -> bytes:
        """The operators of one page's running head and folio."""
        found = []
        for box in page.boxes:
            text = "".join(self._said(kind, word, folio, strings) for kind, word in content_of(box.content, {}, ""))
            if text:
                found.append(self._line(box, text, page))
        return b"".join(found)

    def _said(self, kind: str, word: str, folio: str, strings: Mapping[str, str]) -> str:
        if kind == "number":
            return folio
        return strings.get(word, "") if kind == "string" else word

    def _line(self, box: MarginBox, text: str, page: PageStyle) -> bytes:
        style = box.style
        typed, measure = self._typed(text, style)
        top, right, bottom, left = page.margin
        width = page.width - left - right
        slack = {"center": (width - measure) / 2, "right": width - measure}.get(style.align, 0.0)
        face = self._compositor.stack(style).first
        down = baseline_of(style, face.ascent, face.descent)
        # The line stands at the edge of its box that the style names (`vertical-align`).
        inner = style.leading + style.padding[0] + style.padding[2]
        room = top if box.edge == "top" else bottom
        start = page.height if box.edge == "top" else bottom
        above = {"top": 0.0, "bottom": room - inner}.get(style.vertical, (room - inner) / 2)
        baseline = start - above - style.padding[0] - down
        return _operators(typed, left + slack, baseline)

    def _typed(self, text: str, style: Style) -> tuple[TypeLine, float]:
        """A line of a style and its width in pt; most running heads stand on many pages."""
        key = text, replace(style, content=None, strings=(), bookmark=None)
        known = self._known.get(key)
        if known is None:
            glyphs: Glyphs = {}
            words = self._compositor.set([Span(text, style)])
            line = set_paragraph(words.paragraph, Measure(10_000, 10_000), justified=False)[0]
            known = type_line(words, line, glyphs, justified=False), line.width, glyphs
            self._known[key] = known
        for face, own in known[2].items():
            learned = self._glyphs.setdefault(face, {})
            for glyph, character in own.items():
                learned.setdefault(glyph, character)
        return known[:2]


def _operators(typed: TypeLine, x: float, baseline: float) -> bytes:
    found = [b"BT\n"]
    for shown in typed.shown:
        found.append(f"{shown.colour}\n1 0 0 1 {x + shown.left:.3f} {baseline:.3f} Tm\n".encode())
        found += [part for part in shown.content if isinstance(part, bytes)]
    return b"".join([*found, b"ET\n"])
