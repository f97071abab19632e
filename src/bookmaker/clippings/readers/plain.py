"""Text and Markdown files become clippings: every line with its number, the marks of Markdown taken for what they say.

The readers of web pages and Word files lay their blocks out in lines here too.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bookmaker.clippings.model import Clipping, Line, Mark, Masthead
from bookmaker.clippings.readers.encodings import Decoded, UnreadableError, shown

MOST_LINES = 20_000  # a page has some hundreds; more would only fill the memory

#: Space that no newspaper sets on purpose, made the blanks we know: no-break and en spaces, em spaces, tabs.
_BLANKS = str.maketrans({"\t": "    ", "\u00a0": " ", "\u2002": " ", "\u2003": "\u3000"})
_INDENT = re.compile("[ \t]*[\u3000\u00a0\u2002\u2003](?:[ \t]*[\u3000\u00a0\u2002\u2003])+")
_HEADING = re.compile("[ \u3000]{0,3}(#{1,6})(?!#)(.*)")
_MARK_AGAIN = re.compile("^(?:[ \u3000]+#{1,6}(?=[ \u3000]))+")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_LONGEST_GLUED = 40
_IN_SENTENCE = re.compile("[。；;]|[，,：:]$")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()\n]*\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\([^()\s]*\)")
_LEANING = re.compile(r"(?<!\*)\*(?![\s*])([^*]+)(?<!\s)\*(?!\*)")
#: The ASCII punctuation that a backslash may stand before (CommonMark §2.4), each with a stand-in that means nothing.
_ESCAPABLE = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_STAND_INS = {character: chr(0xFDD0 + place) for place, character in enumerate(_ESCAPABLE)}
_BACK = str.maketrans({stand_in: character for character, stand_in in _STAND_INS.items()})

#: Keys of a YAML header that are lines of the page, and those that are its masthead.
_HEADER_MARKS = {"title": Mark.TITLE, "kicker": Mark.KICKER, "subtitle": Mark.SUBTITLE}
_HEADER_KEY = re.compile(r"[ ]*([a-z_]{1,20}):[ ]*(.*)")
_LONGEST_HEADER = 200


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or caption of a web page or Word file: its lines, and what the file says it is."""

    lines: tuple[str, ...]
    mark: Mark | None = None
    level: int = 0


def read_plain(page: Decoded, file: str, markdown: bool) -> Clipping:
    """The clipping of a .txt or .md file. Raises `UnreadableError` if it has more lines than a page can have."""
    dropped = [(f"{page.damaged} characters", "damaged: they could not be read")] if page.damaged else []
    texts = _split(page.text)
    masthead, begin = Masthead(), 0
    lines: list[Line] = []
    if markdown and (end := _header_end(texts)):
        masthead, lines = _read_header(texts[:end], dropped)
        begin = end
    for number, text in enumerate(texts[begin:], start=begin + 1):
        lines.append(_read_marked(number, text, dropped) if markdown else _read_line(number, text))
    return Clipping(file, tuple(lines), masthead, page.encoding, tuple(dropped))


def lay_out(blocks: Iterable[Block]) -> tuple[Line, ...]:
    """The lines of blocks, numbered from 1. A block of one line, or a paragraph in it, is whole; lines parted by a
    line break are not, and a blank line parts them from the next such paragraph."""
    lines: list[Line] = []
    for block in blocks:
        for paragraph in _paragraphs(block.lines):
            whole = len(paragraph) == 1
            if not whole and lines and lines[-1].text and not lines[-1].whole and not block.mark and not block.level:
                lines.append(Line(len(lines) + 1, ""))
            for text in paragraph:
                lines.append(Line(len(lines) + 1, text, block.mark, block.level, whole))
        if len(lines) > MOST_LINES:
            raise too_many_lines()
    return tuple(lines)


def too_many_lines() -> UnreadableError:
    """The refusal of a file that is longer than a page can be."""
    return UnreadableError(f"the file has more than {MOST_LINES:,} lines", "give import the pages one file each")


def _paragraphs(texts: tuple[str, ...]) -> Iterator[list[str]]:
    """The paragraphs within a block: a blank line parts them, and a line that is indented begins a new one."""
    paragraph: list[str] = []
    for text in texts:
        bare = text.translate(_BLANKS).strip()
        if paragraph and (not bare or _INDENT.match(text)):
            yield paragraph
            paragraph = []
        if bare:
            paragraph.append(bare)
    if paragraph or not any(text.strip() for text in texts):
        yield paragraph or [""]


def _split(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if text.count("\n") >= MOST_LINES:
        raise too_many_lines()
    return [line.translate(_BLANKS).rstrip() for line in shown(text).split("\n")]


def _read_line(number: int, text: str) -> Line:
    """A line of a .txt file: `#` at its head and `**` in pairs are marks even there, for people paste Markdown."""
    level, text = _heading(text)
    return Line(number, _without_pairs(text, "**").rstrip(), level=level)


def _read_marked(number: int, text: str, dropped: list[tuple[str, str]]) -> Line:
    if text.lstrip(" ").startswith(">"):
        text = text.lstrip(" >")
    level, text = _heading(_ESCAPE.sub(lambda match: _STAND_INS[match[1]], text))
    mark = Mark.CAPTION if _IMAGE.match(text.strip()) else None
    if mark is None:
        dropped += [(match[1] or match[0], "the text of a picture") for match in _IMAGE.finditer(text)]
    text = _IMAGE.sub(r"\1" if mark else "", text)
    text = _without_pairs(_without_pairs(_LINK.sub(r"\1", text), "**"), "__")
    text = _LEANING.sub(r"\1", text).translate(_BACK).rstrip()
    return Line(number, text.strip() if mark else text, mark if text else None, level)


def _heading(text: str) -> tuple[int, str]:
    """The level of a heading and its text; a mark that stands twice (`# ## 题`) counts once, as it stands first."""
    match = _HEADING.match(text)
    if match is None or not (words := _MARK_AGAIN.sub("", match[2]).strip().rstrip("#").strip()):
        return 0, text
    if not match[2][0].isspace() and not _is_glued_heading(match[1], match[2]):
        return 0, text
    return len(match[1]), words


def _is_glued_heading(marks: str, rest: str) -> bool:
    """Whether words right behind a `#`, against CommonMark §4.2, are a heading that lost its blank.

    `#一事#` and `#一事 #又一事` are topics, `#3` a number, `#define` a program's, and a whole sentence is text.
    """
    words = rest.strip().rstrip("#").strip()
    if "#" in (rest if marks == "#" else words) or not _HAN.search(words):
        return False
    first = words.lstrip("“‘《「『*")[:1]
    is_word = first.isalpha() or (first.isdecimal() and marks != "#")
    return is_word and len(words) <= _LONGEST_GLUED and not _IN_SENTENCE.search(words)


def _without_pairs(text: str, mark: str) -> str:
    """The text without marks that stand in pairs around words; one left over, or a rule of them, stays."""
    if mark not in text or not text.strip(f" {mark}"):
        return text
    first, *others = text.split(mark)
    kept = [first]
    for place, piece in enumerate(others):
        opens = place % 2 == 0
        if opens and (place + 1 == len(others) or not piece):
            return "".join(kept) + mark + mark.join(others[place:])
        kept.append(piece)
    return "".join(kept)


def _header_end(texts: list[str]) -> int:
    """How many lines the YAML header takes, with both its fences; 0 if there is none."""
    if texts[:1] != ["---"]:
        return 0
    ends = (place for place, text in enumerate(texts[1:_LONGEST_HEADER], start=2) if text in ("---", "..."))
    end = next(ends, 0)
    return end if any(_HEADER_KEY.match(text) for text in texts[1:end]) else 0


def _read_header(texts: list[str], dropped: list[tuple[str, str]]) -> tuple[Masthead, list[Line]]:
    lines: list[Line] = []
    said: dict[str, str] = {}
    for number, text in enumerate(texts, start=1):
        match = _HEADER_KEY.match(text)
        key, value = (match[1], match[2].strip().strip("\"'")) if match else ("", "")
        if key in _HEADER_MARKS and value and not text.startswith(" "):
            lines.append(Line(number, value, _HEADER_MARKS[key]))
        else:
            dropped.append((text, "the header of the file"))
            said.setdefault(key, value)
    masthead = Masthead(said.get("publication", ""), _day(said), said.get("page", ""), said.get("section", ""))
    return masthead, lines


def _day(said: dict[str, str]) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(said.get("date", ""))
    except ValueError:
        return None
