"""Reading a volume's plan: what it may leave out, and what it may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookmaker.content.plan import Plan, read_plan
from bookmaker.problems import Problem
from bookmaker.script.scripts import Script
from tests.projects import PLAN, lay_project, problems_of

VOLUME = '[volume]\ntitle = "小书"\ndate = 2026-05-01\n'
CHAPTER = '[[chapter]]\ntheme = "city"\n'


def read(folder: Path, text: str) -> tuple[Plan | None, list[str]]:
    """The plan and its problems, a line “line: what [code]” each."""
    project = lay_project(folder, files={PLAN: text})
    problems: list[Problem] = []
    plan = read_plan(project, project.root / PLAN, problems)
    return plan, [f"{p.place.line}: {p.what} [{p.code}]" for p in problems]


def test_a_plan_needs_a_title_a_date_and_a_chapter(tmp_path: Path) -> None:
    plan, problems = read(tmp_path, VOLUME + CHAPTER)
    assert problems == []
    assert plan is not None
    assert (plan.slug, plan.entries.volume.layout) == ("small", "book")
    assert plan.entries.editions.scripts == (Script.HANS,)


def test_an_empty_plan_lacks_its_volume(tmp_path: Path) -> None:
    assert read(tmp_path, "") == (None, ["1: the key “volume” is missing [missing-key]"])


def test_a_date_may_be_text_or_a_toml_date(tmp_path: Path) -> None:
    for written in ("2026-05-01", '"2026年5月1日"', "2026-05-01T08:00:00"):
        plan, _ = read(tmp_path, VOLUME.replace("2026-05-01", written) + CHAPTER)
        assert plan is not None
        assert plan.entries.volume.date.isoformat() == "2026-05-01"


@pytest.mark.parametrize("name", ["../../secret", "/etc", ".", "..", "a/b", ""])
def test_a_layout_is_a_name_and_no_path(tmp_path: Path, name: str) -> None:
    _, problems = read(tmp_path, f'{VOLUME}layout = "{name}"\n{CHAPTER}')
    assert len(problems) == 1 and problems[0].startswith("4: “volume.layout” cannot be")


def test_a_chapter_that_takes_a_theme_again_is_refused(tmp_path: Path) -> None:
    found = problems_of(tmp_path, {PLAN: VOLUME + CHAPTER + CHAPTER})
    assert found[0] == f"{PLAN}:7: the theme “city” already has chapter 1 [bad-value]"


def test_an_internal_volume_needs_its_permit(tmp_path: Path) -> None:
    _, problems = read(tmp_path, f'{VOLUME}kind = "internal"\n{CHAPTER}')
    assert problems == ["4: an internal volume needs its 准印证 number [missing-key]"]


@pytest.mark.parametrize("isbn", ["978-7-01-000000-8", "ISBN 9787010000008", "7-5086-0000-2", "0 8044 2957 X"])
def test_an_isbn_has_its_check_digit(tmp_path: Path, isbn: str) -> None:
    assert read(tmp_path, f'{VOLUME}isbn = "{isbn}"\n{CHAPTER}')[1] == []
    at = isbn.rindex("0")
    _, problems = read(tmp_path, f'{VOLUME}isbn = "{isbn[:at]}1{isbn[at + 1 :]}"\n{CHAPTER}')
    assert ["volume.isbn" in problem for problem in problems] == [True]


def test_an_internal_volume_has_neither_price_nor_isbn(tmp_path: Path) -> None:
    imprint = '[volume.imprint]\npermit = "晋内资准字"\nprice = "10元"\n'
    _, problems = read(tmp_path, f'{VOLUME}kind = "internal"\nisbn = "978-7-01-000000-8"\n{imprint}{CHAPTER}')
    assert [line.split(":")[0] for line in problems] == ["8", "5"]


@pytest.mark.parametrize(
    ("typography", "refused"),
    [
        ("trim = [148, 210]", False),
        ("trim = [210]", True),
        ("trim = [210, 297, 1]", True),
        ("trim = [nan, 210]", True),
        ("trim = [20, 20]", True),
        ("measure = 5", True),
        ("body = 200", True),
        ("leading = -1", True),
    ],
)
def test_a_page_no_press_can_print_is_refused(tmp_path: Path, typography: str, refused: bool) -> None:
    _, problems = read(tmp_path, f"{VOLUME}{CHAPTER}[typography]\n{typography}\n")
    assert bool(problems) == refused
