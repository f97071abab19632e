"""fonts.py: what the files of the type case cover."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from bookmaker.fonts import FontError, coverage, read_type_case

CASE = read_type_case(Path(__file__).resolve().parent.parent / "fonts")


@pytest.mark.parametrize("path", [font.path for font in CASE.fonts], ids=lambda path: path.name)
def test_a_font_covers_what_its_own_table_says(path: Path) -> None:
    with TTFont(path, lazy=True) as font:
        assert coverage(path) == frozenset(font.getBestCmap())


def test_a_file_that_is_no_font_is_refused_and_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    file = tmp_path / "letters.ttf"
    file.write_text("no font", encoding="utf-8")
    with pytest.raises(FontError, match=r"the font letters\.ttf cannot be read"):
        coverage(file)
