"""The spaces of a script by number: what a whole paragraph is measured by, in em.

Most spaces of a Chinese text are plain: nothing at first, and they widen with all others. The rest is special; sums
are kept of those alone, as what they differ from plain ones.
"""

from functools import lru_cache
from itertools import compress

from bookmaker.composition import classes as c
from bookmaker.composition.pairs import FREE, Pairs
from bookmaker.composition.spacing import (
    ADDRESS_SPACE,
    HAIR,
    SHRINK_MARK,
    STRETCH_LATIN,
    STRETCH_LETTER,
    STRETCH_WORD,
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
#: The classes of narrow characters.
NARROW = frozenset(c.LETTER + c.DIGIT + c.SIGN + c.SPACE + c.RAISED)
#: Differences that are none.
_EXACT = 1e-9
#: Kinds that no two classes have: no space at all, where an address may be cut, the gap that a space is typed for.
NOTHING, CUT, TYPED = range(FREE, FREE + 3)
#: The columns of `SpaceKinds.values`: what a mark's blank gives, whether a space is one beside Latin, or between words,
#: and its share of all stretching and of the hair that is given first.
MARKS, LATIN, WORDS, WEIGHTS, HAIRS = range(5)
#: What a plain space has of each.
_PLAIN = 0.0, 0.0, 0.0, 1.0, 1.0


class SpaceKinds:
    """Every kind of space of one script, by number; what surrounds it is one em wide.

    `naturals` are their widths, `widest` the largest of them. `steps` is how far the next body begins behind this one's
    beginning, `moves` how much further than its own advance a pen goes, all spaces natural; nothing, but for `moving`
    kinds. `values` has the columns from `MARKS` to `HAIRS`, `beyond` how much more that is than a plain space has, and
    `present` the kinds that have more or less. `special` is 1 for every kind that is not plain, `letters` are the
    kinds between Latin letters. A space beside Latin gives `latin_gives` and takes `latin_takes`, one between words
    `words_take`.
    """

    def __init__(self, table: SpacingTable) -> None:
        self.boxes = table.bodies
        self.spaces = _ALIKE.table(lambda a, b: table.between[a + b], Space())
        self.spaces[CUT], self.spaces[TYPED] = ADDRESS_SPACE, table.between[c.HAN + c.LETTER]
        self.naturals = [space.natural for space in self.spaces]
        self.widest = max(self.naturals)
        lefts = _ALIKE.table(lambda a, b: self.box(a)[0] - self.box(b)[0], 0.0)
        bodies = _ALIKE.table(lambda a, _: self.box(a)[1] - self.box(a)[0], 1.0)
        self.steps = [body + natural for body, natural in zip(bodies, self.naturals, strict=True)]
        self.moves = [left + step - 1.0 for left, step in zip(lefts, self.steps, strict=True)]
        self.moving = frozenset(kind for kind, move in enumerate(self.moves) if abs(move) > _EXACT)
        self.values = list(zip(*map(_values, self.spaces), strict=True))
        self.beyond = [[v - plain for v in values] for values, plain in zip(self.values, _PLAIN, strict=True)]
        self.present = [frozenset(compress(range(len(more)), more)) for more in self.beyond]
        latin, words = table.between[c.HAN + c.LETTER], table.between[c.SPACE + c.LETTER]
        self.latin_gives, self.latin_takes = latin.natural - latin.least, max(0.0, latin.most - latin.natural)
        self.words_take = max(0.0, words.most - words.natural)
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
        if kind >= FREE or self.naturals[kind] or kind in self.moving:
            return True
        return any(kind in present for present in self.present)


@lru_cache(maxsize=32)
def kinds_of(table: SpacingTable) -> SpaceKinds:
    """The kinds of a table, made once."""
    return SpaceKinds(table)


def _values(space: Space) -> tuple[float, ...]:
    return (
        space.natural - space.least if space.shrinks == SHRINK_MARK else 0.0,
        1.0 if space.stretches == STRETCH_LATIN else 0.0,
        1.0 if space.stretches == STRETCH_WORD else 0.0,
        space.weight,
        space.hair / HAIR,
    )
