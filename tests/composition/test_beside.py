"""Lines beside what floats, and with pictures or blocks in them: set like any other, and nothing lost."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bookmaker.composition.plan import is_planned
from tests.composition.printing import FLUSH, LONG, Book, Printed, plain, reads

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="18" height="8"><rect width="18" height="8"/></svg>'
BLOCK = '<span style="display: inline-block; text-indent: 0; padding: 0 2px">框，里</span>'
DROP_CAP = "p { text-indent: 0 } p::first-letter { float: left; font-size: 32px; line-height: 32px }"
NEVER_FIRST, NEVER_LAST = "）」』》，、；：。！？”’·", "（「『《“‘"


def figure(side: str, width: int = 60, height: int = 40, tag: str = "div") -> str:
    """What floats: an empty box."""
    return f'<{tag} style="float: {side}; width: {width}px; height: {height}px"></{tag}>'


def inner(side: str, **size: int) -> str:
    """The same in the midst of words."""
    return figure(side, tag="span", **size)


BESIDE = {
    "a figure on the left": figure("left") + f"<p>{LONG}</p>",
    "a figure on the right": figure("right") + f"<p>{LONG}</p>",
    "one on either side": figure("left") + figure("right", 45, 60) + f"<p>{LONG}</p>",
    "one on the left, in mid-line": f"<p>{LONG[:50]}{inner('left')}{LONG[50:]}</p>",
    "one on the right, in mid-line": f"<p>{LONG[:50]}{inner('right')}{LONG[50:]}</p>",
    "one in mid-line, in bold": f"<p>{LONG[:40]}<b>{LONG[40:50]}{inner('left')}{LONG[50:60]}</b>{LONG[60:]}</p>",
    "two in one line": f"<p>{LONG[:43]}{inner('left', width=30)}{LONG[43:46]}{inner('right', width=30)}{LONG[46:]}</p>",
    "one with a note": figure("left") + f'<p>{LONG[:16]}<span class="note">注的话。</span>{LONG[16:]}</p>',
    "one with a picture in the line": figure("left") + f"<p>{LONG[:16]}{PICTURE}{LONG[16:]}</p>",
    "one with bold and padding": figure("right") + f'<p>{LONG[:9]}<b style="padding: 0 3px">{LONG[9:]}</b></p>',
}  # fmt: skip


def is_well_set(book: Book) -> None:
    """Every line planned, flush with its room, and neither begun nor ended by a mark that may not stand there."""
    lines = [line for block, line in book.lines() if block.element_tag == "p"]
    assert len(lines) > 5
    assert all(map(is_planned, lines))
    assert all(abs(value) < FLUSH for value in book.rag()), book.rag()
    assert all(value > -FLUSH for value in book.indents()), book.indents()
    texts = [line.text for line in book.laid()]
    assert not [text for text in texts if text[0] in NEVER_FIRST or text[-1] in NEVER_LAST], texts


@pytest.mark.parametrize("body", BESIDE.values(), ids=BESIDE)
def test_lines_beside_a_float_are_set_like_any_other(body: str, printed: Printed) -> None:
    is_well_set(printed(body))


@pytest.mark.parametrize("name", [name for name in BESIDE if "note" not in name])
def test_nothing_beside_a_float_is_lost(name: str, printed: Printed) -> None:
    text = printed(BESIDE[name]).text
    assert reads(text, *plain(BESIDE[name])), text


@pytest.mark.parametrize("at", range(24, 64, 4))
def test_wherever_a_float_stands_its_lines_are_flush(at: int, printed: Printed) -> None:
    """Where it would push itself out of the line it waits for the next one."""
    book = printed(f"<p>{LONG[:at]}{inner('right', width=57)}{LONG[at:]}</p>")
    is_well_set(book)
    assert reads(book.text, LONG[:at], LONG[at:]), book.text


@pytest.mark.parametrize("words", [LONG, f"“{LONG}", f"（一）{LONG}"], ids=["a word", "a quotation", "a number"])
@pytest.mark.parametrize("tag", ["", "b", "em", "b><em", "em><b><i"])
def test_the_lines_beside_a_drop_cap_are_flush(tag: str, words: str, printed: Printed) -> None:
    closed = "><".join(f"/{name}" for name in reversed(tag.split("><")))
    body = f"<p><{tag}>{words[:30]}<{closed}>{words[30:]}</p>" if tag else f"<p>{words}</p>"
    book = printed(body, DROP_CAP)
    is_well_set(book)
    assert sorted(re.sub(r"\s", "", book.text)) == sorted(re.sub(r"\s", "", words))


@pytest.mark.parametrize("at", range(8, 20, 2))
def test_a_figure_that_waits_for_the_next_line_leaves_the_drop_cap_where_it_is(at: int, printed: Printed) -> None:
    book = printed(f"<p>{LONG[:at]}{inner('left', width=55, height=90)}{LONG[at:]}</p>", DROP_CAP)
    is_well_set(book)
    line = next(line for _, line in book.lines())
    assert line.children[0].position_y == line.position_y


def test_a_drop_cap_keeps_no_room_for_the_blank_of_its_quotation_mark(printed: Printed) -> None:
    book = printed(f"<p>“{LONG}</p>", DROP_CAP)
    block = next(line for _, line in book.lines()).children[0]
    assert block.width == pytest.approx(1.5 * 32, abs=FLUSH)


def test_drop_caps_stay_when_the_pages_are_laid_out_again(printed: Printed) -> None:
    """WeasyPrint 70 alone stops with an AssertionError."""
    css = "@page { size: 240px 88px } .to::after { content: target-counter(attr(href), page) }" + DROP_CAP
    body = f'<p>{LONG}<a class="to" href="#end">见</a></p>' + f"<p>{LONG}</p>" * 2 + '<p id="end">完了。</p>'
    book = printed(body, css)
    assert sorted(re.sub(r"\s", "", book.text)) == sorted(re.sub(r"\s", "", LONG * 3 + f"见{book.pages}完了。"))


def test_a_paragraph_goes_on_over_the_page_beside_a_float_and_below_it(printed: Printed) -> None:
    css = "@page { size: 240px 120px } p { orphans: 1; widows: 1 }"
    book = printed(f"<p>{LONG[:41]}</p>{figure('right', height=30)}<p>{LONG * 2}</p>", css)
    assert book.pages > 2
    assert reads(book.text, LONG[:41], LONG * 2), book.text
    assert all(is_planned(line) for _, line in book.lines())
    assert all(abs(value) < FLUSH for value in book.rag()), book.rag()


def test_a_paragraph_pushed_to_a_page_with_a_float_does_not_run_over_it(printed: Printed) -> None:
    css = "@page { size: 240px 120px } p { break-inside: avoid }"
    book = printed(f"<p>{LONG[:70]}</p>{figure('left', 80, 60)}<p>{LONG[:60]}</p>", css)
    assert reads(book.text, LONG[:70], LONG[:60]), book.text
    assert all(abs(value) < FLUSH for value in book.rag()), book.rag()
    assert all(value > -FLUSH for value in book.indents()), book.indents()


def test_lines_below_a_float_are_those_of_total_fit(printed: Printed) -> None:
    """The same words from there on, without a float, come out the same."""
    book = printed(f"{figure('left', 80, 12)}<p>{LONG * 3}</p>")
    first, *rest = (line.text for line in book.laid())
    alone = printed(f'<p style="text-indent: 0">{(LONG * 3)[len(first) :]}</p>')
    assert rest == [line.text for line in alone.laid()]


# ---------------------------------------------------------------- pictures and blocks in the line

IN_LINE = {
    "a picture": f"{LONG[:30]}{PICTURE}{LONG[30:]}",
    "pictures beside marks": f"{LONG[:12]}（{PICTURE}），{PICTURE}“{LONG[12:]}",
    "a picture first": f"{PICTURE}{LONG}",
    "a picture in bold": f'{LONG[:20]}<b style="padding: 0 2px">{LONG[20:30]}{PICTURE}{LONG[30:60]}</b>{LONG[60:]}',
    "a block": f"{LONG[:30]}{BLOCK}{LONG[30:]}",
    "a table": f'{LONG[:30]}<span style="display: inline-table; text-indent: 0">表格</span>{LONG[30:]}',
    "a padded span with nothing in it": f'{LONG[:30]}<span style="padding: 0 9px"></span>{LONG[30:]}',
    "a picture and a note": f'{LONG[:30]}{PICTURE}<span class="note">注。</span>{LONG[30:]}',
    "something placed elsewhere": f'{LONG[:30]}<span style="position: absolute; top: 0"></span>{LONG[30:]}',
}


@pytest.mark.parametrize("html", IN_LINE.values(), ids=IN_LINE)
def test_lines_with_pictures_are_set_like_any_other(html: str, printed: Printed) -> None:
    is_well_set(printed(f"<p>{html}</p>"))


@pytest.mark.parametrize(
    "html", [BLOCK, PICTURE, '<b style="padding: 0 4px">粗体</b>'], ids=["block", "picture", "bold"]
)
def test_a_line_may_end_with_anything(html: str, printed: Printed) -> None:
    """Wherever the edge falls, on either side of it or of its padding."""
    for at in range(33, 43):
        book = printed(f"<p>{LONG[:at]}{html}{LONG[at:]}</p>")
        assert all(abs(value) < FLUSH for value in book.rag()), (at, book.rag())
        words = "".join(line.text for line in book.laid() if line.text != "框，里")
        assert words == LONG[:at] + ("粗体" if "粗体" in html else "") + LONG[at:]


@pytest.mark.parametrize("inner", [f"{PICTURE * 3}体", f"{PICTURE * 3}<span></span>", f"<i>{PICTURE * 3}</i>体"])
def test_a_box_that_goes_on_in_the_next_line_takes_no_room_for_its_end(inner: str, printed: Printed) -> None:
    css = "b, i { padding: 0 4px; border: 1px solid; margin: 0 2px }"
    for at in range(30, 43):
        html = f"{LONG[:at]}<b>{inner}</b>{LONG[at:]}"
        book = printed(f"<p>{html}</p>", css)
        assert all(abs(value) < FLUSH for value in book.rag()), (at, book.rag())
        assert reads(book.text, *plain(html)), book.text


def test_a_line_that_ends_below_a_reading_keeps_it(printed: Printed) -> None:
    css = "ruby { padding: 0 1px } rt { font-size: 5px; line-height: 0; vertical-align: 1.95em }"
    for at in range(30, 52):
        book = printed(f"<p>{LONG[:at]}<ruby>盂<rt>yú</rt></ruby>{LONG[at:]}</p>", css)
        base, reading = (next(text for text in _texts(book) if text.text == words) for words in ("盂", "yú"))
        assert reading.position_x == pytest.approx(base.position_x + base.width, abs=2 * FLUSH)
        assert abs(reading.position_y - base.position_y) < 16
        assert all(abs(value) < 1 + FLUSH for value in book.rag()), (at, book.rag())


def test_a_row_of_pictures_is_broken_between_them(printed: Printed) -> None:
    book = printed(f"<p>甲乙{PICTURE * 24}，丙{LONG}</p>")
    assert all(value > -FLUSH for value in book.rag()), book.rag()
    pictures = [sum(type(child).__name__ == "InlineReplacedBox" for child in line.children) for _, line in book.lines()]
    assert sum(pictures) == 24
    assert max(pictures) == 11


def test_a_flex_box_in_the_line_is_left_to_weasyprint(printed: Printed) -> None:
    body = f'<p>{LONG[:30]}<span style="display: inline-flex; width: 20px"></span>{LONG[30:]}</p>'
    book = printed(body)
    assert not book.planned_lines()
    assert reads(book.text, *plain(body)), book.text
    assert all(value > -FLUSH for value in book.rag()), book.rag()


# ---------------------------------------------------------------- first lines and letters of their own style


@pytest.mark.parametrize("css", ["p::first-line { font-weight: bold }", "p::first-line { font-size: 13px }"])
def test_a_first_line_of_its_own_style_is_flush_with_the_others(css: str, printed: Printed) -> None:
    book = printed(f"<p>{LONG[:10]}<b>{LONG[10:30]}</b>{LONG[30:]}</p>", css)
    is_well_set(book)
    assert reads(book.text, LONG), book.text


def test_a_first_letter_in_the_line_is_flush_with_the_others(printed: Printed) -> None:
    book = printed(f"<p>{LONG}</p>", "p::first-letter { font-size: 16px; line-height: 16px }")
    is_well_set(book)
    assert reads(book.text, LONG), book.text


def test_a_paragraph_over_pages_has_one_first_line(printed: Printed) -> None:
    css = "@page { size: 240px 88px } p::first-line { font-size: 13px }"
    book = printed(f"<p>{LONG * 3}</p>", css)
    assert reads(book.text, LONG * 3), book.text
    assert book.pages > 3
    assert len({id(text) for text in _texts(book) if text.style["font_size"] == 13}) == 1


def _texts(book: Book) -> list[Any]:
    return [box for line in book.planned_lines() for box in line.descendants() if type(box).__name__ == "TextBox"]
