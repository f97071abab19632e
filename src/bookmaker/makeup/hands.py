"""Marks that are drawn by the characters: dots below emphasised ones, lines below names and titles (CLREQ §3.3).

Vector paths at the places of the glyphs, artifacts, so that the text that is copied or read aloud is the author's.
"""

import unicodedata
from collections.abc import Callable, Sequence

from bookmaker.composition.classes import CLOSING, HAN, OPENING, classify, fit_to_width
from bookmaker.makeup.typeline import Stroke

# In em, down from the baseline; a Han character's own square ends at 0.12.
_DOT_DEPTH, _DOT_RADIUS = 0.28, 0.075
_LINE_DEPTH, _WAVE_DEPTH = 0.24, 0.26
#: In em, up from the baseline: the middle of Han characters, near that of figures.
_THROUGH_HEIGHT = 0.34
#: What a line leaves free at each end, so that two names side by side have two lines.
_LINE_END = 0.125
_WAVE_HEIGHT, _HALF_WAVE = 0.055, 0.2
_THICKNESS = 0.4  # pt
#: A circle in four Bézier curves: the distance of the control points.
_ROUND = 0.5523


def draw_strokes(strokes: Sequence[Stroke], left: float, baseline: float) -> list[bytes]:
    """The operators of what is drawn beside one line that begins at `left` (pt)."""
    drawn = []
    for stroke in strokes:
        if any(character.strip() for character, _, _ in stroke.cells):
            stroking = stroke.colour.replace("rg", "RG") if "rg" in stroke.colour else stroke.colour.replace("g", "G")
            path = _HANDS[stroke.hand[0]](stroke, left, baseline)
            said = f"/Artifact BMC q {stroke.colour} {stroking} {_THICKNESS} w {' '.join(path)} Q EMC\n"
            drawn.append(said.encode())
    return drawn


def _dots(stroke: Stroke, left: float, baseline: float) -> list[str]:
    """A dot below the middle of every Han character, none below a mark, a figure or a Latin letter."""
    path: list[str] = []
    for character, x, width in stroke.cells:
        if not (classify(character) == HAN and unicodedata.category(character) in ("Lo", "Nl")):
            continue
        cx, cy, r = left + x + width / 2, baseline - _DOT_DEPTH * stroke.size, _DOT_RADIUS * stroke.size
        k = _ROUND * r
        path.append(_point(cx + r, cy) + "m")
        for curve in (
            (cx + r, cy - k, cx + k, cy - r, cx, cy - r), (cx - k, cy - r, cx - r, cy - k, cx - r, cy),
            (cx - r, cy + k, cx - k, cy + r, cx, cy + r), (cx + k, cy + r, cx + r, cy + k, cx + r, cy),
        ):  # fmt: skip
            path.append(_point(*curve) + "c")
    return [*path, "f"]


def _underline(stroke: Stroke, left: float, baseline: float) -> list[str]:
    start, end = _extent(stroke, left)
    y = baseline - _LINE_DEPTH * stroke.size
    return [_point(start, y) + "m", _point(end, y) + "l S"]


def _through(stroke: Stroke, left: float, baseline: float) -> list[str]:
    (_, start, _), (_, end, width) = stroke.cells[0], stroke.cells[-1]
    y = baseline + _THROUGH_HEIGHT * stroke.size
    return [_point(left + start, y) + "m", _point(left + end + width, y) + "l S"]


def _wave(stroke: Stroke, left: float, baseline: float) -> list[str]:
    start, end = _extent(stroke, left)
    y = baseline - _WAVE_DEPTH * stroke.size
    count = max(2, round((end - start) / (_HALF_WAVE * stroke.size)))
    half = (end - start) / count
    # The control points of half a sine wave.
    reach, height = 0.3642 * half, 4 / 3 * _WAVE_HEIGHT * stroke.size
    path = [_point(start, y) + "m"]
    for number in range(count):
        x = start + number * half
        path.append(_point(x + reach, y + height, x + half - reach, y + height, x + half, y) + "c")
        height = -height
    return [*path, "S"]


def _extent(stroke: Stroke, left: float) -> tuple[float, float]:
    """From where to where a line goes; the blank of a bracket is no part of the name."""
    (first, start, width), (last, end, last_width) = stroke.cells[0], stroke.cells[-1]
    before = width / 2 if _side(first, width / stroke.size) == OPENING else 0.0
    after = last_width / 2 if _side(last, last_width / stroke.size) == CLOSING else 0.0
    margin = _LINE_END * stroke.size
    return left + start + before + margin, left + end + last_width - after - margin


def _side(character: str, width: float) -> str:
    return fit_to_width(classify(character), [width])


def _point(*values: float) -> str:
    return "".join(f"{value:.3f} " for value in values)


_HANDS: dict[str, Callable[[Stroke, float, float], list[str]]] = {
    "dots": _dots,
    "name-line": _underline,
    "title-line": _wave,
    "line-through": _through,
}
