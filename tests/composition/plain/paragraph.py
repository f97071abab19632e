"""A paragraph as plain lists: a space an object, a place a number, in the caller's unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from operator import mul

from bookmaker.composition import classes as c
from bookmaker.composition.breaking import FORBIDDEN, HYPHENATED, Kinsoku, address_places, is_cut
from bookmaker.composition.classes import classify, fit_to_width
from bookmaker.composition.paragraph import Run
from bookmaker.composition.spacing import (
    ADDRESS_SPACE,
    SHRINK_PLACES,
    STRETCH_LATIN,
    STRETCH_PLACES,
    Space,
    SpacingTable,
)
from tests.composition.plain.breaking import break_prices


@dataclass(slots=True)
class PlainParagraph:
    """All runs as one row of characters, with running sums, so that any line is measured in no time.

    `starts[i]` is where the body of character i begins if every space is natural, `ends[i]` where it ends,
    `leasts[i]` where it begins if every space has given all it can;
    `shrink[p][i]` and `stretch[p][i]` sum what the spaces before i of place p can give, `hair[i]` what they give
    before they shrink; `evenly[i]` sums the weights with which they stretch last, times their sizes, and
    `latin[i]` the sizes of those beside Latin letters.
    `tails[i]` is what character i takes more at a line's end; `hyphens` holds the places where that is a hyphen,
    and its width.
    """

    text: str
    classes: str
    sizes: list[float]
    lefts: list[float]
    bodies: list[float]
    spaces: list[Space]
    prices: list[float]
    starts: list[float]
    ends: list[float]
    leasts: list[float]
    shrink: list[list[float]]
    stretch: list[list[float]]
    hair: list[float]
    evenly: list[float]
    latin: list[float]
    tails: list[float] = field(default_factory=list)
    hyphens: dict[int, float] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.text)


def plain_paragraph(runs: Sequence[Run], table: SpacingTable, level: Kinsoku = Kinsoku.STRICT) -> PlainParagraph:
    """The paragraph of some runs, in reading order."""
    text = "".join(run.text for run in runs)
    advances = [advance for run in runs for advance in run.widths]
    sizes = [run.size for run in runs for _ in run.text]
    letters = fit_to_width(classify(text), (a / s for a, s in zip(advances, sizes, strict=True)))
    prices = break_prices(text, letters, level)
    letters = _raised(letters, runs, prices)
    lefts, bodies = _bodies(letters, advances, table)
    # The blank a middle dot has is its own: at a line's end it stays.
    tails = [0.25 * size if letter == c.MIDDLE else 0.0 for letter, size in zip(letters, sizes, strict=True)]
    at = 0
    for run in runs:
        if run.unkerned is not None:
            tails[at : at + len(run.text)] = [w - a for w, a in zip(run.unkerned, run.widths, strict=True)]
        if run.text:
            bodies[at] += run.before
            lefts[at] -= run.before
            at += len(run.text)
            bodies[at - 1] += run.after
    hyphens = _hyphens(text, runs, prices, tails) if any(run.hyphens for run in runs) else {}
    spaces = [table.between[a + b] for a, b in pairwise(letters)]
    if text:
        spaces.append(Space())
    _close_typed_gaps(letters, bodies, spaces, table)
    _bind_units(text, letters, prices, spaces)
    for i, price in enumerate(prices):
        if is_cut(price):
            # A line of nothing but an address has no other space to give.
            spaces[i - 1] = ADDRESS_SPACE
    scale = [min(a, b) for a, b in zip(sizes, [*sizes[1:], sizes[-1]], strict=True)] if text else []
    natural = [space.natural * size for space, size in zip(spaces, scale, strict=True)]
    starts = [0.0, *accumulate(body + space for body, space in zip(bodies, natural, strict=True))]
    ends = [start + body for start, body in zip(starts, bodies, strict=False)]
    firm = (body + space.least * size for body, space, size in zip(bodies, spaces, scale, strict=True))
    leasts = [0.0, *accumulate(firm)]
    return PlainParagraph(
        text=text,
        classes=letters,
        sizes=sizes,
        lefts=lefts,
        bodies=bodies,
        spaces=spaces,
        prices=prices,
        starts=starts,
        ends=ends,
        leasts=leasts,
        shrink=[_sums([s.natural - s.least if s.shrinks == p else 0.0 for s in spaces], scale) for p in SHRINK_PLACES],
        stretch=[
            _sums([max(0.0, s.most - s.natural) if s.stretches == p else 0.0 for s in spaces], scale)
            for p in STRETCH_PLACES
        ],
        hair=_sums([space.hair for space in spaces], scale),
        evenly=_sums([space.weight for space in spaces], scale),
        latin=_sums([1.0 if space.stretches == STRETCH_LATIN else 0.0 for space in spaces], scale),
        tails=tails,
        hyphens=hyphens,
    )


def _hyphens(text: str, runs: Sequence[Run], prices: list[float], tails: list[float]) -> dict[int, float]:
    """Where words may be parted and with how wide a hyphen, which is then what the letter before it takes more."""
    found: dict[int, float] = {}
    addresses = address_places(text)
    first = 0
    for run in runs:
        for at in (first + within for within in run.hyphens if 0 < within < len(run.text)):
            if prices[at] == FORBIDDEN and at not in addresses:
                found[at] = run.hyphen
                prices[at] = HYPHENATED
                tails[at - 1] += run.hyphen
        first += len(run.text)
    return found


def _close_typed_gaps(letters: str, bodies: list[float], spaces: list[Space], table: SpacingTable) -> None:
    """A space typed between Han and Latin is the gap that stands there anyway, and no wider."""
    at = letters.find(c.SPACE, 1)
    while 0 < at < len(letters) - 1:
        around = {letters[at - 1], letters[at + 1]}
        if c.HAN in around and around & _WESTERN:
            bodies[at] = 0.0
            spaces[at - 1], spaces[at] = Space(), table.between[c.HAN + c.LETTER]
        at = letters.find(c.SPACE, at + 1)


def _bind_units(text: str, letters: str, prices: list[float], spaces: list[Space]) -> None:
    """The space of 3.2 km keeps its width: pulled apart, number and unit are no longer one thing."""
    at = letters.find(c.SPACE, 1)
    while 0 < at < len(letters) - 1:
        if prices[at + 1] == FORBIDDEN and text[at - 1].isdigit() and letters[at + 1] == c.LETTER:
            spaces[at] = Space()
        at = letters.find(c.SPACE, at + 1)


#: What has a gap beside Han.
_WESTERN = frozenset({c.LETTER, c.DIGIT, c.SIGN})


def _raised(letters: str, runs: Sequence[Run], prices: list[float]) -> str:
    """Raised runs are a class of their own, and no line begins with one."""
    if not any(run.raised for run in runs):
        return letters
    at, parts = 0, []
    for run in runs:
        count = len(run.text)
        parts.append(c.RAISED * count if run.raised else letters[at : at + count])
        if run.raised:
            prices[at : at + count] = [FORBIDDEN] * count
            if at + count < len(letters) and letters[at + count] == c.HAN:
                prices[at + count] = 0.0
        at += count
    return "".join(parts)


def _bodies(letters: str, advances: list[float], table: SpacingTable) -> tuple[list[float], list[float]]:
    """Where each body begins in its cell, and how wide it is."""
    boxes = table.bodies
    lefts = [0.0] * len(letters)
    bodies = advances.copy()
    if boxes.keys() & set(letters):
        for index, letter in enumerate(letters):
            if letter in boxes:
                left, right = boxes[letter]
                lefts[index] = left * advances[index]
                bodies[index] = (right - left) * advances[index]
    return lefts, bodies


def _sums(values: list[float], scale: list[float]) -> list[float]:
    if not any(values):
        return [0.0] * (len(values) + 1)
    return [0.0, *accumulate(map(mul, values, scale))]
