"""What it costs that pieces of text, in an order, are the story of a headline: less is likelier.

A sentence that breaks off, a headline without text, a text without a headline, a second dateline, words after the
sign-off each have their price. The prices were tuned on synthetic pages made of our own articles
(tests/clippings/pagemaker.py).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from bookmaker.clippings import signs
from bookmaker.clippings.decks import Deck
from bookmaker.clippings.items import Item, Kind
from bookmaker.clippings.junctions import Joiner
from bookmaker.clippings.kinship import Kinship
from bookmaker.clippings.pieces import Piece

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


class Costs:
    """The costs of the stories of one page. A story is a deck's number, or None, and its pieces' numbers in order."""

    def __init__(
        self, items: Sequence[Item], pieces: Sequence[Piece], decks: Sequence[Deck], joiner: Joiner, kinship: Kinship
    ) -> None:
        self._items = items
        self._pieces = pieces
        self._decks = decks
        self._joiner = joiner
        self._kinship = kinship
        self._places = [piece.place for piece in pieces]
        # A deck is a run of lines, and no two cross: sorted by their first lines, their last lines are sorted too.
        self._ends = [(deck.first, deck.last) for deck in decks]
        self._by_first = sorted(range(len(decks)), key=self._ends.__getitem__)
        self._firsts = [self._ends[number][0] for number in self._by_first]
        self._lasts = [self._ends[number][1] for number in self._by_first]
        self._known: dict[tuple[int | None, tuple[int, ...]], float] = {}
        self._links: dict[tuple[int, int], float] = {}
        self._junctions: dict[tuple[int, int], float] = {}

    def story(self, deck: int | None, pieces: tuple[int, ...]) -> float:
        """What a story costs; a headline without text costs something too."""
        key = (deck, pieces)
        cost = self._known.get(key)
        if cost is None:
            cost = self._known[key] = self._story(deck, pieces)
        return cost

    def _story(self, deck: int | None, pieces: tuple[int, ...]) -> float:
        if not pieces:
            return 0.0 if deck is None else self._empty(self._decks[deck])
        cost = self._opening(deck, pieces)
        cost += sum(self.link(before, after) for before, after in pairwise(pieces))
        if not self._pieces[pieces[-1]].whole:
            cost += _TRUNCATED
        return cost

    def _empty(self, deck: Deck) -> float:
        dashes = [self._items[at].text.lstrip("—") for at in deck.subtitle if self._items[at].kind is Kind.DASH]
        return _EMPTY_FEATURE if any(map(signs.is_feature_line, dashes)) else _EMPTY_DECK

    def _opening(self, deck: int | None, pieces: tuple[int, ...]) -> float:
        first = self._pieces[pieces[0]]
        if deck is None:
            robbed = _ROBBED if self._is_headed(pieces[0]) else 0.0
            return (_HEADLESS - 1.0 if first.opener else _HEADLESS) + first.rough + robbed
        top, bottom = self._ends[deck]
        if bottom < first.place and self._places[bisect_right(self._places, bottom)] == first.place:
            covered = self.is_deck_between(bottom, first.place)
            return first.rough + (_COVERED * self._strangeness(deck, pieces) if covered else 0.0)
        cost = _LATE_DECK + (_FAR_OPENER if first.opener else 0.0) + (_UMBRELLA if self._is_umbrella(bottom) else 0.0)
        far = 0.0 if bottom < first.place or top > self._pieces[pieces[-1]].place else 0.3
        return first.rough + cost + far + _STRANGE * self._strangeness(deck, pieces)

    def _is_headed(self, number: int) -> bool:
        """True for a piece right below a headline, with no other text between."""
        low = self._places[number - 1] if number else -1
        at = bisect_right(self._firsts, low)
        return at < len(self._lasts) and self._lasts[at] < self._places[number]

    def _is_umbrella(self, bottom: int) -> bool:
        """True for a headline on top of another one's, before any text: it stands over the whole page."""
        first = self._places[0]
        at = bisect_right(self._firsts, bottom)
        return bottom < first and at < len(self._lasts) and self._lasts[at] < first

    def _strangeness(self, deck: int, pieces: tuple[int, ...]) -> float:
        """How little a headline's words stand in the text below it; 0 to 1."""
        return 1.0 - min(1.0, 2.0 * self._kinship.affinity(deck, pieces))

    def link(self, before: int, after: int) -> float:
        """What it costs that one piece follows another in a story."""
        key = (before, after)
        cost = self._links.get(key)
        if cost is None:
            cost = self._links[key] = self._link(before, after)
        return cost

    def _link(self, before: int, after: int) -> float:
        first, second = self._pieces[before], self._pieces[after]
        over = self.is_deck_between(first.place, second.place)
        adjacent = after == before + 1 and not over
        cost = 0.0 if adjacent else _APART + (_OVER_DECK if over else 0.0)
        if first.signed:
            cost += _AFTER_SIGN_OFF
        if second.opener:
            cost += _SECOND_OPENER
        if first.whole:
            return cost + second.rough
        points = self.junction(before, after)
        points += second.rough / 2
        cost += max(-3.0, 1.2 - points) if points >= 0 else min(6.0, 1.2 - 2 * points)
        return cost - (_NEXT if adjacent and points >= 0 else 0.0)

    def junction(self, before: int, after: int) -> float:
        """How well the second piece goes on the sentence that the first breaks off (`junctions.py`)."""
        key = (before, after)
        points = self._junctions.get(key)
        if points is None:
            points = self._junctions[key] = self._joiner.points(self._pieces[before].text, self._pieces[after].text)
        return points

    def is_deck_between(self, low: int, high: int) -> bool:
        """True if a headline begins between two places."""
        at = bisect_right(self._firsts, low)
        return at < len(self._firsts) and self._firsts[at] < high

    def piece_below(self, place: int) -> int:
        """The first piece below a place, or the last one of the page."""
        return max(0, min(bisect_right(self._places, place), len(self._places) - 1))

    def decks_near(self, place: int, reach: int) -> list[int]:
        """Numbers of the headlines that begin at most `reach` items from a place, in the order of the page."""
        return self._by_first[bisect_left(self._firsts, place - reach) : bisect_right(self._firsts, place + reach)]
