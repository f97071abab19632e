"""Strands: the pieces of text of a page are given to their stories, however the columns ran.

Read from top to bottom, every piece belongs to the headline above it; that is where the search begins. Then runs of
pieces go to other stories as long as that mends more than it spoils: sentences that break off find their other half, a
headline below its text gets it, two stories set side by side come apart by what they speak of (`kinship.py`).
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bookmaker.clippings.costs import Costs
from bookmaker.clippings.decks import Deck
from bookmaker.clippings.kinship import Kinship, Words
from bookmaker.clippings.pieces import Piece
from bookmaker.clippings.top_down import top_down

# Tuned on synthetic pages made of our own articles (tests/clippings/pagemaker.py).
_KINSHIP = 4.5
#: On a page whose sentences all go on where they should, columns hardly changed places.
_KINSHIP_OF_TIDY = 2.0
#: A change must mend at least so much.
_LEAST = 0.4
_ROUNDS = 60
#: So many items around are looked at for a piece's story.
_REACH = 80
_MOST_BOUNDARIES = 160
#: A file of more pieces is no page, and is read from top to bottom.
_MOST_PIECES = 1500


@dataclass(frozen=True, slots=True)
class Strand:
    """The pieces of one story, by number, in reading order, and its deck (by number), if it has one."""

    deck: int | None
    pieces: tuple[int, ...]


def strands_of(pieces: Sequence[Piece], decks: Sequence[Deck], costs: Costs, kinship: Kinship) -> list[Strand]:
    """The stories of a page: `decks` are those that open stories."""
    search = _Search(pieces, decks, costs, kinship, top_down(pieces, decks, costs, kinship))
    search.improve()
    return search.strands()


class _Search:
    """Stories by number: those below ``len(decks)`` have a deck. Every move makes the stories it touches new."""

    def __init__(
        self, pieces: Sequence[Piece], decks: Sequence[Deck], costs: Costs, kinship: Kinship, owner: list[int]
    ) -> None:
        self.pieces = pieces
        self.decks = decks
        self.costs = costs
        self.kinship = kinship
        self.owner = owner
        held: dict[int, list[int]] = {number: [] for number in range(len(decks))}
        for piece, story in enumerate(owner):
            held.setdefault(story, []).append(piece)
        self.stories = {story: tuple(numbers) for story, numbers in held.items()}
        self.new = max(self.stories, default=-1) + 1
        self.trust = 0.0
        self._words: dict[tuple[int | None, tuple[int, ...]], Words] = {}
        #: What a move would gain, as long as neither story has changed.
        self._gains: dict[tuple[tuple[int, ...], int], tuple[int, int, float]] = {}
        self._changes: Counter[int] = Counter()

    def improve(self) -> None:
        """Move runs of pieces between stories while that mends something."""
        if len(self.pieces) > _MOST_PIECES:
            return
        self.trust = _KINSHIP if self._faults() else _KINSHIP_OF_TIDY
        for _ in range(_ROUNDS):
            best: tuple[float, tuple[int, ...], int] | None = None
            for block, target in self._moves():
                gain = self._gain(block, target)
                if gain > _LEAST and (best is None or gain > best[0]):
                    best = (gain, block, target)
            if best is None:
                return
            self._move(best[1], best[2])

    def strands(self) -> list[Strand]:
        """The stories that have text, in the order of their first piece."""
        found = [
            Strand(number if number < len(self.decks) else None, pieces)
            for number, pieces in self.stories.items()
            if pieces
        ]
        return sorted(found, key=lambda strand: strand.pieces[0])

    # --- moves ---

    def _moves(self) -> Iterator[tuple[tuple[int, ...], int]]:
        suspects = self._suspects()
        if not suspects:
            return
        seen: set[tuple[tuple[int, ...], int]] = set()
        for block in self._blocks(suspects):
            source = self.owner[block[0]]
            for target in self._targets(block, source):
                if (block, target) not in seen:
                    seen.add((block, target))
                    yield block, target

    def _suspects(self) -> set[int]:
        """Numbers of pieces before which a story may change hands."""
        faults = self._faults() | self._strangers()
        if not faults:
            return set()
        if len(self.pieces) <= _MOST_BOUNDARIES:
            return set(range(len(self.pieces)))
        return {near for at in faults for near in range(max(0, at - 12), min(len(self.pieces), at + 13))}

    def _faults(self) -> set[int]:
        """Where the stories as they stand cannot be right: a sentence that breaks off, a headline without text."""
        faults: set[int] = set()
        for number, pieces in self.stories.items():
            if number < len(self.decks) and not pieces:
                faults.add(self.costs.piece_below(self.decks[number].first))
            if number >= len(self.decks) and pieces:
                faults.add(pieces[0])
            for before, after in itertools.pairwise(pieces):
                if self.costs.link(before, after) > 0.9:
                    faults.add(after)
            if pieces and not self.pieces[pieces[-1]].whole:
                faults.add(min(pieces[-1] + 1, len(self.pieces) - 1))
        return faults

    def _strangers(self) -> set[int]:
        """Pieces that speak of another story's things."""
        found: set[int] = set()
        for number, owner in enumerate(self.owner):
            others = self._near(number) - {owner}
            if others and any(self._gain((number,), other) > -1.0 for other in others):
                found.add(number)
        return found

    def _near(self, number: int) -> set[int]:
        """Stories around a piece, with text or without."""
        low, high = max(0, number - 30), number + 30
        near = set(self.owner[low:high])
        place = self.pieces[number].place
        near.update(self.costs.decks_near(place, _REACH))
        return near

    def _blocks(self, suspects: set[int]) -> Iterator[tuple[int, ...]]:
        """Runs of one story, whole, and their ends from each suspect on; and whole stories without a deck."""
        runs: list[list[int]] = []
        for number, owner in enumerate(self.owner):
            if runs and self.owner[runs[-1][0]] == owner:
                runs[-1].append(number)
            else:
                runs.append([number])
        for run in runs:
            if run[0] in suspects or run[-1] in suspects or len(run) == 1:
                yield tuple(run)
            for cut in range(1, len(run)):
                if run[cut] in suspects and not self.pieces[run[cut]].glued:
                    yield tuple(run[cut:])
                    yield tuple(run[:cut])
        for pieces in self.stories.values():
            if len(pieces) > 1:
                yield pieces

    def _targets(self, block: tuple[int, ...], source: int) -> Iterator[int]:
        near = self._near(block[0]) | self._near(block[-1])
        yield from sorted(near - {source})
        if self._may_begin(block[0]) and (len(block) < len(self.stories[source]) or source < len(self.decks)):
            yield -1

    def _may_begin(self, number: int) -> bool:
        """True where a story may begin that the page holds no headline of: where the text is broken."""
        piece = self.pieces[number]
        if not number or piece.opener or piece.rough > 1 or piece.text[:1] == "“":
            return True
        above = self.pieces[number - 1]
        return above.signed or not above.whole

    def _gain(self, block: tuple[int, ...], target: int) -> float:
        """What it mends that a block goes to another story, or to a new one (-1)."""
        source = self.owner[block[0]]
        changes = (self._changes[source], self._changes[target])
        known = self._gains.get((block, target))
        if known is None or known[:2] != changes:
            known = self._gains[block, target] = (*changes, self._new_gain(block, source, target))
        return known[2]

    def _new_gain(self, block: tuple[int, ...], source: int, target: int) -> float:
        kept = self._without(source, block)
        held = self.stories.get(target, ())
        before = self._cost(source, self.stories[source]) + (self._cost(target, held) if target >= 0 else 0.0)
        after = self._cost(source, kept) + self._cost(target, tuple(sorted((*held, *block))))
        return before - after + self.trust * self._nearer(block, source, kept, target, held)

    def _without(self, story: int, block: tuple[int, ...]) -> tuple[int, ...]:
        gone = set(block)
        return tuple(number for number in self.stories[story] if number not in gone)

    def _cost(self, story: int, pieces: tuple[int, ...]) -> float:
        return self.costs.story(self._deck(story), pieces)

    def _deck(self, story: int) -> int | None:
        return story if 0 <= story < len(self.decks) else None

    def _nearer(
        self, block: tuple[int, ...], source: int, kept: tuple[int, ...], target: int, held: tuple[int, ...]
    ) -> float:
        """How much closer a block is to the story it would go to than to the rest of its own."""
        there = self.kinship.votes(block, self._words_of(target, held))
        return there - self.kinship.votes(block, self._words_of(source, kept))

    def _words_of(self, story: int, pieces: tuple[int, ...]) -> Words:
        key = (self._deck(story), pieces)
        words = self._words.get(key)
        if words is None:
            words = self._words[key] = self.kinship.words_of(pieces, key[0])
        return words

    def _move(self, block: tuple[int, ...], target: int) -> None:
        source = self.owner[block[0]]
        if target < 0:
            target, self.new = self.new, self.new + 1
        self.stories[source] = self._without(source, block)
        self.stories[target] = tuple(sorted((*self.stories.get(target, ()), *block)))
        self._changes.update((source, target))
        for number in block:
            self.owner[number] = target
        if source >= len(self.decks) and not self.stories[source]:
            del self.stories[source]
