"""Page numbers in the text: each says the page its target is on, and no page is laid out more often than it must be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bookmaker.fonts import read_type_case
from bookmaker.pdf.engine import render
from tests.gates.poppler import page_texts

CASE = read_type_case(Path(__file__).parents[1] / "fonts")
STYLE = f"""
@page {{ size: 200px 120px; margin: 10px }}
html {{ font: 10px/20px {CASE.css_stack("zh-Hans", "serif")} }}
body, p {{ margin: 0 }}
.chapter {{ break-before: page }}
a::after {{ content: "见" target-counter(attr(href), page) "页" }}
a.all::after {{ content: "共" counter(pages) "页" }}
a.long::after {{ content: "见第" target-counter(attr(href), page, upper-roman) "页，就在那里，一看就知道了，不必再找" }}
"""

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI")
Laid = Callable[[str], tuple[list[str], Counter[int]]]


@pytest.fixture
def lay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Laid:
    """The text of each page of a body, and how often each page was laid out."""
    from weasyprint.layout import page

    times: Counter[int] = Counter()
    make_page = page.make_page

    def counted(context: Any, root: Any, kind: Any, resume: Any, number: int, state: Any) -> Any:
        times[number] += 1
        return make_page(context, root, kind, resume, number, state)

    monkeypatch.setattr(page, "make_page", counted)

    def lay(body: str) -> tuple[list[str], Counter[int]]:
        html = f"<html lang=zh-Hans><head><title>书</title></head><body>{body}</body></html>"
        document = render(html, STYLE, {}, CASE, tmp_path)
        document.write_pdf(tmp_path / "book.pdf")
        return [re.sub(r"\s", "", text) for text in page_texts(tmp_path / "book.pdf")], times

    return lay


def _chapter(number: int, text: str = "") -> str:
    return f'<div class="chapter" id="c{number}">第{number}章{text}</div>'


def _contents(count: int, kind: str = "") -> str:
    return "".join(f'<p><a class="{kind}" href="#c{number}">第{number}章，</a></p>' for number in range(count))


def test_the_contents_give_the_page_of_every_chapter(lay: Laid) -> None:
    pages, times = lay(_contents(12) + "".join(map(_chapter, range(12))))
    front = "".join(pages[:3])
    for number in range(12):
        (page,) = (at for at, text in enumerate(pages, 1) if at > 3 and text.startswith(f"第{number}章"))
        assert f"第{number}章，见{page}页" in front
    assert set(times.values()) == {1, 2}
    assert sorted(page for page in times if times[page] == 2) == [1, 2, 3], "the chapters are laid out once"


def test_a_contents_that_grows_by_its_numbers_is_still_right(lay: Laid) -> None:
    """Roman numbers make entries of two lines and three: the chapters move while their pages are being found."""
    pages, times = lay(_contents(9, "long") + "".join(map(_chapter, range(9))))
    roman = dict(enumerate(ROMAN, 1))
    first = next(at for at, text in enumerate(pages, 1) if text.startswith("第0章") and "见" not in text)
    front = "".join(pages[: first - 1])
    for number in range(9):
        assert f"第{number}章，见第{roman[first + number]}页" in front
    assert max(times.values()) <= 4


def test_a_look_back_and_a_look_ahead_agree(lay: Laid) -> None:
    look = '：前<a href="#c0"></a>，后<a href="#c2"></a>'
    pages, _ = lay(_chapter(0) + _chapter(1, look) + _chapter(2))
    assert "前见1页，后见3页" in pages[1]


def test_no_page_is_laid_out_twice_for_a_number_already_right(lay: Laid) -> None:
    _, times = lay("".join(map(_chapter, range(5))))
    assert set(times.values()) == {1}


def test_a_book_may_still_ask_how_many_pages_it_has(lay: Laid) -> None:
    pages, _ = lay('<p><a class="all"></a></p>' + _contents(2) + "".join(map(_chapter, range(2))))
    assert "共3页" in pages[0]
    assert "第0章，见2页第1章，见3页" in pages[0]
