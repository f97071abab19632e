"""The faces of a book are in its file, once each, with the right measures, and are read as the text they set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from bookmaker.makeup.book import Book
from bookmaker.makeup.cidfonts import join_glyphs
from bookmaker.makeup.faces import Face
from tests.gates import Finding
from tests.gates.poppler import fonts_of
from tests.makeup.reading import texts_in_three
from tests.makeup.runs import Maker, bound

Written = Callable[[Book], Path]


def set_in(faces: list[Face], number: int, text: str) -> Maker:
    maker = Maker(faces).sheet()
    maker.line(maker.put("P"), text, 300, face=number)
    return maker


def test_a_face_of_two_runs_is_embedded_once(faces: list[Face], written: Written) -> None:
    fonts = fonts_of(written(bound(*(set_in(faces, 0, text).run() for text in ("甲乙", "乙丙")))))
    assert [(font.name, font.embedded, font.subset, font.unicode) for font in fonts] == [
        ("NotoSerifSC-Regular", True, True, True)
    ]


def test_faces_that_set_nothing_are_left_out(faces: list[Face], written: Written) -> None:
    fonts = fonts_of(written(bound(set_in(faces, 12, "Bookmaker").run())))
    assert [font.name for font in fonts] == ["BookmakerSerif-Italic"]


@pytest.mark.parametrize("number", range(14))
def test_every_face_is_read_as_what_it_sets(faces: list[Face], written: Written, number: int) -> None:
    wanted = "項目项 Office, fly! 一二〇㐂，。！「」《》"
    text = "".join(character for character in wanted if ord(character) in faces[number].covers)
    assert len(text) > 9
    for (read,) in texts_in_three(written(bound(set_in(faces, number, text).run()))):
        assert read == "".join(text.split())


def test_a_glyph_without_a_text_is_read_as_what_it_is_by_itself(
    faces: list[Face], written: Written, verify_pdf: Callable[..., list[Finding]]
) -> None:
    letter = faces[10].glyph("x")
    maker = set_in(faces, 10, "x")
    maker.glyphs[10] |= {letter: ""}
    path = written(bound(maker.run()))
    assert [texts[0].strip("\u2060") for texts in texts_in_three(path)] == ["x", "x", "x"]
    assert verify_pdf(path) == []


def test_the_widths_are_those_of_the_font_file(faces: list[Face], written: Written) -> None:
    with pikepdf.open(written(bound(set_in(faces, 10, "Aij一").run()))) as pdf:
        (font,) = pdf.pages[0].Resources.Font["/F10"].DescendantFonts
        rows = list(font.W)
    said = {
        int(first) + at: float(width)
        for first, row in zip(rows[::2], rows[1::2], strict=True)
        for at, width in enumerate(row)
    }
    assert said == {
        glyph: faces[10].width(glyph) * 1000 for glyph in (faces[10].glyph(character) for character in "Aij一")
    }


def test_a_descriptor_tells_what_kind_of_face_it_is(faces: list[Face], written: Written) -> None:
    serif, italic, fixed, symbolic = 2, 64, 1, 4
    runs = [set_in(faces, number, "A").run() for number in (10, 12, 13)]
    with pikepdf.open(written(bound(*runs))) as pdf:
        sheets = [font.DescendantFonts[0].FontDescriptor for _, font in sorted(pdf.pages[0].Resources.Font.items())]
    assert [int(sheet.Flags) for sheet in sheets] == [symbolic | serif, symbolic | serif | italic, symbolic]
    assert [float(sheet.ItalicAngle) for sheet in sheets] == [0, -12, 0]
    assert all(float(sheet.Ascent) > float(sheet.CapHeight) > 600 and float(sheet.Descent) < -200 for sheet in sheets)
    assert not any(int(sheet.Flags) & fixed for sheet in sheets)


def test_of_two_texts_for_a_glyph_the_first_counts_unless_it_is_empty() -> None:
    assert join_glyphs([{0: {7: "-", 8: ""}}, {0: {7: "\u2010", 8: "乙"}, 1: {1: "丙"}}]) == {
        0: {7: "-", 8: "乙"},
        1: {1: "丙"},
    }
