"""The text of an article after reading: blocks of XHTML, in headed sections, with its notes.

XHTML here is a fragment of EPUB 3 content (XHTML syntax, no namespace prefixes but `epub:`), safe by
construction: the editor's text is escaped, and links and pictures are checked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_TAG = re.compile(r"<[^>]*>")


def plain_text(xhtml: str) -> str:
    """What a reader sees of a fragment, without its marks."""
    return unescape(_TAG.sub("", xhtml))


@dataclass(frozen=True, slots=True)
class Block:
    """One block (paragraph, list, table …) and the lines of the source file it stands on."""

    kind: str
    xhtml: str
    line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number in the article, and its text as XHTML blocks."""

    number: int
    xhtml: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another article, or to a heading of it.

    Its `href` in the text is `article:<slug>` or `article:<slug>#<heading>` until assembling.
    """

    slug: str
    line: int
    heading: str = ""


@dataclass(frozen=True, slots=True)
class HeadedSection:
    """A headed part of an article; the first may have no heading (the lead). `theme` sends it elsewhere."""

    number: int
    heading: str
    plain_heading: str
    theme: str | None
    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Body:
    """What an article says, in reading order; `headings` are the words and ids of its headings."""

    sections: tuple[HeadedSection, ...] = ()
    notes: tuple[Note, ...] = ()
    links: tuple[Link, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()

    def blocks(self) -> Iterator[Block]:
        """Every block of every headed section."""
        for section in self.sections:
            yield from section.blocks
