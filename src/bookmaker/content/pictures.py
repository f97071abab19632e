"""Pictures: found in `content/images/`, looked into, and refused when they are not what they say.

EPUB 3.3 §3.2 names the kinds every reader shows; a drawing (SVG) may reach nothing outside itself.
"""

import hashlib
import io
import re
import warnings
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from PIL import Image

from bookmaker.problems import Place, Problem
from bookmaker.project import Project

_KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "image/svg+xml": "svg"}
#: More than any printed page can use (A3 at 600 dpi is 70 million); beyond it is a decompression bomb.
_MOST_PIXELS = 100_000_000
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!#|data:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """A checked picture; `name` is its file name in a book, made from its bytes, so the same everywhere."""

    file: str
    name: str
    media_type: str
    path: Path

    def read(self) -> bytes:
        """The picture's bytes, as they were checked."""
        return self.path.read_bytes()


class PictureShelf:
    """`content/images/`: every picture is looked into once, however often it is named."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._known: dict[str, Picture | tuple[str, str, str]] = {}

    def find(self, file: str, place: Place, problems: list[Problem]) -> Picture | None:
        """The picture an article names (a path below `content/images/`), or `None` with a problem."""
        if file not in self._known:
            self._known[file] = self._look(file)
        found = self._known[file]
        if isinstance(found, Picture):
            return found
        code, what, hint = found
        problems.append(Problem(place, code, what, hint))
        return None

    def _look(self, file: str) -> Picture | tuple[str, str, str]:
        path = self._project.images / file
        if not path.resolve().is_relative_to(self._project.images.resolve()):
            return (
                "outside-project",
                f"the picture “{file}” lies outside content/images/",
                "copy it into content/images/ and name it from there; nothing else is read",
            )
        if not path.is_file():
            return ("missing-image", f"the picture “{file}” is not in content/images/", self._near(file))
        data = path.read_bytes()
        media_type = _media_type(data)
        if isinstance(media_type, tuple):
            code, what = media_type
            return (code, f"the picture “{file}” {what}", "save it again as PNG, JPEG or plain SVG")
        name = f"{hashlib.sha256(data).hexdigest()[:16]}.{_ENDINGS[media_type]}"
        return Picture(file, name, media_type, path)

    def _near(self, file: str) -> str:
        import difflib

        folder = self._project.images
        known = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()] if folder.is_dir() else []
        near = difflib.get_close_matches(file, known, n=1)
        return f"did you mean “{near[0]}”?" if near else "put the file there, or take the picture out"


def _media_type(data: bytes) -> str | tuple[str, str]:
    """The picture's kind, or a code and what is wrong with it."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _drawing(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > _MOST_PIXELS:
                    return ("unreadable-image", f"is too large ({image.width} × {image.height} pixels)")
                kind = image.format or ""
                image.load()
    except Exception as error:  # Pillow's decoders raise what they like on damaged files
        return ("unreadable-image", f"cannot be read ({type(error).__name__.lower()})")
    if kind not in _KINDS:
        return ("unreadable-image", f"is {kind}, which readers do not show")
    return _KINDS[kind]


def _drawing(data: bytes) -> str | tuple[str, str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return ("unreadable-image", f"is not well-formed SVG ({error.msg})")
    if etree.QName(root).localname != "svg":
        return ("unreadable-image", "is XML, but not SVG")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and declared.entities():
        return ("unsafe-image", "defines entities")
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname.lower()
        if name in {"script", "foreignobject", "handler"}:
            return ("unsafe-image", f"holds a <{name}> element")
        if name == "style" and _OUTSIDE.search(element.text or ""):
            return ("unsafe-image", "loads something from outside in its style")
        for attribute, value in element.attrib.items():
            local = etree.QName(attribute).localname.lower()
            if local in {"href", "src"} and not value.startswith(("#", "data:image/png", "data:image/jpeg")):
                return ("unsafe-image", f"loads “{value[:60]}”")
            if local.startswith("on") or _OUTSIDE.search(value):
                return ("unsafe-image", f"has an active attribute “{local}”")
    return "image/svg+xml"
