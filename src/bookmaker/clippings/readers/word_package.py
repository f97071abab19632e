"""The package of a Word file: a zip whose parts are inflated within bounds, and parsed without following anything.

ECMA-376 part 2 gives the package; nothing outside the file is opened, and no document type is let in.
"""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from bookmaker.clippings.readers.encodings import UnreadableError

MOST_MEMBERS = 5_000
LARGEST_DIRECTORY = 2 * 2**20  # bytes of the zip's list of members
LARGEST_PART = 48 * 2**20  # bytes of XML in one part; a million characters of Chinese take about 20 MB
LARGEST_WHOLE = 512 * 2**20  # bytes of all parts together, pictures too
MOST_TAGS = 1_500_000

_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    EOFError,
    KeyError,
    NotImplementedError,  # a kind of compression or encryption that zipfile does not know
    OSError,
    RuntimeError,  # a password
    UnicodeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a Word file that say what its text is."""

    body: etree._Element
    styles: etree._Element | None


def is_word(data: bytes) -> bool:
    """True if a zip is a Word file, by the names of its members."""
    return b"word/" in data and b"[Content_Types].xml" in data


def read_parts(data: bytes) -> Parts:
    """The parts of a .docx. Raises `UnreadableError` if it is damaged, locked, or would grow beyond bounds."""
    try:
        with _open(data) as package:
            main = _main_part(package)
            styles = posixpath.join(posixpath.dirname(main), "styles.xml")
            return Parts(styles=_part_if_there(package, styles), body=_part(package, main))
    except _BROKEN as error:
        raise UnreadableError(
            "the Word file is damaged or locked", "open it in Word or WPS and save it anew as .docx, without a password"
        ) from error


def name_of(element: etree._Element) -> str:
    """An element's name without its namespace: strict files have another than the usual (ECMA-376 part 1 annex A)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value_of(element: etree._Element, attribute: str = "val") -> str:
    """An attribute by its name without the namespace, nearly always `w:val`; nothing if it is not there."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == attribute), "")


def _open(data: bytes) -> zipfile.ZipFile:
    """The package, once the sizes it declares are known to be within bounds."""
    end = data.rfind(b"PK\x05\x06")
    if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > LARGEST_DIRECTORY:
        raise _too_large()
    package = zipfile.ZipFile(io.BytesIO(data))
    members = package.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_WHOLE:
        raise _too_large()
    return package


def _too_large() -> UnreadableError:
    return UnreadableError(
        "the Word file unpacks to far more than a page can hold", "save the text alone as .txt, or one page a file"
    )


def _main_part(package: zipfile.ZipFile) -> str:
    """The name of the part with the text, nearly always the same; the package's relationships say it."""
    relations = _part_if_there(package, "_rels/.rels")
    for relation in () if relations is None else relations:
        kind, target = str(relation.get("Type", "")), str(relation.get("Target", ""))
        if kind.endswith("/officeDocument") and relation.get("TargetMode") != "External":
            return posixpath.normpath(target.lstrip("/"))
    return "word/document.xml"


def _part_if_there(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    return _part(package, name) if name in package.namelist() else None


def _part(package: zipfile.ZipFile, name: str) -> etree._Element:
    """The root of one part. Inflated no further than it declares, which was looked at first; no DTD is let in."""
    member = package.getinfo(name)
    if member.file_size > LARGEST_PART:
        raise _too_large()
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError("ECMA-376 part 2 §10.1.2.3 allows deflate only")
    with package.open(member) as stream:
        xml = stream.read(member.file_size)  # bounded: read() without a size inflates before it cuts
    if b"\0" in xml or b"<!DOCTYPE" in xml:  # UTF-16 could hide one; no program writes it
        raise ValueError("a document type, which ECMA-376 part 2 §9.1.4 forbids")
    if xml.count(b"<") > MOST_TAGS:
        raise _too_large()
    return _parsed(xml)


def _parsed(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(xml, parser)
    if root.getroottree().docinfo.doctype:  # in an encoding such as UTF-7, where the bytes do not show it
        raise ValueError("a document type")
    return root
