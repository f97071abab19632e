"""Page breaks of a whole chapter at once, by dynamic programming over its blocks.

After Plass (1981) and Mittelbach, “A general LuaTeX framework for globally optimized pagination” (Computational
Intelligence, 2017). Pure: it knows grid lines, lines of notes and costs; no text and no points. Widows, orphans and
headings without lines under them cannot come about; feet are full, or equal on facing pages, wherever what may give
(the length of a paragraph, the gap between articles, the place of a figure) allows it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class PageCosts:
    """What a page's faults cost; a layout holds them in its table `[pages]`.

    `spread`: both facing pages end a line early. `length`: a paragraph set a line longer or shorter than is best, with
    what that costs its lines. `gap`: a gap between articles a line wider or narrower. `early`: a page ends where an
    article ends, and `early_line` for every line it is short. `short`: a foot that is neither full nor equal to the
    facing page's though the text goes on, `short_line` for every line. `split`: a note that goes over to the next page.
    `moved`: a figure, by every block it stands earlier or later. `runt`: a last page of a few lines.
    """

    spread: float = 6.0
    length: float = 2.0
    gap: float = 3.0
    early: float = 1.0
    early_line: float = 0.2
    short: float = 200.0
    short_line: float = 5.0
    split: float = 12.0
    moved: float = 4.0
    runt: float = 15.0
    #: Whether paragraphs may change their length, and gaps between articles theirs.
    lengths: bool = True
    gaps: bool = True


@dataclass(frozen=True, slots=True)
class Length:
    """One way to set a block: so many lines, at what cost over the best; `calls` are (line, note)."""

    lines: int
    cost: float = 0.0
    calls: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A block in the flow; see `makeup/parts.py` for what the words mean. All in grid lines."""

    lengths: tuple[Length, ...]
    space: int = 0
    head: int = 0
    first: int = 2
    last: int = 2
    opens: str = ""
    keep: bool = False
    cuts: tuple[int, ...] | None = None
    again: int = 0
    movable: bool = False


@dataclass(frozen=True, slots=True)
class Put:
    """Lines `first` to `last` of a block, from grid line `line` of the page on; with its head, or its head again."""

    block: int
    length: int
    line: int
    head: bool
    again: bool
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class NotePut:
    """Lines `first` to `last` of a note."""

    note: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page, from top to bottom, and at its foot; `short` is by how many lines its foot is not full.

    `ends` says that an article ends there.
    """

    puts: tuple[Put, ...]
    notes: tuple[NotePut, ...] = ()
    short: int = 0
    ends: bool = False


#: Facing pages: a verso; a recto beside a full verso; a recto beside one that ends a line early.
_VERSO, _RECTO, _RECTO_EARLY = 0, 1, 2
#: Below this many lines a last page is a runt.
_RUNT = 5
#: A figure moves no further than this many blocks, and text stays on a page with notes at least so many lines.
_FAR, _TEXT = 3, 3
#: A note that goes over leaves and takes at least so many lines.
_NOTE_LINES = 2
#: How many lines before the foot a break is tried.
_TRIES = 5

#: Lines on the page, note lines on it, note lines due on the next, side, and a figure that is elsewhere: +n is block
#: n - 1 still to come, -n is block n - 1 already placed.
_State = tuple[int, int, int, int, int]
#: What comes of a choice: the state after it, its cost, and the events (what is put, where a page ends).
_Choice = tuple[_State, float, tuple[object, ...]]


@dataclass(slots=True)
class _Record:
    cost: float
    before: _State | None
    events: tuple[object, ...]


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

    A page holds `lines` grid lines; the first is a recto or a verso. Every line and every note stands once, in order.
    """
    return _Paging(flow, notes, lines, room, costs or PageCosts(), recto).pages()


@dataclass(frozen=True, slots=True)
class _Turn:
    """A page ends: so many note lines stand on it, and its foot is so much short."""

    notes: int
    short: int
    ends: bool


class _Paging:
    def __init__(
        self,
        flow: Sequence[Flow],
        notes: Sequence[int],
        lines: int,
        room: Callable[[int], int],
        costs: PageCosts,
        recto: bool,
    ) -> None:
        self._flow = flow
        self._notes = notes
        self._lines = lines
        self._costs = costs
        self._first = _RECTO if recto else _VERSO
        self._rooms = [0]
        self._room_of = room
        self._bound = costs.short * 1.3 + 60.0
        # The most note lines that leave text on a page.
        self._most_notes = 0
        while room(self._most_notes + 1) <= max(lines - _TEXT, 0) and self._most_notes < 10 * lines:
            self._most_notes += 1

    def pages(self) -> list[Page]:
        states: dict[_State, _Record] = {(0, 0, 0, self._first, 0): _Record(0.0, None, ())}
        history = []
        for number in range(len(self._flow)):
            new: dict[_State, _Record] = {}
            bound = min(record.cost for record in states.values()) + self._bound
            for state, record in states.items():
                if record.cost <= bound:
                    for key, cost, events in self._choices(number, state):
                        total = record.cost + cost
                        known = new.get(key)
                        if known is None or total < known.cost:
                            new[key] = _Record(total, state, events)
            if not new:
                # Nothing allowed fits: what should be kept together is parted.
                for state, record in states.items():
                    for key, cost, events in self._forced(number, state):
                        if key not in new or record.cost + cost < new[key].cost:
                            new[key] = _Record(record.cost + cost, state, events)
            history.append(new)
            states = new
        return self._traced(history)

    # ---- choices at a block

    def _choices(self, number: int, state: _State) -> Iterator[_Choice]:
        block, flux = self._flow[number], state[4]
        if flux == -(number + 1):
            # The figure stands already.
            yield (*state[:4], 0), 0.0, ()
            return
        if flux > 0 and not self._may_wait(flux - 1, number):
            # It must come now, before this block.
            for key, cost, events in self._placed(flux - 1, (*state[:4], 0)):
                for key2, cost2, events2 in self._choices(number, key):
                    yield key2, cost + cost2, (*events, *events2)
            return
        if block.movable and flux == 0 and number + 1 < len(self._flow):
            # It waits for the next page's head.
            yield (*state[:4], number + 1), self._costs.moved, ()
        if flux == 0:
            early = self._figure_ahead(number)
            if early is not None:
                moved = self._costs.moved * (early - number)
                for key, cost, events in self._placed(early, state):
                    for key2, cost2, events2 in self._placed(number, (*key[:4], -(early + 1))):
                        yield key2, cost + cost2 + moved, (*events, *events2)
        yield from self._placed(number, state)

    def _may_wait(self, figure: int, number: int) -> bool:
        block = self._flow[number]
        return number - figure <= _FAR and not block.opens and not block.head and number + 1 < len(self._flow)

    def _figure_ahead(self, number: int) -> int | None:
        """A figure of the same part of the article that may stand before this block."""
        if self._flow[number].movable or self._flow[number].keep:
            return None
        for at in range(number + 1, min(number + _FAR, len(self._flow))):
            block = self._flow[at]
            if block.opens or block.head:
                return None
            if block.movable:
                return at
        return None

    def _forced(self, number: int, state: _State) -> Iterator[_Choice]:
        h, n, due, side, flux = state
        if h:
            turn, following, cost = self._turned(h, n, due, side, flux, ends=False)
            for key, more, events in self._on_page(number, following, at_head=True, loose=True):
                yield key, cost + more + 4 * self._costs.short, (turn, *events)
        else:
            yield from self._on_page(number, state, at_head=True, loose=True)

    def _placed(self, number: int, state: _State) -> Iterator[_Choice]:
        """The block on this page, over its end, or at the head of the next."""
        block = self._flow[number]
        h, n, due, side, flux = state
        if not (block.opens == "page" and h):
            yield from self._on_page(number, state, at_head=not h)
        if h and not block.keep:
            for following, cost in self._closed(h, n, due, side, ends=bool(block.opens)):
                turn = _Turn(n, self._short(h, n), bool(block.opens))
                price = 0.0 if block.opens == "page" else cost
                for key, more, events in self._after_turn(number, (*following, flux)):
                    yield key, price + more, (turn, *events)

    def _after_turn(self, number: int, state: _State) -> Iterator[_Choice]:
        """At a page's head a figure that waits comes first."""
        flux = state[4]
        if flux > 0:
            for key, cost, events in self._on_page(flux - 1, (*state[:4], 0), at_head=True):
                for key2, cost2, events2 in self._on_page(number, key, at_head=False):
                    yield key2, cost + cost2, (*events, *events2)
        else:
            yield from self._on_page(number, state, at_head=True)

    def _on_page(self, number: int, state: _State, *, at_head: bool, loose: bool = False) -> Iterator[_Choice]:
        block, costs = self._flow[number], self._costs
        h = state[0]
        spaces: tuple[tuple[int, float], ...] = ((0, 0.0),) if at_head else ((block.space, 0.0),)
        if not at_head and block.opens == "article" and block.space > 1 and costs.gaps:
            spaces = (*spaces, (block.space - 1, costs.gap), (block.space + 1, costs.gap))
        lengths = block.lengths if costs.lengths else block.lengths[:1]
        for form, length in enumerate(lengths):
            price = length.cost + (costs.length if form else 0.0)
            for space, more in spaces:
                top = h + space
                for key, cost, events in self._rows(number, form, 0, (top, *state[1:]), head=True, loose=loose):
                    yield key, price + more + cost, events

    def _rows(
        self, number: int, form: int, begin: int, state: _State, *, head: bool, loose: bool = False
    ) -> Iterator[_Choice]:
        """Lines of a block from `begin` on, from where the page stands; over as many pages as they take.

        Ways that come to the same line of the same page are one from there on.
        """
        ways: dict[tuple[int, _State], tuple[float, tuple[object, ...]]] = {(begin, state): (0.0, ())}
        while ways:
            following: dict[tuple[int, _State], tuple[float, tuple[object, ...]]] = {}
            for (at, key), (cost, events) in ways.items():
                for end, after, more, own in self._page_of(number, form, at, key, head and at == begin, loose):
                    total = cost + more
                    if end < 0:
                        yield after, total, (*events, *own)
                    elif (end, after) not in following or total < following[end, after][0]:
                        following[end, after] = total, (*events, *own)
            ways = following

    def _page_of(
        self, number: int, form: int, begin: int, state: _State, head: bool, loose: bool
    ) -> Iterator[tuple[int, _State, float, tuple[object, ...]]]:
        """What one page takes of a block: (the line at which the next page goes on, or -1 if all stands, …)."""
        block = self._flow[number]
        length = block.lengths[form]
        h, n, due, side, flux = state
        line, again = h, bool(begin and block.again)
        h += block.head if head else block.again if again else 0
        rest = length.lines - begin
        called = self._called(length, begin, length.lines)
        put = Put(number, form, line, head, again, begin, length.lines)
        if not called and rest <= self._lines - h - self._room(n):
            yield -1, (h + rest, n, due, side, flux), 0.0, (put,)
        elif called and not due and h + rest + self._room(n + called) <= self._lines:
            yield -1, (h + rest, n + called, 0, side, flux), 0.0, (put,)
        elif called:
            over, price = self._overflow(length, begin, length.lines, h + rest, n + called, due)
            if price < inf and over and h + rest + self._room(n + called - over) <= self._lines:
                yield -1, (h + rest, n + called - over, over, side, flux), price, (put,)
        for end in self._breaks(block, length, begin, h, n, loose):
            yield from self._broken(number, form, begin, end, (h, n, due, side, flux), (line, head, again))

    def _broken(
        self, number: int, form: int, begin: int, end: int, state: _State, where: tuple[int, bool, bool]
    ) -> Iterator[tuple[int, _State, float, tuple[object, ...]]]:
        """A block that breaks before its line `end`; a figure that waits stands at the next page's head."""
        h, n, due, side, flux = state
        length = self._flow[number].lengths[form]
        inner = self._called(length, begin, end)
        over, price = 0, 0.0
        if inner:
            over, price = self._overflow(length, begin, end, h + end - begin, n + inner, due)
            if price == inf:
                return
        line, head, again = where
        put = Put(number, form, line, head, again, begin, end)
        used, at = n + inner - over, h + end - begin
        for following, cost in self._closed(at, used, due + over, side, ends=False):
            turn = _Turn(used, self._short(at, used), False)
            if flux <= 0:
                yield end, (*following, flux), price + cost, (put, turn)
                continue
            for key, extra, events in self._on_page(flux - 1, (*following, 0), at_head=True):
                yield end, key, price + cost + extra, (put, turn, *events)

    def _breaks(self, block: Flow, length: Length, begin: int, h: int, n: int, loose: bool) -> Iterator[int]:
        """Where the block may break on this page, the latest first: before line `end`."""
        foot = begin + self._lines - h - self._room(n)
        if block.cuts is not None:
            allowed = [cut for cut in block.cuts if begin < cut <= foot and cut < length.lines]
            if not allowed and (loose or not h or h == block.again) and foot > begin and length.lines > foot:
                allowed = [foot]  # higher than a page: it is cut where it must be
            yield from allowed[:-3:-1]
            return
        low = begin + (block.first if begin == 0 else 1)
        high = length.lines - block.last
        if loose:
            low, high = begin + 1, length.lines - 1
        last = min(foot, high)
        yield from range(last, max(low, last - _TRIES) - 1, -1)
        if last < low and foot < length.lines and not h and foot > begin:
            yield foot

    # ---- notes

    def _called(self, length: Length, begin: int, end: int) -> int:
        """How many note lines the lines of a block call for."""
        return sum(self._notes[note] for row, note in length.calls if begin <= row < end) if length.calls else 0

    def _overflow(self, length: Length, begin: int, end: int, h: int, n: int, due: int) -> tuple[int, float]:
        """How many note lines go over to the next page so that the text stands, and the price; infinite if none can."""
        if due:
            return 0, inf
        over = 0
        while h + self._room(n - over) > self._lines:
            over += 1
            if over > n:
                return 0, inf
        if not over:
            return 0, 0.0
        last = next((self._notes[note] for row, note in reversed(length.calls) if begin <= row < end), 0)
        over = max(over, _NOTE_LINES)
        return (over, self._costs.split) if last - over >= min(_NOTE_LINES, last - 1) and over < last else (0, inf)

    # ---- feet

    def _room(self, n: int) -> int:
        while n >= len(self._rooms):
            self._rooms.append(self._room_of(len(self._rooms)))
        return self._rooms[n]

    def _short(self, h: int, n: int) -> int:
        return self._lines - self._room(n) - h

    def _turned(self, h: int, n: int, due: int, side: int, flux: int, *, ends: bool) -> tuple[_Turn, _State, float]:
        following, cost = min(self._closed(h, n, due, side, ends=ends), key=lambda found: found[1])
        return _Turn(n, self._short(h, n), ends), (*following, flux), cost

    def _closed(
        self, h: int, n: int, due: int, side: int, *, ends: bool
    ) -> Iterator[tuple[tuple[int, int, int, int], float]]:
        """(lines, note lines, note lines due, side) of the next page, and the price of ending this one here."""
        costs, short = self._costs, self._short(h, n)
        notes = min(due, self._most_notes)
        start = (0, notes, due - notes)
        # What the text cannot help: a page full of notes.
        plain = ends or short < 0
        early = costs.early + costs.early_line * short
        fault = costs.short + costs.short_line * short
        if side == _VERSO:
            if short == 0:
                yield (*start, _RECTO), 0.0
            elif short == 1:
                yield (*start, _RECTO_EARLY), costs.spread
                yield (*start, _RECTO), early + 1.0 if plain else fault
            else:
                yield (*start, _RECTO), early if plain else fault
            return
        wanted = 1 if side == _RECTO_EARLY else 0
        if short == wanted:
            yield (*start, _VERSO), 0.0
        else:
            away = abs(short - wanted)
            price = costs.early + costs.early_line * away if plain else costs.short + costs.short_line * away
            yield (*start, _VERSO), price + (10 * costs.spread if plain and wanted else 0.0)

    # ---- the way back

    def _traced(self, history: list[dict[_State, _Record]]) -> list[Page]:
        if not history:
            return []
        last = min(
            history[-1],
            key=lambda key: history[-1][key].cost + (self._costs.runt if 0 < key[0] < _RUNT else 0.0) + key[2],
        )
        h, n, due, _, _ = last
        steps: list[tuple[object, ...]] = []
        key: _State | None = last
        for table in reversed(history):
            assert key is not None
            steps.append(table[key].events)
            key = table[key].before
        events = [event for step in reversed(steps) for event in step]
        return _Laid(self._flow, self._notes).pages(events, _Turn(n, self._short(h, n), True), due, self._most_notes)


class _Laid:
    """Events to pages: the notes are one stream, of which every page takes what it has room for."""

    def __init__(self, flow: Sequence[Flow], notes: Sequence[int]) -> None:
        self._flow = flow
        self._notes = notes
        self._pages: list[Page] = []
        self._puts: list[Put] = []
        self._called: list[int] = []
        self._at = (0, 0)

    def pages(self, events: Sequence[object], last: _Turn, due: int, most: int) -> list[Page]:
        for event in events:
            if isinstance(event, Put):
                self._puts.append(event)
                calls = self._flow[event.block].lengths[event.length].calls
                self._called += [note for row, note in calls if event.first <= row < event.last]
            elif isinstance(event, _Turn):
                self._turn(event)
        self._turn(last)
        while due > 0:
            # Notes that go on where the text has ended.
            self._turn(_Turn(min(due, most), 0, True))
            due -= most
        return self._pages

    def _turn(self, turn: _Turn) -> None:
        found: list[NotePut] = []
        left = turn.notes
        at, line = self._at
        while left > 0 and at < len(self._called):
            note = self._called[at]
            take = min(left, self._notes[note] - line)
            if take:
                found.append(NotePut(note, line, line + take))
            left -= take
            line += take
            if line >= self._notes[note]:
                at, line = at + 1, 0
        self._at = at, line
        self._pages.append(Page(tuple(self._puts), tuple(found), turn.short, turn.ends))
        self._puts = []
