"""A line set gap by gap."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from bookmaker.composition.classes import BREAK
from bookmaker.composition.giving import LETTER_MOST
from bookmaker.composition.spacing import HAIR, SHRINK_MARK, SHRINK_PLACES, STRETCH_LATIN, STRETCH_PLACES
from tests.composition.plain.paragraph import PlainParagraph
from tests.composition.plain.search import even_gap, line_end, line_start


@dataclass(frozen=True, slots=True)
class PlainLine:
    """As `SetLine`, the pens worked out."""

    first: int
    last: int
    resume: int
    pens: tuple[float, ...]
    shift: float
    width: float
    gap: float
    tight: float
    hyphenated: bool = False


def plain_line(p: PlainParagraph, start: int, end: int, width: float, *, justified: bool) -> PlainLine:
    first = line_start(p, start, end)
    last = line_end(p, end, first)
    if first >= last:
        return PlainLine(first, first, end, (), 0.0, 0.0, 0.0, 0.0)
    fill = justified and end < len(p) and p.classes[end - 1] != BREAK
    missing = width - (p.ends[last - 1] + p.tails[last - 1] - p.starts[first])
    gaps = [p.starts[i + 1] - p.ends[i] for i in range(first, last - 1)]
    han_gap = tight = 0.0
    if missing < 0:
        tight = _shrink(p, first, gaps, -missing)
    elif fill and missing > 0:
        han_gap = _stretch(p, first, gaps, missing)
    pens = [
        p.lefts[i] + p.bodies[i] + gap - p.lefts[i + 1] for i, gap in zip(range(first, last - 1), gaps, strict=True)
    ]
    hyphen = p.hyphens.get(end, 0.0)
    # The last pen moves over the body only: a mark at the line's end has no blank.
    pens.append(p.lefts[last - 1] + p.bodies[last - 1] + p.tails[last - 1] - hyphen)
    shift = -p.lefts[first]
    width = shift + sum(pens) + hyphen
    return PlainLine(first, last, end, tuple(pens), shift, width, han_gap, tight, end in p.hyphens)


def _shrink(p: PlainParagraph, first: int, gaps: list[float], excess: float) -> float:
    """Take `excess` from the spaces, place by place; the part that marks have lost (0 to 1)."""
    hair = [p.spaces[first + k].hair for k in range(len(gaps))]
    excess += _hair(p, first, gaps, hair, -excess)
    part = 0.0
    for place in SHRINK_PLACES:
        giving = [k for k in range(len(gaps)) if p.spaces[first + k].shrinks == place]
        can = [_can_shrink(p, first + k) for k in giving]
        total = sum(can)
        part = min(1.0, excess / total) if total > 0.0 else 0.0
        for k, most in zip(giving, can, strict=True):
            gaps[k] -= part * most
        excess -= part * total
        if excess <= 1e-9:
            break
    return part if place == SHRINK_MARK else 0.0


def _hair(p: PlainParagraph, first: int, gaps: list[float], hair: list[float], wanted: float) -> float:
    """Give (or take, if less than 0 is wanted) what no eye sees, the spaces `hair` each at most; how much it was."""
    most = [_scaled(p, first + k, em) for k, em in enumerate(hair)]
    total = sum(most)
    part = max(-1.0, min(1.0, wanted / total)) if total else 0.0
    for k, each in enumerate(most):
        gaps[k] += part * each
    return part * total


def _can_shrink(p: PlainParagraph, i: int) -> float:
    return _scaled(p, i, p.spaces[i].natural - p.spaces[i].least)


def _stretch(p: PlainParagraph, first: int, gaps: list[float], missing: float) -> float:
    """Give `missing` to the spaces, place by place, what is left to all evenly; the even part in em."""
    hair = [HAIR * p.spaces[first + k].weight for k in range(len(gaps))]
    missing -= _hair(p, first, gaps, hair, missing)
    if missing <= 1e-9:
        return 0.0
    for place in STRETCH_PLACES:
        taking = [k for k in range(len(gaps)) if p.spaces[first + k].stretches == place]
        can = [_scaled(p, first + k, max(0.0, p.spaces[first + k].most - p.spaces[first + k].natural)) for k in taking]
        total = sum(can)
        if total <= 0.0:
            continue
        part = min(1.0, missing / total)
        for k, most in zip(taking, can, strict=True):
            gaps[k] += part * most
        missing -= part * total
        if missing <= 1e-9:
            return 0.0
    return _stretch_evenly(p, first, gaps, missing)


def _stretch_evenly(p: PlainParagraph, first: int, gaps: list[float], missing: float) -> float:
    last = first + len(gaps)
    each, latin = even_gap(p, first, last, missing)
    if each == inf:
        return 0.0
    spaces = p.spaces[first:last]
    letters = sum(_scaled(p, first + k, space.weight) for k, space in enumerate(spaces) if space.weight < 1.0)
    evenly = p.evenly[last] - p.evenly[first]
    most = min(each, LETTER_MOST)
    # Where all are letters, the two sums differ by what rounding left.
    if each > most and evenly - letters > 1e-6 * evenly:
        # Letters never part further than this, whatever the others must take.
        each = (each * evenly - letters * most) / (evenly - letters)
    for k, space in enumerate(spaces):
        more = latin if space.stretches == STRETCH_LATIN else space.weight * (each if space.weight >= 1.0 else most)
        gaps[k] += _scaled(p, first + k, more)
    return each


def _scaled(p: PlainParagraph, i: int, value: float) -> float:
    return value * min(p.sizes[i], p.sizes[i + 1])
