"""Junctions: what goes on in what, and what a break repeated goes once, without loss."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookmaker.clippings.junctions import Joiner
from bookmaker.script.words import Segmenter

SEGMENTER = Segmenter()


def joined(before: str, after: str, *page: str) -> str:
    """Both fragments as one."""
    joint = Joiner(page, SEGMENTER).joint(before, after)
    return before[: len(before) - joint.cut] + after[joint.skip :]


def points(before: str, after: str, *page: str) -> float:
    return Joiner(page, SEGMENTER).points(before, after)


@pytest.mark.parametrize(
    ("before", "after", "one"),
    [
        ("项目建", "建设进度", "项目建设进度"),
        ("项目建设", "设进度", "项目建设进度"),
        ("全市经济", "经济发展", "全市经济发展"),
        ("全市发展改革", "发展改革委", "全市发展改革委"),
        ("大家共同推动项目", "推动项目落地", "大家共同推动项目落地"),
        ("灯亮了，", "，人多了", "灯亮了，人多了"),
        ("灯亮了、", "、人多了", "灯亮了、人多了"),
        ("桥上装了三十二盏灯", "三十二盏灯都亮了", "桥上装了三十二盏灯都亮了"),
    ],
)
def test_what_a_break_repeated_stands_once(before: str, after: str, one: str) -> None:
    assert joined(before, after) == one


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("北岸师范学院", "院长李明"),
        ("市委书记", "记者说"),
        ("营商环境", "境内外"),
        ("工作", "作风"),
        ("推进现代化", "化工园区"),
        ("天", "天"),
        ("人", "人有责"),
        ("人人", "人有责"),
        ("共3", "3个"),
        ("共33", "33个"),
        ("《桥", "《路"),
        ("灯亮了", "人多了"),
        ("启", "动"),
        ("太忻", "经济区"),
        ("“灯", "“桥"),
    ],
)
def test_characters_that_both_sides_need_stay(before: str, after: str) -> None:
    assert joined(before, after) == before + after


def test_a_character_left_behind_a_mark_goes_where_the_page_writes_the_words_without_it() -> None:
    page = "制造业要走规模化、集群化、项目化管理的路子。"
    assert joined("要走规模化、集群化、创", "项目化管理", page) == "要走规模化、集群化、项目化管理"
    assert joined("要走规模化、集群化、创", "项目化管理") == "要走规模化、集群化、创项目化管理"


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.sampled_from("桥灯人，。学院长建设1“”"), max_size=9),
    st.text(st.sampled_from("桥灯人，。学院长建设1“”"), max_size=9),
)
def test_what_goes_is_what_stands_on_the_other_side(before: str, after: str) -> None:
    joint = Joiner([before, after], SEGMENTER).joint(before, after)
    assert before.endswith(after[: joint.skip])
    assert joint.cut == 0 or joint.skip == 0
    assert bool(joint.why) is bool(joint.cut or joint.skip)


BROKEN = [
    ("今年的项目已经启", "动了三十二个"),
    ("桥面也重新铺过，附近的居", "民又可以走近路"),
    ("总投资达到3", "亿元"),
    ("总投资达到3.", "5亿元"),
    ("桥上的灯亮了", "，人也多了"),
    ("老桥上原有", "的样式"),
    ("灯杆是请本地的铁", "匠打的"),
    ("一共装了三十二", "盏灯"),
]


@pytest.mark.parametrize(("before", "after"), BROKEN)
def test_a_broken_sentence_and_its_other_half_belong_together(before: str, after: str) -> None:
    assert points(before, after) > 0


@pytest.mark.parametrize(("before", "after"), BROKEN)
def test_the_right_half_is_better_than_the_beginning_of_a_report(before: str, after: str) -> None:
    leads = ("4月17日，记者从市里获悉", "近日，城西的书店", "记者从市交通局获悉", "“灯亮了，”他说")
    assert all(points(before, after) > points(before, lead) for lead in leads)


def test_words_that_the_page_writes_elsewhere_speak_for_a_junction() -> None:
    page = "临江经济区的灯亮了。临江经济区的人多了。"
    assert points("来到临江", "经济区的桥上", page) > points("来到临江", "经济区的桥上")


def test_nothing_is_no_fragment_to_go_on() -> None:
    assert points("", "灯亮了") < 0
    assert points("灯亮了", "") < 0


@pytest.mark.parametrize("text", ["的样式", "，人多了", "”他说", "动，灯亮了。", "说。灯亮了"])
def test_a_fragment_begins_roughly(text: str) -> None:
    assert Joiner([], SEGMENTER).roughness(text) >= 2.5


@pytest.mark.parametrize(
    "text", ["会上，张波讲了话。", "东门桥昨天恢复通车。", "“灯亮了。”他说。", "2026年，灯亮了。", ""]
)
def test_a_paragraph_does_not(text: str) -> None:
    assert Joiner([], SEGMENTER).roughness(text) == 0
