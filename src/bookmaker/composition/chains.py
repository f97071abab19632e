"""The cheapest chain of lines.

Only lines are looked at that can be in it: first those of chains that cost little. If there is one, it is the
cheapest; else dearer ones are looked at. From each break it goes straight to the few that can end the next line.
"""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush

from bookmaker.composition.breaking import HYPHENATED
from bookmaker.composition.emergency import emergency_line
from bookmaker.composition.line_costs import Costs
from bookmaker.composition.lines import ANY, Line, Lines, Stretch
from bookmaker.composition.paragraph import Paragraph
from bookmaker.composition.reach import Reach

#: What it costs, and where its lines end.
Chain = tuple[float, list[int]]
#: What the lines of a paragraph may cost together at the first look, which proves four of five, and how much more at
#: the next. Up to the last no line gapes; then anything may be.
_FIRST, _MORE, _LAST = 4.0, 5.0, 4_900.0
#: Once so many characters are reached, all will cost as much more as they are longer, and this for good measure.
_LONG, _MARGIN = 400, 1.3


class Chains:
    """The chains of lines from the start of a stretch to its end."""

    def __init__(self, paragraph: Paragraph, stretch: Stretch, costs: Costs) -> None:
        self._p = paragraph
        self._stretch = stretch
        self._costs = costs
        self._lines = Lines(paragraph, stretch, costs)

    def best(self) -> Chain:
        """The cheapest chain of breaks from start to end, and its cost."""
        start, end = self._stretch.start, self._stretch.end
        most = _FIRST
        while most < _LAST * _MORE:
            most = min(most, _LAST)
            costs, origins = self._cheapest(most)
            if costs.get(end, ANY) <= most:
                return self._chain(costs, origins)
            reached = max(costs) - start
            most *= _MORE if reached < _LONG else max(_MORE, _MARGIN * (end - start) / reached)
        return self._chain(*self._cheapest(ANY))

    def _cheapest(self, most: float) -> tuple[dict[int, float], dict[int, int]]:
        """What it costs at least to come to each break for no more than this, and from where one comes."""
        start, end = self._stretch.start, self._stretch.end
        costs, origins, todo = {start: 0.0}, dict[int, int](), [start]
        while todo:
            a = heappop(todo)
            if a == end:
                break
            so_far = costs[a]
            for b, price in self._lines_from(a, most - so_far):
                known = costs.get(b)
                if known is None:
                    heappush(todo, b)
                elif known <= so_far + price:
                    continue
                costs[b] = so_far + price
                origins[b] = a
        return costs, origins

    def _chain(self, costs: dict[int, float], origins: dict[int, int]) -> Chain:
        chain = [self._stretch.end]
        while chain[-1] != self._stretch.start:
            chain.append(origins[chain[-1]])
        return costs[chain[0]], chain[-2::-1]

    def _lines_from(self, start: int, most: float) -> list[Line]:
        """The lines from a break on that cost no more than this; where any may be, at least one."""
        lines = self._lines.beginning_at(start, most)
        if not lines and most > ANY / 2:
            return [emergency_line(self._p, self._stretch, start, self._costs, self._lines.em)]
        hyphens = self._p.hyphens
        if start in hyphens:
            # Two lines in a row: twice as dear.
            return [(b, price + HYPHENATED if b in hyphens else price) for b, price in lines]
        return lines

    def best_of(self, counts: Iterable[int], most: float) -> Iterator[Chain]:
        """The cheapest chain of so many lines of which none costs more than `most`, for each count there is one of."""
        reach = Reach(self._p.row, self._stretch, self._lines, self._costs, most)
        known: dict[int, list[Line]] = {}
        for count in counts:
            if count > 0 and self._stretch.start < self._stretch.end and reach.may_fill(self._stretch.start, count):
                found = self._of_length(count, most, reach, known)
                if found is not None:
                    yield found

    def _of_length(self, count: int, most: float, reach: Reach, known: dict[int, list[Line]]) -> Chain | None:
        """The cheapest chain of so many lines; `known` are the cheap ones from a break."""
        start, end = self._stretch.start, self._stretch.end
        layers = [{start: (0.0, start)}]
        for left in range(count - 1, -1, -1):
            reached: dict[int, tuple[float, int]] = {}
            for a, (so_far, _) in layers[-1].items():
                if a not in known:
                    known[a] = [line for line in self._lines_from(a, most) if line[1] <= most]
                for b, price in known[a]:
                    if (b == end) != (left == 0):
                        continue
                    best = reached.get(b)
                    if best is None and left and not reach.may_fill(b, left):
                        continue
                    if best is None or so_far + price < best[0]:
                        reached[b] = so_far + price, a
            layers.append(reached)
        if end not in layers[-1]:
            return None
        chain = [end]
        for layer in layers[:1:-1]:
            chain.append(layer[chain[-1]][1])
        return layers[-1][end][0], chain[::-1]

    def best_line(self) -> int:
        """The end of the cheapest line from start, the fullest of equals."""
        start = self._stretch.start
        for most in (_FIRST, ANY):
            lines = self._lines.beginning_at(start, most)
            if lines:
                return min(lines, key=lambda line: (line[1], -line[0]))[0]
        return emergency_line(self._p, self._stretch, start, self._costs, self._lines.em)[0]
