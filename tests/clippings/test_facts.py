"""Doubtful facts across an import: what is found, and what is rightly passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookmaker.clippings.facts import Doubt, Kind, find_doubts
from bookmaker.clippings.model import Account, Caption, Masthead, Paragraph, Part, Story, Use

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def story(*paragraphs: str, title: str = "", file: str = "page.txt", truncated: bool = False) -> Story:
    """A story of one part; its paragraphs stand in lines 2, 3, …, its title in line 1."""
    body = tuple(Paragraph(text, (number,)) for number, text in enumerate(paragraphs, 2))
    return Story(
        file,
        Masthead(),
        title,
        supplied=not title,
        parts=(Part("", (), body),),
        accounts=(Account(1, Use.TITLE),),
        truncated=truncated,
    )


def found(*texts: str) -> list[Doubt]:
    """The doubts about one story for each text."""
    return list(find_doubts([story(text) for text in texts]))


def told(kind: Kind, *texts: str) -> list[str]:
    return [doubt.what for doubt in found(*texts) if doubt.kind is kind]


TWO_NAMES = [
    ("北岸集团董事长王志清到会。", "记者采访了北岸集团董事长王志青。", "王志清", "王志青"),
    ("会见临江港务集团党委书记、董事长陈立洋一行。", "港务集团党委书记、董事长陈立泽出席。", "陈立洋", "陈立泽"),
    ("寿阳县委书记周启明说，路要修到村口。", "寿阳县委书记周启朋主持会议。", "周启明", "周启朋"),
    ("市长李炜出席。", "市长李玮主持会议。", "李炜", "李玮"),
    ("临江港务集团总经理孙立新说。", "临江港务集团总经理马国强表示。", "孙立新", "马国强"),
    ("与北岸银行党委书记、行长高远东举行会谈", "北岸银行行长高远冬说", "高远东", "高远冬"),
]


@pytest.mark.parametrize(("first", "second", "name", "other"), TWO_NAMES)
def test_one_post_with_two_names_is_doubtful(first: str, second: str, name: str, other: str) -> None:
    (what,) = told(Kind.TWO_NAMES, first, second)
    assert f"“{name}”" in what
    assert f"“{other}”" in what


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("北岸集团副总经理王志清到会。", "北岸集团副总经理王志青到会。"),
        ("副市长李炜出席。", "副市长李玮出席。"),
        ("记者王志清报道", "记者王志青报道"),
        ("市政协委员赵一平说", "市政协委员赵一凡说"),
        ("市长李炜出席。", "市长孙立新主持会议。"),
        ("村党支部书记王建军带头。", "村党支部书记王建国带头。"),
        ("临江化工集团董事长孙立新说。", "平川化工集团董事长马国强说。"),
        ("化工集团董事长孙立新说。", "平川化工集团董事长马国强说。"),
        ("集团公司党委书记孙立新说。", "集团公司党委书记马国强说。"),
        ("化工集团董事长孙立新说。", "化工集团董事长马国强说。"),
        ("市公安局局长孙立新到场。", "市公安局局长马国强到场。"),
        ("临江港务集团原总经理孙立新说。", "临江港务集团总经理马国强表示。"),
        ("寿阳县委书记周启明说", "平定县委书记马国强说"),
        ("平川县委书记周启明、县长郭一鸣出席", "平川县委书记周启明主持，县长郭一鸣讲话"),
        ("市委副书记、市长李炜主持", "市委书记李玮讲话"),
        ("北岸集团董事长王志清到会。", "北岸集团总经理王志青到会。"),
    ],
)
def test_posts_that_several_hold_and_other_organisations_are_no_doubt(first: str, second: str) -> None:
    assert not told(Kind.TWO_NAMES, first, second)


def test_two_wholly_different_names_may_be_two_holders_one_after_the_other() -> None:
    (what,) = told(Kind.TWO_NAMES, "临江港务集团总经理孙立新说。", "临江港务集团总经理马国强表示。")
    assert "也可能已换人" in what


def test_a_chain_of_posts_with_two_names_is_told_once() -> None:
    (what,) = told(Kind.TWO_NAMES, "北岸集团党委书记、董事长王志清到会", "北岸集团党委书记、董事长王志青到会")
    assert what.startswith("北岸集团党委书记、董事长的姓名")


def test_one_person_with_two_posts_that_hardly_differ_is_doubtful() -> None:
    (what,) = told(Kind.TWO_POSTS, "东山高新区党工委书记林立秋出席。", "访东山高新区党委书记林立秋")
    assert "林立秋" in what
    assert "东山高新区党工委书记" in what


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("东山高新区党工委书记林立秋出席。", "东山区区长林立秋出席。"),
        ("临江市东山区区长林立秋出席。", "临江东山区区长林立秋出席。"),
        ("东山高新区党工委书记林立秋出席。", "东山高新区党委书记马国强出席。"),
    ],
)
def test_two_different_posts_or_people_are_no_doubt(first: str, second: str) -> None:
    assert not told(Kind.TWO_POSTS, first, second)


TWO_SPELLINGS = [
    ("大盂产业新城今天动工。", "路通到大孟产业新城。", "大盂", "大孟"),
    ("采购名单上有太钢、太重、美锦三家。", "名单：梗阳、大重、美锦等企业。", "太重", "大重"),
    ("加快太忻经济区建设步伐。", "融入太析经济区建设大局。", "太忻", "太析"),
    ("尖草坪区的路修好了。", "尖草平区明天停水。", "尖草坪", "尖草平"),
    ("祁县古城开门迎客。", "今年祈县古城又添新景。", "祁县", "祈县"),
    ("参展的有太原、临汾、运城、阳泉。", "降雨的有太原、临份、晋城。", "临汾", "临份"),
    ("从泽州古城出发。", "昨天从译州古城出发。", "泽州", "译州"),
    ("冶金机械厂搬了新家。", "记者从治金机械厂获悉。", "冶金", "治金"),
]


@pytest.mark.parametrize(("first", "second", "name", "other"), TWO_SPELLINGS)
def test_one_name_in_two_look_alike_spellings_is_doubtful(first: str, second: str, name: str, other: str) -> None:
    (what,) = told(Kind.TWO_SPELLINGS, first, second)
    assert name in what
    assert other in what


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("实施重大重点工程。", "太钢、太重、美锦"),
        ("雨太大，路太滑。", "风大，浪大。"),
        ("人口、资源、环境", "入口、出口、通道"),
        ("（记者 王晨、李炜）", "（记者 王辰、李炜）"),
        ("今天的会开得好。", "今夫人来访。"),
        ("这个项目太难。", "这个项目大力推进。"),
        ("服务于重点项目建设。", "若干重点项目建设。"),
        ("三千家企业报名。", "在于家乡报名。"),
        ("他自己来了。", "他白天来了。"),
        ("大学路在河东。", "太学路在河西。"),
        ("大盂产业新城今天动工。", "孟先生住在大桥边。"),
        ("汾河水清了。", "一份河水样本。"),
    ],
)
def test_ordinary_words_and_people_are_no_misspellings(first: str, second: str) -> None:
    assert not told(Kind.TWO_SPELLINGS, first, second)


def test_the_odd_spelling_is_told_wherever_it_stands_and_the_common_one_a_few_times() -> None:
    usual = ["大盂产业新城今天动工。"] * 9
    (doubt,) = (doubt for doubt in found(*usual, "路通到大孟产业新城。") if doubt.kind is Kind.TWO_SPELLINGS)
    assert 9 in doubt.stories
    assert len(doubt.stories) == 4


def test_a_doubt_says_file_line_and_the_words_around() -> None:
    pages = [
        story("先说别的。", "大盂产业新城今天动工。", file="a.txt"),
        story("路通到大孟产业新城。", file="b.txt"),
    ]
    (doubt,) = find_doubts(pages)
    assert [(spot.file, spot.line) for spot in doubt.places] == [("a.txt", 3), ("b.txt", 2)]
    assert "大孟产业新城" in doubt.places[1].excerpt


def test_headlines_and_captions_are_read_too() -> None:
    picture = Story("b.txt", Masthead(), "", supplied=True, captions=(Caption("大孟产业新城一角。", "", (7,)),))
    (doubt,) = find_doubts([story("正文。", title="大盂产业新城动工", file="a.txt"), picture])
    assert [(spot.file, spot.line) for spot in doubt.places] == [("a.txt", 1), ("b.txt", 7)]


@pytest.mark.parametrize(("text", "old"), [("我们回來了。", "來"), ("第三屆会议", "屆"), ("关於修路的事", "於")])
def test_a_traditional_character_in_simplified_text_is_doubtful(text: str, old: str) -> None:
    (what,) = told(Kind.MIXED_SCRIPT, text)
    assert f"“{old}”" in what


@pytest.mark.parametrize("text", ["乾坤湾的水", "瞭望塔下", "陶喆唱了一首歌"])
def test_characters_that_the_standard_admits_are_simplified(text: str) -> None:
    assert not found(text)


def test_a_traditional_character_is_told_once_for_each_story() -> None:
    assert len(told(Kind.MIXED_SCRIPT, "回來了，又來了。", "走來走去。")) == 2


def test_a_story_that_is_traditional_as_a_whole_is_told_once() -> None:
    (doubt,) = found("這條鐵路開通後，兩岸的學生過橋只要幾分鐘，車票還沒漲價。")
    assert doubt.kind is Kind.TRADITIONAL_TEXT


@pytest.mark.parametrize(
    "text", ["他说：“明天见。", "读《春天的人不多。", "（见右图的路口", "路口）旁边", "一名”志愿者", "【调研行的路上"]
)
def test_a_mark_without_its_other_half_is_doubtful(text: str) -> None:
    assert len(told(Kind.UNBALANCED_QUOTE, text)) == 1


@pytest.mark.parametrize(
    "text", ["他说：“明天见。”", "1）先看路；2）再过桥。", "书名（《春》)写在右上角", "（一）总则", "a)甲 b)乙"]
)
def test_marks_in_pairs_and_brackets_that_count_are_no_doubt(text: str) -> None:
    assert not told(Kind.UNBALANCED_QUOTE, text)


def test_a_quotation_over_two_paragraphs_is_no_doubt() -> None:
    assert not find_doubts([story("他说：“先修路。", "“再架桥。”")])


def test_a_quotation_cut_off_with_its_story_is_no_doubt_of_its_own() -> None:
    assert not find_doubts([story("他说：“先修路", truncated=True)])


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("那个个月他没有回家。", "个个"),
        ("一批批新的的项目来了。", "的的"),
        ("他和和老乡一起走。", "和和"),
        ("收入提高了了。", "了了"),
        ("我们在在河边种树。", "在在"),
        ("把把树苗栽好。", "把把"),
        ("树种好了，，水也来了。", "，，"),
    ],
)
def test_a_character_that_stands_twice_by_mistake_is_doubtful(text: str, twice: str) -> None:
    (what,) = told(Kind.DOUBLED_CHARACTER, text)
    assert f"“{twice}”" in what


@pytest.mark.parametrize(
    "text",
    [
        "天天有人来，人人有活干，个个都高兴。",
        "妈妈常常看看窗外。",
        "一个个体户办起了厂。",
        "经济发展展现活力。",
        "这是目的的一部分。",
        "为了了解情况，他走遍全村。",
        "太原市市区的路宽了。",
        "李丹丹和王冰冰来了。",
        "高高兴兴、平平安安、干干净净。",
        "绿油油的田，金灿灿的麦。",
        "这个个人计划写好了。",
        "的的确确来了，等等再走。",
        "试试、谈谈、走走。",
        "哗哗的水，哈哈的笑。",
        "到2022年，共有1100人。",
        "中国国际展览在此举行。",
        "年年有余，家家有树。",
        "现在在路上。",
    ],
)
def test_reduplication_and_words_that_meet_are_no_mistakes(text: str) -> None:
    assert not told(Kind.DOUBLED_CHARACTER, text)


def test_one_project_with_two_transposed_numbers_is_doubtful() -> None:
    (what,) = told(
        Kind.TWO_FIGURES,
        "东山硅片二期生产线项目总投资140亿元。",
        "东山硅片二期生产线项目，总投资104亿元。",
    )
    assert "104亿元" in what


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("东山硅片二期生产线项目总投资140亿元。", "东山硅片二期生产线项目总投资140亿元。"),
        ("东山硅片二期生产线项目总投资140亿元。", "东山硅片三期生产线项目总投资104亿元。"),
        ("东山硅片二期生产线项目总投资140亿元。", "东山硅片二期生产线项目占地面积104亩。"),
        ("东山硅片二期生产线项目总投资20亿元。", "东山硅片二期生产线项目总投资25亿元。"),
    ],
)
def test_other_projects_other_measures_and_later_numbers_are_no_doubt(first: str, second: str) -> None:
    assert not told(Kind.TWO_FIGURES, first, second)


def test_the_order_of_doubts_is_the_same_every_time() -> None:
    pages = [story(first, second) for first, second, *_ in (*TWO_NAMES, *TWO_SPELLINGS)]
    assert find_doubts(pages) == find_doubts(list(pages))


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the five newspaper pages are not here")
def test_the_five_pages_hold_the_known_doubts_and_hardly_any_other() -> None:
    pages = []
    for path in sorted(SEEDS.glob("*.txt")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n")]
        body = tuple(Paragraph(line, (number,)) for number, line in enumerate(lines, 1) if line)
        pages.append(Story(path.name, Masthead(), "", supplied=True, parts=(Part("", (), body),)))
    doubts = find_doubts(pages)
    words = "\n".join(f"{doubt.kind} {doubt.what}" for doubt in doubts)
    for known in ("赵建泽”与“赵建洋", "大孟”与“大盂", "大重”与“太重", "“來”", "“屆”", "“鵠”", "“个个”"):
        assert known in words
    assert "two-posts 卢俊峰" in words
    assert len(doubts) <= len(pages) * 3
