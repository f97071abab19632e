"""Hearing: whole words only, the longer one of two, patterns within a sentence, words against."""

from __future__ import annotations

import time

import pytest
from pydantic import ValidationError

from bookmaker.classification.hearing import Hearing
from bookmaker.content.themes import Keyword, Pattern, Theme
from tests.classification.articles import SMALL


def heard(text: str, **words: float) -> dict[str, int]:
    """How often each of a theme's words stands in a text."""
    theme = Theme(title="题", keyword=tuple(Keyword(text=word, weight=weight) for word, weight in words.items()))
    return {witness.word: times for witness, times in Hearing({"one": theme}).hear(text).times.items()}


def test_a_keyword_inside_another_word_is_not_heard() -> None:
    assert heard("城市的服务业发展很快", 服务=1) == {}
    assert heard("这里的服务很好", 服务=1) == {"服务": 1}


def test_a_keyword_may_span_several_words() -> None:
    assert heard("今年的营商环境和招商引资都有进步", 营商环境=1, 招商引资=1) == {"营商环境": 1, "招商引资": 1}


def test_a_keyword_across_the_bounds_of_words_is_not_heard() -> None:
    assert heard("他们从前人才济济", 前人=1) == {}


def test_of_two_keywords_in_one_another_the_longer_counts_once() -> None:
    assert heard("招商引资是头等大事，招商不能停", 招商=1, 招商引资=2) == {"招商引资": 1, "招商": 1}


def test_a_word_of_two_themes_speaks_for_both() -> None:
    both = {name: Theme(title=name, keyword=(Keyword(text="水库"),)) for name in ("甲题", "乙题")}
    assert {witness.theme for witness in Hearing(both).hear("水库已经蓄满").times} == {"甲题", "乙题"}


def test_a_word_that_speaks_against_a_theme_weighs_below_nothing() -> None:
    (witness,) = Hearing(SMALL).hear("园林展今天开幕").times
    assert witness.weight < 0


def test_a_themes_title_is_one_of_its_words() -> None:
    assert Hearing(SMALL).hear("保护河流").named == {"river"}


def test_a_pattern_shows_what_it_met() -> None:
    testimony = Hearing(SMALL).hear("全县植树12万株，又植树3万株")
    assert list(testimony.times.values()) == [2]
    assert list(testimony.shown.values()) == ["植树12万株"]


def test_a_pattern_does_not_run_over_a_sentence() -> None:
    themes = {"one": Theme(title="题", pattern=(Pattern(text="甲.{0,9}乙"),))}
    assert len(Hearing(themes).hear("甲在前，乙在后").times) == 1
    assert len(Hearing(themes).hear("甲在前。乙在后").times) == 0


@pytest.mark.parametrize(
    "text",
    ["(a+)+b", "(a|aa)+b", "((a)+)+b", "((x?)y)+", "(a{1,2}){1,50}x", "(?i:a+)+", "a*b*c*d*", "a?" * 30 + "a" * 30],
)
def test_a_pattern_that_could_take_for_ever_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        Pattern(text=text)


@pytest.mark.parametrize("text", ["(", r"\d*", "a{4,2}", "(?<=a+)b"])
def test_a_pattern_that_cannot_be_read_or_finds_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        Pattern(text=text)


@pytest.mark.parametrize(
    "text", [r"总投资\d+(\.\d+)?亿元", "(预计|力争)[^，。]{0,8}(投产|完工)", r"[(+)]+x", r"\(a+\)+"]
)
def test_an_ordinary_pattern_is_taken(text: str) -> None:
    assert Pattern(text=text).text == text


def test_the_slowest_pattern_that_is_taken_is_done_with_a_long_text_in_a_moment() -> None:
    hearing = Hearing({"one": Theme(title="题", pattern=(Pattern(text="a*a*b{0,30}c"),))})
    began = time.perf_counter()
    hearing.hear("a" * 12_000)
    assert time.perf_counter() - began < 20
