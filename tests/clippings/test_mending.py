"""Mending and wrapping: lines as a paper set them become what it meant, without a character lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookmaker.clippings.mending import bare, closed, mended, plain_forms
from bookmaker.clippings.model import Line, Mark
from bookmaker.clippings.wrapping import Passage, passages_of, width_of

# Mending


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("灯亮了,人多了.", "灯亮了，人多了。"),
        ("他说:“好”", "他说：“好”"),
        ("好;坏", "好；坏"),
        ("灯亮了?对!", "灯亮了？对！"),
        ("桥(东门)", "桥（东门）"),
        ("“好”.", "“好”。"),
        ("ＡＢＣ１２３", "ABC123"),
        ("３．５亿元", "3.5亿元"),
        ("５０％", "50%"),
        ("他说...", "他说……"),
        ("他说。。。", "他说……"),
        ("他说…好", "他说……好"),
        ("他说……好", "他说……好"),
        ("项目--城市", "项目——城市"),
        ("好———坏", "好——坏"),
        ("—访东门桥", "——访东门桥"),
        ("——访东门桥", "——访东门桥"),
        ('"好"他说', "“好”他说"),
        ("'好'他说", "‘好’他说"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("《北岸《新》报》", "《北岸〈新〉报》"),
        ("  灯亮了。\u3000", "灯亮了。"),
    ],
)
def test_marks_are_made_what_chinese_text_has(text: str, meant: str) -> None:
    assert mended(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "灯亮了，人多了。",
        "1,000元",
        "10:30",
        "3.5亿元",
        "3-5月",
        "2026—2027",
        "龙头—项目",
        "a,b",
        "it's",
        'Say "yes".',
        '5"屏',
        "e-mail",
        "v1.2.3",
        "好——3",
        "——",
        "太 原 市",
        "Bookmaker 书",
        "https://example.invalid/a,b",
        "",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    ("text", "shut"),
    [
        ("太 原 市", "太原市"),
        ("太\u3000原\u3000市", "太原市"),
        ("他 说 GDP 好", "他说 GDP 好"),
        ("他说 ，好", "他说，好"),
        ("“ 好 ”", "“好”"),
        ("《 桥 》", "《桥》"),
        ("张 三 、李四", "张三、李四"),
        ("灯亮了 。", "灯亮了。"),
        ("2026 年", "2026 年"),
        ("a  b", "a  b"),
        ("The Bridge", "The Bridge"),
    ],
)
def test_blanks_inside_chinese_go_and_others_stay(text: str, shut: str) -> None:
    assert closed(text) == shut


SIGNS = "桥灯人一—-–.。…,，;:：!?！？()（）\"'“”‘’《》〈〉·•０１Ａａ12ab \u3000"


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(SIGNS), max_size=20))
def test_mending_loses_and_invents_no_letter(text: str) -> None:
    assert bare(closed(mended(text))) == bare(text)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(SIGNS), max_size=20))
def test_plain_forms_are_as_long_as_before(text: str) -> None:
    assert len(plain_forms(text)) == len(text)


# Wrapping

FIRST = (
    "东门桥昨天恢复通车，两侧的石栏换成了",
    "新的，桥面也重新铺过，附近的居民又可",
    "以走近路去菜市场，桥上装了三十二盏灯",
    "，天黑以后自己会亮。",
)
SECOND = (
    "工地负责人说，灯杆是请本地的铁匠打的",
    "，花纹是老桥上原有的样式，数下来有三",
    "十二种，没有一种重样。",
)


def passages(*texts: str) -> list[Passage]:
    return list(passages_of([Line(number, text) for number, text in enumerate(texts, 1)]))


def indented(lines: tuple[str, ...], indent: str) -> tuple[str, ...]:
    """The first line stands in by two characters, and the others take them over."""
    text = "".join(lines)
    return (indent + text[:16], *(text[at : at + 18] for at in range(16, len(text), 18)))


def test_a_wrapped_column_is_one_paragraph_again() -> None:
    (one,) = passages(*FIRST)
    assert one.text == "".join(FIRST)
    assert one.lines == (1, 2, 3, 4)
    assert [one.text[at - 1 : at + 1] for at in one.joints] == ["了新", "可以", "灯，"]


def test_a_short_line_ends_its_paragraph() -> None:
    assert [one.text for one in passages(*FIRST, *SECOND)] == ["".join(FIRST), "".join(SECOND)]


def test_a_blank_line_parts_two_paragraphs() -> None:
    found = passages(*FIRST[:3], "", *SECOND)
    assert [one.text for one in found] == ["".join(FIRST[:3]), "".join(SECOND)]
    assert [one.gap for one in found] == [0, 1]


@pytest.mark.parametrize("indent", ["\u3000\u3000", "    ", "  "])
def test_an_indent_begins_a_paragraph_even_behind_a_full_line(indent: str) -> None:
    first, second = indented(FIRST[:3], indent), indented(SECOND, indent)
    full = (*first[:-1], "".join(FIRST[:3])[-18:])
    found = passages(*full, *second)
    assert [one.text for one in found][1:] == ["".join(SECOND)]
    assert found[0].lines == tuple(range(1, len(full) + 1))


def test_a_wrapped_column_with_indents_is_whole_paragraphs() -> None:
    found = passages(*indented(FIRST, "\u3000\u3000"), *indented(SECOND, "\u3000\u3000"))
    assert [one.text for one in found] == ["".join(FIRST), "".join(SECOND)]


@pytest.mark.parametrize(
    "texts",
    [
        ("春风", "吹过", "桥头", "灯亮", "人多"),
        ("灯亮了。", "人多了。", "桥通了。", "水涨了。", "船来了。"),
        ("".join(FIRST), "".join(SECOND)),
        ("东门桥恢复通车", "".join(FIRST), "".join(SECOND)),
    ],
)
def test_lines_that_no_column_wrapped_stay_apart(texts: tuple[str, ...]) -> None:
    assert [one.text for one in passages(*texts)] == list(texts)


@pytest.mark.parametrize("line", ["（下转第3版）", "本报讯 灯亮了，人多了，桥上桥下都是", "记者 张波"])
def test_some_lines_never_go_on_in_the_one_before(line: str) -> None:
    texts = [one.text for one in passages(*FIRST[:3], line, *SECOND)]
    assert texts[0] == "".join(FIRST[:3])
    assert texts[1].startswith(line)


def test_the_files_own_paragraphs_are_never_joined() -> None:
    lines = [Line(number, text, whole=True) for number, text in enumerate(FIRST + SECOND, 1)]
    assert [one.text for one in passages_of(lines)] == [*FIRST, *SECOND]


def test_marks_of_the_file_part_passages() -> None:
    lines = [Line(1, FIRST[0], Mark.TITLE), Line(2, FIRST[1], Mark.SUBTITLE), Line(3, FIRST[2]), Line(4, SECOND[0])]
    found = passages_of(lines)
    assert [(one.mark, one.text) for one in found[:2]] == [(Mark.TITLE, FIRST[0]), (Mark.SUBTITLE, FIRST[1])]


def test_latin_words_at_a_lines_end_stay_two() -> None:
    texts = (
        "the lamps of the old bridge were lit",
        "again last night and the children of",
        "the town came out to look at the water",
        "and the lamps",
    )
    (one,) = passages(*texts)
    assert one.text == " ".join(texts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("张波　　作者：李明　　来源：北岸日报", ["张波", "作者：李明", "来源：北岸日报"]),
        ("作者：李明  来源：北岸日报", ["作者：李明", "来源：北岸日报"]),
        ("作者：李明 来源：北岸日报", ["作者：李明 来源：北岸日报"]),
    ],
)
def test_what_is_glued_into_one_line_by_wide_blanks_comes_apart(text: str, parts: list[str]) -> None:
    assert [one.text for one in passages(text)] == parts


@pytest.mark.parametrize(
    ("text", "width"), [("桥通了", 6), ("abc", 3), ("桥a", 3), ("", 0), ("“桥”", 6), ("桥 \u3000", 2), ("ａｂ", 4)]
)
def test_the_width_of_a_line_is_counted_in_half_characters(text: str, width: int) -> None:
    assert width_of(text) == width


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.sampled_from("桥灯人，。 \u3000１a"), max_size=24), max_size=14))
def test_every_line_is_in_a_passage_in_order_and_no_letter_is_lost(texts: list[str]) -> None:
    found = passages(*texts)
    filled = [number for number, text in enumerate(texts, 1) if text.strip()]
    assert list(dict.fromkeys(line for one in found for line in one.lines)) == filled
    assert bare("".join(one.text for one in found)) == bare("".join(texts))
