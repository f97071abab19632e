"""Total-fit line breaking: the breaks of a whole paragraph at once, after Knuth and Plass (1981).

A line costs what a reader sees of it, and that grows with the cube of what its spaces give: many lines a little
off are even to the eye, one far off is not. A last line of one character costs very much. The search goes from
each reachable break straight to the few that can end the next line (they lie between two running sums, found by
bisection), so it visits a handful of places a line, not every character for every active line.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from bookmaker.composition import classes as c
from bookmaker.composition.breaking import HYPHENATED
from bookmaker.composition.paragraph import Paragraph
from bookmaker.composition.spacing import HAIR


@dataclass(frozen=True, slots=True)
class Costs:
    """What a line's faults cost. `r` is the part of what could be given that is given (0 to 1)."""

    #: r³ times this, for shrinking at each place: Latin gaps, marks. A line whose marks have no blank left is about
    #: as bad as one whose gaps are 0.07 em wider.
    shrink: tuple[float, float] = (1.0, 65.0)
    #: The same for stretching: word spaces, Latin gaps.
    stretch: tuple[float, float] = (1.0, 1.0)
    #: Every gap a twentieth of an em wider; it grows with the cube.
    even: float = 25.0
    #: A last line of one character (孤字); of less than two em.
    runt: float = 3_500.0
    short_last: float = 6.0
    #: A line that no stretching fills decently (Han gaps beyond a quarter em), and one that sticks out.
    gaping: float = 5_000.0
    overfull: float = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Measure:
    """The widths lines have: `first` for the paragraph's first line (less its indent), `others`."""

    first: float
    others: float


_COSTS = Costs()
#: How much shorter than the measure lines are that are worth a look, in em, unless one of the cheapest of those costs
#: more than `_HARD`: then all are looked at, which takes its time.
_REACH, _HARD = 4.0, 20.0
#: The gap that `Costs.even` is for, in em.
_EVEN = 0.05
#: Sums of many widths are this exact, in em.
_EXACT = 1e-6


def find_breaks(
    paragraph: Paragraph, measure: Measure, *, start: int = 0, justified: bool = True, costs: Costs = _COSTS
) -> list[int]:
    """Where lines end, as positions in the paragraph; the last is its length.

    `start` is where the first line begins (for the rest of a paragraph on another page). Every position
    is a line's end that the paragraph allows, unless nothing allowed fits: then a word is cut, and a line
    sticks out only if a single character is wider than the measure.
    """
    breaks: list[int] = []
    for end in _stretches(paragraph, start):
        breaks += _Search(paragraph, measure, start, end, bool(breaks) or start > 0, justified, costs).best()
        start = end
    return breaks


def find_line_end(paragraph: Paragraph, start: int, width: float, *, justified: bool = True) -> int:
    """Where the one line ends that fills this width best, whatever comes behind it; by the rules of `find_breaks`."""
    end = _stretches(paragraph, start)[0]
    return _Search(paragraph, Measure(width, width), start, end, True, justified, _COSTS).best_line()


def _stretches(paragraph: Paragraph, start: int) -> list[int]:
    """The ends of the stretches between forced breaks; each is searched apart."""
    ends = [i + 1 for i in range(start, len(paragraph)) if paragraph.classes[i] == c.BREAK]
    if not ends or ends[-1] != len(paragraph):
        ends.append(len(paragraph))
    return ends


class _Search:
    def __init__(
        self,
        paragraph: Paragraph,
        measure: Measure,
        start: int,
        end: int,
        continued: bool,
        justified: bool,
        costs: Costs,
    ) -> None:
        self._p = paragraph
        self._first = measure.others if continued else measure.first
        self._others = measure.others
        self._start = start
        self._begin = line_start(paragraph, start, end)
        self._end = end
        self._justified = justified
        self._costs = costs
        self._em = max(paragraph.sizes[start:end], default=1.0)
        # How far from the edge a line may end before it is stretched; ragged lines end where they like.
        self._reach = _REACH * self._em if justified else inf

    def best(self) -> list[int]:
        """The cheapest chain of breaks from start to end."""
        breaks, worst = self._cheapest()
        if self._justified and worst > _HARD:
            self._reach = inf
            breaks, _ = self._cheapest()
        return breaks

    def best_line(self) -> int:
        """The end of the cheapest line from start, the fullest of equals."""
        self._reach = inf
        return min(self._lines(self._start), key=lambda found: (found[1], -found[0]))[0]

    def _cheapest(self) -> tuple[list[int], float]:
        """The cheapest chain of lines that are looked at, and what its dearest line costs."""
        cost: dict[int, float] = {self._start: 0.0}
        origin: dict[int, int] = {}
        todo = [self._start]
        done = 0
        hyphens = self._p.hyphens
        while done < len(todo):
            todo[done:] = sorted(todo[done:])
            a = todo[done]
            done += 1
            if a == self._end:
                break
            parted = a in hyphens
            for b, price in self._lines(a):
                total = cost[a] + price
                if parted and b in hyphens:
                    # Two lines in a row: twice as dear.
                    total += HYPHENATED
                known = cost.get(b)
                if known is None:
                    todo.append(b)
                if known is None or total < known:
                    cost[b], origin[b] = total, a
        chain = [self._end]
        while chain[-1] != self._start:
            chain.append(origin[chain[-1]])
        return chain[-2::-1], max((cost[b] - cost[a] for b, a in pairwise(chain)), default=0.0)

    def _lines(self, a: int) -> list[tuple[int, float]]:
        """Every line from `a` worth thinking of, with its cost; at least one."""
        p = self._p
        width = self._first if a == self._start else self._others
        begin = line_start(p, a, self._end)
        if begin >= self._end:
            return [(self._end, 0.0)]
        edge = p.starts[begin] + width
        furthest = p.leasts[begin] + width + self._em
        found: list[tuple[int, float]] = []
        # A last line may be as short as it likes, so the end is always looked at.
        low = min(bisect_left(p.ends, edge - self._reach, begin, self._end), self._end - 1)
        for b in range(low + 1, self._end + 1):
            if p.leasts[b - 1] > furthest:
                break
            price = 0.0 if b == self._end else p.prices[b]
            if price == inf:
                continue
            cost = self._cost(begin, b, width)
            if cost < inf:
                found.append((b, price + cost))
        return found or self._emergency(begin, width)

    def _emergency(self, begin: int, width: float) -> list[tuple[int, float]]:
        """Nothing allowed fits nearly: the last allowed break before the edge, or a cut word."""
        p = self._p
        edge = p.starts[begin] + width + _EXACT * self._em
        fit = begin + 1
        while fit < self._end and p.ends[fit] <= edge:
            fit += 1
        fitting = [b for b in range(fit, begin, -1) if self._fits(begin, b, edge)] or [begin + 1]
        allowed = next((b for b in fitting if p.prices[b] < inf or b == self._end), None)
        cut = (next((b for b in fitting if _inside_word(p, b)), fitting[0]), self._costs.gaping * 2)
        if allowed is None:
            return [cut]
        wasted = (edge - p.ends[line_end(p, allowed, begin) - 1]) / self._em
        # A short line may be stretched or left short; a word is cut only rather than leave a third empty.
        if self._justified and wasted > width / self._em / 3:
            return [cut]
        return [(allowed, self._costs.gaping + wasted**2)]

    def _fits(self, begin: int, b: int, edge: float) -> bool:
        last = line_end(self._p, b, begin) - 1
        return self._p.ends[last] + self._p.tails[last] <= edge

    def _cost(self, begin: int, b: int, width: float) -> float:
        """What the line [begin, b) costs, or infinity if it does not fit."""
        p, costs = self._p, self._costs
        last = line_end(p, b, begin) - 1
        if last < begin:
            return 0.0
        missing = width - (p.ends[last] + p.tails[last] - p.starts[begin])
        if missing < 0.0:
            return self._squeezed(begin, last, -missing)
        if b == self._end:
            return self._last_line(begin, last, width - missing)
        if not self._justified:
            return (missing / width) ** 2 * 4
        missing -= HAIR * (p.evenly[last] - p.evenly[begin]) + _EXACT * self._em
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
        if gap > 0.25:
            return costs.gaping + costs.even * (gap / _EVEN) ** 2 if gap < inf else inf
        return cost + costs.even * (gap / _EVEN) ** 3

    def _squeezed(self, begin: int, last: int, excess: float) -> float:
        p, costs = self._p, self._costs
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
        return cost if excess <= _EXACT * self._em else inf

    def _last_line(self, begin: int, last: int, natural: float) -> float:
        if begin == self._begin:
            return 0.0
        seen = sum(1 for letter in self._p.classes[begin : last + 1] if letter not in _UNSEEN)
        if seen <= 1:
            return self._costs.runt
        return self._costs.short_last if natural < 2 * self._em else 0.0


def even_gap(p: Paragraph, first: int, last: int, missing: float) -> tuple[float, float]:
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


#: Han gaps up to this (em) spare the gaps beside Latin letters; those take what Han gaps take beyond it.
_MODEST_GAP = 0.04
#: What those take at most, so that they stay below 0.35 em however a PDF's numbers are rounded.
_LATIN_MORE = 0.095


#: What does not count as a character when a last line is looked at.
_UNSEEN = frozenset(c.OPENING + c.CLOSING + c.PAUSE + c.STOP + c.DASH + c.ELLIPSIS + c.SPACE + c.BREAK + c.RAISED)


def _inside_word(paragraph: Paragraph, at: int) -> bool:
    letters = paragraph.classes[at - 1 : at + 1]
    return len(letters) == 2 and _WORD.issuperset(letters)


_WORD = frozenset(c.LETTER + c.DIGIT + c.SIGN)


def line_start(paragraph: Paragraph, start: int, end: int) -> int:
    """Where the first character stands of a line that begins at a break: spaces there are not set."""
    classes: Sequence[str] = paragraph.classes
    while start < end and classes[start] == c.SPACE:
        start += 1
    return start


def line_end(paragraph: Paragraph, end: int, start: int) -> int:
    """Behind the last character of a line that ends at a break: spaces and the forced break are not set."""
    classes: Sequence[str] = paragraph.classes
    while end > start and classes[end - 1] in _NOT_SET:
        end -= 1
    return end


_NOT_SET = frozenset(c.SPACE + c.BREAK)
