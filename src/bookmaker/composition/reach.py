"""How many lines a text can be made to fill, as long as none of them costs too much."""

from bookmaker.composition.line_costs import EXACT, Costs
from bookmaker.composition.lines import Lines, Stretch
from bookmaker.composition.row import Row
from bookmaker.composition.spacing import HAIR


class Reach:
    """What lines that cost no more than `most` can give and take, from any break to the end of a stretch."""

    def __init__(self, row: Row, stretch: Stretch, lines: Lines, costs: Costs, most: float) -> None:
        self._row = row
        self._stretch = stretch
        kinds = row.cells.kinds
        even, more = costs.widest_gap(most)
        self._widens = HAIR + even, kinds.latin_takes + more, kinds.words_take
        self._gives = kinds.latin_gives, costs.deepest_squeeze(most)
        self._loose = lines.spare + EXACT * lines.em
        self._dropped = kinds.widest * lines.em
        if isinstance(row.lasts, list):
            # Any number of typed spaces goes as well.
            self._dropped = row.starts[-1]
        self._any = not stretch.justified or most >= costs.gaping

    def may_fill(self, start: int, count: int) -> bool:
        """False if from this break on the text is too short or too long for so many lines."""
        row, stretch = self._row, self._stretch
        first, last = row.begins[start], row.lasts[stretch.end]
        if self._any or last < first:
            return True
        width = (stretch.first if start == stretch.start else stretch.others) + self._loose
        more, others = count - 1, stretch.others + self._loose
        a, b = row.rank[first], row.rank[last]
        marks, latin, words, weights, hairs = row.sums
        natural, gaps = row.tips[last] - row.starts[first], latin[b] - latin[a]
        least = natural - HAIR * (last - first + hairs[b] - hairs[a]) - self._gives[0] * gaps
        least -= self._gives[1] * (marks[b] - marks[a])
        # Between two lines a space goes.
        if least > width + more * (others + self._dropped):
            return False
        most = natural + self._widens[0] * (last - first + weights[b] - weights[a]) + self._widens[1] * gaps
        most += self._widens[2] * (words[b] - words[a])
        return not more or most >= width + (more - 1) * others - 2 * count * self._loose
