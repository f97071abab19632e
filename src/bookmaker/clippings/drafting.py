"""Drafts: every item of a page is handed to the story it belongs to: headings, bylines, captions, jumps, columns."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bookmaker.clippings import signs
from bookmaker.clippings.bylines import EDITORS, bylines_of
from bookmaker.clippings.captions import is_for_all
from bookmaker.clippings.decks import Deck
from bookmaker.clippings.items import Item, Kind
from bookmaker.clippings.kinship import Kinship
from bookmaker.clippings.pieces import Piece
from bookmaker.clippings.strands import Strand

#: A credit of several pictures stands so near them.
_NEAR_PICTURES = 6


@dataclass(slots=True)
class Draft:
    """What has been found to belong to one story, by the places of the items; `body` in reading order."""

    deck: Deck | None = None
    body: list[int] = field(default_factory=list)
    bylines: list[int] = field(default_factory=list)
    captions: list[tuple[int, ...]] = field(default_factory=list)
    credits: list[int] = field(default_factory=list)
    jumps: list[int] = field(default_factory=list)
    subtitles: list[int] = field(default_factory=list)
    column: str = ""
    column_sure: float = 0.9
    moved: frozenset[int] = frozenset()
    beside: bool = True


def drafts_of(
    items: Sequence[Item],
    decks: Sequence[Deck],
    openers: Sequence[Deck],
    pieces: Sequence[Piece],
    strands: Sequence[Strand],
    kinship: Kinship,
) -> list[Draft]:
    """One draft for every strand, and for every headline with nothing but pictures below."""
    return _Drafting(items, decks, openers, pieces, strands, kinship).drafts()


@dataclass(slots=True)
class _Drafting:
    items: Sequence[Item]
    decks: Sequence[Deck]
    openers: Sequence[Deck]
    pieces: Sequence[Piece]
    strands: Sequence[Strand]
    kinship: Kinship
    owner: dict[int, int] = field(default_factory=dict)

    def drafts(self) -> list[Draft]:
        drafts = [self._draft(number, strand) for number, strand in enumerate(self.strands)]
        self._give_headings(drafts)
        drafts += self._picture_stories(drafts)
        for at, item in enumerate(self.items):
            if item.kind is Kind.BYLINE:
                self._give_byline(at, drafts)
            elif item.kind is Kind.JUMP:
                self._give_jump(at, drafts)
            elif item.kind in (Kind.CAPTION, Kind.CREDIT):
                self._give_caption(at, drafts)
        self._give_columns(drafts)
        return drafts

    def _draft(self, number: int, strand: Strand) -> Draft:
        places = [self.pieces[n].place for n in strand.pieces]
        deck = self.openers[strand.deck] if strand.deck is not None else None
        for at in places:
            self.owner[at] = number
        moved = frozenset(self.pieces[n].place for before, n in pairwise(strand.pieces) if n != before + 1)
        beside = deck is not None and self._around(deck.last, deck.last)[1] == places[0]
        return Draft(deck=deck, body=places, moved=moved, beside=beside)

    def _around(self, first: int, last: int) -> tuple[int | None, int | None]:
        """The places of the text above and below a run of items."""
        above = bisect_left(self.pieces, first, key=lambda piece: piece.place) - 1
        below = bisect_right(self.pieces, last, key=lambda piece: piece.place)
        return (
            self.pieces[above].place if above >= 0 else None,
            self.pieces[below].place if below < len(self.pieces) else None,
        )

    def _give_headings(self, drafts: list[Draft]) -> None:
        """Decks that open no story head the part that follows them, wherever that went."""
        for deck in self.decks:
            if deck.points > 0:
                continue
            before, after = self._around(deck.first, deck.last)
            number = self.owner.get(after) if after is not None else None
            if number is None or after is None:
                continue
            draft = drafts[number]
            if draft.body[0] == after and draft.deck is None:
                draft.deck, draft.beside = deck, True
            elif not deck.title and deck.subtitle and before is not None and self.owner.get(before) == number:
                self._displaced(deck, draft, after)
            elif draft.body[0] != after or not draft.deck:
                draft.body[draft.body.index(after) : draft.body.index(after)] = [
                    *deck.kicker, *deck.title, *deck.subtitle,
                ]  # fmt: skip

    def _displaced(self, deck: Deck, draft: Draft, after: int) -> None:
        """A line with a dash in the midst of a text is the subtitle that the story lacks, or a heading."""
        if draft.deck and not draft.deck.subtitle:
            draft.subtitles += deck.subtitle
        else:
            draft.body[draft.body.index(after) : draft.body.index(after)] = list(deck.subtitle)

    def _picture_stories(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Headlines with nothing but captions below them are stories of pictures."""
        used = {draft.deck for draft in drafts if draft.deck}
        found: list[Draft] = []
        for deck in self.openers:
            below = self.items[deck.last + 1] if deck.last + 1 < len(self.items) else None
            if deck not in used and deck.title and below is not None and below.kind is Kind.CAPTION:
                found.append(Draft(deck=deck))
        return found

    def _give_byline(self, at: int, drafts: Sequence[Draft]) -> None:
        if any(draft.deck and at in draft.deck.bylines for draft in drafts):
            return
        before, after = self._around(at, at)
        pictured = next((d for d in drafts if d.deck and not d.body and (before or 0) < d.deck.last < at), None)
        if pictured is not None and (before is None or before < (pictured.deck.last if pictured.deck else 0)):
            pictured.bylines.append(at)
            return
        place = before if before is not None else after
        if place is not None and not self._is_of_page(at):
            drafts[self.owner[place]].bylines.append(at)

    def _is_of_page(self, at: int) -> bool:
        """The page's editors, in a line at its head or foot, sign no story."""
        names = bylines_of(self.items[at].text)
        return bool(names) and all(set(name.role.split()) & EDITORS for name in names)

    def _give_jump(self, at: int, drafts: Sequence[Draft]) -> None:
        jump = signs.jump_alone(self.items[at].text)
        away = jump is not None and jump.away
        before, after = self._around(at, at)
        place = before if away else after
        if place is not None:
            drafts[self.owner[place]].jumps.append(at)

    def _give_caption(self, at: int, drafts: list[Draft]) -> None:
        item = self.items[at]
        if is_for_all(item.text):
            for draft in drafts:
                if any(abs(places[-1] - at) <= _NEAR_PICTURES for places in draft.captions):
                    draft.credits.append(at)
                    return
        above = self.items[at - 1] if at else None
        if item.kind is Kind.CREDIT and above is not None and above.kind in (Kind.CAPTION, Kind.CREDIT):
            for draft in drafts:
                for index, places in enumerate(draft.captions):
                    if at - 1 in places:
                        draft.captions[index] = (*places, at)
                        return
        owner = self._caption_story(at, drafts)
        if owner is not None:
            owner.captions.append((at,))

    def _caption_story(self, at: int, drafts: Sequence[Draft]) -> Draft | None:
        """The story next to a picture that speaks of the same things; between two halves of one text, that one."""
        before, after = self._around(at, at)
        pictured = next((d for d in drafts if d.deck and not d.body and d.deck.last < at <= d.deck.last + 6), None)
        if pictured is not None and pictured.deck and (before is None or pictured.deck.last > before):
            return pictured
        near = [drafts[self.owner[place]] for place in (before, after) if place is not None]
        if not near:
            return None
        if len(near) == 1 or near[0] is near[1]:
            return near[0]
        return max(near, key=lambda draft: (self._shared(at, draft), draft is near[-1]))

    def _shared(self, at: int, draft: Draft) -> float:
        """How many of a caption's words a story has, the rare ones above all."""
        texts = [self.items[i].text for i in draft.body]
        if draft.deck:
            texts += [self.items[i].text for i in draft.deck.places]
        return self.kinship.shared(self.items[at].text, "\n".join(texts))

    def _give_columns(self, drafts: Sequence[Draft]) -> None:
        """A column's name goes with the story below it; one for briefs with all briefs below."""
        column, run = "", False
        for draft in sorted((d for d in drafts if d.deck), key=lambda d: d.deck.first if d.deck else 0):
            deck = draft.deck
            if deck is None:
                continue
            if deck.column:
                text = self.items[deck.column[0]].text
                column = signs.column_name(text) or text
                draft.column, run = column, signs.holds_briefs(column)
            elif run and self._is_brief(draft):
                draft.column, draft.column_sure = column, 0.6
            else:
                run = False

    def _is_brief(self, draft: Draft) -> bool:
        return sum(len(self.items[at].text) for at in draft.body) <= 1500 and bool(draft.body)
