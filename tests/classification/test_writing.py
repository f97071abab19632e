"""Writing a decision into a file: the line, the headings, and not one byte else."""

from __future__ import annotations

import pytest

from bookmaker.classification.writing import write_themes
from tests.classification.articles import SMALL, article_of, classified, file_of

FOREST = "林场造林，植树12万株。\n\n林场造林。\n\n## 山上\n\n林场造林。"
RIVER = "河道整治开始了，河流清了，河道宽了。"
SENT = f"{FOREST}\n\n## 坝下\n\n{RIVER}"


def written(text: str) -> str:
    return write_themes(text, classified(text))


def added(before: str, after: str) -> list[str]:
    """The lines that are new; all others stand as they stood."""
    old, new = before.split("\n"), after.split("\n")
    kept = [line for line in new if line in old]
    assert [line for line in old if line in new] == kept
    return [line for line in new if line not in old]


def test_the_theme_is_written_as_a_line_of_the_header() -> None:
    text = file_of(FOREST)
    assert written(text) == text.replace("\n---\n\n", "\nthemes: [forest] # classify\n---\n\n", 1)


def test_none_of_them_is_written_too() -> None:
    assert "\nthemes: [] # classify: none\n---\n" in written(file_of("昨天下雨。"))


def test_a_section_of_another_theme_is_marked_on_its_heading() -> None:
    text = file_of(SENT, title="山林")
    assert added(text, written(text)) == ["themes: [forest] # classify", "## 坝下 {theme=river}"]


@pytest.mark.parametrize(
    "text",
    [
        file_of(SENT, title="山林"),
        file_of("昨天下雨。"),
        file_of(f"林场造林。\n\n## 坝下 {{theme=river}}\n\n{RIVER}"),
        file_of(SENT, title="山林").replace("\n", "\r\n"),
        file_of(SENT, title="山林").replace("## 坝下", "## 坝下 ##"),
    ],
    ids=["sections", "none", "editor's heading", "line ends of Windows", "closed heading"],
)
def test_a_second_run_changes_nothing(text: str) -> None:
    once = written(text)
    assert once != text
    assert written(once) == once


@pytest.mark.parametrize(
    "line", ["themes: [river]", "themes: river", "themes: []", "themes: [river] # sure", "themes:\n  - river"]
)
def test_the_editors_line_is_never_touched(line: str) -> None:
    text = file_of(SENT, more=f"{line}\n")
    assert written(text) == text


def test_the_editors_theme_on_a_heading_is_never_touched() -> None:
    text = file_of(f"{FOREST}\n\n## 坝下 {{theme=river}}\n\n林场造林。")
    once = written(text)
    assert added(text, once) == ["themes: [forest] # classify the header"]


def test_the_machines_own_line_and_headings_are_decided_anew() -> None:
    text = file_of(f"{FOREST}\n\n## 坝下\n\n林场。", title="山林", more="themes: [river] # classify\n")
    marked = text.replace("## 坝下", "## 坝下 {theme=river}")
    assert written(marked) == text.replace("[river] # classify", "[forest] # classify")


def test_with_the_remark_gone_the_line_is_the_editors() -> None:
    text = written(file_of(SENT, title="山林")).replace("[forest] # classify", "[river]")
    assert written(text) == text


def test_line_ends_byte_order_mark_and_comments_stay() -> None:
    text = "\ufeff" + file_of(SENT, title="山林", more="# 编辑：待核\nnote: '#1'\n").replace("\n", "\r\n")
    once = written(text)
    assert added(text, once) == ["themes: [forest] # classify\r", "## 坝下 {theme=river}\r"]
    assert once.startswith("\ufeff---\r\n")


def test_a_header_that_ends_in_a_block_of_text_keeps_it() -> None:
    text = file_of(FOREST, more="note: |\n  第一行\n  themes: 不是键\n")
    assert added(text, written(text)) == ["themes: [forest] # classify"]


def test_a_theme_whose_file_has_a_chinese_name_can_be_read_again() -> None:
    themes = {"河": SMALL["river"], "山": SMALL["forest"]}
    text = file_of(SENT, title="山林")
    once = write_themes(text, classified(text, themes))
    assert [section.theme for section in article_of(once).body.sections] == [None, None, "河"]
    assert write_themes(once, classified(once, themes)) == once


def test_a_header_in_braces_is_left_as_it_is() -> None:
    text = f"---\n{{title: 山林}}\n---\n\n{FOREST}\n"
    assert written(text) == text


def test_a_line_in_the_text_that_looks_like_a_heading_or_a_key_stays() -> None:
    code = "```\n## 坝下\nthemes: [river] # classify\n```"
    text = file_of(f"{SENT}\n\n{code}", title="山林")
    assert written(text).endswith(f"{code}\n")
