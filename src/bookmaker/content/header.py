"""The YAML header of an article: its data, and the line on which every key stands."""

import re
from typing import Any

import yaml

from bookmaker.content.schema import Path
from bookmaker.content.source import Source, report_control
from bookmaker.problems import Problem, Severity

_FENCE = "---"
#: A comment behind a value that does not look like one.
_CUT = re.compile(r"\s+(#[^\s#].*)$")
_FULL_WIDTH_COLON = re.compile(r"^\s*(?:- *)?([a-z_]+)：", re.MULTILINE)
#: What PyYAML 6.0 and libyaml 0.2 read differently: odd spaces and line ends, tags, keys behind “?”, ends of documents.
_READ_APART = re.compile(
    r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[!?]|[|>]#|^(?:---|\.\.\.)",
    re.MULTILINE,
)
#: libyaml nests without a limit and would end the process; so few brackets, dashes and characters hold no such depth.
_FEW, _SHORT = 150, 10_000


def split_header(source: Source, problems: list[Problem]) -> tuple[str, str, int] | None:
    """Cut an article into header text, body text and the body's first line (counted from 1)."""
    lines = source.text.split("\n")
    if lines[0].rstrip() != _FENCE:
        problems.append(
            Problem(
                source.place(1),
                "missing-header",
                "the article does not begin with a header",
                "begin the file with a line “---”, then “title: …”, then a line “---”",
            )
        )
        return None
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    problems.append(
        Problem(
            source.place(1),
            "missing-header",
            "the header is opened but never closed",
            "put a line “---” between the header and the text",
        )
    )
    return None


def read_header(text: str, source: Source, problems: list[Problem]) -> tuple[dict[str, Any], dict[Path, int]] | None:
    """The header's data, every scalar as the text that stands there, and the line of every key.

    YAML's own guesses (dates, `yes`, `1_000`) are not taken: the model decides what a value is.
    """
    try:
        node = _compose(text)
    except yaml.MarkedYAMLError as error:
        problems.append(_broken(text, source, error))
        return None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        # PyYAML 6.0 also lets through what it meets at "\\UFFFFFFFF" and below a thousand brackets.
        what = "the header cannot be read: it holds something that is not text"
        problems.append(Problem(source.place(2), "broken-yaml", what, "write “key: value” lines"))
        return None
    lines: dict[Path, int] = {(): 1}
    if node is None:
        return {}, lines
    if not isinstance(node, yaml.MappingNode):
        what, hint = "the header is not a list of keys", "write “key: value” lines"
        problems.append(Problem(source.place(2), "broken-yaml", what, _full_width_hint(text) or hint))
        return None
    reader = _NodeReader(source, text.split("\n"), lines, problems)
    return reader.mapping(node, ()), lines


def _compose(text: str) -> yaml.Node | None:
    """The header's nodes: by libyaml, which is twenty times as fast, where PyYAML is sure to read the same."""
    plain = len(text) < _SHORT and sum(map(text.count, "[{-")) < _FEW and not _READ_APART.search(text)
    if plain and hasattr(yaml, "CSafeLoader"):
        try:
            return yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError:
            pass  # PyYAML says better what is wrong
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _broken(text: str, source: Source, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    # The header's first line is the file's second, and YAML counts from 0.
    line = mark.line + 2 if mark else 2
    return Problem(
        source.place(line),
        "broken-yaml",
        f"the header cannot be read: {error.problem or error.context}",
        _full_width_hint(text) or _hint_of(text.split("\n"), line - 2),
    )


#: A key with its value, or an item of a list.
_VALUE = re.compile(r"^\s*(?:- +)?(?:([\w-]+):(\s*))?(.*)$")
#: What no value begins with: YAML has a meaning for it.
_INDICATORS = "*&%@`!|>[]{}#\"'"


def _hint_of(lines: list[str], at: int) -> str:
    """What to do about the line named, or the one above it, which YAML may have read on from."""
    near = [lines[number] for number in (at, at - 1) if 0 <= number < len(lines)]
    read = [found.groups() for line in near if (found := _VALUE.match(line))]
    if any("\t" in line for line in near):
        return "a tab stands in this line: write spaces"
    for key, space, value in read:
        if key and not space and value:
            return f"write “{key}: ”, with a space behind the colon"
    for _, _, value in read:
        if ": " in value and not value.startswith(("'", '"', "[", "{")):
            return "put the value between quotes: “: ” stands in it"
    for _, _, value in read:
        if value[:1] in tuple(_INDICATORS):
            return f"put the value between quotes: YAML has a meaning for the “{value[0]}” it begins with"
    return "a value with “: ”, “#” or quotation marks in it stands between quotes, and lists are indented evenly"


def _full_width_hint(text: str) -> str:
    """What to do about a key that is followed by the colon of Chinese text, if one is."""
    found = _FULL_WIDTH_COLON.search(text)
    return f"after “{found[1]}” stands a full-width colon: write “{found[1]}: ”, with a space" if found else ""


class _NodeReader:
    """Turns YAML nodes into data while noting lines; aliases cannot multiply, each node is read once."""

    def __init__(self, source: Source, text: list[str], lines: dict[Path, int], problems: list[Problem]) -> None:
        self._source = source
        self._text = text
        self._lines = lines
        self._problems = problems
        self._seen: set[int] = set()

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            line = key_node.start_mark.line + 2
            if key in data:
                self._report(line, "duplicate-key", f"the key “{key}” stands twice", "keep one of them")
            self._lines[(*path, key)] = line
            data[key] = self._value(value_node, (*path, key))
        return data

    def _value(self, node: yaml.Node, path: Path) -> Any:
        line = node.start_mark.line + 2
        if id(node) in self._seen:
            # The node is the one that was named, and stands elsewhere.
            self._report(
                self._lines.get(path, line), "broken-yaml", "the header uses a YAML alias", "write the value out again"
            )
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                self._lines[(*path, index)] = item.start_mark.line + 2
            return [self._value(item, (*path, index)) for index, item in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:null":
            return None
        value = str(node.value)
        self._report_cut(node)
        report_control(value, self._source.place(line), self._problems)
        return value

    def _report_cut(self, node: yaml.Node) -> None:
        """What stands behind “ #” is a comment to YAML; “主题 #1 号” was hardly meant so."""
        end = node.end_mark
        rest = self._text[end.line][end.column :] if end.line < len(self._text) else ""
        if found := _CUT.match(rest):
            what = f"“{found[1]}” is a comment, and no part of the value before it"
            hint = "put the value between quotes; a comment has a space behind its #"
            self._problems.append(
                Problem(self._source.place(end.line + 2), "unknown-mark", what, hint, Severity.WARNING)
            )

    def _report(self, line: int, code: str, what: str, hint: str) -> None:
        self._problems.append(Problem(self._source.place(line), code, what, hint))
