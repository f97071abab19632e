"""Page breaks of a whole chapter at once, by dynamic programming over its blocks.

After Plass (1981) and Mittelbach, “A general LuaTeX framework for globally optimized pagination” (Computational
Intelligence, 2017). Pure: it knows grid lines, lines of notes and costs; no text and no points. Feet are full, or equal
on facing pages, wherever what may give (the length of a paragraph, the gap between articles, the place of a figure)
allows it; what must not be parted (CSS Fragmentation 3) is parted only where a page can hold it no other way.
"""

from collections.abc import Callable, Sequence
from math import inf

from bookmaker.composition.feet import PageCosts, Side
from bookmaker.composition.flow import Flow, Length, NotePut, Page, Put
from bookmaker.composition.noteroom import NoteRoom
from bookmaker.composition.pageblocks import Ready, Stand, make_ready
from bookmaker.composition.pagepieces import PagePieces
from bookmaker.composition.pagestates import Heights, PageStates, Rest, Situation, keep, least
from bookmaker.composition.pagetrace import Way, trace

__all__ = ["Flow", "Length", "NotePut", "Page", "PageCosts", "Put", "break_pages"]


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
        # What a state is dearer by when it can win no more: as much as three pages of the worst feet.
        self._slack = 3 * costs.worst(foot.lines)
        self._loose = False
        self._number = 0
        self._states = PageStates(foot, costs)
        self._pieces = PagePieces(0, self._blocks[0], self._states)

    def best(self, side: Side) -> Way:
        """The cheapest way to set all blocks, from a page of this side on."""
        start: Way = (0.0, None, None)
        states: dict[Situation, Heights] = {}
        heads: dict[Rest, dict[Situation, Way]] = {(0, -1): {(side, 0, 0, 0): start}}
        for number in range(len(self._blocks)):
            self._number = number
            found = self._behind(states, heads)
            if not found:
                self._loose = True
                found = self._behind(states, heads)
                self._loose = False
            states, heads = found, {}
        ended = [
            self._states.ended(situation, h, way) for situation, heights in states.items() for h, way in heights.items()
        ]
        return min(ended, key=lambda way: way[0])

    def _behind(
        self, before: dict[Situation, Heights], heads: dict[Rest, dict[Situation, Way]]
    ) -> dict[Situation, Heights]:
        """The states behind the next block, from those before it."""
        block, states = self._blocks[self._number], self._states
        self._pieces = PagePieces(self._number, block, states)
        states.reached, states.heads = {}, {rest: dict(ways) for rest, ways in heads.items()}
        states.bound = inf if self._loose else least(before) + self._slack
        for situation, heights in self._with_figures(before, block).items():
            self._on_pages(block, situation, heights)
        # From one page's head to the next, as many as the block takes.
        while states.heads:
            rest = min(states.heads)
            ways = states.heads.pop(rest)
            if not any(states.reached.values()):
                # All ways have paid for the end of this page.
                states.bound = max(states.bound, min(way[0] for way in ways.values()) + self._slack)
            for situation, way in ways.items():
                self._at_head(block, rest, situation, way)
        return {situation: heights for situation, heights in states.reached.items() if heights}

    # ---- behind what stands on a page

    def _on_pages(self, block: Ready, situation: Situation, heights: Heights) -> None:
        """The block behind what stands on pages of one situation, and over their ends."""
        _, owed, over, figure = situation
        limit = self._lines - self._foot.room(owed - over)
        near = self._lines - self._foot.room(owed) - block.near
        waits = self._costs.moved if figure > 0 else 0.0
        reached = self._states.reached.setdefault(situation, {})
        bound, opens = self._states.bound, block.opens == "page"
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
                        if self._pieces.broken_plainly(form, top, space, situation, cost + more, way, stands=fits):
                            stands = True
                    elif self._pieces.broken(form, 0, h, space, situation, cost + more, way, head=True, stands=fits):
                        stands = True
                elif self._pieces.laid(form, 0, h, space, situation, cost + more, way, head=True):
                    stands = True
            if not h:
                self._at_head(block, (0, -1), situation, way)
            elif (not block.keep or self._loose) and (not stands or limit - h <= block.near or over):
                self._ended_before(block, situation, h, way, stands)

    def _ended_before(self, block: Ready, situation: Situation, h: int, way: Way, stands: bool) -> None:
        """The page ends before the block; some lines early only if nothing of the block stands on it."""
        _, owed, over, figure = situation
        standing = self._foot.standing(h, owed, over)
        if stands and self._foot.short(h, standing) > block.near:
            return
        more = self._costs.parted if block.keep else 0.0
        self._states.turn((0, -1), situation, h, way[0] + more, way, ends=block.opens if figure <= 0 else "")

    # ---- at a page's head

    def _at_head(self, block: Ready, rest: Rest, situation: Situation, way: Way) -> None:
        """What is left of the block, at a page's head, below a figure that waits for it."""
        _, number = rest
        side, owed, over, figure = situation
        h = 0
        if figure > 0:
            stand = _figure(self._blocks[figure - 1], figure - 1, 0)
            h = self._blocks[figure - 1].head + stand.last
            if not self._foot.fits(h, owed, over):
                self._states.turn(rest, situation, 0, way[0], way)
                return
            way = way[0], stand, way
            situation = side, owed, over, 0
            if number < 0:
                self._on_pages(block, situation, {h: way})
                return
        elif block.early >= 0 and number < 0 and not figure:
            self._early_at_head(block, situation, way)
        self._from_head(block, rest, situation, h, way)

    def _from_head(self, block: Ready, rest: Rest, situation: Situation, h: int, way: Way) -> None:
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
                self._states.reach(situation, text, (way[0] + (form.cost if number < 0 else 0.0), stand, way))
                continue
            cost = way[0] + (form.cost if number < 0 else 0.0)
            if self._pieces.laid(form, begin, h, 0, situation, cost, way, head=number < 0):
                stands = True
        if stands:
            return
        if situation[1] or h:
            # Notes that came over, or a figure, leave it no room: it stands on the page after.
            self._states.turn(rest, situation, h, way[0], way)
        elif self._loose:
            self._pieces.forced(forms[0], rest, situation, way)

    def _early_at_head(self, block: Ready, situation: Situation, way: Way) -> None:
        """A figure that was written a little later stands first."""
        side, owed, over, _ = situation
        figure = self._blocks[block.early]
        stand = _figure(figure, block.early, 0)
        h = figure.head + stand.last
        if self._foot.fits(h, owed, over):
            cost = way[0] + self._costs.moved * (block.early - self._number)
            self._on_pages(block, (side, owed, over, -(block.early + 1)), {h: (cost, stand, way)})

    # ---- figures

    def _with_figures(self, states: dict[Situation, Heights], block: Ready) -> dict[Situation, Heights]:
        """The states in which the block itself comes next: figures that must stand before it do, or may."""
        number = self._number
        if block.early < 0 and block.stop < 0 and not any(figure for *_, figure in states):
            return states
        found: dict[Situation, Heights] = {}
        for situation, heights in states.items():
            side, owed, over, figure = situation
            if figure == -(number + 1):
                # The block is a figure, and stands already.
                for h, way in heights.items():
                    self._states.reach((side, owed, over, 0), h, way)
            elif figure > 0 and self._blocks[figure - 1].stop == number:
                self._stand(found, situation, heights, figure - 1, (side, owed, over, 0), 0.0, forced=True)
            else:
                for h, way in heights.items():
                    keep(found.setdefault(situation, {}), h, way)
                if not figure and block.stop >= 0:
                    for h, way in heights.items():
                        self._states.reach((side, owed, over, number + 1), h, way)
                if not figure and block.early >= 0:
                    moved = self._costs.moved * (block.early - number)
                    after = side, owed, over, -(block.early + 1)
                    self._stand(found, situation, heights, block.early, after, moved, forced=False)
        return found

    def _stand(
        self, found: dict[Situation, Heights], situation: Situation, heights: Heights, figure: int,
        after: Situation, moved: float, *, forced: bool,
    ) -> None:  # fmt: skip
        """A figure stands behind what is on a page; if it must, and does not fit, on the next."""
        block = self._blocks[figure]
        space = block.forms[0].mid[0][1]
        stand = _figure(block, figure, space)
        for h, way in heights.items():
            end = h + space + block.head + stand.last
            stands = self._foot.fits(end, situation[1], situation[2])
            if stands:
                keep(found.setdefault(after, {}), end, (way[0] + moved, stand, way))
            if forced:
                self._ended_before(self._blocks[self._number], situation, h, way, stands)


def _figure(block: Ready, number: int, space: int) -> Stand:
    """A figure that stands whole."""
    return Stand(number, 0, space, True, False, 0, block.forms[0].lines)
