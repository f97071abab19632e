"""The same figure of the same project, said with two numbers: 总投资140亿元 and 总投资104亿元."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bookmaker.clippings.facts.doubts import Doubt, Kind, Place, Text, doubt, odd_ones

_LABELS = "计划总投资|总投资额?|投资总额|占地面积?|总建筑面积|建筑面积|年产值|总里程|全长|总长"
#: A project, and in the same clause or the next what it costs or measures.
_FIGURE = re.compile(
    rf"(?P<project>[\u3400-\u9fffA-Za-z0-9]{{6,30}}(?:项目|工程|产业园|科技园|基地))(?P<between>[^。；！？\n\d]{{0,12}}?)"
    rf"(?P<label>{_LABELS})(?:约|达|达到|为|超过)?(?P<number>\d[\d.,]*)(?P<unit>[万亿]?(?:元|平方米|平方公里|公里|米|亩))"
)
#: So much of a project's name, from its end, makes it the same.
_SAME_PROJECT = 8


def find_figures(texts: Sequence[Text]) -> Iterator[Doubt]:
    """A doubt for every project whose figure stands with two numbers of one unit and of as many digits."""
    found: dict[tuple[str, str, str], dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for text in texts:
        if any(label in text.text for label in ("投资", "面积", "占地", "产值", "长", "里程")):
            for figure in _FIGURE.finditer(text.text):
                project = figure["project"][-_SAME_PROJECT:]
                label = figure["label"].removeprefix("计划").removesuffix("额")
                place = Place(text, figure.start("label"), figure.end() - figure.start("label"))
                found[project, label, figure["unit"]][figure["number"].rstrip(".,")].append(place)
    for (project, label, unit), numbers in found.items():
        for first, second in _transposed(sorted(numbers)):
            what = f"“{project}”的{label}两处不同：{first}{unit}与{second}{unit}"
            hint = "one project, two numbers of the same digits: look up which is right"
            yield doubt(Kind.TWO_FIGURES, what, hint, odd_ones([numbers[first], numbers[second]]))


def _transposed(numbers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of numbers with the same digits in another order: a slip of the hand, not news."""
    by_digits: dict[str, list[str]] = defaultdict(list)
    for number in numbers:
        by_digits["".join(sorted(number))].append(number)
    for same in by_digits.values():
        yield from ((same[0], other) for other in same[1:])
