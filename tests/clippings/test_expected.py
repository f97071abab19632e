"""The comparer of imports sees each kind of difference, and passes what is right."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from bookmaker.clippings.model import (
    Account,
    Caption,
    Clipping,
    Line,
    Masthead,
    Name,
    Page,
    Paragraph,
    Part,
    Story,
    Use,
)
from tests.clippings.expected import Expected, Report, compare, read_expected, text_of

FOLIO = Masthead("北岸晚报", datetime.date(2026, 4, 18), "2")
LINES = (
    "北岸晚报 2026年4月18日 第2版",  # 1
    "共建清洁家园",  # 2
    "旧桥新生",  # 3
    "——走访东门桥",  # 4
    "本报讯（记者 张 波）东门桥昨天恢复通行，两侧的石栏换成了新的，",  # 5
    "桥头老槐树下。 李 明 摄",  # 6
    "桥面也铺平了，附近的居民又可以走近路去菜市场。",  # 7
    "夜里有灯",  # 8
    "桥上装了三十二盏灯，天黑以后自己会亮，清早再自己熄灭。（下转第3版）",  # 9
    "",  # 10
    "书店开到半夜",  # 11
    "城西的一家书店把打烊的时间推迟到了半夜，读书的人多起来了。",  # 12
    "老板说，灯亮着就有人进来，哪怕只是坐一坐也是好的。（赵 亮）",  # 13
)
NOTATION = """
file = "page.txt"
[masthead]
publication = "北岸晚报"
date = "2026-04-18"
page = "2"
[[story]]
title = "3"
subtitle = "4"
dateline = "本报讯"
date = ""
bylines = [["张波", "记者"]]
continued_on = "第3版"
body = ["5+7", "# 8", "9"]
captions = [["6", "李明"]]
[[story]]
title = "11"
bylines = [["赵亮", ""]]
body = ["12", "13"]
[page]
standing = ["2"]
masthead = ["1"]
"""
BRIDGE_TEXT = LINES[4][11:] + LINES[6]
LAMP_TEXT = LINES[8].removesuffix("（下转第3版）")
SHOP_TEXTS = (LINES[11], LINES[12].removesuffix("（赵 亮）"))


def part(*texts: str, heading: str = "") -> Part:
    return Part(heading, (), tuple(Paragraph(text, ()) for text in texts))


BRIDGE = Story(
    file="page.txt",
    masthead=FOLIO,
    title="旧桥新生",
    subtitle="——走访东门桥",
    dateline="本报讯",
    bylines=(Name("张波", "记者"),),
    parts=(part(BRIDGE_TEXT), part(LAMP_TEXT, heading="夜里有灯")),
    captions=(Caption("桥头老槐树下。", "李明 摄", (6,)),),
    continued_on="第3版",
    accounts=tuple(Account(line, Use.BODY) for line in (3, 4, 5, 6, 7, 8, 9)),
)
SHOP = Story(
    file="page.txt",
    masthead=FOLIO,
    title="书店开到半夜",
    bylines=(Name("赵亮"),),
    parts=(part(*SHOP_TEXTS),),
    accounts=tuple(Account(line, Use.BODY) for line in (11, 12, 13)),
)
OUTSIDE = (Account(1, Use.MASTHEAD), Account(2, Use.STANDING_HEAD), Account(10, Use.BLANK))
CLIPPING = Clipping("page.txt", tuple(Line(number, text) for number, text in enumerate(LINES, 1)))


@pytest.fixture
def expected(tmp_path: Path) -> Expected:
    (tmp_path / "page.txt").write_text("\n".join(LINES), encoding="utf-8")
    (tmp_path / "page.toml").write_text(NOTATION, encoding="utf-8")
    return read_expected(tmp_path / "page.toml")


def judged(expected: Expected, *stories: Story, outside: tuple[Account, ...] = OUTSIDE) -> Report:
    return compare(expected, Page(CLIPPING, stories, outside))


def shops_with(expected: Expected, *texts: str) -> Report:
    return judged(expected, BRIDGE, replace(SHOP, parts=(part(*texts),)))


# The notation


def test_lines_are_joined_cut_and_quoted() -> None:
    lines = ["甲乙丙", "## 丁戊", "  己庚 ", "辛"]
    assert text_of(lines, "2") == "丁戊"
    assert text_of(lines, "1[-1]+3") == "甲乙己庚"
    assert text_of(lines, "1+3[1-]+4") == "甲乙丙庚辛"
    assert text_of(lines, "3-4") == "己庚辛"
    assert text_of(lines, "=他说+1。") == "他说+1。"
    assert text_of(lines, "") == ""


@pytest.mark.parametrize("spec", ["5", "0", "3-9", "eins", "1+"])
def test_lines_that_the_page_does_not_have_are_refused(spec: str) -> None:
    with pytest.raises(ValueError, match=r"lines"):
        text_of(["甲", "乙", "丙", "丁"], spec)


def test_a_misspelt_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "page.toml").write_text('file = "page.txt"\n[[story]]\ntitel = "1"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="titel"):
        read_expected(tmp_path / "page.toml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16"])
def test_a_page_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "page.txt").write_bytes("山在那裡\r\n水一直流，花開在岸上。".encode(encoding))
    (tmp_path / "page.toml").write_text('file = "page.txt"\n[[story]]\ntitle = "1"\nbody = ["2"]', encoding="utf-8")
    (story,) = read_expected(tmp_path / "page.toml").stories
    assert (story.title, story.body[0].text) == ("山在那裡", "水一直流，花開在岸上。")


def test_a_page_without_lines_is_noted_by_its_texts(tmp_path: Path) -> None:
    text = 'file = "page.html"\n[[story]]\ntitle = "=桥"\nbody = ["=他说。", "# =怎么办"]\n[page]\nmasthead = ["=晚报"]'
    (tmp_path / "page.toml").write_text(text, encoding="utf-8")
    expected = read_expected(tmp_path / "page.toml")
    assert [(entry.text, entry.heading) for entry in expected.stories[0].body] == [("他说。", False), ("怎么办", True)]
    clipping = Clipping("page.html", (Line(1, "晚 报"), Line(2, "桥"), Line(3, "他说。"), Line(4, "怎么办")))
    story = Story("page.html", Masthead(), "桥", parts=(part("他说。"), part(heading="怎么办")))
    story = replace(story, accounts=tuple(Account(line, Use.BODY) for line in (2, 3, 4)))
    assert compare(expected, Page(clipping, (story,), (Account(1, Use.MASTHEAD),))).differences == ()


# What is right


def test_a_page_taken_apart_as_expected_has_no_differences(expected: Expected) -> None:
    report = judged(expected, BRIDGE, SHOP)
    assert report.differences == ()
    assert (report.score, report.lost, report.invented) == (1.0, "", "")
    assert report.facts["stories"] == (2, 2)
    assert report.facts["paragraphs"] == (4, 4)
    assert report.facts["accounts"] == (12, 12)


def test_widths_white_space_and_kinds_of_marks_make_no_difference(expected: Expected) -> None:
    loose = BRIDGE_TEXT.replace("，", ", ").replace("桥面", "桥 面")
    assert judged(expected, replace(BRIDGE, parts=(part(loose), BRIDGE.parts[1])), SHOP).differences == ()


def test_the_order_of_the_stories_makes_no_difference(expected: Expected) -> None:
    assert judged(expected, SHOP, BRIDGE).differences == ()


# What is wrong


def test_a_missed_and_an_invented_story_are_seen(expected: Expected) -> None:
    other = replace(SHOP, title="天气", parts=(part("明天多云转晴，最高气温二十一度，适合晾晒。"),))
    report = judged(expected, BRIDGE, other)
    assert report.kinds["story missed"] == report.kinds["story invented"] == report.kinds["paragraph invented"] == 1
    assert report.kinds["paragraph lost"] == 2
    assert report.facts["stories"] == (1, 3)


def test_two_stories_taken_for_one_are_seen(expected: Expected) -> None:
    both = replace(BRIDGE, parts=(*BRIDGE.parts, *SHOP.parts), accounts=BRIDGE.accounts + SHOP.accounts)
    report = judged(expected, both)
    assert report.kinds["story missed"] == 1
    assert report.kinds["paragraph in the wrong story"] == 2
    assert (report.lost, report.invented) == ("", "")


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"title": "旧桥"}, "title"),
        ({"supplied": True}, "title"),
        ({"kicker": "城建"}, "kicker"),
        ({"subtitle": ""}, "subtitle"),
        ({"column": "城建"}, "column"),
        ({"dateline": ""}, "dateline"),
        ({"date": datetime.date(2026, 4, 17)}, "date"),
        ({"continued_from": "第1版"}, "continued_from"),
        ({"continued_on": ""}, "continued_on"),
        ({"truncated": True}, "truncated"),
        ({"bylines": (Name("张 波", "记者"),)}, "byline"),
        ({"bylines": (Name("张波", "通讯员"),)}, "byline"),
        ({"bylines": (Name("张波", "记者"), Name("李明"))}, "byline"),
        ({"captions": ()}, "caption"),
        ({"captions": (Caption("桥头老槐树下。李明 摄", "李明 摄", ()),)}, "caption"),
        ({"captions": (Caption("桥头老槐树下。", "", ()),)}, "credit"),
        ({"captions": (Caption("桥头老槐树下。", "李 明 摄", ()),)}, "credit"),
        ({"captions": (*BRIDGE.captions, Caption("全景。", "", ()))}, "caption invented"),
        ({"masthead": replace(FOLIO, page="3")}, "masthead's page"),
        ({"parts": (part(BRIDGE_TEXT), part(LAMP_TEXT))}, "heading"),
        ({"parts": (part(heading="夜里有灯"), part(BRIDGE_TEXT), part(LAMP_TEXT))}, "heading"),
        ({"parts": (*BRIDGE.parts, part(heading="尾声"))}, "heading invented"),
    ],
)
def test_a_wrong_field_is_seen(expected: Expected, change: dict[str, object], kind: str) -> None:
    report = judged(expected, replace(BRIDGE, **change), SHOP)  # type: ignore[arg-type]
    assert kind in report.kinds
    assert report.score < 1


def test_a_supplied_title_is_right_where_the_page_holds_none(expected: Expected) -> None:
    untitled = replace(expected, stories=(replace(expected.stories[0], title=""), expected.stories[1]))
    assert judged(untitled, replace(BRIDGE, supplied=True), SHOP).differences == ()
    assert judged(untitled, BRIDGE, SHOP).kinds["title"] == 1


def test_a_field_of_which_nothing_is_said_is_not_compared(expected: Expected) -> None:
    dated = replace(BRIDGE, date=datetime.date(2026, 4, 17))
    assert judged(replace(expected, unsaid=frozenset({"dates"})), dated, SHOP).differences == ()


def test_a_lost_paragraph_is_seen_with_its_characters(expected: Expected) -> None:
    report = shops_with(expected, SHOP_TEXTS[0])
    assert [str(difference.kind) for difference in report.differences] == ["paragraph lost"]
    assert report.facts["paragraphs"] == (3, 4)
    assert len(report.lost) == len(SHOP_TEXTS[1])


def test_an_invented_paragraph_is_seen_with_its_characters(expected: Expected) -> None:
    report = shops_with(expected, *SHOP_TEXTS, "未完待续")
    assert report.kinds == {"paragraph invented": 1}
    assert report.invented == "".join(sorted("未完待续"))


def test_a_paragraph_in_the_wrong_story_is_seen(expected: Expected) -> None:
    mixed = replace(BRIDGE, parts=(*BRIDGE.parts, part(SHOP_TEXTS[1])))
    report = judged(expected, mixed, replace(SHOP, parts=(part(SHOP_TEXTS[0]),)))
    assert report.kinds == {"paragraph in the wrong story": 1}
    assert report.facts["placed"] == (3, 4)


def test_paragraphs_out_of_order_are_seen(expected: Expected) -> None:
    assert shops_with(expected, *reversed(SHOP_TEXTS)).kinds == {"paragraph out of order": 1}


def test_paragraphs_joined_are_seen(expected: Expected) -> None:
    assert shops_with(expected, "".join(SHOP_TEXTS)).kinds == {"paragraph joined": 2}


def test_a_paragraph_split_is_seen(expected: Expected) -> None:
    text = SHOP_TEXTS[0]
    assert shops_with(expected, text[:14], text[14:], SHOP_TEXTS[1]).kinds == {"paragraph split": 1}


@pytest.mark.parametrize(("at", "lost", "invented"), [("半半夜", "", "半"), ("夜", "半", "")])
def test_a_doubled_or_lost_character_is_seen(expected: Expected, at: str, lost: str, invented: str) -> None:
    report = shops_with(expected, SHOP_TEXTS[0].replace("半夜", at), SHOP_TEXTS[1])
    assert report.kinds == {"paragraph changed": 1}
    assert (report.lost, report.invented) == (lost, invented)


def test_a_sign_off_or_dateline_left_in_the_text_is_seen(expected: Expected) -> None:
    assert shops_with(expected, SHOP_TEXTS[0], LINES[12]).kinds == {"dateline or sign-off kept": 1}
    kept = replace(BRIDGE, parts=(part(LINES[4] + LINES[6]), BRIDGE.parts[1]))
    assert judged(expected, kept, SHOP).kinds == {"dateline or sign-off kept": 1}
    jump = replace(BRIDGE, parts=(BRIDGE.parts[0], part(LINES[8], heading="夜里有灯")))
    assert judged(expected, jump, SHOP).kinds == {"dateline or sign-off kept": 1}


def test_a_first_character_lost_with_the_dateline_is_seen(expected: Expected) -> None:
    cut = replace(BRIDGE, parts=(part(BRIDGE_TEXT[1:]), BRIDGE.parts[1]))
    report = judged(expected, cut, SHOP)
    assert report.kinds == {"paragraph changed": 1}
    assert report.lost == "东"


# The accounts


def test_a_line_without_account_is_seen(expected: Expected) -> None:
    report = judged(expected, BRIDGE, replace(SHOP, accounts=SHOP.accounts[1:]))
    assert report.kinds == {"line without account": 1}
    assert report.facts["accounts"] == (11, 12)


def test_a_line_that_is_not_blank_needs_more_than_a_blank_account(expected: Expected) -> None:
    accounts = (Account(11, Use.BLANK), *SHOP.accounts[1:])
    assert judged(expected, BRIDGE, replace(SHOP, accounts=accounts)).kinds == {"line without account": 1}


def test_an_account_of_a_line_the_page_does_not_have_is_seen(expected: Expected) -> None:
    assert judged(expected, BRIDGE, SHOP, outside=(*OUTSIDE, Account(99, Use.DROPPED))).kinds["account of no line"] == 1


def test_a_standing_head_in_a_story_is_seen(expected: Expected) -> None:
    taken = replace(BRIDGE, accounts=(*BRIDGE.accounts, Account(2, Use.KICKER)))
    report = judged(expected, taken, SHOP, outside=(OUTSIDE[0],))
    assert report.kinds == {"standing-head line": 1}


def test_a_story_line_dropped_is_seen(expected: Expected) -> None:
    assert judged(expected, BRIDGE, SHOP, outside=(*OUTSIDE, Account(13, Use.DROPPED))).kinds == {"dropped line": 1}


def test_a_report_shows_both_values(expected: Expected) -> None:
    text = str(judged(expected, replace(BRIDGE, subtitle="走访西门桥"), SHOP))
    assert "——走访东门桥" in text
    assert "走访西门桥" in text
    assert "subtitles 0/1" in text
