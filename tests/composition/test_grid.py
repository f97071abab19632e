"""The grid where blocks are nested, broken, beside notes, in columns, pulled up, or have no leading at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bookmaker.fonts import read_type_case
from bookmaker.pdf.engine import render

CASE = read_type_case(Path(__file__).parents[2] / "fonts")
TOP, LEADING = 20, 20
#: Pages of ten lines of 20 px.
STYLE = f"""
@page {{ size: 200px 240.1px; margin: {TOP}px 20px; @footnote {{ margin: 0 }} }}
html {{ font: 10px/{LEADING}px {CASE.css_stack("zh-Hans", "serif")} }}
* {{ margin-break: discard }}
body, p, figure, ul {{ margin: 0; padding: 0; orphans: 1; widows: 1 }}
.step {{ --block-step-align: center; margin: 15px 0 }}
.start {{ --block-step-align: start }} .end {{ --block-step-align: end }}
.odd {{ font-size: 8px; line-height: 13px }}
.note {{ float: footnote }} .note::footnote-call {{ line-height: 0; font-size: 6px }}
"""
ODD = '<div class="step odd">单</div>'


def _body_lines(tmp_path: Path, body: str, style: str = "", size: int = 10) -> list[tuple[int, float]]:
    """Page, and place in lines of the grid, of every line of a size, the body's; notes and markers left out."""
    html = f"<html lang=zh-Hans><head><title>书</title></head><body>{body}</body></html>"
    document = render(html, STYLE + style, {}, CASE, tmp_path)
    return [
        (number, (line.position_y - TOP) / LEADING)
        for number, page in enumerate(document.pages, 1)
        for line in _lines(page._page_box, size)
    ]


def _lines(box: Any, size: int) -> list[Any]:
    if type(box).__name__ == "FootnoteAreaBox" or (getattr(box, "element_tag", None) or "").endswith("::marker"):
        return []
    if type(box).__name__ == "LineBox" and box.style["font_size"] == size:
        return [box]
    return [line for child in getattr(box, "children", ()) for line in _lines(child, size)]


def _off(lines: list[tuple[int, float]]) -> list[tuple[int, float]]:
    return [(page, place) for page, place in lines if abs(place - round(place)) > 0.001]


def _text(count: int) -> str:
    return "<p>行</p>" * count


@pytest.mark.parametrize("before", range(12))
@pytest.mark.parametrize(
    "block",
    [
        ODD,
        ODD * 2,
        '<div class="step start odd">单</div>',
        '<div class="step end odd">单</div>',
        '<div class="step end odd">单</div>' * 2,
        f"<section><div>{ODD}</div></section>",
        f"<ul><li>{ODD}</li><li>项</li></ul>",
        '<div class="step" style="height: 33px"></div>',
        '<div class="step" style="height: 33px; margin: 15px 0 -7px"></div>',
        '<div class="step" style="height: 33px; margin: -7px 0 -35px"></div>',
        '<div class="step" style="height: 33px; padding: 3px; border: 1px solid"></div>',
        '<div class="step" style="height: 0; margin: 7px 0"></div>',
        '<div class="step"></div>',
        '<figure class="step odd"><div style="height: 47px"></div>说明</figure>',
        '<table class="step odd"><caption>表</caption><tr><td>一</td></tr><tr><td>二</td></tr></table>',
        f'<div style="position: relative">{ODD}</div>',
        f'<div style="margin-bottom: 20px">{ODD}</div>',
    ],
)
def test_what_follows_stands_on_the_grid(tmp_path: Path, block: str, before: int) -> None:
    lines = _body_lines(tmp_path, _text(before) + block + _text(4))
    assert len(lines) >= before + 4
    assert _off(lines) == []


@pytest.mark.parametrize("before", range(12))
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_block_aligned_at_its_end_is_always_as_far_from_what_follows(tmp_path: Path, before: int, count: int) -> None:
    """A line of 13 px and 15 px of margin, at the head of a page too; nothing follows at its foot."""
    block = f'<div class="step end odd" style="break-inside: avoid">{"<div>单</div>" * count}</div>'
    body = _text(before) + block + _text(4)
    page, last = _body_lines(tmp_path, body, size=8)[-1]
    following = min((at, place) for at, place in _body_lines(tmp_path, body) if (at, place) > (page, last))
    assert following[0] != page or (following[1] - last) * LEADING == pytest.approx(13 + 15)


@pytest.mark.parametrize("before", range(0, 10, 3))
def test_a_block_over_two_pages_ends_on_the_grid_of_the_second(tmp_path: Path, before: int) -> None:
    lines = _body_lines(tmp_path, _text(before) + f'<div class="step odd">{"<div>单</div>" * 20}</div>' + _text(4))
    assert max(page for page, _ in lines) >= 2
    assert _off(lines) == []


@pytest.mark.parametrize("before", range(0, 10, 3))
def test_a_table_over_three_pages_ends_on_the_grid(tmp_path: Path, before: int) -> None:
    rows = "<tr><td>单</td><td>双</td></tr>" * 38
    lines = _body_lines(tmp_path, _text(before) + f'<table class="step odd">{rows}</table>' + _text(4))
    assert max(page for page, _ in lines) >= 3
    assert _off(lines) == []


@pytest.mark.parametrize("before", range(10))
def test_notes_on_the_page_push_no_line_off_the_grid_or_into_them(tmp_path: Path, before: int) -> None:
    note = '<p>行<span class="note">注</span></p>'
    lines = _body_lines(tmp_path, _text(before) + note + ODD + note + _text(4))
    assert _off(lines) == []
    assert len(lines) == before + 6
    # The first page with a note in it has room for nine lines, the one with both for eight.
    assert max(place for _, place in lines) < 10


def test_a_block_is_not_moved_for_the_space_below_it(tmp_path: Path) -> None:
    """Nine lines, and a block that just fits: it stays, and the next line goes to the next page."""
    body = _text(9) + '<div class="step" style="height: 20px; margin: 0 0 15px"></div>' + _text(1)
    assert [page for page, _ in _body_lines(tmp_path, body)] == [1] * 9 + [2]


def test_columns_are_left_alone(tmp_path: Path) -> None:
    body = f'<div style="columns: 2">{ODD}<p>行</p><p>行</p>{ODD}</div>' + _text(2)
    assert len(_body_lines(tmp_path, body)) == 4


def test_a_document_without_leading_is_set(tmp_path: Path) -> None:
    assert _body_lines(tmp_path, ODD + _text(2), "html { line-height: 0 }")
