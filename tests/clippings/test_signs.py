"""What a newspaper's own forms say: bylines, datelines, jump lines, mastheads, credits of pictures."""

from __future__ import annotations

import datetime

import pytest

from bookmaker.clippings import captions, masthead, signs
from bookmaker.clippings.batch import import_clippings
from bookmaker.clippings.bylines import bylines_of, closed_names, names_in, sign_off
from bookmaker.clippings.model import Clipping, Line, Masthead


def signed(text: str) -> list[tuple[str, str]]:
    return [(one.name, one.role) for one in bylines_of(text)]


# Names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("贾 鹏 米国伟", ("贾鹏", "米国伟")),
        ("贾 鹏 米国伟 牛利敏", ("贾鹏", "米国伟", "牛利敏")),
        ("冯 建", ("冯建",)),
        ("冯\u3000建", ("冯建",)),
        ("\u3000张\u3000波\u3000", ("张波",)),
        ("张 波、李 明", ("张波", "李明")),
        ("张波/李明", ("张波", "李明")),
        ("张 波 李 明", ("张波", "李明")),
        ("欧阳锦", ("欧阳锦",)),
        ("买买提·艾力 张 波", ("买买提·艾力", "张波")),
        ("王勇", ("王勇",)),
        ("", ()),
    ],
)
def test_padded_names_are_closed(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("贾 鹏 米国伟 摄", "贾鹏 米国伟 摄"),
        ("张 波 李 明 摄", "张波 李明 摄"),
        ("窦清 摄", "窦清 摄"),
        ("本报记者 张　波 摄", "本报记者 张波 摄"),
    ],
)
def test_a_credit_is_closed_and_its_role_stays_apart(text: str, credit: str) -> None:
    assert closed_names(text) == credit


# Bylines


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("记者 王勇 文/摄", [("王勇", "记者 文/摄")]),
        ("记者 王 勇 文/摄", [("王勇", "记者 文/摄")]),
        ("本报记者 李明", [("李明", "记者")]),
        ("记者李明", [("李明", "记者")]),
        ("记者：张波", [("张波", "记者")]),
        ("（记者 张 波 通讯员 李 明）", [("张波", "记者"), ("李明", "通讯员")]),
        ("（张 波）", [("张波", "")]),
        ("张波 李明", [("张波", ""), ("李明", "")]),
        ("□ 张波", [("张波", "")]),
        ("□记者 苏文博 岳琳", [("苏文博", "记者"), ("岳琳", "记者")]),
        ("■本报记者 李明 文/图", [("李明", "记者 文/图")]),
        ("记者 张波 实习生 李明 王小燕", [("张波", "记者"), ("李明", "实习生"), ("王小燕", "实习生")]),
        ("本报全媒体记者 周明", [("周明", "全媒体记者")]),
        ("北岸日报记者 周明", [("周明", "记者")]),
        ("新华社记者 李明 摄", [("李明", "记者 摄")]),
        ("通讯员 市委宣传部", [("市委宣传部", "通讯员")]),
        ("责编 张波 版式 李明", [("张波", "责编"), ("李明", "版式")]),
        ("责任编辑：张波", [("张波", "责任编辑")]),
        ("文/李明 图/张波", [("李明", "文"), ("张波", "图")]),
        ("记者 王勇 摄影报道", [("王勇", "记者 摄影报道")]),
        ("王勇 李明 摄", [("王勇", "摄"), ("李明", "摄")]),
        ("整理 李明", [("李明", "整理")]),
        ("赵亮 供稿", [("赵亮", "供稿")]),
        ("翻译 李明", [("李明", "翻译")]),
        ("临江区新闻中心供图", [("临江区新闻中心", "供图")]),
        ("据《山西日报》", [("《山西日报》", "据")]),
        ("（据新华社报道）", [("新华社", "据")]),
        ("太报评", [("太报评", "")]),
        ("本报评论员", [("本报评论员", "")]),
        ("本报评论员 张波", [("张波", "评论员")]),
        ("本报特约评论员：李明", [("李明", "评论员")]),
        ("記者 張波 攝影 李明", [("張波", "記者"), ("李明", "攝影")]),
        ("记者 王勇，通讯员 李明", [("王勇", "记者"), ("李明", "通讯员")]),
        ("记者 王勇、通讯员 李明", [("王勇", "记者"), ("李明", "通讯员")]),
        ("记者王勇 通讯员李明", [("王勇", "记者"), ("李明", "通讯员")]),
        ("记者 王勇；通讯员 李明", [("王勇", "记者"), ("李明", "通讯员")]),
        ("记者 王勇/文 李明/图", [("王勇", "记者 文"), ("李明", "图")]),
        ("李明 口述 王勇 整理", [("李明", "口述"), ("王勇", "整理")]),
    ],
)
def test_a_byline_says_who_and_as_what(text: str, names: list[tuple[str, str]]) -> None:
    assert signed(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "项目建设",
        "张新伟出席",
        "高质量发展",
        "改革开放",
        "经济 社会",
        "高山 流水",
        "白日依山尽",
        "马上就办",
        "记者从市里获悉",
        "记者节",
        "记者手记",
        "记者 张波。",
        "本报讯",
        "（全长3公里）",
        "（高质量发展）",
        "桥",
        "",
        "记者 张波说：“桥通了。”",
    ],
)
def test_other_lines_are_no_byline(text: str) -> None:
    assert signed(text) == []


def test_two_agencies_are_cited_as_two() -> None:
    assert signed("据新华社、人民网报道") == [("新华社", "据"), ("人民网", "据")]


@pytest.mark.parametrize(
    ("text", "bracket"),
    [
        ("灯亮了。（张 波）", "（张 波）"),
        ("灯亮了。（本报记者 李明）", "（本报记者 李明）"),
        ("灯亮了。(据《北岸日报》)", "(据《北岸日报》)"),
        ("灯亮了。（张 波 李 明）", "（张 波 李 明）"),
        ("路通了（全长3公里）", None),
        ("路通了。（高质量发展）", None),
        ("（张 波）灯亮了。", None),
        ("灯亮了。", None),
    ],
)
def test_names_in_brackets_at_a_texts_end_sign_it(text: str, bracket: str | None) -> None:
    found = sign_off(text)
    assert (found[0] if found else None) == bracket


# Datelines


@pytest.mark.parametrize(
    ("text", "dateline", "names", "rest"),
    [
        ("本报讯（记者 张波）12月8日，桥通了。", "本报讯", [("张波", "记者")], "12月8日，桥通了。"),
        ("本报讯 桥通了。", "本报讯", [], "桥通了。"),
        ("本报讯桥通了。", "本报讯", [], "桥通了。"),
        ("【本报讯】桥通了。", "本报讯", [], "桥通了。"),
        ("本报讯：桥通了。", "本报讯", [], "桥通了。"),
        ("新华社北京3月5日电 桥通了。", "新华社北京3月5日电", [], "桥通了。"),
        ("新华社北京3月5日电（记者王勇）桥通了。", "新华社北京3月5日电", [("王勇", "记者")], "桥通了。"),
        ("本报临江4月17日电（记者 张波）桥通了。", "本报临江4月17日电", [("张波", "记者")], "桥通了。"),
        ("据新华社电 桥通了。", "据新华社电", [], "桥通了。"),
        ("本报北京专电：桥通了。", "本报北京专电", [], "桥通了。"),
        ("北岸日报讯 桥通了。", "北岸日报讯", [], "桥通了。"),
        (
            "晚报讯（通讯员 李明 记者 张 波） 桥通了。",
            "晚报讯",
            [("李明", "通讯员"), ("张波", "记者")],
            "桥通了。",
        ),
        ("本报讯（全长3公里）桥通了。", "本报讯", [], "（全长3公里）桥通了。"),
        ("本報訊（記者 張波）橋通了。", "本報訊", [("張波", "記者")], "橋通了。"),
        ("本报讯（记者王勇 通讯员李明）桥通了。", "本报讯", [("王勇", "记者"), ("李明", "通讯员")], "桥通了。"),
        ("本报讯（记者 王勇，通讯员 李明）桥通了。", "本报讯", [("王勇", "记者"), ("李明", "通讯员")], "桥通了。"),
    ],
)
def test_a_dateline_is_taken_off_with_its_reporters(
    text: str, dateline: str, names: list[tuple[str, str]], rest: str
) -> None:
    found = signs.dateline_of(text)
    assert found is not None
    assert (found[0], [(one.name, one.role) for one in found[1]], found[2]) == (dateline, names, rest)


@pytest.mark.parametrize("text", ["本报记者报道", "中新社记者", "本报与读者", "桥通了。", "", "新华社的记者说", "电"])
def test_other_beginnings_are_no_dateline(text: str) -> None:
    assert signs.dateline_of(text) is None


# Jump lines


@pytest.mark.parametrize(
    ("text", "away", "page"),
    [
        ("（下转第3版）", True, "第3版"),
        ("下转第3版", True, "第3版"),
        ("(下转第三版)", True, "第3版"),
        ("（下转2版）", True, "第2版"),
        ("（下转第 3 版）", True, "第3版"),
        ("【下转A07版】", True, "第A07版"),
        ("（转第4版）", True, "第4版"),
        ("下转第十二版", True, "第12版"),
        ("下转第3版《桥》", True, "第3版"),
        ("（下轉第3版）", True, "第3版"),
        ("（上接第1版）", False, "第1版"),
        ("上接第 1 版", False, "第1版"),
        ("（紧接第一版）", False, "第1版"),
    ],
)
def test_a_jump_line_says_which_way_and_to_which_page(text: str, away: bool, page: str) -> None:
    found = signs.jump_alone(text)
    assert found is not None
    assert (found.away, found.page) == (away, page)


@pytest.mark.parametrize("text", ["见第3版", "第3版", "转身", "下转", "他说（下转第3版）", "桥通了", ""])
def test_other_lines_are_no_jump(text: str) -> None:
    assert signs.jump_alone(text) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("（上接第1版）灯亮了。", "灯亮了。"),
        ("(上接第一版)灯亮了。", "灯亮了。"),
        ("（上接第1版《桥》）灯亮了。", "灯亮了。"),
        ("上接第1版 灯亮了。", "灯亮了。"),
        ("上接第1版灯亮了。", "灯亮了。"),
    ],
)
def test_a_jump_before_a_text_takes_nothing_of_the_text(text: str, rest: str) -> None:
    found = signs.jump_at_head(text)
    assert found is not None
    assert text[found.end :].lstrip() == rest


def test_the_words_behind_a_jump_without_brackets_stay_in_the_article() -> None:
    text = "灯杆是请本地的铁匠打的，花纹是老桥上原有的样式，数下来有三十二种，没有一种重样。"
    page = Clipping("page.txt", (Line(1, "东门桥恢复通车"), Line(2, ""), Line(3, f"上接第1版工地负责人说，{text}")))
    (article,) = import_clippings([page]).articles
    assert [one.text for one in article.story.paragraphs()] == [f"工地负责人说，{text}"]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("灯亮了（下转第3版）", "灯亮了"),
        ("灯亮了。（下转第3版）", "灯亮了。"),
        ("灯亮了下转第3版", "灯亮了"),
        ("灯亮了（上接第3版）", None),
        ("（下转第3版）", None),
        ("灯亮了", None),
    ],
)
def test_a_jump_behind_a_text_takes_nothing_of_the_text(text: str, rest: str | None) -> None:
    found = signs.jump_at_tail(text)
    assert (text[: found.start] if found else None) == rest


# Other signs


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("灯亮了。", True),
        ("灯亮了！", True),
        ("灯亮了……", True),
        ("灯亮了。”", True),
        ("灯亮了。）", True),
        ("他说：", True),
        ("灯亮了（张 波）", True),
        ("灯亮了", False),
        ("灯亮了，", False),
        ("“灯亮了”", False),
        ("", False),
    ],
)
def test_where_a_sentence_may_end(text: str, whole: bool) -> None:
    assert signs.ends_whole(text) is whole


@pytest.mark.parametrize(
    ("text", "badly"),
    [("的人", True), ("，灯", True), ("”他说", True), ("％的", True), ("的确", False), ("的士", False), ("灯", False)],
)
def test_what_no_sentence_begins_with(text: str, badly: bool) -> None:
    assert signs.starts_badly(text) is badly


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("■◆", True),
        ("* * *", True),
        ("\u3000", True),
        ("═══", False),
        ("———————", True),
        ("——", False),
        ("①", False),
        ("……", False),
        ("12", False),
        ("☆灯", False),
    ],
)
def test_layout_is_bullets_and_rules_alone(text: str, layout: bool) -> None:
    assert signs.is_layout(text) is layout


@pytest.mark.parametrize(
    ("text", "rest"),
    [("■灯亮了◆", "灯亮了"), ("\u3000灯", "灯"), ("▲灯下", "▲灯下"), ("▲灯下◆", "▲灯下"), ("灯", "灯")],
)
def test_bullets_at_a_lines_ends_go_but_an_arrow_before_a_caption_stays(text: str, rest: str) -> None:
    assert signs.without_bullets(text) == rest


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("政务之要", True),
        ("高质量发展调研行", True),
        ("太报评", True),
        ("要闻速览", True),
        ("大桥通车", False),
        ("他说：今日新闻", False),
        ("张波", False),
    ],
)
def test_columns_are_known_by_their_names(text: str, column: bool) -> None:
    assert signs.is_column_like(text) is column


@pytest.mark.parametrize(
    ("text", "name"), [("【城事】", "城事"), ("[城市脚步]", "城市脚步"), ("【城事】桥", ""), ("城事", "")]
)
def test_a_column_in_brackets_is_named_without_them(text: str, name: str) -> None:
    assert signs.column_name(text) == name


@pytest.mark.parametrize(
    ("text", "source"),
    [("来源：北岸日报", "北岸日报"), ("（来源:新华网）", "新华网"), ("来源不明", ""), ("来源：", "")],
)
def test_a_line_of_its_source_names_the_paper(text: str, source: str) -> None:
    assert signs.source_of(text) == source


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("气温 13℃～21℃", signs.is_weather),
        ("空气质量指数 48 优", signs.is_weather),
        ("文明城市 从我做起", signs.is_slogan),
        ("公益广告", signs.is_slogan),
        ("详见第3版", signs.is_pointer),
        ("春耕农资供应充足 2版", signs.is_pointer),
        ("问：灯亮了吗", signs.is_speaking),
        ("编辑同志：", signs.is_speaking),
        ("评委名单：张波、李明、王勇", signs.is_list),
        ("近日，", signs.is_lead),
        ("4月17日，", signs.is_lead),
        ("记者从市里获悉", signs.is_lead),
        ("本报讯 灯", signs.is_lead),
    ],
)
def test_a_line_is_known_for_what_it_is(text: str, kind: object) -> None:
    assert kind(text)  # type: ignore[operator]
    assert not kind("大桥通车")  # type: ignore[operator]


# The masthead


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("北岸日报", Masthead("北岸日报")),
        ("北岸日报 2026年4月17日 第2版", Masthead("北岸日报", datetime.date(2026, 4, 17), "2")),
        (
            "2026年4月18日 星期六 农历丙午年三月初二 北岸晚报 城事 2",
            Masthead("北岸晚报", datetime.date(2026, 4, 18), "2", "城事"),
        ),
        ("北岸日报 A07 城事", Masthead("北岸日报", None, "A07", "城事")),
        ("第3版：要闻", Masthead(page="3", section="要闻")),
        ("第十二版", Masthead(page="12")),
        ("二〇二六年四月十八日 星期六", Masthead(date=datetime.date(2026, 4, 18))),
        ("二○二六年十一月二十日 星期五", Masthead(date=datetime.date(2026, 11, 20))),
        ("2026-04-18 星期六", Masthead(date=datetime.date(2026, 4, 18))),
        ("责编 张波 2026年4月17日 星期五", Masthead(date=datetime.date(2026, 4, 17))),
        ("2026年2月30日 星期一", Masthead()),
    ],
)
def test_a_masthead_says_paper_day_and_page(text: str, read: Masthead) -> None:
    assert masthead.is_masthead(text)
    assert masthead.read_masthead(Masthead(), [text]) == read


@pytest.mark.parametrize(
    "text",
    ["2026年4月18日，大桥通车。", "北岸日报社今天成立", "去年4月18日", "今日8版", "大桥通车", ""],
)
def test_other_lines_are_no_masthead(text: str) -> None:
    assert not masthead.is_masthead(text)


def test_what_the_files_own_data_say_counts_before_its_folio() -> None:
    known = Masthead("北岸晚报", None, "5")
    read = masthead.read_masthead(known, ["北岸日报 2026年4月17日 第2版", "2026年4月18日"])
    assert read == Masthead("北岸晚报", datetime.date(2026, 4, 17), "5")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三", "3"),
        ("02", "2"),
        ("A07", "A07"),
        ("a7", "A7"),
        ("第3版", "3"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("二十一", "21"),
        ("第 十 版", "10"),
        ("100", "100"),
    ],
)
def test_a_pages_number_is_written_with_digits(text: str, number: str) -> None:
    assert masthead.number_of(text) == number


# Pictures


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("桥头老槐树下。 李 明 摄", "桥头老槐树下。", "李 明 摄"),
        ("市民在河边散步。张波 摄", "市民在河边散步。", "张波 摄"),
        ("春到河边 贾 鹏 米国伟 摄", "春到河边", "贾 鹏 米国伟 摄"),
        ("图为工地一角（李四供图）", "图为工地一角", "李四供图"),
        ("工人们正在吊装 记者 张波 摄影报道", "工人们正在吊装", "记者 张波 摄影报道"),
        ("窦清 摄", "", "窦清 摄"),
        ("本报记者 窦清 摄", "", "本报记者 窦清 摄"),
        ("（记者 张波 摄）", "", "记者 张波 摄"),
        ("临江区新闻中心供图", "", "临江区新闻中心供图"),
        ("图①②均由本报记者 窦清 摄", "", "图①②均由本报记者 窦清 摄"),
        ("工地夜景（资料图片）", "工地夜景", "资料图片"),
    ],
)
def test_a_caption_and_its_credit_come_apart(text: str, caption: str, credit: str) -> None:
    assert captions.credit_of(text) == (caption, credit)


@pytest.mark.parametrize("text", ["他爱好摄影。", "他说。", "▲春到河边", "桥通了", "记者招待会", ""])
def test_a_text_without_names_and_role_has_no_credit(text: str) -> None:
    assert captions.credit_of(text) is None


def test_one_credit_for_several_pictures_says_who() -> None:
    assert captions.is_for_all("图①②均由本报记者 窦 清 摄")
    assert captions.credit_for_all("图①②均由本报记者 窦 清 摄") == "本报记者 窦清 摄"
    assert not captions.is_for_all("窦清 摄")


@pytest.mark.parametrize(
    ("text", "lead"),
    [("图为桥头", True), ("图①：桥头", True), ("▲桥头", True), ("左图：桥头", True), ("图书馆", False)],
)
def test_a_caption_is_known_by_its_first_words(text: str, lead: bool) -> None:
    assert captions.is_caption_lead(text) is lead
