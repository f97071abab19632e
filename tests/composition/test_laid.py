"""The lines of a document as they were set: each once, with its page, its place, its words and its faults."""

from __future__ import annotations

from itertools import pairwise

from tests.composition.printing import LONG, Printed


def test_every_line_is_found_once_on_its_page_in_reading_order(printed: Printed) -> None:
    book = printed(f"<p>{LONG}</p><p>{LONG}</p>", "@page { size: 240px 88px }")
    lines = book.laid()
    assert "".join(line.text for line in lines) == LONG * 2
    assert [line.page for line in lines] == sorted(line.page for line in lines)
    assert {line.page for line in lines} == set(range(1, book.pages + 1))


def test_a_line_knows_the_elements_around_it_innermost_first(printed: Printed) -> None:
    body = f'<section id="bridge"><div><ul id="list"><li id="one">{LONG[:30]}</li></ul></div><p>{LONG}</p></section>'
    lines = printed(body).laid()
    assert [line.ids for line in lines if line.text.startswith("今")] == [("one", "list", "bridge"), ("bridge",)]
    (cell,) = printed('<table id="t"><tr><td id="c">甲乙丙丁</td></tr></table>').laid()
    assert cell.ids == ("c", "t")


def test_a_line_of_several_boxes_is_one_line(printed: Printed) -> None:
    body = f'<p>{LONG[:7]}<b>{LONG[7:9]}<em>{LONG[9:12]}</em></b>{LONG[12:16]}<span class="note">注。</span></p>'
    texts = [line.text for line in printed(body).laid()]
    assert texts == [f"{LONG[:16]}1", "1. 注。"]


def test_readings_are_left_out_and_blocks_in_the_line_stand_for_themselves(printed: Printed) -> None:
    block = '<span style="display: inline-block; text-indent: 0">框里</span>'
    texts = [line.text for line in printed(f"<p>甲<ruby>盂<rt>yú</rt></ruby>县{block}乙</p>").laid()]
    assert sorted(texts) == ["框里", "甲盂县乙"]


def test_only_lines_that_were_to_fill_their_measure_are_justified(printed: Printed) -> None:
    lines = printed(f'<p>{LONG}<br>{LONG}</p><p style="text-align: left">{LONG}</p>').laid()
    ends = [line.text[-1] == "…" for line in lines]
    left = 1 + max(at for at, (a, b) in enumerate(pairwise(ends)) if a and not b)
    assert [line.justified for line in lines[:left]] == [not end for end in ends[:left]]
    assert not any(line.justified for line in lines[left:])


def test_a_stretched_line_and_a_squeezed_one_say_so(printed: Printed) -> None:
    (loose, _) = printed(f"<p>{LONG[:14]}https://example.org/{'x' * 20}</p>", "p { text-indent: 0 }").laid()
    assert loose.gap > 0.1
    assert loose.tight == 0.0
    # Twenty cells and a half, two of them pauses.
    words = "一二三四五，六七八九十一二三四，五六七八。"
    tight = printed(f"<p>{words}{LONG}</p>", "p { text-indent: 0 }").laid()[0]
    assert tight.text == words
    assert tight.gap == 0.0
    assert 0.3 < tight.tight <= 1.0


def test_text_that_weasyprint_set_itself_is_no_planned_line(printed: Printed) -> None:
    assert printed("<p>English words only.</p>").laid() == []
