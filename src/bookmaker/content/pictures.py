"""Pictures: found in `content/images/`, looked into, and refused when they are not what they say.

EPUB 3.3 §3.2 names the kinds every reader shows; a drawing (SVG) may reach nothing outside itself.
"""

import difflib
import hashlib
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from bookmaker.problems import Place, Problem
from bookmaker.project import Project
from bookmaker.store import Bundle

_KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "image/svg+xml": "svg"}
#: More than any printed page can use (A3 at 600 dpi is 70 million); beyond it is a decompression bomb.
_MOST_PIXELS = 100_000_000
_OUTSIDE = re.compile(r"@import|image-set\(|url\(\s*['\"]?(?!\s*['\"]?(?:#|data:))", re.IGNORECASE)
#: An escape could write all of that unseen (CSS Syntax 3 §4.3.7).
_ESCAPE = re.compile(r"\\[0-9a-z]", re.IGNORECASE)


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

    def __init__(self, project: Project, kept: Bundle | None = None) -> None:
        self._project = project
        self._kept = kept
        self.folders: dict[str, str] = {}
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
        if not self._holds(path):
            return (
                "outside-project",
                f"the picture “{file}” lies outside content/images/",
                "copy it into content/images/ and name it from there; nothing else is read",
            )
        if not self._project.has_file(path):
            return ("missing-image", f"the picture “{file}” is not in content/images/", self._near(file))
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        media_type = self._kind(data, digest)
        if isinstance(media_type, tuple):
            code, what = media_type
            return (code, f"the picture “{file}” {what}", "save it again as PNG, JPEG or plain SVG")
        return Picture(file, f"{digest[:16]}.{_ENDINGS[media_type]}", media_type, path)

    def _kind(self, data: bytes, digest: str) -> str | tuple[str, str]:
        """What looking into it said, now or when it was found whole before; a drawing is read each time.

        Whoever wrote the folder of what is kept may not say that a drawing is safe.
        """
        key = self._kept.key("picture", digest) if self._kept else ""
        found = self._kept.find(key) if self._kept else None
        if isinstance(found, str) and found in _KINDS.values() and not _is_drawing(data):
            return found
        media_type = _media_type(data)
        if self._kept and media_type in _KINDS.values():
            self._kept.keep(key, media_type)
        return media_type

    def _holds(self, path: Path) -> bool:
        """True if a path, links followed, stays in `content/images/` and in the project."""
        images = self._project.images
        return self._project.holds(path, folders=self.folders) and self._project.holds(path, images, self.folders)

    def _near(self, file: str) -> str:
        folder = self._project.images
        known = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()] if folder.is_dir() else []
        near = difflib.get_close_matches(file, known, n=1)
        return f"did you mean “{near[0]}”?" if near else "put the file there, or take the picture out"


def _is_drawing(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _media_type(data: bytes) -> str | tuple[str, str]:
    """The picture's kind, or a code and what is wrong with it."""
    if _is_drawing(data):
        return _drawing(data)
    from PIL import Image, UnidentifiedImageError  # late: 20 ms that a book of drawings has no use for

    try:
        with _strict_pillow(), Image.open(io.BytesIO(data)) as image:
            kind = image.format or ""
            # Before loading: other kinds start programs (EPS), and a bomb fills the memory.
            if kind not in _KINDS:
                return ("unreadable-image", f"is {kind}, which readers do not show")
            if image.width * image.height > _MOST_PIXELS:
                return ("unreadable-image", f"is too large ({image.width} × {image.height} pixels)")
            image.load()
    except Image.DecompressionBombError:
        return ("unreadable-image", "is too large (a file that would fill the memory)")
    except UnidentifiedImageError:
        return ("unreadable-image", "is of a kind no reader shows")
    except Exception:  # Pillow's decoders raise what they like on damaged files
        return ("unreadable-image", "is damaged")
    return _KINDS[kind]


@contextmanager
def _strict_pillow() -> Iterator[None]:
    """Pillow that refuses half a picture and warns of nothing; WeasyPrint 70 makes it lenient for the whole program."""
    from PIL import ImageFile

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _drawing(data: bytes) -> str | tuple[str, str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return ("unreadable-image", f"is not well-formed SVG (line {error.lineno})")
    if etree.QName(root).localname != "svg":
        return ("unreadable-image", "is XML, but not SVG")
    fault = _fault_around(root) or next(filter(None, map(_fault_in, root.iter(etree.Element))), None)
    return ("unsafe-image", fault) if fault else "image/svg+xml"


def _fault_around(root: etree._Element) -> str | None:
    """What a drawing declares or loads outside its elements."""
    written = etree.tostring(root.getroottree(), encoding="unicode")
    if any(mark in written for mark in ("<!ENTITY", "<!ATTLIST", "<!ELEMENT")):
        return "defines entities, attributes or elements of its own"
    return "loads a style sheet" if "<?xml-stylesheet" in written else None


def _fault_in(element: etree._Element) -> str | None:
    """What one element of a drawing runs or loads."""
    name = etree.QName(element).localname
    if name.lower() in {"script", "foreignobject", "handler"}:
        return f"holds a <{name}> element"
    style = "".join(element.itertext(etree.Element)) if name.lower() == "style" else ""
    if _OUTSIDE.search(style) or _ESCAPE.search(style):
        return "loads something from outside in its style"
    for attribute, value in element.attrib.items():
        local = etree.QName(attribute).localname.lower()
        if local in {"href", "src", "base"} and not value.startswith(("#", "data:image/png", "data:image/jpeg")):
            return f"loads “{value[:60]}”"
        if local == "attributename" and value.strip().lower().endswith("href"):
            return "changes a link while it is shown"
        read_as_style = etree.QName(attribute).namespace is None
        if local.startswith("on") or _OUTSIDE.search(value) or (read_as_style and _ESCAPE.search(value)):
            return f"has an active attribute “{local}”"
    return None
