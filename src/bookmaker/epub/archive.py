"""The EPUB's container (OCF 3.3 §4.3): the same bytes for the same book, whenever and wherever it is made."""

import io
import zipfile
from pathlib import PurePosixPath

from lxml import etree

from bookmaker.script.scripts import Script

_PACKAGE = "EPUB/content.opf"
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def seal(written: bytes, script: Script) -> bytes:
    """A package as EbookLib 0.20 wrote it, with its language named and nothing in it of this machine or hour.

    EbookLib stamps every entry with the time of day and writes no `xml:lang` on the package, without which
    titles have no language (Ace, epub-lang).
    """
    sealed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as book, zipfile.ZipFile(sealed, "w") as archive:
        for name in book.namelist():
            data = book.read(name)
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            # The first entry must be readable without unpacking.
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, _in_language(data, script) if name == _PACKAGE else data, compresslevel=9)
    return sealed.getvalue()


def embedded_fonts(sealed: bytes) -> tuple[str, ...]:
    """The names of the font files in an EPUB, without their ending."""
    with zipfile.ZipFile(io.BytesIO(sealed)) as book:
        paths = map(PurePosixPath, book.namelist())
        return tuple(sorted(path.stem for path in paths if path.parent.name == "fonts"))


def _in_language(package: bytes, script: Script) -> bytes:
    root = etree.fromstring(package)
    root.set(_XML_LANG, script.value)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")
