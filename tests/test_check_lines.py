"""Loose and tight lines as an editor is told of them: which, where in her sources, and in what words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bookmaker.check.lines import check_lines
from bookmaker.composition.laid import LaidLine
from bookmaker.galley import Galley
from bookmaker.line_choices import Limits
from bookmaker.makeup.printing import pull_proof
from bookmaker.press import make_galley
from bookmaker.problems import Severity
from bookmaker.script.scripts import Script
from tests.projects import PLAN, STOCK, Files, article, lay_project

BRIDGE = "content/articles/bridge.md"
FOREWORD = "content/volumes/foreword.md"
INTRO = "content/volumes/intro.md"
STOCK_PLAN = (STOCK / PLAN).read_text(encoding="utf-8")
FILES: Files = {
    BRIDGE: article(
        "大桥今天通车，\n两岸的人们天没有亮就**赶来**了。\n\n## 桥有多长 {theme=trade}\n\n"
        "全长两公里，比“老桥”长[^1]。\n\n[^1]: 老桥是去年拆掉的。"
    ),
    FOREWORD: "---\ntitle: 前言\n---\n\n这本书说的是桥。\n",
    INTRO: "---\ntitle: 编者按\n---\n\n先说城里的桥。\n",
    PLAN: STOCK_PLAN.replace('theme = "city"', f'theme = "city"\nintro = "{INTRO}"')
    + f'\n[front]\nforeword = "{FOREWORD}"\n',
}
FOLIOS = ("", "i", "ii", "1", "2")

Placed = Callable[..., str]


@pytest.fixture(scope="module")
def galleys(tmp_path_factory: pytest.TempPathFactory) -> dict[Script, Galley]:
    """One small volume in every script."""
    project = lay_project(tmp_path_factory.mktemp("project"), files=FILES)
    return {script: make_galley(project, project.root / PLAN, script)[0] for script in Script}


@pytest.fixture
def placed(galleys: dict[Script, Galley]) -> Placed:
    """`placed(text, *ids)`: the place of a loose line with this text, inside elements with these ids."""

    def place(text: str, *ids: str, script: Script = Script.HANS) -> str:
        (problem,) = check_lines(galleys[script], [loose(text, ids)], FOLIOS)
        return str(problem.place)

    return place


def loose(text: str = "大桥今天通车", ids: tuple[str, ...] = ("bridge",), gap: float = 0.3) -> LaidLine:
    return LaidLine(5, ids, text, gap, 0.0, True)


def test_a_line_is_found_on_its_line_of_the_file(placed: Placed) -> None:
    assert placed("大桥今天通车，两岸的", "bridge") == f"{BRIDGE}:6"
    assert placed("人们天没有亮就赶来了。", "bridge") == f"{BRIDGE}:7"


def test_a_line_is_found_though_a_number_stands_in_it(placed: Placed) -> None:
    assert placed("全长两公里，比“老桥”长1。", "bridge-part-2", "bridge") == f"{BRIDGE}:11"


def test_a_line_of_a_title_is_found_in_the_header(placed: Placed) -> None:
    assert placed("桥通车了", "bridge") == f"{BRIDGE}:2"


def test_a_line_of_a_note_is_found(placed: Placed) -> None:
    assert placed("1　老桥是去年拆掉的。", "bridge-note-1") == f"{BRIDGE}:13"


def test_a_line_of_the_foreword_and_of_a_chapter_s_opening_is_found(placed: Placed) -> None:
    assert placed("这本书说的是桥。", "foreword") == f"{FOREWORD}:5"
    assert placed("先说城里的桥。", "chapter-1") == f"{INTRO}:5"


def test_a_line_in_another_script_is_found_in_its_block(placed: Placed) -> None:
    assert placed("人們天沒有亮就趕來了。", "bridge", script=Script.HANT_TW) == f"{BRIDGE}:6"


def test_a_line_that_no_file_holds_is_the_article_s_or_the_plan_s(placed: Placed) -> None:
    assert placed("另见第三章。", "bridge") == BRIDGE
    assert placed("本书用宋体排印。", "colophon") == PLAN
    assert placed("本书用宋体排印。") == PLAN


def test_the_message_quotes_the_line_and_says_the_printed_page(galleys: dict[Script, Galley]) -> None:
    (problem,) = check_lines(galleys[Script.HANS], [loose()], FOLIOS)
    assert (
        problem.what
        == "on page 2 of the PDF in zh-Hans, the line “大桥今天通车” is loose: its characters stand 0.30 em apart"
    )
    assert problem.severity is Severity.WARNING
    (front,) = check_lines(galleys[Script.HANS], [replace(loose(), page=3)], FOLIOS)
    assert front.what.startswith("on page ii of the PDF")
    (cover,) = check_lines(galleys[Script.HANS], [replace(loose(), page=1)], FOLIOS)
    assert cover.what.startswith("on leaf 1 of the PDF")


def test_a_long_line_is_quoted_in_part(galleys: dict[Script, Galley]) -> None:
    (problem,) = check_lines(galleys[Script.HANS], [loose("桥" * 60)], FOLIOS)
    assert f"“{'桥' * 38}……”" in problem.what


def test_a_line_within_the_limits_is_not_told(galleys: dict[Script, Galley]) -> None:
    fine = [loose(gap=0.1), replace(loose(gap=0.0), tight=0.98), replace(loose(), justified=False)]
    assert check_lines(galleys[Script.HANS], fine, FOLIOS) == []


def test_a_tight_line_is_told_whether_it_is_justified_or_not(galleys: dict[Script, Galley]) -> None:
    tight = replace(loose(gap=0.0), tight=1.0)
    for line in (tight, replace(tight, justified=False)):
        (problem,) = check_lines(galleys[Script.HANS], [line], FOLIOS)
        assert (problem.code, problem.what[-54:]) == (
            "tight-line",
            "天通车” is tight: marks in it have lost 100% of their blanks"[-54:],
        )


def test_a_limit_of_one_reports_none(galleys: dict[Script, Galley]) -> None:
    galley = galleys[Script.HANS]
    galley = replace(galley, layout=replace(galley.layout, limits=Limits(1.0, 1.0)))
    assert check_lines(galley, [loose(), replace(loose(), tight=1.0)], FOLIOS) == []


def test_a_proof_numbers_its_pages_as_they_are_printed(tmp_path: Path) -> None:
    project = lay_project(tmp_path, files=FILES)
    galley, case = make_galley(project, project.root / PLAN, Script.HANS)
    proof = pull_proof(galley, case, project.cache)
    body = proof.folios.index("1")
    assert proof.folios[0] == ""
    assert "i" in proof.folios[1:body]
    assert proof.folios[body:] == tuple(map(str, range(1, len(proof.folios) - body + 1)))
    (title,) = (line for line in proof.lines if line.text == "第一章" and proof.folios[line.page - 1].isdigit())
    assert proof.folios[title.page - 1] == "1"
