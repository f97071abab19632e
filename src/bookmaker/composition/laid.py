"""The lines of a document as they were set: what a check of the finished pages looks at.

Written for WeasyPrint 70, whose page boxes are private.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bookmaker.composition.drawing import SetText
from bookmaker.composition.marks import is_reading


@dataclass(frozen=True, slots=True)
class LaidLine:
    """One planned line on its page.

    `page` counts from 1. `ids` are the ids of the HTML elements around the line, innermost first. `text` is the
    whole line as set, readings above it left out. `gap` is the largest stretch between two Han characters in em,
    `tight` the deepest squeeze of a pause (0 to 1). `justified` says that the line was to fill its measure: a
    paragraph's last line, or one of a text set flush left, was not.
    """

    page: int
    ids: tuple[str, ...]
    text: str
    gap: float
    tight: float
    justified: bool


def laid_lines(document: Any) -> Iterator[LaidLine]:
    """Every planned line of a laid out WeasyPrint document, page by page, as the boxes follow on each page."""
    for number, page in enumerate(document.pages, start=1):
        yield from _lines_in(page._page_box, number, ())


def _lines_in(box: Any, page: int, ids: tuple[str, ...]) -> Iterator[LaidLine]:
    from weasyprint.formatting_structure import boxes

    element = getattr(box, "element", None)
    own = element.get("id") if element is not None else None
    if own and own not in ids:
        ids = (own, *ids)
    children = getattr(box, "children", ())
    if isinstance(box, boxes.LineBox):
        texts = list(_texts_of(children))
        piece = next((text.pango_layout for text in texts if _is_set(text)), None)
        if piece is not None:
            line = piece.line
            words = "".join(text.text for text in texts)
            yield LaidLine(page, ids, words, line.gap, line.tight, piece.filled)
    for child in children:
        if not isinstance(child, boxes.TextBox):
            yield from _lines_in(child, page, ids)


def _texts_of(children: Iterable[Any]) -> Iterator[Any]:
    """The text boxes of one line; what stands in a block of its own within it is another line."""
    from weasyprint.formatting_structure import boxes

    for child in children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox) and not is_reading(child):
            yield from _texts_of(child.children)


def _is_set(text: Any) -> bool:
    return isinstance(getattr(text, "pango_layout", None), SetText)
