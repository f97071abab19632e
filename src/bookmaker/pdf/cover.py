"""The cover as a picture, for the EPUB: the same section, on a page of a screen's proportions."""

import io
from pathlib import Path

from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley
from bookmaker.pdf.engine import PrintError, complaints, render
from bookmaker.pdf.pages import page_html
from bookmaker.pdf.style import print_css

#: What shops and readers ask for (Kindle and Apple Books: 1.6 : 1).
_WIDTH, _HEIGHT = 1600, 2560


def draw_cover(galley: Galley, case: TypeCase, cache: Path) -> bytes:
    """A PNG of 1600 × 2560 pixels; empty if the volume has no cover."""
    import pypdfium2

    cover = tuple(section for section in galley.sections if section.kind == "cover")
    if not cover:
        return b""
    width = galley.layout.page.trim[0]
    page = f"@page cover {{ size: {width}mm {width * _HEIGHT / _WIDTH}mm }}"
    css = print_css(galley, case) + page
    document = render(page_html(galley, cover), css, {}, case, cache, galley.layout.lines)
    with complaints() as said:
        data = document.write_pdf()
    if said:
        raise PrintError("; ".join(dict.fromkeys(said)))
    with pypdfium2.PdfDocument(data) as pdf:
        sheet = pdf[0]
        image = sheet.render(scale=_WIDTH / sheet.get_width()).to_pil().convert("RGB")
    image = image.resize((_WIDTH, _HEIGHT)) if image.size != (_WIDTH, _HEIGHT) else image
    target = io.BytesIO()
    # Flat colours: a palette makes the file a fifth.
    image.quantize(colors=128).save(target, "PNG", optimize=True)
    return target.getvalue()
