"""Written articles: what bookmaker's own reader makes of the file is what the import meant, letter for letter."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bookmaker.clippings.batch import Imported, slug_of
from bookmaker.clippings.facts import Doubt, Kind, Spot
from bookmaker.clippings.model import Account, Caption, Guess, Masthead, Name, Paragraph, Part, Story, Use
from bookmaker.clippings.notes import note_of
from bookmaker.clippings.readers.encodings import shown
from bookmaker.clippings.writing import article_text, lines_of
from bookmaker.content.article import Article, read_article
from bookmaker.content.body import plain_text
from bookmaker.content.pictures import PictureShelf
from bookmaker.project import Project

FOLIO = Masthead("北岸晚报", datetime.date(2026, 4, 18), "A02", "城事")


def story(*paragraphs: str, title: str = "桥通车了", heading: str = "") -> Story:
    """A story whose title stands in line 1 and its paragraphs in the lines from 3."""
    body = tuple(Paragraph(text, (number,)) for number, text in enumerate(paragraphs, 3))
    accounts = (Account(1, Use.TITLE), *(Account(number, Use.BODY) for number in range(3, 3 + len(paragraphs))))
    return Story("page.txt", Masthead(), title, parts=(Part(heading, (), body),), accounts=accounts)


def read_back(told: Story | Imported) -> Article:
    """The article as `bookmaker` reads its file; nothing may be wrong with it."""
    text = article_text(told if isinstance(told, Imported) else Imported(told, "bridge"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bridge.md"
        path.write_bytes(text.encode())
        problems: list[object] = []
        project = Project(Path(folder))
        read = read_article(project, path, PictureShelf(project), problems)  # type: ignore[arg-type]
    assert not problems, f"{problems}\n{text}"
    assert read is not None
    return read


def texts_of(read: Article) -> list[str]:
    return [plain_text(block.xhtml) for block in read.body.blocks()]


# The header


FULL = replace(
    story("桥上的灯亮了。", "人多了起来。"),
    masthead=FOLIO,
    kicker="三年等待，一朝贯通",
    subtitle="——东门桥见闻",
    column="城市脚步",
    date=datetime.date(2026, 4, 17),
    dateline="本报讯",
    bylines=(Name("张波", "记者"), Name("李明")),
    captions=(Caption("桥头的老槐树。", "王小燕 摄", (2,)), Caption("桥上的灯。", "", (2,))),
    continued_from="第1版",
    truncated=True,
)


def test_every_field_of_a_story_is_in_the_header() -> None:
    header = read_back(FULL).header
    assert (header.title, header.kicker, header.subtitle) == ("桥通车了", "三年等待，一朝贯通", "——东门桥见闻")
    assert (header.column, header.dateline, header.continued_from) == ("城市脚步", "本报讯", "第1版")
    assert [(one.name, one.role) for one in header.bylines] == [("张波", "记者"), ("李明", "")]
    assert [(one.caption, one.credit) for one in header.images] == [("桥头的老槐树。", "王小燕 摄"), ("桥上的灯。", "")]
    (source,) = header.source
    assert (source.publication, source.page, source.section) == ("北岸晚报", "A02", "城事")
    assert header.clipping is not None
    assert (header.clipping.file, header.clipping.lines) == ("page.txt", "1-4")


def test_the_date_is_the_storys_own_and_the_sources_the_papers() -> None:
    header = read_back(FULL).header
    assert str(header.date) == "2026-04-17"
    assert str(header.source[0].date) == "2026-04-18"


def test_a_story_without_a_date_has_the_papers() -> None:
    assert str(read_back(replace(FULL, date=None)).header.date) == "2026-04-18"


def test_a_page_that_shows_nothing_of_itself_gives_no_source_and_no_date() -> None:
    header = read_back(story("甲。")).header
    assert (header.source, header.date, header.truncated) == ((), None, "")


def test_the_paper_that_a_story_cites_is_its_source_where_the_page_names_none() -> None:
    cited = replace(story("甲。"), bylines=(Name("《北岸日报》", "据"),))
    assert [source.publication for source in read_back(cited).header.source] == ["北岸日报"]


def test_a_text_that_breaks_off_says_so() -> None:
    assert read_back(FULL).header.truncated
    assert "第3版" in read_back(replace(FULL, continued_on="第3版")).header.truncated


HOSTILE = [
    "桥: 通车了",
    "桥 # 通车了",
    "“桥”通车了",
    '"桥"通车了',
    "'桥'通车了",
    "桥\\通车了",
    "- 桥",
    "—— 桥",
    "---",
    "2026",
    "3.5",
    "2026-04-18",
    "是",
    "否",
    "yes",
    "null",
    "~",
    "桥, 路",
    "[桥]",
    "{桥: 路}",
    "桥]}",
    "*桥",
    "&桥",
    "!桥",
    "%桥",
    "@桥",
    "`桥`",
    "|桥",
    ">桥",
    "? 桥",
    ": 桥",
    "桥:",
    "桥#",
    "桥 #",
    "<桥>",
    "桥\u3000路",
    "桥 路",
    "𠮷野家",
    "😀",
    "桥" * 300,
    "Bridge: the “new” one",
    "\\n",
    "\\",
    '桥"',
]
KEYS = ("title", "kicker", "subtitle", "column", "dateline", "continued_from")


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_comes_back_as_it_was(value: str) -> None:
    told = replace(
        story("甲。"),
        **dict.fromkeys(KEYS, value),
        masthead=Masthead(value, None, value, value),
        bylines=(Name(value, value), Name(value)),
        captions=(Caption(value, value, (2,)), Caption(value, "", (2,))),
        file=value,
    )
    header = read_back(told).header
    assert [getattr(header, key) for key in KEYS] == [value] * len(KEYS)
    assert [(one.name, one.role) for one in header.bylines] == [(value, value), (value, "")]
    assert [(one.caption, one.credit) for one in header.images] == [(value, value), (value, "")]
    assert [(one.publication, one.page, one.section) for one in header.source] == [(value,) * 3]
    assert header.clipping is not None
    assert header.clipping.file == value


#: The readers of pages leave out what shows nothing (`encodings.shown`), so that it never gets here.
READABLE = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")).filter(lambda letter: shown(letter) == letter)


@settings(max_examples=60, deadline=None)
@given(st.text(st.one_of(st.sampled_from("桥路，。: #\"'\\-[]{}&*!|>%@`~?,1"), READABLE), min_size=1, max_size=30))
def test_any_value_comes_back_as_it_was(drawn: str) -> None:
    value = drawn.strip() or "桥"
    told = replace(story("甲。"), title=value, kicker=value, bylines=(Name(value, value),))
    header = read_back(told).header
    assert (header.title, header.kicker, header.bylines[0].name, header.bylines[0].role) == (value,) * 4


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((1, 3, 4), "1-4"),
        ((7,), "7"),
        ((1, 2, 3, 9, 11, 20), "1-3, 9-11, 20"),
        ((), ""),
    ],
)
def test_the_lines_of_a_story_are_said_in_runs(lines: tuple[int, ...], said: str) -> None:
    accounts = tuple(Account(line, Use.BODY) for line in lines)
    assert lines_of(replace(story("甲。"), accounts=accounts)) == said


# The body


PARAGRAPHS = [
    "1. 桥",
    "1.",
    "12) 桥",
    "2026. 年",
    "3.5亿元",
    "- 桥",
    "+ 桥",
    "* 桥",
    "-",
    "---",
    "***",
    "_ _ _",
    "===",
    "- - -",
    "> 桥",
    ">桥",
    "| 桥 | 路 |",
    "|桥",
    "~~~",
    "```",
    "``` 桥",
    "# 桥",
    "###### 桥",
    "#桥",
    "####### 桥",
    ": 桥",
    "<b>桥</b>",
    "<script>alert(1)</script>",
    "<!-- 桥 -->",
    "<https://example.invalid>",
    "&lt;桥&gt;",
    "&amp;",
    "&#65;",
    "*桥*",
    "**桥**路",
    "_桥_",
    "__桥__",
    "~~桥~~",
    "`桥`",
    "[桥](路)",
    "![桥](路.png)",
    "[桥]: 路",
    "[^1]: 桥",
    "桥[^1]",
    "桥^[注]",
    "[桥]{.term}",
    "[桥]{reading=qiao}",
    "桥{theme=city}",
    "{桥}",
    "\\",
    "桥\\",
    "\\*桥",
    "桥\\\\",
    "$桥$",
    "桥|路",
    "https://example.invalid/a_b_c",
    "a*b*c",
    "snake_case_name",
    "5<6>4&3",
    "桥  路",
    "桥  ",
    "（1）桥",
    "①桥",
    "----桥",
    "——桥",
    "“桥”",
    "title: 桥",
    "*[桥]: 路",
    ":::",
    "%%",
    "@桥",
]


@pytest.mark.parametrize("text", PARAGRAPHS)
def test_what_looks_like_markdown_stays_text(text: str) -> None:
    blocks = list(read_back(story("甲。", text, "乙。")).body.blocks())
    assert [block.kind for block in blocks] == ["paragraph"] * 3
    assert [plain_text(block.xhtml).rstrip() for block in blocks] == ["甲。", text.rstrip(), "乙。"]


@pytest.mark.parametrize("text", ["<b>桥</b>", "*桥*", "`桥`", "[桥](路)", "~~桥~~", "[桥]{.term}", "桥^[注]"])
def test_marks_of_the_text_make_no_marks_in_the_book(text: str) -> None:
    read = read_back(story(text))
    (block,) = read.body.blocks()
    assert block.xhtml.removeprefix("<p>").removesuffix("</p>").count("<") == 0
    assert not read.body.notes


SIGNS = "桥灯人，。：“”《》（）*_#[]<>&\\~|{}^$-+=:`!.)1 0a"


@settings(max_examples=250, deadline=None)
@given(st.lists(st.text(st.sampled_from(SIGNS), min_size=1, max_size=14), min_size=1, max_size=4))
@example(["1.", "-", "桥"])
@example(["[a]:b", "[a]"])
@example(["|a|b|", "|-|-|"])
def test_every_paragraph_comes_back_letter_for_letter(drawn: list[str]) -> None:
    paragraphs = [text.strip().replace("[^", "[") for text in drawn if text.strip()]
    if paragraphs:
        read = read_back(story(*paragraphs))
        assert [block.kind for block in read.body.blocks()] == ["paragraph"] * len(paragraphs)
        assert texts_of(read) == paragraphs


@pytest.mark.parametrize(
    "heading",
    [
        *(text for text in ("桥上 {theme=x}", "{theme=city}", "桥上{theme=x}", "桥 { }", "{#id .class}", "`桥` {x=1}")),
        "{theme=x} 桥",
        "桥 #",
        "桥 ##",
        "桥#",
        "# 桥",
        "*桥*",
        "1. 桥",
        "- 桥",
        "<b>桥</b>",
        "桥\\",
        "[桥](路)",
        "&amp;",
        "`桥`",
        "=",
        "一、桥",
        "——桥",
    ],
)
def test_a_heading_comes_back_and_names_no_theme(heading: str) -> None:
    (section,) = [section for section in read_back(story("甲。", heading=heading)).body.sections if section.heading]
    assert (plain_text(section.heading), section.theme) == (heading, None)
    assert [plain_text(block.xhtml) for block in section.blocks] == ["甲。"]


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from(SIGNS), min_size=1, max_size=12))
def test_any_heading_comes_back_letter_for_letter(drawn: str) -> None:
    heading = drawn.rstrip(" }").strip()  # for braces at the end see above
    if heading:
        sections = [one for one in read_back(story("甲。", heading=heading)).body.sections if one.heading]
        assert [(plain_text(one.heading), one.theme) for one in sections] == [(heading, None)]


def test_headed_parts_are_headed_sections() -> None:
    parts = (
        Part("", (), (Paragraph("甲。", (3,)),)),
        Part("桥上", (4,), (Paragraph("乙。", (5,)), Paragraph("丙。", (6,)))),
        Part("桥下", (7,), (Paragraph("丁。", (8,)),)),
    )
    sections = read_back(replace(story(), parts=parts)).body.sections
    told = [(one.plain_heading, [plain_text(block.xhtml) for block in one.blocks]) for one in sections]
    assert told == [("", ["甲。"]), ("桥上", ["乙。", "丙。"]), ("桥下", ["丁。"])]


# File names


@pytest.mark.parametrize(
    "title",
    [
        "桥/通车",
        "../../x",
        "..",
        ".",
        "...桥",
        "/etc/passwd",
        "C:\\桥",
        "桥\x00通车",
        "桥\n通车",
        "桥\t通车\x1b[31m",
        "桥" * 300,
        "𠮷" * 300,
        "😀",
        "桥😀通车",
        "-rf 桥",
        "—— 桥",
        "",
        "   ",
        "“”",
        "a_b",
        "桥?通*车<1>",
        "\u202e桥",
        "e\u0301" * 40,
    ],
)
def test_a_slug_is_a_valid_file_name(title: str) -> None:
    slug = slug_of(title)
    assert slug
    assert len(f"{slug}-99.md".encode()) <= 255
    assert not slug.startswith(("-", "."))
    assert not any(unicodedata.category(c)[0] in "CZ" or c in '/\\:*?"<>|.' for c in slug)


def test_a_slug_keeps_the_letters_of_the_title() -> None:
    assert slug_of("东门桥：三年等待 一朝贯通！") == "东门桥-三年等待-一朝贯通"


# The note


def guessed(field: str, value: str, lines: tuple[int, ...], sure: float) -> Guess:
    return Guess(field, value, lines, "an English reason", sure)


def test_a_story_without_doubt_has_no_note() -> None:
    sure = replace(
        story("甲。"), guesses=(guessed("title", "桥通车了", (1,), 0.9), guessed("bylines", "张波", (3,), 0.7))
    )
    assert note_of(Imported(sure, "bridge")) == ""
    assert "note:" not in article_text(Imported(sure, "bridge"))


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("kicker", "引题"),
        ("title", "标题"),
        ("subtitle", "副题"),
        ("column", "栏目"),
        ("dateline", "电头"),
        ("date", "日期"),
        ("bylines", "署名"),
        ("caption", "图片说明"),
        ("heading", "小标题"),
        ("junction", "接缝"),
    ],
)
def test_a_doubtful_guess_is_in_the_note_with_its_value_and_line(field: str, name: str) -> None:
    doubtful = replace(story("甲。"), guesses=(guessed(field, "东门桥", (12, 14), 0.4),))
    note = read_back(doubtful).header.note
    assert name in note
    assert "“东门桥”" in note
    assert "第12、14行" in note


def test_every_doubtful_guess_is_in_the_note() -> None:
    guesses = tuple(guessed("heading", f"桥{number}", (number,), 0.5) for number in range(1, 30))
    note = read_back(replace(story("甲。"), guesses=guesses)).header.note
    assert all(f"“桥{number}”" in note for number in range(1, 30))


def test_a_title_that_we_supplied_is_owned_up_to() -> None:
    note = read_back(replace(story("甲。"), supplied=True)).header.note
    assert "题" in note
    assert "所补" in note


def test_a_text_that_breaks_off_is_in_the_note() -> None:
    note = note_of(Imported(replace(story("甲"), guesses=(guessed("truncated", "桥上的", (3,), 0.6),)), "bridge"))
    assert "桥上的" in note
    assert "中断" in note


def test_a_join_is_in_the_note_however_sure_it_is() -> None:
    other = replace(story("乙。", title="桥通了"), file="inside.txt", continued_from="第1版")
    joined = replace(story("甲。"), continued=(other,), guesses=(guessed("jump", "灯亮|了", (), 0.95),))
    note = note_of(Imported(joined, "bridge"))
    assert all(said in note for said in ("灯亮|了", "inside.txt", "第1版", "《桥通了》"))


def doubt(number: int) -> Doubt:
    return Doubt(Kind.TWO_NAMES, f"同一职务两个名字之{number}", "look", (Spot("page.txt", number, "甲"),), (0,))


def test_doubts_are_in_the_note_with_their_places() -> None:
    note = read_back(Imported(story("甲。"), "bridge", doubts=(doubt(41),))).header.note
    assert "同一职务两个名字之41" in note
    assert "page.txt第41行" in note


def test_where_there_are_too_many_doubts_the_note_says_how_many_more() -> None:
    note = note_of(Imported(story("甲。"), "bridge", doubts=tuple(map(doubt, range(1, 16)))))
    assert "之12" in note
    assert "之13" not in note
    assert "3处" in note


def test_reprints_are_in_the_note() -> None:
    other = replace(story("甲。", title="东门桥通车"), file="other.txt")
    note = note_of(Imported(story("甲。"), "bridge", reprints=(other,)))
    assert all(said in note for said in ("other.txt", "《东门桥通车》"))


def notes() -> Iterator[str]:
    fields = ("kicker", "title", "bylines", "caption", "junction", "truncated", "jump", "dateline", "section")
    for field in fields:
        told = replace(story("甲。"), guesses=(guessed(field, "桥", (3,), 0.3),), supplied=True)
        yield note_of(Imported(told, "bridge", doubts=(doubt(3),), reprints=(story("甲。"),)))


def test_a_note_is_chinese() -> None:
    for note in notes():
        words = note.replace("page.txt", "").replace("section", "")
        assert not [c for c in words if c.isascii() and c.isalpha()], note
        assert note.endswith("。")
