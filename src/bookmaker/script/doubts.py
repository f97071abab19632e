"""Doubtful characters of a conversion: where the evidence disagrees, and an editor should look.

What was chosen against OpenCC's table; where another phrase of the table, standing over the same character, would
write it otherwise; where somebody's name is likely, but not certain. What an editor has settled is not doubtful.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bookmaker.script.characters import Characters, Choice, Conversion, Reason
from bookmaker.script.people import Person
from bookmaker.script.tables import phrases_over, several_forms
from bookmaker.script.terms import EDITORS
from bookmaker.script.words import Word

#: No phrase that could decide is longer.
_LONGEST = 6
#: Words of one character that several characters go back to and no neighbour decides.
_LONE = frozenset("干后发面只系复准松斗谷冲卷历表钟签升台借征获汇尽坛胡郁致志周余伙采云折范别当吊蒙困朱丑曲扎克须")
_LONE_TAGS = frozenset("nvagzj")


class Cause(StrEnum):
    """Why a character is doubtful."""

    TERM = "term"
    PERSON = "person"
    PLACE = "place"
    WORDS = "words"
    PHRASES = "phrases"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubtful character: where it stands in its text, its word, what was written and what else it could be."""

    at: int
    term: str
    simplified: str
    chosen: str
    others: tuple[str, ...]
    cause: Cause


def find_doubts(conversion: Conversion, characters: Characters) -> list[Doubt]:
    """The doubtful characters of a text, in order, one for each."""
    settled = {at for hit in conversion.protected if hit.term.authority in EDITORS for at in range(hit.start, hit.end)}
    over = {at: word for word in conversion.words for at in range(word.start, word.end)}
    found: dict[int, Doubt] = {}
    for choice in conversion.choices:
        if choice.at not in settled:
            found[choice.at] = _of_choice(choice, conversion, over)
    for at, simplified in enumerate(conversion.source):
        if simplified in several_forms() and at not in settled and at not in found:
            doubt = _of_phrases(conversion, characters, over, at) or _of_lone(conversion, characters, over, at)
            if doubt is not None:
                found[at] = doubt
    for person in characters.likely_people(conversion):
        for doubt in _of_person(person, conversion, characters):
            if doubt.at not in settled:
                found.setdefault(doubt.at, doubt)
    return [found[at] for at in sorted(found)]


def _of_person(person: Person, conversion: Conversion, characters: Characters) -> Iterator[Doubt]:
    """The characters that would be others if this were a name."""
    name = conversion.source[person.start : person.end]
    for at, form in enumerate(characters.name(name), person.start):
        if form != conversion.forms[at]:
            yield Doubt(at, name, conversion.source[at], conversion.forms[at], (form,), Cause.PERSON)


def _of_choice(choice: Choice, conversion: Conversion, over: dict[int, Word]) -> Doubt:
    term = over[choice.at].text
    for hit in conversion.protected:
        if hit.start <= choice.at < hit.end:
            term = hit.term.simplified
    if choice.reason is Reason.PLACE:
        term = _around(conversion, choice.at, over)
    return Doubt(choice.at, term, choice.simplified, choice.chosen, (choice.table,), Cause(choice.reason))


def _around(conversion: Conversion, at: int, over: dict[int, Word]) -> str:
    """A character with the word before it: 在并, （抵）并."""
    start = over[at - 1].start if at else at
    return conversion.source[start : at + 1]


def _of_phrases(conversion: Conversion, characters: Characters, over: dict[int, Word], at: int) -> Doubt | None:
    """Another phrase of the table stands over the character and would write it otherwise."""
    text, chosen = conversion.source, conversion.forms[at]
    others: dict[str, str] = {}
    for a, b in phrases_over(text, at, _LONGEST):
        form = characters.by_table(text[a:b])[at - a]
        if form != chosen:
            others.setdefault(form, text[a:b])
    if not others:
        return None
    # A phrase over parts of two words is no rival of a phrase that is a whole word of two characters and more.
    word = over[at]
    if len(word.text) > 1 and word.known and all(not _inside(word, text, phrase, at) for phrase in others.values()):
        return None
    return Doubt(at, word.text, text[at], chosen, tuple(others), Cause.PHRASES)


def _inside(word: Word, text: str, phrase: str, at: int) -> bool:
    """True if the phrase stands inside the word, over the character."""
    start = text.find(phrase, max(word.start, at - len(phrase) + 1))
    return 0 <= start <= at and start + len(phrase) <= word.end


def _of_lone(conversion: Conversion, characters: Characters, over: dict[int, Word], at: int) -> Doubt | None:
    word = over[at]
    if len(word.text) != 1 or word.text not in _LONE or word.tag[0] not in _LONE_TAGS:
        return None
    chosen = conversion.forms[at]
    others = tuple(form for form in characters.forms_of(word.text) if form != chosen)
    return Doubt(at, word.text, word.text, chosen, others, Cause.ALONE) if others else None
