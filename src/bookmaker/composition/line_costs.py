"""What a line costs: how far its spaces give, as a reader sees it.

It grows with the cube of what the spaces give: many lines a little off are even to the eye, one far off is not. All
widths here are in em.
"""

from dataclasses import dataclass
from math import inf

#: Sums of many widths are this exact.
EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class Costs:
    """What a line's faults cost. `r` is the part of what could be given that is given (0 to 1)."""

    #: r³ times this, for shrinking at each place: Latin gaps, marks. A line whose marks have no blank left is about
    #: as bad as one whose gaps are 0.07 em wider.
    shrink: tuple[float, float] = (1.0, 65.0)
    #: The same for stretching: word spaces, Latin gaps.
    stretch: tuple[float, float] = (1.0, 1.0)
    #: Every gap a twentieth of an em wider; it grows with the cube.
    even: float = 25.0
    #: A last line of one character (孤字); of less than two em.
    runt: float = 3_500.0
    short_last: float = 6.0
    #: A line that no stretching fills decently (Han gaps beyond a quarter em), and one that sticks out.
    gaping: float = 5_000.0
    overfull: float = 1_000_000.0

    def squeezed(self, excess: float, latin: float, marks: float) -> float:
        """A line that is too long; its spaces beside Latin letters and its marks can give so much."""
        cost = 0.0
        if latin > 0.0:
            if excess <= latin:
                return self.shrink[0] * (excess / latin) ** 3
            cost = self.shrink[0]
            excess -= latin
        if marks > 0.0:
            if excess <= marks:
                return cost + self.shrink[1] * (excess / marks) ** 3
            cost += self.shrink[1]
            excess -= marks
        return cost if excess <= EXACT else inf

    def widened(self, missing: float, words: float, latin: float) -> tuple[float, float]:
        """A line that is too short, before all its gaps widen: the cost so far, and what is still missing."""
        cost = 0.0
        if words > 0.0:
            if missing <= words:
                return self.stretch[0] * (missing / words) ** 3, 0.0
            cost = self.stretch[0]
            missing -= words
        if latin > 0.0:
            if missing <= latin:
                return cost + self.stretch[1] * (missing / latin) ** 3, 0.0
            cost += self.stretch[1]
            missing -= latin
        return cost, missing

    def parted(self, gap: float) -> float:
        """Every gap between two Han characters so much wider."""
        if gap > _GAPING:
            return self.gaping + self.even * (gap / _EVEN) ** 2 if gap < inf else inf
        return self.even * (gap / _EVEN) ** 3

    def ragged(self, part: float) -> float:
        """A line of text that is not justified, of whose measure this part is empty."""
        return 4.0 * part**2

    def widest_gap(self, most: float) -> tuple[float, float]:
        """What each Han gap takes, and each gap beside Latin, of a line that costs this, if it does not gape."""
        gap = _EVEN * float((most / self.even) ** (1 / 3))
        return gap, min(max(0.0, gap - _MODEST_GAP), _LATIN_MORE)

    def deepest_squeeze(self, most: float) -> float:
        """The part of their blanks that marks have lost in a line that costs this."""
        return min(1.0, float((most / self.shrink[1]) ** (1 / 3))) if self.shrink[1] else 1.0


#: The gap that `Costs.even` is for, and the one from which a line gapes.
_EVEN, _GAPING = 0.05, 0.25


def even_gap(missing: float, evenly: float, latin: float) -> tuple[float, float]:
    """What each Han gap takes, and each gap beside Latin, of what is missing.

    `evenly` is the weight of all gaps of the line, `latin` the number of those beside Latin. These have had their
    share (CLREQ §3.1.5: no more than a quarter em), but in a very loose line they take part again, up to a tenth of
    an em. The first is infinite where nothing can stretch.
    """
    if evenly < EXACT:
        return inf, 0.0
    gap = missing / evenly
    if gap <= _MODEST_GAP:
        return gap, 0.0
    each = min((missing + _MODEST_GAP * latin) / (evenly + latin) - _MODEST_GAP, _LATIN_MORE)
    return (missing - each * latin) / evenly, each


#: Han gaps up to this spare the gaps beside Latin letters; those take what Han gaps take beyond it.
_MODEST_GAP = 0.04
#: What those take at most, so that they stay below 0.35 em however a PDF's numbers are rounded.
_LATIN_MORE = 0.095
