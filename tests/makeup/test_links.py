"""Links lead where they should, references say the number that is printed there, the outline is nested."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from bookmaker.makeup.book import Book, Labels
from bookmaker.makeup.faces import Face
from tests.makeup.reading import elements_of, kids_of, page_numbers, texts_in_three, tree_rows
from tests.makeup.runs import Maker, bound

Written = Callable[[Book], Path]
LABELS = (Labels(0, "D", "C"), Labels(1, "r"), Labels(5, "D"))


@pytest.fixture
def book(faces: list[Face]) -> Book:
    """A cover, contents, three sheets to point at on pages 1, 4 and 11, and a link to an address."""
    first, last = Maker(faces).sheet(), Maker(faces)
    for target in ("cover", "preface", "chapter", "https://example.org/一?a=(b)"):
        link = first.put("Link")
        first.line(link, f"往 {target[:4]}", 300)
        first.link(link, target if ":" in target else f"#{target}", f"往 {target}", 300)
        if ":" not in target:
            first.folio(link, target, 200, face=10)
    first.anchor("cover", 390)
    for _ in range(11):
        last.sheet()
        {4: lambda: last.anchor("preface", 350.5), 10: lambda: last.anchor("chapter", 120)}.get(
            len(last.resources), lambda: None
        )()
    return bound(first.run(), last.run(), labels=LABELS)


def test_the_pages_are_called_what_is_printed_on_them(book: Book, written: Written) -> None:
    with pikepdf.open(written(book)) as pdf:
        assert [page.label for page in pdf.pages] == ["C1", "i", "ii", "iii", "iv", *"1234567"]


def test_a_book_whose_first_pages_have_no_label_is_labelled_all_the_same(maker: Maker, written: Written) -> None:
    for _ in range(3):
        maker.sheet()
    with pikepdf.open(written(bound(maker.run(), labels=(Labels(1, "D"),)))) as pdf:
        assert [page.label for page in pdf.pages] == ["", "1", "2"]


def test_a_reference_says_the_folio_of_its_page(book: Book, written: Written) -> None:
    for texts in texts_in_three(written(book)):
        assert "C1" in texts[0] and "iv" in texts[0] and "6" in texts[0]


def test_a_reference_to_a_page_without_a_number_is_empty(maker: Maker, written: Written) -> None:
    owner = maker.sheet().put("P")
    maker.anchor("here", 300)
    maker.line(owner, "第", 300)
    maker.folio(owner, "here", 300)
    for texts in texts_in_three(written(bound(maker.run(), labels=()))):
        assert texts == ["第"]


def test_links_lead_to_their_page_and_height(book: Book, written: Written) -> None:
    with pikepdf.open(written(book)) as pdf:
        numbers = page_numbers(pdf)
        aims = [link.Dest for link in pdf.pages[0].Annots if "/Dest" in link]
        assert [(numbers[aim[0].objgen], float(aim[3])) for aim in aims] == [(0, 390), (4, 350.5), (10, 120)]
    with pymupdf.open(written(book)) as pdf:
        assert [link.get("page") for link in pdf[0].get_links() if link["kind"] == pymupdf.LINK_GOTO] == [0, 4, 10]


def test_an_address_is_opened_in_ascii(book: Book, written: Written) -> None:
    with pikepdf.open(written(book)) as pdf:
        *_, link = pdf.pages[0].Annots
        assert (link.A.S, str(link.A.URI)) == ("/URI", "https://example.org/%E4%B8%80?a=(b)")


def test_a_link_has_words_and_its_element_holds_it(book: Book, written: Written) -> None:
    with pikepdf.open(written(book)) as pdf:
        rows = {int(key): value for key, value in tree_rows(pdf.Root.StructTreeRoot.ParentTree, "/Nums")}
        elements = {element.objgen: element for element in elements_of(pdf)}
        for link in pdf.pages[0].Annots:
            owner = elements[rows[int(link.StructParent)].objgen]
            held = [kid.Obj.objgen for kid in kids_of(owner) if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
            assert (owner.S, held) == ("/Link", [link.objgen])
            assert str(link.Contents).startswith("往")
        assert pdf.pages[0].Tabs == "/S" and "/Tabs" not in pdf.pages[1]
        assert max(rows) < pdf.Root.StructTreeRoot.ParentTreeNextKey


def test_every_place_has_a_name_for_addresses_from_outside(book: Book, written: Written) -> None:
    with pikepdf.open(written(book)) as pdf:
        numbers = page_numbers(pdf)
        names = {str(name): numbers[aim[0].objgen] for name, aim in tree_rows(pdf.Root.Names.Dests, "/Names")}
    assert names == {"cover": 0, "preface": 4, "chapter": 10}


def test_bookmarks_are_nested_by_their_levels(maker: Maker, faces: list[Face], written: Written) -> None:
    for level, title in ((1, "第一章"), (2, "一文"), (4, "深"), (3, "浅"), (2, "二文")):
        maker.sheet().bookmark(level, title)
    other = Maker(faces).sheet()
    other.bookmark(1, "第二章", 222)
    with pymupdf.open(written(bound(maker.run(), other.run()))) as pdf:
        toc = pdf.get_toc(simple=False)
    assert [row[:3] for row in toc] == [
        [1, "第一章", 1],
        [2, "一文", 2],
        [3, "深", 3],
        [3, "浅", 4],
        [2, "二文", 5],
        [1, "第二章", 6],
    ]
    assert toc[-1][3]["to"].y == 400 - 222
    with pikepdf.open(written(bound(maker.run()))) as pdf:
        assert pdf.Root.Outlines.Count == 5 and pdf.Root.Outlines.First.Count == 4


def test_a_book_without_bookmarks_has_no_outline(maker: Maker, written: Written) -> None:
    with pikepdf.open(written(bound(maker.sheet().run()))) as pdf:
        assert "/Outlines" not in pdf.Root
