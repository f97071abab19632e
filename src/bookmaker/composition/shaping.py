"""Reading what Pango shaped: the glyphs of a text, one cluster a character, as plain Python lists.

Part of the joint to WeasyPrint 70, see `joint.py`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

#: Glyphs that are no outline: PANGO_GLYPH_EMPTY, and the flag of a missing one.
_EMPTY = 0x0FFFFFFF
_UNKNOWN = 0x10000000


@dataclass(slots=True)
class Shaped:
    """One text box shaped whole.

    `bytes_at[i]` is where cluster i begins in the UTF-8 text, `glyphs_at[i]` its first glyph (both end with
    a total); `fonts` gives (first glyph, Pango font) for every stretch of one font.
    """

    text: str
    letters: str
    advances: list[float]
    bytes_at: list[int]
    chars_at: list[int]
    glyphs: list[int]
    widths: list[int]
    glyphs_at: list[int]
    fonts: list[tuple[int, Any]]
    hold: Any = field(repr=False)

    def clusters_at(self, characters: Sequence[int]) -> list[int]:
        """The clusters that begin at these characters; within a ligature none does."""
        if not characters or len(self.letters) == len(self.text):
            return list(characters)
        cluster = {at: index for index, at in enumerate(self.chars_at)}
        return [cluster[at] for at in characters if at in cluster]


def shape(text: str, style: Any, context: Any) -> Shaped | None:
    """The text in one line, or `None` where it holds what is not plain left-to-right glyphs."""
    from weasyprint.text.ffi import FROM_UNITS, ffi
    from weasyprint.text.line_break import create_layout

    layout = create_layout(text, style, context, None, 0)
    line, rest = layout.get_first_line()
    if rest is not None:
        return None
    glyphs: list[int] = []
    widths: list[int] = []
    clusters: list[int] = []
    fonts: list[tuple[int, Any]] = []
    run = line.runs[0]
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        run = run.next
        count = string.num_glyphs
        if item.analysis.level % 2:
            return None
        info = memoryview(ffi.buffer(string.glyphs, count * 20)).cast("i").tolist()
        if any(info[2::5]) or any(info[3::5]):
            return None
        fonts.append((len(glyphs), item.analysis.font))
        glyphs += info[0::5]
        widths += info[1::5]
        offset = item.offset
        clusters += [offset + at for at in memoryview(ffi.buffer(string.log_clusters, count * 4)).cast("i").tolist()]
    if not glyphs or any(glyph >= _EMPTY for glyph in glyphs):
        return None
    return _clustered(text, glyphs, widths, clusters, fonts, layout, FROM_UNITS)


def unspaced(style: Any) -> Any:
    """The style to shape a text with: Pango would halve what is added at a text's ends, and round it."""
    if style["letter_spacing"] == "normal" and not style["word_spacing"]:
        return style
    style = style.copy()
    style["letter_spacing"], style["word_spacing"] = "normal", 0
    return style


#: Signs that are not shown and say where a line may end: the soft hyphen, and the space of no width.
_SOFT_HYPHEN, _NO_WIDTH = "\xad", "\u200b"
_SIGNS = re.compile(f"[{_SOFT_HYPHEN}{_NO_WIDTH}]+")


def shape_with_signs(text: str, style: Any, context: Any) -> tuple[Shaped | None, list[int], bool]:
    """The text shaped without its break signs, the clusters before which they stood, and whether a hyphen is shown.

    In a text that has both kinds, the soft hyphens are dropped. `bytes_at` counts the text with its signs, as
    WeasyPrint does, from each cluster's own first byte.
    """
    if _SOFT_HYPHEN not in text and _NO_WIDTH not in text:
        return shape(text, style, context), [], True
    bare = _SIGNS.sub("", text)
    shaped = shape(bare, style, context) if bare else None
    if shaped is None:
        return None, [], True
    drawn = _NO_WIDTH not in text
    cluster = {at: index for index, at in enumerate(shaped.chars_at)}
    removed: dict[int, int] = {}
    places: list[int] = []
    gone = 0
    for match in _SIGNS.finditer(text):
        at = match.start() - gone
        gone += len(match[0])
        removed[at] = len(match[0].encode())
        index = cluster.get(at, 0)
        if 0 < index < len(shaped.letters) and (drawn or _NO_WIDTH in match[0]):
            places.append(index)
    _count_signs(shaped, removed)
    return shaped, places, drawn


def _count_signs(shaped: Shaped, removed: dict[int, int]) -> None:
    """Move `bytes_at` on by the bytes of the signs that stood before each character (`removed`, by character)."""
    due = sorted(removed.items())
    more = done = 0
    for index, char in enumerate(shaped.chars_at):
        while done < len(due) and due[done][0] <= char:
            more += due[done][1]
            done += 1
        # A text begins at its first byte, whatever that is.
        shaped.bytes_at[index] += more if index else 0


def unkerned(shaped: Shaped) -> list[float]:
    """The advance of every cluster as its font gives it, without kerning."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    extents = ffi.new("PangoRectangle *")
    known: dict[tuple[int, int], float] = {}
    starts = [at for at, _ in shaped.fonts] + [len(shaped.glyphs)]
    widths: list[float] = []
    for index, (at, font) in enumerate(shaped.fonts):
        for glyph in shaped.glyphs[at : starts[index + 1]]:
            if (index, glyph) not in known:
                pango.pango_font_get_glyph_extents(font, glyph, ffi.NULL, extents)
                known[index, glyph] = extents.width * FROM_UNITS
            widths.append(known[index, glyph])
    return [sum(widths[a:b]) for a, b in pairwise(shaped.glyphs_at)]


def _clustered(
    text: str,
    glyphs: list[int],
    widths: list[int],
    clusters: list[int],
    fonts: list[tuple[int, Any]],
    layout: Any,
    unit: float,
) -> Shaped | None:
    count = len(glyphs)
    if any(b < a for a, b in pairwise(clusters)):
        return None
    chars_at: list[int]
    if count == len(text) and len(set(clusters)) == count:
        chars_at = list(range(count + 1))
        glyphs_at = chars_at
        letters = text
        advances = [width * unit for width in widths]
        bytes_at = [*clusters, len(text.encode())]
    else:
        glyphs_at = [k for k in range(count) if k == 0 or clusters[k] != clusters[k - 1]]
        bytes_at = [clusters[k] for k in glyphs_at]
        position = {at: index for index, at in enumerate(_byte_offsets(text))}
        chars_at = [position[at] for at in bytes_at]
        letters = "".join(text[at] for at in chars_at)
        glyphs_at.append(count)
        bytes_at.append(len(text.encode()))
        chars_at.append(len(text))
        advances = [sum(widths[a:b]) * unit for a, b in pairwise(glyphs_at)]
    return Shaped(text, letters, advances, bytes_at, chars_at, glyphs, widths, glyphs_at, fonts, layout)


def _byte_offsets(text: str) -> list[int]:
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + len(character.encode()))
    return offsets
