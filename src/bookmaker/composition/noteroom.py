"""The room that notes take at a page's foot, and how much of them goes over to the next page."""

from collections.abc import Callable

#: A note that goes over leaves so many of its lines and takes so many, as a paragraph does.
LEAST = 2
#: Text that stands above a note that came over and is longer than the page.
_TEXT = 3


class NoteRoom:
    """What stands on a page of `lines` grid lines with notes on its foot; `room` gives the grid lines they take.

    Notes are one stream. A page *owes* the note lines that came over to it and those its own lines call for; some of
    the last may go over to the next page.
    """

    def __init__(self, lines: int, room: Callable[[int], int]) -> None:
        self.lines = lines
        self._room = room
        self._rooms = [0]
        #: How many note lines fit below so many grid lines of text.
        self.capacity = [self._below(lines - h) for h in range(lines + 1)]
        #: How much a page takes at least of what came over.
        self._most = max(1, self.capacity[min(_TEXT, lines)])

    def room(self, count: int) -> int:
        """The grid lines that so many note lines take."""
        while count >= len(self._rooms):
            self._rooms.append(self._room(len(self._rooms)))
        return self._rooms[count]

    def _below(self, height: int) -> int:
        count = 0
        # A note line of no height would go on for ever.
        while self.room(count + 1) <= height and count < 10 * self.lines:
            count += 1
        return count

    def fits(self, text: int, owed: int, may_go: int) -> bool:
        """Whether a page holds so many grid lines of text and the notes that must stand on it."""
        return text + self.room(owed - may_go) <= self.lines

    def standing(self, text: int, owed: int, may_go: int) -> int:
        """How many of the note lines a page owes stand on it when it ends: as many as can."""
        over = owed - self.capacity[text] if text <= self.lines else may_go
        if over <= 0:
            return owed
        over = min(max(over, LEAST), may_go)
        # A page that holds nothing else takes a line of a note, whatever room that has: pages must come to an end.
        return max(owed - over, 0 if text else 1)

    def short(self, text: int, standing: int) -> int:
        """How many lines of the page are white."""
        return max(0, self.lines - text - self.room(standing))

    def may_go_again(self, over: int) -> int:
        """How much of what came over to a page may go over to the one after it: only what leaves it no text."""
        return 0 if over <= self._most else min(max(over - self._most, LEAST), over - 1)


def may_go(note: int) -> int:
    """How many lines of a note may go over from the page that calls for it."""
    return note - LEAST if note >= 2 * LEAST else 0
