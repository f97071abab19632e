"""Setting a line: its spaces give way in their order, and every character gets its place."""

from dataclasses import dataclass

from bookmaker.composition.paragraph import Paragraph
from bookmaker.composition.spacing import SHRINK_PLACES, STRETCH_LATIN, STRETCH_PLACES
from bookmaker.composition.total_fit import Measure, find_breaks, line_end, line_start


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
    """Take `excess` from the spaces, place by place; the part of the pauses' blanks that went is given back."""
    part = 0.0
    for place in SHRINK_PLACES:
        giving = [k for k in range(len(gaps)) if p.spaces[first + k].shrinks == place]
        can = [_scaled(p, first + k, p.spaces[first + k].natural - p.spaces[first + k].least) for k in giving]
        total = sum(can)
        if total <= 0.0:
            continue
        part = min(1.0, excess / total)
        for k, most in zip(giving, can, strict=True):
            gaps[k] -= part * most
        excess -= part * total
        if excess <= 1e-9:
            return part if place == SHRINK_PLACES[-1] else 0.0
    return part


def _stretch(p: Paragraph, first: int, gaps: list[float], missing: float) -> float:
    """Give `missing` to the spaces, place by place, what is left to all evenly; the even part in em."""
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
    evenly = [k for k in range(len(gaps)) if p.spaces[first + k].stretches not in (0, STRETCH_LATIN)]
    for k in evenly:
        gaps[k] += missing / len(evenly)
    return missing / len(evenly) / p.sizes[first] if evenly else 0.0


def _scaled(p: Paragraph, i: int, value: float) -> float:
    return value * min(p.sizes[i], p.sizes[i + 1])
