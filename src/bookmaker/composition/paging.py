"""Page breaks of a whole chapter at once, by dynamic programming over its blocks.

After Plass (1981) and Mittelbach, “A general LuaTeX framework for globally optimized pagination” (Computational
Intelligence, 2017). Pure: it knows grid lines, lines of notes and costs; no text and no points. Feet are full, or equal
on facing pages, wherever what may give (the length of a paragraph, the gap between articles, the place of a figure)
allows it; what must not be parted (CSS Fragmentation 3) is parted only where a page can hold it no other way.
"""

from collections.abc import Callable, Sequence
from math import inf
from typing import TypeAlias

from bookmaker.composition.feet import FootPrices, PageCosts, Side
from bookmaker.composition.flow import Flow, Length, NotePut, Page, Put
from bookmaker.composition.noteroom import NoteRoom, may_go
from bookmaker.composition.pageblocks import Form, Ready, Stand, make_ready
from bookmaker.composition.pagetrace import Turn, Way, trace

__all__ = ["Flow", "Length", "NotePut", "Page", "PageCosts", "Put", "break_pages"]

#: What of a page matters to what follows, beside how far its text goes: its side, the note lines it owes, how many of
#: them may go over, and a figure that is not where it was written: n + 1 is block n still to come, -(n + 1) block n
#: that stands already.
_Situation: TypeAlias = tuple[int, int, int, int]
#: The cheapest way to every height of the text, in grid lines.
_Heights: TypeAlias = dict[int, Way]
#: What goes on at a page's head: the line of the block, and its form; -1 if all of it is still to come.
_Rest: TypeAlias = tuple[int, int]

#: Below this many lines a last page is a runt.
_RUNT = 5
#: States this much dearer than two pages with the worst of feet are dropped: they cannot win any more.
_SLACK = 60.0


def break_pages(
    flow: Sequence[Flow],
    notes: Sequence[int],
    lines: int,
    room: Callable[[int], int],
    costs: PageCosts | None = None,
    *,
    recto: bool = False,
) -> list[Page]:
    """The pages of a flow; `notes` are lengths in note lines, `room` the grid lines that note lines take at a foot.

    A page holds `lines` grid lines; the first is a recto or a verso. Every line and every note that is called for
    stands once, in order.
    """
    if not flow:
        return []
    search = _Search(flow, notes, NoteRoom(lines, room), costs or PageCosts())
    return trace(search.best(Side.RECTO if recto else Side.VERSO), flow, notes)


class _Search:
    """Block by block, the cheapest way to every state a page can be in behind it."""

    def __init__(self, flow: Sequence[Flow], notes: Sequence[int], foot: NoteRoom, costs: PageCosts) -> None:
        self._blocks = make_ready(flow, notes, costs, foot)
        self._foot = foot
        self._lines = foot.lines
        self._costs = costs
        self._prices = FootPrices(costs, foot.lines)
        self._slack = 2 * (costs.short + costs.short_line * foot.lines) + _SLACK
        self._bound = self._slack
        self._loose = False
        self._number = 0
        self._states: dict[_Situation, _Heights] = {}
        self._heads: dict[_Rest, dict[_Situation, Way]] = {}

    def best(self, side: Side) -> Way:
        """The cheapest way to set all blocks, from a page of this side on."""
        start: Way = (0.0, None, None)
        states: dict[_Situation, _Heights] = {}
        heads: dict[_Rest, dict[_Situation, Way]] = {(0, -1): {(side, 0, 0, 0): start}}
        for number in range(len(self._blocks)):
            self._number = number
            found = self._behind(states, heads)
            if not found:
                self._loose = True
                found = self._behind(states, heads)
                self._loose = False
            states, heads = found, {}
        return min(
            (self._ended(situation, h, way) for situation, heights in states.items() for h, way in heights.items()),
            key=lambda way: way[0],
        )

    def _behind(
        self, states: dict[_Situation, _Heights], heads: dict[_Rest, dict[_Situation, Way]]
    ) -> dict[_Situation, _Heights]:
        """The states behind the next block, from those before it."""
        self._states = {}
        self._heads = {rest: dict(ways) for rest, ways in heads.items()}
        self._bound = inf if self._loose else _least(states) + self._slack
        block = self._blocks[self._number]
        for situation, heights in self._with_figures(states, block).items():
            self._on_pages(block, situation, heights)
        while self._heads:
            rest = min(self._heads)
            if not any(self._states.values()):
                # All ways have paid for the end of this page.
                self._bound = max(self._bound, min(way[0] for way in self._heads[rest].values()) + self._slack)
            for situation, way in self._heads.pop(rest).items():
                self._at_head(block, rest, situation, way)
        return {situation: heights for situation, heights in self._states.items() if heights}

    # ---- behind what stands on a page

    def _on_pages(self, block: Ready, situation: _Situation, heights: _Heights) -> None:
        """The block behind what stands on pages of one situation, and over their ends."""
        _, owed, over, figure = situation
        limit = self._lines - self._foot.room(owed - over)
        near = self._lines - self._foot.room(owed) - block.near
        waits = self._costs.moved if figure > 0 else 0.0
        reached = self._states.setdefault(situation, {})
        bound, opens = self._bound, block.opens == "page"
        whole = [] if opens else [(form, not form.calls, *mid) for form in block.forms for mid in form.mid]
        for h, way in heights.items():
            cost = way[0] + waits
            if cost > bound:
                continue
            stands = False
            for form, is_plain, taken, space, more, stand in whole:
                end = h + taken
                if is_plain:
                    fits = end <= limit
                    if fits:
                        stands = True
                        known = reached.get(end)
                        if known is None or cost + more < known[0]:
                            reached[end] = cost + more, stand, way
                    if end - form.tail < near:
                        continue
                    if not owed:
                        top = end - form.lines
                        if self._broken_plainly(form, top, space, situation, cost + more, way, stands=fits):
                            stands = True
                    elif self._broken(form, 0, h, space, situation, cost + more, way, head=True, stands=fits):
                        stands = True
                elif self._laid(form, 0, h, space, situation, cost + more, way, head=True):
                    stands = True
            if not h:
                self._at_head(block, (0, -1), situation, way)
            elif (not block.keep or self._loose) and (not stands or limit - h <= block.near or over):
                self._ended_before(block, situation, h, way, stands)

    def _ended_before(self, block: Ready, situation: _Situation, h: int, way: Way, stands: bool) -> None:
        """The page ends before the block; some lines early only if nothing of the block stands on it."""
        _, owed, over, figure = situation
        standing = self._foot.standing(h, owed, over)
        if stands and self._foot.short(h, standing) > block.near:
            return
        more = self._costs.parted if block.keep else 0.0
        self._turn((0, -1), situation, h, way[0] + more, way, ends=block.opens if figure <= 0 else "")

    def _laid(
        self, form: Form, begin: int, h: int, space: int, situation: _Situation, cost: float, way: Way, *, head: bool
    ) -> bool:
        """Lines of a form from `begin` on stand on a page, all or as many as fit; whether any do."""
        side, owed, over, figure = situation
        rest = form.lines - begin
        top, again = self._top(form, begin, h, space, head)
        due, may = self._owed(form, begin, form.lines, owed, over)
        stands = self._foot.fits(top + rest, due, may)
        if stands:
            stand = Stand(self._number, form.number, space, head, again, begin, form.lines)
            self._reach((side, due, may, figure), top + rest, (cost, stand, way))
            near = self._lines - self._foot.room(due) - self._blocks[self._number].near
            if top + rest - form.tail < near and not form.calls:
                return True
        return self._broken(form, begin, h, space, situation, cost, way, head=head, stands=stands)

    def _broken(
        self, form: Form, begin: int, h: int, space: int, situation: _Situation, cost: float, way: Way,
        *, head: bool, stands: bool,
    ) -> bool:  # fmt: skip
        """The page ends within the form: at its foot, a few lines before, or earlier if no more of it `stands`.

        Whether any lines of it stand on the page.
        """
        side, owed, over, figure = situation
        top, again = self._top(form, begin, h, space, head)
        foot, near = self._foot, self._blocks[self._number].near
        for end in form.breaks(begin, begin + self._lines - foot.room(owed - over) - top):
            due, may = self._owed(form, begin, end, owed, over)
            text = top + end - begin
            if not foot.fits(text, due, may):
                continue
            if stands and foot.short(text, foot.standing(text, due, may)) > near:
                break
            stands = True
            stand = Stand(self._number, form.number, space, head, again, begin, end)
            self._turn((end, form.number), (side, due, may, figure), text, cost, (cost, stand, way))
        return stands

    def _broken_plainly(
        self, form: Form, top: int, space: int, situation: _Situation, cost: float, way: Way, *, stands: bool
    ) -> bool:
        """The same where neither the page nor the form has notes: what most pages do, many times each."""
        side, _, _, figure = situation
        prices, bound, heads, number = self._prices.on[side], self._bound, self._heads, form.number
        foot, near = self._lines - top, self._blocks[self._number].near
        for end in form.breaks(0, foot):
            short = foot - end
            if stands and short > near:
                break
            stands = True
            for after, price in prices[short]:
                if cost + price > bound:
                    continue
                ways = heads.get((end, number))
                if ways is None:
                    ways = heads[end, number] = {}
                key = after, 0, 0, figure
                known = ways.get(key)
                if known is None or cost + price < known[0]:
                    stand = Stand(self._number, number, space, True, False, 0, end)
                    ways[key] = cost + price, Turn(0, short, False), (cost, stand, way)
        return stands

    def _top(self, form: Form, begin: int, h: int, space: int, head: bool) -> tuple[int, bool]:
        """Where the lines of the form begin, below its head, or below its first lines again."""
        block = self._blocks[self._number]
        if head:
            return h + space + block.head, False
        again = begin > 0 and 0 < block.again < self._lines
        return h + space + (block.again if again else 0), again

    def _owed(self, form: Form, begin: int, end: int, owed: int, over: int) -> tuple[int, int]:
        """The note lines a page owes when these lines stand on it, too, and how many of them may go over."""
        for row, note in form.calls:
            if begin <= row < end:
                owed, over = owed + note, may_go(note)
        return owed, over

    # ---- at a page's head

    def _at_head(self, block: Ready, rest: _Rest, situation: _Situation, way: Way) -> None:
        """What is left of the block, at a page's head, below a figure that waits for it."""
        _, number = rest
        side, owed, over, figure = situation
        h = 0
        if figure > 0:
            stand = _figure(self._blocks[figure - 1], figure - 1, 0)
            h = self._blocks[figure - 1].head + stand.last
            if not self._foot.fits(h, owed, over):
                self._turn(rest, situation, 0, way[0], way)
                return
            way = way[0], stand, way
            situation = side, owed, over, 0
            if number < 0:
                self._on_pages(block, situation, {h: way})
                return
        elif block.early >= 0 and number < 0 and not figure:
            self._early_at_head(block, situation, way)
        self._from_head(block, rest, situation, h, way)

    def _from_head(self, block: Ready, rest: _Rest, situation: _Situation, h: int, way: Way) -> None:
        begin, number = rest
        forms = block.forms if number < 0 else block.forms[number : number + 1]
        stands = False
        for form in forms:
            text = form.lines - begin + (block.head if number < 0 else block.again if begin else 0)
            few = text <= self._lines and text - form.tail < self._lines - block.near
            if few and not (h or situation[1] or form.calls):
                # A few lines at the head of a page of nothing else.
                stands = True
                again = begin > 0 and block.again > 0
                stand = Stand(self._number, form.number, 0, number < 0, again, begin, form.lines)
                self._reach(situation, text, (way[0] + (form.cost if number < 0 else 0.0), stand, way))
                continue
            cost = way[0] + (form.cost if number < 0 else 0.0)
            if self._laid(form, begin, h, 0, situation, cost, way, head=number < 0):
                stands = True
        if stands:
            return
        if situation[1] or h:
            # Notes that came over, or a figure, leave it no room: it stands on the page after.
            self._turn(rest, situation, h, way[0], way)
        elif self._loose:
            self._forced(block, forms[0], rest, situation, way)

    def _early_at_head(self, block: Ready, situation: _Situation, way: Way) -> None:
        """A figure that was written a little later stands first."""
        side, owed, over, _ = situation
        figure = self._blocks[block.early]
        stand = _figure(figure, block.early, 0)
        h = figure.head + stand.last
        if self._foot.fits(h, owed, over):
            cost = way[0] + self._costs.moved * (block.early - self._number)
            self._on_pages(block, (side, owed, over, -(block.early + 1)), {h: (cost, stand, way)})

    def _forced(self, block: Ready, form: Form, rest: _Rest, situation: _Situation, way: Way) -> None:
        """What no page can hold as it should be held: its head alone, or as many of its lines as there is room for."""
        begin, number = rest
        side, _, _, figure = situation
        cost = way[0] + self._costs.parted
        head = number < 0
        top, again = self._top(form, begin, 0, 0, head)
        end = max(begin, min(begin + self._lines - top, form.lines))
        if end < form.lines and (allowed := form.breaks(begin, end)):
            # The notes have no room, the lines have: a table's row stays whole.
            end = allowed[0]
        if end == begin and not head:
            end, again, top = begin + 1, False, 0
        due = sum(note for row, note in form.calls if begin <= row < end)
        stand = Stand(self._number, form.number, 0, head, again, begin, end)
        after: Way = (cost, stand, way)
        text, situation = top + end - begin, (side, due, due, figure)
        if end == form.lines:
            self._reach(situation, text, after)
        else:
            self._turn((end, form.number), situation, text, cost, after)

    # ---- figures

    def _with_figures(self, states: dict[_Situation, _Heights], block: Ready) -> dict[_Situation, _Heights]:
        """The states in which the block itself comes next: figures that must stand before it do, or may."""
        number = self._number
        if block.early < 0 and block.stop < 0 and not any(figure for *_, figure in states):
            return states
        found: dict[_Situation, _Heights] = {}
        for situation, heights in states.items():
            side, owed, over, figure = situation
            if figure == -(number + 1):
                # The block is a figure, and stands already.
                for h, way in heights.items():
                    self._reach((side, owed, over, 0), h, way)
            elif figure > 0 and self._blocks[figure - 1].stop == number:
                self._stand(found, situation, heights, figure - 1, (side, owed, over, 0), 0.0, forced=True)
            else:
                for h, way in heights.items():
                    _keep(found.setdefault(situation, {}), h, way)
                if not figure and block.stop >= 0:
                    for h, way in heights.items():
                        self._reach((side, owed, over, number + 1), h, way)
                if not figure and block.early >= 0:
                    moved = self._costs.moved * (block.early - number)
                    after = side, owed, over, -(block.early + 1)
                    self._stand(found, situation, heights, block.early, after, moved, forced=False)
        return found

    def _stand(
        self, found: dict[_Situation, _Heights], situation: _Situation, heights: _Heights, figure: int,
        after: _Situation, moved: float, *, forced: bool,
    ) -> None:  # fmt: skip
        """A figure stands behind what is on a page; if it must, and does not fit, on the next."""
        block = self._blocks[figure]
        space = block.forms[0].mid[0][1]
        stand = _figure(block, figure, space)
        for h, way in heights.items():
            end = h + space + block.head + stand.last
            stands = self._foot.fits(end, situation[1], situation[2])
            if stands:
                _keep(found.setdefault(after, {}), end, (way[0] + moved, stand, way))
            if forced:
                self._ended_before(block, situation, h, way, stands)

    # ---- ends of pages

    def _reach(self, situation: _Situation, h: int, way: Way) -> None:
        _keep(self._states.setdefault(situation, {}), h, way)

    def _turn(
        self, rest: _Rest, situation: _Situation, h: int, cost: float, way: Way, *, ends: str = ""
    ) -> None:  # fmt: skip
        """The page ends; what goes on at the next page's head is `rest`."""
        side, owed, may, figure = situation
        standing = self._foot.standing(h, owed, may) if owed else 0
        over = owed - standing
        short = self._foot.short(h, standing)
        prices = self._prices
        if ends == "page":
            feet = prices.last[side][short]
            cost += self._costs.runt if h < _RUNT else 0.0
        else:
            feet = (prices.noted if standing else prices.end if ends else prices.on)[side][short]
        if over:
            cost += self._costs.split
        for after, price in feet:
            if cost + price <= self._bound:
                key = after, over, self._foot.may_go_again(over), figure
                ways = self._heads.setdefault(rest, {})
                known = ways.get(key)
                if known is None or cost + price < known[0]:
                    ways[key] = cost + price, Turn(standing, short, bool(ends)), way

    def _ended(self, situation: _Situation, h: int, way: Way) -> Way:
        """The flow ends; notes that go over still go on."""
        side, owed, may, _ = situation
        standing = self._foot.standing(h, owed, may)
        short = self._foot.short(h, standing)
        cost = way[0] + self._prices.last[side][short][0][1] + (self._costs.runt if h < _RUNT else 0.0)
        way = cost, Turn(standing, short, True), way
        while standing < owed:
            owed -= standing
            standing = self._foot.standing(0, owed, self._foot.may_go_again(owed))
            way = way[0] + self._costs.split, Turn(standing, self._foot.short(0, standing), True), way
        return way


def _least(states: dict[_Situation, _Heights]) -> float:
    """The least cost of a state; those in which a figure waits have not yet paid for the page that it leaves short."""
    costs = [min(way[0] for way in heights.values()) for situation, heights in states.items() if situation[3] <= 0]
    return min(costs, default=inf if states else 0.0)


def _keep(heights: _Heights, h: int, way: Way) -> None:
    known = heights.get(h)
    if known is None or way[0] < known[0]:
        heights[h] = way


def _figure(block: Ready, number: int, space: int) -> Stand:
    """A figure that stands whole."""
    return Stand(number, 0, space, True, False, 0, block.forms[0].lines)
