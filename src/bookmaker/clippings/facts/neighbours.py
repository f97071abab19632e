"""Characters that look alike and have the same words around them, here and there.

First come the suspects, characters that no ordinary word covers (重大重点 holds no 大重); only what stands around
them is kept in an index, and all occurrences of their look-alikes are then looked up in it. Both ways go through
the text once.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from bookmaker.clippings.facts.alike import RARE, TWINS
from bookmaker.clippings.facts.doubts import Place, Text
from bookmaker.clippings.facts.ordinary import is_ordinary, is_word

_CONFUSABLE = re.compile(f"[{''.join(sorted(TWINS))}]")
#: What stands around a character, so much to the left and to the right; of the rare ones less is enough.
_AROUND = ((1, 4), (2, 3), (3, 2), (4, 1))
_AROUND_RARE = ((0, 3), (1, 2), (2, 1), (3, 0), *_AROUND)
#: On one side alone only if the look-alike makes an ordinary word there: 冶金|机械厂.
_ONE_SIDE = ((0, 4), (4, 0))
_WIDEST = 4
_MARK = re.compile("[^\u3400-\u9fffA-Za-z0-9%％]")
_EDGE, _HERE = "|", "_"
#: So long a word of the dictionary is told from its misspelling by itself: 尖草坪, 尖草平.
_LONG_WORD = (3, 4)
#: So many places of one spelling are told.
_MOST = 50
#: A paragraph has no more characters that have look-alikes; what has is none.
_LONGEST = 20_000

#: A character that has look-alikes: its text, the same with edges for marks and ends, the place in that.
_Occurrence: TypeAlias = tuple[Text, str, int]


def by_neighbours(texts: Sequence[Text]) -> Iterator[tuple[Place, Place]]:
    """Two places of look-alikes: between the same words, or in a long word of the dictionary and what looks like it."""
    suspects = [(text, flat, at) for text, flat, at in _occurrences(texts) if not _is_covered(flat, at)]
    yield from _same_words(texts, suspects)
    yield from _long_words(texts, suspects)


def _same_words(texts: Sequence[Text], suspects: Sequence[_Occurrence]) -> Iterator[tuple[Place, Place]]:
    index: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for text, flat, at in suspects:
        for key in _keys(flat, at):
            if len(index[key][flat[at]]) < _MOST:
                index[key][flat[at]].append(Place(text, at - _WIDEST))
    meant = frozenset(twin for _, flat, at in suspects for twin in TWINS[flat[at]])
    seen: Counter[tuple[str, str, str]] = Counter()
    for text, flat, at in _occurrences(texts):
        for key in _keys(flat, at) if flat[at] in meant else ():
            for character, places in index.get(key, {}).items():
                if character in TWINS[flat[at]] and _tells(key, flat, at):
                    seen[key, character, flat[at]] += 1
                    times = seen[key, character, flat[at]]
                    here = Place(text, at - _WIDEST)
                    yield from ((place, here) for place in places[: _MOST if times == 1 else times <= _MOST])


def _long_words(texts: Sequence[Text], suspects: Sequence[_Occurrence]) -> Iterator[tuple[Place, Place]]:
    found: dict[tuple[str, int], list[Place]] = defaultdict(list)
    for text, flat, at in suspects:
        for word, inside in _meant(flat, at):
            found[word, inside].append(Place(text, at - _WIDEST))
    for (word, inside), places in found.items():
        other = next((Place(text, text.text.index(word) + inside) for text in texts if word in text.text), None)
        if other is not None:
            yield from ((place, other) for place in places[:_MOST])


def _occurrences(texts: Sequence[Text]) -> Iterator[_Occurrence]:
    for text in texts:
        flat = _EDGE * _WIDEST + _MARK.sub(_EDGE, text.text) + _EDGE * _WIDEST
        for found in islice(_CONFUSABLE.finditer(flat), _LONGEST):
            yield text, flat, found.start()


def _keys(flat: str, at: int) -> Iterator[str]:
    """What stands around a character, up to a mark on either side."""
    for left, right in (*(_AROUND_RARE if flat[at] in RARE else _AROUND), *_ONE_SIDE):
        before, after = flat[at - left : at], flat[at + 1 : at + 1 + right]
        if _EDGE not in before[1:] and _EDGE not in after[:-1]:
            yield before + _HERE + after


def _tells(key: str, flat: str, at: int) -> bool:
    """True for neighbours on both sides, and for those on one side that a word goes on into."""
    if key[0] == _HERE and len(key) > _WIDEST:
        return is_ordinary(flat[at : at + 2]) or is_ordinary(flat[at : at + 3])
    if key[-1] == _HERE and len(key) > _WIDEST:
        return is_ordinary(flat[at - 1 : at + 1]) or is_ordinary(flat[at - 2 : at + 1])
    return True


def _is_covered(flat: str, at: int) -> bool:
    """True for a character inside an ordinary word."""
    return any(
        is_ordinary(flat[start : start + length]) for length in (2, 3) for start in range(at - length + 1, at + 1)
    )


def _meant(flat: str, at: int) -> Iterator[tuple[str, int]]:
    """Long words of the dictionary that a look-alike would make here, and the character's place in them."""
    for length in _LONG_WORD:
        for start in range(at - length + 1, at + 1):
            window = flat[start : start + length]
            if _EDGE not in window:
                for twin in TWINS[flat[at]]:
                    word = window[: at - start] + twin + window[at - start + 1 :]
                    if is_word(word):
                        yield word, at - start
