"""Small fonts of kinds that the type case has none of: variable, layered, and with outlines in CFF.

In all of them A and B are boxes, and C is made of both.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.TupleVariation import TupleVariation

#: Left, bottom, right, top of each box; the em is 1000.
_BOXES = {
    ".notdef": (0, 0, 100, 900),
    "A": (50, 0, 450, 700),
    "B": (50, 100, 550, 600),
    "low": (50, 0, 450, 350),
    "high": (50, 350, 450, 700),
}
_ORDER = [*_BOXES, "C"]


def make_variable(path: Path) -> None:
    """“Made Variable”: A is 400 units wider at weight 900 than at 400."""
    font = _begin("Made Variable", _truetype_outlines)
    font.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    # The box's four points, anticlockwise from bottom left, and four that stand for the advance.
    wider = [(0, 0), (400, 0), (400, 0), (0, 0), (0, 0), (400, 0), (0, 0), (0, 0)]
    font.setupGvar({"A": [TupleVariation({"wght": (0, 1, 1)}, wider)]})
    font.save(path)


def make_layered(path: Path) -> None:
    """“Made Layers”: who knows COLR draws A as a blue box on a red one."""
    font = _begin("Made Layers", _truetype_outlines)
    font.setupCOLR({"A": [("low", 0), ("high", 1)]})
    font.setupCPAL([[(1, 0, 0, 1), (0, 0, 1, 1)]])
    font.save(path)


def make_cff(path: Path) -> None:
    """“Made CFF”: the outlines are PostScript's."""
    _begin("Made CFF", _cff_outlines).save(path)


def _begin(family: str, outlines: Callable[[FontBuilder], None]) -> FontBuilder:
    font = FontBuilder(1000, isTTF=outlines is _truetype_outlines)
    font.setupGlyphOrder(_ORDER)
    font.setupCharacterMap({ord(name): name for name in "ABC"})
    outlines(font)
    font.setupHorizontalMetrics(dict.fromkeys(_ORDER, (600, 0)))
    font.setupHorizontalHeader(ascent=900, descent=-100)
    font.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "")})
    font.setupOS2(sTypoAscender=900, usWinAscent=900, usWinDescent=100)
    font.setupPost()
    return font


def _truetype_outlines(font: FontBuilder) -> None:
    glyphs: dict[str, Any] = {}
    for name in _ORDER:
        pen = TTGlyphPen(glyphs)
        _draw(pen, name)
        glyphs[name] = pen.glyph()
    font.setupGlyf(glyphs)


def _cff_outlines(font: FontBuilder) -> None:
    strings: dict[str, Any] = {}
    for name in _ORDER:
        pen = T2CharStringPen(600, None)
        for part in ("A", "B") if name == "C" else (name,):
            _draw(pen, part)
        strings[name] = pen.getCharString()
    font.setupCFF("MadeCFF", {}, strings, {})


def _draw(pen: Any, name: str) -> None:
    if name == "C":
        pen.addComponent("A", (1, 0, 0, 1, 0, 0))
        pen.addComponent("B", (0.5, 0, 0, 0.5, 300, 100))
        return
    left, bottom, right, top = _BOXES[name]
    pen.moveTo((left, bottom))
    for point in ((right, bottom), (right, top), (left, top)):
        pen.lineTo(point)
    pen.closePath()
