"""The cover as a picture, for the EPUB: the same section, on a page of a screen's proportions.

The pattern on it changes with every article. WeasyPrint draws the cover once, with bars that stand for others; their
numbers are then written over.
"""

import io
import re
from dataclasses import replace
from pathlib import Path

from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley, Section
from bookmaker.pdf.pages import page_html
from bookmaker.pdf.palette import with_palette
from bookmaker.pdf.style import print_css
from bookmaker.store import Bundle, Store

#: What shops and readers ask for (Kindle and Apple Books: 1.6 : 1).
_WIDTH, _HEIGHT = 1600, 2560
#: A bar of the pattern as the layout writes it, and as WeasyPrint 70 draws it.
_BAR = re.compile(r'(<rect) x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"(?= fill="#[0-9a-f]+" />)')
#: Numbers of as many figures as a bar's have, and more than a page has points.
_STANDS_FOR = (100000, 200000, 300000, 400000)
_MOST_BARS = 10000
_STAND_IN = re.compile(rb"(?<![\d.])[1-4]0\d{4}(?![\d.])")


def draw_cover(galley: Galley, case: TypeCase, cache: Path, store: Store | None = None) -> bytes:
    """A PNG of 1600 × 2560 pixels; empty if the volume has no cover. `store` holds what served before."""
    cover = next((section for section in galley.sections if section.kind == "cover"), None)
    if cover is None:
        return b""
    kept = store.bundle("cover", galley.volume.slug, galley.script) if store else None
    width = galley.layout.page.trim[0]
    css = print_css(galley, case, kept) + f"@page cover {{ size: {width}mm {width * _HEIGHT / _WIDTH}mm }}"
    fonts = (case.folder / "fonts.toml").read_text(encoding="utf-8")
    said = (css, fonts, repr(galley.layout.lines))
    key = kept.key("picture", page_html(galley, (cover,)), *said) if kept else ""
    found = kept.find(key) if kept else None
    if isinstance(found, bytes):
        return found
    made = _picture(_drawn(galley, cover, case, cache, said, kept))
    if kept:
        kept.keep(key, made)
        kept.close()
    return made


def _drawn(
    galley: Galley, cover: Section, case: TypeCase, cache: Path, said: tuple[str, ...], kept: Bundle | None
) -> bytes:
    """The cover as a PDF of one page, its text unpacked."""
    bars = [tuple(map(float, found.groups()[1:])) for found in _BAR.finditer(cover.xhtml)]
    if not all(width and height for _, _, width, height in bars) or len(bars) >= _MOST_BARS:
        return _printed(galley, page_html(galley, (cover,)), said[0], case, cache)
    numbers = iter(range(len(bars)))
    blank = replace(cover, xhtml=_BAR.sub(lambda found: _written(found[1], next(numbers)), cover.xhtml))
    html = page_html(galley, (blank,))
    key = kept.key("drawing", html, *said) if kept else ""
    drawing = kept.find(key) if kept else None
    if not isinstance(drawing, bytes):
        drawing = _printed(galley, html, said[0], case, cache)
        if kept:
            kept.keep(key, drawing)
    return _with_bars(drawing, bars) or _printed(galley, page_html(galley, (cover,)), said[0], case, cache)


def _written(opening: str, number: int) -> str:
    names = zip(("x", "y", "width", "height"), _STANDS_FOR, strict=True)
    return " ".join((opening, *(f'{name}="{first + number}"' for name, first in names)))


def _with_bars(drawing: bytes, bars: list[tuple[float, ...]]) -> bytes | None:
    """The drawing with these bars in their places; `None` where those are not drawn as they were thought to be."""
    places = [" ".join(str(first + number) for first in _STANDS_FOR).encode() + b" re" for number in range(len(bars))]
    parts = []
    for place, bar in zip(places, bars, strict=True):
        before, found, drawing = drawing.partition(place)
        numbers = " ".join(f"{number:f}".rstrip("0").rstrip(".") for number in bar).encode()
        if not found or len(numbers) + 3 > len(place):
            return None
        parts += [before, numbers.ljust(len(place) - 3), b" re"]
    whole = b"".join((*parts, drawing))
    # Numbers that come from a bar's, as the box of a group that is seen through, would be wrong now.
    return None if _STAND_IN.search(whole.partition(b"endstream")[0]) else whole


def _printed(galley: Galley, html: str, css: str, case: TypeCase, cache: Path) -> bytes:
    from bookmaker.pdf.engine import PrintError, complaints, render

    document = render(html, css, {}, case, cache, galley.layout.lines)
    with complaints() as said:
        data: bytes = document.write_pdf(uncompressed_pdf=True)
    if said:
        raise PrintError("; ".join(dict.fromkeys(said)))
    return data


def _picture(data: bytes) -> bytes:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        sheet = pdf[0]
        image = sheet.render(scale=_WIDTH / sheet.get_width()).to_pil()
    image = image if image.mode == "RGB" else image.convert("RGB")
    image = image.resize((_WIDTH, _HEIGHT)) if image.size != (_WIDTH, _HEIGHT) else image
    target = io.BytesIO()
    # Flat colours: a palette makes the file a fifth.
    with_palette(image, 128).save(target, "PNG", optimize=True)
    return target.getvalue()
