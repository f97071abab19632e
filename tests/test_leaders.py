"""Dotted leaders: the dots that WeasyPrint would draw, in a fraction of the file."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageChops

from tests.test_shortcuts import both_ways

STYLE = """
@page { size: 200px 60px; margin: 10px }
html { font: 10px/20px serif }
p { display: flex; margin: 0 }
.leader { flex: 1; border-bottom: 1px dotted #8c8c8c; margin: 0 4px 5px }
"""
LEADERS = "".join(f'<p>{"w" * width}<span class="leader"></span>{width}</p>' for width in (1, 2, 5, 9))


def test_the_dots_stand_where_they_did(tmp_path: Path) -> None:
    both_ways("leaders", tmp_path, STYLE, LEADERS)
    for number in range(2):
        one, other = (_picture(tmp_path / name, number) for name in ("before.pdf", "after.pdf"))
        assert one.getextrema()[0] < 160, "there are no dots to compare"
        # Round is round: an edge that is smoothed otherwise differs by a shade.
        assert ImageChops.difference(one, other).getextrema()[1] < 40


def test_a_leader_is_one_stroke(tmp_path: Path) -> None:
    before, after = both_ways("leaders", tmp_path, STYLE, LEADERS)
    assert after.count(b" c\n") == 0 < before.count(b" c\n")
    assert after.count(b" d\n") == 4


@pytest.mark.parametrize(
    "border",
    [
        "border: 1px dotted",
        "border-bottom: 1px dashed",
        "border-top: 1px dotted",
        "border-bottom: 1px dotted; border-left: 1px solid",
        "border-bottom: 1px dotted; border-radius: 3px",
        "border-bottom: 1px dotted; visibility: hidden",
        "border-bottom: 1px dotted transparent",
    ],
)
def test_other_borders_are_weasyprints(tmp_path: Path, border: str) -> None:
    before, after = both_ways("leaders", tmp_path, f"div {{ {border} }}", "<div>文</div>")
    assert after == before


def _picture(path: Path, number: int):  # type: ignore[no-untyped-def]
    with pypdfium2.PdfDocument(path) as pdf:
        return pdf[number].render(scale=8).to_pil().convert("L")
