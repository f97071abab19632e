"""The lines that may begin at a place of a paragraph, with what they cost.

Only lines that cost no more than asked for are priced: from where the line would end if all its spaces were natural,
one looks at longer and at shorter ones until no further one can be cheap enough. Nothing is missed: the longer a line,
the more of their blanks its marks must give, and the shorter, the more its gaps must widen.
"""

from bisect import bisect_right
from dataclasses import dataclass
from math import inf

from bookmaker.composition import classes as c
from bookmaker.composition.line_costs import EXACT, Costs, even_gap
from bookmaker.composition.paragraph import Paragraph
from bookmaker.composition.spacing import HAIR

#: Where a line ends, and what it costs.
Line = tuple[int, float]
#: More than any line costs that fits.
ANY = 1e15
#: What a character more may make a line shorter, by the hair it brings (characters of no width).
_SLACK = 0.05


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is broken into lines at once: from a break to a forced break or the end. Widths are in em."""

    start: int
    end: int
    first: float
    others: float
    justified: bool

    def width(self, start: int) -> float:
        """The measure of the line that begins at a break."""
        return self.first if start == self.start else self.others


class Lines:
    """The lines of one stretch of a paragraph.

    `em` is the largest size in it, in em of the paragraph, and `spare` by how much more than another character one may
    stand out of its line's end, or in.
    """

    def __init__(self, paragraph: Paragraph, stretch: Stretch, costs: Costs) -> None:
        row = paragraph.row
        self._row = row
        self._prices = paragraph.prices
        self._classes = paragraph.classes
        self._stretch = stretch
        self._costs = costs
        scales = row.cells.scales
        self.em = 1.0 if scales is None else max(scales[stretch.start : stretch.end], default=1.0)
        self._exact = EXACT * self.em
        self.spare = 0.0
        if row.tails:
            self.spare = max(0.0, *row.tails.values()) - min(0.0, *row.tails.values())

    def beginning_at(self, start: int, most: float = ANY) -> list[Line]:
        """The lines from a break on that cost no more than `most`."""
        row, stretch, costs, prices, exact = self._row, self._stretch, self._costs, self._prices, self._exact
        begin, end = row.begins[start], stretch.end
        if row.lasts[end] < begin:
            # Nothing is left to set.
            return [(end, 0.0)]
        tips, lasts, rank = row.tips, row.lasts, row.rank
        marks, latin, words, weights, hairs = row.sums
        kinds = row.cells.kinds
        width = stretch.width(start)
        edge = row.starts[begin] + width
        r0 = rank[begin]
        fit = bisect_right(row.ends, edge, begin, end)
        found: list[Line] = []
        # Longer and longer ones, then shorter and shorter ones; in one loop, for it runs some ten times a line.
        for ends in range(fit + 1, end + 1), range(fit, begin, -1):
            for b in ends:
                cost = prices[b] if b < end else 0.0
                if cost > most:
                    continue
                last = lasts[b]
                missing = edge - tips[last]
                if b == end and missing >= -exact:
                    cost = self._last_line(begin, last, width - missing)
                elif missing < 0.0:
                    r = rank[last]
                    excess = -missing - HAIR * (last - begin + hairs[r] - hairs[r0])
                    if excess > 0.0:
                        gaps, blanks = kinds.latin_gives * (latin[r] - latin[r0]), marks[r] - marks[r0]
                        cost += costs.squeezed(excess, gaps, blanks)
                        if cost > most:
                            if b > fit and self._is_beyond(excess - gaps, blanks, most):
                                break
                            continue
                elif stretch.justified:
                    r = rank[last]
                    evenly = last - begin + weights[r] - weights[r0]
                    missing -= HAIR * evenly + exact
                    if missing > 0.0:
                        beside, between = latin[r] - latin[r0], words[r] - words[r0]
                        if beside or between:
                            more, missing = costs.widened(
                                missing, kinds.words_take * between, kinds.latin_takes * beside
                            )
                            cost += more
                        if missing > 0.0:
                            gap = even_gap(missing, evenly, beside)[0]
                            cost += costs.parted(gap)
                            if cost > most:
                                if b <= fit and costs.parted(gap - self.spare / (evenly or 1.0)) > most and gap < inf:
                                    break
                                continue
                else:
                    cost += costs.ragged(missing / width)
                    if cost > most:
                        if b <= fit and costs.ragged(max(0.0, missing - self.spare) / width) > most:
                            break
                        continue
                if cost <= most:
                    found.append((b, cost))
        return found

    def _is_beyond(self, excess: float, blanks: float, most: float) -> bool:
        """Whether no longer line can be cheap enough, where these marks must give so much."""
        return excess > blanks * self._costs.deepest_squeeze(most) + self.spare + _SLACK

    def _last_line(self, begin: int, last: int, natural: float) -> float:
        """A last line that is not squeezed."""
        if begin == self._row.begins[self._stretch.start]:
            return 0.0
        seen = 0
        for letter in self._classes[begin : last + 1]:
            seen += letter not in _UNSEEN
            if seen > 1:
                return self._costs.short_last if natural < (2.0 - EXACT) * self.em else 0.0
        return self._costs.runt


#: What does not count as a character when a last line is looked at.
_UNSEEN = frozenset(c.OPENING + c.CLOSING + c.PAUSE + c.STOP + c.DASH + c.ELLIPSIS + c.SPACE + c.BREAK + c.RAISED)


def line_start(paragraph: Paragraph, start: int, end: int) -> int:
    """Where the first character stands of a line that begins at a break: spaces there are not set."""
    return min(paragraph.row.begins[start], end)


def line_end(paragraph: Paragraph, end: int, start: int) -> int:
    """Behind the last character of a line that ends at a break: spaces and the forced break are not set."""
    return max(paragraph.row.lasts[end] + 1, start)
