"""poppler: what another program reads in our PDF, its text, its fonts and its number of pages."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

# pdffonts writes columns; a long name pushes the others to the right, so the line is read from its end.
_FONT = re.compile(
    r"^(?:(?P<tag>[A-Z]{6})\+)?(?P<name>.+?) +(?P<kind>(?:CID )?(?:Type|TrueType).*?) +(?P<encoding>\S+) +"
    r"(?P<embedded>yes|no) +(?P<subset>yes|no) +(?P<unicode>yes|no) +\d+ +\d+$"
)


class MissingPopplerError(RuntimeError):
    """poppler's tools are not here; it fails the test, because a gate that is skipped is open."""


@dataclass(frozen=True, slots=True)
class Font:
    """One font of a PDF, as pdffonts sees it."""

    name: str  # PostScript name without the subset's tag
    kind: str  # "CID TrueType", "CID Type 0C (OT)" …
    encoding: str
    embedded: bool
    subset: bool
    unicode: bool  # its glyphs can be read back as text


def page_count(pdf: Path | str) -> int:
    """The number of pages."""
    found = re.search(r"^Pages: +(\d+)$", _say("pdfinfo", str(pdf)), re.MULTILINE)
    if found is None:
        raise ValueError(f"pdfinfo gives no number of pages for {pdf}")
    return int(found[1])


def page_texts(pdf: Path | str, *, layout: bool = False) -> list[str]:
    """The text of each page in reading order, or laid out as on the page."""
    words = _say("pdftotext", "-enc", "UTF-8", *(["-layout"] if layout else []), str(pdf), "-")
    return words.split("\f")[:-1]  # a form feed ends each page


def fonts_of(pdf: Path | str) -> list[Font]:
    """Every font of the file, in the order in which pages use them."""
    lines = _say("pdffonts", str(pdf)).splitlines()[2:]
    return [_font(line) for line in lines]


def structure_of(pdf: Path | str) -> str:
    """The tags in reading order, indented, with the text of each in quotation marks."""
    return _say("pdfinfo", "-struct-text", str(pdf))


def _font(line: str) -> Font:
    found = _FONT.match(line.rstrip())
    if found is None:
        raise ValueError(f"pdffonts wrote a line that is not understood: {line!r}")
    embedded, subset, unicode = (found[flag] == "yes" for flag in ("embedded", "subset", "unicode"))
    return Font(found["name"], found["kind"], found["encoding"], embedded, subset, unicode)


def _say(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    except FileNotFoundError as error:
        raise MissingPopplerError(f"{command[0]} is needed: type make test, which installs it") from error
    except subprocess.CalledProcessError as error:
        raise ValueError(f"{command[0]} cannot read {command[-1]}: {error.stderr.strip()}") from error
    return done.stdout
