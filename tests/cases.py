"""Fixture files: cases of a title, an input and an output, each between lines of one dot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_CASE = re.compile(r"([^\n]+)\n\.\n(.*?)\n\.\n(.*?)\.\n(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Case:
    """One case; `output` ends with a line end unless it is empty."""

    title: str
    input: str
    output: str

    def __str__(self) -> str:
        return f"{self.title}\n.\n{self.input}\n.\n{self.output}.\n"


def read_cases(file: Path) -> list[Case]:
    """The cases of a file, in order."""
    return [Case(*found) for found in _CASE.findall(file.read_text(encoding="utf-8"))]


def write_output(file: Path, title: str, output: str) -> None:
    """Put another output into the case of that title."""
    cases = [Case(c.title, c.input, output) if c.title == title else c for c in read_cases(file)]
    file.write_text("\n".join(map(str, cases)), encoding="utf-8")
