"""Reading an article's file: its encoding, its header, and what of the text belongs to the header."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookmaker.content.article import Article, identifier_of, read_article
from bookmaker.content.dates import When
from bookmaker.content.pictures import PictureShelf
from bookmaker.problems import Problem
from tests.projects import article, lay_project

BRIDGE = "content/articles/bridge.md"
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def read(folder: Path, text: str | bytes, pictures: dict[str, bytes] | None = None) -> tuple[Article | None, list[str]]:
    """The article and its problems, a line “line: what [code]” each."""
    images = {f"content/images/{name}": data for name, data in (pictures or {}).items()}
    project = lay_project(folder, files={BRIDGE: text, **images})
    problems: list[Problem] = []
    found = read_article(project, project.root / BRIDGE, PictureShelf(project), problems)
    return found, [f"{p.place.line}: {p.what} [{p.code}]" for p in problems]


def good(folder: Path, text: str | bytes, pictures: dict[str, bytes] | None = None) -> Article:
    found, problems = read(folder, text, pictures)
    assert problems == []
    assert found is not None
    return found


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    found = good(tmp_path, b"\xef\xbb\xbf" + article("甲。").encode())
    assert found.header.title == "桥通车了"
    assert not found.source.text.startswith("\ufeff")


@pytest.mark.parametrize("line_end", ["\r\n", "\r"], ids=["CRLF", "CR"])
def test_line_ends_of_other_systems_are_read(tmp_path: Path, line_end: str) -> None:
    found = good(tmp_path, article("甲\n乙。\n\n丙。").replace("\n", line_end))
    assert [block.xhtml for block in found.body.blocks()] == ["<p>甲乙。</p>", "<p>丙。</p>"]


def test_lines_are_counted_alike_with_line_ends_of_other_systems(tmp_path: Path) -> None:
    _, problems = read(tmp_path, article("甲。", more="date: 明天\n").replace("\n", "\r\n"))
    assert problems == ["4: the date “明天” is not a day [bad-date]"]


@pytest.mark.parametrize(
    "written",
    ["2026-02-28", "2026/2/28", "2026.2.28", "2026年2月28日", "2026年02月28日", "２０２６-２-２８", '"2026-02-28"'],
)
def test_a_date_may_be_written_in_the_usual_ways(tmp_path: Path, written: str) -> None:
    assert good(tmp_path, article("甲。", more=f"date: {written}\n")).header.date == When(2026, 2, 28)


@pytest.mark.parametrize(
    ("written", "when"),
    [
        *((written, When(2026, 2)) for written in ("2026-02", "2026/2", "2026年2月")),
        *((written, When(2026, quarter=2)) for written in ("2026Q2", "2026-Q2", "2026年第二季度", "2026年二季度")),
        *((written, When(2026)) for written in ("2026", "2026年")),
    ],
)
def test_a_date_may_be_less_than_a_day(tmp_path: Path, written: str, when: When) -> None:
    assert good(tmp_path, article("甲。", more=f"date: {written}\n")).header.date == when


@pytest.mark.parametrize("written", ["2026-02-29", "0000-01-01", "28-02-2026", "2026-13", "二月", "2026-02-28T10:00"])
def test_what_is_not_a_day_is_refused(tmp_path: Path, written: str) -> None:
    _, problems = read(tmp_path, article("甲。", more=f"date: {written}\n"))
    assert problems == [f"4: the date “{written}” is not a day [bad-date]"]


def test_a_value_is_the_text_that_stands_there(tmp_path: Path) -> None:
    header = good(tmp_path, article("甲。", title="1_000", more="kicker: yes\ncolumn: 3.10\nsubtitle: 0x10\n")).header
    assert (header.title, header.kicker, header.column, header.subtitle) == ("1_000", "yes", "3.10", "0x10")


def test_an_empty_key_is_as_good_as_none(tmp_path: Path) -> None:
    empty = "kicker:\nbylines:\nsource:\nevents:\nnames:\ndate:\n"
    header = good(tmp_path, article("甲。", more=empty)).header
    assert (header.kicker, header.bylines, header.source, header.names, header.date) == ("", (), (), (), None)


def test_one_theme_needs_no_list(tmp_path: Path) -> None:
    assert good(tmp_path, article("甲。", themes="city")).header.themes == ("city",)


def test_one_source_needs_no_list(tmp_path: Path) -> None:
    header = good(tmp_path, article("甲。", more="source: {publication: 晚报, date: 2026-01-02}\n")).header
    assert [source.publication for source in header.source] == ["晚报"]


def test_several_sources_are_a_list(tmp_path: Path) -> None:
    more = "source:\n  - {publication: 晚报}\n  - {publication: 日报}\n"
    header = good(tmp_path, article("甲。", more=more)).header
    assert [source.publication for source in header.source] == ["晚报", "日报"]


def test_a_key_inside_a_list_is_found_on_its_own_line(tmp_path: Path) -> None:
    more = "events:\n  - date: 2026-05-01\n    text: 通车\n  -\n    text: 庆祝\n    dato: 2026-05-02\n"
    _, problems = read(tmp_path, article("甲。", more=more))
    assert problems == [
        "8: the key “events.2.date” is missing [missing-key]",
        "9: the key “events.2.dato” means nothing here [unknown-key]",
    ]


def test_a_multi_line_value_leaves_the_lines_after_it_right(tmp_path: Path) -> None:
    found, problems = read(tmp_path, article("甲。", more="note: >\n  一\n  二\nkolumn: 三\n"))
    assert found is None
    assert problems == ["7: the key “kolumn” means nothing here [unknown-key]"]


def test_a_key_with_a_full_width_colon_is_pointed_out(tmp_path: Path) -> None:
    project = lay_project(tmp_path, files={BRIDGE: article("甲。", more="date：2026-05-01\n")})
    problems: list[Problem] = []
    read_article(project, project.root / BRIDGE, PictureShelf(project), problems)
    assert [p.hint for p in problems] == ["after “date” stands a full-width colon: write “date: ”, with a space"]


def test_all_that_is_wrong_with_header_and_text_is_said_at_once(tmp_path: Path) -> None:
    _, problems = read(tmp_path, article("# 甲\n\n[乙](ftp://x)", more="date: 明天\n"))
    assert [problem.split("[")[-1] for problem in problems] == ["bad-date]", "heading-level]", "different-link]"]


def test_a_draft_is_no_article(tmp_path: Path) -> None:
    assert read(tmp_path, article("", more="draft: true\n")) == (None, [])


def test_a_draft_is_no_article_even_with_nothing_in_it(tmp_path: Path) -> None:
    assert read(tmp_path, "---\ntitle: 甲\ndraft: true\n---\n") == (None, [])


def test_a_picture_the_text_places_is_not_shown_again(tmp_path: Path) -> None:
    more = "images:\n  - {file: a.svg, alt: 甲}\n  - {file: b.svg, alt: 乙, caption: 乙图。}\n"
    found = good(tmp_path, article("甲。\n\n![](a.svg)", more=more), {"a.svg": DOT, "b.svg": DOT + b"\n"})
    assert [figure.alt for figure in found.figures] == ["乙"]
    assert [picture.file for picture in found.pictures] == ["a.svg", "b.svg"]


@pytest.mark.parametrize("written", ["river.svg", "./river.svg", "images/river.svg", "../images/river.svg"])
def test_a_picture_is_found_however_the_editor_reaches_it(tmp_path: Path, written: str) -> None:
    found = good(tmp_path, article(f"![河]({written})"), {"river.svg": DOT})
    assert [block.kind for block in found.body.blocks()] == ["figure"]


def test_a_picture_name_may_hold_spaces_and_chinese(tmp_path: Path) -> None:
    found = good(tmp_path, article("![河](<河 边.svg>)"), {"河 边.svg": DOT})
    assert [picture.file for picture in found.pictures] == ["河 边.svg"]


def test_a_pictures_name_in_the_book_comes_from_its_bytes(tmp_path: Path) -> None:
    found = good(tmp_path, article("![甲](a.svg)\n\n![乙](b.svg)"), {"a.svg": DOT, "b.svg": DOT})
    assert len({picture.name for picture in found.pictures}) == 1


def test_an_id_is_the_slug_where_that_is_an_xml_name() -> None:
    assert identifier_of("river-path2") == "river-path2"


@pytest.mark.parametrize("slug", ["cover", "contents", "sources", "nav", "chapter-1", "bridge-s1", "bridge-note-2"])
def test_no_article_has_an_id_that_the_program_gives(slug: str) -> None:
    assert identifier_of(slug) != slug


@pytest.mark.parametrize("slug", ["河边", "2026-plan", "A B", "a&b", "-x", ""])
def test_any_other_slug_has_an_id_of_its_own(slug: str) -> None:
    found = identifier_of(slug)
    assert found.isascii() and found.startswith("a-")
    assert len({identifier_of(other) for other in (slug, slug + "x", "y" + slug)}) == 3
