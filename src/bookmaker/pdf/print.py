"""Printing the whole book: pages, outline, tags, labels, and a look at the fonts that got in."""

import gc
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley, Medium, Numbering
from bookmaker.pdf.engine import PrintError, complaints, render
from bookmaker.pdf.pages import page_html
from bookmaker.pdf.style import print_css
from bookmaker.pdf.tags import TagTree, label_pages


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed book: the PDF, its number of pages, and the fonts in it."""

    data: bytes
    pages: int
    fonts: tuple[str, ...]


def print_pdf(galley: Galley, case: TypeCase, cache: Path) -> Printed:
    """The galley as PDF/UA-1; `PrintError` if a font or picture is not what the layout asked for.

    `cache` is a folder for fontconfig's index of the type case.
    """
    pictures = {picture.name: picture for picture in galley.pictures}
    with _undisturbed():
        document = render(page_html(galley), print_css(galley, case), pictures, case, cache)
        target = io.BytesIO()
        with complaints() as said:
            document.write_pdf(target, finisher=_finisher(galley), pdf_variant="pdf/ua-1")
    if said:
        raise PrintError("; ".join(dict.fromkeys(said)))
    fonts = embedded_fonts(target.getvalue())
    strangers = [font for font in fonts if not _known(font, case)]
    if strangers:
        raise PrintError(f"fonts that are not in the type case got into the book: {', '.join(strangers)}")
    return Printed(target.getvalue(), len(document.pages), fonts)


def embedded_fonts(data: bytes) -> tuple[str, ...]:
    """The PostScript names of the fonts in a PDF, without subset tags; `PrintError` for one left outside."""
    names: set[str] = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for font in (o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"):
            name = str(font.get("/BaseFont", "")).removeprefix("/")
            descendant = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
            files = {"/FontFile", "/FontFile2", "/FontFile3"} & set(descendant.get("/FontDescriptor", {}).keys())
            if not files:
                raise PrintError(f"the font {name} is not embedded")
            names.add(name.split("+")[-1])
    return tuple(sorted(names))


def _known(font: str, case: TypeCase) -> bool:
    plain = font.replace("-", "").replace(" ", "").lower()
    return any(plain.startswith(family.replace(" ", "").lower()) for family in case.families())


def _finisher(galley: Galley) -> Any:
    """WeasyPrint's hook before the file is written."""

    def finish(document: Any, pdf: Any) -> None:
        TagTree(pdf).mend()
        label_pages(pdf, *(_first_page(galley, document, part) for part in Numbering))

    return finish


def _first_page(galley: Galley, document: Any, part: Numbering) -> int | None:
    """The index of the page on which a row of folios begins; the cover counts in none."""
    ids = {s.id for s in galley.sections_for(Medium.PDF) if s.numbering is part and s.kind != "cover"}
    return next((n for n, page in enumerate(document.pages) if ids & set(page.anchors)), None)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No cyclic garbage collection while pages are laid out: 13% faster for 15 MB at 500 pages.

    Nor afterwards: most often the program ends there, and would take a book's boxes apart one by one first (6%).
    They go when the next book begins. fontTools, too, logs every table it drops; nobody asked.
    """
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    was_enabled = gc.isenabled()
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
