"""A TOML file: its data, and the line on which every key stands (tomllib gives no lines)."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from bookmaker.content.schema import Path, line_of
from bookmaker.content.source import Source, report_control
from bookmaker.problems import Problem

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_.\"'-]+?)\s*=")
_AT = re.compile(r"\(at line (\d+), column \d+\)")


def read_toml(source: Source, problems: list[Problem]) -> tuple[dict[str, Any], dict[Path, int]] | None:
    """The file's data and the line of every table and key; `None` if it is not TOML."""
    try:
        data = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = int(at[1]) if at else source.text.count("\n") + 1
        what = _AT.sub("", str(error)).strip().lower()
        problems.append(
            Problem(
                source.place(line),
                "broken-toml",
                f"the file cannot be read: {what}",
                "text stands between straight double quotes, and every key once",
            )
        )
        return None
    except (RecursionError, ValueError):  # a thousand brackets; a number of ten thousand digits (tomllib of 3.11)
        what = "the file cannot be read: it holds something no plan can mean"
        problems.append(Problem(source.place(), "broken-toml", what, "write “key = value” lines"))
        return None
    lines = _lines(source.text)
    for path, text in _texts(data, ()):
        report_control(text, source.place(line_of(path, lines)), problems)
    return data, lines


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text of the file's data."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))


def _lines(text: str) -> dict[Path, int]:
    """Where each key stands: tables and keys at line starts, outside multi-line strings."""
    lines: dict[Path, int] = {(): 1}
    table: Path = ()
    counts: dict[Path, int] = {}
    fence: str | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if fence is None:
            if found := _TABLE.match(line):
                table = _table_path(found[1], found[2], counts)
                lines[table] = number
            elif found := _KEY.match(line):
                lines.setdefault((*table, *_steps(found[1])), number)
        fence = _open_string(line, fence)
    return lines


def _table_path(bracket: str, name: str, counts: dict[Path, int]) -> Path:
    """The path of a table; a later `[a.b]` below `[[a]]` belongs to the last item of `a`."""
    path: Path = ()
    steps = _steps(name)
    for index, step in enumerate(steps):
        path = (*path, step)
        last = index == len(steps) - 1
        if last and bracket == "[[":
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _steps(dotted: str) -> list[str]:
    return [step.strip().strip("\"'") for step in dotted.split(".")]


def _open_string(line: str, fence: str | None) -> str | None:
    """Which multi-line string is open after this line."""
    position = 0
    while True:
        if fence is None:
            starts = [(line.find(mark, position), mark) for mark in ('"""', "'''")]
            starts = [start for start in starts if start[0] >= 0]
            if not starts:
                return None
            position, fence = min(starts)
        else:
            position = line.find(fence, position)
            if position < 0:
                return fence
            fence = None
        position += 3
