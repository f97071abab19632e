"""Strands: the pieces of text of a page are given to their stories, however the columns ran.

Read from top to bottom, every piece belongs to the headline above it; that is where the search begins. Then runs of
pieces go to other stories as long as that mends more than it spoils: sentences that break off find their other half, a
headline below its text gets it, two stories set side by side come apart by what they speak of (`kinship.py`).
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bookmaker.clippings import signs
from bookmaker.clippings.bylines import EDITORS, bylines_of, sign_off
from bookmaker.clippings.heads import Deck
from bookmaker.clippings.junctions import Joiner
from bookmaker.clippings.kinds import Item, Kind
from bookmaker.clippings.kinship import Kinship
from bookmaker.clippings.matching import best_pairs

# What a fault costs. Tuned on synthetic pages made of our own articles (tests/clippings/pagemaker.py).
_TRUNCATED = 3.0
_HEADLESS = 3.5
_EMPTY_DECK = 1.2
#: A text right below a headline that is not given to it.
_ROBBED = 3.0
_EMPTY_FEATURE = 3.0
_LATE_DECK = 1.4
#: A report's or jump's first words under a headline that stands elsewhere; a text under a headline of the whole page.
_FAR_OPENER = 3.0
_UMBRELLA = 2.0
_APART = 0.7
#: A headline far from its text, or with another below it, whose words the text lacks.
_STRANGE = 3.0
_COVERED = 2.0
_OVER_DECK = 1.0
_AFTER_SIGN_OFF = 6.0
_SECOND_OPENER = 8.0
_NEXT = 1.5
#: What two halves of a sentence need to be joined at once.
_WELDED = 1.0
#: How much a beginning that cannot be a paragraph's speaks for its going on another.
_ROUGH = 0.9
#: How much words in common do.
_KIN = 1.0
#: What standing next to each other does.
_NEAR = 2.0
_KINSHIP = 4.5
#: On a page whose sentences all go on where they should, columns hardly changed places.
_KINSHIP_OF_TIDY = 2.0
#: A change must mend at least so much.
_LEAST = 0.4
_ROUNDS = 60
#: So many pieces below a row of headlines say whose text begins there.
_FIRST = 3
#: So many items around are looked at for a piece's story.
_REACH = 80
_MOST_BOUNDARIES = 160


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of running text: its place among the items, and what its ends say.

    A `glued` one (a line of verse, a row, a signature) goes with what stands right above it.
    """

    place: int
    text: str
    whole: bool
    signed: bool
    opener: bool
    rough: float
    glued: bool


@dataclass(frozen=True, slots=True)
class Strand:
    """The pieces of one story, by number, in reading order, and its deck (by number), if it has one."""

    deck: int | None
    pieces: tuple[int, ...]


def pieces_of(items: Sequence[Item], joiner: Joiner) -> list[Piece]:
    """Every piece of running text of a page."""
    found: list[Piece] = []
    for place, item in enumerate(items):
        if item.kind is not Kind.BODY:
            continue
        text = item.text
        signed = bool(sign_off(text)) or _signed_below(items, place)
        opener = signs.dateline_of(text) is not None or signs.jump_at_head(text) is not None
        opener = opener or _is_jump(items, place - 1, away=False)
        whole = (
            item.closes
            or signs.ends_whole(text)
            or signs.jump_at_tail(text) is not None
            or _is_jump(items, place + 1, away=True)
        )
        rough = 0.0 if opener else joiner.roughness(text)
        glued = item.closes and place > 0 and items[place - 1].kind is Kind.BODY
        found.append(Piece(place, text, whole, signed, opener, rough, glued))
    return found


def _signed_below(items: Sequence[Item], place: int) -> bool:
    """A line of names right below a text signs it; editors of the page do not."""
    at = place + 1
    while at < len(items) and items[at].kind in (Kind.CAPTION, Kind.CREDIT, Kind.LAYOUT):
        at += 1
    if at >= len(items) or items[at].kind is not Kind.BYLINE or not signs.ends_whole(items[place].text):
        return False
    return not all(set(name.role.split()) & EDITORS for name in bylines_of(items[at].text))


def _is_jump(items: Sequence[Item], place: int, *, away: bool) -> bool:
    """True for a jump line at a place, from or to another page."""
    if not 0 <= place < len(items) or items[place].kind is not Kind.JUMP:
        return False
    jump = signs.jump_alone(items[place].text)
    return jump is not None and jump.away is away


def strands_of(
    items: Sequence[Item], pieces: Sequence[Piece], decks: Sequence[Deck], joiner: Joiner, kinship: Kinship
) -> list[Strand]:
    """The stories of a page: `decks` are those that open stories."""
    search = _Search(items, pieces, decks, joiner, kinship)
    search.begin()
    search.improve()
    return search.strands()


@dataclass(slots=True)
class _Search:
    items: Sequence[Item]
    pieces: Sequence[Piece]
    decks: Sequence[Deck]
    joiner: Joiner
    kinship: Kinship
    owner: list[int] = field(default_factory=list)
    stories: dict[int, tuple[int, ...]] = field(default_factory=dict)
    costs: dict[tuple[int | None, tuple[int, ...]], float] = field(default_factory=dict)
    junctions: dict[tuple[int, int], float] = field(default_factory=dict)
    bags: dict[tuple[int | None, tuple[int, ...]], Counter[str]] = field(default_factory=dict)
    new: int = 0
    trust: float = 0.0

    def begin(self) -> None:
        """Every piece to the headline above it; a sign-off ends a story, a dateline begins one."""
        self.new = len(self.decks)
        self.stories = dict.fromkeys(range(len(self.decks)), ())
        waiting = sorted(range(len(self.decks)), key=lambda number: self.decks[number].last)
        welds = self._welds()
        current: int | None = None
        closed = False
        for number, piece in enumerate(self.pieces):
            above = [deck for deck in waiting if self.decks[deck].last < piece.place]
            if number in welds:
                current, closed = self.owner[welds[number]], False
            elif above:
                waiting = waiting[len(above) :]
                current, closed = self._nearest(above, number), False
            elif current is None or closed or (piece.opener and self.stories[current]) or self._breaks(number, welds):
                current, closed = self._fresh(), False
            self.owner.append(current)
            self.stories[current] = (*self.stories[current], number)
            closed = piece.signed
        # Stories are tuples that grow: linear for a page, and pages are short.

    def _welds(self) -> dict[int, int]:
        """The piece that each goes on, by number: all sentences that break off matched at once with what goes on."""
        open_ends = [n for n, piece in enumerate(self.pieces) if not piece.whole and not piece.signed]
        starts = [n for n in range(1, len(self.pieces)) if not self.pieces[n].opener]
        if not open_ends:
            return {}
        table = [
            [self._fit(before, after) if before < after < before + _REACH else -9.0 for after in starts]
            for before in open_ends
        ]
        pairs = best_pairs(table, _WELDED)
        return {starts[column]: open_ends[row] for row, column in pairs.items()}

    def _fit(self, before: int, after: int) -> float:
        """How well a piece goes on another, the next one being likeliest by its place."""
        if self.pieces[after].opener:
            return -9.0
        near = _NEAR if after == before + 1 else 0.0
        kin = _KIN * self.kinship.votes((after,), self.kinship.bag_of(range(max(0, before - 1), before + 1), None))
        return self._junction(before, after) + near + kin + _ROUGH * self.pieces[after].rough

    def _breaks(self, number: int, welds: dict[int, int]) -> bool:
        """True if the piece above breaks off, and this one is not what it goes on in."""
        if not number or self.pieces[number - 1].whole:
            return False
        return number - 1 in welds.values() or self._junction(number - 1, number) < -0.5

    def _nearest(self, decks: Sequence[int], number: int) -> int:
        """Of several headlines above a piece, without text between, the one that speaks of what follows."""
        if len(decks) == 1:
            return decks[0]
        run = [number]
        while run[-1] + 1 < len(self.pieces) and len(run) < _FIRST and not self._parts(run[-1]):
            if not self.pieces[run[-1]].whole and self._junction(run[-1], run[-1] + 1) < 1.0:
                break
            run.append(run[-1] + 1)
        return max(decks, key=lambda deck: (round(self.kinship.votes(run, self._bag(deck, ())), 2), deck))

    def _parts(self, number: int) -> bool:
        """True if a story surely ends with a piece."""
        here, there = self.pieces[number], self.pieces[number + 1]
        return here.signed or there.opener or self._deck_between(here.place, there.place)

    def _fresh(self) -> int:
        number = self.new
        self.new += 1
        self.stories[number] = ()
        return number

    def improve(self) -> None:
        """Move runs of pieces between stories while that mends something."""
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
                faults.add(self._piece_near(self.decks[number].first))
            if number >= len(self.decks) and pieces:
                faults.add(pieces[0])
            for before, after in itertools.pairwise(pieces):
                if self._link(before, after) > 0.9:
                    faults.add(after)
            if pieces and not self.pieces[pieces[-1]].whole:
                faults.add(min(pieces[-1] + 1, len(self.pieces) - 1))
        return faults

    def _piece_near(self, place: int) -> int:
        for number, piece in enumerate(self.pieces):
            if piece.place > place:
                return number
        return max(0, len(self.pieces) - 1)

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
        near |= {n for n, deck in enumerate(self.decks) if abs(deck.first - place) <= _REACH}
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
        source = self.owner[block[0]]
        kept = tuple(n for n in self.stories[source] if n not in set(block))
        held = self.stories.get(target, ())
        before = self._cost(source, self.stories[source]) + (self._cost(target, held) if target >= 0 else 0.0)
        after = self._cost(source, kept) + self._cost(target, tuple(sorted((*held, *block))))
        return before - after + self.trust * self._nearer(block, source, kept, target, held)

    def _nearer(
        self, block: tuple[int, ...], source: int, kept: tuple[int, ...], target: int, held: tuple[int, ...]
    ) -> float:
        """How much closer a block is to the story it would go to than to the rest of its own."""
        there = self.kinship.votes(block, self._bag(target, held))
        return there - self.kinship.votes(block, self._bag(source, kept))

    def _bag(self, number: int, pieces: tuple[int, ...]) -> Counter[str]:
        deck = number if 0 <= number < len(self.decks) else None
        key = (deck, pieces)
        if key not in self.bags:
            self.bags[key] = self.kinship.bag_of(pieces, deck)
        return self.bags[key]

    def _move(self, block: tuple[int, ...], target: int) -> None:
        source = self.owner[block[0]]
        if target < 0:
            target = self._fresh()
        self.stories[source] = tuple(n for n in self.stories[source] if n not in set(block))
        self.stories[target] = tuple(sorted((*self.stories[target], *block)))
        for number in block:
            self.owner[number] = target
        if source >= len(self.decks) and not self.stories[source]:
            del self.stories[source]

    # --- costs ---

    def _cost(self, number: int, pieces: tuple[int, ...]) -> float:
        deck = number if 0 <= number < len(self.decks) else None
        key = (deck, pieces)
        if key not in self.costs:
            self.costs[key] = self._new_cost(deck, pieces)
        return self.costs[key]

    def _new_cost(self, deck: int | None, pieces: tuple[int, ...]) -> float:
        if not pieces:
            return 0.0 if deck is None else self._empty_cost(self.decks[deck])
        cost = self._opening(deck, pieces)
        cost += sum(self._link(before, after) for before, after in itertools.pairwise(pieces))
        if not self.pieces[pieces[-1]].whole:
            cost += _TRUNCATED
        return cost

    def _empty_cost(self, deck: Deck) -> float:
        dashes = [self.items[at].text.lstrip("—") for at in deck.subtitle if self.items[at].kind is Kind.DASH]
        return _EMPTY_FEATURE if any(map(signs.is_feature_line, dashes)) else _EMPTY_DECK

    def _opening(self, deck: int | None, pieces: tuple[int, ...]) -> float:
        first = self.pieces[pieces[0]]
        if deck is None:
            robbed = _ROBBED if self._is_headed(pieces[0]) else 0.0
            return (_HEADLESS - 1.0 if first.opener else _HEADLESS) + first.rough + robbed
        own = self.decks[deck]
        if own.last < first.place and not any(own.last < p.place < first.place for p in self.pieces):
            return first.rough + (_COVERED * self._strangeness(deck, pieces) if self._is_covered(own, first) else 0.0)
        cost = _LATE_DECK + (_FAR_OPENER if first.opener else 0.0) + (_UMBRELLA if self._is_umbrella(deck) else 0.0)
        far = 0.0 if own.last < first.place or own.first > self.pieces[pieces[-1]].place else 0.3
        return first.rough + cost + far + _STRANGE * self._strangeness(deck, pieces)

    def _is_headed(self, number: int) -> bool:
        """True for a piece right below a headline, with no other text between."""
        low = self.pieces[number - 1].place if number else -1
        return any(low < deck.first and deck.last < self.pieces[number].place for deck in self.decks)

    def _is_umbrella(self, deck: int) -> bool:
        """True for a headline on top of another one's, before any text: it stands over the whole page."""
        own = self.decks[deck]
        first = self.pieces[0].place
        return own.last < first and any(own.last < other.first < first for other in self.decks)

    def _strangeness(self, deck: int, pieces: tuple[int, ...]) -> float:
        """How little a headline's words stand in the text below it; 0 to 1."""
        return 1.0 - min(1.0, 2.0 * self.kinship.affinity(deck, pieces))

    def _is_covered(self, own: Deck, first: Piece) -> bool:
        """True if another headline stands between a headline and its text."""
        return any(own.last < deck.first < first.place for deck in self.decks)

    def _link(self, before: int, after: int) -> float:
        """What it costs that one piece follows another in a story."""
        first, second = self.pieces[before], self.pieces[after]
        adjacent = after == before + 1 and not self._deck_between(first.place, second.place)
        cost = 0.0 if adjacent else _APART + (_OVER_DECK if self._deck_between(first.place, second.place) else 0.0)
        if first.signed:
            cost += _AFTER_SIGN_OFF
        if second.opener:
            cost += _SECOND_OPENER
        if first.whole:
            return cost + second.rough
        points = self._junction(before, after)
        points += second.rough / 2
        cost += max(-3.0, 1.2 - points) if points >= 0 else min(6.0, 1.2 - 2 * points)
        return cost - (_NEXT if adjacent and points >= 0 else 0.0)

    def _junction(self, before: int, after: int) -> float:
        key = (before, after)
        if key not in self.junctions:
            self.junctions[key] = self.joiner.points(self.pieces[before].text, self.pieces[after].text)
        return self.junctions[key]

    def _deck_between(self, low: int, high: int) -> bool:
        return any(low < deck.first < high for deck in self.decks)
