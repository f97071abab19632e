"""A book with many quotations: more different characters of kai than an old HarfBuzz can subset (harfbuzz#3959)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from ctypes import byref, c_int, create_string_buffer
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from bookmaker.content.body import plain_text
from bookmaker.makeup.printing import print_pdf
from bookmaker.press import make_galley
from bookmaker.script.scripts import Script
from tests.gates import Finding
from tests.gates.poppler import fonts_of, page_texts
from tests.projects import PLAN, article, lay_project
from tests.test_type_case import writable

#: Every third character of GB 2312, of both levels.
QUOTED = "".join(sorted(writable("gb2312")))[::3]

Book = tuple[Path, str]


def _quotation() -> str:
    """Paragraphs of a hundred characters with a comma after every tenth."""
    clauses = [QUOTED[at : at + 10] for at in range(0, len(QUOTED), 10)]
    paragraphs = ("，".join(clauses[at : at + 10]) + "。" for at in range(0, len(clauses), 10))
    return "\n>\n".join(f"> {paragraph}" for paragraph in paragraphs)


@pytest.fixture(scope="module", params=Script, ids=str)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The book in one script, and the Chinese characters of its quotation."""
    folder = tmp_path_factory.mktemp("quotations")
    body = f"有人说了下面这些话。\n\n{_quotation()}"
    project = lay_project(folder, files={"content/articles/bridge.md": article(body)})
    galley, case = make_galley(project, project.root / PLAN, request.param)
    whole = "".join(section.xhtml for section in galley.sections)
    quotations = re.findall(r"<blockquote.*?</blockquote>", whole, re.DOTALL)
    words = re.sub(r"[\s，。]", "", plain_text("".join(quotations)))
    pdf = folder / "quotations.pdf"
    pdf.write_bytes(print_pdf(galley, case, folder / "cache").data)
    return pdf, words


def _printed(pdf: Path) -> dict[str, set[str]]:
    """The characters that each face prints, by the face's name."""
    found: dict[str, set[str]] = defaultdict(set)
    name, flags = create_string_buffer(100), c_int()
    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                pdfium.FPDFText_GetFontInfo(text, index, name, len(name), byref(flags))
                found[name.value.decode()].add(chr(pdfium.FPDFText_GetUnicode(text, index)))
    return found


def test_two_thousand_characters_of_kai_are_printed_and_can_be_read_back(book: Book) -> None:
    pdf, words = book
    assert len(set(words)) > 2000
    assert set(words) <= set("".join(page_texts(pdf)))


def test_every_quoted_character_is_set_in_kai(book: Book) -> None:
    pdf, words = book
    printed = _printed(pdf)
    kai = next(name for name in printed if "WenKai" in name)
    assert set(words) <= printed[kai]


def test_kai_is_embedded_once(book: Book) -> None:
    (kai,) = (font for font in fonts_of(book[0]) if "WenKai" in font.name)
    assert kai.embedded
    assert kai.subset
    assert kai.unicode


def test_the_book_is_pdf_ua_1_for_verapdf(book: Book, verify_pdf: Callable[..., list[Finding]]) -> None:
    assert verify_pdf(book[0]) == []
