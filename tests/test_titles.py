"""Titles: broken by sense, shortened for the running head, quoted inside 《》."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookmaker.titles import break_title, fit_title, inner_title, published, shortened, spaced, text_width

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


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("iPhone 16 Pro Max 首发", "iPhone 16 Pro Max 首发"),
        ("太忻一体化 百日攻坚", "太忻一体化\u3000百日攻坚"),
        ("第 3 届 Smart City Expo 落幕", "第 3 届 Smart City Expo 落幕"),
        ("T. S. Eliot 与 W. B. Yeats", "T. S. Eliot 与 W. B. Yeats"),
        ("新区\u3000AI", "新区\u3000AI"),
        ("《 甲 》", "《\u3000甲\u3000》"),
        (" 甲  乙 ", "甲\u3000乙"),
        ("", ""),
    ],
)
def test_a_space_in_a_title_is_as_wide_as_what_stands_beside_it(title: str, shown: str) -> None:
    assert spaced(title) == shown
    assert spaced(shown) == shown


def test_latin_words_of_a_title_are_parted_at_a_space_if_they_must() -> None:
    lines = break_title("Supercalifragilistic Expialidocious City", 12)
    assert "".join(lines).replace(" ", "") == "SupercalifragilisticExpialidociousCity"
    assert lines[0] == "Supercalifragilistic"


def test_a_comma_outweighs_balance() -> None:
    assert (
        break_title("400余吨牌坊就位，在建项目247个", 15)
        == break_title("400余吨牌坊就位，在建项目247个", 10)
        == ("400余吨牌坊就位，", "在建项目247个")
    )


@given(TITLES.map(written), st.integers(120, 400), st.integers(40, 300))
def test_a_title_stands_in_its_room_or_is_as_small_as_it_may_be(title: str, width: int, height: int) -> None:
    sizes = (46, 34, 24, 17)
    size, lines = fit_title(title, width=width, height=height, sizes=sizes, step=1.3)
    assert squeezed("".join(lines)) == squeezed(title)
    assert size == sizes[-1] or len(lines) * size * 1.3 <= height
    bigger = [s for s in sizes if s > size]
    assert all(
        len(found := break_title(title, max(1, int(width / s)))) * s * 1.3 > height
        or max(map(text_width, found)) * s > width
        for s in bigger
    )


@pytest.mark.parametrize("name", ["太原日报", "山西晚报", "瞭望", "三晋都市报", "《太原日报》"])
def test_a_publication_stands_between_title_marks(name: str) -> None:
    assert published(name) == f"《{name.strip('《》')}》"


@pytest.mark.parametrize("name", ["太原市统计局", "新华社", "市委办公室", "山西转型综改示范区管委会", "人民网"])
def test_an_institution_stands_as_it_is(name: str) -> None:
    assert published(name) == name
