"""The models of a web page while it is read: its blocks of text, and what holds within the elements around them.

web_walk makes a `WebPage`; web_marks, epaper and web_furniture then write into its pieces what each of them is.
"""

import re
from dataclasses import dataclass, field

from bookmaker.clippings.model import Mark
from bookmaker.clippings.readers.web_masthead import Sayings

_WINDOW_PARTED = re.compile(" ?(?:--+|—+|[_|｜–-]) ?")


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds within an element, and so within those it contains."""

    why: str = ""  # the reason why its text is left out
    mark: Mark | None = None
    level: int = 0
    content: bool = False
    link: bool = False
    bold: bool = False
    kept_lines: bool = False  # of <pre>
    deck: bool = False  # the element directly below .article, where People's Daily has its headline
    fact: str = ""  # the field of the masthead that it holds
    room: int = 0
    table: int = 0

    @property
    def stands_out(self) -> bool:
        """True if its text is bold, and not because it is a link."""
        return self.bold and not self.link


@dataclass(slots=True)
class Room:
    """A list, or what may be a menu: how many letters it has, and how many of them are links."""

    above: int
    tag: str = ""
    letters: int = 0
    linked: int = 0
    is_edge: bool = False
    headed: bool = False
    sentences: bool = False
    why: str = ""

    def takes_in(self, room: "Room") -> None:
        """Count what a room within this one holds as its own."""
        self.letters += room.letters
        self.linked += room.linked
        self.headed |= room.headed
        self.sentences |= room.sentences


@dataclass(slots=True)
class Piece:
    """A block of the page while it is judged; `bold` has a word for each line, if any is.

    `tag` is the element it stands in, and `runs` are its texts as the smaller elements part them.
    """

    lines: list[str]
    setting: Setting
    mark: Mark | None
    level: int = 0
    tag: str = ""
    bold: tuple[bool, ...] = ()
    runs: tuple[str, ...] = ()
    pictured: bool = False
    stated: bool = False  # by an `enpproperty` comment
    article: int = 0
    why: str = ""

    @property
    def text(self) -> str:
        return " ".join(line.strip() for line in self.lines if line.strip())

    @property
    def is_loose(self) -> bool:
        """True if nothing says that it belongs to a story."""
        return not (self.why or self.mark or self.setting.content)


@dataclass(slots=True)
class WebPage:
    """All that the walk finds, in the page's order; a room always stands after the one it is in."""

    pieces: list[Piece] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=lambda: [Room(0)])
    dropped: dict[tuple[str, str], None] = field(default_factory=dict)
    said: Sayings = field(default_factory=Sayings)
    window: str = ""
    articles: int = 0
    tables: int = 0
    of_people: bool = False  # it has the classes of People's Daily

    @property
    def kept(self) -> list[Piece]:
        """The pieces that are text of the paper, as far as is known."""
        return [piece for piece in self.pieces if not piece.why]

    @property
    def window_parts(self) -> list[str]:
        """The parts of the window's name: 题目_版名_报名."""
        return _WINDOW_PARTED.split(self.window)


def words(text: str) -> frozenset[str]:
    """The words of a list, parted by blanks."""
    return frozenset(text.split())
