"""A web page is read as a stream: tags in, blocks of text out. Neither depth nor attributes can swell a tree.

The parser calls `_Walker`; what an element says is in web_elements, what a Founder comment says in epaper.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from lxml import etree

from bookmaker.clippings.readers.encodings import UnreadableError, shown
from bookmaker.clippings.readers.epaper import property_facts, property_parts
from bookmaker.clippings.readers.plain import MOST_LINES, too_many_lines
from bookmaker.clippings.readers.web_elements import BLOCKS, SILENT, setting_within
from bookmaker.clippings.readers.web_page import Piece, Setting, WebPage

MOST_TAGS = 300_000  # the longest page met has some 5,000
DEEPEST = 1_000  # libxml2 looks through all open elements at each stray end tag

_NEWLINE_IN_HAN = re.compile("(?<=[\u2e80-\uffff])[ \t]*[\r\n][ \t\r\n\f]*(?=[\u2e80-\uffff])")
_NEW_PARAGRAPH = re.compile("\n[ \t]*(?=\u3000\u3000)")
_WHITE = re.compile("[ \t\r\n\f]+")

_Text = tuple[str, bool]  # and whether it stands out in bold


def walk(text: str) -> WebPage:
    """The blocks of a page, and what it says of itself. Raises `UnreadableError` if it is too deep or too long."""
    if text.count("<") > MOST_TAGS:
        raise UnreadableError(f"the page has more than {MOST_TAGS:,} tags", "save the text of the story as .txt")
    # XML's entities and DTDs mean nothing to the HTML parser, and it opens no file and no address.
    walker = _Walker()
    parser = etree.HTMLParser(
        encoding="utf-8",
        target=cast("etree.ParserTarget[WebPage]", walker),
        huge_tree=True,
        no_network=True,
        remove_pis=True,
    )
    try:
        etree.fromstring(shown(text).encode(), parser)
    except etree.LxmlError as error:
        raise UnreadableError("the web page is damaged", "save it anew, or save its text as .txt") from error
    return walker.page


class _Walker:
    """What the parser calls (`start`, `end`, `data`, `comment`, `close`), and what is open while it does."""

    def __init__(self) -> None:
        self.page = WebPage()
        self._settings = [Setting()]
        self._blocks = ["body"]  # the blocks that are open
        self._texts: list[_Text | None] = []  # of the block; None is a line break
        self._left_out: list[str] = []
        self._in_content = False
        self._owned = False  # a property stood before the content that follows
        self._orphan: int | None = None  # where content began that no property stood before
        self._picture = 0  # the table in which the last picture stood

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        above = self._settings[-1]
        if len(self._settings) > DEEPEST:
            raise UnreadableError(
                f"the elements of the page are nested more than {DEEPEST:,} deep", "save its text as .txt"
            )
        if above.why and (tag == "br" or tag in BLOCKS):
            self._left_out.append(" ")
        setting = above if above.why else setting_within(tag, attributes, above, self.page)
        if _parts_blocks(tag, setting, above):
            self._end_block()
        if tag in BLOCKS:
            self._blocks.append(tag)
        self._note(tag, attributes, setting)
        self._settings.append(setting)

    def end(self, tag: str) -> None:
        if len(self._settings) < 2:
            return
        setting, above = self._settings[-1], self._settings[-2]
        if _parts_blocks(tag, setting, above):
            self._end_block()
        self._settings.pop()
        if tag in BLOCKS:
            self._blocks.pop()
        if setting.why and not above.why:
            self._leave_out(tag, setting)

    def data(self, text: str) -> None:
        setting = self._settings[-1]
        if setting.why:
            self._left_out.append(text)
            return
        if setting.kept_lines:
            self._take_lines(text, setting.stands_out)
        else:
            self._texts.append((text, setting.stands_out))
        room, letters = self.page.rooms[setting.room], len(text.strip())
        room.letters += letters
        room.linked += letters * setting.link
        room.sentences = room.sentences or "。" in text

    def comment(self, text: str) -> None:
        text = text.strip()
        if text.startswith("enpproperty"):
            self._end_block()
            self._read_property(text)
        elif text.startswith(("enpcontent", "/enpcontent")):
            self._end_block()
            self._in_content = text.startswith("enp")

    def close(self) -> WebPage:
        self._end_block()
        for room in reversed(self.page.rooms[1:]):
            self.page.rooms[room.above].takes_in(room)
        return self.page

    def _note(self, tag: str, attributes: Mapping[str, str], setting: Setting) -> None:
        """What the beginning of an element says apart from what holds within it."""
        if tag == "br":
            self._texts.append(None)
        elif tag == "img":
            self._picture = setting.table
        elif tag == "meta":
            name = attributes.get("name") or attributes.get("property") or ""
            self.page.said.say_meta(name, attributes.get("content") or "")
        elif tag == "article":
            self.page.articles += 1
        elif tag in ("h1", "h2"):
            self.page.rooms[setting.room].headed = True
        elif tag == "time" and "datetime" in attributes:
            self.page.said.say("date", attributes["datetime"], 3)

    def _take_lines(self, text: str, bold: bool) -> None:
        """The text of a `<pre>`, in which line ends are breaks."""
        if text.count("\n") > MOST_LINES:
            raise too_many_lines()
        for line in text.split("\n"):
            self._texts += ((line, bold), None)
        self._texts.pop()

    def _read_property(self, text: str) -> None:
        """The fields of an `enpproperty` comment; it stands before the story's text, or after it."""
        page = self.page
        place = len(page.pieces) if self._orphan is None else self._orphan
        self._owned, self._orphan = self._orphan is None, None
        for mark, lines in property_parts(text):
            page.pieces.insert(place, Piece(lines, Setting(mark=mark), mark, article=page.articles, stated=True))
            place += 1
        for field, value, rank in property_facts(text):
            page.said.say(field, value, rank)

    def _end_block(self) -> None:
        """The text since the last block is a block, if there is any."""
        texts, self._texts = self._texts, []
        setting = self._settings[-1]
        if setting.why or all(text is None or text[0].isspace() for text in texts):
            return
        lines = list(_joined(texts))
        if not any(line.strip() for line, _ in lines):  # it held nothing that shows
            return
        setting = replace(setting, content=setting.content or self._in_content)
        if setting.content and not self._owned and self._orphan is None:
            self._orphan = len(self.page.pieces)
        self._keep(lines, setting, tuple(text[0] for text in texts if text))

    def _keep(self, lines: list[_Text], setting: Setting, runs: tuple[str, ...]) -> None:
        level = 0 if setting.mark else setting.level
        piece = Piece([line for line, _ in lines], setting, setting.mark, level, self._blocks[-1], runs=runs)
        if any(bold for _, bold in lines):
            piece.bold = tuple(bold for _, bold in lines)
        piece.article = self.page.articles
        piece.pictured = self._picture > 0 and self._picture == setting.table
        self.page.pieces.append(piece)
        if len(self.page.pieces) > MOST_LINES:
            raise too_many_lines()

    def _leave_out(self, tag: str, setting: Setting) -> None:
        text, self._left_out = " ".join("".join(self._left_out).split()), []
        if tag == "title":
            self.page.window = self.page.window or text[:500]
        if setting.fact == "all":
            self.page.said.say_line(text, 1)
        elif setting.fact:
            self.page.said.say(setting.fact, text, 0)
        if tag in SILENT:
            text = f"<{tag}>"
        if text:
            self.page.dropped[text, setting.why] = None


def _parts_blocks(tag: str, setting: Setting, above: Setting) -> bool:
    return tag in BLOCKS or setting.mark is not above.mark or setting.content is not above.content


def _joined(texts: list[_Text | None]) -> Iterator[_Text]:
    """The lines of a block, white space made one blank, and none where the source wraps between Han."""
    line: list[str] = []
    light = False
    for text in (*texts, None):
        if text is not None:
            line.append(text[0])
            light = light or not (text[1] or text[0].isspace())
            continue
        for whole in _NEW_PARAGRAPH.split(shown("".join(line))):
            clean = _WHITE.sub(" ", _NEWLINE_IN_HAN.sub("", whole)).lstrip(" ").rstrip()
            yield clean, bool(clean) and not light
        line, light = [], False
