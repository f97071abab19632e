"""Hearing a text: which words of which theme stand in it, and how often.

A keyword counts where it stands as whole words of the segmentation (营商|环境 is 营商环境, while 服务 is not in
服务业, one word); one inside a longer keyword of the same theme is not heard beside it. A theme's title is one
of its keywords.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bookmaker.content.themes import SENTENCE, Theme
from bookmaker.script.words import Segmenter

#: What `not` words weigh: as much as a theme's strongest word.
_AGAINST = -3.0
#: Where a pattern's search ends: none runs over a sentence, or over more characters than a search can take.
_SENTENCE = re.compile(rf"[^。！？!?；;\n]{{1,{SENTENCE}}}")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Witness:
    """A word or pattern that speaks for a theme (`weight` above 0) or against it (below)."""

    theme: str
    word: str
    weight: float


@dataclass(slots=True)
class Testimony:
    """What one passage of so many characters says: how often each witness stands in it.

    `shown` is the text that a pattern met first, `named` the themes whose title the passage holds.
    """

    length: int
    times: dict[Witness, int] = field(default_factory=dict)
    shown: dict[Witness, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)


class Hearing:
    """All themes' witnesses, made ready to hear many passages."""

    def __init__(self, themes: Mapping[str, Theme]) -> None:
        self._segmenter = Segmenter()
        self._titles = {name: theme.title for name, theme in themes.items()}
        self._words: dict[str, list[Witness]] = defaultdict(list)
        self._patterns: list[tuple[re.Pattern[str], Witness]] = []
        for name, theme in themes.items():
            for word, weight in _weights(theme).items():
                self._words[word].append(Witness(name, word, weight))
            for pattern in theme.pattern:
                self._patterns.append((re.compile(pattern.text), Witness(name, pattern.text, pattern.weight)))
        #: By its first character, how long a word can be.
        self._lengths: dict[str, set[int]] = defaultdict(set)
        for word in self._words:
            self._lengths[word[0]].add(len(word))

    def hear(self, text: str) -> Testimony:
        """What a passage (a headline, a paragraph) says, in time linear in its length."""
        heard = Testimony(len(text))
        for witness in _longest(self._standing(text)):
            heard.times[witness] = heard.times.get(witness, 0) + 1
            if witness.word == self._titles[witness.theme]:
                heard.named.add(witness.theme)
        for sentence in _SENTENCE.findall(text) if self._patterns else ():
            self._search(sentence, heard)
        return heard

    def _standing(self, text: str) -> Iterator[tuple[int, int, Witness]]:
        """Every word that stands on the bounds of words: start, end, who."""
        bounds = self._bounds(text)
        for start in bounds:
            for length in self._lengths.get(text[start : start + 1], ()):
                if start + length in bounds:
                    for witness in self._words.get(text[start : start + length], ()):
                        yield start, start + length, witness

    def _bounds(self, text: str) -> set[int]:
        """Where a word can begin or end; what the dictionary does not know is a guess, and open inside."""
        bounds = {len(text)}
        for word in self._segmenter.words(text):
            bounds.add(word.start)
            if not word.known and _HAN.match(word.text):
                bounds.update(range(word.start, word.end))
        return bounds

    def _search(self, sentence: str, heard: Testimony) -> None:
        for pattern, witness in self._patterns:
            for match in pattern.finditer(sentence):
                heard.times[witness] = heard.times.get(witness, 0) + 1
                heard.shown.setdefault(witness, match[0])


def _weights(theme: Theme) -> dict[str, float]:
    """Every word of a theme and what it weighs; of one given twice, what was said last."""
    words = {theme.title: 1.0}
    words.update({keyword.text: keyword.weight for keyword in theme.keyword})
    words.update(dict.fromkeys(filter(None, theme.against), _AGAINST))
    return words


def _longest(standing: Iterable[tuple[int, int, Witness]]) -> Iterator[Witness]:
    """Of a theme's words that overlap, the first, and of those that begin together the longest."""
    taken: dict[str, int] = defaultdict(int)
    for start, end, witness in sorted(standing, key=lambda found: (found[0], -found[1])):
        if start >= taken[witness.theme]:
            taken[witness.theme] = end
            yield witness
