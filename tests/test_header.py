"""header.py: libyaml reads a header as PyYAML does, or is not asked."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bookmaker.content.header import read_header
from bookmaker.content.source import Source
from bookmaker.problems import Problem, Severity

PARTS = [
    "title",
    "date",
    "names",
    "a",
    "：",
    ": ",
    ":",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "#",
    " # ",
    "'",
    '"',
    "“",
    "项目",
    "2026-02-28",
    ">",
    "&x ",
    "*x",
    "!",
    "!!str ",
    "%",
    "?",
    "? ",
    "~",
    "null",
    "---",
]
MORE = [
    "|",
    "|\n  ",
    "\n",
    "\n  ",
    "\n- ",
    "\t",
    "\\n",
    "\u2028",
    "\x85",
    "\ufeff",
    "𠮷",
    "\r\n",
    "\u3000",
    "\xa0",
    "\x07",
]
HEADERS = st.lists(st.sampled_from([*PARTS, *MORE]), max_size=16).map("".join)


def read(text: str) -> tuple[object, list[Problem]]:
    problems: list[Problem] = []
    return read_header(text, Source("bridge.md", text), problems), problems


@given(HEADERS | HEADERS.map("title: 甲\nb: ".__add__))
@example("title: 甲\nnames: [乙, {name: 丙}]\nevents:\n- {date: 2026-02-28, text: 丁}\n")
@example("title: 甲: 乙\n")
@example("title:\t甲\n")
def test_a_header_is_read_the_same_with_libyaml_and_without(text: str) -> None:
    found = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader")
        assert found == read(text)


@pytest.mark.parametrize("level", ["[", "{a: ", "- ", "? "])
def test_a_header_that_nests_without_end_is_a_problem_and_does_not_end_the_process(level: str) -> None:
    found, (problem,) = read("title: 甲\nb:\n  " + level * 50_000)
    assert (found, problem.code) == (None, "broken-yaml")


def test_what_yaml_takes_for_a_comment_is_told() -> None:
    source = Source("a.md", "---\ntitle: 主题 #1 号\ndate: 2026-05-01 # 通车那天\nkicker: '#1'\n---\n")
    problems: list[Problem] = []
    data = read_header("title: 主题 #1 号\ndate: 2026-05-01 # 通车那天\nkicker: '#1'", source, problems)
    assert data is not None and data[0] == {"title": "主题", "date": "2026-05-01", "kicker": "#1"}
    assert [(problem.place.line, problem.code, problem.severity) for problem in problems] == [
        (2, "unknown-mark", Severity.WARNING)
    ]


@pytest.mark.parametrize(
    ("header", "line", "hint"),
    [
        ("title: 记者: 我在现场", 2, "put the value between quotes: “: ” stands in it"),
        ("title:\t制表符", 2, "a tab stands in this line: write spaces"),
        ("title: *强调*标题", 2, "put the value between quotes: YAML has a meaning for the “*” it begins with"),
        (
            "title: 甲\nsubtitle: [快讯] 乙",
            3,
            "put the value between quotes: YAML has a meaning for the “[” it begins with",
        ),
        ("title: %百分号", 2, "put the value between quotes: YAML has a meaning for the “%” it begins with"),
        ("title:没有空格\nthemes: [t]", 3, "write “title: ”, with a space behind the colon"),
        ("title：全角冒号\nthemes: [t]", 3, "after “title” stands a full-width colon: write “title: ”, with a space"),
    ],
)
def test_the_hint_names_what_yaml_stumbled_over(header: str, line: int, hint: str) -> None:
    problems: list[Problem] = []
    assert read_header(header, Source("a.md", f"---\n{header}\n---\n"), problems) is None
    assert [(problem.place.line, problem.hint) for problem in problems] == [(line, hint)]
