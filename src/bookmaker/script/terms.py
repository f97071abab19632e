"""Protected terms: words whose Traditional form is settled, cut out of the text before any table sees it.

A table's phrase that begins one character earlier would win over an entry of a dictionary (向下·游 over 下游), so
terms are matched on the Simplified text, longest first, and only what is left is converted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bookmaker.script.words import Word, occurrences

#: A term of this many characters is itself even where one of its edges lies inside a word of the segmenter.
_SURE = 3


class Authority(StrEnum):
    """Who settled a term; the first of these that knows a term decides.

    `NAMES` are the entries of `names.toml` with a form of their own, `LISTED` those without, `FOUND` people found
    in bylines and running text.
    """

    ARTICLE = "article"
    VOLUME = "volume"
    NAMES = "names"
    LISTED = "listed"
    FOUND = "found"
    BUILT_IN = "built-in"


#: What editors have written down is settled; all else is the program's own finding.
EDITORS = frozenset({Authority.ARTICLE, Authority.VOLUME, Authority.NAMES})


@dataclass(frozen=True, slots=True)
class Term:
    """A Simplified term and its form in the script at hand; `person` if it is somebody's name."""

    simplified: str
    form: str
    authority: Authority
    person: bool = False


@dataclass(frozen=True, slots=True)
class Protected:
    """A term where it stands: characters `start` to `end` (excluded) of a text."""

    start: int
    end: int
    term: Term


class Terms:
    """All terms of a text, by first character."""

    def __init__(self, terms: Iterable[Term]) -> None:
        order = list(Authority)
        self._terms: dict[str, Term] = {}
        # Of two with the same authority the first counts.
        for term in sorted(terms, key=lambda term: order.index(term.authority)):
            if term.simplified:
                self._terms.setdefault(term.simplified, term)
        self._said: list[tuple[str, str, str]] = []
        self._lengths: dict[str, list[int]] = {}
        for simplified in self._terms:
            lengths = self._lengths.setdefault(simplified[0], [])
            if len(simplified) not in lengths:
                lengths.append(len(simplified))

    def __contains__(self, word: str) -> bool:
        return word in self._terms

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def said_among(self, characters: frozenset[str]) -> str:
        """The terms that can be in a text with these characters, in words that tell one from another."""
        if not self._said:
            self._said = [
                (term.simplified[0], term.simplified, f"{term.simplified}={term.form}:{term.authority}:{term.person:d}")
                for term in self._terms.values()
            ]
        return "\n".join(
            said for first, word, said in self._said if first in characters and characters.issuperset(word)
        )

    def find(self, text: str, words: list[Word]) -> list[Protected]:
        """The terms of a text, the longest first where two overlap, none across the edge of a word; in order."""
        hits = sorted(self._hits(text), key=lambda hit: (hit.start - hit.end, hit.start))
        taken = bytearray(len(text))
        edges = Edges(words)
        found: list[Protected] = []
        for hit in hits:
            if not any(taken[hit.start : hit.end]) and edges.hold(hit.start, hit.end):
                taken[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
                found.append(hit)
        return sorted(found, key=lambda hit: hit.start)

    def _hits(self, text: str) -> Iterator[Protected]:
        for first in self._lengths.keys() & set(text):
            for at in occurrences(text, first):
                for length in self._lengths[first]:
                    term = self._terms.get(text[at : at + length])
                    if term is not None and at + length <= len(text):
                        yield Protected(at, at + length, term)


class Edges:
    """Where words begin and end."""

    def __init__(self, words: list[Word]) -> None:
        self._over = {at: word for word in words for at in range(word.start, word.end)}
        self._ends = frozenset(word.end for word in words)

    def hold(self, start: int, end: int) -> bool:
        """False if the stretch cuts a word of the dictionary, or is a part of somebody's name.

        干部 is not in 大干|部署, 王建 not in 王建国; a long term may cut one word, not two.
        """
        first, last = self._over[start], self._over[end - 1]
        if first is last:
            whole = first.end - first.start == end - start
            return whole or not first.known or (end - start > 1 and not first.tag.startswith("nr"))
        cuts = (first.start < start and first.known) + (last.end > end and last.known)
        return cuts == 0 or (end - start >= _SURE and cuts == 1)
