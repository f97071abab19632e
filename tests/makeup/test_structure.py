"""The tag tree: in reading order, over pages, and every mark with its owner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookmaker.makeup.book import Book
from bookmaker.makeup.faces import Face
from bookmaker.makeup.file import write_book
from bookmaker.makeup.model import Element, Mark, Run, Sheet
from bookmaker.makeup.places import PlaceError
from tests.gates.poppler import structure_of
from tests.makeup.reading import elements_of, kids_of, page_numbers, tags_of, tree_rows
from tests.makeup.runs import HEIGHT, WIDTH, Maker, bound, faults_of

Written = Callable[[Book], Path]


def opened(book: Book, written: Written) -> pikepdf.Pdf:
    return pikepdf.open(written(book))


def test_a_paragraph_over_two_sheets_is_one_element(maker: Maker, written: Written) -> None:
    paragraph = maker.sheet().put("P")
    maker.line(paragraph, "前一页", 40)
    maker.sheet().line(paragraph, "后一页", 360)
    with opened(bound(maker.run()), written) as pdf:
        assert tags_of(pdf) == ("Document", [("P", [(0, 0), (1, 0)])])


def test_poppler_hears_a_paragraph_over_two_sheets_as_one(maker: Maker, written: Written) -> None:
    paragraph = maker.sheet().put("P")
    maker.line(paragraph, "前一页", 40)
    maker.sheet().line(paragraph, "后一页", 360)
    said = structure_of(written(bound(maker.run())))
    assert said.split() == ["Document", "P", "(block)", '"前一页"', '"后一页"']


def test_kids_stay_in_reading_order_among_marks_and_runs(maker: Maker, written: Written, faces: list[Face]) -> None:
    paragraph, stress = Element("P"), Element("Span")
    maker.sheet().elements.append(paragraph)
    maker.line(paragraph, "前", 300)
    paragraph.kids.append(stress)
    maker.line(stress, "重", 280)
    maker.line(paragraph, "后", 260)
    other = Maker(faces).sheet()
    other.line(other.put("H1"), "章", 300)
    with opened(bound(maker.run(), other.run()), written) as pdf:
        assert tags_of(pdf) == ("Document", [("P", [(0, 0), ("Span", [(0, 1)]), (0, 2)]), ("H1", [(1, 0)])])


def test_an_element_that_holds_nothing_is_written_empty(maker: Maker, written: Written) -> None:
    maker.sheet().put("TR", Element("TD"))
    with opened(bound(maker.run()), written) as pdf:
        assert tags_of(pdf) == ("Document", [("TR", [("TD", [])])])


def test_an_element_says_how_it_is_heard(maker: Maker, written: Written) -> None:
    said = {"alternative": "一座桥", "actual": "甲", "language": "en", "attributes": "/O/Table/ColSpan 2"}
    maker.line(maker.sheet().put("TD", **said), "桥", 300)
    with opened(bound(maker.run()), written) as pdf:
        _, cell = elements_of(pdf)
        assert (str(cell.Alt), str(cell.ActualText), str(cell.Lang)) == ("一座桥", "甲", "en")
        assert (cell.A.O, cell.A.ColSpan) == ("/Table", 2)


def test_ids_lead_to_their_elements_and_notes_point_at_their_calls(maker: Maker, written: Written) -> None:
    maker.sheet()
    for number in range(150):
        call = maker.put("Reference", id=f"call-{number}", refers_to=(f"注-{number}",))
        note = maker.put("Note", id=f"注-{number}", refers_to=(f"call-{number}",))
        maker.line(call, "1", 300)
        maker.line(note, "注", 100)
    with opened(bound(maker.run()), written) as pdf:
        rows = list(tree_rows(pdf.Root.StructTreeRoot.IDTree, "/Names"))
        assert [bytes(name) for name, _ in rows] == sorted(bytes(name) for name, _ in rows)
        ids = {str(name): element for name, element in rows}
        assert len(ids) == 300
        assert all(str(element.ID) == name for name, element in ids.items())
        assert [str(other.ID) for other in ids["注-7"].Ref] == ["call-7"]
        assert [str(other.ID) for other in ids["call-7"].Ref] == ["注-7"]


def test_a_reference_to_no_element_is_an_error(maker: Maker, faces: list[Face]) -> None:
    maker.sheet().put("Reference", refers_to=("lost", "gone"))
    with pytest.raises(PlaceError, match="lost, gone"):
        write_book(bound(maker.run()), faces)


def test_one_id_for_two_elements_is_an_error(maker: Maker, faces: list[Face]) -> None:
    for _ in range(2):
        maker.put("Note", id="note")
    with pytest.raises(ValueError, match="'note'"):
        write_book(bound(maker.sheet().run()), faces)


def test_tags_of_a_later_pdf_are_mapped_to_those_of_this(maker: Maker, written: Written) -> None:
    maker.line(maker.sheet().put("P", Element("Em")), "甲", 300)
    with opened(bound(maker.run()), written) as pdf:
        assert dict(pdf.Root.StructTreeRoot.RoleMap.items()) == {"/Em": "/Span"}


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """A run of some sheets whose marks are shared out among nested elements, some of which own none."""
    sheets = draw(st.lists(st.integers(0, 5), min_size=1, max_size=4))
    elements = [Element("P")]
    inside: list[Element | None] = [None]
    for _ in range(draw(st.integers(0, 8))):
        parent = draw(st.sampled_from([None, *elements]))
        element = Element(draw(st.sampled_from(["P", "Span", "Sect", "TD"])))
        elements.append(element)
        inside.append(parent)
        if parent is not None:
            parent.kids.append(element)
    owners: list[list[Element]] = []
    for number, marks in enumerate(sheets):
        owners.append([])
        for mark in range(marks):
            owner = draw(st.sampled_from(elements))
            owner.kids.insert(draw(st.integers(0, len(owner.kids))), Mark(number, mark))
            owners[-1].append(owner)
    content = [b" ".join(b"/P<</MCID %d>>BDC EMC" % mark for mark in range(marks)) for marks in sheets]
    return Run(
        tuple(Sheet(WIDTH, HEIGHT, (said,), tuple(own), "body") for said, own in zip(content, owners, strict=True)),
        tuple(element for element, parent in zip(elements, inside, strict=True) if parent is None),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(runs(), min_size=1, max_size=3))
def test_every_mark_of_every_page_is_owned_once_and_the_parent_tree_says_by_whom(
    made: list[Run], written: Written
) -> None:
    assert [fault for run in made for fault in faults_of(run)] == []
    with opened(bound(*made), written) as pdf:
        numbers = page_numbers(pdf)
        owned: dict[tuple[int, int], Any] = {}
        for element in elements_of(pdf):
            for kid in kids_of(element):
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    assert kid.P.objgen == element.objgen
                    continue
                is_number = not isinstance(kid, pikepdf.Dictionary)
                place = (element.Pg, kid) if is_number else (kid.Pg, kid.MCID)
                key = numbers[place[0].objgen], int(place[1])
                assert key not in owned
                owned[key] = element.objgen
        rows = {int(key): row for key, row in tree_rows(pdf.Root.StructTreeRoot.ParentTree, "/Nums")}
        said = {
            (page.index, mark): owner.objgen
            for page in pdf.pages
            if "/StructParents" in page
            for mark, owner in enumerate(rows[int(page.StructParents)])
        }
        assert owned == said
        assert len(owned) == sum(len(sheet.owners) for run in made for sheet in run.sheets)
