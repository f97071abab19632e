"""Reading a page: what the file says is kept, what shows nothing is gone, and what is no text is told apart."""

from __future__ import annotations

import datetime
import io
import os
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from bookmaker.clippings.model import Clipping, Mark
from bookmaker.clippings.readers.reading import read_clipping
from bookmaker.problems import Problem

SIMPLIFIED = "北岸大桥昨天通车，早高峰的车流第一次不再绕行。司机们说，从城东到港口省下了二十分钟。"
TRADITIONAL = "北岸大橋昨天通車，早高峰的車流第一次不再繞行。司機們說，從城東到港口省下了二十分鐘。"
FOUNDER = (
    "<html><head><title>{title}--北岸晚报数字报</title></head><body><a href=x>上一版</a> <a href=y>下一版</a>"
    "<!--enpproperty <articleid>7</articleid><date>2026-04-18 00:00:00:0</date><author>本报记者 林晚舟</author>"
    "<title>{title}</title><keyword>桥</keyword><subtitle>早高峰省下二十分钟</subtitle><introtitle>三年建成</introtitle>"
    "<siteid>2</siteid><nodename>城事</nodename>/enpproperty-->"
    "<table><tr><td>大桥通车</td></tr></table><!--enpcontent--><p>　　第一段。</p><p>　　第二段。</p><!--/enpcontent-->"
    "<div>今日天气晴</div></body></html>"
)


@pytest.fixture
def read(tmp_path: Path):
    def reader(data: bytes | str, name: str = "page.txt") -> Clipping:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        problems: list[Problem] = []
        found = read_clipping(path, name, problems)
        assert problems == [] and found is not None
        return found

    return reader


@pytest.fixture
def refuse(tmp_path: Path):
    def reader(data: bytes, name: str = "page.txt") -> Problem:
        path = tmp_path / name
        path.write_bytes(data)
        problems: list[Problem] = []
        assert read_clipping(path, name, problems) is None
        (problem,) = problems
        assert problem.code == "unreadable-page" and problem.place.file == name
        return problem

    return reader


def texts(found: Clipping) -> list[str]:
    return [line.text for line in found.lines]


def marked(found: Clipping) -> list[tuple[Mark | None, str]]:
    return [(line.mark, line.text) for line in found.lines]


def why_dropped(found: Clipping) -> dict[str, str]:
    return dict(found.dropped)


# Encodings


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (SIMPLIFIED, "utf-8", "UTF-8"),
        (SIMPLIFIED, "utf-8-sig", "UTF-8"),
        (SIMPLIFIED, "utf-16", "UTF-16"),
        (SIMPLIFIED, "gbk", "GB18030"),
        (SIMPLIFIED + "㐂", "gb18030", "GB18030"),
        (TRADITIONAL, "gbk", "GB18030"),
        (TRADITIONAL, "big5", "Big5"),
        (TRADITIONAL + "埗", "big5hkscs", "Big5"),
        ("大桥通车", "gbk", "GB18030"),
        ("大橋通車", "big5", "Big5"),
    ],
)
def test_the_encoding_is_told_by_the_characters_that_come_out(read, text: str, codec: str, name: str) -> None:
    found = read(text.encode(codec))
    assert (texts(found), found.encoding) == ([text], name)


@pytest.mark.parametrize("label", ["gb2312", "big5", "utf-8", "iso-8859-1", "nonsense"])
@pytest.mark.parametrize(("text", "codec"), [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5"), (SIMPLIFIED, "utf-8")])
def test_the_bytes_refute_a_wrong_charset_of_a_web_page(read, label: str, text: str, codec: str) -> None:
    page = f'<html><head><meta charset="{label}"></head><body><p>{text}</p></body></html>'
    assert texts(read(page.encode(codec), "page.html")) == [text]


def test_a_damaged_character_is_reported_and_the_rest_is_read(read) -> None:
    found = read(SIMPLIFIED.encode()[:-1] + "\n新的一天。".encode())
    assert texts(found) == [SIMPLIFIED[:-1], "新的一天。"]
    assert list(why_dropped(found).values()) == ["damaged: they could not be read"]


# Text and Markdown


def test_every_line_keeps_its_number_whatever_ends_it(read) -> None:
    found = read("一\r\n\r\n二\r三\n\n四")
    assert [(line.number, line.text) for line in found.lines] == [
        (1, "一"),
        (2, ""),
        (3, "二"),
        (4, "三"),
        (5, ""),
        (6, "四"),
    ]


def test_indents_stay_and_blanks_at_the_end_go(read) -> None:
    assert texts(read("　　一段 　\n  两格\n\t跳格")) == ["　　一段", "  两格", "    跳格"]


def test_characters_that_show_nothing_are_taken_out(read) -> None:
    assert texts(read("大\u200b桥\u00ad通\ufeff车\x07。\n\f下一页\n上\x0c下")) == ["大桥通车。", "下一页", "上 下"]


def test_hashes_at_the_head_are_headings_even_in_text_files(read) -> None:
    found = read("# 大桥通车\n### 怎么办 ###\n#新闻话题#\n#1 车间\n共 # 项\n#大桥\n#")
    assert [(line.level, line.text) for line in found.lines] == [
        (1, "大桥通车"),
        (3, "怎么办"),
        (0, "#新闻话题#"),
        (0, "#1 车间"),
        (0, "共 # 项"),
        (1, "大桥"),
        (0, "#"),
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("#北岸：大桥通车", (1, "北岸：大桥通车")),
        ("##北岸大桥通车##", (2, "北岸大桥通车")),
        ("#“北岸”大桥通车", (1, "“北岸”大桥通车")),
        ("##3号线通车", (2, "3号线通车")),
        ("#**大桥通车**", (1, "大桥通车")),
        ("# ## 大桥通车", (1, "大桥通车")),
        ("## # 大桥通车", (2, "大桥通车")),
        ("# #大桥# 通车了", (1, "#大桥# 通车了")),
    ],
)
@pytest.mark.parametrize("name", ["page.txt", "page.md"])
def test_a_heading_may_lack_its_blank_or_have_its_mark_twice(read, line: str, heading, name: str) -> None:
    (found,) = read(line, name).lines
    assert (found.level, found.text) == heading


@pytest.mark.parametrize(
    "line",
    [
        "#北岸大桥昨天通车，早高峰的车流第一次不再绕行。",
        "#大桥通车# 早高峰不再绕行",
        "#大桥 #通车 #北岸",
        "#3 车间全体职工",
        "#define BRIDGE",
        "#" + "大桥" * 21,
        "##",
        "# #",
    ],
)
def test_a_hash_before_a_topic_a_number_or_a_sentence_is_text(read, line: str) -> None:
    (found,) = read(line).lines
    assert (found.level, found.text) == (0, line)


def test_bold_marks_in_pairs_go_and_a_lone_star_stays(read) -> None:
    assert texts(read("**怎么办**\n说**三**遍\n2**3\n***\n一*二*三")) == ["怎么办", "说三遍", "2**3", "***", "一*二*三"]


def test_marks_of_markdown_are_taken_for_what_they_say(read) -> None:
    found = read("> 引用\n*斜体* 和 __粗体__\n3 \\* 4\n![张三在讲课](a.jpg)\n见[大桥](http://x)", "page.md")
    assert marked(found) == [
        (None, "引用"),
        (None, "斜体 和 粗体"),
        (None, "3 * 4"),
        (Mark.CAPTION, "张三在讲课"),
        (None, "见大桥"),
    ]


def test_a_header_gives_the_headline_and_the_masthead(read) -> None:
    found = read("---\ntitle: 大桥通车\nkicker: “三年建成”\ndate: 2026-04-18\nnote: x\n---\n正文。", "page.md")
    assert marked(found) == [(Mark.TITLE, "大桥通车"), (Mark.KICKER, "“三年建成”"), (None, "正文。")]
    assert [line.number for line in found.lines] == [2, 3, 7]
    assert found.masthead.date == datetime.date(2026, 4, 18)
    assert why_dropped(found)["note: x"] == "the header of the file"


def test_a_rule_at_the_top_is_no_header(read) -> None:
    assert texts(read("---\n正文。\n---\n下文。", "page.md")) == ["---", "正文。", "---", "下文。"]


# Web pages


def test_a_founder_page_is_its_property_and_its_content(read) -> None:
    found = read(FOUNDER.format(title="大桥&lt;br&gt;通车"), "page.html")
    assert marked(found) == [
        (Mark.KICKER, "三年建成"),
        (Mark.TITLE, "大桥"),
        (Mark.TITLE, "通车"),
        (Mark.SUBTITLE, "早高峰省下二十分钟"),
        (Mark.BYLINE, "本报记者 林晚舟"),
        (None, "第一段。"),
        (None, "第二段。"),
    ]
    assert found.masthead.section == "城事" and found.masthead.date == datetime.date(2026, 4, 18)
    assert found.masthead.publication == "北岸晚报"
    assert why_dropped(found)["今日天气晴"] == "outside the story that the page marks"


def test_a_property_after_the_content_heads_it(read) -> None:
    page = "<!--enpcontent--><p>甲文。</p><!--/enpcontent--><!--enpproperty <title>甲题</title>/enpproperty-->"
    assert texts(read(page + page.replace("甲", "乙"), "page.html")) == ["甲题", "甲文。", "乙题", "乙文。"]


def test_newer_founder_marks_are_read_as_elements_and_in_the_comment(read) -> None:
    found = read(
        "<body><founder-introtitle>引</founder-introtitle><founder-title><![CDATA[]]>大桥<br>通车</founder-title>"
        "<founder-imgdesc>桥上。林晚舟 摄</founder-imgdesc><founder-content><p>正文。</p></founder-content>"
        "<!--enpproperty <founder-date>2026-04-18 10:00:00</founder-date><founder-pagenum>02</founder-pagenum>"
        "<founder-papername>北岸晚报</founder-papername> /enpproperty-->",
        "page.html",
    )
    assert marked(found) == [
        (Mark.KICKER, "引"),
        (Mark.TITLE, "大桥"),
        (Mark.TITLE, "通车"),
        (Mark.CAPTION, "桥上。林晚舟 摄"),
        (None, "正文。"),
    ]
    assert (found.masthead.page, found.masthead.publication) == ("2", "北岸晚报")


def test_a_page_in_the_manner_of_peoples_daily_has_its_deck(read) -> None:
    found = read(
        "<div class=article><h3>引题</h3><h1>主题</h1><h2>副题</h2><p class=sec>本报记者　张波"
        "<span class=date>（2026年04月18日 第 02 版）</span></p><div id=ozoom><p>　　正文。</p></div></div>",
        "page.html",
    )
    assert marked(found) == [
        (Mark.KICKER, "引题"),
        (Mark.TITLE, "主题"),
        (Mark.SUBTITLE, "副题"),
        (Mark.BYLINE, "本报记者　张波"),
        (None, "正文。"),
    ]
    assert (found.masthead.page, found.masthead.date) == ("2", datetime.date(2026, 4, 18))


def test_headings_of_a_plain_page_give_levels_and_paragraphs_are_whole(read) -> None:
    found = read("<h1>大桥通车</h1><p>第一段，\n  换行。</p><h2>怎么办</h2><div>第二段。</div>", "page.html")
    assert [(line.number, line.level, line.whole, line.text) for line in found.lines] == [
        (1, 1, True, "大桥通车"),
        (2, 0, True, "第一段，换行。"),
        (3, 2, True, "怎么办"),
        (4, 0, True, "第二段。"),
    ]


def test_a_lone_break_parts_lines_and_a_double_one_or_an_indent_parts_paragraphs(read) -> None:
    found = read("<p>一<br>二<br><br>三<br>&nbsp;&nbsp;四<br>五</p><p>六<br>七</p>", "page.html")
    assert [(line.text, line.whole) for line in found.lines] == [
        ("一", False),
        ("二", False),
        ("三", True),
        ("四", False),
        ("五", False),
        ("", False),
        ("六", False),
        ("七", False),
    ]


@pytest.mark.parametrize("bold", ["<strong>{}</strong>", "<b>{}</b>", "<span style='font-weight: 700'>　　{}</span>"])
@pytest.mark.parametrize("block", ["<p>{}</p>", "<div>　　{} </div>"])
def test_a_short_bold_paragraph_is_a_heading_of_a_part(read, bold: str, block: str) -> None:
    heading = block.format(bold.format("三年怎么修"))
    found = read(f"<h1>大桥通车</h1><p>甲文。</p>{heading}<p>乙<b>文</b>。</p>", "page.html")
    assert [(line.level, line.text.strip()) for line in found.lines] == [
        (1, "大桥通车"),
        (0, "甲文。"),
        (3, "三年怎么修"),
        (0, "乙文。"),
    ]


def test_a_bold_heading_is_below_the_heading_it_stands_under(read) -> None:
    found = read(
        "<h3>大桥通车</h3><p>甲文。</p><p><b>怎么修</b></p><p>乙文。</p><h3>老桥退役</h3><p>丙文。</p>", "a.html"
    )
    assert [line.level for line in found.lines] == [3, 0, 4, 0, 3, 0]


def test_a_bold_line_in_a_paragraph_is_a_heading_and_parts_it(read) -> None:
    found = read("<table><td>　　甲文。<br><br>　　<b>怎么修</b><br>　　乙文。<br>　　丙文。</td></table>", "page.html")
    assert [(line.level, line.whole, line.text) for line in found.lines] == [
        (0, True, "甲文。"),
        (3, True, "怎么修"),
        (0, True, "乙文。"),
        (0, True, "丙文。"),
    ]


@pytest.mark.parametrize(
    "bold",
    [
        "<p><b>桥修了三年。</b></p>",
        "<p><b>记者：桥修了几年？</b></p>",
        "<p><b>（记者 张波）</b></p>",
        "<p><b>本报记者 张波</b></p>",
        "<p><b>新桥夜景。张波 摄</b></p>",
        f"<p><b>{'桥' * 41}</b></p>",
        "<p><b>2026</b></p>",
        "<p><a><b>看看老桥</b></a></p>",
        "<p><b>甲乙</b>丙</p>",
        "<p><b style='font-weight:normal'>甲乙</b></p>",
        "<table><tr><th><b>年份</b></th></tr><tr><td><b>全长</b></td></tr></table>",
        "<ul><li><b>全长八百米</b></li><li>双向六车道</li></ul>",
    ],
)
def test_what_is_bold_for_another_reason_is_no_heading(read, bold: str) -> None:
    found = read(f"<h1>大桥通车</h1><p>甲文。</p>{bold}<p>乙文。</p><p>丙文。</p><p>丁文。</p>", "page.html")
    assert [line.level for line in found.lines if line.level] == [1] and len(found.lines) >= 6


def test_where_most_is_bold_it_says_nothing(read) -> None:
    found = read("<h1>大桥通车</h1><p><b>张三</b></p><p><b>李四</b></p><p><b>王五</b></p><p>甲文。</p>", "page.html")
    assert [line.level for line in found.lines] == [1, 0, 0, 0, 0]


def test_a_heading_beside_a_marked_kicker_or_subtitle_is_the_title(read) -> None:
    found = read(
        "<h2>甲题</h2><p class=subtitle>甲副题</p><p>甲文。</p><p class=kicker>乙引题</p><h2>乙题</h2><p>乙文。</p>"
        "<h2>丙题</h2><p>丙文。</p>",
        "page.html",
    )
    titles = [line.text for line in found.lines if line.mark is Mark.TITLE]
    assert titles == ["甲题", "乙题"] and found.lines[-2].level == 2


def test_a_table_of_layout_loses_no_text(read) -> None:
    page = "<table><tr><td>一<table><tr><td>二</td></tr></table>三</td><td><div>四<p>五</p>六</div></td></tr></table>"
    assert texts(read(page, "page.html")) == ["一", "二", "三", "四", "五", "六"]


def test_several_stories_on_a_page_come_out_in_order(read) -> None:
    page = "".join(f"<article><h2>题{one}</h2><p>文{one}。</p></article>" for one in "甲乙丙")
    found = read(f"<title>城事 - 北岸晚报</title><h1>北岸晚报</h1>{page}", "page.html")
    assert texts(found) == ["题甲", "文甲。", "题乙", "文乙。", "题丙", "文丙。"]
    assert found.masthead.publication == "北岸晚报"
    assert why_dropped(found)["北岸晚报"] == "the name of the site"


def test_a_headline_that_the_window_repeats_stays(read) -> None:
    page = "<title>大桥通车_北岸晚报</title><h1>大桥通车</h1><h2>省下二十分钟</h2><p>正文。</p>"
    assert texts(read(page, "page.html")) == ["大桥通车", "省下二十分钟", "正文。"]


@pytest.mark.parametrize(
    "furniture",
    [
        "<script>var a = '文';</script>",
        "<style>p { color: red }</style>",
        "<nav>要闻 教育</nav>",
        "<footer>联系我们</footer>",
        "<aside><a>热门一</a><a>热门二</a></aside>",
        "<form><label>搜索</label><input></form>",
        "<p hidden>暗文</p>",
        "<p style='display: none'>暗文</p>",
        "<div class=breadcrumb>首页 &gt; 要闻 &gt; 正文</div>",
        "<p>当前位置：首页 > 要闻</p>",
        "<div><a>上一篇</a><a>下一篇</a> 放大 缩小 默认 朗读</div>",
        "<p>上一篇：<a>老桥退役</a></p>",
        "<div>分享到：微信 微博</div>",
        "<p>北岸晚报社版权所有 北ICP备00000000号</p>",
        "<p>本报稿件未经授权不得转载</p>",
        "<p>2026-04-18 星期六 来源：《北岸晚报》</p>",
        "<p>阅读 1.2万</p>",
        "<p>分享让更多人看到</p>",
        "<p>【打印】【纠错】</p>",
        "<p>打开微信，点击“发现”，用“扫一扫”把本页分享给朋友。</p>",
    ],
)
def test_furniture_of_a_page_is_dropped_with_the_reason(read, furniture: str) -> None:
    found = read(f"<body>{furniture}<h1>大桥通车</h1><p>正文。</p></body>", "page.html")
    assert texts(found) == ["大桥通车", "正文。"]
    assert len(found.dropped) >= 1 and all(why for _, why in found.dropped)


@pytest.mark.parametrize(
    "text",
    [
        "<form id=page><p>整页都在表单里，这是许多旧网站的写法，正文也在其中。</p></form>",
        "<aside><h3>新闻链接</h3><p>老桥建于1962年，全长八百米，是当时省内最长的公路桥。</p></aside>",
        "<ul><li>全长八百米</li><li>双向六车道</li></ul>",
        "<p class=hot>昨天最高气温三十九度。</p>",
        "<p>企业不得未经授权复制使用他人软件。</p>",
        "<p>2025年12月31日前完成改造。</p>",
        "<p>阅读：一座桥的三种读法</p>",
        "<p>评论员2人</p>",
    ],
)
def test_text_that_looks_like_furniture_stays(read, text: str) -> None:
    found = read(f"<h1>大桥通车</h1>{text}", "page.html")
    assert len(found.lines) >= 2 and found.masthead.date is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="publishdate" content="2026-04-18"><meta name="source" content="北岸晚报">',
        '<meta name="PubDate" content="2026-04-18 08:30"><title>大桥通车-要闻-北岸晚报</title>',
    ],
)
def test_publication_and_day_come_from_the_head_of_the_page(read, head: str) -> None:
    found = read(f"<head>{head}</head><h1>大桥通车</h1><p>正文。</p>", "page.html")
    assert (found.masthead.publication, found.masthead.date) == ("北岸晚报", datetime.date(2026, 4, 18))


def test_the_name_of_the_site_is_the_publication_if_nothing_names_the_paper(read) -> None:
    site = '<meta property="og:site_name" content="今日北岸"><meta name="author" content="张波">'
    page = "<h1>大桥通车</h1><p>正文。</p>"
    assert read(f"{site}{page}", "page.html").masthead.publication == "今日北岸"
    assert read(f"{site}<title>大桥通车_北岸晚报</title>{page}", "page.html").masthead.publication == "北岸晚报"


def test_the_words_of_a_menu_are_reported_one_by_one(read) -> None:
    found = read("<nav><ul><li>要闻</li><li>教育</li></ul></nav><p>正文。</p>", "page.html")
    assert why_dropped(found) == {"要闻 教育": "a menu"}


def test_publication_day_page_and_section_come_from_the_edge_of_the_page(read) -> None:
    found = read("<p>北岸晚报 2026-04-18 星期六</p><p>第02版：城事</p><h1>题</h1><p>正文。</p>", "page.html")
    assert found.masthead.publication == "北岸晚报" and found.masthead.page == "02".lstrip("0")
    assert found.masthead.section == "城事" and found.masthead.date == datetime.date(2026, 4, 18)


def test_a_caption_is_marked_and_the_alternative_text_of_a_picture_is_not_taken(read) -> None:
    page = (
        "<figure><img alt=桥><figcaption>新桥。张波 摄</figcaption></figure><p class=pic-desc>夜景。</p><p>正文。</p>"
    )
    assert marked(read(page, "page.html")) == [
        (Mark.CAPTION, "新桥。张波 摄"),
        (Mark.CAPTION, "夜景。"),
        (None, "正文。"),
    ]


def test_a_comment_is_no_text(read) -> None:
    assert texts(read("<p>正文<!-- 编辑说：删 -->。</p>", "page.html")) == ["正文。"]


# Word


@pytest.fixture
def manuscript():
    return docx.Document()


def saved(manuscript) -> bytes:
    stream = io.BytesIO()
    manuscript.save(stream)
    return stream.getvalue()


def test_styles_of_word_say_what_a_paragraph_is(read, manuscript) -> None:
    manuscript.add_heading("大桥通车", 0)
    manuscript.add_heading("怎么办", 2)
    manuscript.add_paragraph("新桥。张波 摄", style="Caption")
    for name in ("标题 1", "题注"):
        manuscript.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        manuscript.add_paragraph(f"有样式{name[0]}", style=name)
    manuscript.add_paragraph("正文。")
    found = read(saved(manuscript), "page.docx")
    assert [(line.level, line.mark, line.text) for line in found.lines] == [
        (1, None, "大桥通车"),
        (3, None, "怎么办"),
        (0, Mark.CAPTION, "新桥。张波 摄"),
        (2, None, "有样式标"),
        (0, Mark.CAPTION, "有样式题"),
        (0, None, "正文。"),
    ]


@pytest.mark.parametrize("title", ["", "北岸晚报 2026年4月18日 第3版"])
def test_without_the_title_of_a_story_the_first_headings_are_titles(read, manuscript, title: str) -> None:
    manuscript.add_heading(title, 0)
    manuscript.add_heading("大桥通车", 1)
    manuscript.add_heading("怎么办", 2)
    found = read(saved(manuscript), "page.docx")
    assert [line.level for line in found.lines if line.text in ("大桥通车", "怎么办")] == [1, 2]


def test_several_titles_have_their_own_parts(read, manuscript) -> None:
    for story in "甲乙":
        manuscript.add_paragraph(f"{story}题", style="Title")
        manuscript.add_heading(f"{story}的一部分", 1)
    levels = [line.level for line in read(saved(manuscript), "page.docx").lines]
    assert levels == [1, 2, 1, 2]


def test_a_style_based_on_a_heading_is_one(read, manuscript) -> None:
    style = manuscript.styles.add_style("大标题", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = manuscript.styles["Heading 2"]
    manuscript.add_paragraph("怎么办", style=style)
    assert read(saved(manuscript), "page.docx").lines[0].level == 2


def test_paragraphs_and_cells_of_nested_tables_come_in_order(read, manuscript) -> None:
    manuscript.add_paragraph("前")
    cell = manuscript.add_table(1, 2).rows[0].cells
    cell[0].text, cell[1].text = "左", "右"
    cell[1].add_table(1, 1).rows[0].cells[0].text = "内"
    manuscript.add_paragraph("后")
    assert [text for text in texts(read(saved(manuscript), "page.docx")) if text] == ["前", "左", "右", "内", "后"]


def test_line_breaks_part_lines_and_tabs_are_blanks(read, manuscript) -> None:
    manuscript.add_paragraph("一\n二\t三")
    found = read(saved(manuscript), "page.docx")
    assert [(line.text, line.whole) for line in found.lines] == [("一", False), ("二 三", False)]


def test_what_was_struck_out_is_gone_and_what_was_put_in_stays(read, manuscript) -> None:
    paragraph = manuscript.add_paragraph("桥")._p
    paragraph.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del>"))
    paragraph.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>新</w:t></w:r></w:ins>"))
    assert texts(read(saved(manuscript), "page.docx")) == ["桥新"]


def test_hidden_text_is_dropped(read, manuscript) -> None:
    run = manuscript.add_paragraph("正文。").add_run("暗文")
    run._r.get_or_add_rPr().append(OxmlElement("w:vanish"))
    found = read(saved(manuscript), "page.docx")
    assert texts(found) == ["正文。"] and found.dropped == (("暗文", "hidden text"),)


def test_a_text_box_is_read_once_after_the_paragraph_it_hangs_on(read, manuscript) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    run = manuscript.add_paragraph("框前")._p
    run.append(
        parse_xml(
            f"<w:r {nsdecls('w')} {mc}><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    manuscript.add_paragraph("框后")
    assert texts(read(saved(manuscript), "page.docx")) == ["框前", "框里", "框后"]


def test_notes_and_automatic_numbers_are_reported(read, manuscript) -> None:
    manuscript.add_paragraph("第一条", style="List Number")
    properties = manuscript.add_paragraph("第二条")._p.get_or_add_pPr()
    properties.append(parse_xml(f"<w:numPr {nsdecls('w')}><w:numId w:val='1'/></w:numPr>"))
    reference = parse_xml(f"<w:r {nsdecls('w')}><w:footnoteReference w:id='1'/></w:r>")
    manuscript.add_paragraph("正文。")._p.append(reference)
    found = read(saved(manuscript), "page.docx")
    assert texts(found) == ["第一条", "第二条", "正文。"]
    assert ("1", "notes at the foot of the page or the end") in found.dropped
    assert any("numbers" in why for _, why in found.dropped)


# Which reader, and what is refused


def test_a_web_page_is_known_by_its_content_under_any_name(read) -> None:
    assert texts(read("<!DOCTYPE html><p>正文。</p>", "page.txt")) == ["正文。"]


def test_a_page_without_a_tag_is_text_even_if_it_is_called_html(read) -> None:
    assert texts(read("一\n\n二 < 三", "page.html")) == ["一", "", "二 < 三"]


def test_a_word_file_is_known_by_its_content_under_any_name(read, manuscript) -> None:
    manuscript.add_paragraph("正文。")
    assert texts(read(saved(manuscript), "page.txt")) == ["正文。"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old .doc file"),
        ("page.pdf", b"%PDF-1.7\n\xe2\xe3", "a PDF"),
        ("page.rtf", b"{\\rtf1\\ansi}", "an RTF file"),
        ("page.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture"),
        ("page.txt", b"\xff\xd8\xff\xe0" + bytes(50), "a picture"),
        ("page.txt", bytes(range(256)) * 20, "no text in UTF-8"),
        ("page.txt", b"", "holds no text"),
        ("page.txt", "\ufeff \n\u3000\n\u200b".encode(), "holds no text"),
        ("page.html", b"<html><body><img src=a alt=b></body></html>", "holds no text"),
        ("page.docx", b"PK\x03\x04 [Content_Types].xml word/", "damaged"),
        ("page.csv", b"a,b", "does not know files that end in"),
    ],
)
def test_a_file_that_holds_no_text_we_read_is_one_problem(refuse, name: str, data: bytes, said: str) -> None:
    problem = refuse(data, name)
    assert said in problem.what and problem.hint


def test_an_archive_is_no_page(refuse) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "正文。")
    assert "archive" in refuse(stream.getvalue(), "pages.zip").what


def test_what_is_no_regular_file_is_refused_unopened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "gone.txt", Path(os.devnull), Path("a\0b")):
        problems: list[Problem] = []
        assert read_clipping(path, "it", problems) is None
        assert [problem.code for problem in problems] == ["unreadable-page"]
