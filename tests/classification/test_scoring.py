"""Scoring: damped words, long and short texts side by side, none of them, margins and sureness."""

from __future__ import annotations

import pytest

from bookmaker.classification.model import Verdict
from tests.classification.articles import classified, file_of


def verdict(body: str, title: str = "一则消息") -> Verdict:
    return classified(file_of(body, title)).verdict


def test_a_text_about_nothing_the_themes_know_is_none_of_them() -> None:
    found = verdict("昨晚的音乐会上，乐团演奏了三首曲子。")
    assert found.theme is None
    assert found.sure == 1


def test_one_weak_word_in_a_long_paragraph_proves_nothing() -> None:
    assert verdict("河道" + "，天气很好，人们出门散步，孩子在草地上放风筝" * 12 + "。").theme is None


def test_the_evidence_names_word_times_weight_and_points() -> None:
    best = verdict("林场今年造林，明年还造林。").scores[0]
    assert best.theme == "forest"
    assert [(one.word, one.times, one.weight) for one in best.evidence] == [("造林", 2, 3.0), ("林场", 1, 2.0)]
    assert best.points == pytest.approx(sum(one.points for one in best.evidence))


def test_thirty_times_a_word_is_less_than_twice_that_word() -> None:
    once = verdict("造林。").scores[0].points
    often = verdict("造林。" * 30, title="消息").scores[0].evidence[0]
    assert often.times == 30
    assert often.points < 2 * once


def test_two_different_words_say_more_than_one_twice() -> None:
    assert verdict("林场正在造林。").scores[0].points > verdict("林场连着林场。").scores[0].points


def test_an_article_made_of_one_section_ten_times_scores_about_as_that_section() -> None:
    section = "林场的工人上山造林，去年植树12万株，今年还要把北坡种满。"
    once, ten = verdict(section), verdict("\n\n".join([section] * 10))
    assert once.theme == ten.theme == "forest"
    assert 0.4 < ten.scores[0].points / once.scores[0].points < 1.5


def test_a_word_in_the_title_says_more_than_in_the_text() -> None:
    above = verdict("工人们上山干活。", title="造林")
    below = verdict("工人们上山造林。", title="干活")
    assert above.scores[0].points > below.scores[0].points


def test_a_headline_with_the_themes_title_decides_a_text_that_speaks_for_two() -> None:
    body = "工人在林场造林，也在整治河道，河道整治完了再去林场。"
    assert verdict(body).theme == "forest"
    assert verdict(body, title="守住河流").theme == "river"


def test_words_against_outweigh_a_word_for() -> None:
    assert verdict("林场送来盆景。").theme == "forest"
    assert verdict("园林展上，林场送来盆景。").theme is None


def test_the_margin_is_the_lead_over_the_second() -> None:
    found = verdict("林场造林，顺便清河道。")
    assert found.margin == pytest.approx(found.scores[0].points - found.scores[1].points)


def test_a_narrow_lead_is_less_sure_than_a_clear_one() -> None:
    assert verdict("林场造林，又做河道整治。").sure < verdict("林场造林。").sure <= 1
