"""Who and what is named in a text: what the sources declare, and people whom the words around show.

For reports only: a conversion asks `people.py`, which is surer and looks at fewer characters.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bookmaker.content.manuscript import Manuscript
from bookmaker.review.rereading import Reading, Rereading
from bookmaker.script.han import is_han
from bookmaker.script.people import has_surname
from bookmaker.script.words import Word, occurrences

#: What shows that somebody is named: a post before the name, or what he does or is behind it.
POST = re.compile(r"(?:[记编作学患]者|书记|主任|主席|[长员师士理总裁摄编授事])[:：]?[ \u3000]*$")
_BEHIND = re.compile(
    r"[ \u3000]*(?:说|表示|介绍|指出|强调|告诉|认为|坦言|主持|出席|[一-龥]{0,4}(?:书记|主任|市长|局长|经理|摄))"
)
_BEFORE = 12
LONGEST_NAME = 4
#: Surnames with several forms, or that are other words too: no evidence for a conversion, but enough for a report.
_MORE_SURNAMES = frozenset("丰云付凌肖")


@dataclass(frozen=True, slots=True)
class Declared:
    """What the sources themselves call names, each with the entry it belongs to; and those that are people."""

    entries: Mapping[str, str]
    people: frozenset[str]

    @classmethod
    def of(cls, manuscript: Manuscript) -> "Declared":
        """The names of `names.toml`, of bylines and of headers."""
        names = manuscript.names
        entries = {
            form: entry.name
            for entry in (*names.person, *names.organisation, *names.place)
            for form in (entry.name, *entry.aliases)
        }
        people = {form for entry in names.person for form in (entry.name, *entry.aliases)}
        for piece in manuscript.pieces():
            for byline in piece.header.bylines:
                if is_han(byline.name) and len(byline.name) <= LONGEST_NAME:
                    entries.setdefault(byline.name, byline.name)
                    people.add(byline.name)
            for name in piece.header.names:
                entries.setdefault(name.name, name.name)
        return cls(entries, frozenset(people))


NOTHING_DECLARED = Declared({}, frozenset())


def people_in(rereading: Rereading, declared: Declared) -> Iterator[str]:
    """Who is somebody in the text, by the segmenter and the words around, or by the conversion."""
    for reading in rereading.readings:
        yield from (hit.term.simplified for hit in reading.conversion.protected if hit.term.person)
        for word in reading.conversion.words:
            # 韦韬到: a guess that has swallowed the word behind a name.
            if _is_person(reading, word) and word.text[:2] not in declared.people and word.text not in declared.entries:
                yield word.text


def _is_person(reading: Reading, word: Word) -> bool:
    if word.tag not in ("nr", "nrfg") or not 2 <= len(word.text) <= 3 or not is_han(word.text):
        return False
    text = reading.stretch.text
    named = POST.search(text[max(0, word.start - _BEFORE) : word.start]) or _BEHIND.match(text, word.end)
    return _has_surname(word.text) and bool(named)


def _has_surname(name: str) -> bool:
    return has_surname(name) or name[0] in _MORE_SURNAMES


def places_of(reading: Reading, name: str, declared: Declared) -> Iterator[int]:
    """Where a name stands, but not as a part of a word or of a longer name that is declared."""
    text = reading.stretch.text
    longer = [other for other in declared.entries if name in other and name != other] if name in text else []
    for at in occurrences(text, name):
        inside = any(0 <= text.find(one, max(0, at - len(one) + 1), at + len(one)) <= at for one in longer)
        if not inside and _cuts_no_word(reading, at, at + len(name)):
            yield at


def _cuts_no_word(reading: Reading, start: int, end: int) -> bool:
    """True if no word of the dictionary is cut: 王建 stands in 王|建设, 建设 is a word."""
    return not any(
        word.known and len(word.text) > 1 and not start <= word.start < word.end <= end
        for word in reading.conversion.words
        if word.start < end and word.end > start
    )
