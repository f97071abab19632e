"""The notation of what a page should become: it names lines by number, so it copies no text that isn't ours."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bookmaker.clippings.model import Masthead

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


# What is expected

NOTHING = Masthead()


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph or a section heading of a story; `spec` are its lines as the notation names them."""

    text: str
    heading: bool = False
    spec: str = ""


@dataclass(frozen=True, slots=True)
class ExpectedCaption:
    """A caption with its credit still in it, and the names of that credit."""

    text: str
    credit: str = ""


@dataclass(frozen=True, slots=True)
class ExpectedStory:
    """One story; an empty title means that the page holds no headline of its own for it."""

    title: str = ""
    kicker: str = ""
    subtitle: str = ""
    column: str = ""
    dateline: str = ""
    date: datetime.date | None = None
    bylines: tuple[tuple[str, str], ...] = ()
    continued_from: str = ""
    continued_on: str = ""
    truncated: bool = False
    body: tuple[Entry, ...] = ()
    captions: tuple[ExpectedCaption, ...] = ()
    unsaid: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """What a report calls the story."""
        return self.title or (self.body[0].text[:14] + "…" if self.body else "(empty)")


@dataclass(frozen=True, slots=True)
class Expected:
    """A page: its stories, and the lines that belong to none, each as the notation names it (numbers or `=text`).

    `unsaid` are fields of which the expectation says nothing: they are not compared.
    """

    file: str
    stories: tuple[ExpectedStory, ...]
    masthead: Masthead = NOTHING
    standing: tuple[str, ...] = ()
    masthead_lines: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    unsaid: frozenset[str] = frozenset()


# Reading

LAYOUT = " \t\r\n\f\v\u3000\u00a0\u200b\ufeff\u2003\u2002"
PART = re.compile(r"(\d+)(?:-(\d+))?(?:\[(?:-(\d+)|(\d+)-)\])?")
MARKS = re.compile(r"#{1,6}\s+")  # Markdown's heading marks are no part of a title
STORY_KEYS = set(ExpectedStory.__dataclass_fields__) - {"unsaid"}
MASTHEAD_KEYS = {"publication", "date", "page", "section"}


def read_expected(path: Path) -> Expected:
    """The expectation of one `.toml`; its page lies beside it, or among the seeds.

    Raises ValueError for a key or a line that does not exist, FileNotFoundError where there is no page.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    _known(data, {"file", "masthead", "story", "page"}, path)
    masthead, page = data.get("masthead", {}), data.get("page", {})
    _known(masthead, MASTHEAD_KEYS, path)
    _known(page, {"standing", "masthead", "dropped"}, path)
    lines = _lines_of(_page_beside(path, data["file"]))
    for spec in (spec for specs in page.values() for spec in specs):
        text_of(lines, spec)  # the lines exist
    return Expected(
        file=data["file"],
        stories=tuple(_story(entry, lines, path) for entry in data.get("story", [])),
        masthead=Masthead(**{**masthead, "date": _day(masthead.get("date"))}),
        standing=tuple(page.get("standing", ())),
        masthead_lines=tuple(page.get("masthead", ())),
        dropped=tuple(page.get("dropped", ())),
    )


def text_of(lines: Sequence[str], spec: str) -> str:
    """The text that `spec` names, its lines joined without a space: `=text`, `7`, `15-18`, `60[-1]+62`, `62[1-]`."""
    if spec.startswith("="):
        return spec[1:]
    return "".join(_cut(lines, part, spec) for part in spec.split("+")) if spec else ""


def numbers_of(spec: str) -> tuple[int, ...]:
    """The line numbers that `spec` names, none for a text."""
    if not spec or spec.startswith("="):
        return ()
    ends = (_part(part, spec).group(1, 2) for part in spec.split("+"))
    return tuple(number for first, last in ends for number in range(int(first), int(last or first) + 1))


def _known(table: dict[str, Any], keys: set[str], path: Path) -> None:
    if unknown := set(table) - keys:
        raise ValueError(f"{path.name}: no such key: {', '.join(sorted(unknown))}")


def _page_beside(path: Path, file: str) -> Path:
    beside = path.parent / file
    return beside if beside.exists() else SEEDS / file


def _lines_of(page: Path) -> list[str]:
    """The lines of a text page as an editor counts them; of other pages none, because they have no lines."""
    if page.suffix not in {".txt", ".md"}:
        return []
    text = _decoded(page.read_bytes())
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _decoded(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        readings = [data.decode(encoding, "replace") for encoding in ("gb18030", "big5")]
        return max(readings, key=lambda text: sum(text.count(char) for char in "，。的一在是有"))


def _story(table: dict[str, Any], lines: Sequence[str], path: Path) -> ExpectedStory:
    _known(table, STORY_KEYS, path)
    texts = {key: text_of(lines, table.get(key, "")) for key in ("title", "kicker", "subtitle", "column")}
    plain = {key: table.get(key, "") for key in ("dateline", "continued_from", "continued_on")}
    return ExpectedStory(
        **texts,
        **plain,
        date=_day(table.get("date")),
        bylines=tuple((name, role) for name, role in table.get("bylines", [])),
        truncated=table.get("truncated", False),
        body=tuple(_entry(spec, lines) for spec in table.get("body", [])),
        captions=tuple(ExpectedCaption(text_of(lines, spec), credit) for spec, credit in table.get("captions", [])),
        unsaid=frozenset({"date", "bylines"} - set(table)),
    )


def _entry(spec: str, lines: Sequence[str]) -> Entry:
    bare = spec.removeprefix("# ")
    return Entry(text_of(lines, bare), bare != spec, bare)


def _day(value: Any) -> datetime.date | None:
    return datetime.date.fromisoformat(str(value)) if value else None


def _part(part: str, spec: str) -> re.Match[str]:
    if not (found := PART.fullmatch(part.strip())):
        raise ValueError(f"not lines of a page: “{spec}”")
    return found


def _cut(lines: Sequence[str], part: str, spec: str) -> str:
    first, last, off_end, off_start = _part(part, spec).groups()
    numbers = range(int(first), int(last or first) + 1)
    if numbers.start < 1 or numbers.stop - 1 > len(lines):
        raise ValueError(f"the page has {len(lines)} lines, and “{spec}” names others")
    text = "".join(MARKS.sub("", lines[number - 1].strip(LAYOUT), count=1) for number in numbers)
    return text[int(off_start or 0) : len(text) - int(off_end or 0)]
