"""Taking a page apart: the steps from a clipping to its stories, one line a step."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bookmaker.clippings import signs
from bookmaker.clippings.building import Draft, story_of
from bookmaker.clippings.bylines import EDITORS, bylines_of
from bookmaker.clippings.captions import is_for_all
from bookmaker.clippings.costs import Costs
from bookmaker.clippings.heads import Deck, decks_of
from bookmaker.clippings.junctions import Joiner
from bookmaker.clippings.kinds import Item, Kind, items_of
from bookmaker.clippings.kinship import Kinship
from bookmaker.clippings.masthead import read_masthead
from bookmaker.clippings.model import Account, Clipping, Page, Story, Use
from bookmaker.clippings.pieces import Piece, pieces_of
from bookmaker.clippings.strands import Strand, strands_of
from bookmaker.clippings.wrapping import passages_of
from bookmaker.script.words import Segmenter


def take_apart(clipping: Clipping) -> Page:
    """The stories of a page, and an account of every line."""
    segmenter = Segmenter()
    passages = passages_of(clipping.lines)
    joiner = Joiner([passage.text for passage in passages], segmenter)
    items = items_of(passages, joiner)
    decks = decks_of(items)
    openers = [deck for deck in decks if deck.points > 0]
    pieces = pieces_of(items, joiner)
    heads = ["\n".join(items[at].text for at in deck.places) for deck in openers]
    kinship = Kinship(_headed_texts(items, decks, pieces), heads, segmenter)
    strands = strands_of(pieces, openers, Costs(items, pieces, openers, joiner, kinship), kinship)
    drafts = _Drafting(items, decks, openers, pieces, strands, kinship).drafts()
    masthead = read_masthead(clipping.masthead, (item.text for item in items if item.kind is Kind.MASTHEAD))
    stories = tuple(story_of(draft, items, joiner, clipping.file, masthead) for draft in drafts)
    return Page(clipping, stories, _accounts(clipping, items, stories))


def _headed_texts(items: Sequence[Item], decks: Sequence[Deck], pieces: Sequence[Piece]) -> list[str]:
    """The text of every piece, with the section's heading right above it."""
    headings = {deck.last: deck for deck in decks if deck.points <= 0}
    texts: list[str] = []
    for piece in pieces:
        deck = headings.get(piece.place - 1)
        texts.append("\n".join([*(items[at].text for at in deck.places), piece.text]) if deck else piece.text)
    return texts


def _accounts(clipping: Clipping, items: Sequence[Item], stories: Sequence[Story]) -> tuple[Account, ...]:
    """What became of the lines that are in no story."""
    told = {account.line for story in stories for account in story.accounts}
    kinds = {line: item for item in items for line in item.lines}
    found: list[Account] = []
    for line in clipping.lines:
        if line.number in told:
            continue
        item = kinds.get(line.number)
        if item is None:
            found.append(Account(line.number, Use.BLANK))
        else:
            found.append(Account(line.number, _OUTSIDE.get(item.kind, Use.STANDING_HEAD), _why(item)))
    return tuple(found)


_OUTSIDE = {
    Kind.MASTHEAD: Use.MASTHEAD,
    Kind.LAYOUT: Use.DROPPED,
    Kind.DUPLICATE: Use.DUPLICATE,
    Kind.BYLINE: Use.MASTHEAD,
    Kind.CAPTION: Use.CAPTION,
    Kind.CREDIT: Use.CAPTION,
    Kind.JUMP: Use.JUMP,
}


def _why(item: Item) -> str:
    return item.why if item.kind not in (Kind.HEAD, Kind.DASH) else "a standing head or slogan: no text goes with it"


#: A credit of several pictures stands so near them.
_NEAR_PICTURES = 6


@dataclass(slots=True)
class _Drafting:
    """Hands every item of a page to the story it belongs to."""

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
        moved = frozenset(
            self.pieces[n].place for before, n in zip(strand.pieces, strand.pieces[1:], strict=False) if n != before + 1
        )
        beside = (
            deck is not None and not any(deck.last < p.place < places[0] for p in self.pieces) and deck.last < places[0]
        )
        return Draft(deck=deck, body=places, moved=moved, beside=beside)

    def _give_headings(self, drafts: list[Draft]) -> None:
        """Decks that open no story head the part that follows them, wherever that went."""
        for deck in self.decks:
            if deck.points > 0:
                continue
            after = next((p.place for p in self.pieces if p.place > deck.last), None)
            before = next((p.place for p in reversed(self.pieces) if p.place < deck.first), None)
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
        before = next((p.place for p in reversed(self.pieces) if p.place < at), None)
        after = next((p.place for p in self.pieces if p.place > at), None)
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
        before = next((p.place for p in reversed(self.pieces) if p.place < at), None)
        after = next((p.place for p in self.pieces if p.place > at), None)
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
        before = next((p.place for p in reversed(self.pieces) if p.place < at), None)
        after = next((p.place for p in self.pieces if p.place > at), None)
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
