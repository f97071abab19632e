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
_OUTSIDE = re.compile(
    r"@import|(?<![\w-])(?:image-set|image|cross-fade|element|src)\(|url\(\s*['\"]?(?!\s*['\"]?(?:#|data:))",
    re.IGNORECASE,
)
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
    if fault:
        return ("unsafe-image", fault)
    fault = _fault_of_size(root) or _fault_of_uses(root)
    return ("unreadable-image", fault) if fault else "image/svg+xml"


#: The most elements of a drawing, those counted again that are shown again.
_MOST_ELEMENTS = 100_000
_VIEW = re.compile(r"\s*[-+.\deE]+(?:\s*[,\s]\s*[-+.\deE]+){3}\s*")
_OWN = re.compile(r"url\(\s*['\"]?#([^)'\"]+)")


def _fault_of_size(root: etree._Element) -> str | None:
    """A drawing of no size, or of far too many parts."""
    view = root.get("viewBox")
    if view is not None:
        try:
            numbers = [float(number) for number in re.split(r"[\s,]+", view.strip())]
        except ValueError:
            numbers = []
        if not _VIEW.fullmatch(view) or len(numbers) != 4 or min(numbers[2:]) <= 0:
            return f"has a viewBox that is none (“{view[:40]}”)"
    return "has far too many parts" if sum(1 for _ in root.iter()) > _MOST_ELEMENTS else None


def _fault_of_uses(root: etree._Element) -> str | None:
    """Parts that show themselves, or each other so often that no reader could draw it."""
    named = {element.get("id"): element for element in root.iter(etree.Element) if element.get("id")}
    sizes: dict[str, int] = {}
    open_ids: set[str] = set()

    def size_of(name: str) -> int:
        if name in open_ids:
            raise RecursionError
        if name not in sizes and name in named:
            open_ids.add(name)
            sizes[name] = sum(1 + sum(map(size_of, _shown_by(element))) for element in named[name].iter(etree.Element))
            open_ids.discard(name)
        return sizes.get(name, 0)

    try:
        shown = sum(1 + sum(map(size_of, _shown_by(element))) for element in root.iter(etree.Element))
    except RecursionError:
        return "has a part that shows itself"
    return "shows its parts far too often" if shown > _MOST_ELEMENTS else None


def _shown_by(element: etree._Element) -> Iterator[str]:
    """The ids of the parts that an element shows, is cut or is covered by."""
    for attribute, value in element.attrib.items():
        if etree.QName(attribute).localname.lower() == "href" and value.startswith("#"):
            yield value[1:]
        elif "url(" in value:
            yield from _OWN.findall(value)


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
