"""What looks like a mark and means nothing here: it would be printed as it was typed, without a word.

Other Markdowns know formulas, highlights and HTML; this one does not, and an editor wants to know of it. So with what
Markdown reads otherwise than it was meant: lines of pipes that are no table, a paragraph that a line of hyphens below
makes a heading.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from bookmaker.content.source import Source
from bookmaker.problems import Place, Problem, Severity

_FORMULA = re.compile(r"\$\$?(?=[^$\s])[^$\u2e80-\uffff\n]*?[\\^_{}=+/a-zA-Z][^$\u2e80-\uffff\n]*?(?<=\S)\$\$?")
_HIGHLIGHT = re.compile(r"(?<!=)==(?=[^=\s])[^=\n]+(?<=\S)==(?!=)")
_HTML = re.compile(
    r"<(?:a|abbr|b|big|blockquote|br|center|code|del|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|s|small|span"
    r"|strike|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_HINTS = {
    "b": "write **…** for bold", "strong": "write **…** for bold", "i": "write *…* for a stressed word",
    "em": "write *…* for a stressed word", "u": "write […]{.name} for a name, […]{.title} for a title",
    "br": "end the line with a backslash, or leave an empty line", "sup": "write ^…^", "sub": "write ~…~",
    "s": "write ~~…~~", "del": "write ~~…~~", "img": "write ![…](name.jpg)", "a": "write […](address)",
    "mark": "write […]{.dots}", "code": "write `…`",
}  # fmt: skip
_DEFINITION = re.compile(r"\s*: \S")
#: Lines that somebody meant for a table: of two cells and more.
_ROW = re.compile(r"^\s*[|｜].*[|｜]\s*$")


def report_misread(
    tokens: Sequence[Token], line_of: Callable[[int], int], source: Source, problems: list[Problem]
) -> None:
    """Warn of what will be printed as it was typed; `line_of` makes a line of the text one of the file."""
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.markup in ("-", "=") and token.map:
            place = source.place(line_of(token.map[1] - 1))
            what = "the paragraph above this line is read as a heading"
            problems.append(_warning(place, what, "leave an empty line above it; a heading begins with “##”"))
        if token.type != "inline" or not token.map:
            continue
        lines = token.content.split("\n")
        if tokens[at - 1].type == "paragraph_open" and sum(map(bool, map(_ROW.match, lines))) > 1:
            what = "these lines look like a table, and are none"
            hint = "its second line is | --- | --- |, with as many cells as the first, and no line above it is a text's"
            problems.append(_warning(source.place(line_of(token.map[0])), what, hint))
        for within, line in enumerate(lines[1:], token.map[0] + 1):
            if _DEFINITION.match(line):
                hint = "a definition stands below its term, which is one line: an empty line above that"
                problems.append(_warning(source.place(line_of(within)), "“: ” is printed as it is typed", hint))
        for within, what, hint in _found(token):
            place = source.place(line_of(token.map[0] + min(within, token.map[1] - token.map[0] - 1)))
            problems.append(_warning(place, f"{what} is printed as it is typed", hint))


def _found(inline: Token) -> Iterator[tuple[int, str, str]]:
    """(line within the block, what, hint) for each mark that means nothing."""
    line = 0
    text: list[str] = []
    for child in [*(inline.children or ()), None]:
        if child is not None and child.type == "text":
            text.append(child.content)
            continue
        yield from ((line, what, hint) for mark, what, hint in _marks("".join(text)) if _is_typed(mark, inline.content))
        text = []
        if child is not None and child.type in ("softbreak", "hardbreak"):
            line += 1


def _is_typed(mark: str, written: str) -> bool:
    """Whether a mark stands so in the source: behind a backslash somebody meant the sign itself."""
    at = written.find(mark)
    return at >= 0 and not written[:at].endswith("\\")


def _marks(text: str) -> Iterator[tuple[str, str, str]]:
    """(mark, what, hint)."""
    if "$" in text:
        for found in _FORMULA.finditer(text):
            yield (
                found[0],
                f"the formula “{found[0]}”",
                "write it in words and signs, with ^2^ and ~2~, or make it a picture",
            )
    if "==" in text:
        for found in _HIGHLIGHT.finditer(text):
            yield found[0], f"“{found[0]}”", "write **…** for bold, or […]{.dots} for dots below the words"
    if "<" in text:
        for found in _HTML.finditer(text):
            name = found[0].strip("</>").split()[0].lower()
            yield (
                found[0],
                f"“{found[0]}”",
                _HINTS.get(name, "HTML means nothing here: write it as Markdown, or take it out"),
            )


def _warning(place: Place, what: str, hint: str) -> Problem:
    return Problem(place, "unknown-mark", what, hint, Severity.WARNING)
