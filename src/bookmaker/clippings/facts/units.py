"""Names that stand by themselves in a list, and the same with a look-alike in another: 太钢、太重、…, …、大重、….

A unit of a list is whole by the marks around it, so that no words need agree; 重大重点 is no unit.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bookmaker.clippings.facts.alike import TWINS
from bookmaker.clippings.facts.doubts import Place, Text
from bookmaker.script.han import is_han

_UNIT = re.compile("[^、，,。；;：:！!？?“”‘’《》（）()\\s—…]+")
#: What ends a list: 等企业.
_REST = re.compile("等.{0,6}$")
_LONGEST = 10
_MOST = 50


def by_lists(texts: Sequence[Text]) -> Iterator[tuple[Place, Place]]:
    """Two places of look-alikes that make two units of lists the same."""
    units: dict[str, list[Place]] = defaultdict(list)
    for text in texts:
        for unit, at in _units(text.text):
            units[unit].append(Place(text, at, len(unit)))
    for unit, places in units.items():
        for index, character in enumerate(unit):
            for twin in TWINS.get(character, ()):
                other = unit[:index] + twin + unit[index + 1 :]
                if unit < other and other in units:
                    yield from _pairs(places, units[other], index)


def _pairs(ones: Sequence[Place], others: Sequence[Place], index: int) -> Iterator[tuple[Place, Place]]:
    """The places of a character in its units, each with one of the other spelling, and the other way round."""
    first, second = ones[0], others[0]
    for one in ones[:_MOST]:
        yield _inside(one, index), _inside(second, index)
    for other in others[1:_MOST]:
        yield _inside(first, index), _inside(other, index)


def _inside(unit: Place, index: int) -> Place:
    return Place(unit.text, unit.at + index)


def _units(text: str) -> Iterator[tuple[str, int]]:
    """The whole units of the lists in a text: between two 、, before the first behind a mark, behind the last."""
    if "、" not in text:
        return
    for found in _UNIT.finditer(text):
        before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
        unit = found[0] if after == "、" else _REST.sub("", found[0])
        if "、" in (before, after) and 2 <= len(unit) <= _LONGEST and is_han(unit):
            yield unit, found.start()
