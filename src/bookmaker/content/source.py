"""One source file as text: decoded, line ends made one, and anything unprintable reported."""

import re
from dataclasses import dataclass
from pathlib import Path

from bookmaker.problems import Place, Problem
from bookmaker.project import Project

#: Characters XML 1.0 §2.2 forbids, and others that show nothing but break lines or turn the direction of
#: text (UAX #9 §2) behind the editor's back; tab and line feed may stay.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file, with the name that messages give it."""

    file: str
    text: str

    def place(self, line: int | None = None) -> Place:
        return Place(self.file, line)


def read_source(project: Project, path: Path, problems: list[Problem]) -> Source | None:
    """Read a UTF-8 file, with or without BOM, with any line ends; `None` where it cannot be read."""
    data = read_bytes(project, path, problems)
    return None if data is None else source_of(project.name_of(path), data, problems)


def read_bytes(
    project: Project, path: Path, problems: list[Problem], folders: dict[str, str] | None = None
) -> bytes | None:
    """A file as it lies there; `None` for one outside the project. `folders` as in `Project.holds`."""
    if not project.holds(path, folders=folders):
        name = project.name_of(path)
        problems.append(
            Problem(
                Place(name),
                "outside-project",
                f"“{name}” lies outside the project",
                "copy the file into content/; nothing outside the project is read",
            )
        )
        return None
    return path.read_bytes()


def source_of(name: str, data: bytes, problems: list[Problem]) -> Source | None:
    """The text that a file's bytes are."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(_not_utf8(name, data, error))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = Source(name, text)
    if _CONTROL.search(text):
        for number, line in enumerate(text.split("\n"), start=1):
            report_control(line, source.place(number), problems)
    return source


def report_control(text: str, place: Place, problems: list[Problem]) -> None:
    """A problem for every control character: in a line as it stands, or in a text whose escapes were read."""
    if not _CONTROL.search(text):
        return
    problems.extend(
        Problem(
            place,
            "control-character",
            f"the text holds the control character U+{ord(character):04X}",
            "delete it: it came with a copy from another program and shows nothing",
        )
        for character in _CONTROL.findall(text)
    )


def _not_utf8(name: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    line = data.count(b"\n", 0, error.start) + 1
    return Problem(
        Place(name, line),
        "not-utf8",
        f"the file is not UTF-8 (byte 0x{data[error.start]:02x})",
        f"save it as UTF-8{_likely_encoding(data)}",
    )


def _likely_encoding(data: bytes) -> str:
    """Guess the old encoding of Chinese text, for the hint only."""
    for encoding, name in (("gb18030", "GB18030"), ("big5hkscs", "BIG5-HKSCS"), ("utf-16", "UTF-16")):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        written = [character for character in text if not character.isascii()]
        han = sum("\u4e00" <= character <= "\u9fff" for character in written)
        if han > len(written) // 2:
            return f": it looks like {name}, so “iconv -f {name} -t UTF-8” does it"
    return ""
