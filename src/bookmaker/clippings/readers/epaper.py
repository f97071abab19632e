"""The marks of e-papers: Founder's `enpproperty` comments and `founder-` elements, and the deck of People's Daily.

What they mark as the story is believed, and tells the rest of the page apart from it.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from bookmaker.clippings.model import Mark
from bookmaker.clippings.readers.encodings import shown
from bookmaker.clippings.readers.web_page import Piece, Setting, WebPage

#: Elements and fields of Founder's e-paper, with and without `founder-` before them: parts of the story …
_PARTS = {"introtitle": Mark.KICKER, "title": Mark.TITLE, "subtitle": Mark.SUBTITLE, "author": Mark.BYLINE}
#: … and of the masthead.
_FACTS = {
    "date": "date",
    "nodename": "section",
    "pagename": "section",
    "pagenum": "page",
    "papername": "publication",
    "sourcename": "publication",
}
_DECK_OF_PEOPLE = {1: Mark.TITLE, 2: Mark.SUBTITLE, 3: Mark.KICKER}
_BREAKING = re.compile("<(?:br|/?p)[ /]*>", re.IGNORECASE)
_TAG = re.compile("<[^<>]*>")


def founder_setting(name: str, above: Setting) -> Setting:
    """What holds within an element `<founder-NAME>`."""
    if name == "content":
        return replace(above, content=True)
    if name in _PARTS:
        return replace(above, mark=_PARTS[name], level=0)
    if any(word in name for word in ("desc", "explain", "caption", "imgnote")):
        return replace(above, mark=Mark.CAPTION)
    return replace(above, why="data of the e-paper", fact=_FACTS.get(name, ""))


def property_parts(comment: str) -> Iterator[tuple[Mark, list[str]]]:
    """The parts of the story that an `enpproperty` comment holds, each with its lines."""
    for name, mark in _PARTS.items():
        if lines := _field_lines(comment, name):
            yield mark, lines


def property_facts(comment: str) -> Iterator[tuple[str, str, int]]:
    """What an `enpproperty` comment says of the page: the field of the masthead, its value and its rank."""
    for name, field in _FACTS.items():
        yield field, " ".join(_field_lines(comment, name)), int(name == "sourcename")


def mark_deck(page: WebPage) -> None:
    """In the manner of People's Daily, h3, h1 and h2 right below .article are kicker, title and subtitle."""
    if not page.of_people:
        return
    for piece in page.pieces:
        if piece.setting.deck and piece.is_loose and piece.level in _DECK_OF_PEOPLE:
            piece.mark, piece.level = _DECK_OF_PEOPLE[piece.level], 0


def leave_out_the_rest(page: WebPage) -> None:
    """Where the e-paper marks both headline and text, all that stands outside its marks is furniture."""
    has_text = any(piece.setting.content for piece in page.kept)
    if has_text and any(piece.mark is Mark.TITLE for piece in page.kept):
        for piece in page.kept:
            if piece.is_loose:
                piece.why = "outside the story that the page marks"
    elif not has_text:  # a property after the text, and no mark where that begins: the headline goes first
        page.pieces.sort(key=lambda piece: not piece.stated)


def leave_out_repeats(page: WebPage) -> None:
    """A deck that stands twice before its story (in the property and on the page) counts once."""
    titles = [piece for piece in page.kept if piece.mark is Mark.TITLE]
    publication = page.said.masthead().publication
    seen: set[str] = set()
    for piece in page.kept:
        if piece.setting.content and not (piece.mark or piece.level):
            seen.clear()
            continue
        text = "".join(piece.text.split())
        if text in seen and (titles or _is_deck(piece)):
            piece.why = "the headline a second time"
        elif piece.mark is Mark.TITLE and text == publication and len(titles) > 1:
            piece.why = "the name of the paper"
        elif _is_deck(piece):
            seen.add(text)


def _is_deck(piece: Piece) -> bool:
    return piece.mark in _PARTS.values()


def _field_lines(comment: str, name: str) -> list[str]:
    """The lines of a field: its tags may be escaped, and `<br>` parts a headline."""
    value = _field(comment, f"founder-{name}") or _field(comment, name)
    value = html.unescape(value[:20_000].replace("<![CDATA[", "").replace("]]>", ""))
    lines = (html.unescape(_TAG.sub("", line)) for line in _BREAKING.split(value))
    return [line for line in (" ".join(shown(line).split()) for line in lines) if line]


def _field(comment: str, name: str) -> str:
    """What stands between `<name>` and `</name>`, the first time; searched without going back."""
    begin = comment.find(f"<{name}>")
    end = comment.find(f"</{name}>", begin)
    return comment[begin + len(name) + 2 : end] if 0 <= begin < end else ""
