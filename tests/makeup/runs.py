"""Small runs made by hand, and what must be true of every run, whoever made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from bookmaker.makeup.book import About, Book, Labels, Placed
from bookmaker.makeup.faces import Face
from bookmaker.makeup.model import Anchor, Area, Bookmark, Element, Glyphs, Hole, Mark, Run, Sheet, Value

WIDTH, HEIGHT = 300.0, 400.0
ABOUT = About("书：试", "zh-Hans", date(2026, 5, 1), "Bookmaker", ("泰新公司",), "一本很小的书。", ("项目", "人才"))


class Maker:
    """A run as it grows, sheet by sheet, line by line."""

    def __init__(self, faces: Sequence[Face]) -> None:
        self.faces = faces
        self.glyphs: Glyphs = {}
        self.elements: list[Element] = []
        self.anchors: list[Anchor] = []
        self.bookmarks: list[Bookmark] = []
        self.resources: list[dict[str, dict[str, Value]]] = []
        self._contents: list[list[bytes | Hole]] = []
        self._owners: list[list[Element]] = []

    def sheet(self, resources: dict[str, dict[str, Value]] | None = None) -> Maker:
        """What follows is on a new sheet."""
        self._contents.append([])
        self._owners.append([])
        self.resources.append(resources or {})
        return self

    def put(self, tag: str, *kids: Element, **more: object) -> Element:
        """An element on the highest level."""
        element = Element(tag, list(kids), **more)  # type: ignore[arg-type]
        self.elements.append(element)
        return element

    def line(self, owner: Element, text: str, y: float, face: int = 0, x: float = 40, size: float = 10) -> None:
        """A line of text that belongs to an element."""
        self._begin(owner)
        self._add(b"BT /F%d %.1f Tf %.1f %.1f Td <%b> Tj ET EMC\n" % (face, size, x, y, self._shaped(text, face)))

    def folio(self, owner: Element, target: str, y: float, face: int = 0) -> None:
        """The number of a page, which is not known yet."""
        self._begin(owner)
        self._add(b"BT /F%d 10 Tf 240 %.1f Td <" % (face, y))
        self._contents[-1].append(Hole(target, face))
        self._add(b"> Tj ET EMC\n")

    def link(self, owner: Element, target: str, words: str, y: float) -> None:
        """A place on the sheet that leads to another."""
        owner.kids.append(Area(len(self._contents) - 1, (40, y - 2, 260, y + 10), target, words))

    def draw(self, operators: bytes) -> None:
        self._add(operators)

    def anchor(self, place: str, top: float) -> None:
        self.anchors.append(Anchor(place, len(self._contents) - 1, top))

    def bookmark(self, level: int, title: str, top: float = 380) -> None:
        self.bookmarks.append(Bookmark(level, title, len(self._contents) - 1, top))

    def run(self) -> Run:
        sheets = tuple(
            Sheet(WIDTH, HEIGHT, tuple(content), tuple(owners), "body", resources=resources)
            for content, owners, resources in zip(self._contents, self._owners, self.resources, strict=True)
        )
        return Run(sheets, tuple(self.elements), tuple(self.anchors), tuple(self.bookmarks), self.glyphs)

    def _begin(self, owner: Element) -> None:
        number = len(self._owners[-1])
        self._owners[-1].append(owner)
        owner.kids.append(Mark(len(self._contents) - 1, number))
        self._add(b"/%b <</MCID %d>> BDC " % (owner.tag.encode(), number))

    def _shaped(self, text: str, face: int) -> bytes:
        return shown(self.faces[face], text, self.glyphs)

    def _add(self, operators: bytes) -> None:
        self._contents[-1].append(operators)


def shown(face: Face, text: str, glyphs: Glyphs) -> bytes:
    """The glyphs of a text as they are shown, added to those that are used."""
    clusters = face.clusters(text)
    for cluster in clusters:
        glyphs.setdefault(face.number, {}).setdefault(int(cluster.glyphs, 16), cluster.text)
    return "".join(cluster.glyphs for cluster in clusters).encode()


def bound(*runs: Run, pages: int = 0, labels: tuple[Labels, ...] = (), heads: dict[int, bytes] | None = None) -> Book:
    """A book of runs, one after the other; of more pages than they take if asked for."""
    placed, page = [], 0
    for run in runs:
        placed.append(Placed(run, page))
        page += len(run.sheets)
    rows = tuple((heads or {}).get(number, b"") for number in range(max(pages, page)))
    return Book(ABOUT, tuple(placed), rows, {}, labels, (WIDTH, HEIGHT))


def faults_of(run: Run) -> Iterator[str]:
    """What a file cannot be made of: marks that belong to no element, to two, or to another than the sheet says."""
    elements = list(_all(run.elements))
    owned = Counter((kid.sheet, kid.number) for element in elements for kid in element.kids if isinstance(kid, Mark))
    yield from (
        f"mark {number} of sheet {sheet} is {times} times in the tree"
        for (sheet, number), times in owned.items()
        if times > 1
    )
    by_sheet = {(s, n): owner for s, sheet in enumerate(run.sheets) for n, owner in enumerate(sheet.owners)}
    yield from (f"mark {number} of sheet {sheet} is in no element" for sheet, number in by_sheet.keys() - owned.keys())
    for element in elements:
        for kid in element.kids:
            if isinstance(kid, Mark) and by_sheet.get((kid.sheet, kid.number)) is not element:
                yield f"mark {kid.number} of sheet {kid.sheet} is not its {element.tag}'s by the sheet"
    sheets = range(len(run.sheets))
    places = [*run.anchors, *run.bookmarks, *(kid for e in elements for kid in e.kids if isinstance(kid, Area))]
    yield from (f"{place} is on no sheet" for place in places if place.sheet not in sheets)


def _all(elements: Sequence[Element]) -> Iterator[Element]:
    for element in elements:
        yield element
        yield from _all([kid for kid in element.kids if isinstance(kid, Element)])
