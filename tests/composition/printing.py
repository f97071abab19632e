"""Small documents printed as the program prints them, and what there is to see in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from bookmaker.composition.laid import LaidLine, laid_lines
from bookmaker.composition.plan import is_planned
from bookmaker.fonts import read_type_case
from bookmaker.pdf.engine import render
from bookmaker.script.scripts import Script
from tests.gates.poppler import page_texts

ROOT = Path(__file__).parents[2]
CASE = read_type_case(ROOT / "fonts")
CSS = """
@page { size: 240px 400px; margin: 20px }
html { font: 10px/16px %s; text-align: justify; hyphens: none }
body, p, h1, ul, ol, blockquote { margin: 0 }
p { text-indent: 2em }
.note { float: footnote; font-size: 8px }
.note::footnote-call { font-size: 6px }
"""
#: px; WeasyPrint keeps lines 0.01 px below the measure.
FLUSH = 0.02
LONG = (
    "今年春天，江上的大桥正式通车，两岸的人们天没有亮就赶来了，有的骑着车，有的走着路，还有的抱着孩子，都说：“要看一看这座"
    "等了10年的桥！”全桥长2.35公里，宽35米，共有9个桥墩，用的是BIM技术——《大桥》（第二版）里写着……"
)

Printed = Callable[..., "Book"]


def print_it(folder: Path, cache: Path, body: str, css: str = "", script: str = Script.HANS) -> Book:
    """A document of some HTML, on a page of twenty characters a line."""
    stack = CASE.css_stack(Script(script) if script in list(Script) else Script.HANS, "serif")
    html = f'<!DOCTYPE html><html lang="{script}"><head><title>书</title></head><body>{body}</body></html>'
    return Book(render(html, CSS % stack + css, {}, CASE, cache), folder / "book.pdf")


class Book:
    """A printed document: its boxes and the text poppler reads in it."""

    def __init__(self, document: Any, pdf: Path) -> None:
        self._document = document
        self._pdf = pdf
        document.write_pdf(pdf)

    @property
    def texts(self) -> list[str]:
        return [text.rstrip("\n") for text in page_texts(self._pdf)]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    def lines(self, page: int | None = None) -> Iterator[tuple[Any, Any]]:
        """(block, line box) of every line."""
        pages = self._document.pages if page is None else [self._document.pages[page]]
        for each in pages:
            for block in each._page_box.descendants():
                for child in getattr(block, "children", ()):
                    if type(child).__name__ == "LineBox":
                        yield block, child

    def planned_lines(self) -> list[Any]:
        return [line for _, line in self.lines() if is_planned(line)]

    def rag(self) -> list[float]:
        """How far (px) each line but a paragraph's last stays short of its room or sticks out on the right."""
        return [_room(block, line, floats)[1] - _right(line) for block, line, floats in self._inner_lines()]

    def indents(self) -> list[float]:
        """How far (px) the same lines begin to the right of where their room does."""
        found = []
        for block, line, floats in self._inner_lines():
            first = next(child for child in line.children if child.is_in_normal_flow())
            found.append(first.position_x - _room(block, line, floats)[0])
        return found

    def _inner_lines(self) -> Iterator[tuple[Any, Any, list[Any]]]:
        """(block, line box, what floats on its page) of every line but a paragraph's last."""
        for page in self._document.pages:
            floats = [box for box in page._page_box.descendants() if box.is_floated()]
            for block in page._page_box.descendants():
                lines = [child for child in getattr(block, "children", ()) if type(child).__name__ == "LineBox"]
                for line in lines[:-1]:
                    yield block, line, floats

    def laid(self) -> list[LaidLine]:
        """The lines as a check of the finished pages sees them."""
        return list(laid_lines(self._document))

    @property
    def pages(self) -> int:
        return len(self._document.pages)


def _room(block: Any, line: Any, floats: list[Any]) -> tuple[float, float]:
    """From where to where a line may reach: its block, less what floats beside it."""
    left = block.content_box_x()
    right = left + block.width
    for box in floats:
        beside = box.position_y < line.position_y + line.height - FLUSH
        beside = beside and line.position_y + FLUSH < box.position_y + box.margin_height()
        if beside and block not in box.descendants():
            if box.style["float"] == "right":
                right = min(right, box.position_x)
            else:
                left = max(left, box.position_x + box.margin_width())
    return left, right


def _right(box: Any) -> float:
    """Where the words or pictures of a line end, with what closes the boxes around them."""
    children = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
    if children and type(box).__name__ in ("LineBox", "InlineBox"):
        return _right(children[-1]) + box.padding_right + box.border_right_width + box.margin_right
    return float(box.position_x + box.margin_width())


def reads(text: str, *parts: str) -> bool:
    """Whether a PDF's text is those parts one after the other.

    Lines may end anywhere. poppler takes a gap of a sixth of an em for a space, so that spaces beside marks, and
    between Han and Latin, tell nothing; between two Han, or inside a Latin word, there may be none.
    """
    return re.fullmatch(r"\s*" + r"\s*".join(map(_pattern, parts)) + r"\s*", text.replace("\f", "\n")) is not None


def _pattern(part: str) -> str:
    pieces = [re.escape(part[:1])]
    for a, b in pairwise(part):
        if a == " ":
            pieces[-1] = r"\s+" if re.match(r"[!-~] [!-~]", part[len(pieces) - 2 : len(pieces) + 1]) else r"\s*"
        solid = a.isalnum() and b.isalnum() and (east_asian_width(a) == "W") == (east_asian_width(b) == "W")
        pieces.append((r"\n*" if solid else r"\s*") + re.escape(b))
    return "".join(pieces)


def plain(html: str) -> list[str]:
    """The text of the inline HTML, in parts at its tags."""
    return [part for part in re.split(r"<[^>]*>", html) if part]


def inner_rag(book: Book) -> list[float]:
    """The rag of all lines but paragraphs' true ends: a line that ends a page is no last line."""
    found = []
    lines = list(book.lines())
    for (block, line), (following, _) in pairwise(lines):
        if following is block or following.element is block.element:
            found.append(block.content_box_x() + block.width - _right(line))
    return found
