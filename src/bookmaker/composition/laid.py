"""The lines of a laid-out document, as an editor asks for them: where each stands, its text, and how it was fitted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bookmaker.composition.joint import SetText


@dataclass(frozen=True, slots=True)
class LaidLine:
    """One planned line: page (from 1), ids around it (innermost first), text, and how far its spaces gave.

    `gap` is the largest stretch between two Han characters in em, `tight` the deepest squeeze of a pause (0 to 1).
    """

    page: int
    ids: tuple[str, ...]
    text: str
    gap: float
    tight: float
    justified: bool


def laid_lines(document: Any) -> Iterator[LaidLine]:
    """Every planned line of a document that WeasyPrint has laid out, page by page."""
    for number, page in enumerate(document.pages, 1):
        yield from _lines(page._page_box, number, ())


def _lines(box: Any, page: int, ids: tuple[str, ...]) -> Iterator[LaidLine]:
    element = getattr(box, "element", None)
    name = element.get("id") if element is not None and box.element_tag == element.tag else None
    if name and (not ids or ids[0] != name):
        ids = (name, *ids)
    if type(box).__name__ == "LineBox":
        pieces = [child for child in box.descendants() if isinstance(getattr(child, "pango_layout", None), SetText)]
        if pieces:
            line = pieces[0].pango_layout.line
            text = "".join(piece.text for piece in pieces)
            yield LaidLine(page, ids, text, line.gap, line.tight, box.style["text_align_all"] == "justify")
    for child in getattr(box, "children", ()):
        yield from _lines(child, page, ids)
