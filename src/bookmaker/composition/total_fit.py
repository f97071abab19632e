"""Total-fit line breaking: the breaks of a whole paragraph at once, after Knuth and Plass (1981).

A line costs what a reader sees of it (`line_costs.py`), and a last line of one character very much. Only lines are
looked at that can be in the best chain: first those of chains that cost little. If there is one, it is the best; else
dearer ones are looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bookmaker.composition.chains import Chains
from bookmaker.composition.classes import BREAK
from bookmaker.composition.line_costs import Costs
from bookmaker.composition.lines import Stretch, line_end, line_start
from bookmaker.composition.paragraph import Paragraph

__all__ = ["Costs", "Form", "Measure", "find_breaks", "find_forms", "find_line_end", "line_end", "line_start"]


@dataclass(frozen=True, slots=True)
class Measure:
    """The widths lines have: `first` for the paragraph's first line (less its indent), `others`."""

    first: float
    others: float


class Form(NamedTuple):
    """One way to break a paragraph: how much more it costs than the best, and where its lines end."""

    cost: float
    breaks: list[int]


_COSTS = Costs()


def find_breaks(
    paragraph: Paragraph, measure: Measure, *, start: int = 0, justified: bool = True, costs: Costs = _COSTS
) -> list[int]:
    """Where lines end, as positions in the paragraph; the last is its length.

    `start` is where the first line begins (for the rest of a paragraph on another page). Every position
    is a line's end that the paragraph allows, unless nothing allowed fits: then a word is cut, and a line
    sticks out only if a single character is wider than the measure.
    """
    breaks: list[int] = []
    for stretch in _stretches(paragraph, measure, start, justified):
        breaks += Chains(paragraph, stretch, costs).best()[1]
    return breaks


def find_forms(paragraph: Paragraph, measure: Measure, *, most: float, justified: bool = True) -> list[Form]:
    """The best form of a paragraph, and where there are such the best of a line more and of a line less.

    No line of these two costs more than `most` (of a text with forced breaks, none of the part that is longer or
    shorter). At 25, Han part by 0.05 em at most, and marks keep a quarter of their blank.
    """
    forms: list[list[Form]] = []
    for stretch in _stretches(paragraph, measure, 0, justified):
        chains = Chains(paragraph, stretch, _COSTS)
        cost, breaks = chains.best()
        others = chains.best_of((len(breaks) + 1, len(breaks) - 1), most)
        forms.append([Form(0.0, breaks), *[Form(other - cost, found) for other, found in others]])
    return _joined(forms)


def _joined(forms: list[list[Form]]) -> list[Form]:
    """The forms of all stretches: one of them at most is not its best."""
    if len(forms) == 1:
        return forms[0]
    best = [b for first, *_ in forms for b in first.breaks]
    found = {len(best): Form(0.0, best)}
    for number, (_, *others) in enumerate(forms):
        for form in others:
            breaks = [b for other in forms[:number] for b in other[0].breaks] + form.breaks
            breaks += [b for other in forms[number + 1 :] for b in other[0].breaks]
            known = found.get(len(breaks))
            if known is None or form.cost < known.cost:
                found[len(breaks)] = Form(form.cost, breaks)
    return [found[count] for count in (len(best), len(best) + 1, len(best) - 1) if count in found]


def find_line_end(paragraph: Paragraph, start: int, width: float, *, justified: bool = True) -> int:
    """Where the one line ends that fills this width best, whatever comes behind it; by the rules of `find_breaks`."""
    stretch = next(_stretches(paragraph, Measure(width, width), start, justified))
    return Chains(paragraph, stretch, _COSTS).best_line()


def _stretches(paragraph: Paragraph, measure: Measure, start: int, justified: bool) -> Iterator[Stretch]:
    """The stretches between forced breaks; each is searched apart."""
    first, others = measure.first / paragraph.size, measure.others / paragraph.size
    at = start
    while True:
        end = paragraph.classes.find(BREAK, at) + 1 or len(paragraph)
        yield Stretch(at, end, others if at > 0 else first, others, justified)
        at = end
        if at >= len(paragraph):
            return
