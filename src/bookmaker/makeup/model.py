"""What pages are made of between the lines and the file: sheets, their tags, and what points where.

A `Run` is a number of sheets made together (a chapter's text, or one section by WeasyPrint). Nothing in it knows at
which page of the book it begins, so that a run is made once and placed wherever the book wants it. All measures are
PDF points (1/72 inch), from the lower left corner of the sheet.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

from bookmaker.composition.laid import LaidLine


@dataclass(frozen=True, slots=True)
class Indirect:
    """An indirect PDF object with what it refers to: a dictionary, and the bytes of a stream if it is one.

    `stream` is as it goes into the file: what the dictionary says of its filter has been done to it; `/Length` is
    added. The same `Indirect` in several places is written once; two that are equal are, too.
    """

    entries: tuple[tuple[str, "Value"], ...]
    stream: bytes | None = None


@dataclass(frozen=True, slots=True)
class Fonts:
    """The book's own font dictionary as a value: `/F<number>` of every face.

    A form, a pattern or a soft mask that shows text has it as `"Font"` of its resources; a sheet has it unasked.
    """


#: A PDF value: a token as it is written ("/DeviceRGB", "12", "(text)"), an array, a dictionary, an indirect object.
#: The keys of dictionaries have no slash. Tokens are Latin-1: one character a byte of the file.
Value: TypeAlias = "str | tuple[Value, ...] | dict[str, Value] | Indirect | Fonts"


@dataclass(frozen=True, slots=True)
class Hole:
    """Where a page's number stands in the content of a sheet: inside the angle brackets of a hexadecimal string.

    `target` is the id whose page is meant, `face` the number of the face that sets its figures, with the features
    they have there; the first may have a gap before it, the last one behind it (`Face.widened`). Where the number is
    not shown but said (`ActualText`), `face` is -1.
    """

    target: str
    face: int
    features: tuple[str, ...] = ()
    before: bool = False
    behind: bool = False


@dataclass(slots=True)
class Mark:
    """One run of marked content: the sheet of the run it is on (from 0), and its number there (MCID)."""

    sheet: int
    number: int


@dataclass(slots=True)
class Area:
    """Where a link is active: a rectangle (left, bottom, right, top), its target (`#id` or an address), its words."""

    sheet: int
    rectangle: tuple[float, float, float, float]
    target: str
    words: str


@dataclass(slots=True)
class Element:
    """A structure element (ISO 32000-1 §14.7.2): its kids in reading order, from more than one sheet if it goes on.

    `attributes` is the inside of its attribute dictionary ("/O/List/ListNumbering/Decimal"). An `id` is written where
    others point at it (notes, heads of tables): no two elements of a book have the same; `refers_to` holds the ids
    that it points at. `language` is a BCP 47 tag where it is not the book's.
    """

    tag: str
    kids: "list[Element | Mark | Area]" = field(default_factory=list)
    attributes: str = ""
    alternative: str = ""
    actual: str = ""
    id: str = ""
    refers_to: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page without its running head and folio, which depend on where in the book it stands.

    `content` is a sequence of operators whose fonts are `/F<number of the face>`; `resources` are by kind
    ("XObject", "ExtGState", "Pattern", "Shading", "ColorSpace") the names it uses beside fonts. `owners` are the
    elements that own its marked content, by MCID. `style` is the name of the page style (`page: body` in CSS).
    `first` and `last` are the first and last value of every named string (CSS GCPM `string-set`) set on it.
    """

    width: float
    height: float
    content: tuple[bytes | Hole, ...]
    owners: tuple[Element, ...]
    style: str
    first: dict[str, str] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    resources: dict[str, dict[str, Value]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that can be pointed at: its id, the sheet of the run, and how high on it."""

    id: str
    sheet: int
    top: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: how deep (from 1), its words, and where it leads."""

    level: int
    title: str
    sheet: int
    top: float


#: What of a face is used: the characters that each glyph stands for, by the face's number. Where two runs name
#: different characters for a glyph ("-" and U+2010), the one that comes first in the book is what is read from it.
Glyphs: TypeAlias = dict[int, dict[int, str]]


@dataclass(frozen=True, slots=True)
class Run:
    """Sheets made together, their elements in reading order, what points where, and what to look at in a check.

    `lines` are the justified lines, their `page` counting the run's own sheets from 1.
    """

    sheets: tuple[Sheet, ...]
    elements: tuple[Element, ...]
    anchors: tuple[Anchor, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    glyphs: Glyphs = field(default_factory=dict)
    lines: tuple[LaidLine, ...] = ()
