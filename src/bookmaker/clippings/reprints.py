"""The same text twice across an import: reprints in several papers, one page in two formats, one copy cut short.

Texts are compared as characters alone (NFKC, Simplified, no marks, no spaces). A sample of their shingles, taken by a
stable hash, finds the candidates through an inverted index; all shingles of the two then say how much of the shorter
stands in the longer (containment; Broder, On the resemblance and containment of documents, 1997).
"""

import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bookmaker.clippings.model import Story
from bookmaker.script.tables import only_traditional, opencc

#: Characters of a shingle.
_SHINGLE = 6
#: One of so many shingles is sampled.
_SAMPLE = 8
#: A shingle that stands in more stories than these is boilerplate and finds nothing.
_COMMON = 30
#: So much of the shorter text stands in the longer.
_ENOUGH = 0.8
#: Briefs of one kind share their words: below this length two characters in a row that others stand for, a name or a
#: place, make another brief; a misread character stands alone.
_BRIEF = 400
_A_NAME = 2
#: Shorter texts are the same only if they are equal; the shortest say nothing at all.
_TOO_SHORT, _NOTHING = 60, 12
#: So many of the shorter text's numbers stand in the longer: yesterday's weather is not today's.
_SAME_NUMBERS = 0.8
_NUMBER = re.compile(r"[0-9]+")
#: So many stories that share most are compared in full.
_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Reprint:
    """Stories that are one text: the index of the one to keep, those of the others, and how much of them is in it.

    `likeness` is the lowest share (0 to 1) of another's shingles that the kept story holds.
    """

    kept: int
    others: tuple[int, ...]
    likeness: float


def find_reprints(stories: Sequence[Story]) -> tuple[Reprint, ...]:
    """Every group of stories with the same text; kept is the longest, then one with a headline, then the first."""
    bodies = [_body(story) for story in stories]
    order = sorted(range(len(stories)), key=lambda index: (-len(bodies[index]), stories[index].supplied, index))
    firsts: dict[str, int] = {}
    groups: dict[int, dict[int, float]] = defaultdict(dict)
    for index in order:
        if len(bodies[index]) >= _NOTHING and (first := firsts.setdefault(bodies[index], index)) != index:
            groups[first][index] = 1.0
    singles = [index for index in order if firsts.get(bodies[index]) == index and len(bodies[index]) >= _TOO_SHORT]
    for shorter, longer, likeness in _contained(bodies, singles):
        same = groups.pop(shorter, {})
        groups[longer].update({shorter: likeness, **dict.fromkeys(same, likeness)})
    found = (Reprint(kept, tuple(sorted(others)), min(others.values())) for kept, others in groups.items() if others)
    return tuple(sorted(found, key=lambda reprint: reprint.kept))


def _body(story: Story) -> str:
    """The story's headings and paragraphs as letters and digits alone."""
    parts = (text for part in story.parts for text in (part.heading, *(one.text for one in part.paragraphs)))
    text = unicodedata.normalize("NFKC", "".join(parts))
    text = "".join(filter(str.isalnum, text))
    return text if only_traditional().isdisjoint(text) else opencc("t2s")(text)


def _contained(bodies: Sequence[str], singles: Sequence[int]) -> Iterator[tuple[int, int, float]]:
    """Each story that stands in a longer one, with that and the share; `singles` go from the longest down.

    A story that stands in another is no longer one that others can stand in.
    """
    samples = {index: _sample(bodies[index]) for index in singles}
    often = Counter(shingle for sample in samples.values() for shingle in sample)
    holders: dict[int, list[int]] = defaultdict(list)
    for index in singles:
        telling = [shingle for shingle in samples[index] if often[shingle] <= _COMMON]
        found = _holder(bodies, index, telling, holders)
        if found is not None:
            yield index, *found
            continue
        for shingle in telling:
            holders[shingle].append(index)


def _holder(
    bodies: Sequence[str], index: int, telling: Sequence[int], holders: Mapping[int, Sequence[int]]
) -> tuple[int, float] | None:
    """The longer story that this one stands in, and how much of it does."""
    shared = Counter(holder for shingle in telling for holder in holders.get(shingle, ()))
    body = bodies[index]
    for longer, count in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]:
        if count * 3 < len(telling):
            break
        likeness = _share(_shingles(body), _shingles(bodies[longer]))
        if likeness >= _ENOUGH and _same_numbers(body, bodies[longer]) and not _names_another(body, bodies[longer]):
            return longer, round(likeness, 3)
    return None


def _sample(body: str) -> tuple[int, ...]:
    """The checksums of a sample of the shingles, the same for the same shingle in any text and on any machine."""
    data = memoryview(body.encode("utf-32-le"))
    width = 4 * _SHINGLE
    sums = (zlib.crc32(data[at : at + width]) for at in range(0, len(data) - width + 1, 4))
    return tuple({checksum: None for checksum in sums if checksum % _SAMPLE == 0})


def _shingles(body: str) -> set[str]:
    return {body[at : at + _SHINGLE] for at in range(len(body) - _SHINGLE + 1)}


def _share(shorter: set[str], longer: set[str]) -> float:
    return len(shorter & longer) / len(shorter)


def _same_numbers(shorter: str, longer: str) -> bool:
    numbers = set(_NUMBER.findall(shorter))
    return len(numbers & set(_NUMBER.findall(longer))) >= _SAME_NUMBERS * len(numbers)


def _names_another(shorter: str, longer: str) -> bool:
    """True for a brief that says something else where the other names somebody or something."""
    if len(shorter) >= _BRIEF:
        return False
    steps = SequenceMatcher(None, shorter, longer, autojunk=False).get_opcodes()
    return any(
        tag == "replace" and min(end - start, other_end - other_start) >= _A_NAME
        for tag, start, end, other_start, other_end in steps
    )
