"""TOML files: every key's line, which tomllib does not tell."""

from __future__ import annotations

import pytest

from bookmaker.content.schema import Path, line_of
from bookmaker.content.source import Source
from bookmaker.content.toml import read_toml
from bookmaker.problems import Problem

TEXT = '''# 计划
title = "甲"

[volume]
title = "乙"
"quoted key" = 1
imprint.rights = "丙"

[volume.cover]
colour = "红"

[[chapter]]
theme = "一"

  [[chapter.part]]
  name = "上"

  [[chapter.part]]
  name = "下"

[[ chapter ]] # 第二章
theme = "二"
note = """
theme = "不是键"
[front]
"""
order = [
  "a",
  "b",
]
[chapter.extra]
colour = \'\'\'
x = 1\'\'\'

[front]
foreword = "前言.md"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("volume",), 4),
        (("volume", "title"), 5),
        (("volume", "quoted key"), 6),
        (("volume", "imprint", "rights"), 7),
        (("volume", "cover", "colour"), 10),
        (("chapter", 0), 12),
        (("chapter", 0, "theme"), 13),
        (("chapter", 0, "part", 0, "name"), 16),
        (("chapter", 0, "part", 1, "name"), 19),
        (("chapter", 1, "theme"), 22),
        (("chapter", 1, "order"), 27),
        (("chapter", 1, "order", 1), 27),
        (("chapter", 1, "extra", "colour"), 32),
        (("front",), 35),
        (("front", "foreword"), 36),
    ],
    ids=str,
)
def test_a_key_is_found_on_its_line(path: Path, line: int) -> None:
    problems: list[Problem] = []
    found = read_toml(Source("plan.toml", TEXT), problems)
    assert found is not None
    assert line_of(path, found[1]) == line


def test_a_list_inside_a_list_is_no_table() -> None:
    text = "[volume]\nsizes = [\n  [1, 2],\n  [3, 4]\n]\ntitle = 5\n"
    found = read_toml(Source("plan.toml", text), [])
    assert found is not None
    assert line_of(("volume", "title"), found[1]) == 6


def test_quotation_marks_in_a_comment_open_no_text() -> None:
    text = "[volume] # \"\"\"\ntitle = 5 # '''\ndate = 6\n"
    found = read_toml(Source("plan.toml", text), [])
    assert found is not None
    assert line_of(("volume", "date"), found[1]) == 3


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "9" * 5000, "a = ", "标题 = 1", "[a]\n[a]"])
def test_what_is_no_toml_is_a_problem(text: str) -> None:
    problems: list[Problem] = []
    assert read_toml(Source("plan.toml", text), problems) is None
    assert [problem.code for problem in problems] == ["broken-toml"]
