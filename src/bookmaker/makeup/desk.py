"""Where a section is set: what lists, tables and figures ask for (styles, faces, pictures), and where they go."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from math import inf
from typing import Any, Protocol, TypeAlias

from bookmaker.makeup.gridding import Around, Grid, Unit
from bookmaker.makeup.inline import InlineReader, Span
from bookmaker.makeup.model import Glyphs
from bookmaker.makeup.parts import Form, Place
from bookmaker.makeup.pictures import PictureObject
from bookmaker.makeup.styles import Style, Styled
from bookmaker.makeup.typeline import TypeLine
from bookmaker.makeup.words import Compositor, Words

#: What hangs before the first line of an item or a note: its structure element, its line, and its left edge in pt.
Label: TypeAlias = tuple[int, TypeLine, float]
#: One way to set a paragraph: what it costs over the best, and its lines with their left edges in pt.
Lines: TypeAlias = tuple[float, list[tuple[TypeLine, float]]]

#: Elements that are blocks of their own wherever they stand.
BLOCK_TAGS = frozenset(("p", "ul", "ol", "blockquote", "pre", "table", "figure", "hr", "div"))


class Desk(Protocol):
    """One section as it is set (`blocks.py`). `places` are what the next row will be pointed at for."""

    inline: InlineReader
    glyphs: Glyphs
    units: list[Unit]
    places: list[Place]
    grid: Grid
    in_note: bool

    @property
    def styles(self) -> Mapping[Any, Styled]:
        """The styles of the section's elements."""

    @property
    def compositor(self) -> Compositor:
        """What sets words."""

    @property
    def pictures(self) -> Mapping[str, PictureObject]:
        """The pictures of the book, by their source."""

    @property
    def leading(self) -> float:
        """What lines are high at most, in pt: in a note, as its own."""

    # ---- structure

    def node(self, tag: str, parent: int, **more: str) -> int:
        """A new structure element; its number."""

    def styled(self, element: Any) -> Styled:
        """An element's styles; `ForeignError` for what is not done here."""

    def style(self, element: Any) -> Style:
        """An element's own style."""

    def place(self, element: Any, style: Style) -> None:
        """Remember what points at the element until the next row is made."""

    def take_places(self) -> tuple[Place, ...]:
        """What has been remembered."""

    # ---- flow

    def child(self, child: Any, around: Around) -> None:
        """Set a block element."""

    def paragraph(self, element: Any, style: Style, around: Around, tag: str, label: Label | None = None) -> None:
        """Set a block of text."""

    def surround(self, begin: int, style: Style) -> None:
        """Give the units from `begin` on what their container says of spaces and breaks."""

    def indented(self, style: Style, around: Around) -> Around:
        """The room inside a box's margins and padding."""

    def unit(self, style: Style, forms: list[Form]) -> Unit:
        """Rows as a unit, with the spaces and breaks of a style."""

    def apart(self, grid: Grid, place: Place) -> AbstractContextManager[list[Unit]]:
        """What is set inside goes to a list of its own, as the text of a note."""

    # ---- lines

    def forms(
        self, groups: Sequence[list[Span]], style: Style, around: Around, node: int, label: Label | None = None
    ) -> list[Form] | None:
        """The lengths of a paragraph as rows: the best first; `None` where there is nothing to set."""

    def lengths(self, spans: list[Span], style: Style, width: float) -> list[Lines]:
        """The paragraph as it is best set, then a line longer or shorter."""

    def words(self, spans: list[Span], style: Style, width: float = inf) -> Words:
        """Spans shaped; pictures among them are no higher than a line and no wider than `width` (pt)."""

    def baseline(self, style: Style) -> float:
        """How far below a line's top its baseline is, in pt."""

    def own_baseline(self, style: Style) -> float:
        """The same, off the grid."""

    # ---- notes

    @property
    def met(self) -> int:
        """How many notes have been called so far."""

    def calls(self, lines: Sequence[TypeLine], met: int) -> tuple[tuple[int, int], ...]:
        """(line, note) where a note is called first; those below `met` were called before these lines."""
