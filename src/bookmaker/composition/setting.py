"""Setting a line: its spaces give way in their order, and every character gets its place."""

from dataclasses import dataclass, field
from functools import cached_property

from bookmaker.composition.classes import BREAK
from bookmaker.composition.giving import NOTHING_GIVEN, Given, shrink, stretch
from bookmaker.composition.paragraph import Paragraph
from bookmaker.composition.space_kinds import NARROW
from bookmaker.composition.total_fit import Measure, find_breaks, find_line_end, line_end, line_start


@dataclass(frozen=True)
class SetLine:
    """One line: characters `first` to `last` (excluded), and how far each pen moves from its own origin.

    `resume` is where the next line begins. The first character's origin stands `shift` to the right of the line's
    start (negative where its left blank was trimmed), and the line is `width` wide, both in the caller's unit. Of a
    `hyphenated` line the hyphen follows the last pen, and is part of the `width`. `gap` is the widest stretch between
    two Han characters and `tight` the deepest squeeze of a pause, both in em.

    How much further than its own advance each pen goes is said in em of the paragraph: what `moves` says at the places
    it has, in order, `letters` at the other special places of the row (between Latin letters), `even` at all others.
    Behind the last character stands nothing.
    """

    first: int
    last: int
    resume: int
    shift: float
    width: float
    gap: float
    tight: float
    hyphenated: bool
    even: float
    letters: float
    moves: tuple[tuple[int, float], ...]
    paragraph: Paragraph = field(repr=False, compare=False)

    @cached_property
    def pens(self) -> tuple[float, ...]:
        """The pen's advance at each character, in the caller's unit."""
        row, size, first = self.paragraph.row, self.paragraph.size, self.first
        if first >= self.last:
            return ()
        last = self.last - 1
        moves = [self.even] * (last - first)
        for at in row.special[row.rank[first] : row.rank[last]]:
            moves[at - first] = self.letters
        for at, move in self.moves:
            moves[at - first] = move
        pens = [size * (advance + move) for advance, move in zip(row.cells.widths(first, last), moves, strict=True)]
        # The last pen moves over the body only: a mark at the line's end has no blank.
        left, body, _ = row.cells[last]
        tail = row.tails.get(last, 0.0)
        return (*pens, size * (left + body + tail) - self.paragraph.hyphens.get(self.resume, 0.0))

    def spacing(self, first: int, last: int) -> tuple[float, list[tuple[int, float]]]:
        """How much further than their advances most pens of these characters go, and where others go how far; in em.

        The characters are `first` to `last` (excluded), some or all of the line's.
        """
        row = self.paragraph.row
        moves = {at: move for at, move in self.moves if first <= at < last}
        end = min(last, self.last - 1)
        if NARROW.issuperset(self.paragraph.classes[first:last]):
            # All of their own places are special.
            if first < end and row.rank[end] == row.rank[end - 1]:
                moves[end - 1] = self.even
            return self.letters, sorted(moves.items())
        if self.letters != self.even:
            for at in row.special[row.rank[first] : row.rank[end]]:
                moves.setdefault(at, self.letters)
        return self.even, sorted(moves.items())


def set_paragraph(paragraph: Paragraph, measure: Measure, *, start: int = 0, justified: bool = True) -> list[SetLine]:
    """The paragraph as lines; the last, and lines before a forced break, keep their natural width."""
    lines: list[SetLine] = []
    for end in find_breaks(paragraph, measure, start=start, justified=justified):
        width = measure.first if not lines and start == 0 else measure.others
        lines.append(set_line(paragraph, start, end, width, justified=justified))
        start = end
    return lines


def set_one_line(paragraph: Paragraph, start: int, width: float, *, justified: bool = True) -> SetLine:
    """The one line that best fills this width, for lines beside a float: what the next will be is not known yet."""
    end = find_line_end(paragraph, start, width, justified=justified)
    return set_line(paragraph, start, end, width, justified=justified)


def set_line(paragraph: Paragraph, start: int, end: int, width: float, *, justified: bool) -> SetLine:
    """The line between two breaks, `width` wide where it can be."""
    first = line_start(paragraph, start, end)
    last = line_end(paragraph, end, first)
    if first >= last:
        return SetLine(first, first, end, 0.0, 0.0, 0.0, 0.0, False, 0.0, 0.0, (), paragraph)
    row, size = paragraph.row, paragraph.size
    natural = row.tips[last - 1] - row.starts[first]
    missing = width / size - natural
    given = NOTHING_GIVEN
    if missing < 0.0:
        given = shrink(paragraph, first, last - 1, -missing)
    elif missing > 0.0 and justified and end < len(paragraph) and paragraph.classes[end - 1] != BREAK:
        given = stretch(paragraph, first, last - 1, missing)
    return SetLine(
        first=first,
        last=last,
        resume=end,
        shift=-size * row.cells.left(first),
        width=size * (natural + given.sum),
        gap=given.gap,
        tight=given.tight,
        hyphenated=end in paragraph.hyphens,
        even=given.even,
        letters=given.letters,
        moves=tuple(_moves(paragraph, first, last - 1, given)),
        paragraph=paragraph,
    )


def _moves(p: Paragraph, first: int, last: int, given: Given) -> list[tuple[int, float]]:
    """How much further than its advance the pen goes at all special places but those between letters.

    Where nothing is given, those are left out where it goes no further.
    """
    row = p.row
    table, places = row.cells.kinds, row.special[row.rank[first] : row.rank[last]]
    if given is NOTHING_GIVEN and not row.moves:
        return [(at, table.moves[row.kinds[at]]) for at in places if row.kinds[at] in table.moving]
    found: list[tuple[int, float]] = []
    even, shares = given.even, table.values[given.share]
    columns = [(table.values[number], part) for number, part in given.parts]
    for at in places:
        kind = row.kinds[at]
        more = even * shares[kind]
        if kind in table.letters:
            if at not in row.moves:
                continue
            more = given.letters
        for values, part in columns:
            more += part * values[kind]
        found.append(
            (at, row.moves[at] + more * row.cells.space_scale(at) if at in row.moves else table.moves[kind] + more)
        )
    return found
