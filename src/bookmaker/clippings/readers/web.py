"""Web pages become clippings: e-paper pages by their own marks (Founder, People's Daily), other pages by their tags.

The page is walked through (web_walk, web_elements); then what is no text of the paper is told apart, block by block,
and goes to `dropped` with the reason (epaper, web_furniture).
"""

from bookmaker.clippings.model import Clipping, Mark
from bookmaker.clippings.readers.encodings import Decoded
from bookmaker.clippings.readers.epaper import leave_out_repeats, leave_out_the_rest, mark_deck
from bookmaker.clippings.readers.plain import Block, lay_out
from bookmaker.clippings.readers.web_furniture import leave_out_furniture, leave_out_site_name
from bookmaker.clippings.readers.web_marks import find_bold_headings, find_headline, mark_captions, mark_titles
from bookmaker.clippings.readers.web_page import Piece, WebPage
from bookmaker.clippings.readers.web_walk import walk

#: What is told apart, in this order: what a page marks as its story is believed, the rest must stand each test in turn.
_STEPS = (
    mark_deck,
    mark_captions,
    leave_out_furniture,
    leave_out_the_rest,
    leave_out_site_name,
    leave_out_repeats,
    mark_titles,
    find_headline,
    find_bold_headings,
)


def read_web(page: Decoded, file: str) -> Clipping:
    """The clipping of a web page. Raises `UnreadableError` if it is too deep, too long or no page at all."""
    found = walk(page.text)
    _read_edges(found)
    for step in _STEPS:
        step(found)
    if page.damaged:
        found.dropped[f"{page.damaged} characters", "damaged: they could not be read"] = None
    found.dropped.update(dict.fromkeys((piece.text, piece.why) for piece in found.pieces if piece.why))
    lines = lay_out(Block(_lines(piece), piece.mark, piece.level) for piece in found.kept)
    return Clipping(file, lines, found.said.masthead(), page.encoding, tuple(found.dropped))


def _read_edges(page: WebPage) -> None:
    """What the short lines outside the story and the window's name say of the paper."""
    for piece in page.pieces:
        text = piece.text
        if piece.is_loose and len(text) <= 80 and "。" not in text:
            page.said.say_line(text, 5)
    page.said.say_window(page.window_parts)


def _lines(piece: Piece) -> tuple[str, ...]:
    return (piece.text,) if piece.mark is Mark.CAPTION else tuple(piece.lines)
