"""House rules: imports run one way, only some rooms print or read, and nothing here knows this machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "bookmaker"
MODULES = sorted(SOURCE.rglob("*.py"))

#: The rooms from the ground up: each may import from those before it. A new room takes its place here.
ROOMS = [
    "bookmaker",  # the version
    "problems",
    "project",
    "script.scripts",
    "script.han",
    "titles",
    "wording",
    "store",
    "content",
    "composition",
    "fonts",
    "line_choices",
    "page_choices",
    "layout",
    "volume",
    "script",
    "review",
    "classification",
    "clippings",
    "galley",
    "cover_pattern",
    "typeset",
    "check",
    "pdf",
    "makeup",
    "epub",
    "new_project",
    "doctor",
    "output",
    "intake",
    "classifying",
    "press",
    "catalog",
    "release",
    "serve",
    "cli",
    "__main__",
]

#: What makes a book depend on the day, the machine or the network.
FORBIDDEN_MODULES = {
    "random",
    "locale",
    "socket",
    "ssl",
    "urllib.request",
    "http.client",
    "requests",
    "httpx",
    "secrets",
}
FORBIDDEN_NAMES = {"now", "today", "utcnow", "uuid1", "uuid4", "getpass", "gethostname", "localtime", "ctime"}

#: Libraries that take a moment to load and that not every run needs.
SLOW = {
    "rjieba",
    "weasyprint",
    "pypdfium2",
    "docx",
    "pypinyin",
    "watchfiles",
    "opencc",
    "pikepdf",
    "uharfbuzz",
    "PIL",
}
#: Our own rooms that a module puts off, because only some of its runs come to them; `cli` puts off all stages.
PUT_OFF = {
    "press": {"pdf", "makeup", "epub", "review"},
    "script.convert": {"script"},
    "pdf.cover": {"pdf"},
    "pdf.style": {"composition"},
}

#: Assembled here, so that this file does not hold them.
MACHINE = re.compile("|".join(("/" + "work/", "/" + "tmp/[a-z]", "/" + "root/", "pypi" + r"\.org", "npm" + "js")))
EXAMPLES = {"tests/typography/hard-text.txt"}  # a path as readers meet them, to be broken into lines
TEXT = {".py", ".md", ".toml", ".j2", ".css", ".txt", ".svg", ".lock", ".yml", ".json", ".tsv", ".sh", ""}
PLACES = ("src", "layouts", "content", "tests", "tools", "docs", "README.md", "Makefile", "pyproject.toml")


def name_of(path: Path) -> str:
    """A module's name below `bookmaker`; a package's is its folder's."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "bookmaker"


NAMES = {name_of(path) for path in MODULES}


def room_of(module: str) -> str:
    return module if module in ROOMS else module.split(".")[0]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, by its full name; our own ones below `bookmaker`."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.removeprefix("bookmaker.") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports by dots"
            module = (node.module or "").removeprefix("bookmaker.")
            inner = [f"{module}.{alias.name}".removeprefix("bookmaker.") for alias in node.names]
            below = [name for name in inner if name in NAMES]
            yield from below or [module]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_imports_only_from_rooms_below_it(path: Path) -> None:
    own = room_of(name_of(path))
    above = {room_of(name) for name in imported(path) if name in NAMES} - {own}
    assert own in ROOMS, f"put the room “{own}” into ROOMS"
    assert {room for room in above if ROOMS.index(room) > ROOMS.index(own)} == set()


def test_no_module_imports_itself_through_others() -> None:
    graph = {name_of(path): {name for name in imported(path) if name in NAMES} - {name_of(path)} for path in MODULES}
    TopologicalSorter(graph).prepare()


def called(path: Path) -> Iterator[str]:
    """The names a file calls, the last part of each."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.func.id


def test_only_the_command_line_prints_and_exits() -> None:
    speaking = {name_of(path) for path in MODULES if {"print", "exit", "_exit", "echo"} & set(called(path))}
    assert {room_of(name) for name in speaking} - {"cli", "serve"} == set()


def test_no_stage_knows_the_day_the_machine_or_the_network() -> None:
    found = {
        (name_of(path), name)
        for path in MODULES
        if room_of(name_of(path)) != "serve"
        for name in {*FORBIDDEN_MODULES.intersection(imported(path)), *FORBIDDEN_NAMES.intersection(called(path))}
    }
    assert found == set()


def test_no_stage_asks_for_the_time() -> None:
    timing = {name_of(path) for path in MODULES if "time" in set(imported(path))}
    assert {room_of(name) for name in timing} - {"cli", "serve", "press"} == set()


def test_assembling_and_converting_touch_no_file() -> None:
    touching = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink"}
    rooms = {
        "volume",
        "script",
        "review",
        "titles",
        "wording",
        "galley",
        "typeset",
        "problems",
        "cover_pattern",
        "check",
    }
    found = {name_of(path) for path in MODULES if room_of(name_of(path)) in rooms and touching & set(called(path))}
    # OpenCC's own tables, which come as a package.
    assert found - {"script.tables"} == set()


def test_reading_writes_nothing() -> None:
    writing = {"write_text", "write_bytes", "mkdir", "unlink", "rename", "replace_file", "rmtree", "mkstemp"}
    found = {name_of(path) for path in MODULES if room_of(name_of(path)) == "content" and writing & set(called(path))}
    assert found == set()


def late_imports(path: Path) -> Iterator[str]:
    """What a file imports inside functions: a library's name, or the room of one of our own modules."""
    for function in ast.walk(tree_of(path)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                module = (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
                own = module.removeprefix("bookmaker.")
                yield module.split(".")[0] if own == module else room_of(own)


def test_an_import_inside_a_function_puts_off_a_slow_one() -> None:
    found = {(name_of(path), what) for path in MODULES for what in late_imports(path)}
    assert {
        (name, what)
        for name, what in found
        if room_of(name) != "cli" and what not in SLOW and what not in PUT_OFF.get(name, set())
    } == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree_of(path))


def texts() -> Iterator[Path]:
    for place in PLACES:
        path = ROOT / place
        files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
        yield from (file for file in files if file.suffix in TEXT and "__pycache__" not in file.parts)


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    found: list[str] = []
    for file in texts():
        if file.relative_to(ROOT).as_posix() in EXAMPLES:
            continue
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # meant to be unreadable: tests/problems/not-utf8
        found += [f"{file.relative_to(ROOT)}: {match[0]}" for match in MACHINE.finditer(text)]
    assert found == []
