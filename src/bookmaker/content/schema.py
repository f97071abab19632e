"""Checking a header or plan against its model, with the editor's own line numbers.

pydantic says what is wrong with which key; this room says where that key stands in the file.
"""

import datetime
import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any, TypeAlias, TypeVar, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from bookmaker.content.source import Source
from bookmaker.problems import Problem

Path: TypeAlias = tuple[str | int, ...]
Lines: TypeAlias = Mapping[Path, int]


#: What pydantic 2.14 says, and what an editor understands.
_PLAIN = {
    "String should have at least 1 character": "write something here",
    "a valid string": "text",
    "a valid tuple": "a list",
    "a valid list": "a list",
    "a valid integer, unable to parse string as an integer": "a whole number",
    "a valid integer, got a number with a fractional part": "a whole number",
    "a valid integer": "a whole number",
    "a valid number, unable to parse string as a number": "a number",
    "a valid number": "a number",
    "a valid boolean, unable to interpret input": "true or false",
    "a valid boolean": "true or false",
    "greater than or equal to": "at least",
    "less than or equal to": "at most",
    "greater than": "more than",
}
_SINGLE_QUOTED = re.compile(r"'([^']*)'")


class Record(BaseModel):
    """A part of a file the editor writes: frozen, and every unknown key is an error."""

    # What checks a file is made when the first of its kind is read: most runs read few kinds.
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)


_Model = TypeVar("_Model", bound=Record)


def _read_date(value: object) -> object:
    """A year-month-day, full-width digits forgiven; anything else is the error the hint explains."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date) or value is None:
        return value
    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", str(value).strip())
    if parts is None:
        raise ValueError("not a day")
    try:
        return datetime.date(*map(int, parts.groups()))
    except ValueError:
        raise ValueError("not a day") from None


#: A day of the calendar, written 2026-02-28 (also 2026/2/28 or 2026年2月28日).
Day = Annotated[datetime.date, BeforeValidator(_read_date)]


def validate(
    model: type[_Model], data: Mapping[str, Any], lines: Lines, source: Source, problems: list[Problem]
) -> _Model | None:
    """The data as a model, or `None` with every fault appended to `problems`."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found: dict[str, Problem] = {}
        for fault in error.errors():
            problem = _problem(model, fault, lines, source)
            other = found.get(problem.what)
            # A key that may be one thing or another is at fault once, not once for each.
            found[problem.what] = replace(other, hint=f"{other.hint}, or {problem.hint}") if other else problem
        problems.extend(found.values())
        return None


def _problem(model: type[Record], fault: ErrorDetails, lines: Lines, source: Source) -> Problem:
    path = _written(fault)
    place = source.place(line_of(path, lines))
    key, given = _dotted(path), fault["input"]
    match fault["type"]:
        case "extra_forbidden":
            known = _keys_at(model, path[:-1])
            return Problem(place, "unknown-key", f"the key “{key}” means nothing here", _nearest(path, known))
        case "missing" if isinstance(path[-1], str):
            return Problem(place, "missing-key", f"the key “{key}” is missing", f"add a line “{path[-1]}: …”")
        case "missing":
            return Problem(place, "bad-value", f"“{_dotted(path[:-1])}” is too short", f"item {key[-1]} is missing")
        case "value_error" if "not a day" in fault["msg"]:
            code, what = "bad-date", f"the date {_quoted(given)} is not a day"
            if isinstance(given, (dict, list)):
                code, what = "bad-value", f"“{key}” cannot be {_quoted(given)}"
            less = "; less is known: 2026-02, 2026Q1, 2026" if "or month" in fault["msg"] else ""
            return Problem(place, code, what, f"write it as year-month-day, for example 2026-02-28{less}")
        case "model_type":
            hint = f"write it as a group of keys: {', '.join(_keys_at(model, path))}"
            return Problem(place, "bad-value", f"“{key}” cannot be {_quoted(given)}", hint)
        case _:
            what = f"“{key}” cannot be {_quoted(given)}"
            return Problem(place, "bad-value", what, _plain(fault["msg"]))


def _written(fault: ErrorDetails) -> Path:
    """The path the editor wrote: without the steps by which pydantic names the members of a union (2.14)."""
    path = tuple(step for step in fault["loc"] if not (isinstance(step, str) and step.startswith("[")))
    if fault["type"] == "extra_forbidden":
        return path
    return tuple(step for step in path if isinstance(step, int) or "[" not in step)


def line_of(path: Path, lines: Lines) -> int | None:
    """The line of a key, or of the nearest key around it."""
    for end in range(len(path), -1, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint: the nearest known word, or all of them."""
    known = sorted(known)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"did you mean “{near[0]}”?"
    return f"known here: {', '.join(known)}" if known else "remove it"


def _nearest(path: Path, known: Iterable[str]) -> str:
    return did_you_mean(str(path[-1]), known)


def _keys_at(model: type[Record], path: Path) -> list[str]:
    """The keys a nested model knows, found by walking the models' annotations."""
    current: type[BaseModel] | None = model
    any_word = False
    for step in path:
        if isinstance(step, int) or current is None:
            continue
        if any_word:  # the key of a table of words, which the editor chose
            any_word = False
            continue
        field = current.model_fields.get(step) or next(
            (f for f in current.model_fields.values() if f.alias == step), None
        )
        current = _model_in(field.annotation) if field else None
        any_word = field is not None and get_origin(field.annotation) is Mapping
    if current is None:
        return []
    return [field.alias or name for name, field in current.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found:
            return found
    return None


def _dotted(path: Path) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _quoted(value: object) -> str:
    match value:
        case "":
            return "empty"
        case str() | int() | float() | datetime.date():
            return f"“{value}”"
        case None:
            return "empty"
        case list():
            return "a list"
        case _:
            return "a group of keys"


def _plain(message: str) -> str:
    """pydantic's message in this program's manner: lower case, no Python words."""
    message = message.removeprefix("Value error, ").removeprefix("Input ")
    for python, plain in _PLAIN.items():
        message = message.replace(python, plain)
    message = _SINGLE_QUOTED.sub(r"“\1”", message)
    return message[:1].lower() + message[1:]
