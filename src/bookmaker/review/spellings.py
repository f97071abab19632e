"""Names that stand in a text in two spellings.

Two spellings are one name if a single character differs and looks alike (盂, 孟), or is the other script's (鹄, 鵠);
for a person also if surname and one character of the given name agree and nothing else tells them apart. Who has an
entry of his own in `names.toml`, or stands in a byline, is another person.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bookmaker.review.named import LONGEST_NAME, POST, Declared, people_in, places_of
from bookmaker.review.rereading import Rereading, Spot
from bookmaker.script.han import is_han
from bookmaker.script.look_alikes import NAME_TWINS
from bookmaker.script.tables import opencc

#: Of these the ones that hardly stand but in names: their words are compared even if nobody declares them.
_RARE = frozenset("盂孟祁祈亳睢雎沁")
#: A look-alike this common is a word of its own wherever it stands; only a person's or a long name tells.
_EVERYDAY = frozenset("太大千干日未末已己土士园圆玉金红智建健洪永降份仰硬除楼露端含杨扬阳吴")
#: So many characters of a post in common make it the same.
_SAMEPOST = 6


class Kind(StrEnum):
    """What two spellings have in common."""

    ALIAS = "alias"
    LOOK_ALIKE = "look-alike"
    SCRIPT = "script"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way of writing a name, and where; `declared` in names.toml, a header or a byline."""

    name: str
    declared: bool
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class TwoSpellings:
    """A name and what looks like the same name, written otherwise."""

    kind: Kind
    first: Spelling
    second: Spelling


def find_spellings(rereading: Rereading, declared: Declared) -> tuple[TwoSpellings, ...]:
    """Names that stand in the text in two spellings, each pair once."""
    people = set(people_in(rereading, declared))
    text = "\n".join(stretch.text for stretch in rereading.stretches)
    found: dict[tuple[str, str], Kind] = {}
    for name, twin, kind in (*_candidates(declared, people), *_rare_words(text)):
        first, second = (name, twin) if name in declared.entries else (twin, name)
        seen = twin in text and (name in declared.entries or name in text)
        if seen and (second, first) not in found and not _are_two(name, twin, declared):
            found.setdefault((first, second), kind)
    pairs = (_pair(rereading, declared, first, second, kind) for (first, second), kind in sorted(found.items()))
    return tuple(pair for pair in pairs if pair.second.spots and not _have_two_posts(pair))


def _candidates(declared: Declared, people: set[str]) -> Iterator[tuple[str, str, Kind]]:
    """Every name with what would be another spelling of it."""
    by_surname: dict[str, list[str]] = defaultdict(list)
    for person in sorted({*people, *declared.people}):
        by_surname[person[0]].append(person)
    for name in sorted({*declared.entries, *people}):
        is_person = name in declared.people or name in people
        yield from ((name, twin, kind) for twin, kind in _twins(name, is_person))
        for other in by_surname[name[0]] if is_person and len(name) == 3 else ():
            if len(other) == 3 and (other[1] == name[1]) != (other[2] == name[2]):
                yield name, other, Kind.PERSON


def _rare_words(text: str) -> Iterator[tuple[str, str, Kind]]:
    """Two characters of which the second hardly stands but in names: 大盂."""
    pairs = {text[at - 1 : at + 1] for at, character in enumerate(text) if at and character in _RARE}
    for pair in sorted(pair for pair in pairs if is_han(pair)):
        yield from ((pair, twin, kind) for twin, kind in _twins(pair, False) if twin[0] == pair[0])


def _twins(name: str, is_person: bool) -> Iterator[tuple[str, Kind]]:
    """The same name with one character that looks alike, or in the other script."""
    for at, character in enumerate(name):
        other = opencc("s2t")(character)
        if other != character:
            yield name[:at] + other + name[at + 1 :], Kind.SCRIPT
        for twin in (twin for group in NAME_TWINS if character in group for twin in group):
            everyday = twin in _EVERYDAY and not (is_person and at) and len(name) < LONGEST_NAME
            if twin != character and not everyday:
                yield name[:at] + twin + name[at + 1 :], Kind.LOOK_ALIKE


def _are_two(name: str, twin: str, declared: Declared) -> bool:
    """Two entries of their own are two names."""
    a, b = declared.entries.get(name), declared.entries.get(twin)
    return a is not None and b is not None and a != b


def _pair(rereading: Rereading, declared: Declared, first: str, second: str, kind: Kind) -> TwoSpellings:
    def spelling(name: str) -> Spelling:
        spots = (r.spot(at, at + len(name)) for r in rereading.readings for at in places_of(r, name, declared))
        return Spelling(name, name in declared.entries, tuple(spots))

    a, b = sorted((spelling(first), spelling(second)), key=lambda one: (_rank(one, declared), -len(one.spots)))
    same_entry = declared.entries.get(first) == declared.entries.get(second) is not None
    return TwoSpellings(Kind.ALIAS if same_entry and kind is Kind.PERSON else kind, a, b)


def _rank(one: Spelling, declared: Declared) -> int:
    """A canonical form goes first, then what is declared, then what only the text has."""
    if declared.entries.get(one.name) == one.name:
        return 0
    return 1 if one.declared else 2


def _have_two_posts(pair: TwoSpellings) -> bool:
    """Two people who only have most of a name in common are told apart by their posts."""
    if pair.kind is not Kind.PERSON:
        return False
    posts = [[spot.left for spot in one.spots if POST.search(spot.left)] for one in (pair.first, pair.second)]
    return all(posts) and not any(
        left[at : at + _SAMEPOST] in other
        for left in posts[0]
        for other in posts[1]
        for at in range(len(left) - _SAMEPOST + 1)
    )
