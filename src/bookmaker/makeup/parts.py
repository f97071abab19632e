"""What is painted on a page, and the rows it is painted in: all that is left of a section once it is set.

A row is one line of the grid high (of a note: one of its own lines). What stands in it is placed from its top, in pt
down, and from the type area's left edge. Nothing here knows a page: blocks are made once and moved as wholes.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

from bookmaker.makeup.typeline import TypeLine


@dataclass(frozen=True, slots=True)
class Node:
    """A structure element to be: its tag, and the number of its parent among the section's nodes (-1: the root)."""

    tag: str
    parent: int
    attributes: str = ""
    alternative: str = ""
    id: str = ""
    actual: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A line of type whose baseline is `down` below the row's top."""

    line: TypeLine
    x: float
    down: float
    node: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule between two points; `dotted` rules are drawn as dots. An artifact."""

    start: tuple[float, float]
    end: tuple[float, float]
    width: float
    colour: str
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """A picture by its source, its upper left corner and its size in pt."""

    source: str
    x: float
    down: float
    width: float
    height: float
    node: int


@dataclass(frozen=True, slots=True)
class Place:
    """Something that can be pointed at, is in the outline, or names a string for the running head."""

    ids: tuple[str, ...] = ()
    bookmark: tuple[int, str] | None = None
    strings: tuple[tuple[str, str], ...] = ()
    down: float = 0.0


Part: TypeAlias = Text | Rule | Image | Place
Row: TypeAlias = tuple[Part, ...]


def top_of(part: Part) -> float:
    """How far below its row's top a part stands, in pt."""
    return part.start[1] if isinstance(part, Rule) else part.down


def lowered(part: Part, down: float) -> Part:
    """The part so much further below its row's top (pt)."""
    if not down:
        return part
    if isinstance(part, Text):
        return Text(part.line, part.x, part.down + down, part.node)
    if isinstance(part, Rule):
        return replace(part, start=(part.start[0], part.start[1] + down), end=(part.end[0], part.end[1] + down))
    return replace(part, down=part.down + down)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to set a block: what it costs over the best, its rows, and (row, note) for every call of a note in it."""

    cost: float
    rows: tuple[Row, ...]
    calls: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """What `composition/paging.py` breaks into pages, with what it looks like.

    `space` is in grid lines, dropped at a page's head; `opens` says that an article begins here ("article"), or that a
    new page must ("page"). `head` are rows that stay with the first of the form. `shift` is how far down from its
    first row's top the block stands in running text and not at a page's head, in pt.
    """

    space: int
    head: tuple[Row, ...]
    forms: tuple[Form, ...]
    opens: str = ""
    keep: bool = False
    first: int = 1
    last: int = 1
    cuts: tuple[int, ...] | None = None
    again: tuple[Row, ...] = ()
    movable: bool = False
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its rows, each `leading` pt high."""

    rows: tuple[Row, ...]
    leading: float


@dataclass(frozen=True, slots=True)
class SetSection:
    """A section set: its structure, its blocks in reading order and its notes, and the name of its page style.

    `leading` is that of its grid, in pt; `holes` are the ids whose page numbers stand in it.
    """

    nodes: tuple[Node, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    page: str = ""
    leading: float = 0.0
    holes: tuple[str, ...] = ()
