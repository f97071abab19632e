"""From testimony to a verdict: points for each theme, the winner or none, and how sure that is.

Only the text and the themes count, not the other articles of the pool: what is decided once stays decided.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bookmaker.classification.hearing import Testimony, Witness
from bookmaker.classification.model import Evidence, Score, Verdict

#: Points below which nothing is proved: one of a theme's strongest words in a short paragraph.
ENOUGH = 2.0
#: Characters of a text whose points are taken as they are. A longer one has more words of every kind, about as
#: the root of its length (Heaps, 1978), so it must show more.
_SHORT = 60
#: How much more what speaks for a theme counts below a headline with the theme's title: the writer has said it.
_NAMED = 1.75


@dataclass(frozen=True, slots=True)
class Passage:
    """A headline or paragraph as heard; a word in a headline counts as if it stood there `counts` times."""

    testimony: Testimony
    counts: float = 1.0

    @property
    def headline(self) -> bool:
        """True if it stands above the text."""
        return self.counts > 1


def judge(passages: Iterable[Passage], themes: Iterable[str]) -> Verdict:
    """The verdict on a text, among themes given by their ids."""
    heard = list(passages)
    scores = tuple(sorted(_scores(heard, themes), key=lambda score: (-score.points, score.theme)))
    best, second = (*(max(score.points, 0.0) for score in scores[:2]), 0.0, 0.0)[:2]
    if best < ENOUGH:
        return Verdict(None, best - second, 1 - best / ENOUGH, scores)
    lead = best - second
    # Half of the evidence alone is as good as all of it alone.
    clear = min(1.0, 2 * lead / best)
    return Verdict(scores[0].theme, lead, best / (best + ENOUGH) * (0.4 + 0.6 * clear), scores)


def _scores(heard: Sequence[Passage], themes: Iterable[str]) -> Iterator[Score]:
    length = sum(passage.testimony.length for passage in heard)
    scale = min(1.0, math.sqrt(_SHORT / length)) if length else 1.0
    named = {theme for passage in heard if passage.headline for theme in passage.testimony.named}
    found: dict[str, list[Evidence]] = defaultdict(list)
    for witness, evidence in _evidence(heard, scale):
        stressed = _NAMED if witness.theme in named and witness.weight > 0 else 1.0
        found[witness.theme].append(replace(evidence, points=evidence.points * stressed))
    for theme in themes:
        strongest = tuple(sorted(found[theme], key=lambda one: (-abs(one.points), one.word)))
        yield Score(theme, sum(one.points for one in strongest), strongest)


def _evidence(heard: Sequence[Passage], scale: float) -> Iterator[tuple[Witness, Evidence]]:
    times: dict[Witness, int] = defaultdict(int)
    weighed: dict[Witness, float] = defaultdict(float)
    shown: dict[Witness, str] = {}
    for passage in heard:
        for witness, number in passage.testimony.times.items():
            times[witness] += number
            weighed[witness] += number * passage.counts
            shown.setdefault(witness, passage.testimony.shown.get(witness, witness.word))
    for witness, number in times.items():
        points = witness.weight * _damped(weighed[witness]) * scale
        yield witness, Evidence(shown[witness], number, witness.weight, points)


def _damped(times: float) -> float:
    """1 for a word that stands once, and never more than 2: the thirtieth time proves nothing new."""
    return 2 * times / (times + 1)
