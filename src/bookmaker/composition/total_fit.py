"""Total-fit line breaking: the breaks of a whole paragraph at once, after Knuth and Plass (1981).

A line costs what a reader sees of it (`line_costs.py`), and a last line of one character very much. Only lines are
looked at that can be in the best chain: first those that cost little. If they make a chain that costs no more than
the dearest of them might, no other line can be in a better one; else dearer ones are looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from bookmaker.composition.breaking import HYPHENATED
from bookmaker.composition.classes import BREAK
from bookmaker.composition.emergency import emergency_line
from bookmaker.composition.line_costs import Costs
from bookmaker.composition.lines import ANY, Lines, Stretch, line_end, line_start
from bookmaker.composition.paragraph import Paragraph

__all__ = ["Costs", "Measure", "find_breaks", "find_line_end", "line_end", "line_start"]


@dataclass(frozen=True, slots=True)
class Measure:
    """The widths lines have: `first` for the paragraph's first line (less its indent), `others`."""

    first: float
    others: float


_COSTS = Costs()
#: What lines may cost at the first look and at later ones; at the last, anything.
_LIMITS = (5.0, 100.0)


def find_breaks(
    paragraph: Paragraph, measure: Measure, *, start: int = 0, justified: bool = True, costs: Costs = _COSTS
) -> list[int]:
    """Where lines end, as positions in the paragraph; the last is its length.

    `start` is where the first line begins (for the rest of a paragraph on another page). Every position
    is a line's end that the paragraph allows, unless nothing allowed fits: then a word is cut, and a line
    sticks out only if a single character is wider than the measure.
    """
    breaks: list[int] = []
    for stretch in _stretches(paragraph, measure, start, justified):
        breaks += _Search(paragraph, stretch, costs).best()[1]
    return breaks


def find_line_end(paragraph: Paragraph, start: int, width: float, *, justified: bool = True) -> int:
    """Where the one line ends that fills this width best, whatever comes behind it; by the rules of `find_breaks`."""
    stretch = next(_stretches(paragraph, Measure(width, width), start, justified))
    return _Search(paragraph, stretch, _COSTS).best_line()


def _stretches(paragraph: Paragraph, measure: Measure, start: int, justified: bool) -> Iterator[Stretch]:
    """The stretches between forced breaks; each is searched apart."""
    first, others = measure.first / paragraph.size, measure.others / paragraph.size
    at = start
    while True:
        end = paragraph.classes.find(BREAK, at) + 1 or len(paragraph)
        yield Stretch(at, end, others if at > 0 else first, others, justified)
        at = end
        if at >= len(paragraph):
            return


class _Search:
    def __init__(self, paragraph: Paragraph, stretch: Stretch, costs: Costs) -> None:
        self._p = paragraph
        self._stretch = stretch
        self._costs = costs
        self._lines = Lines(paragraph, stretch, costs)

    def best(self) -> tuple[float, list[int]]:
        """The cheapest chain of breaks from start to end, and its cost."""
        for most in _LIMITS:
            while True:
                cost, chain = self._cheapest(most)
                if cost <= most:
                    return cost, chain
                if cost >= self._costs.gaping:
                    break
                # A better chain has no line that costs more than this one.
                most = cost
        return self._cheapest(ANY)

    def _cheapest(self, most: float) -> tuple[float, list[int]]:
        """The cheapest chain of lines that cost no more than this, if there is one."""
        start, end = self._stretch.start, self._stretch.end
        lines_from, hyphens = self._lines.beginning_at, self._p.hyphens
        costs, origins, todo = {start: 0.0}, {start: start}, [start]
        while todo:
            a = heappop(todo)
            if a == end:
                break
            so_far = costs[a]
            lines = lines_from(a, most)
            if not lines and most == ANY:
                lines = [emergency_line(self._p, self._stretch, a, self._costs, self._lines.em)]
            elif a in hyphens:
                # Two lines in a row: twice as dear.
                lines = [(b, price + HYPHENATED if b in hyphens else price) for b, price in lines]
            for b, price in lines:
                known = costs.get(b)
                if known is None:
                    heappush(todo, b)
                elif known <= so_far + price:
                    continue
                costs[b] = so_far + price
                origins[b] = a
        if end not in costs:
            return ANY, []
        chain = [end]
        while chain[-1] != start:
            chain.append(origins[chain[-1]])
        return costs[end], chain[-2::-1]

    def best_line(self) -> int:
        """The end of the cheapest line from start, the fullest of equals."""
        start = self._stretch.start
        for most in (*_LIMITS, ANY):
            lines = self._lines.beginning_at(start, most)
            if lines:
                return min(lines, key=lambda line: (line[1], -line[0]))[0]
        return emergency_line(self._p, self._stretch, start, self._costs, self._lines.em)[0]
