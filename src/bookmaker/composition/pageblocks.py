"""Blocks made ready for the search for pages: ways to set them, places where they may break, how far figures move."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bookmaker.composition.feet import PageCosts
from bookmaker.composition.flow import Flow, Length
from bookmaker.composition.noteroom import NoteRoom

#: A page ends at most so many lines before its foot, unless what comes next does not fit on it.
NEAR = 4
#: A figure stands at most so many blocks earlier or later than it was written.
FAR = 3


class Stand(NamedTuple):
    """Lines of a block stand on a page, `space` lines below what is there, with its head, or its first lines again."""

    block: int
    form: int
    space: int
    head: bool
    again: bool
    first: int
    last: int


@dataclass(slots=True)
class Form:
    """One way to set a block; `calls` are (line, lines of the note it calls for), only of what was not called before.

    `tail` is how many of its lines stand behind the last place where it may break: all, if it may not.
    `mid` is the block whole behind what stands on a page: (lines it takes, space among them, cost, event), once for
    every gap that may stand above it.
    """

    number: int
    lines: int
    cost: float
    calls: tuple[tuple[int, int], ...]
    first: int
    last: int
    cuts: tuple[int, ...] | None
    tail: int = 0
    mid: tuple[tuple[int, int, float, Stand], ...] = ()

    def breaks(self, begin: int, foot: int) -> Sequence[int]:
        """Before which lines the form may break, at `foot` or above, the latest first; lines from `begin` are left."""
        if self.cuts is not None:
            low, high = bisect_right(self.cuts, begin), bisect_right(self.cuts, min(foot, self.lines - 1))
            return self.cuts[low:high][::-1]
        return range(min(foot, self.lines - self.last), (begin or self.first - 1), -1)


@dataclass(slots=True)
class Ready:
    """A block: its forms, and of figures near it the number of one that may stand before it, else -1."""

    head: int
    again: int
    opens: str
    keep: bool
    forms: tuple[Form, ...]
    early: int = -1
    #: Of a figure: the block before which it must stand at the latest; -1 if it stands where it was written.
    stop: int = -1
    #: A page ends at most so many lines before its foot, before the block or in it, if more of it would stand there.
    near: int = NEAR


def make_ready(flow: Sequence[Flow], notes: Sequence[int], costs: PageCosts, foot: NoteRoom) -> list[Ready]:
    """The blocks of a flow, and behind them an empty one: figures stand before it."""
    called: set[int] = set()
    blocks = []
    for number, block in enumerate((*flow, Flow((Length(0),), opens="article"))):
        lengths = block.lengths if costs.lengths else block.lengths[:1]
        forms = tuple(
            Form(n, length.lines, length.cost + (costs.length if n else 0.0),
                 _first_calls(length, notes, called), max(1, block.first), max(1, block.last), block.cuts)
            for n, length in enumerate(lengths)
        )  # fmt: skip
        called.update(note for length in block.lengths for _, note in length.calls)
        for form in forms:
            form.tail = form.lines - next(iter(form.breaks(0, form.lines)), 0)
            form.mid = tuple(_mid(number, block, form, costs))
        blocks.append(Ready(block.head, block.again, block.opens, block.keep, forms))
    for number, block in enumerate(flow):
        if block.movable and not block.keep and not block.opens:
            _move(number, flow, blocks, foot.lines)
    _look_ahead(blocks, foot)
    return blocks


def _look_ahead(blocks: Sequence[Ready], foot: NoteRoom) -> None:
    """Where blocks are kept with one, its page may end so much earlier that all of them stand on the next."""
    behind = 0
    for block, after in zip(blocks[-2::-1], blocks[:0:-1], strict=True):
        behind = min(behind + _most(after, foot), foot.lines) if after.keep else 0
        if behind:
            block.near = min(NEAR + _most(block, foot) + behind, foot.lines)


def _most(block: Ready, foot: NoteRoom) -> int:
    """The most grid lines that a block takes with its notes."""
    return max(form.mid[0][0] + foot.room(sum(note for _, note in form.calls)) for form in block.forms)


def _first_calls(length: Length, notes: Sequence[int], called: set[int]) -> tuple[tuple[int, int], ...]:
    """The calls of notes that nothing called before, in order."""
    own = dict.fromkeys(note for _, note in sorted(length.calls, key=lambda call: call[0]) if note not in called)
    first = {note: min(row for row, each in length.calls if each == note) for note in own}
    return tuple((min(first[note], length.lines - 1), notes[note]) for note in own if notes[note])


def _mid(number: int, block: Flow, form: Form, costs: PageCosts) -> list[tuple[int, int, float, Stand]]:
    gaps = [(block.space, 0.0)]
    if block.opens == "article" and block.space > 1 and costs.gaps:
        gaps += [(block.space - 1, costs.gap), (block.space + 1, costs.gap)]
    elif costs.gaps and ((block.head and block.space == 1) or block.cuts is not None):
        # Above a heading, a table or a figure a page may take a line more, never less.
        gaps.append((block.space + 1, 2 * costs.gap))
    return [
        (space + block.head + form.lines, space, form.cost + more,
         Stand(number, form.number, space, True, False, 0, form.lines))
        for space, more in gaps
    ]  # fmt: skip


def _move(number: int, flow: Sequence[Flow], blocks: list[Ready], lines: int) -> None:
    """How far a figure may move: not past another, nor a heading, nor so that a kept block leaves its line above."""
    figure = flow[number].lengths[0]
    if figure.calls or flow[number].head + figure.lines > lines:
        return
    stop = number + 1
    while stop < len(flow) and stop - number <= FAR and not _holds(flow[stop]):
        stop += 1
    if stop > number + 1 and not any(block.keep for block in flow[number + 1 : stop + 1]):
        blocks[number].stop = stop
    if number + 1 < len(flow) and flow[number + 1].keep:
        return
    for earlier in range(number - 1, max(number - FAR, 0) - 1, -1):
        if _holds(flow[earlier]):
            return
        if not flow[earlier].keep:
            blocks[earlier].early = number


def _holds(block: Flow) -> bool:
    """Whether no figure moves past the block."""
    return bool(block.opens or block.head or block.movable)
