"""Runs become a file that other programs read as it was meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from bookmaker.makeup.book import Book, Labels, Placed
from bookmaker.makeup.faces import Face
from bookmaker.makeup.file import write_book
from bookmaker.makeup.kept import Kept
from bookmaker.makeup.model import Element, Fonts, Glyphs, Indirect, Run
from bookmaker.makeup.places import PlaceError
from tests.gates import Finding
from tests.gates.poppler import page_count
from tests.makeup.reading import texts_in_three
from tests.makeup.runs import ABOUT, HEIGHT, WIDTH, Maker, bound, faults_of, shown

Written = Callable[[Book], Path]
SERIF, BOLD = 0, 1


def chapter(maker: Maker) -> Run:
    """Two sheets with all that a file has to hold: a paragraph that goes on, a link, a note, a list, a table."""
    maker.sheet()
    maker.anchor("one", 380)
    maker.bookmark(1, "第一章　项目")
    maker.line(maker.put("H1"), "第一章　项目", 360, BOLD, size=16)
    body = maker.put("Sect")
    paragraph, link, note = Element("P"), Element("Link"), Element("Note", id="note-1", refers_to=("call-1",))
    body.kids += [paragraph, link, note]
    maker.line(paragraph, "2026年5月1日，大桥正式", 340)
    call = Element("Reference", id="call-1", refers_to=("note-1",))
    paragraph.kids.append(call)
    maker.line(call, "1", 344, size=6)
    maker.line(link, "见《人才》，第", 320)
    maker.folio(link, "two", 320)
    maker.link(link, "#two", "见《人才》", 320)
    maker.line(note, "1　𠅤的注，office。", 60, size=8)
    maker.sheet()
    maker.anchor("two", 380)
    maker.line(paragraph, "通车。", 340)
    listed = Element("L", attributes="/O/List/ListNumbering/Decimal")
    body.kids.append(listed)
    for number, text in enumerate(("人才", "创新"), start=1):
        label, words = Element("Lbl"), Element("LBody")
        listed.kids.append(Element("LI", [label, words]))
        maker.line(label, f"{number}.", 300 - 20 * number)
        maker.line(words, text, 300 - 20 * number, x=60)
    head, cell = Element("TH", id="head", attributes="/O/Table/Scope/Column"), Element("TD")
    maker.put("Table", Element("TR", [head]), Element("TR", [cell]))
    maker.line(head, "金额", 200, BOLD)
    maker.line(cell, "35亿元", 180)
    picture = maker.put("Figure", alternative="一座桥", attributes="/O/Layout/Placement/Block")
    maker.line(picture, "桥", 140)
    address = maker.put("P")
    outward = Element("Link")
    address.kids.append(outward)
    maker.line(outward, "example.org", 120)
    maker.link(outward, "https://example.org/书?q=1", "一个网站", 120)
    return maker.run()


@pytest.fixture
def book(maker: Maker, faces: list[Face]) -> Book:
    """The chapter after a cover and before a blank page, with heads."""
    glyphs: Glyphs = {}
    head = b"BT /F0 8 Tf 40 20 Td <%b> Tj ET" % shown(faces[SERIF], "书眉 12", glyphs)
    cover = Maker(faces).sheet()
    cover.line(cover.put("P"), "封面", 300, BOLD, size=40)
    labels = (Labels(0, "D", "C"), Labels(1, "D"))
    made = bound(cover.run(), chapter(maker), pages=4, labels=labels, heads={1: head, 2: head})
    return replace(made, head_glyphs=glyphs)


def test_the_runs_of_these_tests_are_sound(book: Book) -> None:
    assert [fault for placed in book.placed for fault in faults_of(placed.run)] == []


def test_poppler_mupdf_and_pdfium_read_the_same_text(book: Book, written: Written) -> None:
    for texts in texts_in_three(written(book)):
        assert texts[0] == "封面"
        assert "2026年5月1日，大桥正式" in texts[1] and "𠅤的注，office。" in texts[1] and "书眉12" in texts[1]
        assert "35亿元" in texts[2] and "example.org" in texts[2]
        assert texts[3] == ""


def test_pikepdf_opens_it_without_a_warning(book: Book, written: Written) -> None:
    with pikepdf.open(written(book)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.get_warnings() == []


def test_verapdf_finds_nothing_against_pdf_ua_1(
    book: Book, written: Written, verify_pdf: Callable[..., list[Finding]]
) -> None:
    assert verify_pdf(written(book)) == []


def test_the_same_book_gives_the_same_bytes(book: Book, faces: list[Face]) -> None:
    kept = Kept()
    assert write_book(book, faces) == write_book(book, faces, kept) == write_book(book, faces, kept)


def test_another_book_has_another_id(book: Book, faces: list[Face], written: Written) -> None:
    ids = set()
    for title in ("甲", "乙"):
        with pikepdf.open(written(replace(book, about=replace(ABOUT, title=title)))) as pdf:
            ids.add(bytes(pdf.trailer.ID[0]))
    assert len(ids) == 2


def test_a_page_without_a_sheet_is_blank(book: Book, written: Written) -> None:
    path = written(book)
    assert page_count(path) == 4
    with pikepdf.open(path) as pdf:
        assert "/Contents" not in pdf.pages[3]
        assert [float(edge) for edge in pdf.pages[3].mediabox] == [0, 0, WIDTH, HEIGHT]


def test_heads_are_artifacts_in_a_stream_of_their_own(book: Book, written: Written) -> None:
    with pikepdf.open(written(book)) as pdf:
        sheet, head = pdf.pages[1].Contents
        assert head.read_bytes().startswith(b"/Artifact<</Type/Pagination>>BDC\nBT /F0 8 Tf")
        assert b"Artifact" not in sheet.read_bytes()
        assert len(pdf.pages[0].Contents) == 1


def test_what_a_sheet_leaves_set_does_not_reach_the_head(book: Book, written: Written) -> None:
    with pikepdf.open(written(book)) as pdf:
        sheet = pdf.pages[1].Contents[0].read_bytes()
    assert sheet.startswith(b"q\n") and sheet.endswith(b"\nQ")


def test_two_sheets_cannot_be_one_page(book: Book, faces: list[Face]) -> None:
    twice = replace(book, placed=(*book.placed, Placed(book.placed[1].run, 2)))
    with pytest.raises(ValueError, match="page 2 of 4"):
        write_book(twice, faces)


def test_a_link_that_leads_nowhere_is_an_error_with_all_such_places(maker: Maker, faces: list[Face]) -> None:
    link = maker.sheet().put("Link")
    maker.line(link, "见", 300)
    maker.link(link, "#lost", "见", 300)
    maker.folio(link, "gone", 300)
    with pytest.raises(PlaceError, match="lost, gone"):
        write_book(bound(maker.run()), faces)


def test_a_form_is_written_once_and_shows_text_with_the_fonts_of_the_book(maker: Maker, written: Written) -> None:
    entries = (("Type", "/XObject"), ("Subtype", "/Form"), ("BBox", ("0", "0", "100", "100")))
    for _ in range(2):
        operators = b"BT /F0 10 Tf <%b> Tj ET" % shown(maker.faces[SERIF], "图", maker.glyphs)
        form = Indirect((*entries, ("Resources", {"Font": Fonts()})), operators)
        figure = maker.sheet({"XObject": {"x0": form}}).put("Figure", alternative="图")
        maker.line(figure, "一", 300)
        maker.draw(b"/Artifact BMC /x0 Do EMC")
    path = written(bound(maker.run()))
    for texts in texts_in_three(path):
        assert ["图" in text for text in texts] == [True, True]
    with pikepdf.open(path) as pdf:
        assert pdf.pages[0].Resources.XObject.x0.objgen == pdf.pages[1].Resources.XObject.x0.objgen
        assert pdf.pages[0].obj.Resources.objgen == pdf.pages[1].obj.Resources.objgen
        assert pdf.pages[0].Resources.Font.objgen == pdf.pages[0].Resources.XObject.x0.Resources.Font.objgen


def test_the_file_says_what_the_book_is(book: Book, written: Written) -> None:
    with pikepdf.open(written(book)) as pdf:
        assert str(pdf.Root.Lang) == "zh-Hans"
        assert str(pdf.docinfo["/Title"]) == ABOUT.title
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260501000000Z"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == ABOUT.title
            assert metadata["dc:creator"] == ["泰新公司"]
            assert metadata["dc:description"] == "一本很小的书。"
            assert metadata["pdf:Keywords"] == "项目, 人才"
            assert metadata["xmp:CreateDate"] == "2026-05-01T00:00:00Z"
            assert metadata["pdfuaid:part"] == "1"
