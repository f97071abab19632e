"""One file given to import becomes a clipping: what it is, is told by its content first and by its ending second."""

import os
import re
import stat
from pathlib import Path

from bookmaker.clippings.model import Clipping
from bookmaker.clippings.readers.encodings import Decoded, UnreadableError, decode, shown
from bookmaker.clippings.readers.plain import read_plain
from bookmaker.clippings.readers.web import read_web
from bookmaker.clippings.readers.word import read_word
from bookmaker.clippings.readers.word_package import is_word
from bookmaker.problems import Place, Problem

LARGEST_TEXT = 16 * 2**20  # bytes; a page of a newspaper has some 50,000
LARGEST_WORD = 32 * 2**20

_TEXT = frozenset((".txt", ".text", ""))
_MARKDOWN = frozenset((".md", ".markdown"))
_WEB = frozenset((".html", ".htm", ".xhtml", ".shtml"))
_ZIP = b"PK\x03\x04"
_AS_TEXT = "save it as .docx or .txt"
#: How files begin that hold no text we read, what they are called, and what helps.
_REFUSED = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old .doc file, or one with a password",
        "open it in Word or WPS and save it as .docx",
    ),
    (b"%PDF-", "a PDF", "copy its text into a .txt file, or save it as .docx"),
    (b"{\\rtf", "an RTF file", _AS_TEXT),
    (b"\x89PNG", "a picture", "type its text, or have it recognised, into a .txt file"),
    (b"\xff\xd8\xff", "a picture", "type its text, or have it recognised, into a .txt file"),
    (b"GIF8", "a picture", "type its text, or have it recognised, into a .txt file"),
    (b"II*\0", "a picture", "type its text, or have it recognised, into a .txt file"),
    (b"MM\0*", "a picture", "type its text, or have it recognised, into a .txt file"),
    (b"RIFF", "a picture or recording", "type its text into a .txt file"),
    (b"Rar!", "an archive", "unpack it and import the files in it"),
    (b"7z\xbc\xaf", "an archive", "unpack it and import the files in it"),
    (b"\x1f\x8b", "an archive", "unpack it and import the files in it"),
    (_ZIP, "an archive", "unpack it and import the files in it"),
    (b"PK\x05\x06", "an empty archive", _AS_TEXT),
)
#: How a web page begins, whatever its file is called.
_PAGE_HEAD = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!doctype html|<html|<head|<!--enpproperty)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,30}[\s/>]|<!--")
_CHARSET = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([a-zA-Z0-9_-]{2,20})""", re.IGNORECASE)


def read_clipping(path: Path, name: str, problems: list[Problem]) -> Clipping | None:
    """The file as a clipping, or `None` with one problem why it cannot be read; never raises for what a file holds.

    `name` stands for the file in messages and in the clipping; only `path` itself is opened, if it is a regular file.
    """
    place = Place(shown(name).replace("\n", " "))
    try:
        return _read(_bytes_of(path), name, path.suffix.lower())
    except UnreadableError as error:
        problems.append(Problem(place, "unreadable-page", error.what, error.hint))
    except OSError as error:
        what = f"the file cannot be opened ({(error.strerror or 'no such file').lower()})"
        problems.append(Problem(place, "unreadable-page", what, "look whether it is there and may be read"))
    return None


def _bytes_of(path: Path) -> bytes:
    """The bytes of a regular file of admitted size; anything else is refused before it is opened."""
    if "\0" in str(path):
        raise UnreadableError("this is no name of a file", "give import the path of a page")
    found = os.stat(path)
    if not stat.S_ISREG(found.st_mode):
        kind = "a folder" if stat.S_ISDIR(found.st_mode) else "not a file but a pipe or device"
        raise UnreadableError(f"this is {kind}", "give import the pages themselves")
    if found.st_size > LARGEST_WORD:
        raise _too_large(LARGEST_WORD)
    with path.open("rb") as stream:
        data = stream.read(LARGEST_WORD + 1)  # it may have grown since
    if len(data) > (LARGEST_WORD if data.startswith(_ZIP) else LARGEST_TEXT):
        raise _too_large(LARGEST_TEXT)
    return data


def _too_large(limit: int) -> UnreadableError:
    return UnreadableError(f"the file is larger than {limit >> 20} MB", "give import one page a file, as text")


def _read(data: bytes, name: str, ending: str) -> Clipping:
    if data.startswith(_ZIP) and (ending == ".docx" or is_word(data)):
        clipping = read_word(data, name)
    else:
        clipping = _read_text(_text_of(data), name, ending)
    if not any(line.text.strip() for line in clipping.lines):
        raise UnreadableError("the file holds no text", "look whether it is the right file")
    return clipping


def _text_of(data: bytes) -> Decoded:
    for head, what, hint in _REFUSED:
        if data.startswith(head) or (head == b"%PDF-" and head in data[:1024]):
            raise UnreadableError(f"this is {what}, which import does not read", hint)
    label = _CHARSET.search(data[:4096])
    page = decode(data, label[1].decode("ascii") if label else "")
    if page is None:
        raise UnreadableError("the file is no text in UTF-8, GB18030 or Big5", _AS_TEXT)
    return page


def _read_text(page: Decoded, name: str, ending: str) -> Clipping:
    if _PAGE_HEAD.match(page.text[:4096]) or (ending in _WEB and _TAG.search(page.text)):
        return read_web(page, name)
    if ending not in _TEXT | _MARKDOWN | _WEB and ending != ".docx":
        raise UnreadableError(
            f"import does not know files that end in “{ending}”", "save it as .txt, .md, .html or .docx"
        )
    return read_plain(page, name, markdown=ending in _MARKDOWN)
