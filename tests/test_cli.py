"""The command line: what it prints, where, and with which exit status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import pytest
from typer.testing import CliRunner, Result

from bookmaker import __version__
from bookmaker.cli.program import app
from bookmaker.pdf.engine import PrintError
from bookmaker.problems import CODES
from tests.projects import PLAN, STOCK, Files, article, lay_project

BRIDGE = "content/articles/bridge.md"
WARNED = article("甲。\n\n## 稻田 {theme=farm}\n\n乙。")
FARM = "content/themes/farm.toml"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run("check", files={…})`: a command on the stock project with files laid over it, in `tmp_path`."""
    lay_project(tmp_path)

    def command(*words: str, files: Files | None = None, root: bool = True) -> Result:
        lay_project(tmp_path, files=files)
        return CliRunner().invoke(app, [*words, *(["--root", str(tmp_path)] if root else [])])

    return command


def without_times(said: str) -> str:
    """Messages less those that say how long pages took."""
    return re.sub(r"^\S+, \S+: \d+ pages laid out in \d+\.\d s\n", "", said, flags=re.MULTILINE)


# Problems in the sources


def test_problems_are_said_on_standard_error_with_a_hint_and_status_3(run: Run) -> None:
    found = run("check", files={BRIDGE: article("甲。", more="date: 2026-2-30\n")})
    assert found.exit_code == 3
    assert found.stdout == ""
    assert found.stderr == (
        f"{BRIDGE}:4: the date “2026-2-30” is not a day [bad-date]\n"
        "    hint: write it as year-month-day, for example 2026-02-28; less is known: 2026-02, 2026Q1, 2026\n"
        "1 error, 0 warnings\n"
    )


@pytest.mark.parametrize("command", ["check", "pdf", "epub", "build", "dist"])
def test_all_problems_of_a_run_are_said_at_once(run: Run, command: str) -> None:
    files = {
        BRIDGE: article("甲。", more="date: 明天\n"),
        "content/articles/market.md": article("乙[^1]。", themes="[trade]"),
        PLAN: '[volume]\ntitel = "小书"\ndate = 2026-05-01\n',
    }
    found = run(command, files=files)
    assert found.exit_code == 3
    said = [line.split(":")[0] for line in found.stderr.splitlines() if line.endswith("]")]
    assert said == [BRIDGE, "content/articles/market.md", PLAN, PLAN]
    assert found.stderr.endswith("4 errors, 0 warnings\n")


def test_the_same_problem_in_two_volumes_is_said_once(run: Run, tmp_path: Path) -> None:
    plan = (tmp_path / PLAN).read_text(encoding="utf-8")
    files = {BRIDGE: article("甲。", more="date: 明天\n"), "content/volumes/other.toml": plan}
    assert run("check", files=files).stderr.count("[bad-date]") == 1


@pytest.mark.parametrize("medium", ["epub", "pdf"])
def test_the_last_good_output_stays_while_the_sources_are_wrong(run: Run, tmp_path: Path, medium: str) -> None:
    good = run(medium)
    assert good.exit_code == 0, good.stderr
    made = tmp_path / "build" / "small" / f"small.zh-Hans.{medium}"
    before, written = made.read_bytes(), made.stat().st_mtime_ns
    bad = run(medium, files={BRIDGE: article("甲。", more="date: 2026-2-30\n")})
    assert bad.exit_code == 3
    assert (made.read_bytes(), made.stat().st_mtime_ns) == (before, written)
    assert [path.name for path in made.parent.iterdir()] == [made.name]


def test_a_type_area_too_large_for_its_page_is_a_problem_of_the_plan(run: Run, tmp_path: Path) -> None:
    plan = (tmp_path / PLAN).read_text(encoding="utf-8")
    found = run("check", files={PLAN: f"{plan}\n[typography]\nmeasure = 60\n"})
    assert found.exit_code == 3
    assert found.stderr.startswith(f"{PLAN}:11: the type area of 60 characters")


# check


def test_nothing_wrong_is_status_0(run: Run) -> None:
    found = run("check")
    assert (found.exit_code, found.stdout) == (0, "")
    assert without_times(found.stderr) == "0 errors, 0 warnings\n"


def test_check_json_is_one_document_of_problems(run: Run) -> None:
    found = run("check", "--json", files={BRIDGE: article("甲。", more="date: 明天\n"), FARM: "titel = 1"})
    assert found.exit_code == 3
    records = json.loads(found.stdout)
    assert [record["file"] for record in records] == [BRIDGE, FARM, FARM]
    assert set(records[0]) == {"file", "line", "severity", "code", "what", "hint"}
    assert {record["code"] for record in records} <= set(CODES)
    assert "“明天”" in found.stdout


def test_check_json_of_good_sources_is_an_empty_list(run: Run) -> None:
    found = run("check", "--json")
    assert (found.exit_code, json.loads(found.stdout)) == (0, [])


def test_a_warning_is_said_and_stops_nothing(run: Run) -> None:
    found = run("check", files={BRIDGE: WARNED, FARM: 'title = "农"\n'})
    assert found.exit_code == 0
    assert f"{BRIDGE}:8: warning: " in found.stderr
    assert found.stderr.endswith("0 errors, 1 warning\n")


@pytest.mark.parametrize("command", ["check", "pdf", "epub", "build", "dist"])
def test_strict_makes_a_warning_stop_the_run(run: Run, tmp_path: Path, command: str) -> None:
    found = run(command, "--strict", files={BRIDGE: WARNED, FARM: 'title = "农"\n'})
    assert found.exit_code == 3
    assert "[article-in-no-chapter]" in found.stderr
    assert not (tmp_path / "build").exists()
    assert not (tmp_path / "dist").exists()


def test_check_looks_at_the_script_it_is_asked_for(run: Run) -> None:
    found = run("check", "--script", "zh-Hant-TW", files={PLAN: ALL_SCRIPTS})
    assert found.exit_code == 0
    assert scripts_laid_out(found) == ["zh-Hant-TW"]


def test_check_looks_at_every_script_the_plan_issues(run: Run) -> None:
    assert scripts_laid_out(run("check", files={PLAN: ALL_SCRIPTS})) == ["zh-Hans", "zh-Hant-TW", "zh-Hant-HK"]


# Lines

STOCK_PLAN = (STOCK / PLAN).read_text(encoding="utf-8")
ALL_SCRIPTS = f'{STOCK_PLAN}\n[editions]\nscripts = ["zh-Hans", "zh-Hant-TW", "zh-Hant-HK"]\n'
EPUB_ONLY = f'{STOCK_PLAN}\n[editions]\nmedia = ["epub"]\n'
LOOSE = {PLAN: f"{STOCK_PLAN}\n[typography]\nmeasure = 10\n", BRIDGE: article("大桥今天，government的人。")}


def scripts_laid_out(found: Result) -> list[str]:
    return re.findall(r"^small, (\S+): \d+ pages laid out", found.stderr, re.MULTILINE)


def test_check_says_where_a_loose_line_is(run: Run) -> None:
    found = run("check", files=LOOSE)
    assert found.exit_code == 0
    said = without_times(found.stderr)
    assert said.startswith(f"{BRIDGE}:6: warning: on page 2 of the PDF in zh-Hans, the line “大桥今天，” is loose: ")
    assert said.endswith("0 errors, 1 warning\n")


def test_check_without_lines_lays_no_pages_out(run: Run) -> None:
    found = run("check", "--no-lines", "--strict", files=LOOSE)
    assert (found.exit_code, found.stderr) == (0, "0 errors, 0 warnings\n")


def test_check_of_a_plan_without_a_pdf_lays_no_pages_out(run: Run) -> None:
    assert run("check", files={PLAN: EPUB_ONLY}).stderr == "0 errors, 0 warnings\n"


def test_check_json_holds_the_lines_and_says_the_times_on_standard_error(run: Run) -> None:
    found = run("check", "--json", files=LOOSE)
    assert [record["code"] for record in json.loads(found.stdout)] == ["loose-line"]
    assert without_times(found.stderr) == ""


def test_what_stops_a_check_does_not_hide_what_it_has_found(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> NoReturn:
        raise PrintError("the layout asks for too much")

    monkeypatch.setattr("bookmaker.makeup.printing.pull_proof", fail)
    found = run("check", files={"content/volumes/bad.toml": STOCK_PLAN.replace("2026-05-01", '"some day"')})
    assert found.exit_code == 1
    first, _, last = found.stderr.splitlines()
    assert first.endswith("[bad-date]")
    assert last == "the build failed: the layout asks for too much"


@pytest.mark.parametrize("command", ["pdf", "build", "dist"])
def test_a_printed_book_counts_its_bad_lines_once_in_one_line(run: Run, command: str) -> None:
    found = run(command, "-q", files=LOOSE) if command != "dist" else run(command, files=LOOSE)
    assert found.exit_code == 0
    told = [line for line in found.stderr.splitlines() if "loose" in line]
    folder = "dist" if command == "dist" else "build"
    assert told == [
        f"{folder}/small/small.zh-Hans.pdf: 1 loose line; bookmaker check small --script zh-Hans says where"
    ]


@pytest.mark.parametrize("command", ["check", "pdf", "build", "dist"])
def test_strict_makes_a_loose_line_stop_the_run(run: Run, tmp_path: Path, command: str) -> None:
    found = run(command, "--strict", files=LOOSE)
    assert found.exit_code == 3
    assert "[loose-line]" in found.stderr
    assert not (tmp_path / "build").exists()
    assert not (tmp_path / "dist").exists()


def test_an_epub_has_no_lines_to_refuse(run: Run) -> None:
    assert run("epub", "--strict", files=LOOSE).exit_code == 0


# Another WeasyPrint

OTHER = """
import bookmaker.composition.joint as joint

joint.WRITTEN_FOR = "69.5"  # before others take the name over
from bookmaker.cli import main

main()
"""


def with_another_weasyprint(*words: str) -> subprocess.CompletedProcess[str]:
    """The program, as if it had been written for another WeasyPrint than the one that is here."""
    return subprocess.run([sys.executable, "-c", OTHER, *words], capture_output=True, check=False, encoding="utf-8")


def test_another_weasyprint_prints_no_pages_and_says_which_does(tmp_path: Path) -> None:
    lay_project(tmp_path)
    here = version("weasyprint")
    for words in (["pdf"], ["check"], ["pdf", "--strict"]):
        found = with_another_weasyprint(*words, "--root", str(tmp_path))
        assert found.returncode == 1
        assert found.stderr == (
            f"the build failed: pages are made with WeasyPrint 69.5 only, and {here} is installed\n"
            "    hint: make setup installs the right one, and so does pip install weasyprint==69.5\n"
        )
    assert not (tmp_path / "build").exists()
    assert with_another_weasyprint("epub", "--strict", "--root", str(tmp_path)).returncode == 0


def test_doctor_says_what_another_weasyprint_means() -> None:
    found = with_another_weasyprint("doctor")
    assert f"NO  weasyprint: {version('weasyprint')}\n    hint: install weasyprint 69.5; with " in found.stderr
    assert found.returncode == 5


# Wrong command lines


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["check", "smal"], "there is no volume “smal”; known: small\n"),
        (["pdf", "nothing.toml"], "there is no volume “nothing”; known: small\n"),
    ],
)
def test_an_unknown_volume_is_status_2(run: Run, words: list[str], message: str) -> None:
    found = run(*words)
    assert (found.exit_code, found.stderr) == (2, message)


@pytest.mark.parametrize("volume", ["small", "small.toml", "content/volumes/small.toml"])
def test_a_volume_may_be_named_by_its_file(run: Run, volume: str) -> None:
    assert run("check", volume).exit_code == 0


def test_a_root_without_content_is_status_2(tmp_path: Path) -> None:
    found = CliRunner().invoke(app, ["check", "--root", str(tmp_path)])
    assert (found.exit_code, found.stderr) == (2, f"{tmp_path} has no content/ folder\n")


def test_no_project_here_or_above_is_status_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = CliRunner().invoke(app, ["check"])
    assert (found.exit_code, found.stderr) == (2, f"there is no content/ folder in {tmp_path} or above it\n")


def test_the_project_is_found_from_any_folder_in_it(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path / "content" / "articles")
    assert run("check", root=False).exit_code == 0


@pytest.mark.parametrize("command", ["pdf", "epub"])
def test_one_output_for_several_volumes_is_status_2(run: Run, tmp_path: Path, command: str) -> None:
    plan = (tmp_path / PLAN).read_text(encoding="utf-8")
    found = run(command, "-o", str(tmp_path / "out"), files={"content/volumes/other.toml": plan})
    assert found.exit_code == 2
    assert found.stderr == "-o names one file, but the project has several volumes: name one\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("words", [["bind"], ["pdf", "--script", "zh-TW"], ["check", "--jsn"], ["new"]])
def test_what_typer_does_not_know_is_status_2(run: Run, words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_a_project_without_plans_is_status_3(run: Run, tmp_path: Path) -> None:
    (tmp_path / PLAN).unlink()
    found = CliRunner().invoke(app, ["check", "--root", str(tmp_path)])
    assert (found.exit_code, found.stderr) == (3, "there is no plan in content/volumes/\n")


# init, new, clean


def test_a_new_project_has_nothing_wrong(tmp_path: Path) -> None:
    made = CliRunner().invoke(app, ["init", str(tmp_path / "book")])
    assert (made.exit_code, made.stdout) == (0, "")
    checked = CliRunner().invoke(app, ["check", "--strict", "--root", str(tmp_path / "book")])
    assert (checked.exit_code, without_times(checked.stderr)) == (0, "0 errors, 0 warnings\n")


def test_a_new_project_has_nothing_wrong_in_traditional_script(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["init", str(tmp_path)])
    for script in ("zh-Hant-TW", "zh-Hant-HK"):
        assert CliRunner().invoke(app, ["check", "--script", script, "--root", str(tmp_path)]).exit_code == 0


def test_init_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    found = run("init", str(tmp_path), root=False)
    assert (found.exit_code, found.stderr) == (2, f"{tmp_path}/content is already there\n")


def test_a_new_article_is_a_draft_that_stops_nothing(run: Run, tmp_path: Path) -> None:
    found = run("new", "harbour", "--theme", "city")
    assert found.exit_code == 0
    assert found.stderr.startswith("wrote content/articles/harbour.md\nnext: fill in the header")
    assert "themes: [city]" in (tmp_path / "content/articles/harbour.md").read_text(encoding="utf-8")
    assert run("check").exit_code == 0


def test_a_new_article_that_is_no_draft_any_more_is_in_the_book(run: Run, tmp_path: Path) -> None:
    run("new", "harbour", "--theme", "city")
    path = tmp_path / "content/articles/harbour.md"
    path.write_text(path.read_text(encoding="utf-8").replace("draft: true\n", ""), encoding="utf-8")
    found = run("check")
    assert (found.exit_code, without_times(found.stderr)) == (0, "0 errors, 0 warnings\n")


def test_a_new_article_may_stand_in_a_folder(run: Run, tmp_path: Path) -> None:
    assert run("new", "city/quays/harbour").exit_code == 0
    assert (tmp_path / "content/articles/city/quays/harbour.md").is_file()
    assert run("classify").exit_code == 0


@pytest.mark.parametrize("slug", ["bridge", "../new", "a/../new", "a/bridge", "/new", "a//new", ".hidden", "a\\b", ""])
def test_new_writes_nowhere_else_and_over_nothing(run: Run, tmp_path: Path, slug: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert run("new", slug).exit_code == 2
    assert sorted(tmp_path.rglob("*")) == before


def test_clean_removes_what_was_built_and_leaves_releases(run: Run, tmp_path: Path) -> None:
    for folder in ("build", ".bookmaker", "dist"):
        (tmp_path / folder / "small").mkdir(parents=True)
    assert run("clean").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "dist"]


def test_clean_with_nothing_to_remove_is_done(run: Run) -> None:
    assert run("clean").exit_code == 0


# convert, doctor, --version


@pytest.mark.parametrize(
    ("script", "expected"), [("zh-Hant-TW", "「裡面」\n\n頭髮\n"), ("zh-Hant-HK", "「裏面」\n\n頭髮\n")]
)
def test_convert_prints_the_text_in_the_other_script(tmp_path: Path, script: str, expected: str) -> None:
    (tmp_path / "a.txt").write_text("“里面”\n\n头发\n", encoding="utf-8")
    found = CliRunner().invoke(app, ["convert", str(tmp_path / "a.txt"), "--script", script])
    assert (found.exit_code, found.stdout, found.stderr) == (0, expected, "")


def test_convert_to_simplified_prints_the_text_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“里面”", encoding="utf-8")
    assert CliRunner().invoke(app, ["convert", str(tmp_path / "a.txt"), "--script", "zh-Hans"]).stdout == "“里面”"


def test_convert_reads_a_quotation_over_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("他说：“甲。\n\n乙‘丙’。\n\n丁。”\n", encoding="utf-8")
    found = CliRunner().invoke(app, ["convert", str(tmp_path / "a.txt")])
    assert found.stdout == "他說：「甲。\n\n乙『丙』。\n\n丁。」\n"


@pytest.mark.parametrize(
    ("option", "expected"),
    [("--full-width", "后，1,000（甲）"), ("--no-full-width", "后,1,000(甲)"), ("--script=zh-Hans", "后,1,000(甲)")],
)
def test_convert_writes_full_width_marks_if_asked(tmp_path: Path, option: str, expected: str) -> None:
    (tmp_path / "a.txt").write_text("后,1,000(甲)", encoding="utf-8")
    found = CliRunner().invoke(app, ["convert", str(tmp_path / "a.txt"), "--script", "zh-Hans", option])
    assert found.stdout == expected


def test_convert_of_a_file_that_is_not_there_is_status_2(tmp_path: Path) -> None:
    found = CliRunner().invoke(app, ["convert", str(tmp_path / "a.txt")])
    assert (found.exit_code, found.stdout) == (2, "")


def test_convert_of_a_file_that_is_not_utf_8_is_status_3(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("里面".encode("gb18030"))
    found = CliRunner().invoke(app, ["convert", str(tmp_path / "a.txt")])
    assert (found.exit_code, found.stdout) == (3, "")
    assert found.stderr == f"{tmp_path}/a.txt: the file is not UTF-8\n"


def test_version_is_printed_alone() -> None:
    found = CliRunner().invoke(app, ["--version"])
    assert (found.exit_code, found.stdout, found.stderr) == (0, f"{__version__}\n", "")


def test_doctor_names_what_is_there(run: Run) -> None:
    found = run("doctor")
    assert (found.exit_code, found.stdout) == (0, "")
    for part in ("python", "pango-1.0", "weasyprint", "opencc", "fonts"):
        assert f"ok  {part}: " in found.stderr


def test_doctor_says_what_fonts_are_missing(run: Run) -> None:
    found = run(
        "doctor",
        files={
            "fonts/fonts.toml": '[[font]]\nfile = "a.otf"\nfamily = "甲"\nweight = 400\nversion = "1"\n'
            'package = "p"\nmember = "m"\nsha256 = "0"\n[stacks.zh-Hans]\nserif = ["甲"]\n'
        },
    )
    assert found.exit_code == 5
    assert "NO  fonts: the font a.otf is missing" in found.stderr
    assert "    hint: restore fonts/" in found.stderr


def command_line(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bookmaker", *words], capture_output=True, check=False, env={**os.environ, **environment}
    )


def test_output_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“里面”\n", encoding="utf-8")
    found = command_line("convert", str(tmp_path / "a.txt"), PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert (found.returncode, found.stdout.decode(), found.stderr) == (0, "「裡面」\n", b"")


def test_messages_are_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    lay_project(tmp_path, files={BRIDGE: article("甲。", more="date: 明天\n")})
    found = command_line("check", "--root", str(tmp_path), PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert found.returncode == 3
    assert "the date “明天” is not a day" in found.stderr.decode()


@pytest.mark.parametrize("verb", ["pdf", "epub"])
@pytest.mark.parametrize(
    "path", ["content/articles/bridge.md", "content/new.pdf", "fonts/new.pdf", ".bookmaker/new.pdf"]
)
def test_no_book_is_written_where_the_sources_stand(run: Run, tmp_path: Path, verb: str, path: str) -> None:
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    found = run(verb, "-o", str(tmp_path / path))
    assert found.exit_code == 2
    assert "where the project's own files are" in found.stderr
    assert {file: file.read_bytes() for file in before} == before


def test_a_layout_whose_name_holds_mm_is_told_from_a_page_that_is_too_small(run: Run, tmp_path: Path) -> None:
    plan = (tmp_path / PLAN).read_text(encoding="utf-8")
    found = run("check", files={PLAN: plan.replace('title = "小书"\n', 'title = "小书"\nlayout = "summer"\n')})
    assert found.exit_code == 3
    assert "[unknown-layout]" in found.stderr and 'layout = "book"' in found.stderr
