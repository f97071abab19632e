"""The models between the steps of an import: a page as read, and the stories that stand on it.

bytes ─ read → Clipping ─ wrap → Passage … ─ part → Story … ─ write → article files
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What the file itself says a line is: a tag of a web page, a style of a Word file. It is believed."""

    KICKER = "kicker"
    TITLE = "title"
    SUBTITLE = "subtitle"
    COLUMN = "column"
    BYLINE = "byline"
    HEADING = "heading"
    CAPTION = "caption"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: `number` counts from 1 in a text file, and a docx's paragraphs or a web page's blocks.

    `level` is the depth of a heading as the file marks it (`#` or `<h1>` is 1), 0 for none; it is a hint only.
    `whole` lines are paragraphs by the file's own word (`<p>`, a paragraph of Word), never wrapped by hand.
    """

    number: int
    text: str
    mark: Mark | None = None
    level: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the page says of itself: the paper, the day, the page's number and name (版次, 版名)."""

    publication: str = ""
    date: datetime.date | None = None
    page: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Clipping:
    """One file as read: its lines in the file's order, blank ones too, and what its own data say of the page.

    `dropped` are lines or parts that the reader left out (scripts, menus of a web page), each with the reason.
    """

    file: str
    lines: tuple[Line, ...]
    masthead: Masthead = Masthead()
    encoding: str = "UTF-8"
    dropped: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """One thing an import decided: which field, what was seen and where, why so, and how sure it is (0 to 1)."""

    field: str
    value: str
    lines: tuple[int, ...]
    why: str
    sure: float

    @property
    def doubtful(self) -> bool:
        """True if an editor should look."""
        return self.sure < DOUBTFUL_BELOW


DOUBTFUL_BELOW = 0.7


class Use(StrEnum):
    """What became of a line of the page."""

    BLANK = "blank"
    TITLE = "title"
    KICKER = "kicker"
    SUBTITLE = "subtitle"
    COLUMN = "column"
    BYLINE = "byline"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    JUMP = "jump"
    STANDING_HEAD = "standing-head"
    MASTHEAD = "masthead"
    DUPLICATE = "duplicate"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one line: its use, and in words why."""

    line: int
    use: Use
    why: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """Who made a story, and as what (记者, 通讯员, 文/摄, 责编); the role is empty where the page shows none."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, mended, and the lines it was made of."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A headed part of a story; the first may have no heading."""

    heading: str
    heading_lines: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """What stood below a picture that the text does not hold, and who took it."""

    text: str
    credit: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One story of a page with all its fields; `lines` are all of the page's that went into it, in order.

    `supplied` titles are ours: the page does not hold the story's own. `continued_from` and `continued_on` are
    pages as the jump lines say them (第1版); `truncated` says that the text breaks off. `continued` are the parts of
    other pages that were joined to it, as they stood; its own `accounts` are of its own page only.
    """

    file: str
    masthead: Masthead
    title: str
    supplied: bool = False
    kicker: str = ""
    subtitle: str = ""
    column: str = ""
    date: datetime.date | None = None
    dateline: str = ""
    bylines: tuple[Name, ...] = ()
    parts: tuple[Part, ...] = ()
    captions: tuple[Caption, ...] = ()
    continued_from: str = ""
    continued_on: str = ""
    truncated: bool = False
    guesses: tuple[Guess, ...] = ()
    accounts: tuple[Account, ...] = ()
    continued: tuple["Story", ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs, in reading order."""
        for part in self.parts:
            yield from part.paragraphs

    @property
    def with_continued(self) -> tuple["Story", ...]:
        """The story, and all that was joined to it, as it stood."""
        return self, *self.continued

    @property
    def is_pictures(self) -> bool:
        """True for a headline with nothing but captions below."""
        return next(self.paragraphs(), None) is None

    @property
    def lines(self) -> tuple[int, ...]:
        return tuple(sorted({account.line for account in self.accounts}))


@dataclass(frozen=True, slots=True)
class Page:
    """A clipping taken apart: its stories in reading order, and what became of the lines outside all of them."""

    clipping: Clipping
    stories: tuple[Story, ...]
    accounts: tuple[Account, ...]
