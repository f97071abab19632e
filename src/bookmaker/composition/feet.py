"""What the faults of pages cost, and above all their feet: full, or equal on facing pages."""

from dataclasses import dataclass
from enum import IntEnum

#: A page that lacks so many lines looks empty; one more or less is all the same.
_EMPTY = 12


@dataclass(frozen=True, slots=True)
class PageCosts:
    """What a page's faults cost; a layout holds them in its table `[pages]`.

    `spread`: both facing pages end a line early. `length`: a paragraph set a line longer or shorter than is best, with
    what that costs its lines. `gap`: a gap between articles a line wider or narrower; twice that is a line more above a
    heading, a table or a figure. `early`: a page ends where an article ends, and `early_line` for every line it is
    short. `short`: a foot that is neither full nor equal to the facing page's though the text goes on, and `short_line`
    by the square of the lines it is short: a page half empty is far worse than one that lacks three lines. `white`: a
    line of white above notes, by the square, too. `split`: a note that goes over to the next page. `moved`: a figure,
    by every block it stands earlier or later. `runt`: a last page of a few lines.
    """

    spread: float = 6.0
    length: float = 2.0
    gap: float = 3.0
    early: float = 8.0
    early_line: float = 2.0
    short: float = 200.0
    short_line: float = 5.0
    white: float = 100.0
    split: float = 12.0
    moved: float = 4.0
    runt: float = 15.0
    #: Whether paragraphs may change their length, and gaps between articles and above headings and boxes theirs.
    lengths: bool = True
    gaps: bool = True

    @property
    def parted(self) -> float:
        """What it costs to part what belongs together, where a page can hold it no other way: more than any foot."""
        return 4 * self.short

    def worst(self, lines: int) -> float:
        """More than a page of so many lines can cost."""
        foot = max(self.short + self.short_line * min(lines, _EMPTY) ** 2, self.early + self.early_line * lines)
        return foot + self.spread + self.split + self.runt + 3 * self.moved


class Side(IntEnum):
    """A page beside the page before it: a verso, a recto beside a full verso, or beside one that ends a line early."""

    VERSO = 0
    RECTO = 1
    RECTO_EARLY = 2


#: The next page's side, and what ending this one so costs.
Feet = tuple[tuple[int, float], ...]


class FootPrices:
    """The prices of ending a page, looked up by side and by how many lines it is short, of `lines` at most."""

    def __init__(self, costs: PageCosts, lines: int) -> None:
        self._costs = costs
        shorts = range(lines + 1)
        #: The text goes on, on a page without notes.
        self.on = [[self._text_goes_on(side, short) for short in shorts] for side in Side]
        #: An article ends with the page.
        self.end = [[self._article_ends(side, short) for short in shorts] for side in Side]
        #: Notes stand on the foot.
        self.noted = [[self._above_notes(side, short) for short in shorts] for side in Side]
        #: Notes stand on the foot, and an article ends above them.
        self.noted_end = [[self._above_notes(side, short, ends=True) for short in shorts] for side in Side]
        #: The next article opens a page, or nothing follows.
        self.last = [[self._last(side, short) for short in shorts] for side in Side]

    def _text_goes_on(self, side: Side, short: int) -> Feet:
        if side is Side.VERSO and short == 1:
            return (Side.RECTO_EARLY, self._costs.spread), (Side.RECTO, self._fault(short))
        away = abs(short - _wanted(side))
        return ((_after(side), self._fault(away) if away else 0.0),)

    def _article_ends(self, side: Side, short: int) -> Feet:
        price = self._costs.early + self._costs.early_line * short
        if side is Side.VERSO and short == 1:
            return (Side.RECTO_EARLY, self._costs.spread), (Side.RECTO, price)
        if side is Side.RECTO_EARLY:
            return ((Side.VERSO, 0.0 if short == 1 else price + self._fault(0)),)
        return ((_after(side), price if short else 0.0),)

    def _above_notes(self, side: Side, short: int, *, ends: bool = False) -> Feet:
        """Whatever white there is stands above the notes, and the foot is full."""
        most = self._costs.early + self._costs.early_line * short if ends else self._fault(short)
        price = min(self._costs.white * short**2, most)
        return ((_after(side), price + (self._fault(1) if side is Side.RECTO_EARLY else 0.0)),)

    def _last(self, side: Side, short: int) -> Feet:
        return ((_after(side), self._fault(1) if side is Side.RECTO_EARLY and short != 1 else 0.0),)

    def _fault(self, short: int) -> float:
        return self._costs.short + self._costs.short_line * min(short, _EMPTY) ** 2


def _wanted(side: Side) -> int:
    """By how many lines a page should be short."""
    return 1 if side is Side.RECTO_EARLY else 0


def _after(side: Side) -> Side:
    return Side.RECTO if side is Side.VERSO else Side.VERSO
