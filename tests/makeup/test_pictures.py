"""Pictures as XObjects: as WeasyPrint would show them, and with nothing lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from bookmaker.content.pictures import Picture
from bookmaker.fonts import read_type_case
from bookmaker.makeup.model import Indirect, Run, Sheet
from bookmaker.makeup.pictures import PictureObject, picture_object
from bookmaker.pdf.engine import PrintError, render
from tests.makeup.everything import DRAWING
from tests.makeup.roads import joined, look_alike

CASE = read_type_case(Path(__file__).parents[2] / "fonts")
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
#: Width and height of the page that a picture is shown on, in points.
PAGE = 150, 90

Shown = Callable[[bytes, str], tuple[PictureObject, Image.Image, Image.Image]]


@pytest.fixture
def shown(tmp_path: Path) -> Shown:
    """`shown(data, type)`: a picture as an object, and how it looks at its own size by us and by WeasyPrint."""

    def show(data: bytes, media_type: str) -> tuple[PictureObject, Image.Image, Image.Image]:
        picture = laid(data, media_type, tmp_path)
        made = picture_object(picture, CASE, tmp_path)
        css = "@page { size: 150pt 90pt; margin: 0 } html, body { margin: 0 } img { display: block }"
        html = f'<html lang="zh"><body><img alt="" src="images/{picture.name}"></body></html>'
        document = render(html, css, {picture.name: picture}, CASE, tmp_path)
        return made, look(page_with(made)), look(document.write_pdf())

    return show


def laid(data: bytes, media_type: str, folder: Path) -> Picture:
    path = folder / "picture"
    path.write_bytes(data)
    return Picture("picture", "picture.xyz", media_type, path)


def page_with(made: PictureObject) -> bytes:
    """A file of one page with a picture in its upper left corner."""
    size = f"{made.width} 0 0 {made.height} 0 {PAGE[1] - made.height}"
    sheet = Sheet(*PAGE, (f"q {size} cm /P Do Q".encode(),), (), "body", resources={"XObject": {"P": made.shape}})
    return joined((Run((sheet,), (), glyphs=made.glyphs),), CASE)


def look(data: bytes) -> Image.Image:
    """A page as MuPDF shows it: PDFium makes the tile of a gradient a pixel larger or not, by a millionth."""
    with pymupdf.open(stream=data) as pdf:
        pixels = pdf[0].get_pixmap(dpi=144)
        return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)


def picture(mode: str, kind: str, **more: object) -> bytes:
    """Four fields of different colours, the upper left one dark, 60 × 40 pixels."""
    plain = Image.new("RGB", (60, 40), (30, 60, 90))
    draw = ImageDraw.Draw(plain)
    for box, colour in (((30, 0, 59, 19), "red"), ((0, 20, 29, 39), "yellow"), ((30, 20, 59, 39), "#8fc")):
        draw.rectangle(box, colour)
    alpha = Image.linear_gradient("L").resize((60, 40))
    image = plain.convert(mode.removesuffix("A")) if mode != "I;16" else _deep(plain)
    if mode.endswith("A"):
        image.putalpha(alpha)
    target = io.BytesIO()
    image.save(target, kind, **more)
    return target.getvalue()


def _deep(plain: Image.Image) -> Image.Image:
    """The same in 65,536 greys."""
    grey = plain.convert("L")
    raw = b"".join(int(value * 257).to_bytes(2, "little") for value in grey.tobytes())
    return Image.frombytes("I;16", grey.size, raw)


def turned(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return picture("RGB", "JPEG", exif=exif, quality=95)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        *((mode, "PNG") for mode in ("1", "L", "LA", "P", "RGB", "RGBA")),
        *((mode, "JPEG") for mode in ("L", "RGB", "CMYK")),
        ("P", "GIF"),
        ("RGB", "WEBP"),
        ("RGBA", "WEBP"),
    ],
)
def test_every_kind_of_picture_looks_as_weasyprint_shows_it(shown: Shown, mode: str, kind: str) -> None:
    made, ours, theirs = shown(picture(mode, kind), TYPES[kind])
    assert look_alike(ours, theirs)
    assert ours.getpixel((10, 10)) != (255, 255, 255)
    assert (made.width, made.height, made.is_sized, made.glyphs) == (45, 30, True, {})


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright(shown: Shown, orientation: int) -> None:
    made, ours, theirs = shown(turned(orientation), "image/jpeg")
    assert (made.width, made.height) == ((45, 30) if orientation < 5 else (30, 45))
    for place in ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)):
        x, y = (int(part * edge * 2) for part, edge in zip(place, (made.width, made.height), strict=True))
        # WeasyPrint packs a photograph it has turned anew.
        assert ours.getpixel((x, y)) == pytest.approx(theirs.getpixel((x, y)), abs=12)


def test_the_bytes_of_a_jpeg_stay_as_they_are(tmp_path: Path) -> None:
    for orientation in (1, 6):
        data = turned(orientation)
        shape = picture_object(laid(data, "image/jpeg", tmp_path), CASE, tmp_path).shape
        inner = dict(shape.entries).get("Resources", {"XObject": {"I": shape}})
        assert inner["XObject"]["I"].stream == data  # type: ignore[index, call-overload, union-attr]


def test_a_screen_of_sixteen_bits_keeps_its_greys(tmp_path: Path) -> None:
    made = picture_object(laid(picture("I;16", "PNG"), "image/png", tmp_path), CASE, tmp_path)
    greys = [look(page_with(made)).getpixel((x, y)) for x, y in ((10, 10), (70, 10), (10, 50), (70, 50))]
    plain = [
        Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0))
        for colour in ("#1e3c5a", "red", "yellow", "#8fc")
    ]
    assert [grey[0] for grey in greys] == pytest.approx(plain, abs=1)  # type: ignore[index]


def test_a_drawing_looks_as_weasyprint_shows_it(shown: Shown) -> None:
    drawing = DRAWING.replace('width="240" height="120"', 'width="160" height="80"')
    made, ours, theirs = shown(drawing.encode(), "image/svg+xml")
    assert look_alike(ours, theirs)
    assert (made.width, made.height, made.is_sized) == (120, 60, True)
    texts = "".join(text for own in made.glyphs.values() for text in own.values())
    assert sorted(texts) == sorted(set("图中文字Office2026年"))


def test_the_text_of_a_drawing_is_read_from_it(tmp_path: Path) -> None:
    made = picture_object(laid(DRAWING.encode(), "image/svg+xml", tmp_path), CASE, tmp_path)
    with pypdfium2.PdfDocument(page_with(made)) as pdf:
        assert pdf[0].get_textpage().get_text_range().split() == ["图中文字", "Office", "2026年"]


@pytest.mark.parametrize("size", ['viewBox="0 0 30 20"', ""])
def test_a_drawing_without_a_size_takes_the_width_it_is_given(tmp_path: Path, size: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect width="10" height="10"/></svg>'
    made = picture_object(laid(drawing.encode(), "image/svg+xml", tmp_path), CASE, tmp_path)
    assert not made.is_sized
    assert made.width / made.height == pytest.approx(1.5 if size else 2)


def test_a_drawing_with_a_character_that_no_face_has_is_an_error(tmp_path: Path) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">\U000e0041\u1f4a\ua9c5</text></svg>'
    )
    with pytest.raises(PrintError):
        picture_object(laid(drawing.encode(), "image/svg+xml", tmp_path), CASE, tmp_path)


@pytest.mark.parametrize("data", [picture("RGBA", "PNG"), turned(6), DRAWING.encode()])
def test_the_same_picture_gives_the_same_object(tmp_path: Path, data: bytes) -> None:
    kind = "image/svg+xml" if data.startswith(b"<svg") else "image/png"
    one, other = (picture_object(laid(data, kind, tmp_path), CASE, tmp_path) for _ in range(2))
    assert one == other
    assert isinstance(one.shape, Indirect)
