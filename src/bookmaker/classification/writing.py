"""Writing a decision into an article's file: one line of the header, and `{theme=…}` on headings.

    themes: [projects] # classify                 the machine's, with the themes on the headings
    themes: [] # classify: none                   the machine found none
    themes: [projects] # classify the header      the machine's, but the headings' themes are the editor's

A line without the remark is the editor's. Every byte but those of the changed lines stays.
"""

import re
from enum import Enum, auto

from bookmaker.classification.model import Classified, ClassifiedSection, DecidedBy
from bookmaker.content.article import Article
from bookmaker.content.header import read_header, split_header
from bookmaker.content.source import Source

_BOM = "\ufeff"
#: Lines with their ends, as `content/source.py` counts them.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_OWN = re.compile(r"[ \t]*themes:[ \t]*(?:\[[^\]#]*\])?[ \t]*#[ \t]*classify\b([^\r\n]*)")
_HEADER_ONLY = " the header"
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_HEADING = re.compile(
    r"(?P<text> {0,3}##[ \t].*?)"
    r"(?:[ \t]*\{[ \t]*theme=(?P<theme>\"[^{}\"]*\"|[^{}\"\s]*)[ \t]*\})?"
    r"(?P<rest>(?:[ \t]+#+)?[ \t]*)"
)


class Hand(Enum):
    """Whose the themes of a file are: all the editor's, the headings' only, or none of them."""

    EDITOR = auto()
    EDITORS_HEADINGS = auto()
    MACHINE = auto()


def hand_of(article: Article) -> Hand:
    """Whose the themes of an article are."""
    line = article.line("themes") if ("themes",) in article.lines else None
    if line is None:
        marked = any(section.theme for section in article.body.sections)
        return Hand.EDITORS_HEADINGS if marked else Hand.MACHINE
    own = _OWN.match(article.source.text.split("\n")[line - 1])
    if own is None:
        return Hand.EDITOR
    return Hand.EDITORS_HEADINGS if own[1].startswith(_HEADER_ONLY) else Hand.MACHINE


def write_themes(text: str, classified: Classified) -> str:
    """The text of an article's file with the decision in it; the same text where the editor has decided.

    `text` is the file as it is, with its BOM and its line ends. A header that cannot take the line (one written
    in braces) is left as it is.
    """
    if classified.decided_by is DecidedBy.EDITOR:
        return text
    lines = _LINE.findall(text)
    if classified.marks_sections:
        for section in classified.sections:
            if section.heading and section.line <= len(lines):
                lines[section.line - 1] = _marked(lines[section.line - 1], section)
    _put(lines, _themes_line(classified))
    written = "".join(lines)
    return written if _says(written, classified.themes, text) else text


def _themes_line(classified: Classified) -> str:
    remark = "classify" if classified.marks_sections else f"classify{_HEADER_ONLY}"
    return f"themes: [{', '.join(classified.themes)}] # {remark}{'' if classified.themes else ': none'}"


def _put(lines: list[str], line: str) -> None:
    """Put the line in place of the machine's earlier one, or at the header's end."""
    for index, old in enumerate(lines[1:], start=1):
        end = _end_of(old)
        if _OWN.match(old):
            lines[index] = line + end
            return
        if old.rstrip() == "---":
            lines.insert(index, line + _end_of(lines[0]))
            return


def _marked(line: str, section: ClassifiedSection) -> str:
    """The heading with the theme it is sent to, or with none."""
    end = _end_of(line)
    found = _HEADING.fullmatch(line.removesuffix(end))
    if found is None or (found["theme"] or "").strip('"') == (section.sent or ""):
        return line
    mark = ""
    if section.sent:
        # Only ASCII words stand without quotation marks.
        mark = f" {{theme={section.sent}}}" if _BARE.fullmatch(section.sent) else f' {{theme="{section.sent}"}}'
    return found["text"] + mark + found["rest"] + end


def _end_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _says(written: str, themes: tuple[str, ...], before: str) -> bool:
    """True if the header can still be read, has these themes, and has changed in nothing else."""
    now, then = _header(written), _header(before)
    return now is not None and then is not None and now == {**then, "themes": list(themes)}


def _header(text: str) -> dict[str, object] | None:
    source = Source("", text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n"))
    parts = split_header(source, [])
    found = read_header(parts[0], source, []) if parts else None
    # A block of text at the header's end gains a line end from the line behind it; readers strip it.
    return (
        {key: value.rstrip() if isinstance(value, str) else value for key, value in found[0].items()} if found else None
    )
