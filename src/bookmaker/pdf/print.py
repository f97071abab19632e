"""Printing the whole book: pages, outline, tags, labels, and a look at the fonts that got in."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley, Numbering
from bookmaker.pdf.engine import PrintError, complaints
from bookmaker.pdf.proof import Proof, first_page, lay_out, proof_of, undisturbed
from bookmaker.pdf.tags import TagTree, label_pages


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed book: the PDF, its number of pages, the fonts in it, and its proof."""

    data: bytes
    pages: int
    fonts: tuple[str, ...]
    proof: Proof


def print_pdf(galley: Galley, case: TypeCase, cache: Path) -> Printed:
    """The galley as PDF/UA-1; `PrintError` if a font or picture is not what the layout asked for.

    `cache` is a folder for fontconfig's index of the type case.
    """
    with undisturbed():
        document = lay_out(galley, case, cache)
        proof = proof_of(galley, document)
        target = io.BytesIO()
        with complaints() as said:
            document.write_pdf(target, finisher=_finisher(galley), pdf_variant="pdf/ua-1")
    if said:
        raise PrintError("; ".join(dict.fromkeys(said)))
    fonts = embedded_fonts(target.getvalue())
    strangers = [font for font in fonts if not _known(font, case)]
    if strangers:
        raise PrintError(f"fonts that are not in the type case got into the book: {', '.join(strangers)}")
    return Printed(target.getvalue(), len(document.pages), fonts, proof)


def embedded_fonts(data: bytes) -> tuple[str, ...]:
    """The PostScript names of the fonts in a PDF, without subset tags; `PrintError` for one left outside."""
    import pikepdf  # late: 30 ms that a cover has no use for

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
        label_pages(pdf, *(first_page(galley, document, part) for part in Numbering))

    return finish
