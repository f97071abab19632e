"""Titles: broken by sense, shortened for the running head, quoted inside 《》."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookmaker.titles import break_title, inner_title, shortened

CLOSING = "，、；：。！？”’）》〉」』·—…％%"
OPENING = "“‘（《〈「『"
WORDS = ["太原", "建设", "一体化", "经济区", "的", "2022", "100亿元", "8.7%", "BIM", "“三化”", "《规划》", "（试行）"]
#: Headlines: words, now and then a mark or a space between them.
TITLES = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(["", "", "", "，", "：", " ", "！", "——"])), max_size=20
)


def written(parts: list[tuple[str, str]]) -> str:
    return "".join(word + mark for word, mark in parts)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_short_title_is_one_line() -> None:
    assert break_title("河边步道新修三公里", 15) == ("河边步道新修三公里",)


def test_a_title_breaks_where_the_paper_broke_it() -> None:
    assert break_title("太忻一体化经济区建设 全面起势见效", 12) == ("太忻一体化经济区建设", "全面起势见效")


def test_short_pieces_of_a_title_share_a_line() -> None:
    assert break_title("修路 架桥 太忻一体化经济区建设", 12) == ("修路\u3000架桥", "太忻一体化经济区建设")


def test_a_title_breaks_after_a_mark_rather_than_in_a_phrase() -> None:
    assert break_title("两岸连成一片，居民出行更加方便快捷", 15) == ("两岸连成一片，", "居民出行更加方便快捷")


def test_a_title_without_marks_breaks_evenly() -> None:
    lines = break_title("太原市推进太忻一体化经济区建设全面起势", 15)
    assert [len(line) for line in lines] in ([9, 10], [10, 9])


def test_a_number_keeps_its_unit() -> None:
    for length in range(8, 16):
        assert any("1200亿元" in line for line in break_title("太原今年完成投资1200亿元再创历史新高", length))


def test_a_name_is_not_broken() -> None:
    for length in range(8, 16):
        lines = break_title("市委决定建设太忻一体化经济区迎来新局面", length, names=["太忻一体化"])
        assert any("太忻一体化" in line for line in lines)


def test_a_short_quotation_is_not_broken() -> None:
    for length in range(8, 16):
        assert any("“链长制”" in line for line in break_title("太原全面推行重点产业“链长制”见到成效", length))


@settings(max_examples=300, deadline=None)
@given(TITLES, st.integers(8, 20))
def test_no_line_of_a_title_begins_with_a_closing_mark_or_ends_with_an_opening_one(
    parts: list[tuple[str, str]], length: int
) -> None:
    lines = break_title(written(parts), length)
    assert not any(line[:1] in CLOSING for line in lines[1:] if line)
    assert not any(line[-1:] in OPENING for line in lines if line)


@settings(max_examples=300, deadline=None)
@given(TITLES, st.integers(8, 20))
def test_the_lines_of_a_title_are_the_title(parts: list[tuple[str, str]], length: int) -> None:
    assert squeezed("".join(break_title(written(parts), length))) == squeezed(written(parts))


def test_a_number_longer_than_the_line_is_cut_where_the_line_is_full() -> None:
    assert break_title("8.7%2022202220222022", 8) == ("8.7%202220222022", "2022")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.integers(1, 20))
def test_any_title_can_be_broken(title: str, length: int) -> None:
    assert squeezed("".join(break_title(title, length))) == squeezed(title)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS[:5]), max_size=20).map("".join), st.integers(8, 20))
def test_no_line_is_longer_than_it_may_be(title: str, length: int) -> None:
    assert all(len(line) <= length for line in break_title(title, length))


def test_no_title_is_left_with_an_empty_line() -> None:
    for length in range(4, 12):
        assert all(break_title("一 二　三， 四五六七八九十 ！", length))


def test_a_short_title_stands_whole_in_the_running_head() -> None:
    assert shortened(" 河边步道 新修三公里 ", 14) == "河边步道\u3000新修三公里"


def test_a_long_title_is_cut_with_an_ellipsis() -> None:
    assert shortened("太原市推进太忻一体化经济区建设全面起势", 12) == "太原市推进太忻一体化……"


@pytest.mark.parametrize(
    "title", ["太原市推进太忻，一体化经济区", "太原市推进太“忻一体化”经济区", "太原市推进太忻 一体化经济区"]
)
def test_no_mark_stands_before_the_ellipsis(title: str) -> None:
    cut = shortened(title, 10)
    assert cut.endswith("……") and cut[-3] not in "，“\u3000"


@settings(max_examples=200, deadline=None)
@given(TITLES, st.integers(6, 20))
def test_a_running_head_is_never_too_long(parts: list[tuple[str, str]], length: int) -> None:
    assert len(shortened(written(parts), length)) <= length * 2
    assert sum(0.5 if c < "\u2000" and c != "·" else 1 for c in shortened(written(parts), length)) <= length


def test_titles_inside_a_title_take_single_marks() -> None:
    assert inner_title("读《红楼梦》") == "读〈红楼梦〉"


def test_a_space_inside_a_quoted_title_is_full_width() -> None:
    assert inner_title("修路 架桥") == "修路\u3000架桥"
