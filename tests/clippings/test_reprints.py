"""The same text twice across an import: what is a reprint, which one is kept, and what only sounds alike."""

from __future__ import annotations

from bookmaker.clippings.model import Masthead, Paragraph, Part, Story
from bookmaker.clippings.reprints import Reprint, find_reprints

LONG = [
    "河东的老码头去年冬天关了门，吊臂拆下来当废铁卖，只留下一排红砖仓库。",
    "今年春天，街道把仓库改成了木工坊、旧书店和一间只卖面条的小馆子，周末要排队。",
    "木工坊的师傅姓温，从前在码头上修船，他说木头认人，手上有没有准头，刨花知道。",
    "旧书店的老板把书按捡到的地方分类：学校、医院、车站，客人要找书先得想一想谁会丢下它。",
    "小馆子每天和30斤面，卖完就关门，门口的黑板上写着明天几点开，从来没有写错过。",
]
OTHER = [
    "山上的护林站只有一条狗和两个人，电是去年才通的，水还要到山腰去挑。",
    "值班的人每隔两个小时上一次瞭望台，把看到的烟一缕一缕记下来：炊烟、雾、烧秸秆。",
    "入冬以后路封了，补给靠无人机送，狗见了它先叫后摇尾巴，一个月下来已经认得。",
    "站里的日志写了11年，最短的一页只有四个字，最长的一页写的是一棵树倒下的声音。",
]


def story(*paragraphs: str, title: str = "题目", file: str = "page.txt") -> Story:
    body = tuple(Paragraph(text, (number,)) for number, text in enumerate(paragraphs, 1))
    return Story(file, Masthead(), title, supplied=not title, parts=(Part("", (), body),))


def test_the_same_text_in_two_papers_is_a_reprint_of_the_first() -> None:
    assert find_reprints([story(*LONG), story(*OTHER), story(*LONG)]) == (Reprint(0, (2,), 1.0),)


def test_two_formats_of_one_page_differ_in_marks_and_spaces_only() -> None:
    half = [text.replace("，", ", ").replace("。", ".").replace("30", "３０") for text in LONG]
    assert find_reprints([story(*LONG), story(*half)]) == (Reprint(0, (1,), 1.0),)


def test_of_a_text_cut_short_the_whole_is_kept() -> None:
    (reprint,) = find_reprints([story(*LONG[:3]), story(*LONG)])
    assert (reprint.kept, reprint.others) == (1, (0,))


def test_of_equal_texts_the_one_with_a_headline_of_its_own_is_kept() -> None:
    (reprint,) = find_reprints([story(*LONG, title=""), story(*LONG)])
    assert reprint.kept == 1


def test_a_misread_character_here_and_there_is_still_the_same_text() -> None:
    misread = [text.replace("冬天", "冬夫").replace("木头", "本头").replace("黑板", "黒板") for text in LONG]
    (reprint,) = find_reprints([story(*LONG), story(*misread)])
    assert 0.8 <= reprint.likeness < 1


def test_a_text_in_traditional_characters_is_the_same_text() -> None:
    simplified = "这条铁路开通以后，两岸的学生过桥只要几分钟，车票还没有涨价，站台上天天有人拉琴，听的人从来不赶时间。"
    traditional = "這條鐵路開通以後，兩岸的學生過橋只要幾分鐘，車票還沒有漲價，站台上天天有人拉琴，聽的人從來不趕時間。"
    whole = simplified + OTHER[0]
    (reprint,) = find_reprints([story(whole), story(traditional + OTHER[0])])
    assert reprint.others == (1,)


def test_three_copies_make_one_group() -> None:
    (reprint,) = find_reprints([story(*LONG[:4]), story(*LONG), story(*LONG)])
    assert (reprint.kept, reprint.others) == (1, (0, 2))


def test_two_different_stories_are_no_reprints() -> None:
    assert find_reprints([story(*LONG), story(*OTHER)]) == ()


def test_briefs_of_one_kind_with_other_numbers_are_no_reprints() -> None:
    brief = (
        "本报讯 市气象台昨天傍晚发布消息，预计今天白天晴间多云，偏北风{}级，最高气温{}度，"
        "最低气温{}度，相对湿度百分之{}，早晚出门的市民请注意添加衣物，开车的朋友请留意路面情况，老人和孩子尽量避开清晨外出锻炼。"
    )
    assert find_reprints([story(brief.format(3, 21, 9, 40)), story(brief.format(4, 26, 12, 55))]) == ()


def test_briefs_that_share_their_boilerplate_are_no_reprints() -> None:
    lead = "本报讯 昨天，全市文明社区评选结果揭晓，经过自下而上推荐、逐级审核公示、集中评议，"
    first = lead + "河东街道柳巷社区凭着一张长桌宴进了名单，居民说桌子还要再接长两米。"
    second = lead + "东山街道泉湾社区因为修好了一口老井当选，打水的人如今排到了桥头。"
    assert find_reprints([story(first), story(second)]) == ()


def test_notices_that_differ_in_a_place_alone_are_no_reprints() -> None:
    notice = (
        "本报讯 因热力管网改造，{}自明天起封闭施工，途经车辆请按现场标志绕行，公交线路临时调整站位，"
        "工期预计为期半个月，沿线商户照常营业，夜间二十二点以后不进行破除作业，居民有意见可拨打工地围挡上公布的电话。"
    )
    assert find_reprints([story(notice.format("东山路")), story(notice.format("柳巷街"))]) == ()


def test_a_story_that_quotes_a_sentence_of_another_is_no_reprint() -> None:
    assert find_reprints([story(*LONG), story(*OTHER, LONG[2])]) == ()


def test_short_texts_are_reprints_only_if_they_are_equal() -> None:
    short = "东山路明天九点到十七点停水，请提前储水。"
    assert find_reprints([story(short), story(short.replace("东山", "西山"))]) == ()
    assert find_reprints([story(short), story(short)]) == (Reprint(0, (1,), 1.0),)


def test_stories_without_a_text_are_no_reprints_of_each_other() -> None:
    assert find_reprints([story(), story(), story("（王一）"), story("（王一）")]) == ()


def test_forty_equal_copies_are_found_although_their_words_are_everywhere() -> None:
    (reprint,) = find_reprints([story(*LONG) for _ in range(40)])
    assert len(reprint.others) == 39


def test_headings_that_one_format_takes_for_paragraphs_make_no_difference() -> None:
    headed = Story(
        "a.html", Masthead(), "题目", parts=(Part("老码头", (1,), tuple(Paragraph(text, (2,)) for text in LONG)),)
    )
    assert find_reprints([headed, story("老码头", *LONG)]) == (Reprint(0, (1,), 1.0),)
