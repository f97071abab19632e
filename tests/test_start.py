"""A light start: a verb loads what it needs and no more. Facts, no times: which modules a process has at its end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bookmaker.cli.program import VERBS
from tests.projects import lay_project

#: Libraries that take a moment to load. Typer itself needs pydantic to read options, and rich to show help.
LIBRARIES = {
    "PIL",
    "cssselect2",
    "ebooklib",
    "fontTools",
    "jinja2",
    "lxml",
    "mdit_py_plugins",
    "opencc",
    "pikepdf",
    "pydyf",
    "pypdfium2",
    "rjieba",
    "uharfbuzz",
    "weasyprint",
    "yaml",
}
#: The rooms that do the work; what the command line itself needs is none of them.
STAGES = {
    "check",
    "classification",
    "classifying",
    "clippings",
    "composition",
    "content",
    "doctor",
    "epub",
    "galley",
    "intake",
    "layout",
    "new_project",
    "pdf",
    "press",
    "release",
    "review",
    "typeset",
    "volume",
}
RUN = """
import sys
sys.argv = ["bookmaker", *sys.argv[1:]]
from bookmaker.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
finally:
    print("\\n" + " ".join(sys.modules))
"""


def ran(*words: str | Path) -> frozenset[str]:
    """The modules that a process has at the end of a command that went well."""
    return loaded(RUN, *map(str, words))


def loaded(program: str, *words: str) -> frozenset[str]:
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return frozenset(done.stdout.splitlines()[-1].split())


def libraries(modules: frozenset[str]) -> set[str]:
    return LIBRARIES & {name.split(".")[0] for name in modules}


def rooms(modules: frozenset[str]) -> set[str]:
    return {name.split(".")[1] for name in modules if name.startswith("bookmaker.")}


def verbs(modules: frozenset[str]) -> set[str]:
    files = {name.removeprefix("bookmaker.cli.").rstrip("_") for name in modules if name.startswith("bookmaker.cli.")}
    return files & set(VERBS)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    lay_project(tmp_path)
    return tmp_path


# --- nothing is done --------------------------------------------------------------------------------------


def test_the_version_is_said_without_any_library_and_any_room() -> None:
    modules = ran("--version")
    assert libraries(modules) == set()
    assert {"typer", "rich", "pydantic", "markdown_it"} & modules == set()
    assert rooms(modules) == {"cli"}


def test_help_loads_the_verbs_and_none_of_what_they_do() -> None:
    modules = ran("--help")
    assert verbs(modules) == set(VERBS)
    assert libraries(modules) == set()
    assert rooms(modules) & STAGES == set()


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_a_verb_loads_that_verb_alone_and_nothing_that_it_does(verb: str) -> None:
    modules = ran(verb, "--help")
    assert verbs(modules) == {verb}
    assert libraries(modules) == set()
    assert rooms(modules) & STAGES == set()


def test_rich_is_loaded_for_help_and_tables_only(project: Path) -> None:
    assert "rich" in ran("--help")
    assert "rich" not in ran("check", "--no-lines", "--root", project)


# --- verbs that make no book ------------------------------------------------------------------------------


def test_clean_loads_no_room_but_its_own(project: Path) -> None:
    modules = ran("clean", "--root", project)
    assert libraries(modules) == set()
    assert rooms(modules) & STAGES == set()


def test_doctor_loads_nothing_that_a_broken_machine_could_lack(project: Path) -> None:
    assert {"weasyprint", "opencc", "rjieba", "pikepdf", "ebooklib"} & libraries(ran("doctor")) == set()


def test_a_text_file_is_converted_without_what_reads_articles_and_makes_books(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("后来他在皇后大道。\n", encoding="utf-8")
    modules = ran("convert", file)
    assert libraries(modules) == {"lxml", "opencc", "rjieba"}
    assert rooms(modules) & STAGES == set()


def test_an_import_loads_what_takes_pages_apart_and_no_press(tmp_path: Path) -> None:
    page = Path(__file__).parent / "clippings" / "pages" / "front.txt"
    modules = ran("import", "-q", page, "--into", tmp_path)
    assert libraries(modules) == {"lxml", "opencc", "rjieba", "yaml"}
    assert rooms(modules) & STAGES == {"clippings", "intake"}


def test_classifying_loads_what_reads_articles_and_no_press(project: Path) -> None:
    modules = ran("classify", "--dry-run", "--root", project)
    assert libraries(modules) <= {"lxml", "mdit_py_plugins", "rjieba", "yaml"}
    assert rooms(modules) & STAGES == {"classification", "classifying", "content"}


# --- verbs of the press -----------------------------------------------------------------------------------

READING = {"jinja2", "lxml", "mdit_py_plugins", "opencc", "uharfbuzz", "yaml"}


def test_a_check_without_lines_loads_neither_printer_nor_binder(project: Path) -> None:
    modules = ran("check", "--no-lines", "--root", project)
    assert libraries(modules) == READING
    assert rooms(modules) & {"pdf", "epub", "review", "clippings", "classification"} == set()
    assert not modules & {"bookmaker.composition.joint", "bookmaker.script.characters"}


def test_a_pdf_loads_nothing_of_an_epub_and_of_another_script(project: Path) -> None:
    modules = ran("pdf", "--root", project)
    assert libraries(modules) & {"ebooklib", "pypdfium2", "rjieba"} == set()
    assert rooms(modules) & {"epub", "review", "clippings", "classification"} == set()
    assert "bookmaker.script.characters" not in modules


def test_an_epub_loads_nothing_that_only_a_pdf_needs(project: Path) -> None:
    modules = ran("epub", "--root", project)
    assert "pikepdf" not in libraries(modules)
    assert rooms(modules) & {"review", "clippings", "classification"} == set()


def test_a_traditional_edition_loads_what_converts_it(project: Path) -> None:
    modules = ran("check", "--no-lines", "--script", "zh-Hant-TW", "--root", project)
    assert libraries(modules) == READING | {"rjieba"}


# --- WeasyPrint -------------------------------------------------------------------------------------------

SEARCHED = """
import subprocess, sys
programs = []
start = subprocess.Popen.__init__
def told(self, words, *rest, **more):
    programs.append(words)
    start(self, words, *rest, **more)
subprocess.Popen.__init__ = told
from bookmaker.pdf.loading import load_weasyprint
load_weasyprint()
from weasyprint.text import ffi
assert ffi.pango and ffi.harfbuzz_subset
import ctypes.util
print(len(programs), ctypes.util.find_library("pango-1.0"))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems find a library without a search")
def test_weasyprint_is_loaded_without_a_compiler_looking_for_its_libraries() -> None:
    assert loaded(SEARCHED) == {"0", "libpango-1.0.so.0"}
