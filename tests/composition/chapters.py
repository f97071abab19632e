"""Chapters as a book has them, in blocks: articles of headed paragraphs, with notes, tables and figures where asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from random import Random

from bookmaker.composition.flow import Flow, Length, Page

#: Lines of a paragraph, as often as they come.
_PARAGRAPHS = (1, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 7, 8, 9)


def room(count: int) -> int:
    """Notes of 13.5 pt below a rule, on a grid of 18 pt."""
    return ceil((9.5 + count * 13.5 - 0.01) / 18) if count else 0


class Chapters:
    """The blocks of a book and the lengths of its notes."""

    def __init__(self, seed: int, articles: int = 300, *, full: bool = False) -> None:
        self._random = Random(seed)
        self._full = full
        self.flow: list[Flow] = []
        self.notes: list[int] = []
        for number in range(articles):
            self._article("page" if number % 60 == 0 or self._random.random() < 0.05 else "article")

    def _article(self, opens: str) -> None:
        choose = self._random
        count = choose.randint(5, 11)
        noted = choose.sample(range(1, count), choose.randint(1, 3)) if self._full and choose.random() < 1 / 3 else []
        table, figure = (choose.randint(2, count - 1) if self._full and choose.random() < 0.25 else -1 for _ in "tf")
        for number in range(count):
            block = self._paragraph(choose.choice(_PARAGRAPHS))
            if number == 0:
                block = replace(block, space=2, head=choose.choice((3, 3, 4, 5)), opens=opens)
            elif choose.random() < 0.12:
                block = replace(block, space=1, head=2)
            self.flow.append(self._noted(block) if number in noted else block)
            if number == table:
                self.flow.append(_table(choose.randint(3, 12)))
            if number == figure:
                lines = choose.randint(8, 14)
                self.flow.append(Flow((Length(lines),), first=lines, last=lines, cuts=(), movable=True))

    def _paragraph(self, lines: int) -> Flow:
        """Half of the longer ones can be a line longer or shorter, at what that costs their lines."""
        lengths = [Length(lines)]
        if lines >= 3 and self._random.random() < 0.5:
            lengths.append(Length(lines + self._random.choice((-1, 1)), self._random.uniform(2, 60)))
        return Flow(tuple(lengths), first=min(2, lines), last=min(2, lines))

    def _noted(self, block: Flow) -> Flow:
        row = self._random.randrange(min(length.lines for length in block.lengths))
        calls = ((row, len(self.notes)),)
        self.notes.append(self._random.randint(1, 4))
        return replace(block, lengths=tuple(replace(length, calls=calls) for length in block.lengths))


def _table(lines: int) -> Flow:
    """A long one breaks between its rows, its head again."""
    if lines < 8:
        return Flow((Length(lines),), first=lines, last=lines, cuts=())
    return Flow((Length(lines),), cuts=tuple(range(2, lines)), again=1)


def good_feet(pages: Sequence[Page], *, recto: bool) -> float:
    """Of the pages from which text goes on, the part with a foot that is full or equal to the facing page's.

    Notes stand on the foot; but two lines of white above them are as bad as a short page.
    """
    good = []
    for number, page in enumerate(pages):
        if not page.ends:
            facing = number + (-1 if (number % 2 == 0) is recto else 1)
            equal = 0 <= facing < len(pages) and _foot(pages[facing]) == _foot(page)
            good.append((not _foot(page) or equal) and not (page.notes and page.short > 1))
    return sum(good) / len(good)


def _foot(page: Page) -> int:
    return 0 if page.notes else page.short
