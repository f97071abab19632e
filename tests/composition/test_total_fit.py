"""Total fit: the chosen lines are the cheapest there are, found in linear time."""

from __future__ import annotations

from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookmaker.composition.breaking import Kinsoku
from bookmaker.composition.setting import set_paragraph
from bookmaker.composition.spacing import SpacingTable
from bookmaker.composition.total_fit import Measure, find_breaks
from bookmaker.script.scripts import Script
from tests.composition.ideal import paragraph, run
from tests.composition.plain.paragraph import plain_paragraph
from tests.composition.plain.search import plain_breaks, plain_cost
from tests.composition.test_setting import lines_of

PIECES = [*"大桥今天通车来人，，。、：“”（）《》·", "——", "……", "9个", "20%", "BIM", "New York", "3.5亿元"]
LONG_PIECES = ["Counterrevolutionary", "https://www.w3.org/TR/"]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(lambda parts: "".join(parts)[:40])
HARD_TEXTS = st.lists(st.sampled_from(PIECES + LONG_PIECES), min_size=20, max_size=60).map("".join)


def assert_cheapest(text: str, measure: Measure, script: Script, *, justified: bool = True) -> None:
    """No other lines cost less: all there are have been priced."""
    breaks = find_breaks(paragraph(text, script), measure, justified=justified)
    p = plain_paragraph([run(text)], SpacingTable(script))
    cheapest = plain_cost(p, measure, plain_breaks(p, measure, justified=justified), justified=justified)
    assert plain_cost(p, measure, breaks, justified=justified) == pytest.approx(cheapest, abs=1e-9), breaks


@settings(deadline=None, max_examples=150)
@given(TEXTS, st.integers(6, 10), st.sampled_from([0, 2]), st.sampled_from(Script))
def test_no_other_lines_are_cheaper(text: str, em: int, indent: int, script: Script) -> None:
    assert_cheapest(text, Measure(em - indent, em), script)


@settings(deadline=None, max_examples=60)
@given(HARD_TEXTS, st.sampled_from([20, 27, 36]), st.sampled_from(Script))
def test_no_other_lines_are_cheaper_where_long_words_leave_them_loose(text: str, em: int, script: Script) -> None:
    assert_cheapest(text, Measure(em - 2, em), script)


@settings(deadline=None, max_examples=150)
@given(TEXTS, st.integers(6, 14), st.sampled_from([0, 2]), st.sampled_from(Script))
def test_no_other_ragged_lines_are_cheaper(text: str, em: int, indent: int, script: Script) -> None:
    assert_cheapest(text, Measure(em - indent, em), script, justified=False)


def test_a_ragged_line_may_be_very_short_before_a_long_word() -> None:
    assert lines_ragged("大Counterrevolutionary，", 10.6) == ["大", "Counterrevolutionary，"]


def lines_ragged(text: str, em: float) -> list[str]:
    breaks = find_breaks(paragraph(text), Measure(em, em), justified=False)
    return [text[a:b] for a, b in zip([0, *breaks], breaks, strict=False)]


@pytest.mark.parametrize("characters", [20_000])
def test_a_very_long_paragraph_takes_less_than_a_second(characters: int) -> None:
    text = ("大桥今天通车，3个人从BIM中心来了；“好”，他说：看见了《大桥》——真的。" * 1000)[:characters]
    p = paragraph(text)
    assert len(p) == characters
    times = []
    for _ in range(2):
        begin = perf_counter()
        find_breaks(p, Measure(25, 27))
        times.append(perf_counter() - begin)
    assert min(times) < 1.0


@pytest.mark.parametrize(
    "text", ["大" * 5_000, "大，" * 2_500, "“" * 5_000, "A" * 5_000, "—" * 5_000, " " * 5_000, "\n" * 5_000]
)
def test_text_without_a_decent_break_takes_no_longer(text: str) -> None:
    p = paragraph(text)
    begin = perf_counter()
    assert find_breaks(p, Measure(25, 27))[-1] == len(p)
    assert perf_counter() - begin < 2.0


def test_empty_text_has_no_characters_to_set() -> None:
    assert find_breaks(paragraph(""), Measure(8, 10)) in ([], [0])


def test_a_line_of_text_is_one_line() -> None:
    assert find_breaks(paragraph("大桥通车。"), Measure(8, 10)) == [5]


def test_the_first_line_is_shorter_by_the_indent() -> None:
    assert find_breaks(paragraph("大桥今天通车来的人很多啊"), Measure(4, 6))[0] == 4


@pytest.mark.parametrize("em", [8, 9, 10, 11, 12])
def test_no_last_line_of_one_character(em: int) -> None:
    """孤字: the lines before give a character away, or squeeze a mark to take it in."""
    text = "大桥今天通车，来的人很多，大家都说：好！今天，真是好天，明天，还要来看"
    for more in range(1, 14):
        lines = lines_of(text + "一二三四五六七八九十甲乙丙丁"[:more] + "。", em)
        assert sum(1 for mark in lines[-1] if mark not in "，。：！") > 1, lines


def test_a_mark_is_squeezed_before_a_character_is_pushed_out() -> None:
    """CLREQ §3.1.10: 先挤进，后推出."""
    assert lines_of("大桥，今天通车，来了人很多", 10)[0] == "大桥，今天通车，来了"


def test_a_number_stays_with_its_measure_word() -> None:
    for em in range(14, 28):
        lines = lines_of("大桥今天通车，一共来了35个人，花了3.5亿元，今年是2024年，占全年的20%，都说好。", em)
        for unit in ("35个", "3.5亿元", "2024年", "20%"):
            assert any(unit in line for line in lines), (em, lines)


@pytest.mark.parametrize("unit", ["平方公里", "个百分点", "小时", "万人次", "亿美元"])
def test_a_number_stays_with_a_whole_unit_where_lines_have_room(unit: str) -> None:
    for em in range(16, 28):
        lines = lines_of(
            f"大桥今天通车，一共是35{unit}，比去年多了一点，大家都说真好，明天还要再来看看，再算一算。", em
        )
        assert any(f"35{unit}" in line for line in lines), (em, lines)


@pytest.mark.parametrize("em", [2, 3, 4, 5])
def test_very_short_lines_part_a_number_from_its_unit(em: int) -> None:
    lines = lines_of("共35平方公里，12个百分点", em)
    p = paragraph("共35平方公里，12个百分点")
    assert "".join(lines) == p.text
    assert all(line.width <= em + 1e-6 for line in set_paragraph(p, Measure(em, em)))


def test_a_long_address_is_cut_at_its_signs() -> None:
    lines = lines_of("见https://www.w3.org/TR/clreq/specification/index.html吧", 8)
    assert all(line[-1] in "/." or below[0] in "-_" for line, below in pairwise(lines)), lines


def test_a_word_wider_than_the_measure_is_cut() -> None:
    text = "Donaudampfschifffahrtsgesellschaft"
    assert "".join(lines_of(text, 6)) == text


def test_level_none_lets_marks_begin_a_line() -> None:
    p = paragraph("大桥今天，通车", level=Kinsoku.NONE)
    assert find_breaks(p, Measure(4, 4), justified=False) == [4, 7]


def test_a_forced_break_ends_a_line() -> None:
    assert lines_of("大桥\n今天通车", 10) == ["大桥", "今天通车"]


def test_two_forced_breaks_leave_an_empty_line() -> None:
    assert lines_of("大桥\n\n今天", 10) == ["大桥", "", "今天"]


def test_after_a_forced_break_there_is_no_indent() -> None:
    text = "大桥\n今天通车来人"
    p = paragraph(text)
    assert find_breaks(p, Measure(4, 6)) == [3, 9]
