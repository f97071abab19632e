"""How the spaces of a line give way, in their order, so that it fills its measure. All in em."""

from typing import NamedTuple

from bookmaker.composition.line_costs import even_gap
from bookmaker.composition.paragraph import Paragraph
from bookmaker.composition.space_kinds import HAIRS, LATIN, MARKS, WEIGHTS, WORDS
from bookmaker.composition.spacing import HAIR, LETTER_WEIGHT

#: Up to a Han gap of this many em the gaps between Latin letters keep step (with a fifth of it).
LETTER_MOST = 0.1
#: What is less than this (em) is nothing.
_LEFT = 1e-9


class Given(NamedTuple):
    """What the spaces of a line take (or give, if it is less than 0), in em.

    `sum` is all of it, `even` a plain space's, `letters` that between two letters. `gap` and `tight` are the line's.
    The other spaces have their `share` of the even (a column of their values), and by `parts` of what they can.
    """

    sum: float
    even: float = 0.0
    letters: float = 0.0
    gap: float = 0.0
    tight: float = 0.0
    share: int = WEIGHTS
    parts: tuple[tuple[int, float], ...] = ()


NOTHING_GIVEN = Given(0.0)


def shrink(p: Paragraph, first: int, last: int, excess: float) -> Given:
    """Take `excess` from the spaces: hair, then place by place."""
    row = p.row
    a, b = row.rank[first], row.rank[last]
    hairs, latin, marks, most = row.sums[HAIRS], row.sums[LATIN], row.sums[MARKS], row.cells.kinds.latin_gives
    hair, left = _part(excess, HAIR * (last - first + hairs[b] - hairs[a]))
    gaps, left = _part(left, most * (latin[b] - latin[a]))
    tight, left = _part(left, marks[b] - marks[a])
    parts = (LATIN, -gaps * most), (MARKS, -tight)
    even = -hair * HAIR
    return Given(left - excess, even, even * LETTER_WEIGHT, 0.0, tight, HAIRS, parts)


def _part(wanted: float, most: float) -> tuple[float, float]:
    """Which part of what can be given is given, and what is still wanted."""
    if wanted <= _LEFT or most <= _LEFT:
        return 0.0, wanted
    part = min(1.0, wanted / most)
    return part, wanted - part * most


def stretch(p: Paragraph, first: int, last: int, missing: float) -> Given:
    """Give `missing` to the spaces: hair, then place by place, and what is left to all evenly."""
    row = p.row
    a, b = row.rank[first], row.rank[last]
    weights, kinds = row.sums[WEIGHTS], row.cells.kinds
    evenly = last - first + weights[b] - weights[a]
    words, latin = row.sums[WORDS][b] - row.sums[WORDS][a], row.sums[LATIN][b] - row.sums[LATIN][a]
    hair, left = _part(missing, HAIR * evenly)
    wide, left = _part(left, kinds.words_take * words)
    gaps, left = _part(left, kinds.latin_takes * latin)
    even, wide, gaps = hair * HAIR, kinds.words_take * wide, kinds.latin_takes * gaps
    if left <= _LEFT or evenly <= _LEFT:
        return Given(missing - left, even, even * LETTER_WEIGHT, parts=((WORDS, wide), (LATIN, gaps)))
    each, more = even_gap(left, evenly, latin)
    most = min(each, LETTER_MOST)
    given = missing
    if each > most:
        # Letters never part further than this, whatever the others must take.
        letters = LETTER_WEIGHT * sum(
            [row.cells.space_scale(at) for at in row.special[a:b] if row.kinds[at] in row.cells.kinds.letters]
        )
        # Where all are letters, the two sums differ by what rounding left.
        if evenly - letters > 1e-6 * evenly:
            each = (each * evenly - letters * most) / (evenly - letters)
        else:
            given -= (each - most) * evenly
    return Given(
        given, even + each, (even + most) * LETTER_WEIGHT, each, 0.0, WEIGHTS, ((WORDS, wide), (LATIN, gaps + more))
    )
