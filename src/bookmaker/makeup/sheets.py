"""Blocks in their places to sheets: operators, marked content, elements, links, anchors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bookmaker.composition.laid import LaidLine
from bookmaker.composition.paging import Page, Put
from bookmaker.makeup.hands import draw_strokes
from bookmaker.makeup.inline import Span, Tag
from bookmaker.makeup.model import Anchor, Area, Bookmark, Element, Glyphs, Hole, Mark, Run, Sheet, Value
from bookmaker.makeup.parts import Image, Node, Part, Place, Row, Rule, SetSection, Text, lowered, top_of
from bookmaker.makeup.pictures import PictureObject
from bookmaker.makeup.typeline import Shown, TypeLine

_ARTIFACT = "Artifact"
#: Rounding errors, in pt.
_NOTHING = 0.01
#: How high above the baseline the middle of Han characters is, in em.
_MIDDLE = 0.38


@dataclass(frozen=True, slots=True)
class Frame:
    """A page around its type area, in pt: its size, the area's left edge on a recto and on a verso, its top and foot.

    `leading` is the grid's; `note_edge` how far the first note line's top is below the rule above it, `note_rule` that
    rule, drawn as wide as the area.
    """

    width: float
    height: float
    recto: float
    verso: float
    top: float
    area: float
    leading: float
    lines: int
    note_rule: float
    note_colour: str
    note_padding: float

    def left(self, *, recto: bool) -> float:
        """The type area's left edge."""
        return self.recto if recto else self.verso

    @property
    def foot(self) -> float:
        """The type area's lower edge, from the page's lower edge."""
        return self.height - self.top - self.leading * self.lines


@dataclass(slots=True)
class _Content:
    """One page as it is filled."""

    text: list[bytes | Hole] = field(default_factory=list)
    drawn: list[bytes] = field(default_factory=list)
    owners: list[Element] = field(default_factory=list)
    first: dict[str, str] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, Value] = field(default_factory=dict)
    open: "tuple[Any, ...] | None" = None
    colour: str = ""


class SheetMaker:
    """Makes the sheets of one run out of sections that follow each other; the first stands on a recto or not."""

    def __init__(
        self,
        frame: Frame,
        sections: Sequence[SetSection],
        ids: Sequence[tuple[str, ...]],
        shelf: Mapping[str, PictureObject],
    ) -> None:
        self._frame = frame
        self._sections = sections
        self._ids = ids
        self._shelf = shelf
        self._elements: dict[tuple[Any, ...], Element] = {}
        self._roots: list[Element] = []
        self._anchors: list[Anchor] = []
        self._bookmarks: list[Bookmark] = []
        self._lines: list[LaidLine] = []
        self._sheets: list[_Content] = []
        self._page = _Content()
        self._x = 0.0
        self._glyphs: Glyphs = {}
        #: Whether what is painted is a head told again.
        self._said = False

    def make(self, pages: Sequence[Page], glyphs: Glyphs, *, recto: bool) -> Run:
        """The run of these pages; `glyphs` are those the sections use."""
        self._glyphs = glyphs
        numbers = [(s, b) for s, section in enumerate(self._sections) for b in range(len(section.blocks))]
        notes = [(s, n) for s, section in enumerate(self._sections) for n in range(len(section.notes))]
        for number, page in enumerate(pages):
            self._page = _Content()
            self._sheets.append(self._page)
            self._x = self._frame.left(recto=recto == (number % 2 == 0))
            for piece in page.puts:
                self._piece(numbers[piece.block], piece)
            self._close()
            self._notes(page, notes)
            self._close()
        sheets = tuple(self._finished(content) for content in self._sheets)
        return Run(
            sheets, tuple(self._roots), tuple(self._anchors), tuple(self._bookmarks), glyphs, tuple(self._lines)
        )  # fmt: skip

    def _finished(self, content: _Content) -> Sheet:
        text: list[bytes | Hole] = [b"BT\n", *content.text, b"ET\n", *content.drawn]
        resources: dict[str, dict[str, Value]] = {"XObject": content.pictures} if content.pictures else {}
        return Sheet(
            self._frame.width, self._frame.height, _joined(text), tuple(content.owners),
            self._sections[0].page, content.first, content.last, resources,
        )  # fmt: skip

    # ---- pieces

    def _piece(self, where: tuple[int, int], piece: Put) -> None:
        section, number = where
        block = self._sections[section].blocks[number]
        form = block.forms[piece.length]
        rows: list[Row] = [
            *(block.head if piece.head else ()),
            *_part_of(form.rows, piece.first, piece.last, self._frame.leading),
        ]
        shift = block.shift if piece.line and piece.first == 0 else 0.0
        top = self._frame.height - self._frame.top - piece.line * self._frame.leading - shift
        if piece.again:
            # To a reader it has been said.
            self._close()
            self._said = True
            top = self._rows(section, block.again, top)
            self._close()
            self._said = False
        self._rows(section, rows, top)

    def _rows(self, section: int, rows: Sequence[Row], top: float) -> float:
        for row in rows:
            self._row(section, row, top)
            top -= self._frame.leading
        return top

    def _row(self, section: int, row: Row, top: float) -> None:
        for part in row:
            self._part(section, part, top)

    def _part(self, section: int, part: Part, top: float) -> None:
        if isinstance(part, Text):
            self._text(section, part, top - part.down)
        elif isinstance(part, Rule):
            self._rule(part, top)
        elif isinstance(part, Image):
            self._image(section, part, top - part.down)
        else:
            self._place(part, top - part.down)

    def _place(self, place: Place, top: float) -> None:
        sheet = len(self._sheets) - 1
        self._anchors += [Anchor(each, sheet, top) for each in place.ids]
        if place.bookmark is not None:
            self._bookmarks.append(Bookmark(*place.bookmark, sheet, top))
        for name, value in place.strings:
            self._page.first.setdefault(name, value)
            self._page.last[name] = value

    # ---- text

    def _text(self, section: int, part: Text, baseline: float) -> None:
        left = self._x + part.x
        pictures = list(part.line.pictures)
        for shown in part.line.shown:
            while pictures and pictures[0][1] < shown.left:
                self._small_image(section, part.node, *pictures.pop(0), left, baseline)
            self._show(section, part.node, shown, left, baseline)
        for picture in pictures:
            self._small_image(section, part.node, *picture, left, baseline)
        if part.line.strokes:
            self._page.drawn += draw_strokes(part.line.strokes, left, baseline)
        if part.line.text:
            self._lines.append(self._laid(section, part.line))

    def _laid(self, section: int, line: TypeLine) -> LaidLine:
        return LaidLine(
            len(self._sheets), self._ids[section], line.text, line.gap, line.tight, line.justified
        )  # fmt: skip

    def _show(self, section: int, node: int, shown: Shown, left: float, baseline: float) -> None:
        page = self._page
        element = self._opened(section, node, shown.path)
        if shown.colour != page.colour:
            page.text.append(f"{shown.colour}\n".encode())
            page.colour = shown.colour
        page.text.append(f"1 0 0 1 {left + shown.left:.3f} {baseline + shown.rise:.3f} Tm\n".encode())
        page.text += shown.content
        if not self._said:
            self._linked(section, node, shown, left, baseline, element)

    def _linked(
        self, section: int, node: int, shown: Shown, left: float, baseline: float, element: Element | None
    ) -> None:
        """Where a link of the line can be touched, and what in it can be pointed at."""
        for depth, tag in enumerate(shown.path):
            known = (section, node, *(id(each) for each in shown.path[: depth + 1]))
            if tag.id and ("anchor", *known) not in self._elements:
                self._elements["anchor", *known] = Element("")
                self._anchors.append(Anchor(tag.id, len(self._sheets) - 1, baseline + self._frame.leading))
            if tag.target:
                rectangle = (left + shown.left, baseline - 3.0, left + shown.right, baseline + 10.0)
                link = self._elements[known]
                last = link.kids[-2] if len(link.kids) > 1 else None
                if isinstance(last, Area) and last.sheet == len(self._sheets) - 1 and last.rectangle[1] == rectangle[1]:
                    last.rectangle = (*last.rectangle[:2], rectangle[2], rectangle[3])
                else:
                    link.kids.append(Area(len(self._sheets) - 1, rectangle, tag.target, tag.words))

    def _opened(self, section: int, node: int, path: tuple[Tag, ...]) -> Element | None:
        """Marked content of the element goes on, or begins anew."""
        key = (section, node, *map(id, path))
        page = self._page
        if page.open == key:
            return None
        self._close()
        if self._said or any(tag.name == _ARTIFACT for tag in path):
            page.text.append(b"/Artifact BMC\n")
            page.open = key
            return None
        element = self._element(section, node, path)
        element.kids.append(Mark(len(self._sheets) - 1, len(page.owners)))
        page.text.append(f"/{element.tag} <</MCID {len(page.owners)}>> BDC\n".encode())
        page.owners.append(element)
        page.open = key
        return element

    def _close(self) -> None:
        if self._page.open is not None:
            self._page.text.append(b"EMC\n")
            self._page.open = None

    # ---- elements

    def _element(self, section: int, node: int, path: tuple[Tag, ...] = ()) -> Element:
        key = (section, node, *map(id, path))
        known = self._elements.get(key)
        if known is not None:
            return known
        if path:
            parent, tag = self._element(section, node, path[:-1]), path[-1]
            if not tag.name:
                self._elements[key] = parent
                return parent
            made = Element(tag.name, alternative=tag.words if tag.name == "Figure" else "")
            parent.kids.append(made)
        else:
            made = self._of_node(section, self._sections[section].nodes[node])
        self._elements[key] = made
        return made

    def _of_node(self, section: int, node: Node) -> Element:
        made = Element(
            node.tag, attributes=node.attributes, alternative=node.alternative, actual=node.actual, id=node.id
        )  # fmt: skip
        if node.parent < 0:
            self._roots.append(made)
        else:
            self._element(section, node.parent).kids.append(made)
        return made

    # ---- drawing

    def _rule(self, rule: Rule, top: float) -> None:
        (x0, y0), (x1, y1) = rule.start, rule.end
        dots = f"[0 {rule.width * 2:g}] 0 d 1 J " if rule.dotted else ""
        path = f"{self._x + x0:.3f} {top - y0:.3f} m {self._x + x1:.3f} {top - y1:.3f} l S"
        self._page.drawn.append(
            f"/Artifact BMC q {_stroking(rule.colour)} {rule.width:g} w {dots}{path} Q EMC\n".encode()
        )

    def _small_image(
        self, section: int, node: int, span: Span, x: float, width: float, left: float, baseline: float
    ) -> None:
        """A picture in a line: its middle is that of the characters beside it."""
        self._close()
        picture = self._shelf[span.picture]
        height = picture.height * width / picture.width
        middle = baseline + _MIDDLE * span.style.size
        image = Image(span.picture, left - self._x + x, 0.0, width, height, node)
        self._draw(self._element(section, node, span.path), image, middle + height / 2)

    def _image(self, section: int, image: Image, top: float) -> None:
        self._draw(self._element(section, image.node), image, top)

    def _draw(self, element: Element, image: Image, top: float) -> None:
        page = self._page
        name = f"P{len(page.pictures)}"
        picture = self._shelf[image.source]
        page.pictures[name] = picture.shape
        for face, own in picture.glyphs.items():
            self._glyphs.setdefault(face, {}).update(own)
        element.kids.append(Mark(len(self._sheets) - 1, len(page.owners)))
        place = f"{image.width:.3f} 0 0 {image.height:.3f} {self._x + image.x:.3f} {top - image.height:.3f}"
        page.drawn.append(f"/{element.tag} <</MCID {len(page.owners)}>> BDC q {place} cm /{name} Do Q EMC\n".encode())
        page.owners.append(element)

    # ---- notes

    def _notes(self, page: Page, numbers: list[tuple[int, int]]) -> None:
        """Notes stand on the foot of the type area, below their rule."""
        rows: list[tuple[int, Row, float]] = []
        for placed in page.notes:
            section, number = numbers[placed.note]
            note = self._sections[section].notes[number]
            rows += [
                (section, row, note.leading) for row in _part_of(note.rows, placed.first, placed.last, note.leading)
            ]
        if not rows:
            return
        frame = self._frame
        top = frame.foot + sum(leading for *_, leading in rows)
        edge = top + frame.note_padding + frame.note_rule / 2
        line = Rule((0.0, 0.0), (frame.area, 0.0), frame.note_rule, frame.note_colour)
        if frame.note_rule:
            self._rule(line, edge)
        for section, row, leading in rows:
            self._row(section, row, top)
            top -= leading


def _part_of(rows: Sequence[Row], first: int, last: int, leading: float) -> Sequence[Row]:
    """Rows of what is parted; what hangs below its row (the cells of a table) goes where it falls."""
    if first == 0 and last == len(rows):
        return rows
    found: list[list[Part]] = [[] for _ in range(last - first)]
    for at, row in enumerate(rows[:last]):
        for part in row:
            falls = min(at + int(max(top_of(part) - _NOTHING, 0.0) // leading), len(rows) - 1)
            if first <= falls < last:
                to = max(at, first)
                found[to - first].append(part if to == at else lowered(part, (at - to) * leading))
    return [tuple(row) for row in found]


def _stroking(colour: str) -> str:
    return colour.replace("rg", "RG").replace("g", "G") if "rg" not in colour else colour.replace("rg", "RG")


def _joined(content: list[bytes | Hole]) -> tuple[bytes | Hole, ...]:
    """Operators side by side as one."""
    found: list[bytes | Hole] = []
    due: list[bytes] = []
    for part in content:
        if isinstance(part, bytes):
            due.append(part)
        else:
            found += [b"".join(due), part]
            due = []
    return (*found, b"".join(due))
