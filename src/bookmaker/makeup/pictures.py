"""A picture of the galley as an XObject, for figures that the straight way sets.

Photographs go into the file straight; drawings (SVG) are drawn by WeasyPrint, with the faces of the type case.
"""

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from bookmaker.content.pictures import Picture
from bookmaker.fonts import TypeCase
from bookmaker.makeup.bare import Beginning, bare_pages, draw
from bookmaker.makeup.harvest import Harvest, stream_data
from bookmaker.makeup.kept import pack
from bookmaker.makeup.lent import Lent
from bookmaker.makeup.model import Fonts, Glyphs, Indirect, Value
from bookmaker.makeup.raster import raster_object
from bookmaker.makeup.tagged import POINT
from bookmaker.makeup.values import figure
from bookmaker.pdf.engine import render

_DRAWING = "image/svg+xml"
_PAGE = "@page { size: 1000pt 1000pt; margin: 0 } html, body { margin: 0 } img { display: block }"


@dataclass(frozen=True, slots=True)
class PictureObject:
    """A picture as an XObject that fills the unit square: `w 0 0 h x y cm /name Do` shows it w × h pt large.

    `width` and `height` are its own size in points, a pixel being 1/96 inch (CSS Values 4 §6.2). A drawing may have
    none: then they are only in proportion, `is_sized` is false, and it takes the width it is given. `glyphs` are
    those of the text in a drawing.
    """

    shape: Indirect
    width: float
    height: float
    is_sized: bool = True
    glyphs: Glyphs = field(default_factory=dict)


def picture_object(picture: Picture, case: TypeCase, cache: Path) -> PictureObject:
    """A picture ready to be shown; `PrintError` for a drawing that cannot be drawn as it was meant."""
    if picture.media_type == _DRAWING:
        return _drawing(picture, case, cache)
    shape, width, height = raster_object(picture.read())
    return PictureObject(shape, width * POINT, height * POINT)


def _drawing(picture: Picture, case: TypeCase, cache: Path) -> PictureObject:
    html = f'<html lang="zh"><body><img src="images/{escape(picture.name)}" alt=""></body></html>'
    with bare_pages(Beginning()):
        document = render(html, _PAGE, {picture.name: picture}, case, cache)
    lent = Lent(case)
    pdf = draw(document, lent, tagged=False)
    (image,) = (box for box in document.pages[0]._page_box.descendants() if hasattr(box, "replacement"))
    width, height = image.width * POINT, image.height * POINT
    natural = image.replacement.get_intrinsic_size(1, image.style["font_size"])
    shape = _form(pdf, width, height, document.pages[0].height * POINT)
    return PictureObject(shape, width, height, natural[:2] != (None, None), lent.glyphs)


def _form(pdf: Any, width: float, height: float, top: float) -> Indirect:
    """What stands in the upper left corner of a page as a form that fills the unit square (§8.10)."""
    harvest = Harvest(pdf)
    page = harvest.resolve(pdf.page_references[0])
    content = stream_data(harvest.resolve(page["Contents"]))
    resources: dict[str, Value] = dict(harvest.resources(harvest.resolve(page["Resources"]), content).items())
    if b" Tf" in content:
        resources["Font"] = Fonts()
    box = (0.0, top - height, width, top)
    matrix = (1 / width, 0.0, 0.0, 1 / height, 0.0, (height - top) / height)
    entries = (
        ("Type", "/XObject"),
        ("Subtype", "/Form"),
        ("BBox", tuple(map(figure, box))),
        ("Matrix", tuple(f"{number:.12f}" for number in matrix)),
        ("Resources", resources),
        ("Filter", "/FlateDecode"),
    )
    return Indirect(entries, pack(content))
