"""Kinship: how much pieces of text speak of the same things, by the words they share.

Every word of a piece votes for the stories in which it stands elsewhere on the page; what a story would get for its
size alone is taken off (as modularity does for the ties of a network, Newman 2006). Names, which the segmenter tags or
does not know, count double, and words that stand everywhere hardly count.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bookmaker.script.han import is_han
from bookmaker.script.vocabulary import listed
from bookmaker.script.words import Segmenter, Word

_NAMES = ("nr", "ns", "nt", "nz", "nrt", "nrfg")
#: A name says so much more than another word.
_NAME_WEIGHT = 2
_MOST_NAMES = 400
#: A headline's words count as if the story said them so often.
_HEAD_WEIGHT = 3
#: Words that any report has.
_EMPTY = frozenset(
    listed(
        "记者 表示 介绍 我们 他们 进行 工作 建设 发展 一个 没有 "
        "可以 通过 以及 已经 目前 其中 今年 本报 方面 问题 时间 "
        "这个 这些 自己 需要 开展 推进 全面 加快 实现 提升"
    )
)


@dataclass(frozen=True, slots=True)
class Words:
    """How often each word stands in a text, and all of them together."""

    counts: dict[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class _Voters:
    """Words with their places elsewhere on the page and their weights; the words of all the rest; the evidence."""

    voters: list[tuple[str, int, float]]
    rest: int
    strength: float


class Kinship:
    """The words of a page's pieces, and how close a piece is to others of them."""

    def __init__(self, texts: Sequence[str], heads: Sequence[str], segmenter: Segmenter) -> None:
        """`texts` are the pieces, `heads` the headlines, by their numbers."""
        self._segmenter = segmenter
        cut = [segmenter.words(text) for text in (*texts, *heads)]
        self._names = self._named(cut, len(texts))
        bags = [self._bag(text, words) for text, words in zip((*texts, *heads), cut, strict=True)]
        self._bags, self._heads = bags[: len(texts)], bags[len(texts) :]
        page: Counter[str] = Counter()
        for bag in (*self._bags, *self._heads):
            page.update(bag)
        for bag in self._heads:
            for term, count in bag.items():
                page[term] += count * (_HEAD_WEIGHT - 1)
        self._page = page
        self._ready: dict[tuple[int, ...], _Voters] = {}
        self._total = sum(page.values())
        spread = Counter(term for bag in self._bags for term in bag)
        self._weights = {
            term: math.log(1 + len(self._bags) / max(1, spread[term])) * (2 if term in self._names else 1)
            for term in page
        }

    def _named(self, cut: Sequence[Sequence[Word]], first_head: int) -> frozenset[str]:
        """Names of the page; the segmenter cuts some of them wrongly in one place and rightly in another."""
        seen: Counter[str] = Counter()
        for number, words in enumerate(cut):
            in_head = number >= first_head
            for word in words:
                if 2 <= len(word.text) <= 5 and is_han(word.text) and (word.tag in _NAMES or not word.known):
                    seen[word.text] += 2 if in_head or word.tag == "nr" else 1
        return frozenset(name for name, times in seen.most_common(_MOST_NAMES) if times > 1)

    def _bag(self, text: str, words: Sequence[Word]) -> dict[str, int]:
        found: Counter[str] = Counter()
        for word in words:
            if word.text not in self._names and self._tells(word):
                found[word.text] += 1
        for name in self._names:
            if name in text:
                found[name] += _NAME_WEIGHT * text.count(name)
        return {term: min(count, 6) for term, count in found.items()}

    def _tells(self, word: Word) -> bool:
        if len(word.text) < 2 or word.text in _EMPTY:
            return False
        return word.tag[0] in "nvaijlxz" and not word.text.isascii()

    def words_of(self, pieces: Iterable[int], head: int | None) -> Words:
        """The words of pieces and a headline together."""
        bag: dict[str, int] = {}
        for piece in pieces:
            for term, count in self._bags[piece].items():
                bag[term] = bag.get(term, 0) + count
        if head is not None:
            for term, count in self._heads[head].items():
                bag[term] = bag.get(term, 0) + count * _HEAD_WEIGHT
        return Words(bag, sum(bag.values()))

    def votes(self, pieces: Sequence[int], story: Words) -> float:
        """How far the words of pieces stand, elsewhere on the page, in a story rather than in the rest.

        Each word votes with the share of its other places that lie in the story (which must not hold the pieces), less
        the share of the page that the story is; -1 to 1, times the strength of the evidence, which is at most 3.
        """
        own = self._own(tuple(pieces))
        if not own.rest or not story.total:
            return 0.0
        size = story.total / own.rest
        held = story.counts
        points = sum(weight * (held.get(term, 0) / elsewhere - size) for term, elsewhere, weight in own.voters)
        return points * own.strength

    def _own(self, pieces: tuple[int, ...]) -> _Voters:
        """The words of pieces that stand elsewhere on the page too, ready to vote."""
        voters = self._ready.get(pieces)
        if voters is None:
            voters = self._ready[pieces] = self._voters(pieces)
        return voters

    def _voters(self, pieces: tuple[int, ...]) -> _Voters:
        own = self.words_of(pieces, None)
        voters = [
            (term, self._page[term] - count, self._weights[term] * min(count, 6))
            for term, count in own.counts.items()
            if self._page[term] > count
        ]
        weights = sum(weight for _, _, weight in voters)
        strength = min(3.0, math.sqrt(weights) / 3) / weights if weights else 0.0
        return _Voters(voters, self._total - own.total, strength)

    def affinity(self, head: int, pieces: Iterable[int]) -> float:
        """The part of a headline's words, by weight, that pieces of text hold; 0 to 1."""
        words = self._heads[head]
        total = sum(self._weights[term] for term in words)
        if not total:
            return 0.0
        held = {term for piece in pieces for term in self._bags[piece]}
        return sum(self._weights[term] for term in words if term in held) / total

    def shared(self, text: str, other: str) -> float:
        """The weight of the words of a text that another holds."""
        words = {word.text for word in self._segmenter.words(text) if self._tells(word)}
        words |= {name for name in self._names if name in text}
        return sum(self._weights.get(word, 1.0) for word in words if word in other)
