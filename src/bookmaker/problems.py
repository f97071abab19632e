"""What is wrong with the sources, said so that an editor can act on it.

A stage collects every `Problem` it finds in a list and calls `raise_errors` once, at its end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

#: Every code a problem may carry, with the sentence the README says of it.
CODES: dict[str, str] = {
    "article-in-no-chapter": "an article was selected, but no chapter of the plan takes its theme",
    "article-without-theme": "an article was selected, but its header names no theme",
    "bad-date": "a date is no day, month, quarter or year of the calendar",
    "bad-file-name": "the name of an article or a plan is not UTF-8, or holds a control character",
    "bad-value": "a key has a value it cannot have",
    "broken-link": "a link points to no article, heading or note",
    "broken-table": "a row of a table has more cells than its head",
    "broken-toml": "a TOML file cannot be read",
    "broken-yaml": "the YAML header of an article cannot be read",
    "control-character": "the text holds a control character, which no book can show",
    "different-link": "a link uses an address that is neither http(s), mailto nor an article",
    "duplicate-key": "a key stands twice in one header",
    "duplicate-name": "two names, or a name and an alias, are the same",
    "duplicate-slug": "two articles have the same slug",
    "empty-article": "an article has no text",
    "empty-chapter": "a chapter of the plan has no articles",
    "heading-level": "a heading inside an article skips a level, or is a title",
    "loose-line": "the characters of a printed line stand far apart",
    "missing-file": "a file that the plan names does not exist",
    "missing-glyph": "no font of the edition has a character of the text",
    "missing-header": "an article does not begin with a YAML header between --- lines",
    "missing-image": "a picture that an article names does not exist",
    "missing-key": "a key that must be there is not",
    "mixed-script": "a Traditional character stands in Simplified text",
    "no-articles": "the plan selects no article at all",
    "no-chapters": "the plan has no chapters",
    "not-utf8": "a text file is not UTF-8",
    "outside-project": "a path leads out of the project",
    "straight-quote": "a straight quotation mark stands beside a Chinese character",
    "tight-line": "the marks of a printed line have lost their blanks",
    "unbalanced-quote": "a quotation or title mark has no other half, or crosses another pair",
    "unknown-article": "the plan names an article that the pool does not have",
    "unknown-attribute": "an attribute in braces means nothing where it stands",
    "unknown-key": "a key means nothing here",
    "unknown-layout": "the plan names a layout that is not there",
    "unknown-mark": "a mark of another Markdown is printed as it is typed, or is read otherwise than it was meant",
    "unknown-note": "a footnote is called but not written, or written but never called",
    "unknown-theme": "a theme has no file in content/themes/",
    "unreadable-image": "a picture is damaged, too large, or of a kind no reader shows",
    "unreadable-page": "a file given to import holds no text that can be read",
    "unsafe-image": "a drawing reaches outside itself: a script, or a file or address it loads",
}

#: Quoted text could hold what moves a terminal's cursor, or end the message's line.
_UNSEEN = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "\ufffd")


class Severity(StrEnum):
    """How bad a problem is: an error stops the edition, a warning is for the editor's eye."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the sources: a path from the project's root and a line from 1."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an editor should mend: where, what is wrong, its code, and what to do.

    `what` quotes the offending text, in lower case, without a full stop; `hint` says the next step.
    """

    place: Place
    code: str
    what: str
    hint: str
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise KeyError(f"problem code {self.code!r} is not in the table")

    def __str__(self) -> str:
        mark = "warning: " if self.severity is Severity.WARNING else ""
        what, hint = self.what.translate(_UNSEEN), self.hint.translate(_UNSEEN)
        return f"{self.place}: {mark}{what} [{self.code}]\n    hint: {hint}"

    def as_record(self) -> dict[str, str | int | None]:
        """The problem as one flat record, for `--json`."""
        return {
            "file": self.place.file,
            "line": self.place.line,
            "severity": str(self.severity),
            "code": self.code,
            "what": self.what,
            "hint": self.hint,
        }


class CommandError(Exception):
    """What was asked for cannot be done as it was asked."""


class BuildError(Exception):
    """A stage cannot do its work: a fault of the program, a layout or the machine, never of the editor's text."""


class SourceError(Exception):
    """The sources cannot be made into a book; carries all that is wrong with them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_reading_order(problems)
        super().__init__("\n".join(map(str, self.problems)))


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems without doubles, sorted by file, line and code."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.place.file, p.place.line or 0, p.code, p.what)))


def raise_errors(problems: Iterable[Problem]) -> None:
    """Raise `SourceError` with all problems if one of them is an error; else do nothing."""
    found = list(problems)
    if any(problem.severity is Severity.ERROR for problem in found):
        raise SourceError(found)
