"""All lines there are, each priced, and the cheapest chain of them."""

from __future__ import annotations

from math import inf

from bookmaker.composition import classes as c
from bookmaker.composition.breaking import HYPHENATED
from bookmaker.composition.line_costs import EXACT, Costs
from bookmaker.composition.spacing import HAIR
from bookmaker.composition.total_fit import Measure
from tests.composition.plain.paragraph import PlainParagraph

COSTS = Costs()
#: The gap that `Costs.even` is for, and the one from which a line gapes, in em.
_EVEN, _GAPING = 0.05, 0.25
#: Up to this Han gap (em) those beside Latin letters are spared, and what they take at most.
_MODEST_GAP, _LATIN_MORE = 0.04, 0.095


def plain_breaks(p: PlainParagraph, measure: Measure, *, start: int = 0, justified: bool = True) -> list[int]:
    """Where lines end, as positions in the paragraph."""
    breaks: list[int] = []
    for search in plain_searches(p, measure, start=start, justified=justified):
        breaks += search.best()
    return breaks


def plain_searches(p: PlainParagraph, measure: Measure, *, start: int = 0, justified: bool = True) -> list[PlainSearch]:
    """A search for every stretch between forced breaks."""
    ends = [i + 1 for i in range(start, len(p)) if p.classes[i] == c.BREAK]
    if not ends or ends[-1] != len(p):
        ends.append(len(p))
    starts = [start, *ends]
    return [PlainSearch(p, measure, a, b, a > 0, justified) for a, b in zip(starts, ends, strict=False)]


def plain_cost(p: PlainParagraph, measure: Measure, breaks: list[int], *, justified: bool = True) -> float:
    """What the lines that end at these places cost together."""
    return sum(search.cost_of(breaks) for search in plain_searches(p, measure, justified=justified))


class PlainSearch:
    """The lines of one stretch."""

    def __init__(
        self, p: PlainParagraph, measure: Measure, start: int, end: int, continued: bool, justified: bool
    ) -> None:
        self._p = p
        self._first = measure.others if continued else measure.first
        self._others = measure.others
        self.start = start
        self._begin = line_start(p, start, end)
        self.end = end
        self._justified = justified
        self._em = max(p.sizes[start:end], default=1.0)

    def best(self) -> list[int]:
        """The cheapest chain of breaks from start to end."""
        cost: dict[int, float] = {self.start: 0.0}
        origin: dict[int, int] = {}
        for a in range(self.start, self.end):
            if a in cost:
                for b, price in self.lines(a):
                    if cost[a] + price < cost.get(b, inf):
                        cost[b], origin[b] = cost[a] + price, a
        chain = [self.end]
        while chain[-1] != self.start:
            chain.append(origin[chain[-1]])
        return chain[-2::-1]

    def best_of(self, count: int, most: float) -> float:
        """What the cheapest chain of so many lines costs of which none costs more than this; else infinity."""
        cost: dict[tuple[int, int], float] = {(0, self.start): 0.0}
        for number in range(count):
            for a in [a for n, a in cost if n == number]:
                for b, price in self.lines(a) if a < self.end else ():
                    if price <= most:
                        total = cost[number, a] + price
                        cost[number + 1, b] = min(total, cost.get((number + 1, b), inf))
        return cost.get((count, self.end), inf) if count > 0 else inf

    def cost_of(self, breaks: list[int]) -> float:
        """What the lines between these breaks cost, as far as they are in the stretch."""
        ends = [b for b in breaks if self.start < b <= self.end]
        return sum(dict(self.lines(a)).get(b, inf) for a, b in zip([self.start, *ends], ends, strict=False))

    def best_line(self) -> int:
        """The end of the cheapest line from start, the fullest of equals."""
        return min(self.lines(self.start, alone=True), key=lambda found: (found[1], -found[0]))[0]

    def lines(self, a: int, *, alone: bool = False) -> list[tuple[int, float]]:
        """Every line from `a`, with its cost; at least one. `alone`, it knows nothing of the line before."""
        p = self._p
        width = self._first if a == self.start else self._others
        begin = line_start(p, a, self.end)
        if begin >= self.end:
            return [(self.end, 0.0)]
        furthest = p.leasts[begin] + width + self._em
        found: list[tuple[int, float]] = []
        for b in range(begin + 1, self.end + 1):
            if p.leasts[max(begin, line_end(p, b, begin) - 1)] > furthest:
                break
            cost = (0.0 if b == self.end else p.prices[b]) + self.cost(begin, b, width)
            if cost < inf:
                twice = HYPHENATED if not alone and a in p.hyphens and b in p.hyphens else 0.0
                found.append((b, cost + twice))
        return found or [self._emergency(begin, width)]

    def _emergency(self, begin: int, width: float) -> tuple[int, float]:
        """Nothing allowed fits nearly: the last allowed break before the edge, or a cut word."""
        p = self._p
        edge = p.starts[begin] + width + EXACT * self._em
        fit = begin + 1
        while fit < self.end and p.ends[max(begin, line_end(p, fit + 1, begin) - 1)] <= edge:
            fit += 1
        fitting = [b for b in range(fit, begin, -1) if self._fits(begin, b, edge)] or [begin + 1]
        allowed = next((b for b in fitting if p.prices[b] < inf or b == self.end), None)
        cut = (next((b for b in fitting if _inside_word(p, b)), fitting[0]), COSTS.gaping * 2)
        if allowed is None:
            return cut
        wasted = (edge - p.ends[line_end(p, allowed, begin) - 1]) / self._em
        # A short line may be stretched or left short; a word is cut only rather than leave a third empty.
        if self._justified and wasted > width / self._em / 3:
            return cut
        return allowed, COSTS.gaping + wasted**2

    def _fits(self, begin: int, b: int, edge: float) -> bool:
        last = line_end(self._p, b, begin) - 1
        return self._p.ends[last] + self._p.tails[last] <= edge

    def cost(self, begin: int, b: int, width: float) -> float:
        """What the line [begin, b) costs, or infinity if it does not fit."""
        p, costs = self._p, COSTS
        last = line_end(p, b, begin) - 1
        if last < begin:
            return 0.0
        missing = width - (p.ends[last] + p.tails[last] - p.starts[begin])
        if b == self.end and missing >= -EXACT * self._em:
            return self._last_line(begin, last, width - missing)
        if missing < 0.0:
            return self._squeezed(begin, last, -missing)
        if not self._justified:
            return (missing / width) ** 2 * 4
        missing -= HAIR * (p.evenly[last] - p.evenly[begin]) + EXACT * self._em
        cost = 0.0
        if missing <= 0.0:
            return cost
        for place, price in zip(p.stretch, costs.stretch, strict=True):
            can = place[last] - place[begin]
            if can > 0.0:
                if missing <= can:
                    return cost + price * (missing / can) ** 3
                cost += price
                missing -= can
        gap, _ = even_gap(p, begin, last, missing)
        if gap > _GAPING:
            return cost + costs.gaping + costs.even * (gap / _EVEN) ** 2 if gap < inf else inf
        return cost + costs.even * (gap / _EVEN) ** 3

    def _squeezed(self, begin: int, last: int, excess: float) -> float:
        p, costs = self._p, COSTS
        excess -= p.hair[last] - p.hair[begin]
        cost = 0.0
        if excess <= 0.0:
            return cost
        for place, price in zip(p.shrink, costs.shrink, strict=True):
            can = place[last] - place[begin]
            if can > 0.0:
                if excess <= can:
                    return cost + price * (excess / can) ** 3
                cost += price
                excess -= can
        return cost if excess <= EXACT * self._em else inf

    def _last_line(self, begin: int, last: int, natural: float) -> float:
        if begin == self._begin:
            return 0.0
        seen = sum(1 for letter in self._p.classes[begin : last + 1] if letter not in _UNSEEN)
        if seen <= 1:
            return COSTS.runt
        return COSTS.short_last if natural < (2 - EXACT) * self._em else 0.0


def even_gap(p: PlainParagraph, first: int, last: int, missing: float) -> tuple[float, float]:
    """What each Han gap from character `first` to `last` takes, and each gap beside Latin, in em, of what is missing.

    The latter have had their share (CLREQ §3.1.5: no more than a quarter em), but in a very loose line they take
    part again, up to a tenth of an em. The first is infinite where nothing can stretch.
    """
    evenly = p.evenly[last] - p.evenly[first]
    if not evenly:
        return inf, 0.0
    gap = missing / evenly
    if gap <= _MODEST_GAP:
        return gap, 0.0
    latin = p.latin[last] - p.latin[first]
    each = min((missing + _MODEST_GAP * latin) / (evenly + latin) - _MODEST_GAP, _LATIN_MORE)
    return (missing - each * latin) / evenly, each


#: What does not count as a character when a last line is looked at.
_UNSEEN = frozenset(c.OPENING + c.CLOSING + c.PAUSE + c.STOP + c.DASH + c.ELLIPSIS + c.SPACE + c.BREAK + c.RAISED)


def _inside_word(paragraph: PlainParagraph, at: int) -> bool:
    letters = paragraph.classes[at - 1 : at + 1]
    return len(letters) == 2 and _WORD.issuperset(letters)


_WORD = frozenset(c.LETTER + c.DIGIT + c.SIGN)


def line_start(paragraph: PlainParagraph, start: int, end: int) -> int:
    """Where the first character stands of a line that begins at a break: spaces there are not set."""
    classes = paragraph.classes
    while start < end and classes[start] == c.SPACE:
        start += 1
    return start


def line_end(paragraph: PlainParagraph, end: int, start: int) -> int:
    """Behind the last character of a line that ends at a break: spaces and the forced break are not set."""
    classes = paragraph.classes
    while end > start and classes[end - 1] in _NOT_SET:
        end -= 1
    return end


_NOT_SET = frozenset(c.SPACE + c.BREAK)
