"""All ways to break a small flow into pages, tried by plain recursion: what the search for pages is held against.

It shares with the search what a foot costs, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from math import inf

from bookmaker.composition.feet import FootPrices, PageCosts, Side
from bookmaker.composition.flow import Flow, Length

#: At most so many lines before its foot a page ends, if more would stand on it; so far a figure moves.
NEAR, FAR, RUNT, TEXT = 4, 3, 5, 3


class EveryPage:
    """The cost of the cheapest pages of a flow; infinite if what belongs together must be parted."""

    def __init__(
        self, flow: Sequence[Flow], notes: Sequence[int], lines: int, room: Callable[[int], int], costs: PageCosts
    ) -> None:
        self.flow, self.notes, self.lines, self.room, self.costs = flow, notes, lines, room, costs
        self.prices = FootPrices(costs, lines)
        counts = range(1, 10 * lines)
        self.most = max([1, *(n for n in counts if room(n) <= lines - TEXT)])
        self.before = cache(self._before)
        self.laid = cache(self._laid)

    def cheapest(self, *, recto: bool) -> float:
        return self.before(0, 0, Side.RECTO if recto else Side.VERSO, 0, 0, 0)

    # A page so far: `h` grid lines of text, its side, the note lines it owes, those that may go over, and a figure.

    def _before(self, n: int, h: int, side: int, owed: int, may: int, figure: int) -> float:
        """What block `n` and all behind it cost; at a page's head if `h` is nothing."""
        if n >= len(self.flow) and figure <= 0:
            return self._ended(h, side, owed, may)
        block = self.flow[n] if n < len(self.flow) else Flow((Length(0),), opens="article")
        if figure == -(n + 1):
            return self.before(n + 1, h, side, owed, may, 0)
        if figure > 0 and (not h or self._stop(figure - 1) == n):
            return self._waited(n, h, side, owed, may, figure, block)
        found = [inf]
        if h and not figure and self._stop(n) > n + 1:
            found.append(self.before(n + 1, h, side, owed, may, n + 1))
        early = self._early(n) if not figure else -1
        if early >= 0:
            taken = (self.flow[early].space if h else 0) + self._height(early)
            if self._fits(h + taken, owed, may):
                moved = self.costs.moved * (early - n)
                found.append(moved + self._plain(n, h + taken, side, owed, may, -(early + 1), block))
        found.append(self._plain(n, h, side, owed, may, figure, block))
        return min(found)

    def _waited(self, n: int, h: int, side: int, owed: int, may: int, figure: int, block: Flow) -> float:
        """The figure that waits comes now."""
        taken = (self.flow[figure - 1].space if h else 0) + self._height(figure - 1)
        found, stands = inf, self._fits(h + taken, owed, may)
        if stands:
            if not h and block.opens == "page":
                return self._turned(n, taken, side, owed, may, 0, ends="page")
            found = self._plain(n, h + taken, side, owed, may, 0, block)
        if not stands or (h and self._short(h, owed, may) <= self._near(n)):
            found = min(found, self._turned(n, h, side, owed, may, figure, ends=""))
        return found

    def _plain(self, n: int, h: int, side: int, owed: int, may: int, figure: int, block: Flow) -> float:
        """The block itself comes next, here or on the next page."""
        found, stands = inf, False
        gaps = [(block.space, 0.0)] if h else [(0, 0.0)]
        if h and block.opens == "article" and block.space > 1 and self.costs.gaps:
            gaps += [(block.space + more, self.costs.gap) for more in (-1, 1)]
        elif h and self.costs.gaps and ((block.head and block.space == 1) or block.cuts is not None):
            gaps.append((block.space + 1, 2 * self.costs.gap))
        waits = self.costs.moved if figure > 0 else 0.0
        if not (block.opens == "page" and h):
            for form in range(len(block.lengths) if self.costs.lengths else 1):
                for gap, more in gaps:
                    cost, fits = self.laid(n, form, 0, h + gap, side, owed, may, figure)
                    price = block.lengths[form].cost + (self.costs.length if form else 0.0) + more + waits
                    found, stands = min(found, cost + price), stands or fits
        if h and not block.keep and (not stands or self._short(h, owed, may) <= self._near(n)):
            ends = block.opens if figure <= 0 else ""
            found = min(found, self._turned(n, h, side, owed, may, figure, ends=ends))
        if not h and not stands and owed:
            found = min(found, self._turned(n, 0, side, owed, may, figure, ends=""))
        return found

    def _laid(
        self, n: int, form: int, begin: int, h: int, side: int, owed: int, may: int, figure: int
    ) -> tuple[float, bool]:
        """What lines of a form from `begin` on and all behind them cost, and whether any stand on this page."""
        block = self.flow[n] if n < len(self.flow) else Flow((Length(0),))
        length = block.lengths[form]
        top = h + (block.again if begin else block.head)
        found, stands = inf, False
        for end in range(length.lines, begin - 1, -1):
            due, go = self._owed(n, form, begin, end, owed, may)
            text = top + end - begin
            if not self._fits(text, due, go):
                continue
            if end == length.lines:
                found, stands = self.before(n + 1, text, side, due, go, figure), True
            elif self._may_break(block, length.lines, begin, end):
                if self._is_far(n, form, begin, end, top, owed, may):
                    break
                stands = True
                found = min(found, self._turned(n, text, side, due, go, figure, rest=(form, end)))
        return found, stands

    def _is_far(self, n: int, form: int, begin: int, end: int, top: int, owed: int, may: int) -> bool:
        """Whether the page would be some lines short, and the block may break later on it."""
        block, lines = self.flow[n], self.flow[n].lengths[form].lines
        due, go = self._owed(n, form, begin, end, owed, may)
        if self._short(top + end - begin, due, go) <= self._near(n):
            return False
        later = (e for e in range(end + 1, lines + 1) if e == lines or self._may_break(block, lines, begin, e))
        return any(self._fits(top + e - begin, *self._owed(n, form, begin, e, owed, may)) for e in later)

    def _may_break(self, block: Flow, lines: int, begin: int, end: int) -> bool:
        if block.cuts is not None:
            return begin < end < lines and end in block.cuts
        return end >= (begin + 1 if begin else max(1, block.first)) and end <= lines - max(1, block.last)

    def _near(self, n: int) -> int:
        """How far before its foot a page may end if more would stand on it: so far that kept blocks find room."""
        taken = []
        for number in range(n, len(self.flow)):
            if number > n and not self.flow[number].keep:
                break
            lengths = self.flow[number].lengths if self.costs.lengths else self.flow[number].lengths[:1]
            rooms = (length.lines + self.room(sum(self.notes[note] for _, note in length.calls)) for length in lengths)
            taken.append(self.flow[number].space + self.flow[number].head + max(rooms))
        return min(NEAR + sum(taken), self.lines) if len(taken) > 1 else NEAR

    # Notes

    def _owed(self, n: int, form: int, begin: int, end: int, owed: int, may: int) -> tuple[int, int]:
        for row, note in self.flow[n].lengths[form].calls if n < len(self.flow) else ():
            if begin <= row < end:
                owed += self.notes[note]
                may = self.notes[note] - 2 if self.notes[note] >= 4 else 0
        return owed, may

    def _fits(self, text: int, owed: int, may: int) -> bool:
        return text + self.room(owed - may) <= self.lines

    def _standing(self, text: int, owed: int, may: int) -> int:
        """All the note lines, or as many as can stand; two go over at least."""
        ways = [over for over in range(may + 1) if over != 1 or may == 1]
        over = next((over for over in ways if text + self.room(owed - over) <= self.lines), may)
        return owed - over

    def _short(self, text: int, owed: int, may: int) -> int:
        return self.lines - text - self.room(self._standing(text, owed, may))

    # Ends of pages

    def _turned(
        self, n: int, h: int, side: int, owed: int, may: int, figure: int,
        *, ends: str = "", rest: tuple[int, int] | None = None,
    ) -> float:  # fmt: skip
        standing, short = self._standing(h, owed, may), self._short(h, owed, may)
        over = owed - standing
        cost = self.costs.split if over else 0.0
        if ends == "page":
            feet, cost = self.prices.last[side][short], cost + (self.costs.runt if h < RUNT else 0.0)
            if over:
                return self._after_notes(n, side, over, cost + feet[0][1], figure, rest)
        else:
            plain, ended = (self.prices.noted, self.prices.noted_end) if standing else (self.prices.on, self.prices.end)
            feet = (ended if ends else plain)[side][short]
        go = 0 if over <= self.most else min(max(2, over - self.most), over - 1)
        return cost + min(price + self._next(n, after, over, go, figure, rest) for after, price in feet)

    def _after_notes(
        self, n: int, side: int, owed: int, cost: float, figure: int, rest: tuple[int, int] | None
    ) -> float:
        """Pages of nothing but notes before what opens a page."""
        while owed:
            side = Side.RECTO if side == Side.VERSO else Side.VERSO
            standing = self._standing(0, owed, 0 if owed <= self.most else min(max(2, owed - self.most), owed - 1))
            feet = self.prices.last[side][self.lines - self.room(standing)]
            owed -= standing
            cost += self.costs.split if owed else feet[0][1]
        return cost + self._next(n, feet[0][0], 0, 0, figure, rest)

    def _next(self, n: int, side: int, owed: int, may: int, figure: int, rest: tuple[int, int] | None) -> float:
        """A page's head."""
        if rest is None:
            return self.before(n, 0, side, owed, may, figure)
        h = self._height(figure - 1) if figure > 0 else 0
        if figure > 0 and not self._fits(h, owed, may):
            return self._turned(n, 0, side, owed, may, figure, rest=rest)
        cost, stands = self.laid(n, *rest, h, side, owed, may, min(figure, 0))
        if not stands and (owed or h):
            return self._turned(n, h, side, owed, may, min(figure, 0), rest=rest)
        return cost

    def _ended(self, h: int, side: int, owed: int, may: int) -> float:
        cost = self.prices.last[side][self._short(h, owed, may)][0][1] + (self.costs.runt if h < RUNT else 0.0)
        standing = self._standing(h, owed, may)
        while standing < owed:
            owed -= standing
            cost += self.costs.split
            go = 0 if owed <= self.most else min(max(2, owed - self.most), owed - 1)
            standing = self._standing(0, owed, go)
        return cost

    # Figures

    def _height(self, figure: int) -> int:
        return self.flow[figure].head + self.flow[figure].lengths[0].lines

    def _moves(self, n: int) -> bool:
        block = self.flow[n] if n < len(self.flow) else Flow((Length(0),))
        return block.movable and not block.keep and not block.opens and self._height(n) <= self.lines

    def _holds(self, n: int) -> bool:
        return bool(self.flow[n].opens or self.flow[n].head or self.flow[n].movable)

    def _stop(self, n: int) -> int:
        """The block before which a figure stands at the latest."""
        if not self._moves(n):
            return -1
        stop = n + 1
        while stop < len(self.flow) and stop <= n + FAR and not self._holds(stop):
            stop += 1
        return -1 if any(block.keep for block in self.flow[n + 1 : stop + 1]) else stop

    def _early(self, n: int) -> int:
        """A figure that may stand before block `n`: the next, if nothing between holds it."""
        for figure in range(n + 1, min(n + FAR, len(self.flow) - 1) + 1):
            if any(self._holds(each) for each in range(n, figure)) or self.flow[n].keep:
                return -1
            if self._moves(figure):
                kept = figure + 1 < len(self.flow) and self.flow[figure + 1].keep
                return -1 if kept else figure
        return -1
