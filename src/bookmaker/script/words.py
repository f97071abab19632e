"""Words of a Chinese text: where they begin and end, and what part of speech they are.

Segmentation by jieba's dictionary and its hidden Markov model, in the Rust version `rjieba` 0.2, with two
things added: words younger than that dictionary (2013), and a preference for even words where the
frequencies leave it open (方便|面向 rather than 方便面|向; Tsai, MMSEG, 1996, rule 3).
"""

from collections.abc import Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from bookmaker.script.vocabulary import YOUNG_WORDS

if TYPE_CHECKING:
    from rjieba import Jieba

#: The frequency that the young words are given: that of an ordinary word.
_USUAL = 500
#: How much likelier uneven words must be than even ones.
_ODDS = 20.0


#: jieba's tags of morphemes that are no words.
_BOUND = frozenset({"zg", "g", "ng", "vg", "ag", "tg", "dg"})
#: jieba's tags of what follows any noun: 控制台|上.
_CLINGING = frozenset("fu")
#: jieba's tag of what is no word.
_UNKNOWN = "x"


class Word(NamedTuple):
    """One word: `start` and `end` in the text, and jieba's tag (ICTCLAS: n noun, nr person, v verb …).

    `known` words stand in the dictionary; the others are the hidden Markov model's guess.
    """

    start: int
    end: int
    text: str
    tag: str
    known: bool


def occurrences(text: str, part: str) -> Iterator[int]:
    """Where a part stands in a text, overlapping ones too."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


class Segmenter:
    """Cuts text into words."""

    @cached_property
    def _jieba(self) -> "Jieba":
        return _jieba()

    def words(self, text: str) -> list[Word]:
        """All words of a text, in order and without gaps."""
        found: list[Word] = []
        at = 0
        has = self._jieba.has_word
        for word, tag in self._jieba.tag(text):
            if not text.startswith(word, at):
                # rjieba 0.2 leaves rare characters out.
                start = text.index(word, at)
                found += [Word(i, i + 1, text[i], _UNKNOWN, False) for i in range(at, start)]
                at = start
            end = at + len(word)
            found.append(Word(at, end, word, tag, has(word)))
            at = end
        found += [Word(i, i + 1, text[i], _UNKNOWN, False) for i in range(at, len(text))]
        self._even(found)
        self._free(found)
        return found

    def is_word(self, text: str) -> bool:
        """True if the dictionary has it."""
        return bool(self._jieba.has_word(text))

    def frequency(self, word: str) -> float:
        """How often the dictionary's corpus has it; 0 if it is not in it."""
        return float(self._jieba.suggest_freq(word)) if self._jieba.has_word(word) else 0.0

    def _free(self, words: list[Word]) -> None:
        """Where a bound morpheme would stand alone, 烘|干线, the cut that binds it: 烘干|线 (MMSEG, rule 4)."""
        for index in range(len(words) - 1):
            a, b = words[index], words[index + 1]
            if len(a.text) != 1 or len(b.text) != 2 or a.tag not in _BOUND or not b.known:
                continue
            left, right = a.text + b.text[0], b.text[1]
            if self._jieba.has_word(left) and self._jieba.has_word(right):
                (_, tag), *_ = self._jieba.tag(left)
                (_, behind), *_ = self._jieba.tag(right)
                if behind not in _BOUND:
                    words[index] = Word(a.start, a.start + 2, left, tag, True)
                    words[index + 1] = Word(a.start + 2, b.end, right, behind, True)

    def _even(self, words: list[Word]) -> None:
        """Cut 3 + 1 and 1 + 3 characters into 2 + 2 where both are words and hardly less likely."""
        for index in range(len(words) - 1):
            a, b = words[index], words[index + 1]
            if len(a.text) + len(b.text) != 4 or len(a.text) == 2 or not (a.known and b.known):
                continue
            if b.tag[0] in _CLINGING:
                continue
            both = a.text + b.text
            left, right = both[:2], both[2:]
            if not (self._jieba.has_word(left) and self._jieba.has_word(right)):
                continue
            frequency = self._jieba.suggest_freq
            if frequency(left) * frequency(right) * _ODDS > frequency(a.text) * frequency(b.text):
                (_, tag), *_ = self._jieba.tag(left)
                (_, behind), *_ = self._jieba.tag(right)
                middle = a.start + 2
                words[index] = Word(a.start, middle, left, tag, True)
                words[index + 1] = Word(middle, b.end, right, behind, True)


@cache
def _jieba() -> "Jieba":
    from rjieba import Jieba  # late: 0.12 s that a Simplified edition has no use for

    jieba = Jieba()
    for word in YOUNG_WORDS:
        if not jieba.has_word(word):
            jieba.add_word(word, _USUAL, "n")
    return jieba
