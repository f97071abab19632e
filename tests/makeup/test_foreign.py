"""Sections by WeasyPrint as runs: the pages they would be in the whole book, with all that points from and to them."""

from __future__ import annotations

import pickle
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2
import pytest

from bookmaker.fonts import TypeCase
from bookmaker.galley import Section
from bookmaker.makeup.foreign import folios_asked_for, print_sections
from bookmaker.makeup.model import Anchor, Area, Element, Fonts, Indirect, Mark, Run, Value
from bookmaker.pdf.engine import PrintError
from tests.gates import Finding
from tests.makeup.everything import book_of_everything
from tests.makeup.reading import elements_of
from tests.makeup.roads import TwoRoads, both_roads, grouped, joined, look_alike, page_picture, texts_of
from tests.makeup.runs import faults_of

Print = Callable[..., Run]
_MCID = re.compile(rb"/MCID (\d+)")
#: A font and the glyphs shown in it; what a program reads instead of glyphs is no glyph.
_SHOWN = re.compile(rb"/ActualText <[^>]*>|/(\S+) [\d.]+ Tf|<([0-9a-f]+)>")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def roads(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> TwoRoads:
    return both_roads(*book_of_everything(tmp_path_factory.mktemp("everything")), cache)


@pytest.fixture
def printed(roads: TwoRoads, cache: Path) -> Print:
    """`printed(id, css="", **more)`: one section as a run, with more style, every page referred to being page 9."""

    def run(name: str, css: str = "", **more: object) -> Run:
        sections = [section_of(roads, name)]
        style = roads.css + css
        folios = dict.fromkeys(folios_asked_for(roads.galley, sections, style), "9")
        options: dict[str, object] = {"folios": folios, **more}
        return print_sections(roads.galley, sections, style, roads.case, cache, **options)  # type: ignore[arg-type]

    return run


def section_of(roads: TwoRoads, name: str) -> Section:
    return next(section for section in roads.galley.sections if section.id == name)


def run_of(roads: TwoRoads, name: str) -> Run:
    """The run in which a section is."""
    return next(run for run, group in zip(roads.runs, grouped(roads.galley), strict=True) if has(group, name))


def has(group: list[Section], name: str) -> bool:
    return name in {section.id for section in group}


def all_elements(elements: object) -> Iterator[Element]:
    for element in elements:  # type: ignore[attr-defined]
        yield element
        yield from all_elements([kid for kid in element.kids if isinstance(kid, Element)])


def areas_of(run: Run) -> list[Area]:
    return [kid for element in all_elements(run.elements) for kid in element.kids if isinstance(kid, Area)]


def text_of(run: Run, case: TypeCase) -> str:
    """The text of a run by itself without its white, as PDFium reads it."""
    return "".join("".join(texts_of(alone(run, case))).split())


def alone(run: Run, case: TypeCase) -> bytes:
    """The file of a run whose links lead somewhere."""
    elsewhere = {area.target[1:] for area in areas_of(run)} - {anchor.id for anchor in run.anchors}
    return joined((replace(run, anchors=(*run.anchors, *(Anchor(name, 0, 0) for name in elsewhere))),), case)


def content_of(run: Run) -> list[bytes]:
    return [b"".join(part for part in sheet.content if isinstance(part, bytes)) for sheet in run.sheets]


# ---- the same pages ----


def test_runs_have_as_many_sheets_as_the_book_has_pages_there(roads: TwoRoads) -> None:
    assert sum(len(run.sheets) for run in roads.runs) == len(roads.proof.folios)
    for group, placed in zip(grouped(roads.galley), roads.placed, strict=True):
        first = next(sheet for sheet, made in enumerate(placed.run.sheets) if made.content)
        assert placed.page + first == roads.pages[group[0].id]


def test_the_same_text_is_read_from_every_page(roads: TwoRoads) -> None:
    assert texts_of(roads.joined) == texts_of(roads.whole)


def test_every_page_looks_the_same(roads: TwoRoads) -> None:
    other = [
        number
        for number in range(len(roads.proof.folios))
        if not look_alike(page_picture(roads.whole, number), page_picture(roads.joined, number))
    ]
    assert other == []


def test_the_lines_of_a_check_are_those_of_the_whole_book(roads: TwoRoads) -> None:
    lines = [replace(line, page=line.page + placed.page) for placed in roads.placed for line in placed.run.lines]
    assert lines == list(roads.proof.lines)


def test_a_blank_page_is_a_sheet_without_content_and_style(roads: TwoRoads) -> None:
    front = roads.runs[0].sheets
    assert [(sheet.style, bool(sheet.content)) for sheet in front] == [
        ("cover", True),
        ("", False),
        ("half-title", True),
        ("", False),
        ("title", True),
        ("title", True),
    ]


def test_content_leaves_the_graphics_state_as_it_was(roads: TwoRoads) -> None:
    for content in chain.from_iterable(map(content_of, roads.runs)):
        operators = content.split()
        assert not content or (operators[0] == b"q" and operators[-1] == b"Q")
        assert operators.count(b"q") == operators.count(b"Q")


def test_the_same_sections_give_the_same_run(printed: Print) -> None:
    assert pickle.dumps(printed("bridge")) == pickle.dumps(printed("bridge"))


# ---- sides, numbers, heads ----


def test_a_left_hand_page_has_the_other_margins(roads: TwoRoads, printed: Print) -> None:
    def left_edge(run: Run) -> float:
        with pypdfium2.PdfDocument(alone(run, roads.case)) as pdf:
            page = pdf[0].get_textpage()
            return min(page.get_rect(index)[0] for index in range(page.count_rects()))

    page = roads.galley.layout.page
    moved = left_edge(printed("bridge", recto=True)) - left_edge(printed("bridge", recto=False))
    assert moved == pytest.approx((page.back - page.fore) * 72 / 25.4, abs=0.01)


def test_a_section_that_asks_for_the_other_side_has_a_blank_sheet_before_it(printed: Print) -> None:
    there, blank = printed("chapter-1", recto=True), printed("chapter-1", recto=False)
    assert [bool(sheet.content) for sheet in blank.sheets] == [False, *(bool(sheet.content) for sheet in there.sheets)]
    assert [sheet.content for sheet in blank.sheets[1:]] == [sheet.content for sheet in there.sheets]
    assert {anchor.sheet for anchor in blank.anchors} == {anchor.sheet + 1 for anchor in there.anchors}
    assert {line.page for line in blank.lines} == {line.page + 1 for line in there.lines}
    assert list(faults_of(blank)) == []


@pytest.mark.parametrize(("recto", "number"), [(True, "41"), (False, "42")])
def test_a_page_number_in_the_text_counts_from_where_the_run_begins(
    roads: TwoRoads, printed: Print, recto: bool, number: str
) -> None:
    run = printed("chapter-2", ".number::after { content: '在' counter(page) }", recto=recto, number=41)
    assert f"在{number}" in text_of(run, roads.case)


def test_running_heads_and_folios_are_left_out_whatever_the_style_says(printed: Print) -> None:
    heads = "@page { @bottom-center { content: 'X' counter(page) !important } @left-middle { content: 'Y' } }"
    assert content_of(printed("bridge", heads)) == content_of(printed("bridge"))


def test_the_first_page_of_a_run_is_not_the_first_of_the_book(printed: Print) -> None:
    wider = "@page :first { margin-left: 50mm }"
    assert content_of(printed("bridge", wider)) == content_of(printed("bridge"))
    half_title = "@page cover:first { size: 100mm 100mm }"
    assert printed("cover", half_title).sheets[0].width == pytest.approx(100 * 72 / 25.4)


def test_sheets_know_what_their_running_heads_may_say(roads: TwoRoads, printed: Print) -> None:
    run = run_of(roads, "bridge")
    assert [sheet.first.get("running-head") for sheet in run.sheets[:3]] == ["", "桥通车了", None]
    items = [
        sheet for sheet in printed("bridge", "li { string-set: item content(text) }").sheets if "item" in sheet.first
    ]
    assert [(sheet.first["item"][:2], sheet.last["item"][:2]) for sheet in items] == [("今年", "从太")]


# ---- page numbers ----


def test_only_pages_whose_numbers_are_printed_are_asked_for(roads: TwoRoads) -> None:
    def asked(name: str) -> tuple[str, ...]:
        return folios_asked_for(roads.galley, [section_of(roads, name)], roads.css)

    assert asked("chapter-1") == ("bridge",)
    assert asked("bridge") == ("bridge-s2",)  # not the article and the heading that it links to
    assert asked("contents") == (
        "chapter-1",
        "bridge",
        "chapter-2",
        "bridge-s2",
        "market",
        "chronology",
        "sources",
        "colophon",
    )
    assert asked("imprint") == ()


def test_a_page_number_is_printed_as_it_is_given(roads: TwoRoads, printed: Print) -> None:
    run = printed("chapter-1", folios={"bridge": "xvii"})
    assert "第xvii页" in text_of(run, roads.case)


def test_a_page_number_that_is_not_given_is_an_error(printed: Print) -> None:
    with pytest.raises(PrintError, match="bridge-s2"):
        printed("bridge", folios={"market": "3"})


# ---- tags ----


def test_every_mark_has_its_owner_in_the_tree(roads: TwoRoads) -> None:
    for run in roads.runs:
        assert list(faults_of(run)) == []
        for sheet, content in zip(run.sheets, content_of(run), strict=True):
            assert [int(number) for number in _MCID.findall(content)] == list(range(len(sheet.owners)))


def test_a_paragraph_that_goes_on_over_the_page_is_one(roads: TwoRoads) -> None:
    paragraphs = [element for element in all_elements(run_of(roads, "market").elements) if element.tag == "P"]
    sheets = [{kid.sheet for kid in paragraph.kids if isinstance(kid, Mark)} for paragraph in paragraphs]
    assert any(len(own) > 1 for own in sheets)
    sections = [element for element in run_of(roads, "market").elements if element.tag == "Sect"]
    assert len(sections) == 3  # the opener and its two articles


def test_text_belongs_to_its_paragraph_itself(roads: TwoRoads) -> None:
    elements = all_elements(run_of(roads, "bridge").elements)
    kids = [kid for element in elements if element.tag == "P" for kid in element.kids if isinstance(kid, Element)]
    assert kids
    assert not [
        kid for kid in kids if kid.tag == "Span" and not kid.attributes and all(isinstance(k, Mark) for k in kid.kids)
    ]


def test_lists_tables_and_pictures_say_what_they_are(roads: TwoRoads) -> None:
    found = {}
    for element in all_elements(run_of(roads, "bridge").elements):
        found.setdefault(element.tag, element)
    assert {
        "H1",
        "H2",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "Figure",
        "Caption",
        "Ruby",
        "RB",
        "RT",
    } <= set(found)
    assert found["Figure"].alternative == "一块半透明的颜色"
    assert "/Scope /Column" in found["TH"].attributes
    assert "/O /List" in found["L"].attributes


def test_a_picture_says_where_on_the_page_it_is(roads: TwoRoads) -> None:
    height = roads.galley.layout.page.trim[1] * 72 / 25.4
    (figure, *_) = [element for element in all_elements(run_of(roads, "bridge").elements) if element.tag == "Figure"]
    box = [float(edge) for edge in re.search(r"\[([^\]]+)\]", figure.attributes)[1].split()]  # type: ignore[index]
    assert box[2] - box[0] == pytest.approx(90)  # 120 px
    assert box[3] - box[1] == pytest.approx(45)
    assert 0 < box[1] < box[3] < height


def test_the_heads_of_tables_have_ids_of_their_own_in_the_whole_book(roads: TwoRoads, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(roads.joined)
    with pikepdf.open(path) as pdf:
        elements = list(elements_of(pdf))
        ids = [str(element.ID) for element in elements if "/ID" in element]
        heads = [str(head) for element in elements if element.S == "/TD" for head in element.A.get("/Headers", [])]
    assert len(ids) == len(set(ids)) == 5
    assert set(heads) <= set(ids)
    assert heads


def test_the_file_is_pdf_ua(roads: TwoRoads, tmp_path: Path, verify_pdf: Callable[..., list[Finding]]) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(roads.joined)
    assert verify_pdf(path) == []


# ---- links, places, outline ----


def test_links_lead_where_they_did(roads: TwoRoads) -> None:
    assert links_of(roads.joined) == links_of(roads.whole)
    assert "https://example.org/%E4%B8%80" in {area.target for run in roads.runs for area in areas_of(run)}


def links_of(data: bytes) -> list[tuple[int, int, str, list[int]]]:
    """Of every link its page, the page it leads to or its address, and the edges of its place in points."""
    with pymupdf.open(stream=data) as pdf:
        found = [(page.number, link) for page in pdf for link in page.get_links()]
    return sorted(
        (number, link.get("page", -1), link.get("uri", ""), [round(edge, 1) for edge in link["from"]])
        for number, link in found
    )


def test_links_say_what_they_stand_on(roads: TwoRoads) -> None:
    words = {area.target: area.words for area in areas_of(run_of(roads, "bridge"))}
    assert words["#market"] == "《集市》"
    assert words["https://example.org/%E4%B8%80"] == "网站"


def test_every_id_of_a_section_can_be_pointed_at(roads: TwoRoads) -> None:
    places = {
        anchor.id: placed.page + anchor.sheet for placed in reversed(roads.placed) for anchor in placed.run.anchors
    }
    assert places == roads.pages


def test_the_outline_is_that_of_the_whole_book(roads: TwoRoads) -> None:
    assert outline_of(roads.joined) == outline_of(roads.whole)


def outline_of(data: bytes) -> list[tuple[int, str, int]]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]


# ---- faces and resources ----


def test_every_glyph_shown_is_among_those_used(roads: TwoRoads) -> None:
    for run in roads.runs:
        shown: dict[int, set[int]] = {}
        for content in [*content_of(run), *forms_of(run)]:
            for face, glyph in glyphs_in(content):
                shown.setdefault(face, set()).add(glyph)
        assert shown == {face: set(texts) for face, texts in run.glyphs.items()}
        assert all(text for texts in run.glyphs.values() for text in texts.values())


def glyphs_in(content: bytes) -> Iterator[tuple[int, int]]:
    face = -1
    for found in _SHOWN.finditer(content):
        if found[1]:
            face = int(found[1].removeprefix(b"F"))
        elif found[2]:
            for at in range(0, len(found[2]), 4):
                yield face, int(found[2][at : at + 4], 16)


def forms_of(run: Run) -> Iterator[bytes]:
    """The streams of all forms and patterns that the sheets of a run use."""
    for value in values_in([sheet.resources for sheet in run.sheets]):
        entries = dict(value.entries)
        if entries.get("Subtype") == "/Form" or entries.get("Type") == "/Pattern":
            yield zlib.decompress(value.stream or b"")


def values_in(value: object) -> Iterator[Indirect]:
    if isinstance(value, Indirect):
        yield value
        yield from values_in(dict(value.entries))
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(values_in, value.values()))
    elif isinstance(value, tuple | list):
        yield from chain.from_iterable(map(values_in, value))


def test_a_form_with_text_has_the_fonts_of_the_book(roads: TwoRoads) -> None:
    forms = [dict(value.entries) for run in roads.runs for value in values_in([s.resources for s in run.sheets])]
    resources: list[Value] = [form["Resources"] for form in forms if form.get("Subtype") == "/Form"]
    assert [type(own["Font"]) for own in resources if isinstance(own, dict) and "Font" in own] == [Fonts]


def test_a_sheet_has_only_the_resources_it_names(roads: TwoRoads) -> None:
    for run in roads.runs:
        for sheet, content in zip(run.sheets, content_of(run), strict=True):
            for names in sheet.resources.values():
                assert all(b"/" + name.encode() in content for name in names)
    kinds = {kind for run in roads.runs for sheet in run.sheets for kind in sheet.resources}
    assert kinds == {"ExtGState", "XObject", "Pattern"}


def test_a_font_outside_the_type_case_is_an_error(roads: TwoRoads, cache: Path) -> None:
    case = replace(roads.case, fonts=roads.case.fonts[1:])
    with pytest.raises(PrintError, match="Noto Serif SC"):
        print_sections(roads.galley, [section_of(roads, "market")], roads.css, case, cache, folios={})


def test_what_weasyprint_cannot_do_is_an_error_each_time(printed: Print) -> None:
    for _ in range(2):
        with pytest.raises(PrintError, match="grid-flow"):
            printed("bridge", "p { grid-flow: dense }")
