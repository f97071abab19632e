"""Neighbours by number: what is known of two classes side by side is looked up for a whole text at once.

A text's classes are letters; letters that need not be told apart are one group, and two groups side by side are a
number below 256, so that a text's neighbours are bytes, and all that is done with them runs in C.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import TypeVar

T = TypeVar("T")
#: Groups there may be; the numbers from `FREE` on belong to no two of them.
_GROUPS = 15
FREE = _GROUPS * 16


class Pairs:
    """The numbers of two classes side by side; each of `groups` are classes that are alike."""

    def __init__(self, groups: Sequence[str]) -> None:
        assert len(groups) <= _GROUPS
        letters = "".join(groups).encode()
        of_group = [number for number, group in enumerate(groups) for _ in group]
        self._groups = groups
        self._first = bytes.maketrans(letters, bytes([16 * number for number in of_group]))
        self._second = bytes.maketrans(letters, bytes(of_group))

    def numbers(self, classes: str) -> bytearray:
        """One number for each place between two characters."""
        raw = classes.encode("ascii")
        # Two rows of small numbers are added as two big ones, which is the fastest: no sum of two carries over.
        firsts, seconds = raw[:-1].translate(self._first), raw[1:].translate(self._second)
        both = int.from_bytes(firsts, "big") + int.from_bytes(seconds, "big")
        return bytearray(both.to_bytes(len(firsts), "big"))

    def table(self, of_pair: Callable[[str, str], T], other: T) -> list[T]:
        """What `of_pair` says of every pair, by number; `other` where there is none."""
        found = [other] * 256
        for high, firsts in enumerate(self._groups):
            for low, seconds in enumerate(self._groups):
                found[16 * high + low] = of_pair(firsts[0], seconds[0])
        return found


def picker(numbers: Sequence[int]) -> Callable[[Sequence[T]], Sequence[T]]:
    """What finds what a table has at these numbers."""
    if len(numbers) > 1:
        return itemgetter(*numbers)
    return lambda table: [table[number] for number in numbers]
