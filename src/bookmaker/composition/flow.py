"""What is broken into pages, and the pages that come of it: lines, notes and what must stay together; no text.

A flow is a run of blocks, all measured in lines of the grid; notes are measured in lines of their own.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Length:
    """One way to set a block: so many lines, at what cost over the best way; `calls` are (line, note)."""

    lines: int
    cost: float = 0.0
    calls: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A block. `lengths` are the ways to set it, the best first.

    `space` lines stand above it, except at a page's head. `head` lines stay with its first (a heading's).
    At least `first` of its lines stand before a page's end and `last` behind one (CSS: orphans, widows); or it breaks
    only before the lines `cuts`, and its first `again` lines stand again at the head of the page (a table's head).
    `opens` says that an article begins here ("article"), or that a page must ("page"). `keep` keeps it with the line
    above it. A `movable` block (a figure) may stand a little earlier or later within its article.
    """

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
    """Lines `first` to `last` of a block, from grid line `line` of the page on; with its head, or its first again."""

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
    """What stands on a page, from top to bottom, and at its foot; `short` is how many lines of it are left white.

    `ends` says that an article ends there. Where there are notes, they stand on the foot, and the white above them.
    """

    puts: tuple[Put, ...]
    notes: tuple[NotePut, ...] = ()
    short: int = 0
    ends: bool = False
