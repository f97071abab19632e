"""The first reading of a page, from top to bottom: every piece of text to the headline above it.

Sentences that break off are matched at once with what goes on (Kuhn 1955, `matching.py`), so that a column that another
one cuts in two stays one; a sign-off ends a story, a dateline begins one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bookmaker.clippings.costs import Costs
from bookmaker.clippings.decks import Deck
from bookmaker.clippings.kinship import Kinship, Words
from bookmaker.clippings.matching import best_pairs
from bookmaker.clippings.pieces import Piece

# Tuned on synthetic pages made of our own articles (tests/clippings/pagemaker.py).
#: What two halves of a sentence need to be joined at once.
_WELDED = 1.0
#: How much a beginning that cannot be a paragraph's speaks for its going on another.
_ROUGH = 0.9
#: How much words in common do.
_KIN = 1.0
#: What standing next to each other does.
_NEAR = 2.0
#: So many pieces below a row of headlines say whose text begins there.
_FIRST = 3
#: Two halves of a sentence are so many pieces apart at most.
_REACH = 80


def top_down(pieces: Sequence[Piece], decks: Sequence[Deck], costs: Costs, kinship: Kinship) -> list[int]:
    """The story of every piece: its deck's number, or a number from ``len(decks)`` on for a story without one."""
    return _Reading(pieces, decks, costs, kinship).owners()


@dataclass(slots=True)
class _Reading:
    pieces: Sequence[Piece]
    decks: Sequence[Deck]
    costs: Costs
    kinship: Kinship
    owner: list[int] = field(default_factory=list)

    def owners(self) -> list[int]:
        waiting = sorted(range(len(self.decks)), key=lambda number: self.decks[number].last, reverse=True)
        welds = self._welds()
        broken = set(welds.values())
        fresh = len(self.decks)
        current = -1
        closed = True
        for number, piece in enumerate(self.pieces):
            above: list[int] = []
            if number not in welds:
                while waiting and self.decks[waiting[-1]].last < piece.place:
                    above.append(waiting.pop())
            if number in welds:
                current = self.owner[welds[number]]
            elif above:
                current = self._nearest(above, number)
            elif closed or piece.opener or self._breaks(number, broken):
                current, fresh = fresh, fresh + 1
            self.owner.append(current)
            closed = piece.signed
        return self.owner

    def _welds(self) -> dict[int, int]:
        """The piece that each goes on, by number."""
        open_ends = [n for n, piece in enumerate(self.pieces) if not piece.whole and not piece.signed]
        fits = {
            (before, after): self._fit(before, after, story)
            for before in open_ends
            for story in (self.kinship.words_of(range(max(0, before - 1), before + 1), None),)
            for after in range(before + 1, min(before + _REACH, len(self.pieces)))
            if not self.pieces[after].opener
        }
        return {after: before for before, after in best_pairs(fits, _WELDED).items()}

    def _fit(self, before: int, after: int, story: Words) -> float:
        """How well a piece goes on another, the next one being likeliest by its place, of the story that breaks off."""
        near = _NEAR if after == before + 1 else 0.0
        kin = _KIN * self.kinship.votes((after,), story)
        return self.costs.junction(before, after) + near + kin + _ROUGH * self.pieces[after].rough

    def _breaks(self, number: int, broken: set[int]) -> bool:
        """True if the piece above breaks off, and this one is not what it goes on in."""
        if self.pieces[number - 1].whole:
            return False
        return number - 1 in broken or self.costs.junction(number - 1, number) < -0.5

    def _nearest(self, decks: Sequence[int], number: int) -> int:
        """Of several headlines above a piece, without text between, the one that speaks of what follows."""
        if len(decks) == 1:
            return decks[0]
        run = [number]
        while run[-1] + 1 < len(self.pieces) and len(run) < _FIRST and not self._parts(run[-1]):
            if not self.pieces[run[-1]].whole and self.costs.junction(run[-1], run[-1] + 1) < 1.0:
                break
            run.append(run[-1] + 1)
        votes = {deck: round(self.kinship.votes(run, self.kinship.words_of((), deck)), 2) for deck in decks}
        return max(decks, key=lambda deck: (votes[deck], deck))

    def _parts(self, number: int) -> bool:
        """True if a story surely ends with a piece."""
        here, there = self.pieces[number], self.pieces[number + 1]
        return here.signed or there.opener or self.costs.is_deck_between(here.place, there.place)
