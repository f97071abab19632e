"""The cheapest way through a flow, read back into pages."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from bookmaker.composition.flow import Flow, NotePut, Page, Put
from bookmaker.composition.pageblocks import Stand


class Turn(NamedTuple):
    """A page ends: so many note lines stand on it, its foot is so much short, and whether an article ends there."""

    notes: int
    short: int
    ends: bool


#: What it costs to come so far, what came last, and the way before that.
Way: TypeAlias = "tuple[float, Stand | Turn | None, Way | None]"


def trace(way: Way, flow: Sequence[Flow], notes: Sequence[int]) -> list[Page]:
    """The pages of a way; it ends with the end of a page."""
    events: list[Stand | Turn] = []
    at: Way | None = way
    while at is not None:
        if at[1] is not None:
            events.append(at[1])
        at = at[2]
    stream = _NoteStream(notes)
    pages: list[Page] = []
    puts: list[Put] = []
    h = 0
    for event in reversed(events):
        if isinstance(event, Turn):
            pages.append(Page(tuple(puts), stream.take(event.notes), event.short, event.ends))
            puts, h = [], 0
        elif event.block < len(flow):
            block = flow[event.block]
            puts.append(Put(event.block, event.form, h + event.space, event.head, event.again, event.first, event.last))
            h += event.space + (block.head if event.head else block.again if event.again else 0)
            h += event.last - event.first
            calls = block.lengths[event.form].calls
            stream.call(note for row, note in sorted(calls, key=_row) if event.first <= row < event.last)
    return pages


def _row(call: tuple[int, int]) -> int:
    return call[0]


class _NoteStream:
    """Notes in the order of their calls, of which every page takes what it has room for."""

    def __init__(self, notes: Sequence[int]) -> None:
        self._notes = notes
        self._called: dict[int, None] = {}
        self._due: list[int] = []
        self._line = 0

    def call(self, notes: Iterable[int]) -> None:
        """Notes are called for; only the first call counts."""
        for note in notes:
            if note not in self._called:
                self._called[note] = None
                self._due.append(note)

    def take(self, count: int) -> tuple[NotePut, ...]:
        """The next so many lines of notes."""
        found = []
        while count > 0 and self._due:
            note = self._due[0]
            last = min(self._line + count, self._notes[note])
            if last > self._line:
                found.append(NotePut(note, self._line, last))
            count -= last - self._line
            self._line = last
            if last == self._notes[note]:
                self._due.pop(0)
                self._line = 0
        return tuple(found)
