"""The spaces of a script by number: what a whole paragraph is measured by, in em.

Most spaces of a Chinese text are plain: nothing at first, and they widen with all others. The rest is special; sums
are kept of those alone, as what they differ from plain ones.
"""

from functools import lru_cache

from bookmaker.composition import classes as c
from bookmaker.composition.pairs import FREE, Pairs
from bookmaker.composition.spacing import (
    ADDRESS_SPACE,
    HAIR,
    SHRINK_PLACES,
    STRETCH_LATIN,
    STRETCH_LETTER,
    STRETCH_PLACES,
    Space,
    SpacingTable,
)

#: Classes that have the same spaces on both sides.
_ALIKE = Pairs(
    [
        c.HAN,
        c.OPENING,
        c.CLOSING,
        c.PAUSE + c.STOP,
        c.MIDDLE,
        c.DASH,
        c.ELLIPSIS,
        c.LETTER + c.DIGIT,
        c.SPACE,
        c.SIGN,
        c.WIDE_SIGN + c.CONNECTOR,
        c.BREAK,
        c.OBJECT,
        c.RAISED,
    ]
)
#: Differences that are none.
_EXACT = 1e-9
#: Kinds that no two classes have: no space at all, where an address may be cut, the gap that a space is typed for.
NOTHING, CUT, TYPED = range(FREE, FREE + 3)
#: The columns of `SpaceKinds.sums`: what a space gives (beside Latin, as a mark's blank) and takes (between words,
#: beside Latin) by place, its share of all stretching and of the hair that is given first, and its being beside Latin.
GIVES_LATIN, GIVES_MARKS, TAKES_WORDS, TAKES_LATIN, WEIGHTS, HAIRS, LATIN = range(7)
#: A plain space has this share of both, and nothing else.
PLAIN = 1.0


class SpaceKinds:
    """Every kind of space of one script, by number; what surrounds it is one em wide.

    `steps` is how far the next body begins behind this one's beginning, `moves` how much further than its own advance
    a pen goes, all spaces natural. `values` are seven columns, from `GIVES_LATIN` to `LATIN`; `special` is 1 for every
    kind that is not plain, and `letters` are the kinds between Latin letters.
    """

    def __init__(self, table: SpacingTable) -> None:
        self.boxes = table.bodies
        self.spaces = _ALIKE.table(lambda a, b: table.between[a + b], Space())
        self.spaces[CUT], self.spaces[TYPED] = ADDRESS_SPACE, table.between[c.HAN + c.LETTER]
        self.naturals = [space.natural for space in self.spaces]
        lefts = _ALIKE.table(lambda a, b: self.box(a)[0] - self.box(b)[0], 0.0)
        bodies = _ALIKE.table(lambda a, _: self.box(a)[1] - self.box(a)[0], 1.0)
        self.steps = [body + natural for body, natural in zip(bodies, self.naturals, strict=True)]
        self.moves = [left + step - 1.0 for left, step in zip(lefts, self.steps, strict=True)]
        self.values = list(zip(*map(_values, self.spaces), strict=True))
        self.special = bytes([self._is_special(kind) for kind in range(len(self.spaces))])
        self.letters = frozenset([kind for kind, space in enumerate(self.spaces) if space.stretches == STRETCH_LETTER])

    @staticmethod
    def numbers(classes: str) -> bytearray:
        """The kind of the space behind every character; nothing is behind the last."""
        found = _ALIKE.numbers(classes)
        if classes:
            found.append(NOTHING)
        return found

    def box(self, letter: str) -> tuple[float, float]:
        """Where the body of a class begins and ends in its cell."""
        return self.boxes.get(letter, (0.0, 1.0))

    def _is_special(self, kind: int) -> bool:
        moved = self.naturals[kind] or abs(self.moves[kind]) > _EXACT
        return bool(moved) or tuple(column[kind] for column in self.values) != _values(ADDRESS_SPACE)


@lru_cache(maxsize=32)
def kinds_of(table: SpacingTable) -> SpaceKinds:
    """The kinds of a table, made once."""
    return SpaceKinds(table)


def _values(space: Space) -> tuple[float, ...]:
    gives = [space.natural - space.least if space.shrinks == place else 0.0 for place in SHRINK_PLACES]
    more = max(0.0, space.most - space.natural)
    takes = [more if space.stretches == place else 0.0 for place in STRETCH_PLACES]
    latin = 1.0 if space.stretches == STRETCH_LATIN else 0.0
    return (*gives, *takes, space.weight, space.hair / HAIR, latin)
