"""The pieces of running text of a page, and what their ends say: begun, whole, signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bookmaker.clippings import signs
from bookmaker.clippings.bylines import EDITORS, bylines_of, sign_off
from bookmaker.clippings.items import Item, Kind
from bookmaker.clippings.junctions import Joiner


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
