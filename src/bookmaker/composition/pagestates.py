"""The states in which a page can be behind a block, each with the cheapest way to it, and the ends of pages."""

from math import inf
from typing import TypeAlias

from bookmaker.composition.feet import FootPrices, PageCosts, Side
from bookmaker.composition.noteroom import NoteRoom
from bookmaker.composition.pagetrace import Turn, Way

#: What of a page matters to what follows, beside how far its text goes: its side, the note lines it owes, how many of
#: them may go over, and a figure that is not where it was written: n + 1 is block n still to come, -(n + 1) block n
#: that stands already.
Situation: TypeAlias = tuple[int, int, int, int]
#: The cheapest way to every height of the text, in grid lines.
Heights: TypeAlias = dict[int, Way]
#: What goes on at a page's head: the line of the block, and its form; -1 if all of it is still to come.
Rest: TypeAlias = tuple[int, int]

#: Below this many lines a last page is a runt.
_RUNT = 5


class PageStates:
    """What one block leads to: `reached` behind it on a page, and `heads`, what of it goes on at a page's head.

    Ways dearer than `bound` are dropped.
    """

    def __init__(self, foot: NoteRoom, costs: PageCosts) -> None:
        self.foot = foot
        self.costs = costs
        self.prices = FootPrices(costs, foot.lines)
        self.bound = inf
        self.reached: dict[Situation, Heights] = {}
        self.heads: dict[Rest, dict[Situation, Way]] = {}

    def reach(self, situation: Situation, h: int, way: Way) -> None:
        """All of the block stands on the page, whose text is now so high."""
        keep(self.reached.setdefault(situation, {}), h, way)

    def turn(
        self, rest: Rest, situation: Situation, h: int, cost: float, way: Way, *, ends: str = ""
    ) -> None:  # fmt: skip
        """The page ends; what goes on at the next page's head is `rest`."""
        side, owed, may, figure = situation
        standing = self.foot.standing(h, owed, may) if owed else 0
        over = owed - standing
        short = self.foot.short(h, standing)
        prices = self.prices
        if ends == "page":
            table = prices.last
            cost += self.costs.runt if h < _RUNT else 0.0
        elif ends:
            table = prices.noted_end if standing else prices.end
        else:
            table = prices.noted if standing else prices.on
        if over:
            cost += self.costs.split
        if over and ends == "page":
            # What opens a page has one of its own: what is left of the notes before it stands on pages before.
            self._finish_notes(rest, situation, h, cost + table[side][short][0][1], way)
            return
        for after, price in table[side][short]:
            if cost + price <= self.bound:
                key = after, over, self.foot.may_go_again(over), figure
                ways = self.heads.setdefault(rest, {})
                known = ways.get(key)
                if known is None or cost + price < known[0]:
                    ways[key] = cost + price, Turn(standing, short, bool(ends)), way

    def _finish_notes(self, rest: Rest, situation: Situation, h: int, cost: float, way: Way) -> None:
        """Pages of nothing but notes, until none is owed."""
        side, owed, may, figure = situation
        standing = self.foot.standing(h, owed, may)
        way = cost, Turn(standing, self.foot.short(h, standing), True), way
        owed -= standing
        while owed:
            side = Side.RECTO if side is Side.VERSO else Side.VERSO
            standing = self.foot.standing(0, owed, self.foot.may_go_again(owed))
            owed -= standing
            short = self.foot.short(0, standing)
            cost += self.costs.split if owed else self.prices.last[side][short][0][1]
            if owed:
                way = cost, Turn(standing, short, True), way
        if cost <= self.bound:
            after = self.prices.last[side][short][0][0]
            ways = self.heads.setdefault(rest, {})
            known = ways.get((after, 0, 0, figure))
            if known is None or cost < known[0]:
                ways[after, 0, 0, figure] = cost, Turn(standing, short, True), way

    def ended(self, situation: Situation, h: int, way: Way) -> Way:
        """The flow ends; notes that go over still go on."""
        side, owed, may, _ = situation
        standing = self.foot.standing(h, owed, may)
        short = self.foot.short(h, standing)
        cost = way[0] + self.prices.last[side][short][0][1] + (self.costs.runt if h < _RUNT else 0.0)
        way = cost, Turn(standing, short, True), way
        while standing < owed:
            owed -= standing
            standing = self.foot.standing(0, owed, self.foot.may_go_again(owed))
            way = way[0] + self.costs.split, Turn(standing, self.foot.short(0, standing), True), way
        return way


def least(states: dict[Situation, Heights]) -> float:
    """The least cost of a state; those in which a figure waits have not yet paid for the page that it leaves short."""
    costs = [min(way[0] for way in heights.values()) for situation, heights in states.items() if situation[3] <= 0]
    return min(costs, default=inf if states else 0.0)


def keep(heights: Heights, h: int, way: Way) -> None:
    """The way to a height, if it is the cheapest so far."""
    known = heights.get(h)
    if known is None or way[0] < known[0]:
        heights[h] = way
