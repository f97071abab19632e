"""WeasyPrint, shut in: it sees the type case's fonts and the book's pictures, and nothing else.

Written for WeasyPrint 70. Imported late everywhere, because it costs 0.4 s and reads its fonts'
configuration from the environment when it starts.
"""

import base64
import hashlib
import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from bookmaker.composition import footnotes, grid, joint
from bookmaker.composition.choices import Choices
from bookmaker.content.pictures import Picture
from bookmaker.fonts import TypeCase
from bookmaker.pdf import embedding
from bookmaker.pdf.loading import load_weasyprint
from bookmaker.pdf.subset import SubsetError
from bookmaker.problems import BuildError

if TYPE_CHECKING:
    from weasyprint.document import Document

#: The address every picture seems to have: constant, because its hash names it in the PDF.
_BASE = "https://book.invalid/"

#: A picture inside a drawing, as every drawing program embeds it.
_EMBEDDED = re.compile(r"data:(image/(?:png|jpeg));base64,([\s\S]*)")

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


class PrintError(BuildError):
    """WeasyPrint could not print what it was given as it was meant."""


def render(
    html: str,
    css: str,
    pictures: Mapping[str, Picture],
    case: TypeCase,
    cache: Path,
    choices: Choices | None = None,
) -> "Document":
    """Lay the pages out, lines as the layout chose; `PrintError` for everything WeasyPrint would only log.

    With another version of WeasyPrint than the joint's, lines are ragged: good enough for the cover of an EPUB.
    """
    _shut_fonts_in(case.folder, cache)
    load_weasyprint()
    from weasyprint import HTML

    fetcher = _fetcher(pictures)
    joint.install(choices)
    grid.install()
    footnotes.install()
    embedding.install()
    sheet = _style_sheet(css)
    with complaints() as said:
        document = HTML(string=html, base_url=_BASE, url_fetcher=fetcher).render(
            stylesheets=[sheet], pdf_variant="pdf/ua-1"
        )
    _refuse(said)
    return document


@lru_cache(maxsize=4)
def _style_sheet(css: str) -> Any:
    """A style sheet parsed, which takes longer than to lay out a page; what it loads is loaded when it is used."""
    from weasyprint import CSS

    with complaints() as said:
        sheet = CSS(string=css, base_url=_BASE, url_fetcher=_fetcher({}))
    _refuse(said)
    return sheet


def _refuse(said: list[str]) -> None:
    if said:
        raise PrintError("the layout asks for what WeasyPrint cannot do: " + "; ".join(dict.fromkeys(said)))


def refuse_others() -> None:
    """`PrintError` where another WeasyPrint is installed than the one whose private names are used."""
    found = version("weasyprint")
    if found != joint.WRITTEN_FOR:
        raise PrintError(
            f"pages are made with WeasyPrint {joint.WRITTEN_FOR} only, and {found} is installed\n"
            f"    hint: make setup installs the right one, and so does pip install weasyprint=={joint.WRITTEN_FOR}"
        )


@contextmanager
def complaints() -> Iterator[list[str]]:
    """Collects what WeasyPrint logs as a warning or worse; `PrintError` if a font cannot be subset."""
    said: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    handler, propagate = Collector(level=logging.WARNING), logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield said
    except SubsetError as error:
        raise PrintError(str(error)) from error
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def _shut_fonts_in(fonts: Path, cache: Path) -> None:
    """Give fontconfig a configuration that knows only the type case, before it is first asked."""
    # Fontconfig does not notice a font that is overwritten in place: another type case, another index.
    stamp = hashlib.sha256((fonts / "fonts.toml").read_bytes()).hexdigest()[:16]
    folder = cache / "fontconfig" / stamp
    folder.mkdir(parents=True, exist_ok=True)
    text = _CONFIGURATION.format(fonts=escape(str(fonts.resolve())), cache=escape(str(folder.resolve())))
    file = folder / "fonts.conf"
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(file.resolve())


def _fetcher(pictures: Mapping[str, Picture]) -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Shelf(URLFetcher):  # type: ignore[misc]
        """Gives out the book's own pictures by name; any other address stops the printing."""

        def fetch(self, url: str, headers: object = None) -> object:
            if found := _EMBEDDED.fullmatch(url):
                return URLFetcherResponse(url, base64.b64decode(unquote(found[2])), {"Content-Type": found[1]})
            picture = pictures.get(url.removeprefix(f"{_BASE}images/"))
            if picture is None:
                raise FatalURLFetchingError(f"a book may not load “{url[:80]}”")
            return URLFetcherResponse(url, picture.read(), {"Content-Type": picture.media_type})

    return Shelf()
