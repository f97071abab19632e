"""How an editor settles a doubtful character: a line for `[terms]` of `names.toml` that does that and no more.

A word of one character is no safe term, it would change every other 干; so its neighbours are taken along until
the line, tried on the whole text and in both scripts, changes nothing that was not meant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bookmaker.review.rereading import Hand, Reading, Rereading
from bookmaker.script.han import is_han
from bookmaker.script.scripts import Script
from bookmaker.script.tables import REGIONS, opencc, several_forms
from bookmaker.script.terms import Authority, Term

#: A longer term is a sentence, and settles no second place.
_LONGEST = 9
_NEIGHBOURS = ((0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 2), (2, 1), (2, 2))


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A doubtful character in a reading: `term` is the word it stands in."""

    reading: Reading
    at: int
    term: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherLine:
    """The line that writes the other form."""

    form: str
    line: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """A line that settles `count` places as they are, and those that settle them otherwise.

    Where no line in `names.toml` is safe, it is a mark to put around the character in the text (`inline`).
    """

    term: str
    line: str
    others: tuple[OtherLine, ...]
    count: int
    inline: bool = False


class Settler:
    """Finds lines, each tried once."""

    def __init__(self, rereading: Rereading) -> None:
        self._rereading = rereading
        self._safe: dict[tuple[str, str, str], bool] = {}

    def settle(self, doubtful: Sequence[Doubtful]) -> tuple[Settlement, ...]:
        """The lines that settle all these places, which are one character of one word."""
        open_places = list(doubtful)
        found: list[Settlement] = []
        while open_places:
            first = open_places[0]
            span = self._span(first)
            covered = [place for place in open_places if span and self._covers(span[0], span[1], first, place)]
            covered = covered or [first]
            open_places = [place for place in open_places if place not in covered]
            found.append(self._settlement(first, span, covered))
        return tuple(found)

    def _settlement(self, place: Doubtful, span: tuple[int, int] | None, covered: Sequence[Doubtful]) -> Settlement:
        start, end = span or (place.at, place.at + 1)
        word = place.reading.stretch.text[start:end]
        others = dict.fromkeys(form for each in covered for form in each.others)
        return Settlement(
            word,
            (term_line if span else _mark)(word, self._forms(place.reading, start, end)),
            tuple(OtherLine(form, self._other_line(form, covered)) for form in others),
            len(covered),
            inline=span is None,
        )

    def _other_line(self, form: str, covered: Sequence[Doubtful]) -> str:
        """The line that writes another form in these places and changes nothing else; a mark if there is none."""
        first = covered[0]
        meant = {(id(place.reading.stretch), place.at) for place in covered}
        for start, end in _candidates(first):
            word = first.reading.stretch.text[start:end]
            forms = self._exchanged(first, start, end, form)
            if end - start > 1 and is_han(word) and self._changes(word, forms[self._rereading.script]) == meant:
                return term_line(word, forms)
        return _mark(first.reading.stretch.text[first.at], self._exchanged(first, first.at, first.at + 1, form))

    def _changes(self, word: str, form: str) -> set[tuple[int, int]]:
        """The places in which a term would change the text."""
        hand, term = self._rereading.hand, Term(word, form, Authority.NAMES)
        return {
            (id(stretch), at)
            for stretch in self._rereading.holding(word)
            for at, (old, new) in enumerate(
                zip(hand.read(stretch).forms, hand.read(stretch, [term]).forms, strict=False)
            )
            if old != new
        }

    def _span(self, place: Doubtful) -> tuple[int, int] | None:
        """The shortest safe term around a character."""
        for start, end in _candidates(place):
            word = place.reading.stretch.text[start:end]
            if end - start > 1 and is_han(word) and self._is_safe(word, self._forms(place.reading, start, end)):
                settled = self._rereading.hand.read(place.reading.stretch, self._terms(word, place.reading, start)[:1])
                if place.at in settled.settled:
                    return start, end
        return None

    def _covers(self, start: int, end: int, first: Doubtful, place: Doubtful) -> bool:
        word = first.reading.stretch.text[start:end]
        if word not in place.reading.stretch.text:
            return False
        more = self._terms(word, first.reading, start)[:1]
        return place.at in self._rereading.hand.read(place.reading.stretch, more).settled

    def _terms(self, word: str, reading: Reading, start: int) -> list[Term]:
        forms = self._forms(reading, start, start + len(word))
        hands = (self._rereading.hand.script, self._rereading.other.script)
        return [Term(word, forms[script], Authority.NAMES) for script in hands]

    def _forms(self, reading: Reading, start: int, end: int) -> dict[Script, str]:
        other = self._rereading.other
        return {
            self._rereading.script: reading.form(start, end),
            other.script: other.read(reading.stretch).form(start, end),
        }

    def _is_safe(self, word: str, forms: dict[Script, str]) -> bool:
        """True if the term changes no character anywhere, in neither script."""
        key = (word, forms[Script.HANT_TW], forms[Script.HANT_HK])
        if key not in self._safe:
            self._safe[key] = all(
                len(forms[hand.script]) == len(word)
                and self._keeps(hand, word, Term(word, forms[hand.script], Authority.NAMES))
                for hand in (self._rereading.hand, self._rereading.other)
            )
        return self._safe[key]

    def _keeps(self, hand: Hand, word: str, term: Term) -> bool:
        return all(
            hand.read(stretch).forms == hand.read(stretch, [term]).forms for stretch in self._rereading.holding(word)
        )

    def _exchanged(self, place: Doubtful, start: int, end: int, form: str) -> dict[Script, str]:
        """The forms of a term with another character in one place, in each script its own."""
        script, other = self._rereading.script, self._rereading.other.script
        forms, at = self._forms(place.reading, start, end), place.at - start
        there = _elsewhere(place.reading.stretch.text[place.at], form, script, other)
        return {
            script: forms[script][:at] + form + forms[script][at + 1 :],
            other: forms[other][:at] + there + forms[other][at + 1 :],
        }


def _candidates(place: Doubtful) -> Iterator[tuple[int, int]]:
    """The word itself, then with more and more of its neighbours."""
    text, words = place.reading.stretch.text, place.reading.conversion.words
    start = text.find(place.term, max(0, place.at - len(place.term) + 1), place.at + len(place.term))
    if start >= 0 and len(place.term) > 1:
        yield start, start + len(place.term)
    index = next((i for i, word in enumerate(words) if word.start <= place.at < word.end), None)
    for left, right in _NEIGHBOURS if index is not None else ():
        first, last = words[max(0, (index or 0) - left)], words[min(len(words) - 1, (index or 0) + right)]
        if last.end - first.start <= _LONGEST:
            yield first.start, last.end


def _elsewhere(simplified: str, form: str, script: Script, other: Script) -> str:
    """A character's form of one script in the other: 裡 is 裏."""
    for common in several_forms().get(simplified, ()):
        if opencc(REGIONS[script])(common) == form:
            return opencc(REGIONS[other])(common)
    return form


def term_line(word: str, forms: dict[Script, str]) -> str:
    return f'"{word}" = {{ tw = "{forms[Script.HANT_TW]}", hk = "{forms[Script.HANT_HK]}" }}'


def _mark(word: str, forms: dict[Script, str]) -> str:
    return f"[{word}]{{tw={forms[Script.HANT_TW]} hk={forms[Script.HANT_HK]}}}"
