"""Quotation marks: pairs in one paragraph and over several, corner forms by depth, and what is out of balance."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookmaker.script.convert import convert_manuscript
from bookmaker.script.quotation import corner_passage, corner_quotes, find_faults, nest_titles
from bookmaker.script.scripts import Script
from tests.projects import article, read

PASSAGES = st.lists(st.text("“”‘’《》〈〉甲as9，： ", max_size=12), max_size=8)
ALL_MARKS = str.maketrans(dict.fromkeys("“”‘’《》〈〉「」『』", "?"))


def corners(*paragraphs: str) -> list[str]:
    return ["".join(texts) for texts in corner_passage([[paragraph] for paragraph in paragraphs])]


def faults(*paragraphs: str) -> list[tuple[int, str, str]]:
    return [(fault.paragraph, fault.mark, fault.kind) for fault in find_faults(paragraphs)]


# Quotations of several paragraphs


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        (
            ["他说：“甲。", "“乙‘丙’。", "“丁。”他又说，“戊。”"],
            ["他說：「甲。", "「乙『丙』。", "「丁。」他又說，「戊。」"],
        ),
        (["“甲。", "乙‘丙’。", "丁。”“戊”"], ["「甲。", "乙『丙』。", "丁。」「戊」"]),
        (["“甲‘乙。", "“‘丙。", "“‘丁’戊。”"], ["「甲『乙。", "「『丙。", "「『丁』戊。」"]),
        (["“甲‘乙。", "丙“丁”’戊”"], ["「甲『乙。", "丙「丁」』戊」"]),
        (["“甲。", "", "　　“乙。”"], ["「甲。", "", "　　「乙。」"]),
        (["“甲。”他说，“乙。", "“丙。”"], ["「甲。」他说，「乙。", "「丙。」"]),
    ],
)
def test_a_quotation_runs_over_paragraphs(simplified: list[str], traditional: list[str]) -> None:
    assert corners(*simplified) == [text.replace("說", "说") for text in traditional]
    assert faults(*simplified) == []


def test_a_quotation_that_is_never_closed_is_reported_where_it_opens() -> None:
    assert faults("“甲。", "乙。", "丙。") == [(0, "“", "unclosed")]
    assert faults("“甲。", "“乙。", "“丙。") == [(0, "“", "unclosed"), (1, "“", "unclosed"), (2, "“", "unclosed")]


def test_a_mark_within_a_sentence_opens_no_quotation_that_runs_on() -> None:
    assert faults("要办好“一件事", "“另一件”也办了") == [(0, "“", "unclosed")]


def test_a_paragraph_that_opens_the_same_mark_again_belongs_to_no_running_quotation() -> None:
    assert faults("“甲", "乙“丙”丁”") == [(0, "“", "unclosed"), (1, "”", "unopened")]


def test_a_forgotten_mark_turns_no_other_inside_out() -> None:
    assert corners("“甲“乙”", "丙“丁”") == ["「甲「乙」", "丙「丁」"]


# One paragraph


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“甲", [(0, "“", "unclosed")]),
        ("甲”", [(0, "”", "unopened")]),
        ("“甲‘乙”丙’", [(0, "‘", "crossed")]),
        ("“甲‘乙”", [(0, "‘", "unclosed")]),
        ("筑巢“引凤》为", [(0, "“", "unclosed"), (0, "》", "unopened")]),
        ("《甲“乙》丙”", [(0, "“", "crossed")]),
        ("“甲‘乙’”《丙〈丁〉》", []),
        ("“甲“乙”丙”", []),
        ("it’s the students’ ’90s, ‘90s, rock ’n’ roll, Lù’ān", []),
        ("‘the boys’ book’", []),
    ],
)
def test_what_is_out_of_balance_is_found(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert faults(text) == expected


@pytest.mark.parametrize("text", ["it’s", "students’ work", "the ’90s", "‘90s", "rock ’n’ roll", "Lù’ān", "O’Brien"])
def test_an_apostrophe_stays(text: str) -> None:
    assert corner_quotes([text]) == [text]
    assert corner_quotes([f"“甲{text}乙”"]) == [f"「甲{text}乙」"]


def test_a_plural_within_single_marks_closes_nothing() -> None:
    assert corner_quotes(["‘the boys’ book’"]) == ["『the boys’ book』"]


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("《甲《乙》丙》", "《甲〈乙〉丙》"),
        ("《甲〈乙〉》", "《甲〈乙〉》"),
        ("《甲“乙《丙》”》", "《甲“乙〈丙〉”》"),
        ("《甲《乙《丙》》》", "《甲〈乙《丙》〉》"),
        ("〈甲〉《乙》", "〈甲〉《乙》"),
        ("《甲《乙》", "《甲《乙》"),
    ],
)
def test_titles_nest(given_text: str, expected: str) -> None:
    assert nest_titles([[given_text]]) == [[expected]]


# Whole manuscripts


def test_a_quotation_runs_over_the_blocks_of_a_section(tmp_path: Path) -> None:
    text = article("他说：“甲。\n\n> “乙。\n\n- “丙‘*丁*’。\n\n“戊。”\n\n## “己” {theme=trade}\n\n‘庚’辛”。")
    manuscript = convert_manuscript(read(tmp_path, {"content/articles/bridge.md": text}), Script.HANT_TW)
    (found,) = (piece for piece in manuscript.articles if piece.slug == "bridge")
    blocks = "".join(block.xhtml for block in found.body.blocks())
    assert "".join(c for c in blocks if c in "「」『』") == "「「「『』「」『』」"
    assert found.body.sections[1].plain_heading == "「己」"


# For every text


@settings(max_examples=300, deadline=None)
@given(PASSAGES)
def test_only_marks_change_and_no_length(paragraphs: list[str]) -> None:
    assert [t.translate(ALL_MARKS) for t in corners(*paragraphs)] == [t.translate(ALL_MARKS) for t in paragraphs]


@settings(max_examples=300, deadline=None)
@given(PASSAGES)
def test_a_second_time_changes_nothing(paragraphs: list[str]) -> None:
    titled = ["".join(texts) for texts in nest_titles([[paragraph] for paragraph in paragraphs])]
    assert corners(*titled) == corners(*corners(*titled))


@settings(max_examples=300, deadline=None)
@given(PASSAGES)
def test_every_fault_is_a_mark_of_the_text(paragraphs: list[str]) -> None:
    assert all(paragraphs[fault.paragraph][fault.offset] == fault.mark for fault in find_faults(paragraphs))


@settings(max_examples=200, deadline=None)
@given(st.recursive(st.just("甲"), lambda inner: st.builds(lambda a, b: f"{a}（{b}）", inner, inner), max_leaves=8))
def test_what_is_in_balance_has_no_fault(shape: str) -> None:
    depth, text = 0, ""
    for character in shape:
        if character == "（":
            text += "“‘"[depth % 2]
            depth += 1
        elif character == "）":
            depth -= 1
            text += "”’"[depth % 2]
        else:
            text += character
    assert find_faults([text]) == []
    assert not set("“”‘’") & set(corner_quotes([text])[0])


def test_a_hostile_text_takes_no_long_time() -> None:
    for text in ("“" * 20000 + "’" * 20000, "“" * 20000 + "‘" * 20000 + "”" * 20000 + "’" * 20000, "‘“a’ " * 10000):
        assert len(corner_quotes([text])[0]) == len(text)
