"""Reading an article's text: Markdown in, blocks, headed sections, notes and problems out."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookmaker.content.body import Body, plain_text
from bookmaker.content.markup import Figure, read_body
from bookmaker.content.pictures import Picture
from bookmaker.content.source import Source
from bookmaker.problems import Problem
from tests.cases import Case, read_cases, write_output

FIXTURE = Path(__file__).parent / "fixtures" / "markup.md"
HEADER_WORDS = {"bridge.png": ("大桥通车", "三公里的桥。", "张三摄")}


def read(text: str) -> tuple[Body, list[Problem]]:
    """A text as the body of article “a”, of which the first line is line 1."""
    problems: list[Problem] = []
    return read_body(text, Source("a.md", text), 1, "a", find, problems), problems


def find(file: str, alt: str, line: int) -> Figure:
    shown = Picture(file, f"0{file}", "image/png", Path(file))
    return Figure(shown, *HEADER_WORDS.get(file, (alt,)))


def told(text: str) -> str:
    """A body as the fixtures write it: headings after “#n”, a block a line, notes after “(n)”, problems after “!”."""
    body, problems = read(text)
    lines: list[str] = []
    for section in body.sections:
        if section.heading:
            lines.append(f"#{section.number} {section.heading}" + (f" → {section.theme}" if section.theme else ""))
        lines += [f"{block.kind}: {block.xhtml}" for block in section.blocks]
    lines += [f"({note.number}) {note.xhtml}" for note in body.notes]
    lines += ["! " + str(problem).split("\n")[0] for problem in problems]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("case", read_cases(FIXTURE), ids=lambda case: case.title)
def test_a_text_is_read_as_the_fixture_says(case: Case, rewrite_golden: bool) -> None:
    found = told(case.input)
    if rewrite_golden:
        write_output(FIXTURE, case.title, found)
        return
    assert found == case.output


def test_every_block_knows_the_lines_it_stands_on() -> None:
    body, _ = read("一\n一\n\n> 二\n> 二\n\n- 三\n")
    assert [(block.line, block.last_line) for block in body.blocks()] == [(1, 2), (4, 5), (7, 7)]


def test_a_link_is_known_by_its_article_and_line() -> None:
    body, _ = read("甲\n\n见[乙](other/market.md)。\n")
    assert [(link.slug, link.line) for link in body.links] == [("market", 3)]


def test_a_link_to_a_heading_leads_to_its_id() -> None:
    body, _ = read("见[下文](#今天)。\n\n## 昨天\n\n甲。\n\n## 今天\n\n乙。")
    assert 'href="#a-s2"' in next(body.blocks()).xhtml


def test_words_that_look_like_a_link_are_not_touched() -> None:
    body, _ = read('写`href="heading:今天"`，见[下文](#今天)。\n\n## 今天\n\n甲。')
    assert '<code>href="heading:今天"</code>' in next(body.blocks()).xhtml


def test_plain_text_is_what_a_reader_sees() -> None:
    assert plain_text('<p>甲&amp;<b title="&gt;">乙</b>&lt;丙&gt;</p>') == "甲&乙<丙>"


def test_the_caption_carries_the_credit() -> None:
    figure = find("bridge.png", "", 1)
    assert "<figcaption>三公里的桥。<span" in figure.xhtml()
    assert "张三摄</span></figcaption>" in figure.xhtml()


def test_quotation_marks_in_alternative_text_do_not_end_it() -> None:
    picture = Picture("a.png", "a.png", "image/png", Path("a.png"))
    assert Figure(picture, '写着"甲"').image() == '<img src="images/a.png" alt="写着&quot;甲&quot;" />'


def test_problems_name_the_line_of_the_file() -> None:
    problems: list[Problem] = []
    source = Source("a.md", "---\ntitle: 甲\n---\n\n乙\n\n[丙](ftp://x)\n")
    read_body("\n乙\n\n[丙](ftp://x)\n", source, 4, "a", find, problems)
    assert [problem.place.line for problem in problems] == [7]
