"""Subsets of fonts: the glyphs a book uses look as before, and nothing else is left of the font."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import uharfbuzz
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from bookmaker.pdf.subset import SubsetError, subset_face
from tests.madefonts import make_cff, make_layered, make_variable
from tests.test_type_case import FACES, FONTS, each

KAI = FONTS / "LXGWWenKai-Regular.ttf"
LATIN = FONTS / "BookmakerSerif-Regular.ttf"
#: How many glyphs of each subset are compared with the font's own.
_SAMPLE = 20
_ALL = 1_000_000


@cache
def face_of(path: Path) -> uharfbuzz.Face:
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))


@cache
def opened(path: Path) -> TTFont:
    return TTFont(path, lazy=True)


def glyphs_of(path: Path, characters: str) -> list[int]:
    return [opened(path).getGlyphID(opened(path).getBestCmap()[ord(character)]) for character in characters]


def subset(path: Path, glyphs: list[int]) -> TTFont:
    return TTFont(io.BytesIO(subset_face(face_of(path), glyphs)))


def outlines(font: TTFont, wanted: list[int]) -> list[list[Any]]:
    """What draws each glyph, the parts of composed ones drawn out, and its advance."""
    glyphs = font.getGlyphSet()
    found = []
    for glyph in (glyphs[font.getGlyphName(number)] for number in wanted):
        pen = DecomposingRecordingPen(glyphs)
        glyph.draw(pen)
        found.append([*pen.value, glyph.width])
    return found


def spread(found: list[int], most: int) -> list[int]:
    """About `most` of a list, from all over it."""
    return found[:: max(1, len(found) // most)]


@each(FACES)
@pytest.mark.parametrize("characters", [200, 1000, 4000, _ALL], ids=["200", "1000", "4000", "all glyphs"])
def test_every_face_can_be_subset_at_any_size(face: dict[str, Any], characters: int) -> None:
    path = FONTS / face["file"]
    font = opened(path)
    if characters == _ALL:
        wanted = list(range(face_of(path).glyph_count))
    else:
        wanted = spread(sorted(map(font.getGlyphID, font.getBestCmap().values())), characters)
    data = subset_face(face_of(path), wanted)
    cut = TTFont(io.BytesIO(data))
    sample = spread(wanted, _SAMPLE)
    assert outlines(cut, sample) == outlines(font, sample)
    assert len(data) < path.stat().st_size


@each(FACES)
def test_a_subset_holds_what_a_pdf_reads_and_no_more(face: dict[str, Any]) -> None:
    tables = set(subset(FONTS / face["file"], [1, 2, 3]).keys()) - {"GlyphOrder"}
    assert tables == {"head", "hhea", "hmtx", "maxp", "glyf", "loca"}


def test_glyphs_that_were_not_asked_for_are_empty() -> None:
    wanted = glyphs_of(KAI, "丁七")
    cut = subset(KAI, wanted)
    drawn = [glyph for glyph, drawing in enumerate(outlines(cut, list(range(cut["maxp"].numGlyphs)))) if drawing[:-1]]
    assert drawn == [0, *sorted(wanted)]


def test_the_sign_for_a_missing_character_keeps_its_outline() -> None:
    (sign,) = outlines(subset(KAI, []), [0])
    assert [sign] == outlines(opened(KAI), [0])
    assert len(sign) > 1


def test_the_parts_of_a_composed_glyph_come_with_it() -> None:
    wanted = glyphs_of(LATIN, "é")
    assert opened(LATIN)["glyf"][opened(LATIN).getGlyphName(wanted[0])].isComposite()
    assert outlines(subset(LATIN, wanted), wanted) == outlines(opened(LATIN), wanted)


def test_the_order_of_glyphs_makes_no_difference() -> None:
    wanted = glyphs_of(KAI, "天地玄黄宇宙洪荒")
    first = subset_face(face_of(KAI), wanted)
    assert subset_face(face_of(KAI), wanted[::-1] * 2) == first
    assert subset_face(uharfbuzz.Face(uharfbuzz.Blob(KAI.read_bytes())), set(wanted)) == first


def test_numbers_that_the_font_lacks_are_passed_over() -> None:
    """WeasyPrint numbers characters that no font has from the font's last glyph on."""
    (glyph,) = glyphs_of(KAI, "天")
    assert subset_face(face_of(KAI), [glyph, 70_000]) == subset_face(face_of(KAI), [glyph])


@pytest.mark.parametrize("data", [b"", b"no font at all", LATIN.read_bytes()[:5000]], ids=["empty", "text", "torn"])
def test_a_broken_font_is_refused(data: bytes) -> None:
    with pytest.raises(SubsetError, match=r"HarfBuzz \d+\.\d+\.\d+ cannot cut a subset out of it"):
        subset_face(uharfbuzz.Face(uharfbuzz.Blob(data)), [1])


@pytest.mark.parametrize("make", [make_variable, make_layered, make_cff])
def test_fonts_of_other_kinds_keep_their_outlines(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "made")
    wanted = glyphs_of(tmp_path / "made", "AC")
    cut = subset(tmp_path / "made", wanted)
    assert outlines(cut, wanted) == outlines(opened(tmp_path / "made"), wanted)


def test_a_variable_font_stays_one(tmp_path: Path) -> None:
    make_variable(tmp_path / "made")
    (glyph,) = glyphs_of(tmp_path / "made", "A")
    cut = subset(tmp_path / "made", [glyph])
    assert cut.getGlyphSet(location={"wght": 900})[cut.getGlyphName(glyph)].width == 1000
