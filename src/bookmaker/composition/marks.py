"""Marks that stand by the characters: emphasis dots and lines below names and titles, readings above (ruby).

After CLREQ §3.3. Dots and lines are vector paths at the places of the glyphs, drawn as artifacts, so that the
text that is copied or read aloud is the author's. A reading is text: it follows its character, set back over it
and as wide as nothing, while a character below a wide reading is given its room.

Part of the joint to WeasyPrint 70, see `joint.py`; its private names are used here as well.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

from bookmaker.composition.classes import CLOSING, HAN, OPENING, classify, fit_to_width
from bookmaker.composition.paragraph import Run
from bookmaker.composition.shaping import Shaped, shape, unspaced

# In em, downward from the baseline; a Han character's own square ends at 0.12.
_DOT_DEPTH, _DOT_RADIUS = 0.28, 0.075
_LINE_DEPTH, _WAVE_DEPTH = 0.24, 0.26
#: What a line leaves free at each end, so that two names side by side have two lines.
_LINE_END = 0.125
_WAVE_HEIGHT, _HALF_WAVE = 0.055, 0.2
#: 0.4 pt in px.
_THICKNESS = 0.4 * 96 / 72
#: Between two readings, in em of the characters.
_BETWEEN_READINGS = 0.1

#: A circle in four Bézier curves: the distance of the control points.
_ROUND = 0.5523


class _Place(NamedTuple):
    """A character on the page: where its cell begins, how wide that is, its baseline and size."""

    character: str
    x: float
    width: float
    y: float
    size: float


def install(draw: Any, tags: Any) -> None:
    """Draw marks after their words and readings after their line, and tag ruby as what it is."""
    tag_of = tags._get_pdf_tag

    def pdf_tag(tag: str | None) -> str:
        found: str = _RUBY_TAGS.get(tag or "") or tag_of(tag)
        return found

    draw.draw_inline_level, tags._get_pdf_tag = _Hand(draw.draw_inline_level).draw_inline_level, pdf_tag


class _Hand:
    """Draws inline boxes with WeasyPrint's own function, and adds what it does not know."""

    def __init__(self, inline: Any) -> None:
        self._inline = inline
        #: The readings met in each line that is being drawn; lines stand within lines.
        self._readings: list[list[tuple[Any, ...]]] = []

    def draw_inline_level(self, stream: Any, page: Any, box: Any, *rest: Any) -> None:
        """A line, or what stands in one.

        Most programs read a page back in the order it was drawn: so they find the line's words whole, and what
        stands above them behind. The tag tree has each reading beside its character.
        """
        tag = getattr(box, "element_tag", None)
        if tag == _READING and self._readings:
            self._readings[-1].append((stream, page, box, *rest))
        elif _is_line(box):
            self._readings.append([])
            self._inline(stream, page, box, *rest)
            for call in self._readings.pop():
                self._inline(*call)
        else:
            self._inline(stream, page, box, *rest)
            hand = _hand_of(box)
            if hand is not None and box.style["visibility"] == "visible":
                _draw(stream, box, hand)


def _is_line(box: Any) -> bool:
    from weasyprint.formatting_structure import boxes

    return isinstance(box, boxes.LineBox)


#: PDF 32000-1 §14.8.4.4.2; what stands under a reading becomes RB when the tag tree is mended.
_RUBY_TAGS = {"ruby": "Ruby", "rt": "RT"}
#: The HTML element of a reading.
_READING = "rt"


# ---- readings ----


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands over a character: its text box, shaped, and how much wider the character's cell becomes."""

    box: Any
    shaped: Shaped
    widened: float

    def set_over(self, base: Any) -> tuple[float, list[float]]:
        """Centre the character in its wider cell; the shift and pens that set the reading back over it."""
        half = self.widened / 2
        base.shift += half
        base.pens[0] -= half
        pens = list(self.shaped.advances)
        behind = base.shift + sum(base.pens)
        middle = base.shift + base.shaped.advances[base.first] / 2
        shift = middle - sum(pens) / 2 - behind
        pens[-1] -= shift + sum(pens)
        return shift, pens


def is_reading(box: Any) -> bool:
    """True for the inline box of a reading, which is planned with its character."""
    return bool(box.element_tag == _READING)


def read_ruby(box: Any, context: Any, run: Run) -> tuple[Run, Reading] | None:
    """The run of one character with the room its reading needs, and the reading; `None` if this is no ruby."""
    if box.element_tag != "ruby" or len(run.text) != 1 or len(box.children) != 2:
        return None
    above = box.children[1]
    if not is_reading(above) or len(above.children) != 1:
        return None
    text = above.children[0]
    # A reading stands over one character: what spaces the words of its line is not for it.
    shaped = shape(text.text, unspaced(text.style), context)
    if shaped is None:
        return None
    widened = max(0.0, sum(shaped.advances) + _BETWEEN_READINGS * run.size - run.widths[0])
    wider = replace(run, advances=[run.widths[0] + widened], unkerned=None)
    return wider, Reading(text, shaped, widened)


# ---- dots and lines ----


def _hand_of(box: Any) -> "Callable[[Any, list[_Place]], None] | None":
    element = getattr(box, "element", None)
    if element is None or box.element_tag not in ("em", "span"):
        return None
    return _HANDS.get(element.get("class") or "")


def _draw(stream: Any, box: Any, hand: "Callable[[Any, list[_Place]], None]") -> None:
    places = [place for text in _texts(box) for place in _places(text)]
    if not any(place.character.strip() for place in places):
        return
    # Outside the marked content of the text, and never inside it: PDF/UA-1 §7.1.
    with stream.artifact(), stream.stacked():
        stream.set_color(box.style["color"])
        stream.set_color(box.style["color"], stroke=True)
        stream.set_line_width(_THICKNESS)
        hand(stream, places)


def _texts(box: Any) -> Iterator[Any]:
    """The text boxes of an inline box on this line; left out are readings, and pictures and blocks in the line."""
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        if getattr(child, "pango_layout", None) is not None:
            yield child
        elif isinstance(child, boxes.InlineBox) and not is_reading(child):
            yield from _texts(child)


def _places(box: Any) -> Iterator[_Place]:
    x, y, size = box.position_x, box.position_y + box.baseline, box.style["font_size"]
    piece = box.pango_layout
    if not hasattr(piece, "pens"):
        yield from _places_of_pango(box, x, y, size)
        return
    x += piece.shift
    for index, pen in zip(range(piece.first, piece.last), piece.pens, strict=True):
        yield _Place(piece.shaped.letters[index], x, piece.shaped.advances[index], y, size)
        x += pen


def _places_of_pango(box: Any, x: float, y: float, size: float) -> Iterator[_Place]:
    """The same of a line that WeasyPrint laid out, left to right.

    As Pango says; WeasyPrint 70 draws what follows a stretched word space up to a tenth of an em elsewhere.
    """
    from weasyprint.text.ffi import FROM_UNITS, ffi

    layout = box.pango_layout
    layout.reactivate(box.style)
    line, _ = layout.get_first_line()
    raw, run = layout.text.encode(), line.runs[0]
    found: list[tuple[int, float]] = []
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        for index in range(string.num_glyphs):
            found.append((item.offset + string.log_clusters[index], x))
            x += string.glyphs[index].geometry.width * FROM_UNITS
        run = run.next
    layout.deactivate()
    for (start, left), (end, right) in pairwise([*found, (len(raw), x)]):
        if start < end:
            yield _Place(raw[start:end].decode()[0], left, right - left, y, size)


def _dot(stream: Any, places: list[_Place]) -> None:
    """A dot below the middle of every Han character, none below a mark, a figure or a Latin letter."""
    for place in places:
        if not _takes_dot(place.character):
            continue
        x, y, r = place.x + place.width / 2, place.y + _DOT_DEPTH * place.size, _DOT_RADIUS * place.size
        k = _ROUND * r
        stream.move_to(x + r, y)
        stream.curve_to(x + r, y + k, x + k, y + r, x, y + r)
        stream.curve_to(x - k, y + r, x - r, y + k, x - r, y)
        stream.curve_to(x - r, y - k, x - k, y - r, x, y - r)
        stream.curve_to(x + k, y - r, x + r, y - k, x + r, y)
    stream.fill()


def _takes_dot(character: str) -> bool:
    return classify(character) == HAN and unicodedata.category(character) in ("Lo", "Nl")


def _underline(stream: Any, places: list[_Place]) -> None:
    start, end, y, size = _extent(places)
    y += _LINE_DEPTH * size
    stream.move_to(start, y)
    stream.line_to(end, y)
    stream.stroke()


def _wave(stream: Any, places: list[_Place]) -> None:
    start, end, y, size = _extent(places)
    y += _WAVE_DEPTH * size
    count = max(2, round((end - start) / (_HALF_WAVE * size)))
    half = (end - start) / count
    # The control points of half a sine wave.
    reach, height = 0.3642 * half, 4 / 3 * _WAVE_HEIGHT * size
    stream.move_to(start, y)
    for number in range(count):
        x = start + number * half
        stream.curve_to(x + reach, y - height, x + half - reach, y - height, x + half, y)
        height = -height
    stream.stroke()


def _extent(places: list[_Place]) -> tuple[float, float, float, float]:
    """From where to where a line goes, on which baseline, at which size."""
    first, last = places[0], places[-1]
    size = max(place.size for place in places)
    # The blank of a bracket is no part of the name.
    before = first.width / 2 if _blank_side(first) == OPENING else 0.0
    after = last.width / 2 if _blank_side(last) == CLOSING else 0.0
    end = _LINE_END * size
    return first.x + before + end, last.x + last.width - after - end, first.y, size


def _blank_side(place: _Place) -> str:
    return fit_to_width(classify(place.character), [place.width / place.size])


_HANDS: dict[str, Callable[[Any, list[_Place]], None]] = {"dots": _dot, "name-line": _underline, "title-line": _wave}
