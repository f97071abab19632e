"""The EPUB's container (OCF 3.3 §4.3): the same bytes for the same book, whenever and wherever it is made."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePosixPath
from struct import pack

from lxml import etree

from bookmaker.problems import BuildError
from bookmaker.script.scripts import Script
from bookmaker.store import Bundle

_PACKAGE = "EPUB/content.opf"
#: The first of January 1980, the first day a container can tell (APPNOTE 6.3 §4.4.6).
_NO_DATE = 1 << 5 | 1
_VERSION, _UNIX, _IS_UTF_8 = 20, 3, 0x800
_MODE = 0o100644 << 16
_MOST = 0xFFFFFFFF
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def seal(written: bytes, script: Script, kept: Bundle | None = None) -> bytes:
    """A package as EbookLib 0.20 wrote it, with its language named and nothing in it of this machine or hour.

    EbookLib stamps every entry with the time of day and writes no `xml:lang` on the package, without which
    titles have no language (Ace, epub-lang).
    """
    with zipfile.ZipFile(io.BytesIO(written)) as book:
        files = [(name, book.read(name)) for name in book.namelist()]
    named = ((name, _in_language(data, script) if name == _PACKAGE else data) for name, data in files)
    return _archive(named, kept)


def embedded_fonts(sealed: bytes) -> tuple[str, ...]:
    """The names of the font files in an EPUB, without their ending."""
    with zipfile.ZipFile(io.BytesIO(sealed)) as book:
        paths = map(PurePosixPath, book.namelist())
        return tuple(sorted(path.stem for path in paths if path.parent.name == "fonts"))


def _in_language(package: bytes, script: Script) -> bytes:
    root = etree.fromstring(package)
    root.set(_XML_LANG, script.value)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _archive(files: Iterable[tuple[str, bytes]], kept: Bundle | None) -> bytes:
    """The files in a container; `zipfile` would pack again what was packed the last time."""
    parts: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, data in files:
        # The first entry must be readable without unpacking.
        is_packed = name != "mimetype"
        body = _deflated(data, kept) if is_packed else data
        path = name.encode()
        flags = 0 if name.isascii() else _IS_UTF_8
        method = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
        if offset + len(body) > _MOST or len(data) > _MOST:
            raise BuildError("the book is larger than 4 GB, which no EPUB can be")
        said = pack("<4H3L2H", flags, method, 0, _NO_DATE, zlib.crc32(data), len(body), len(data), len(path), 0)
        parts += [b"PK\3\4", pack("<2B", _VERSION, 0), said, path, body]
        ends = pack("<3H2L", 0, 0, 0, _MODE, offset)
        directory += [b"PK\1\2", pack("<4B", _VERSION, _UNIX, _VERSION, 0), said, ends, path]
        offset += 30 + len(path) + len(body)
    listed = b"".join(directory)
    count = len(directory) // 5
    return b"".join((*parts, listed, b"PK\5\6", pack("<4H2LH", 0, 0, count, count, len(listed), offset, 0)))


def _deflated(data: bytes, kept: Bundle | None) -> bytes:
    key = kept.key("deflated", hashlib.sha256(data).hexdigest()) if kept else ""
    found = kept.find(key) if kept else None
    if isinstance(found, bytes):
        return found
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    made = packer.compress(data) + packer.flush()
    if kept:
        kept.keep(key, made)
    return made
