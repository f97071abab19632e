"""A book printed whole by WeasyPrint, and the same book put together from runs: what both roads must agree on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

from bookmaker.composition.laid import laid_lines
from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley, Medium, Numbering, Section
from bookmaker.makeup.book import About, Book, Placed
from bookmaker.makeup.faces import Face
from bookmaker.makeup.file import write_book
from bookmaker.makeup.foreign import folios_asked_for, print_sections
from bookmaker.makeup.model import Run
from bookmaker.makeup.proof import Proof
from bookmaker.pdf.engine import render
from bookmaker.pdf.pages import page_html
from bookmaker.pdf.style import print_css
from bookmaker.pdf.tags import TagTree
from bookmaker.volume.numerals import roman_number

#: Running heads and folios are not what is compared.
_NO_HEADS = "".join(
    f"@page {page} {{ {' '.join(f'@{box} {{ content: none !important }}' for box in boxes)} }}"
    for page in ("", "body:left", "body:right")
    for boxes in (("top-left", "top-right", "bottom-left", "bottom-right"),)
)
#: How much darker or lighter (of 255) a pixel may be: PDFium sets a glyph of another subset off by a part of a pixel.
_HAIR = 90


@dataclass(frozen=True)
class TwoRoads:
    """One galley both ways: `whole` is WeasyPrint's file with its proof, `runs` are laid end to end."""

    galley: Galley
    case: TypeCase
    css: str
    whole: bytes
    proof: Proof
    #: The page from 0 of every id.
    pages: dict[str, int]
    runs: tuple[Run, ...]

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """The runs in their places."""
        found: list[Placed] = []
        for run in self.runs:
            found.append(Placed(run, found[-1].page + len(found[-1].run.sheets) if found else 0))
        return tuple(found)

    @cached_property
    def joined(self) -> bytes:
        """The file that is made of the runs."""
        return joined(self.runs, self.case)

    def page_of(self, kind: str) -> int:
        """Where the first section of a kind begins."""
        return self.pages[next(section.id for section in self.galley.sections if section.kind == kind)]


def both_roads(galley: Galley, case: TypeCase, cache: Path) -> TwoRoads:
    """A galley printed whole and in runs."""
    css = print_css(galley, case)
    pictures = {picture.name: picture for picture in galley.pictures}
    document = render(page_html(galley), css + _NO_HEADS, pictures, case, cache, galley.layout.lines)
    proof = Proof(tuple(_folios(galley, document)), tuple(laid_lines(document)))
    target = io.BytesIO()
    document.write_pdf(target, finisher=_mend, pdf_variant="pdf/ua-1")
    pages: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for name in page.anchors:
            pages.setdefault(name, number)
    runs: list[Run] = []
    for sections in grouped(galley):
        folios = {name: proof.folios[pages[name]] for name in folios_asked_for(galley, sections, css)}
        recto = sum(len(run.sheets) for run in runs) % 2 == 0
        runs.append(print_sections(galley, sections, css, case, cache, folios=folios, recto=recto))
    return TwoRoads(galley, case, css, target.getvalue(), proof, pages, tuple(runs))


def _mend(document: Any, pdf: Any) -> None:
    """WeasyPrint's hook before the file is written."""
    TagTree(pdf).mend()


def _first_page(galley: Galley, document: Any, part: Numbering) -> int | None:
    """The index of the page on which a row of folios begins; the cover counts in none."""
    ids = {s.id for s in galley.sections_for(Medium.PDF) if s.numbering is part and s.kind != "cover"}
    return next((n for n, page in enumerate(document.pages) if ids & set(page.anchors)), None)


def _folios(galley: Galley, document: Any) -> Iterator[str]:
    """The page numbers as they are printed."""
    front, body = (_first_page(galley, document, part) for part in Numbering)
    for index in range(len(document.pages)):
        if body is not None and index >= body:
            yield str(index - body + 1)
        elif front is not None and index >= front:
            yield roman_number(index - front + 1)
        else:
            yield ""


def grouped(galley: Galley) -> Iterator[list[Section]]:
    """The sections of each run: leaves without heads together, a chapter with its opener, all others alone."""
    group: list[Section] = []
    for section in galley.sections_for(Medium.PDF):
        together = (
            ("article",) if group and group[0].kind == "chapter-opener" else ("half-title", "title-page", "imprint")
        )
        if group and section.kind not in together:
            yield group
            group = []
        group.append(section)
    yield group


def joined(runs: tuple[Run, ...], case: TypeCase) -> bytes:
    """A file of runs, one after the other."""
    placed, page = [], 0
    for run in runs:
        placed.append(Placed(run, page))
        page += len(run.sheets)
    sheet = runs[0].sheets[0]
    about = About("书", "zh-Hans", date(2026, 5, 1), "Bookmaker")
    book = Book(about, tuple(placed), (b"",) * page, {}, (), (sheet.width, sheet.height))
    return write_book(book, [Face(number, font.path, "zh-hans") for number, font in enumerate(case.fonts)])


def texts_of(data: bytes) -> list[str]:
    """What PDFium reads from each page."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def page_picture(data: bytes, number: int) -> Image.Image:
    """A page at 144 dpi."""
    with pypdfium2.PdfDocument(data) as pdf:
        picture: Any = pdf[number].render(scale=2).to_pil()
        return picture.convert("RGB")


def look_alike(one: Image.Image, other: Image.Image) -> bool:
    """True if nobody could tell two pages apart."""
    if one.size != other.size:
        return False
    return bool(ImageChops.difference(one, other).convert("L").getextrema()[1] < _HAIR)
