"""Mending WeasyPrint 70's tag tree, so that PDF/UA-1 holds and a screen reader hears a book.

Through the public `finisher` hook; the objects are pydyf's. What it mends (ISO 14289-1 clause):

- running heads and folios are pagination artifacts, not text (7.8);
- a link that holds a <span> or <em> is one annotation in one Link element (7.18.5);
- table heads know their scope (7.5);
- ruby is a base and its reading (7.1);
- lists say how they are numbered, and an item's paragraphs stand in its body (7.6).
"""

from bisect import bisect_left
from typing import Any, TypeAlias

import pydyf

#: pydyf has no types; a reference is b"12 0 R", an object a dictionary.
_Object: TypeAlias = Any


class TagTree:
    """The tag tree of one PDF: every live element in reading order, and its parent."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._root = self._get(pdf.catalog["StructTreeRoot"])
        self._numbers: _Object = self._get(self._root["ParentTree"])["Nums"]
        # pydyf looks through all objects for its pages each time it is asked.
        self._pages: list[_Object] = [self._get(reference) for reference in pdf.page_references]
        self._page_of: dict[bytes, int] = {
            annotation: number for number, page in enumerate(self._pages) for annotation in page.get("Annots", ())
        }
        self._elements: list[_Object] = []
        self._parents: dict[int, int | None] = {}
        for kid in self._root["K"]:
            self._walk(kid, None)

    def mend(self) -> None:
        """All repairs."""
        self._mark_artifacts()
        for element in self._elements:
            if element["S"] != "/Link":
                self._lift_annotations(element)
        for element in list(self._elements):
            self._scope_heads(element)
            self._number_list(element)
            self._wrap_item(element)
            self._name_ruby_base(element)
        self._index_ids()

    def _get(self, reference: _Object) -> _Object:
        return self._pdf.objects[_number(reference)]

    def _walk(self, reference: _Object, parent: int | None) -> None:
        number = _number(reference)
        element = self._pdf.objects[number]
        self._parents[number] = parent
        self._elements.append(element)
        for kid in self._kids(element):
            if kid.get("Type") == "/StructElem":
                self._walk(kid.reference, number)

    def _kids(self, element: _Object) -> list[_Object]:
        """The objects an element holds; marked content (plain numbers) left out."""
        return [self._get(kid) for kid in element.get("K", []) if isinstance(kid, bytes | str)]

    def _mark_artifacts(self) -> None:
        """Marked content whose element hangs in no tree is a margin box: a pagination artifact."""
        owners = {int(self._numbers[i]): self._numbers[i + 1] for i in range(0, len(self._numbers), 2)}
        for page in self._pages:
            row = owners[page["StructParents"]]
            dead = {mark for mark, owner in enumerate(row) if _number(owner) not in self._parents}
            if not dead:
                continue
            operators = self._get(page["Contents"]).stream
            for index, operator in enumerate(operators):
                properties = operators[index - 1]
                if operator == b"BDC" and isinstance(properties, dict) and properties.get("MCID") in dead:
                    operators[index - 2 : index] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
            for mark in dead:
                row[mark] = "null"

    def _lift_annotations(self, element: _Object) -> None:
        """An annotation that WeasyPrint hung on a child of the Link goes up to the Link itself."""
        for kid in [k for k in element.get("K", []) if isinstance(k, bytes | str)]:
            if self._get(kid).get("Type") != "/OBJR":
                continue
            annotation = self._get(self._get(kid)["Obj"])
            link = self._link_around(element)
            if annotation.get("Subtype") != "/Link" or link is None:
                continue
            element["K"].remove(kid)
            place = self._place_of(annotation)
            twin = self._own_annotation(link, annotation)
            if twin is None:
                link["K"].append(kid)
                self._numbers[place + 1] = link.reference
            else:
                twin["Rect"] = _around(twin["Rect"], annotation["Rect"])
                del self._numbers[place : place + 2]
                self._pages[self._page_of[annotation.reference]]["Annots"].remove(annotation.reference)

    def _place_of(self, annotation: _Object) -> int:
        """Where an annotation's number stands in the parent tree, whose keys rise."""
        keys = range(2 * len(self._pages), len(self._numbers), 2)
        at = bisect_left(keys, annotation["StructParent"], key=self._numbers.__getitem__)
        return keys[at]

    def _link_around(self, element: _Object) -> _Object | None:
        parent = self._parents[element.number]
        while parent is not None and self._pdf.objects[parent]["S"] != "/Link":
            parent = self._parents[parent]
        return None if parent is None else self._pdf.objects[parent]

    def _own_annotation(self, link: _Object, other: _Object) -> _Object | None:
        """The annotation the Link already has on the same page and line."""
        for kid in self._kids(link):
            if kid.get("Type") == "/OBJR":
                own = self._get(kid["Obj"])
                same_page = self._page_of[own.reference] == self._page_of[other.reference]
                if same_page and _same_line(own["Rect"], other["Rect"]):
                    return own
        return None

    def _scope_heads(self, element: _Object) -> None:
        rows = {"/THead": "/Column", "/TBody": "/Row", "/Table": "/Row"}
        if element["S"] not in rows:
            return
        for row in self._kids(element):
            if row.get("S") != "/TR":
                continue
            for cell in self._kids(row):
                if cell.get("S") == "/TH":
                    cell.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
                    cell["A"]["Scope"] = rows[element["S"]]

    def _number_list(self, element: _Object) -> None:
        if element["S"] != "/L" or "A" in element:
            return
        labelled = any(kid.get("S") == "/Lbl" for item in self._kids(element) for kid in self._kids(item))
        kind = "/Disc" if labelled else "/None"
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": kind})

    def _wrap_item(self, item: _Object) -> None:
        """Paragraphs in a list item stand in one LBody (a loose Markdown list has them bare)."""
        if item["S"] != "/LI":
            return
        bare = [kid for kid in self._kids(item) if kid.get("S") not in ("/Lbl", "/LBody", None)]
        if not bare:
            return
        body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "P": item.reference})
        self._pdf.add_object(body)
        body["K"] = pydyf.Array([kid.reference for kid in bare])
        moved = {_number(kid.reference) for kid in bare}
        item["K"] = pydyf.Array(
            [kid for kid in item["K"] if not isinstance(kid, bytes | str) or _number(kid) not in moved]
        )
        item["K"].append(body.reference)
        for kid in bare:
            kid["P"] = body.reference

    def _name_ruby_base(self, element: _Object) -> None:
        """A Ruby is an RB and an RT; one that is cut by a line's end leaves an empty one on the next line."""
        if element["S"] != "/Ruby":
            return
        bases = [kid for kid in self._kids(element) if kid["S"] == "/Span"]
        for base in bases:
            base["S"] = "/RB"
        if not bases:
            for empty in (element, *self._kids(element)):
                empty["S"] = "/NonStruct"

    def _index_ids(self) -> None:
        ids = sorted(
            ((element["ID"], element.reference) for element in self._elements if "ID" in element),
            key=lambda pair: pair[0].data,
        )
        if not ids:
            return
        names = pydyf.Array([part for pair in ids for part in pair])
        leaf = pydyf.Dictionary({"Names": names, "Limits": pydyf.Array((ids[0][0], ids[-1][0]))})
        self._pdf.add_object(leaf)
        self._root["IDTree"] = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})


def _number(reference: _Object) -> int:
    return int((reference if isinstance(reference, bytes) else str(reference).encode()).split()[0])


def _around(one: _Object, other: _Object) -> _Object:
    xs = (one[0], other[0], one[2], other[2])
    ys = (one[1], other[1], one[3], other[3])
    return pydyf.Array([min(xs), min(ys), max(xs), max(ys)])


def _same_line(one: _Object, other: _Object) -> bool:
    low, high = sorted((one[1], one[3]))
    other_low, other_high = sorted((other[1], other[3]))
    return bool(low < other_high and other_low < high)
