"""The cover's pattern, drawn from the volume itself: one bar an article, as high as the article is long."""

from dataclasses import dataclass

from bookmaker.content.body import plain_text
from bookmaker.volume.model import Entry, Volume

#: The drawing's own units; it is stretched to the width of the cover.
_WIDTH = 1000.0
_HEIGHT = 300.0
#: Space between two chapters, counted in bars.
_CHAPTER_GAP = 2.0
#: A bar takes this share of its place.
_FILL = 0.34


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in the drawing's units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """All bars, standing on the drawing's lower edge."""

    width: float
    height: float
    bars: tuple[Bar, ...]


def draw_pattern(volume: Volume) -> Pattern:
    """Bars chapter by chapter; so short news and long reports tell each chapter's rhythm."""
    lengths = [[_length(entry) for entry in chapter.entries] for chapter in volume.chapters]
    longest = max((length for chapter in lengths for length in chapter), default=1)
    places = sum(map(len, lengths)) + _CHAPTER_GAP * (len(lengths) - 1)
    step = _WIDTH / max(places, 1)
    bars: list[Bar] = []
    place = 0.0
    for chapter in lengths:
        for length in chapter:
            # To a tenth of a millimetre on the page: a word more in an article is no other cover.
            height = float(round(_HEIGHT * length / longest))
            x = round(place * step + step * (1 - _FILL) / 2, 2)
            bars.append(Bar(x, _HEIGHT - height, round(step * _FILL, 2), height))
            place += 1
        place += _CHAPTER_GAP
    return Pattern(_WIDTH, _HEIGHT, tuple(bars))


def _length(entry: Entry) -> int:
    return max(1, len(plain_text("".join(block.xhtml for section in entry.sections for block in section.blocks))))
