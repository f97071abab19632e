"""Converting text, and the text of XHTML blocks, from Simplified to Traditional with OpenCC.

`s2tw` and `s2hk` write the standard characters of Taiwan and Hong Kong and leave the vocabulary alone;
`s2twp` would make 项目 專案, which no official text means.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeAlias

from lxml import etree
from opencc import OpenCC

from bookmaker.script.quotation import corner_quotes
from bookmaker.script.scripts import Script

_CONFIGURATIONS = {Script.HANT_TW: "s2tw", Script.HANT_HK: "s2hk"}
_EPUB = "http://www.idpf.org/2007/ops"
#: What a machine reads, or what is not Chinese prose.
_KEPT = frozenset({"code", "pre", "kbd", "samp", "script", "style", "math", "rt", "svg", "var"})
_BLOCKS = frozenset(
    {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "caption", "dt", "dd"}
    | {"div", "section", "aside", "figure", "ul", "ol", "dl", "table", "thead", "tbody", "tr", "root"}
)
_READ_ATTRIBUTES = ("alt", "title", "aria-label")
_VOID = frozenset({"br", "hr", "img", "col", "wbr"})

#: One place of a tree that holds text: the element, and whether the text is inside or behind it.
_Slot: TypeAlias = tuple[etree._Element, str]


class Converter:
    """Converts to one Traditional script.

    `characters` is the seam for protected terms: it maps a stretch of Simplified text to Traditional.
    """

    def __init__(self, script: Script, *, corner: bool = True) -> None:
        self._characters = _opencc(script)
        self._corner = corner

    def text(self, text: str) -> str:
        """Plain text, as one block."""
        if not text:
            return text
        converted = self._characters(text)
        return corner_quotes([converted])[0] if self._corner else converted

    def xhtml(self, fragment: str) -> str:
        """A fragment of XHTML blocks: what a reader sees is converted, marks and machine words are not."""
        if not fragment:
            return fragment
        root = etree.fromstring(f'<root xmlns:epub="{_EPUB}">{fragment}</root>')
        self._block(root)
        for element in root.iter():
            if element.text is None and element.tag not in _VOID:
                element.text = ""
        inner = etree.tostring(root, encoding="unicode")
        return inner[inner.index(">") + 1 : inner.rindex("</root>")]

    def _block(self, block: etree._Element) -> None:
        """Convert a block's own text as one string, so that phrases cross its inline marks; then go down."""
        slots = list(_slots(block))
        for (element, side), text in zip(slots, self._texts(_texts(slots)), strict=True):
            setattr(element, side, text)
        for element in block.iter():
            if _kept(element):
                continue
            if element is not block and element.tag in _BLOCKS and _nearest_block(element) is block:
                self._block(element)
            for name in _READ_ATTRIBUTES:
                if element.get(name) and _nearest_block(element) is block:
                    element.set(name, self.text(element.get(name, "")))

    def _texts(self, texts: list[str]) -> list[str]:
        whole = self._characters("".join(texts))
        if len(whole) == sum(map(len, texts)):
            converted, start = [], 0
            for text in texts:
                converted.append(whole[start : start + len(text)])
                start += len(text)
        else:
            # Only s2t's phrase tables change lengths, but a later dictionary may.
            converted = [self._characters(text) for text in texts]
        return corner_quotes(converted) if self._corner else converted


@cache
def _opencc(script: Script) -> Callable[[str], str]:
    convert: Callable[[str], str] = OpenCC(_CONFIGURATIONS[script]).convert
    return convert


def _slots(block: etree._Element) -> Iterator[_Slot]:
    """The places of text that belong to a block itself, in reading order."""
    if block.text:
        yield block, "text"
    for child in block:
        if child.tag not in _BLOCKS and not _kept(child):
            yield from _slots(child)
        if child.tail:
            yield child, "tail"


def _texts(slots: list[_Slot]) -> list[str]:
    return [getattr(element, side) for element, side in slots]


def _kept(element: etree._Element) -> bool:
    language = element.get("lang", "zh")
    return element.tag in _KEPT or element.get("translate") == "no" or not language.lower().startswith("zh")


def _nearest_block(element: etree._Element) -> etree._Element | None:
    """The block around an element; none if something kept stands between."""
    parent = element.getparent()
    while parent is not None:
        if _kept(parent):
            return None
        if parent.tag in _BLOCKS:
            return parent
        parent = parent.getparent()
    return None
