"""Proofreading the Simplified sources: warnings, with the line on which a mark or character stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookmaker.problems import Severity
from bookmaker.script.proof import proofread_manuscript
from tests.projects import PLAN, Files, article, read

BRIDGE = "content/articles/bridge.md"


def warnings(folder: Path, files: Files) -> list[str]:
    """The warnings, a line “file:line: what [code]” each."""
    found = proofread_manuscript(read(folder, files)).warnings
    assert all(warning.severity is Severity.WARNING for warning in found)
    return [str(warning).split("\n")[0].replace("warning: ", "") for warning in found]


def places(folder: Path, body: str, more: str = "") -> list[tuple[int, str]]:
    """Line and code of each warning about an article's text."""
    found = proofread_manuscript(read(folder, {BRIDGE: article(body, more=more)})).warnings
    assert {warning.place.file for warning in found} <= {BRIDGE}
    return [(warning.place.line or 0, warning.code) for warning in found]


def test_a_sound_article_has_no_warning(tmp_path: Path) -> None:
    body = '他说：“甲。\n\n“乙‘丙’。”\n\n看5\'10"的it\'s和students’，`"甲"`。\n\n> 《丁〈戊〉》'
    assert places(tmp_path, body) == []


def test_a_warning_names_the_line_of_the_mark(tmp_path: Path) -> None:
    body = "甲\n乙“丙\n丁\n\n- 戊\n- 己’[^1]\n\n[^1]: 庚\n    辛”"
    assert places(tmp_path, body) == [(7, "unbalanced-quote"), (11, "unbalanced-quote"), (14, "unbalanced-quote")]


def test_header_and_plan_are_read_too(tmp_path: Path) -> None:
    plan = '[volume]\ntitle = "書"\ndate = 2026-05-01\n[[chapter]]\ntheme = "city"\n[[chapter]]\ntheme = "trade"\n'
    more = "events:\n  - {date: 2026-05-01, text: 桥“通}\n"
    found = warnings(tmp_path, {PLAN: plan, BRIDGE: article("甲。", title="橋通", more=more)})
    assert found == [
        f"{PLAN}:2: “書” in “書” is a Traditional character [mixed-script]",
        f"{BRIDGE}:2: “橋” in “橋通” is a Traditional character [mixed-script]",
        f"{BRIDGE}:5: the mark “ in “桥“通” is opened and never closed [unbalanced-quote]",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "乾坤",
        "乾隆",
        "瞭望",
        "著名",
        "编著",
        "狼藉",
        "慰藉",
        "宫商角徵羽",
        "於先生",
        "皇后",
        "里程",
        "陈昇",
        "喆",
        "干净",
        "钟爱",
    ],
)
def test_what_simplified_text_may_hold_is_no_warning(tmp_path: Path, text: str) -> None:
    assert places(tmp_path, text) == []


@pytest.mark.parametrize("text", ["中來", "九屆", "刘鵠", "关於", "佈局", "我們", "裏面", "臺湾"])
def test_a_traditional_character_is_a_warning(tmp_path: Path, text: str) -> None:
    assert places(tmp_path, text) == [(6, "mixed-script")]


def test_a_name_is_no_warning(tmp_path: Path) -> None:
    names = '[[person]]\nname = "刘鹄"\naliases = ["刘鵠"]\n[terms]\n"中來" = "中來"\n'
    body = "刘鵠在中來公司和[屆]{.keep}，與李偉。"
    files = {BRIDGE: article(body, more="names: [李偉]\n"), "content/names.toml": names}
    assert warnings(tmp_path, files) == [
        f"{BRIDGE}:7: “與” in “中來公司和，與李偉。” is a Traditional character [mixed-script]"
    ]
