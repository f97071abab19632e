"""A chapter's opener is set straight: the editor's note with its rule, key figures side by side in rows."""

from __future__ import annotations

import pymupdf
import pytest

from bookmaker.galley import Medium
from bookmaker.press import check_volume, issue_edition
from bookmaker.project import Project
from bookmaker.script.scripts import Script
from tests.projects import PLAN, article, lay_project

_VALUES = ("300", "247", "668", "80")
_INTRO = "项目是一切设想的落脚点，本章从启动大会写起。" * 3 + "[^1]\n\n第二段，仍是按语。\n\n[^1]: 按语的注。"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    files: dict[str, str | bytes] = {
        f"content/articles/a{n}.md": article(
            "大桥通车。", title=f"第{n}座桥", more=f'figures:\n  - {{label: 第{n}座桥, value: "{value}", unit: 个}}\n'
        )
        for n, value in enumerate(_VALUES)
    }
    files["content/volumes/intro.md"] = f"---\ntitle: 编者按\n---\n\n{_INTRO}\n"
    folder = lay_project(tmp_path_factory.mktemp("wrapped") / "book", files=files)
    plan = folder.root / PLAN
    text = plan.read_text(encoding="utf-8")
    plan.write_text(
        text.replace('theme = "city"', 'theme = "city"\nintro = "content/volumes/intro.md"'), encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def opener(project: Project) -> pymupdf.Page:
    path = issue_edition(project, project.root / PLAN, Script.HANS, Medium.PDF).path
    pdf = pymupdf.open(path)
    return next(page for page in pdf if "编者按" in page.get_text() and "300" in page.get_text())


def words(page: pymupdf.Page) -> dict[str, tuple[float, float, float, float]]:
    return {word[4]: word[:4] for word in page.get_text("words")}


def test_no_opener_goes_to_weasyprint(project: Project) -> None:
    foreign = next(iter(check_volume(project, project.root / PLAN))).foreign
    assert [name for name, _ in foreign if name.startswith("chapter")] == []


def test_figures_stand_two_to_a_row(opener: pymupdf.Page) -> None:
    at = words(opener)
    first, second, third, fourth = (next(box for word, box in at.items() if word.startswith(v)) for v in _VALUES)
    assert first[3] == pytest.approx(second[3], abs=0.1) and third[3] == pytest.approx(fourth[3], abs=0.1)
    assert third[3] > first[3] + 40
    assert first[0] == pytest.approx(third[0], abs=0.1) and second[0] > first[2]


def test_a_rule_stands_above_every_figure_and_beside_the_whole_note(opener: pymupdf.Page) -> None:
    rules = [drawing["rect"] for drawing in opener.get_drawings()]
    above = [rule for rule in rules if rule.width > 50 and rule.height < 1]
    assert len([rule for rule in above if rule.width < 200]) == len(_VALUES)
    (beside,) = [rule for rule in rules if rule.width < 2 and rule.height > 40] or [
        pymupdf.Rect(
            min(rule.x0 for rule in rules if rule.width < 2), min(rule.y0 for rule in rules if rule.width < 2),
            max(rule.x1 for rule in rules if rule.width < 2), max(rule.y1 for rule in rules if rule.width < 2),
        )
    ]  # fmt: skip
    first, last = (opener.search_for(words)[0] for words in ("编者按", "第二段"))
    assert beside.y0 <= first.y0 + 4 and beside.y1 >= last.y1 - 4
    assert beside.x1 < first.x0
