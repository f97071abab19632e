"""The same name in two spellings that look alike: 大盂 and 大孟, 太忻 and 太析, 太重 and 大重.

`neighbours.py` and `units.py` show where two characters stand for one; here it is said which name they belong to,
and what is no misspelling after all: two ordinary words, or two people.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from bookmaker.clippings.facts.doubts import Doubt, Kind, Place, Text, doubt, odd_ones
from bookmaker.clippings.facts.neighbours import by_neighbours
from bookmaker.clippings.facts.ordinary import is_ordinary, segmenter
from bookmaker.clippings.facts.units import by_lists
from bookmaker.script.han import is_han
from bookmaker.script.people import looks_like_person

#: Where the name that a character belongs to is looked for.
_AROUND = 5


def find_spellings(texts: Sequence[Text]) -> Iterator[Doubt]:
    """A doubt for every name that stands in two spellings, with the odd one's places."""
    found: dict[tuple[str, str], dict[str, dict[Place, None]]] = defaultdict(lambda: defaultdict(dict))
    for one, other in chain(by_neighbours(texts), by_lists(texts)):
        names = _names(_around(one), _around(other))
        for name, place in zip(names, (one, other), strict=True):
            found[min(names), max(names)][name][place] = None
    for (first, second), places in found.items():
        if not _are_two(first, second):
            what = f"同一名称疑有两种写法：“{first}”与“{second}”"
            hint = "two spellings that look alike: look up which is right"
            yield doubt(Kind.TWO_SPELLINGS, what, hint, odd_ones([list(places[first]), list(places[second])]))


def _around(place: Place) -> tuple[str, str, str]:
    """What stands before a character, itself, and what stands behind."""
    text, at = place.text.text, place.at
    return text[max(0, at - _AROUND) : at], text[at], text[at + 1 : at + 1 + _AROUND]


@lru_cache(1 << 16)
def _names(one: tuple[str, str, str], other: tuple[str, str, str]) -> tuple[str, str]:
    """The name in both spellings: the word that either makes with its neighbours, as far as these are the same."""
    left = _shared(one[0][::-1], other[0][::-1])[::-1]
    right = _shared(one[2], other[2])
    spans = [_word(left + character + right, len(left)) for character in (one[1], other[1])]
    start, end = min(spans, key=lambda span: span[0] - span[1])
    if end - start == 1:
        start, end = max(0, start - 1), end + (not left)
    before, after = left[start:], right[: max(0, end - len(left) - 1)]
    return before + one[1] + after, before + other[1] + after


def _shared(one: str, other: str) -> str:
    """What two texts begin with, as far as it is Chinese characters."""
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length] and is_han(one[length]):
        length += 1
    return one[:length]


def _word(text: str, at: int) -> tuple[int, int]:
    return next((word.start, word.end) for word in segmenter().words(text) if word.start <= at < word.end)


def _are_two(first: str, second: str) -> bool:
    """True for two ordinary words, and for two people."""
    return (is_ordinary(first) and is_ordinary(second)) or (looks_like_person(first) and looks_like_person(second))
