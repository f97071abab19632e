"""WeasyPrint's tag tree as elements of a run.

WeasyPrint tags page by page, every piece of text by itself: what goes on over a page's end is joined here, and text
belongs to the paragraph it is in.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from bookmaker.makeup.harvest import Harvest, token
from bookmaker.makeup.model import Area, Element, Mark
from bookmaker.makeup.values import array, figure, text_string
from bookmaker.pdf.tags import TagTree

#: What says nothing about the text it is around.
_PLAIN = frozenset(("Div", "NonStruct", "Span"))
#: What may hold text itself: a plain element within it that has nothing but text is left out.
_HOLDS_TEXT = frozenset(
    ("Caption", "H1", "H2", "H3", "H4", "H5", "H6", "LBody", "Lbl", "Link", "P", "RB", "RT", "Span", "TD", "TH")
)
#: What is one though it is on two pages. A table that goes on has its heads again, and is two.
_GOES_ON = frozenset(("Art", "BlockQuote", "Div", "L", "LBody", "LI", "NonStruct", "P", "Part", "Sect", "Span"))
#: A CSS pixel in points.
POINT = 0.75


class Tags:
    """The tag tree of a drawn document, mended as for printing: `elements`, and by sheet and MCID their `owners`.

    `heights` are those of the sheets in points, the document's first page being the sheet `first`; `words` says what
    each link annotation is on, by its object's number. Ids begin with `name`, which no other run has.
    """

    def __init__(self, pdf: Any, heights: Sequence[float], first: int, words: Mapping[int, str], name: str) -> None:
        TagTree(pdf).mend()
        self.elements: list[Element] = []
        self.owners: list[dict[int, Element]] = [{} for _ in heights]
        self._harvest = Harvest(pdf)
        self._heights, self._words, self._name = heights, words, name
        self._sheets = {reference: sheet for sheet, reference in enumerate(pdf.page_references, first)}
        #: Which HTML element each was made of, with the element itself, so that no other gets its address.
        self._sources: dict[int, tuple[Element, tuple[Any, str]]] = {}
        self._read(self._harvest.resolve(pdf.catalog["StructTreeRoot"]))

    def _read(self, root: Any) -> None:
        document = self._harvest.resolve(root["K"][0])
        before: list[Element] = []
        for sheet, made in groupby(map(self._harvest.resolve, document["K"]), lambda made: self._sheets[made["Pg"]]):
            here = []
            for element in [self._element(one, sheet) for one in made]:
                begun = next((other for other in before if self._goes_on(other, element)), None)
                if begun is None:
                    self.elements.append(element)
                else:
                    self._join(begun, element)
                here.append(begun or element)
            before = here

    def _element(self, made: Any, sheet: int) -> Element:
        element = Element(made["S"].removeprefix("/"), attributes=self._attributes(made.get("A", {}), sheet))
        if hasattr(made, "source"):
            self._sources[id(element)] = element, made.source
        if "Alt" in made:
            element.alternative = made["Alt"].string
        if "ID" in made:
            element.id = self._id(made["ID"])
        for kid in made.get("K", ()):
            if isinstance(kid, int):
                self._own(element, [Mark(sheet, kid)])
            else:
                self._take(element, self._harvest.resolve(kid), sheet)
        return element

    def _take(self, element: Element, made: Any, sheet: int) -> None:
        """An annotation or element that another holds."""
        if made["Type"] == "/OBJR":
            element.kids.append(self._area(made))
            return
        kid = self._element(made, sheet)
        plain = kid.tag in _PLAIN and not (kid.attributes or kid.alternative or kid.id)
        marks = [mark for mark in kid.kids if isinstance(mark, Mark)]
        if plain and len(marks) == len(kid.kids) and (element.tag in _HOLDS_TEXT or not marks):
            self._own(element, marks)
        else:
            element.kids.append(kid)

    def _own(self, element: Element, marks: list[Mark]) -> None:
        element.kids += marks
        for mark in marks:
            self.owners[mark.sheet][mark.number] = element

    def _area(self, made: Any) -> Area:
        annotation = self._harvest.resolve(made["Obj"])
        x1, y1, x2, y2 = annotation["Rect"]
        target = f"#{annotation['Dest'].string}" if "Dest" in annotation else annotation["A"]["URI"].string
        rectangle = min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
        return Area(self._sheets[made["Pg"]], rectangle, target, self._words[annotation.number])

    def _attributes(self, made: Any, sheet: int) -> str:
        parts = {key: token(value) for key, value in made.items()}
        if "Headers" in made:
            # WeasyPrint 70 names the heads of a table by the numbers of its objects.
            parts["Headers"] = array(text_string(self._id(head)) for head in made["Headers"])
        if "BBox" in made:
            # WeasyPrint 70 gives CSS pixels from the upper edge, not the page's own measures (§14.8.5.4.3).
            left, top, right, bottom = (edge * POINT for edge in made["BBox"])
            height = self._heights[sheet]
            parts["BBox"] = array(map(figure, (left, height - bottom, right, height - top)))
        return "".join(f"/{key} {part}" for key, part in parts.items())

    def _id(self, made: Any) -> str:
        return f"{self._name}.{made.string}"

    def _goes_on(self, begun: Element, element: Element) -> bool:
        """True if both were made of one HTML element, of which a page's end made two."""
        if begun.tag != element.tag or element.tag not in _GOES_ON:
            return False
        one, other = (self._sources.get(id(part)) for part in (begun, element))
        if one is None or other is None:
            # The body that was put around an item's paragraphs has none.
            return element.tag == "LBody" and one is other
        return one[1][0] is other[1][0] and one[1][1] == other[1][1]

    def _join(self, begun: Element, element: Element) -> None:
        """What was begun before the page's end, and what is in it after."""
        last, kids = begun.kids[-1] if begun.kids else None, element.kids
        first = kids[0] if kids else None
        if isinstance(last, Element) and isinstance(first, Element) and self._goes_on(last, first):
            self._join(last, first)
            kids = kids[1:]
        for kid in kids:
            if isinstance(kid, Mark):
                self.owners[kid.sheet][kid.number] = begun
        begun.kids += kids
