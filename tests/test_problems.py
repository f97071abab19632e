"""Every problem an editor can meet: a folder in `problems/` for each code, with the messages it brings."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookmaker.intake import import_pages
from bookmaker.press import check_volume
from bookmaker.problems import CODES, Place, Problem, Severity, SourceError, in_reading_order, raise_errors
from tests.projects import PLAN, STOCK, lay_project

FOLDERS = sorted(folder for folder in STOCK.parent.iterdir() if folder.is_dir() and folder != STOCK)


def messages(folder: Path, *over: Path) -> str:
    """All that is wrong with the stock project when `over` is laid on it."""
    project = lay_project(folder, *over)
    try:
        if (pages := project.content / "clippings").is_dir():
            import_pages(sorted(pages.iterdir()), project.articles, project)
        found = [problem for checked in check_volume(project, project.root / PLAN) for problem in checked.problems]
    except SourceError as error:
        return f"{error}\n"
    return "".join(f"{problem}\n" for problem in in_reading_order(found))


def test_every_code_has_a_folder_and_every_folder_a_code() -> None:
    assert {folder.name for folder in FOLDERS} == set(CODES)


def test_nothing_is_wrong_with_the_stock_project(tmp_path: Path) -> None:
    assert messages(tmp_path) == ""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_messages_are_as_expected(folder: Path, tmp_path: Path, rewrite_golden: bool) -> None:
    expected = folder / "expected.txt"
    found = messages(tmp_path, folder)
    if rewrite_golden:
        expected.write_text(found, encoding="utf-8")
    assert f"[{folder.name}]" in found
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_message_speaks_python(folder: Path) -> None:
    text = (folder / "expected.txt").read_text(encoding="utf-8")
    words = ("Error", "None", "dict", "tuple", "valid string", "instance", "{'", "['", "pydantic", "lxml", "Traceback")
    assert [word for word in words if word in text] == []


def test_every_message_has_a_place_a_code_and_a_hint() -> None:
    for folder in FOLDERS:
        lines = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
        assert len(lines) % 2 == 0, folder.name
        for message, hint in zip(lines[::2], lines[1::2], strict=True):
            assert message.startswith("content/") and message.endswith("]"), message
            assert hint.startswith("    hint: ") and not hint.endswith("."), hint


def test_a_code_outside_the_table_is_refused() -> None:
    with pytest.raises(KeyError):
        Problem(Place("a.md"), "no-such-code", "wrong", "mend it")


def test_problems_come_in_reading_order_and_once() -> None:
    late = Problem(Place("a.md", 9), "bad-date", "late", "mend it")
    early = Problem(Place("a.md", 2), "bad-date", "early", "mend it")
    assert in_reading_order([late, early, late]) == (early, late)


def test_warnings_alone_stop_nothing() -> None:
    raise_errors([Problem(Place("a.md"), "bad-date", "odd", "look at it", Severity.WARNING)])


def test_text_that_moves_the_cursor_does_not_reach_the_terminal() -> None:
    problem = Problem(Place("a.md", 1), "broken-link", "the link “\x1b[2J\n甲” is odd", "mend it")
    assert str(problem) == "a.md:1: the link “�[2J�甲” is odd [broken-link]\n    hint: mend it"
