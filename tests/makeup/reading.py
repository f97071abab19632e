"""What another program sees in a PDF: its text in three of them, its tags, its links."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pypdfium2

from tests.gates.poppler import page_texts

#: A tag with what is in it: tags, and the marks (index of the page, MCID) and annotations (index of the page) it owns.
Tag = tuple[str, list[Any]]


def texts_in_three(path: Path) -> list[list[str]]:
    """The text of each page without its white, by poppler, MuPDF and PDFium."""
    with pymupdf.open(path) as book:
        by_mupdf = [page.get_text() for page in book]
    book = pypdfium2.PdfDocument(path)
    by_pdfium = [page.get_textpage().get_text_bounded() for page in book]
    book.close()
    return [["".join(text.split()) for text in texts] for texts in (page_texts(path), by_mupdf, by_pdfium)]


def tags_of(pdf: pikepdf.Pdf) -> Tag:
    """The tag tree."""
    numbers = page_numbers(pdf)
    (document,) = pdf.Root.StructTreeRoot.K
    return _tag(document, numbers)


def page_numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    """The index of each page by the number of its object."""
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages)}


def elements_of(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every structure element, in reading order."""
    waiting = list(pdf.Root.StructTreeRoot.K)
    while waiting:
        element = waiting.pop(0)
        yield element
        waiting[:0] = [kid for kid in kids_of(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def kids_of(element: pikepdf.Dictionary) -> list[Any]:
    held = element.get("/K", [])
    return list(held) if isinstance(held, list | pikepdf.Array) else [held]


def tree_rows(tree: pikepdf.Dictionary, kind: str) -> Iterator[tuple[Any, Any]]:
    """The keys of a tree of numbers or names, with their values."""
    for kid in tree.get("/Kids", []):
        yield from tree_rows(kid, kind)
    rows = tree.get(kind, [])
    yield from zip(rows[0::2], rows[1::2], strict=True)


def _tag(element: pikepdf.Dictionary, numbers: dict[tuple[int, int], int]) -> Tag:
    return str(element.S).removeprefix("/"), [_kid(kid, element, numbers) for kid in kids_of(element)]


def _kid(kid: Any, element: pikepdf.Dictionary, numbers: dict[tuple[int, int], int]) -> Any:
    if not isinstance(kid, pikepdf.Dictionary):
        return numbers[element.Pg.objgen], int(kid)
    if "/S" in kid:
        return _tag(kid, numbers)
    page = numbers[kid.Pg.objgen]
    return (page, int(kid.MCID)) if "/MCID" in kid else page
