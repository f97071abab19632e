"""Photographs and screens as image XObjects (ISO 32000-1 §8.9.5), which fill the unit square.

A JPEG's bytes go into the file as they are; all else is packed without loss, its transparency as a soft mask.
"""

import io
from collections.abc import Iterator

from PIL import Image

from bookmaker.makeup.model import Indirect, Value

_SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
_CHANNELS = {"L": 1, "RGB": 3}
#: The tag of Exif that says how a camera was held, and what turns the unit square so that it stands upright.
_ORIENTATION = 0x0112
_TURNS = {
    2: "-1 0 0 1 1 0",
    3: "-1 0 0 -1 1 1",
    4: "1 0 0 -1 0 1",
    5: "0 -1 -1 0 1 1",
    6: "0 -1 1 0 0 1",
    7: "0 1 1 0 0 0",
    8: "0 1 -1 0 1 0",
}


def raster_object(data: bytes) -> tuple[Indirect, int, int]:
    """A picture upright as an XObject, and its width and height in pixels."""
    with Image.open(io.BytesIO(data)) as picture:
        turn = picture.getexif().get(_ORIENTATION, 1)
        is_jpeg = picture.format in ("JPEG", "MPO")
        image = _jpeg(picture, data) if is_jpeg else _packed(picture)
        width, height = picture.size
    if turn not in _TURNS:
        return image, width, height
    return _turned(image, _TURNS[turn]), *((height, width) if turn >= 5 else (width, height))


def _jpeg(picture: Image.Image, data: bytes) -> Indirect:
    entries = _entries(picture.size, picture.mode)
    if picture.mode == "CMYK" and "APP14" in getattr(picture, "app", {}):
        # Adobe's programs write the ink that is left out.
        entries["Decode"] = ("1", "0") * 4
    return Indirect((*entries.items(), ("Filter", "/DCTDecode")), data)


def _packed(picture: Image.Image) -> Indirect:
    image = _plain(picture)
    mask = None
    if image.mode in ("LA", "RGBA"):
        mask = _png(image.getchannel("A"))
        image = image.convert(image.mode.removesuffix("A"))
    return _png(image, mask)


def _plain(picture: Image.Image) -> Image.Image:
    """The picture in one of the modes that a PDF shows, 8 bits a channel."""
    if "transparency" in picture.info or picture.mode in ("PA", "La", "RGBa"):
        return picture.convert("RGBA")
    if picture.mode.startswith("I;16"):
        # Pillow 13 would cut off what is above 255.
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    return picture if picture.mode in ("L", "LA", "RGB", "RGBA") else picture.convert("RGB")


def _png(image: Image.Image, mask: Indirect | None = None) -> Indirect:
    """The packed rows of a PNG are what a PDF takes, too (§7.4.4.4, predictor 15)."""
    target = io.BytesIO()
    image.save(target, "PNG")
    entries = _entries(image.size, image.mode)
    entries["Filter"] = "/FlateDecode"
    entries["DecodeParms"] = {
        "Predictor": "15",
        "Columns": str(image.width),
        "Colors": str(_CHANNELS[image.mode]),
    }
    if mask is not None:
        entries["SMask"] = mask
    return Indirect(tuple(entries.items()), b"".join(_rows(target.getvalue())))


def _entries(size: tuple[int, int], mode: str) -> dict[str, Value]:
    return {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": str(size[0]),
        "Height": str(size[1]),
        "ColorSpace": _SPACES[mode],
        "BitsPerComponent": "8",
        "Interpolate": "true",
    }


def _rows(png: bytes) -> Iterator[bytes]:
    """The data of a PNG's IDAT chunks (PNG 3 §5.3)."""
    at = 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            yield png[at + 8 : at + 8 + length]
        at += length + 12


def _turned(image: Indirect, turn: str) -> Indirect:
    box = ("0", "0", "1", "1")
    resources: Value = {"XObject": {"I": image}}
    entries = (("Type", "/XObject"), ("Subtype", "/Form"), ("BBox", box), ("Resources", resources))
    return Indirect(entries, f"q {turn} cm /I Do Q".encode())
