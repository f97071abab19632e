"""Wrapping: lines of a page become passages: a paragraph that was wrapped by hand is one passage again.

A page is wrapped where many of its lines are equally long; then a full line goes on in the next one, a short one
ends its paragraph. Blank lines, indents, marks of the file and headings always part passages.
"""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bookmaker.clippings.mending import plain_forms
from bookmaker.clippings.model import Line, Mark

#: A line so long, in half characters, was not wrapped for a column.
_WIDEST = 124
_NARROWEST = 12
#: Part of the lines of a page that must be full for the page to be wrapped.
_SHARE = 0.4
_INDENT = re.compile(r"^(?:\u3000|[ \t]{2,})")
_STOPS = frozenset("。！？；…!?;”")
_GLUED = re.compile(
    r"(?<![ \u3000])[ \u3000]{2,}(?=(?:作者|来源|记者|编辑|责任编辑)[：:])|(?<=[。！？”…])\u3000{2,}(?=\S)"
)
#: A wide blank inside a line parts the cells of a table's row.
_ROW = re.compile(r"\S(?:\u3000{2,}| {3,}|\t+)\S")
_NEVER_JOINED = re.compile(r"^(?:[（(]?(?:下转|上接)|本报讯|新华社|记者[ \u3000]|□)")


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that belong together: their text, their numbers, and what stood around them.

    `gap` counts blank lines before it, `indent` the blanks at its head, in half characters; `joints` are the offsets in
    `text` at which lines were joined.
    """

    text: str
    lines: tuple[int, ...]
    mark: Mark | None = None
    level: int = 0
    gap: int = 0
    indent: int = 0
    joints: tuple[int, ...] = ()


def passages_of(lines: Sequence[Line]) -> tuple[Passage, ...]:
    """The passages of a page, blank lines left out; texts have plain letters and digits."""
    lines = [part for line in lines for part in _unglued(line)]
    wrapped = _width(lines)
    found: list[Passage] = []
    for block, gap in _blocks(lines):
        first = True
        for run in _runs(block, wrapped):
            found.append(_passage(run, gap if first else 0))
            first = False
    return tuple(found)


def _unglued(line: Line) -> Iterator[Line]:
    """A line with 作者：… or another paragraph behind a wide blank is two or three."""
    at = 0
    for found in _GLUED.finditer(line.text):
        if line.text[at : found.start()].strip():
            yield replace(line, text=line.text[at : found.start()], whole=True)
        at = found.end()
    yield replace(line, text=line.text[at:], whole=True) if at else line


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[list[Line], int]]:
    """Runs of lines that are not blank, each with the number of blank lines before."""
    block: list[Line] = []
    gap = before = 0
    for line in lines:
        if line.text.strip():
            if not block:
                before = gap
            block.append(line)
            gap = 0
            continue
        if block:
            yield block, before
            block = []
        gap += 1
    if block:
        yield block, before


def _runs(block: Sequence[Line], wrapped: int) -> Iterator[list[Line]]:
    """A block cut into passages."""
    width = wrapped or _block_width(block)
    run: list[Line] = [block[0]]
    for before, line in itertools.pairwise(block):
        if _goes_on(before, line, width):
            run.append(line)
        else:
            yield run
            run = [line]
    yield run


def _goes_on(before: Line, line: Line, width: int) -> bool:
    """True if a line continues the paragraph of the one before."""
    if before.whole or line.whole or before.mark != line.mark or before.level or line.level:
        return bool(before.mark and before.mark is line.mark is Mark.BODY and not (before.whole or line.whole))
    if _ROW.search(before.text) or _ROW.search(line.text):
        return False
    if not width or _INDENT.match(line.text) or _NEVER_JOINED.match(line.text.strip()):
        return False
    # A full line that ends in a full stop may also end its paragraph; sentences inside one end there more often.
    return width_of(before.text) >= width - 4 and width_of(line.text) <= width + 8


def _width(lines: Sequence[Line]) -> int:
    """The width of the page's full lines in half characters, 0 if it is not wrapped."""
    return _common_width([line for line in lines if line.text.strip() and not (line.whole or line.level or line.mark)])


def _block_width(block: Sequence[Line]) -> int:
    return _common_width(block) if len(block) >= 5 else 0


def _common_width(lines: Sequence[Line]) -> int:
    widths = [width_of(line.text) for line in lines]
    fitting = [width for width in widths if _NARROWEST <= width <= _WIDEST]
    if len(fitting) < 4 or len(fitting) < len(widths) * 0.7 or _is_verse(lines):
        return 0
    counts = Counter(fitting)
    best, number = max(
        ((width, sum(counts[near] for near in range(width - 3, width + 1))) for width in counts),
        key=lambda pair: (pair[1], pair[0]),
    )
    return best if number >= max(3, len(widths) * _SHARE) else 0


def _is_verse(lines: Sequence[Line]) -> bool:
    """Lines that nearly all end in a full stop are paragraphs or verse, however even."""
    return sum(line.text.rstrip()[-1:] in _STOPS for line in lines) > 0.6 * len(lines)


def width_of(text: str) -> int:
    """Width of a line as set in a column, in half characters; outer blanks at its end do not count."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text.rstrip())


def _passage(run: Sequence[Line], gap: int) -> Passage:
    text = ""
    joints: list[int] = []
    for line in run:
        piece = plain_forms(line.text).strip()
        if text:
            if _needs_blank(text, piece):
                text += " "
            joints.append(len(text))
        text += piece
    head = run[0].text
    indent = width_of(head[: len(head) - len(head.lstrip())] + ".") - 1
    numbers = tuple(line.number for line in run)
    return Passage(text, numbers, run[0].mark, run[0].level, gap, indent, tuple(joints))


def _needs_blank(before: str, after: str) -> bool:
    """Two Latin words at a line's end; a number that was cut goes on."""
    return before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
