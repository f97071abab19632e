"""People's names whose Traditional form nobody can know: 杰 is 傑 or 杰, as a family likes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bookmaker.review.named import Declared, people_in, places_of
from bookmaker.review.rereading import Rereading, Spot
from bookmaker.review.settling import term_line
from bookmaker.script.vocabulary import listed

#: Characters whose Traditional form is a family's own choice, with what they can be. 肖 is not in the tables.
_UNKNOWN: Mapping[str, str] = {
    forms[0]: forms[1:]
    for forms in listed(
        "肖肖蕭 付付傅 杰傑杰 云雲云 丰豐丰 钟鍾鐘 岳岳嶽 升升昇 涂涂塗 郁郁鬱 闫閆閻 芸芸蕓 征征徵 朴朴樸 昆昆崑 "
        "凌凌淩"
    )
}
#: Of these those that are doubtful in surnames alone, and those that are in given names alone.
_IN_SURNAMES, _IN_GIVEN = frozenset("付闫"), frozenset("岳升征朴昆芸杰")


@dataclass(frozen=True, slots=True)
class UnknownForm:
    """A name with a character that its bearer alone can tell: what is written, what else it could be, and where."""

    name: str
    character: str
    chosen: str
    others: tuple[str, ...]
    spots: tuple[Spot, ...]
    line: str


def find_unknown(rereading: Rereading, declared: Declared) -> tuple[UnknownForm, ...]:
    """People's names with a character that their bearers alone can tell, but for those that are settled."""
    people = {*people_in(rereading, declared), *declared.people}
    names = sorted(name for name in people if not _UNKNOWN.keys().isdisjoint(name))
    return tuple(unknown for name in names for unknown in _unknown(rereading, declared, name))


def _unknown(rereading: Rereading, declared: Declared, name: str) -> Iterator[UnknownForm]:
    places = [
        (reading, at)
        for reading in rereading.readings
        for at in places_of(reading, name, declared)
        if not reading.given.issuperset(range(at, at + len(name)))
    ]
    if not places:
        return
    reading, start = places[0]
    end = start + len(name)
    written = reading.form(start, end)
    spots = tuple(reading.spot(at, at + len(name)) for reading, at in places)
    other = rereading.other.read(reading.stretch).form(start, end)
    line = term_line(name, {rereading.script: written, rereading.other.script: other})
    for at, character in enumerate(name):
        others = tuple(form for form in _UNKNOWN.get(character, "") if form != written[at])
        if others and character not in (_IN_SURNAMES if at else _IN_GIVEN):
            yield UnknownForm(name, character, written, others, spots, line)
