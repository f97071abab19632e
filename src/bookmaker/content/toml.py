"""A TOML file: its data, and the line on which every key stands (tomllib gives no lines)."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from bookmaker.content.schema import Path, line_of
from bookmaker.content.source import Source, report_control
from bookmaker.problems import Problem

_STRING_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
_BRACKET = re.compile(r"[\[\]{}]")
_TABLE = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*$")
_KEY = re.compile(r"\s*((?:[\w.-]|\"[^\"]*\"|'[^']*')(?:[\w. -]|\"[^\"]*\"|'[^']*')*?)\s*=")
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
    """Where each key stands in a text that is TOML: on the lines that begin outside strings and lists."""
    lines: dict[Path, int] = {(): 1}
    table: Path = ()
    counts: dict[Path, int] = {}
    depth = 0
    for number, line in enumerate(_STRING_OR_COMMENT.sub(_plain, text).split("\n"), start=1):
        if depth == 0:
            if found := _TABLE.match(line):
                table = _table_path(found[1], found[2], counts)
                lines[table] = number
            elif found := _KEY.match(line):
                lines.setdefault((*table, *_steps(found[1])), number)
        depth += sum(line.count(mark) for mark in "[{") - sum(line.count(mark) for mark in "]}")
    return lines


def _plain(found: re.Match[str]) -> str:
    """A comment or string without what could be taken for TOML; as many lines as before."""
    text = found[0]
    if text[0] == "#":
        return ""
    if text[:3] in ('"""', "'''"):
        return "\n" * text.count("\n")
    return _BRACKET.sub("_", text)


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
