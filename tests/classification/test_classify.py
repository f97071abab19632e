"""Classifying articles: whole, sections, paragraphs, and the editor's word."""

from __future__ import annotations

import json

from bookmaker.classification.classify import classify_articles
from bookmaker.classification.explain import explain
from bookmaker.classification.model import DecidedBy
from tests.classification.articles import SMALL, article_of, classified, file_of

TWO = "林场造林，植树12万株。\n\n## 河道\n\n河道整治开始了，河流清了，河道宽了。"


def test_an_article_without_themes_gets_the_scores_theme() -> None:
    found = classified(file_of("林场今年造林。"))
    assert (found.theme, found.themes, found.decided_by) == ("forest", ("forest",), DecidedBy.SCORE)


def test_an_article_of_no_theme_is_decided_too() -> None:
    found = classified(file_of("昨天下雨。"))
    assert (found.theme, found.themes, found.decided_by) == (None, (), DecidedBy.SCORE)


def test_the_editors_themes_win_and_the_scores_own_choice_is_told() -> None:
    found = classified(file_of("林场今年造林。", more="themes: [river, forest]\n"))
    assert (found.theme, found.themes, found.decided_by) == ("river", ("river", "forest"), DecidedBy.EDITOR)
    assert found.verdict.theme == "forest"


def test_the_editors_empty_list_is_her_word_too() -> None:
    found = classified(file_of("林场今年造林。", more="themes: []\n"))
    assert (found.theme, found.decided_by) == (None, DecidedBy.EDITOR)


def test_what_the_machine_wrote_earlier_is_decided_anew() -> None:
    found = classified(file_of("林场今年造林。", more="themes: [river] # classify\n"))
    assert (found.theme, found.decided_by) == ("forest", DecidedBy.SCORE)


def test_every_section_has_its_own_verdict_and_line() -> None:
    lead, section = classified(file_of(TWO)).sections
    assert (lead.heading, lead.theme) == ("", "forest")
    assert (section.heading, section.line, section.theme) == ("河道", 7, "river")


def test_a_section_clearly_on_another_theme_is_sent_to_it() -> None:
    text = "林场造林，植树12万株。\n\n林场造林。\n\n## 山上\n\n林场造林。\n\n" + TWO.split("\n\n", 1)[1]
    found = classified(file_of(text, title="山林"))
    assert found.theme == "forest"
    assert [section.sent for section in found.sections] == [None, None, "river"]


def test_a_section_that_speaks_for_both_stays() -> None:
    found = classified(file_of("林场造林，植树12万株。\n\n## 两件事\n\n林场造林，河道整治。", title="山林"))
    assert [section.sent for section in found.sections] == [None, None]


def test_the_editors_theme_on_a_heading_wins() -> None:
    text = "林场造林。\n\n## 坝上 {theme=river}\n\n林场造林。"
    section = classified(file_of(text, more="themes: [forest]\n")).sections[1]
    assert (section.theme, section.decided_by, section.verdict.theme) == ("river", DecidedBy.EDITOR, "forest")


def test_a_section_the_editor_sent_away_does_not_speak_for_the_article() -> None:
    text = "林场造林。\n\n## 坝上 {theme=river}\n\n河道整治，河流清了，河道宽了，河流长了。"
    assert classified(file_of(text)).theme == "forest"


def test_the_paragraphs_of_a_long_article_are_scored_each() -> None:
    paragraphs = ["林场造林。", "河道整治。", *["这里的人们起得很早，集市也开得早，大家都爱吃面。" * 10] * 7]
    found = classified(file_of("\n\n".join(paragraphs)))
    assert [paragraph.verdict.theme for paragraph in found.paragraphs[:3]] == ["forest", "river", None]
    assert found.paragraphs[1].line == 7


def test_a_short_article_has_no_paragraphs_to_tell_of() -> None:
    assert classified(file_of("林场造林。\n\n河道整治。")).paragraphs == ()


def test_an_article_is_decided_alike_whatever_else_the_pool_holds() -> None:
    alone = article_of(file_of("林场造林。"))
    others = [article_of(file_of("造林，林场。" * n), f"other-{n}") for n in range(1, 9)]
    (first,) = classify_articles([alone], SMALL)
    assert classify_articles([*others, alone], SMALL)[-1] == first


def test_without_themes_every_article_is_none_of_them() -> None:
    assert classified(file_of("林场造林。"), {}).theme is None


def test_the_record_can_be_written_as_json_and_has_its_keys() -> None:
    record = classified(file_of(TWO)).as_record()
    assert json.loads(json.dumps(record, ensure_ascii=False)) == record
    keys = ["file", "title", "theme", "themes", "decided_by", "scored", "margin", "sure", "scores", "evidence"]
    assert list(record) == [*keys, "sections", "paragraphs"]
    assert record["evidence"]["forest"][0]["word"] == "植树12万株" or record["evidence"]["forest"][0]["word"] == "造林"
    assert {"heading", "line", "theme", "decided_by", "scored"} <= set(record["sections"][0])


def test_an_explanation_shows_the_words_that_counted() -> None:
    lines = list(explain([classified(file_of("林场造林，明年造林。"))]))
    assert lines[0] == "content/articles/piece.md: 一则消息"
    assert "forest" in lines[1]
    assert "造林 ×2" in lines[2]


def test_an_explanation_says_where_editor_and_score_differ() -> None:
    lines = list(explain([classified(file_of("林场造林。", more="themes: [river]\n"))]))
    assert "river, the editor's word (the score says forest" in lines[1]
