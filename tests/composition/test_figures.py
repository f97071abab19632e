"""Figures give way: one a little too high for its page is set smaller, one much too high goes to the next whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bookmaker.fonts import read_type_case
from bookmaker.pdf.engine import render

CASE = read_type_case(Path(__file__).parents[2] / "fonts")
#: Pages of ten lines of 20 px.
STYLE = f"""
@page {{ size: 200px 240.1px; margin: 20px 20px 20px }}
html {{ font: 10px/20px {CASE.css_stack("zh-Hans", "serif")} }}
body, p, figure {{ margin: 0 }}
figure {{ break-inside: avoid; --shrink-to: .7 }}
svg {{ display: block }}
a::after {{ content: "见" target-counter(attr(href), page) "页" }}
.note {{ float: footnote }} .note::footnote-call {{ line-height: 0 }}
"""
FIGURE = (
    '<figure id="f"><svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}">'
    '<rect width="{0}" height="{0}"/></svg>{1}</figure>'
)


def _pictures(tmp_path: Path, body: str, style: str = "") -> list[tuple[int, float, float, float]]:
    """Page, width, height and foot of every picture, in px."""
    html = f"<html lang=zh-Hans><head><title>书</title></head><body>{body}</body></html>"
    document = render(html, STYLE + style, {}, CASE, tmp_path)
    return [
        (number, round(box.width, 3), round(box.height, 3), box.position_y + box.height)
        for number, page in enumerate(document.pages, 1)
        for box in _boxes(page)
    ]


def _boxes(page: Any) -> list[Any]:
    return [box for box in page._page_box.descendants() if type(box).__name__ == "BlockReplacedBox"]


def _lines(count: int) -> str:
    return "<p>行</p>" * count


def test_a_figure_a_little_too_high_fills_the_rest_of_the_page(tmp_path: Path) -> None:
    ((page, width, height, foot),) = _pictures(tmp_path, _lines(5) + FIGURE.format(120, "") + _lines(3))
    assert page == 1
    assert width == height, "it keeps its shape"
    assert 99 < height < 100.1
    assert foot <= 220.1


def test_its_caption_and_its_margins_have_room_too(tmp_path: Path) -> None:
    body = _lines(4) + FIGURE.format(100, "<figcaption>说明</figcaption>") + _lines(3)
    ((page, _, height, _),) = _pictures(tmp_path, body, "figure { margin: 15px 0 }")
    assert page == 1
    assert 84 < height < 85.1


@pytest.mark.parametrize("height", [20, 100, 150, 180, 190])
def test_a_figure_that_fits_or_is_far_too_high_keeps_its_size(tmp_path: Path, height: int) -> None:
    ((page, width, laid, _),) = _pictures(tmp_path, _lines(5) + FIGURE.format(height, "") + _lines(3))
    assert (width, laid) == (min(height, width), height)
    assert page == (1 if height <= 100 else 2)


def test_a_figure_at_the_head_of_a_page_keeps_its_size(tmp_path: Path) -> None:
    ((page, _, height, _),) = _pictures(tmp_path, _lines(10) + FIGURE.format(200, "") + _lines(3))
    assert (page, height) == (2, 200)


def test_notes_on_the_page_take_their_room_first(tmp_path: Path) -> None:
    body = _lines(3) + '<p>行<span class="note">一</span></p>' + FIGURE.format(120, "") + _lines(3)
    ((page, _, height, foot),) = _pictures(tmp_path, body)
    assert page == 1
    assert 84 < height < 90.1
    assert foot <= 190.1, "above the note and the space over it"


def test_a_figure_with_a_note_of_its_own_goes_as_it_is(tmp_path: Path) -> None:
    body = _lines(5) + FIGURE.format(110, '<figcaption>图<span class="note">注</span></figcaption>') + _lines(3)
    ((page, _, height, _),) = _pictures(tmp_path, body)
    assert (page, height) == (2, 110)


def test_a_page_set_again_gives_the_figure_its_size_anew(tmp_path: Path) -> None:
    """The number grows by two lines in the second pass, and the figure finds less room, or none."""
    see = "<p>{}<a href='#last'></a></p>"
    last = '<p id="last" style="break-before: page">末</p>'
    ((_, _, first, _),) = _pictures(tmp_path, see.format("") + _lines(4) + FIGURE.format(110, "") + last)
    ((page, _, second, _),) = _pictures(tmp_path, see.format("一" * 15) + _lines(4) + FIGURE.format(110, "") + last)
    assert 99 < first < 100.1
    assert (page, second > 79) == (1, True)


def test_without_the_wish_nothing_is_made_smaller(tmp_path: Path) -> None:
    body = _lines(5) + FIGURE.format(110, "") + _lines(3)
    ((page, _, height, _),) = _pictures(tmp_path, body, "figure { --shrink-to: none }")
    assert (page, height) == (2, 110)


def test_a_picture_of_given_size_is_not_squeezed(tmp_path: Path) -> None:
    body = _lines(5) + FIGURE.format(110, "") + _lines(3)
    ((page, width, height, _),) = _pictures(tmp_path, body, "svg { width: 110px; height: 110px }")
    assert (page, width, height) == (2, 110, 110)


def test_frames_and_their_room_are_counted(tmp_path: Path) -> None:
    body = _lines(4) + FIGURE.format(100, "") + _lines(3)
    ((page, _, height, foot),) = _pictures(tmp_path, body, "figure { padding: 8px 0; border: 2px solid }")
    assert (page, height) == (1, 100)
    body = _lines(5) + FIGURE.format(100, "") + _lines(3)
    ((page, _, height, foot),) = _pictures(tmp_path, body, "figure { padding: 8px 0; border: 2px solid }")
    assert page == 1
    assert 79 < height < 80.1
    assert foot <= 210.1
