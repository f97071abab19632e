"""The paragraph styles of a Word file, by what their names say: titles, headings, captions, tables of contents."""

import re
from dataclasses import dataclass, replace

from lxml import etree

from bookmaker.clippings.model import Mark
from bookmaker.clippings.readers.word_package import name_of, value_of

_TITLES = frozenset(("title", "标题", "標題"))
_HEADING = re.compile("(?:heading|标题|標題) ?([1-9])")
_MARKS = {
    "subtitle": Mark.SUBTITLE,
    "副标题": Mark.SUBTITLE,
    "副標題": Mark.SUBTITLE,
    "caption": Mark.CAPTION,
    "题注": Mark.CAPTION,
    "標號": Mark.CAPTION,
}
_CONTENTS = re.compile("(?:toc|目录|目錄) ?[1-9]")


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says, by its names and those of the styles it is based on."""

    mark: Mark | None = None
    level: int = 0
    title: bool = False
    contents: bool = False


def read_styles(root: etree._Element | None) -> dict[str, Style]:
    """What every paragraph style says, by its id."""
    known: dict[str, etree._Element] = {}
    for style in () if root is None else root:
        if name_of(style) == "style" and (identity := value_of(style, "styleId")):
            known[identity] = style
    return {identity: _resolved(identity, known) for identity in known}


def named_style(name: str) -> Style:
    """What the name of a style says, in English or Chinese; WPS writes 标题 1 where Word writes heading 1."""
    name = name.strip().lower()
    heading = _HEADING.fullmatch(name)
    level = min(int(heading[1]), 6) if heading else int(name in _TITLES)
    return Style(_MARKS.get(name), level, name in _TITLES, _CONTENTS.fullmatch(name) is not None)


def outlined(properties: etree._Element, style: Style) -> Style:
    """The style with a paragraph's own outline level, which Word counts from 0, and 9 is none."""
    for child in properties:
        if name_of(child) == "outlineLvl" and value_of(child) in tuple("01234567"):
            return replace(style, level=min(int(value_of(child)) + 1, 6))
    return style


def _resolved(identity: str, known: dict[str, etree._Element]) -> Style:
    """The style, or the first it is based on that says something; a chain may be a ring."""
    for _ in range(12):
        style = known.get(identity)
        if style is None:
            break
        children = {name_of(child): child for child in style}
        found = named_style(value_of(children["name"]) if "name" in children else "")
        if found == Style() and "pPr" in children:
            found = outlined(children["pPr"], found)
        if found != Style():
            return found
        identity = value_of(children["basedOn"]) if "basedOn" in children else ""
    return Style()
