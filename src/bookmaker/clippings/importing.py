"""Taking a page apart: the steps from a clipping to its stories, one line a step."""

from collections.abc import Sequence

from bookmaker.clippings.building import story_of
from bookmaker.clippings.costs import Costs
from bookmaker.clippings.decks import Deck
from bookmaker.clippings.drafting import drafts_of
from bookmaker.clippings.heads import decks_of
from bookmaker.clippings.items import Item, Kind
from bookmaker.clippings.junctions import Joiner
from bookmaker.clippings.kinds import items_of
from bookmaker.clippings.kinship import Kinship
from bookmaker.clippings.masthead import read_masthead
from bookmaker.clippings.model import Account, Clipping, Page, Story, Use
from bookmaker.clippings.pieces import Piece, pieces_of
from bookmaker.clippings.strands import strands_of
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
    drafts = drafts_of(items, decks, openers, pieces, strands, kinship)
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
