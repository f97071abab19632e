"""Full-width marks: what becomes one, and what stays because it is a number, a time, Latin, an address or code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookmaker.script.punctuation import widen, widen_passage
from bookmaker.script.widening import widen_manuscript
from tests.projects import PLAN, article, read

MIXED = st.text("甲乙,;:!?()（）“”‘’《》 aB19.%，。/\n", max_size=30)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("会上,市委(太原片区)强调:要快;要好!对吗?", "会上，市委（太原片区）强调：要快；要好！对吗？"),
        ("12月8日,太忻(2022)1号", "12月8日，太忻（2022）1号"),
        ("增长8.5%,同比多1,000个,共3亿", "增长8.5%，同比多1,000个，共3亿"),
        ("“甲”,“乙”:《丙》;(试行)》等", "“甲”，“乙”：《丙》；（试行）》等"),
        ("发展TOPCon,太阳能(PV, solar)板", "发展TOPCon，太阳能（PV, solar）板"),
        ("GDP(国内生产总值)", "GDP（国内生产总值）"),
        ("(一)甲(乙)。(1)丙", "（一）甲（乙）。（1）丙"),
        ("甲（乙),(丙）", "甲（乙），（丙）"),
        ("真的?!", "真的？！"),
        ("时间:8:30", "时间：8:30"),
        ("见https://a.cn/b,c?d=1,再说", "见https://a.cn/b,c?d=1，再说"),
        ("见https://a.cn/百科/太原?版本=1&页=2#第一节,再说", "见https://a.cn/百科/太原?版本=1&页=2#第一节，再说"),
        (
            "见https://a.cn/说明?请看(https://a.cn/文件(终稿).pdf)",
            "见https://a.cn/说明？请看（https://a.cn/文件(终稿).pdf）",
        ),
        ("《甲《乙》》", "《甲〈乙〉》"),
    ],
)
def test_marks_of_chinese_text_become_full_width(written: str, expected: str) -> None:
    assert widen(written) == expected


@pytest.mark.parametrize(
    "kept",
    [
        "1,000",
        "上午8:30分",
        "比分3:1，4:2",
        "他说Hello, world! Really?然后",
        "函数f(x)和H(2)O",
        "Yahoo!公司",
        "见http://a.cn:80/x(y)",
        "a@b.cn, c@d.cn",
        "C:\\甲",
        "甲1)乙",
        ":-)",
        "",
    ],
)
def test_numbers_times_latin_and_addresses_stay(kept: str) -> None:
    assert widen(kept) == kept


def test_a_mark_is_judged_across_inline_elements() -> None:
    given_fragments = ["<p><b>甲</b>,<em>乙</em>(<b>丙</b>)</p>", "<p><b>8</b>:<b>30</b></p>"]
    assert widen_passage(given_fragments) == ["<p><b>甲</b>，<em>乙</em>（<b>丙</b>）</p>", given_fragments[1]]


def test_the_number_of_a_note_is_no_number() -> None:
    call = '<a class="note-call" epub:type="noteref" id="a" href="#b">1</a>'
    assert widen_passage([f"<p>好{call}!</p>"]) == [f"<p>好{call}！</p>"]


def test_code_and_attributes_stay_and_alternative_text_does_not() -> None:
    found = widen_passage(['<p>甲<code>乙,丙</code>,<a href="甲,乙">丁</a><img src="甲,乙" alt="甲,乙" /></p>'])
    assert found == ['<p>甲<code>乙,丙</code>，<a href="甲,乙">丁</a><img src="甲,乙" alt="甲，乙"/></p>']


def test_a_fragment_without_such_marks_is_the_same_to_the_byte() -> None:
    assert widen_passage(["<p>甲<br />8:30</p>", "<p></p>"]) == ["<p>甲<br />8:30</p>", "<p></p>"]


# Whole manuscripts

FILES = {
    "content/articles/bridge.md": article(
        "桥,通了(今天)。\n\n`甲,乙`", title='"甲,乙"', more="dateline: 本报讯(记者)\n"
    )
}
ISSUED = '[volume]\ntitle = "书,书"\ndate = 2026-05-01\n[volume.imprint]\ncip = "甲,乙(2022)"\nnote = "甲,乙"\n'
CHAPTERS = '[[chapter]]\ntheme = "city"\n[[chapter]]\ntheme = "trade"\n'


def test_everything_a_reader_sees_has_full_width_marks(tmp_path: Path) -> None:
    manuscript = widen_manuscript(read(tmp_path, FILES))
    (found,) = (piece for piece in manuscript.articles if piece.slug == "bridge")
    assert (found.header.title, found.header.dateline) == ("甲，乙", "本报讯（记者）")
    assert [block.xhtml for block in found.body.blocks()] == ["<p>桥，通了（今天）。</p>", "<p><code>甲,乙</code></p>"]


def test_what_was_issued_is_printed_as_it_was(tmp_path: Path) -> None:
    volume = widen_manuscript(read(tmp_path, {PLAN: ISSUED + CHAPTERS})).plan.entries.volume
    assert (volume.title, volume.imprint.note, volume.imprint.cip) == ("书，书", "甲，乙", "甲,乙(2022)")


def test_a_plan_may_leave_the_marks_as_they_are(tmp_path: Path) -> None:
    off = ISSUED + CHAPTERS + "[text]\nfull_width_marks = false\n"
    manuscript = read(tmp_path, {PLAN: off, **FILES})
    assert widen_manuscript(manuscript) is manuscript


def test_a_manuscript_without_such_marks_is_the_same(tmp_path: Path) -> None:
    manuscript = read(tmp_path)
    assert replace(widen_manuscript(manuscript)) == manuscript


# For every text


@settings(max_examples=500, deadline=None)
@given(MIXED)
def test_no_length_changes_and_a_second_time_changes_nothing(text: str) -> None:
    found = widen(text)
    assert len(found) == len(text)
    assert widen(found) == found


@settings(max_examples=500, deadline=None)
@given(st.text("aB19,;:!?()“”‘’ .%/", max_size=30))
def test_nothing_changes_without_chinese(text: str) -> None:
    assert widen(text) == text


@settings(max_examples=500, deadline=None)
@given(MIXED)
def test_brackets_change_in_pairs(text: str) -> None:
    found = widen(text)
    lost = {mark: text.count(mark) - found.count(mark) for mark in "()"}
    other = {mark: found.count(mark) - text.count(mark) for mark in "（）"}
    assert (lost["("], lost[")"]) == (other["（"], other["）"])


def test_a_hostile_text_takes_no_long_time() -> None:
    for text in ("(" * 20000 + "甲" + ")" * 20000, "甲," * 50000, "“" * 50000 + ",", "http://" * 20000):
        assert len(widen(text)) == len(text)
