"""A text read again with its conversion: every stretch that a reader sees, character by character, in both scripts.

What reports about a conversion start from. A stretch in, its forms out; with `more` terms it is tried what an
editor's line in `names.toml` would change.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bookmaker.content.manuscript import Manuscript
from bookmaker.problems import Place
from bookmaker.script.characters import Characters, Conversion
from bookmaker.script.converter import Converter
from bookmaker.script.plain import characters_of
from bookmaker.script.protection import article_terms, characters_for
from bookmaker.script.reading import Stretch, read_passages
from bookmaker.script.scripts import Script
from bookmaker.script.terms import EDITORS, Term
from bookmaker.script.variants import Choices, apply, variant_choices
from bookmaker.script.words import occurrences

#: How much of a text is shown on either side of a character.
_AROUND = 12
#: No switch of `variants.py` looks further than this.
_REACH = 3
_NO_CHOICES = Choices()


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands: file and line, and the text around."""

    place: Place
    left: str
    text: str
    right: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One stretch with its conversion; `forms` have the volume's switches.

    `settled` is what editors have spoken of, `given` the part for which they wrote the form: a header that only
    names somebody has not said how he writes himself.
    """

    stretch: Stretch
    conversion: Conversion
    forms: tuple[str, ...]
    settled: frozenset[int]
    given: frozenset[int]

    def spot(self, start: int, end: int) -> Spot:
        text = self.stretch.text
        left, right = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        return Spot(self.stretch.place_at(start), _flat(left), text[start:end], _flat(right))

    def form(self, start: int, end: int) -> str:
        return "".join(self.forms[start:end])


class Hand:
    """One script's way with a text: its characters for each file, and the volume's switches."""

    def __init__(
        self,
        script: Script,
        characters: Characters,
        own: Mapping[str, Characters] | None = None,
        choices: Choices = _NO_CHOICES,
    ) -> None:
        self.script = script
        self._characters = characters
        self._own = own or {}
        self._choices = choices

    def of(self, file: str) -> Characters:
        """The characters of a file: an article's header may know more than its volume."""
        return self._own.get(file, self._characters)

    def read(self, stretch: Stretch, more: Iterable[Term] = ()) -> Reading:
        """The stretch converted; `more` are terms that the editor might add."""
        characters = self.of(stretch.file).with_terms(more)
        conversion = characters.convert(stretch.text)
        forms = conversion.forms
        if self._choices.rows:
            written = Converter(self.script, characters, choices=self._choices).text(stretch.text)
            forms = tuple(written) if len(written) == len(stretch.text) else forms
        hits = [hit for hit in conversion.protected if hit.term.authority in EDITORS]
        settled = stretch.settled.union(at for hit in hits for at in range(hit.start, hit.end))
        given = stretch.settled.union(at for hit in hits if not hit.term.person for at in range(hit.start, hit.end))
        return Reading(stretch, conversion, forms, settled, given)

    def switched(self, reading: Reading, at: int, form: str) -> str:
        """What the switches make of another character in this place."""
        before = "".join(reading.conversion.forms[max(0, at - _REACH) : at])
        after = "".join(reading.conversion.forms[at + 1 : at + 1 + _REACH])
        return apply(f"{before}{form}{after}", self._choices)[len(before)]


@dataclass(frozen=True, slots=True)
class Rereading:
    """All that is read of a text: the script that is asked for, and the other one, for whose form a line also cares."""

    script: Script
    stretches: tuple[Stretch, ...]
    hand: Hand
    other: Hand
    readings: tuple[Reading, ...]

    def holding(self, word: str) -> Iterator[Stretch]:
        return (stretch for stretch in self.stretches if word in stretch.text)

    def spots(self, word: str) -> tuple[Spot, ...]:
        return tuple(
            reading.spot(at, at + len(word))
            for reading in self.readings
            for at in occurrences(reading.stretch.text, word)
        )


def reread_manuscript(manuscript: Manuscript, script: Script) -> Rereading:
    """A whole volume."""
    stretches = tuple(stretch for passage in read_passages(manuscript, script) for stretch in passage)

    def hand(of: Script) -> Hand:
        characters = characters_for(manuscript, of)
        own = {
            piece.source.file: characters.with_terms(article_terms(piece, of, characters))
            for piece in manuscript.pieces()
            if piece.header.names
        }
        return Hand(of, characters, own, variant_choices(manuscript.plan.entries.traditional, of))

    return _reread(script, stretches, hand(script), hand(_other(script)))


def reread_text(text: str, file: str, script: Script) -> Rereading:
    """A text by itself, outside any project: a line is a paragraph."""
    lines = text.split("\n")
    stretches = tuple(Stretch(line, file, lines, number, number) for number, line in enumerate(lines, 1) if line)

    def hand(of: Script) -> Hand:
        return Hand(of, characters_of(lines, of))

    return _reread(script, stretches, hand(script), hand(_other(script)))


def _reread(script: Script, stretches: tuple[Stretch, ...], hand: Hand, other: Hand) -> Rereading:
    return Rereading(script, stretches, hand, other, tuple(map(hand.read, stretches)))


def _other(script: Script) -> Script:
    return Script.HANT_HK if script is Script.HANT_TW else Script.HANT_TW


def _flat(text: str) -> str:
    return text.replace("\n", " ")
