"""The review report: what of a conversion an editor should see before she signs, as one frozen model.

A Manuscript (or a plain text) in, a `Review` out. What was settled, by an article's header, by the plan, by
`names.toml` or by a mark in the text, is not in it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bookmaker.content.manuscript import Manuscript
from bookmaker.problems import Problem
from bookmaker.review.named import NOTHING_DECLARED, Declared
from bookmaker.review.rereading import Reading, Rereading, Spot, reread_manuscript, reread_text
from bookmaker.review.settling import Doubtful, Settlement, Settler
from bookmaker.review.spellings import TwoSpellings, find_spellings
from bookmaker.review.unknown import UnknownForm, find_unknown
from bookmaker.script.doubts import Cause, Doubt, find_doubts
from bookmaker.script.han import is_han
from bookmaker.script.scripts import Script
from bookmaker.script.tables import opencc

#: Warnings of the manuscript that belong into this report; all others are for `bookmaker check`.
_WARNINGS = frozenset({"mixed-script", "unbalanced-quote", "straight-quote"})
#: OpenCC's own configurations, with which every report is compared.
_PLAIN: Mapping[Script, str] = {Script.HANT_TW: "s2tw", Script.HANT_HK: "s2hk"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A doubtful character of one word, everywhere it stands, and how to settle it."""

    term: str
    character: str
    chosen: str
    others: tuple[str, ...]
    cause: Cause
    spots: tuple[Spot, ...]
    settlements: tuple[Settlement, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a word was converted, how often and where; the commonest one goes without places."""

    form: str
    count: int
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class TwoWays:
    """A word that was converted in more than one way, the commonest first."""

    word: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The whole report; `characters` are those of the text without spaces."""

    volume: str
    title: str
    script: Script
    characters: int
    entries: tuple[Entry, ...]
    two_ways: tuple[TwoWays, ...]
    spellings: tuple[TwoSpellings, ...]
    unknown: tuple[UnknownForm, ...]
    warnings: tuple[Problem, ...]

    @property
    def flags(self) -> int:
        """How many characters are doubtful."""
        return sum(len(entry.spots) for entry in self.entries)

    @property
    def flags_per_10000(self) -> float:
        return round(self.flags * 10_000 / self.characters, 1) if self.characters else 0.0

    @property
    def counts(self) -> dict[Cause, int]:
        """Doubtful characters by cause; every cause is there."""
        counts: Counter[Cause] = Counter()
        for entry in self.entries:
            counts[entry.cause] += len(entry.spots)
        return {cause: counts[cause] for cause in Cause}


def review_manuscript(manuscript: Manuscript, script: Script) -> Review:
    """What an editor should see of a volume in `script`."""
    plan = manuscript.plan
    warnings = tuple(warning for warning in manuscript.warnings if warning.code in _WARNINGS)
    rereading = reread_manuscript(manuscript, script)
    return _review(rereading, Declared.of(manuscript), plan.slug, plan.entries.volume.title, warnings)


def review_text(text: str, file: str, script: Script) -> Review:
    """The same of a text outside any project."""
    return _review(reread_text(text, file, script), NOTHING_DECLARED, file, file, ())


def _review(rereading: Rereading, declared: Declared, volume: str, title: str, warnings: tuple[Problem, ...]) -> Review:
    return Review(
        volume,
        title,
        rereading.script,
        sum(len("".join(stretch.text.split())) for stretch in rereading.stretches),
        tuple(_entries(rereading)),
        tuple(_two_ways(rereading.readings)),
        find_spellings(rereading, declared),
        find_unknown(rereading, declared),
        warnings,
    )


def _entries(rereading: Rereading) -> Iterator[Entry]:
    """The doubtful characters by term, in the order of their causes, then the most frequent first."""
    settler = Settler(rereading)
    groups: dict[tuple[Cause, str, str, str], list[Doubtful]] = defaultdict(list)
    for reading in rereading.readings:
        for doubt, others in _doubts(rereading, reading):
            key = (doubt.cause, doubt.term, doubt.simplified, reading.forms[doubt.at])
            groups[key].append(Doubtful(reading, doubt.at, doubt.term, others))
    order = list(Cause)
    for key, places in sorted(groups.items(), key=lambda group: (order.index(group[0][0]), -len(group[1]), group[0])):
        cause, term, simplified, chosen = key
        others = tuple(dict.fromkeys(form for place in places for form in place.others))
        spots = tuple(place.reading.spot(place.at, place.at + 1) for place in places)
        yield Entry(term, simplified, chosen, others, cause, spots, settler.settle(places))


def _doubts(rereading: Rereading, reading: Reading) -> Iterator[tuple[Doubt, tuple[str, ...]]]:
    """The doubts of a reading with the other forms, after the volume's switches; none that a switch has decided."""
    hand, conversion = rereading.hand, reading.conversion
    doubts = find_doubts(conversion, hand.of(reading.stretch.file))
    known = {doubt.at for doubt in doubts}
    for doubt in (*doubts, *_against_opencc(rereading.script, reading, known)):
        if doubt.at in reading.settled:
            continue
        switched = (hand.switched(reading, doubt.at, form) for form in doubt.others)
        others = tuple(dict.fromkeys(form for form in switched if form != reading.forms[doubt.at]))
        if others:
            yield doubt, others


def _against_opencc(script: Script, reading: Reading, known: set[int]) -> Iterator[Doubt]:
    """What plain OpenCC writes otherwise and nobody has noticed: a table that we mend, such as Hong Kong's 蔘."""
    text, forms = reading.stretch.text, reading.conversion.forms
    plain = opencc(_PLAIN[script])(text)
    over = {at: word.text for word in reading.conversion.words for at in range(word.start, word.end)}
    for at, (theirs, ours) in enumerate(zip(plain, forms, strict=False) if len(plain) == len(forms) else ()):
        if theirs != ours and at not in known and at in over:
            yield Doubt(at, over[at], text[at], ours, (theirs,), Cause.WORDS)


def _two_ways(readings: Iterable[Reading]) -> Iterator[TwoWays]:
    """Words of two characters and more that were converted in several ways, not all of them by an editor's will."""
    first: dict[str, str] = {}
    several: set[str] = set()
    readings = tuple(readings)
    for reading in readings:
        for start, end in _words(reading):
            word, form = reading.stretch.text[start:end], reading.form(start, end)
            if first.setdefault(word, form) != form:
                several.add(word)
    places: dict[str, dict[str, list[tuple[Reading, int]]]] = {word: defaultdict(list) for word in sorted(several)}
    for reading in readings if several else ():
        for start, end in _words(reading):
            if (word := reading.stretch.text[start:end]) in several:
                places[word][reading.form(start, end)].append((reading, start))
    for word, ways in places.items():
        if not all(at in reading.given for way in ways.values() for reading, at in way):
            yield TwoWays(word, tuple(_ways(word, ways)))


def _ways(word: str, ways: Mapping[str, list[tuple[Reading, int]]]) -> Iterator[Way]:
    for rank, (form, places) in enumerate(sorted(ways.items(), key=lambda way: (-len(way[1]), way[0]))):
        spots = tuple(reading.spot(at, at + len(word)) for reading, at in places) if rank else ()
        yield Way(form, len(places), spots)


def _words(reading: Reading) -> Iterator[tuple[int, int]]:
    """Words and protected terms, but for those with a form of their own in the text."""
    spans = {(word.start, word.end) for word in reading.conversion.words}
    spans |= {(hit.start, hit.end) for hit in reading.conversion.protected}
    for start, end in sorted(spans):
        whole = end - start > 1 and is_han(reading.stretch.text[start:end])
        if whole and reading.stretch.settled.isdisjoint(range(start, end)):
            yield start, end
