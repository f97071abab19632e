"""Items: the passages of a page with their kinds: headline, text, byline, caption …"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bookmaker.clippings.model import Mark
from bookmaker.clippings.wrapping import Passage


class Kind(StrEnum):
    """What a passage is."""

    HEAD = "head"  # of a story or of a section: `heads.py` tells
    DASH = "dash"  # a line that begins with ——: a subtitle, or the second half of a section's heading
    BODY = "body"
    BYLINE = "byline"
    CAPTION = "caption"
    CREDIT = "credit"
    COLUMN = "column"
    JUMP = "jump"
    POINTER = "pointer"
    MASTHEAD = "masthead"
    LAYOUT = "layout"
    SLOGAN = "slogan"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Item:
    """A passage with its kind; `text` is mended, `why` says what the kind was seen by, `sure` how sure that is.

    `closes` marks running text that ends without a full stop: a signature, the day below a notice.
    """

    kind: Kind
    text: str
    lines: tuple[int, ...]
    passage: Passage
    why: str = ""
    sure: float = 0.95
    closes: bool = False

    @property
    def level(self) -> int:
        return self.passage.level

    @property
    def mark(self) -> Mark | None:
        return self.passage.mark


#: What may stand between the two halves of a broken sentence.
BETWEEN = frozenset(
    {
        Kind.CAPTION,
        Kind.CREDIT,
        Kind.JUMP,
        Kind.LAYOUT,
        Kind.MASTHEAD,
        Kind.POINTER,
        Kind.COLUMN,
        Kind.SLOGAN,
        Kind.DUPLICATE,
    }
)
#: Why captions of a story that is nothing but pictures are captions.
IN_PICTURE_STORY = "stands between a headline and who took the pictures"


def neighbour(items: Sequence[Item], at: int, step: int, skip: frozenset[Kind] = BETWEEN) -> int | None:
    """The place of the next item that is none of `skip`, or `None`."""
    at += step
    while 0 <= at < len(items) and items[at].kind in skip:
        at += step
    return at if 0 <= at < len(items) else None
