"""Setting a line: its spaces give way in their order, and every character gets its place."""

from dataclasses import dataclass

from bookmaker.composition.classes import PAUSE, STOP
from bookmaker.composition.paragraph import Paragraph
from bookmaker.composition.spacing import HAIR, SHRINK_PAUSE, SHRINK_PLACES, STRETCH_LATIN, STRETCH_PLACES
from bookmaker.composition.total_fit import Measure, find_breaks, line_end, line_start

PAUSES = frozenset({PAUSE, STOP})
#: Han gaps up to this (em) spare the gaps beside Latin letters, which have had their share.
MODEST_GAP = 0.05
#: Up to a Han gap of this many em the gaps between Latin letters keep step (with a fifth of it).
LETTER_MOST = 0.1


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line: characters `first` to `last` (excluded), and how far each pen moves from its own origin.

    `resume` is where the next line begins. `pens[i]` is the pen's advance at character `first + i`, in the
    caller's unit; the first character's origin stands `shift` to the right of the line's start (negative
    where its left blank was trimmed). `gap` is the widest stretch between two Han characters and `tight`
    the deepest squeeze of a pause, both in em.
    """

    first: int
    last: int
    resume: int
    pens: tuple[float, ...]
    shift: float
    width: float
    gap: float
    tight: float


def set_paragraph(paragraph: Paragraph, measure: Measure, *, start: int = 0, justified: bool = True) -> list[SetLine]:
    """The paragraph as lines; the last, and lines before a forced break, keep their natural width."""
    lines: list[SetLine] = []
    for end in find_breaks(paragraph, measure, start=start, justified=justified):
        width = measure.first if not lines and start == 0 else measure.others
        forced = end == len(paragraph) or paragraph.classes[end - 1] == "B"
        lines.append(_set_line(paragraph, start, end, width, fill=justified and not forced))
        start = end
    return lines


def _set_line(p: Paragraph, start: int, end: int, width: float, *, fill: bool) -> SetLine:
    first = line_start(p, start, end)
    if first >= end:
        return SetLine(end, end, end, (), 0.0, 0.0, 0.0, 0.0)
    last = line_end(p, end, first)
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
    # The last pen moves over the body only: a mark at the line's end has no blank.
    pens.append(p.lefts[last - 1] + p.bodies[last - 1] + p.tails[last - 1])
    shift = -p.lefts[first]
    return SetLine(first, last, end, tuple(pens), shift, shift + sum(pens), han_gap, tight)


def _shrink(p: Paragraph, first: int, gaps: list[float], excess: float) -> float:
    """Take `excess` from the spaces, place by place; how deep the deepest pause is squeezed (0 to 1)."""
    excess = -_hair(p, first, gaps, -excess)
    for place in SHRINK_PLACES[:-1]:
        giving = [k for k in range(len(gaps)) if p.spaces[first + k].shrinks == place]
        can = [_can_shrink(p, first + k) for k in giving]
        total = sum(can)
        if total <= 0.0:
            continue
        part = min(1.0, excess / total)
        for k, most in zip(giving, can, strict=True):
            gaps[k] -= part * most
        excess -= part * total
        if excess <= 1e-9:
            return 0.0
    return _shrink_pauses(p, first, gaps, excess)


def _shrink_pauses(p: Paragraph, first: int, gaps: list[float], excess: float) -> float:
    """Squeeze as few pauses as will do, those alike: in metal, too, a mark was whole or half.

    The enumeration comma gives first, the full stop last.
    """
    marks: dict[int, list[int]] = {}
    for k in range(len(gaps)):
        if p.spaces[first + k].shrinks == SHRINK_PAUSE:
            mark = first + k if p.classes[first + k] in PAUSES else first + k + 1
            marks.setdefault(mark, []).append(k)
    can = {mark: sum(_can_shrink(p, first + k) for k in sides) for mark, sides in marks.items()}
    chosen: list[int] = []
    for mark in sorted(marks, key=lambda at: (_RANK.get(p.text[at], 1), at)):
        if excess <= sum(can[at] for at in chosen) + 1e-9:
            break
        chosen.append(mark)
    total = sum(can[mark] for mark in chosen)
    part = min(1.0, excess / total) if total else 0.0
    for mark in chosen:
        for k in marks[mark]:
            gaps[k] -= part * _can_shrink(p, first + k)
    return part


#: The order in which pauses are squeezed.
_RANK = {"、": 0, "，": 1, "：": 2, "；": 2, "。": 3, "！": 3, "？": 3}


def _hair(p: Paragraph, first: int, gaps: list[float], missing: float) -> float:
    """Give or take what no eye sees; what is still missing is given back."""
    weights = [p.spaces[first + k].weight for k in range(len(gaps))]
    weights = [weight if weight >= 1.0 else 0.0 for weight in weights]
    total = sum(weights)
    if not total:
        return missing
    most = HAIR * p.sizes[first]
    each = max(-most, min(most, missing / total))
    for k, weight in enumerate(weights):
        gaps[k] += each * weight
    return missing - each * total


def _can_shrink(p: Paragraph, i: int) -> float:
    return _scaled(p, i, p.spaces[i].natural - p.spaces[i].least)


def _stretch(p: Paragraph, first: int, gaps: list[float], missing: float) -> float:
    """Give `missing` to the spaces, place by place, what is left to all evenly; the even part in em."""
    missing = _hair(p, first, gaps, missing)
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
    size = p.sizes[first]
    weights = [p.spaces[first + k].weight for k in range(len(gaps))]
    total = sum(weights)
    if not total or missing / total > MODEST_GAP * size:
        missing -= _widen_latin(p, first, gaps, missing, total)
    each = missing / total if total else 0.0
    letters = sum(weight for weight in weights if weight < 1.0)
    if letters and total > letters and each > LETTER_MOST * size:
        # Letters never part further than this, whatever the others must take.
        each = (missing - letters * LETTER_MOST * size) / (total - letters)
    for k, weight in enumerate(weights):
        gaps[k] += weight * (each if weight >= 1.0 else min(each, LETTER_MOST * size))
    return each / size


def _widen_latin(p: Paragraph, first: int, gaps: list[float], missing: float, total: float) -> float:
    """In a very loose line the gaps beside Latin letters take their part too, up to a tenth of an em more."""
    latin = [k for k in range(len(gaps)) if p.spaces[first + k].stretches == STRETCH_LATIN]
    each = min(missing / (total + len(latin)), 0.1 * p.sizes[first]) if latin else 0.0
    for k in latin:
        gaps[k] += each
    return each * len(latin)


def _scaled(p: Paragraph, i: int, value: float) -> float:
    return value * min(p.sizes[i], p.sizes[i + 1])
