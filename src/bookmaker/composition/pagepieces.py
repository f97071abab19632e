"""A block, or what is left of it, set on a page: whole, or as many of its lines as belong there."""

from bookmaker.composition.noteroom import may_go
from bookmaker.composition.pageblocks import Form, Ready, Stand
from bookmaker.composition.pagestates import PageStates, Rest, Situation
from bookmaker.composition.pagetrace import Turn, Way


class PagePieces:
    """Sets pieces of the block of a number."""

    def __init__(self, number: int, block: Ready, states: PageStates) -> None:
        self._number = number
        self._block = block
        self._states = states
        self._foot = states.foot
        self._lines = states.foot.lines

    def laid(
        self, form: Form, begin: int, h: int, space: int, situation: Situation, cost: float, way: Way, *, head: bool
    ) -> bool:
        """Lines of a form from `begin` on stand on a page, all or as many as fit; whether any do."""
        side, owed, over, figure = situation
        rest = form.lines - begin
        top, again = self._top(form, begin, h, space, head)
        due, may = self._owed(form, begin, form.lines, owed, over)
        stands = self._foot.fits(top + rest, due, may)
        if stands:
            stand = Stand(self._number, form.number, space, head, again, begin, form.lines)
            self._states.reach((side, due, may, figure), top + rest, (cost, stand, way))
            near = self._lines - self._foot.room(due) - self._block.near
            if top + rest - form.tail < near and not form.calls:
                return True
        return self.broken(form, begin, h, space, situation, cost, way, head=head, stands=stands)

    def broken(
        self, form: Form, begin: int, h: int, space: int, situation: Situation, cost: float, way: Way,
        *, head: bool, stands: bool,
    ) -> bool:  # fmt: skip
        """The page ends within the form: at its foot, a few lines before, or earlier if no more of it `stands`.

        Whether any lines of it stand on the page.
        """
        side, owed, over, figure = situation
        top, again = self._top(form, begin, h, space, head)
        foot, near = self._foot, self._block.near
        for end in form.breaks(begin, begin + self._lines - foot.room(owed - over) - top):
            due, may = self._owed(form, begin, end, owed, over)
            text = top + end - begin
            if not foot.fits(text, due, may):
                continue
            if stands and foot.short(text, foot.standing(text, due, may)) > near:
                break
            stands = True
            stand = Stand(self._number, form.number, space, head, again, begin, end)
            self._states.turn((end, form.number), (side, due, may, figure), text, cost, (cost, stand, way))
        return stands

    def broken_plainly(
        self, form: Form, top: int, space: int, situation: Situation, cost: float, way: Way, *, stands: bool
    ) -> bool:
        """The same where neither the page nor the form has notes: what most pages do, many times each."""
        side, _, _, figure = situation
        states = self._states
        prices, bound, heads, number = states.prices.on[side], states.bound, states.heads, form.number
        foot, near = self._lines - top, self._block.near
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

    def forced(self, form: Form, rest: Rest, situation: Situation, way: Way) -> None:
        """What no page can hold as it should be held: its head alone, or as many of its lines as there is room for."""
        begin, number = rest
        side, _, _, figure = situation
        cost = way[0] + self._states.costs.parted
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
            self._states.reach(situation, text, after)
        else:
            self._states.turn((end, form.number), situation, text, cost, after)

    def _top(self, form: Form, begin: int, h: int, space: int, head: bool) -> tuple[int, bool]:
        """Where the lines of the form begin, below its head, or below its first lines again."""
        if head:
            return h + space + self._block.head, False
        again = begin > 0 and 0 < self._block.again < self._lines
        return h + space + (self._block.again if again else 0), again

    def _owed(self, form: Form, begin: int, end: int, owed: int, over: int) -> tuple[int, int]:
        """The note lines a page owes when these lines stand on it, too, and how many of them may go over."""
        for row, note in form.calls:
            if begin <= row < end:
                owed, over = owed + note, may_go(note)
        return owed, over
