"""The tag tree of a book (ISO 32000-1 §14.7): its elements in reading order, and what owns each mark of a page.

An element may go on over several sheets of its run. Tags that PDF 1.7 does not know are mapped to those it does.
"""

from dataclasses import dataclass

from bookmaker.makeup.book import Placed
from bookmaker.makeup.model import Area, Element, Mark
from bookmaker.makeup.objects import Objects
from bookmaker.makeup.places import PlaceError
from bookmaker.makeup.trees import name_tree, number_tree
from bookmaker.makeup.values import array, reference, text_string

#: Tags of PDF 2.0 and what each is among those of 1.7 (§14.8.4).
_ROLES = {
    "Aside": "Div",
    "DocumentFragment": "Part",
    "Em": "Span",
    "FENote": "Note",
    "Strong": "Span",
    "Sub": "Span",
    "Title": "P",
}


@dataclass(frozen=True, slots=True)
class PlacedArea:
    """A link area in its place: the number of its annotation, its page of the book, its key in the parent tree."""

    area: Area
    annotation: int
    page: int
    key: int


class StructureTree:
    """Runs are added in reading order; `pages` are the numbers of the page objects, `links` what was found in them."""

    def __init__(self, objects: Objects, pages: range) -> None:
        self.links: list[PlacedArea] = []
        self._objects = objects
        self._pages = pages
        self._root, self._document = objects.numbers(2)
        self._top: list[str] = []
        self._rows: list[tuple[int, str]] = []
        self._link_rows: list[tuple[int, str]] = []
        self._ids: dict[str, str] = {}
        self._referring: list[tuple[int, str, tuple[str, ...]]] = []
        self._tags: set[str] = set()

    def add(self, placed: Placed) -> None:
        """The elements of a run, and the owners of the marks on its sheets."""
        numbers: dict[int, int] = {}
        waiting: list[tuple[Element, int]] = []
        for element in placed.run.elements:
            numbers[id(element)] = self._objects.number()
            self._top.append(reference(numbers[id(element)]))
            waiting.append((element, self._document))
            while waiting:
                self._write(*waiting.pop(), placed.page, numbers, waiting)
        for page, sheet in enumerate(placed.run.sheets, placed.page):
            if sheet.owners:
                self._rows.append((page, array([reference(numbers[id(owner)]) for owner in sheet.owners])))

    def finish(self) -> int:
        """The number of the root; `PlaceError` if an element refers to one that is not in the book."""
        self._write_referring()
        kids = array(self._top)
        self._objects.put(f"<</Type/StructElem/S/Document/P {reference(self._root)}/K{kids}>>", self._document)
        roles = "".join([f"/{tag}/{_ROLES[tag]}" for tag in sorted(self._tags & _ROLES.keys())])
        rows = sorted(self._rows) + self._link_rows
        self._objects.put(
            f"<</Type/StructTreeRoot/K[{reference(self._document)}]"
            f"/ParentTree {reference(number_tree(self._objects, rows))}"
            f"/ParentTreeNextKey {len(self._pages) + len(self.links)}"
            + (f"/IDTree {reference(name_tree(self._objects, self._ids))}" if self._ids else "")
            + (f"/RoleMap<<{roles}>>" if roles else "")
            + ">>",
            self._root,
        )
        return self._root

    def _write(
        self, element: Element, parent: int, first: int, numbers: dict[int, int], waiting: list[tuple[Element, int]]
    ) -> None:
        """One element; those in it get their numbers, and wait."""
        number = numbers[id(element)]
        page, kids, inner = -1, [], []
        for kid in element.kids:
            if isinstance(kid, Mark):
                at = first + kid.sheet
                page = at if page < 0 else page
                kids.append(str(kid.number) if at == page else self._mark(at, kid.number))
            elif isinstance(kid, Element):
                own = numbers[id(kid)] = self._objects.number()
                kids.append(f"{own} 0 R")
                inner.append((kid, number))
            else:
                kids.append(self._link(kid, first + kid.sheet, number))
        waiting.extend(reversed(inner))
        self._tags.add(element.tag)
        where = f"/Pg {self._pages[page]} 0 R" if page >= 0 else ""
        held = f"/K {kids[0]}" if len(kids) == 1 else f"/K{array(kids)}" if kids else ""
        text = f"<</Type/StructElem/S/{element.tag}/P {parent} 0 R{where}{held}{self._more(element, number)}"
        if element.refers_to:
            self._referring.append((number, text, element.refers_to))
        else:
            self._objects.put(text + ">>", number)

    def _mark(self, page: int, number: int) -> str:
        return f"<</Type/MCR/Pg {reference(self._pages[page])}/MCID {number}>>"

    def _link(self, area: Area, page: int, owner: int) -> str:
        """The reference to a link's annotation (§14.7.4.3), which is written by others."""
        link = PlacedArea(area, self._objects.number(), page, len(self._pages) + len(self.links))
        self.links.append(link)
        self._link_rows.append((link.key, reference(owner)))
        return f"<</Type/OBJR/Pg {reference(self._pages[page])}/Obj {reference(link.annotation)}>>"

    def _more(self, element: Element, number: int) -> str:
        """What few elements have."""
        more = f"/A<<{element.attributes}>>" if element.attributes else ""
        if element.alternative:
            more += f"/Alt{text_string(element.alternative)}"
        if element.actual:
            more += f"/ActualText{text_string(element.actual)}"
        if element.language:
            more += f"/Lang{text_string(element.language)}"
        if element.id:
            if element.id in self._ids:
                raise ValueError(f"two elements of the book have the id {element.id!r}")
            self._ids[element.id] = reference(number)
            more += f"/ID{text_string(element.id)}"
        return more

    def _write_referring(self) -> None:
        """`/Ref` is of PDF 2.0 (ISO 32000-2 §14.7.2); a reader of 1.7 passes over it and has the links."""
        missing = {name: None for *_, names in self._referring for name in names if name not in self._ids}
        if missing:
            raise PlaceError(f"no element of the book has the id that others refer to: {', '.join(missing)}")
        for number, text, names in self._referring:
            self._objects.put(f"{text}/Ref{array([self._ids[name] for name in names])}>>", number)
