"""Latin words parted by a hyphen: where, how it looks, and that nobody takes it for a part of the word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from bookmaker.composition import joint
from bookmaker.composition.choices import Choices
from bookmaker.composition.hyphens import hyphens_in
from tests.composition.printing import FLUSH, LONG, Printed
from tests.gates.poppler import page_texts

WORDS = "internationalization of architectural documentation"


def parted(text: str, language: str) -> str:
    places = hyphens_in(text, language)
    return "".join("-" * (at in places) + letter for at, letter in enumerate(text))


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("zh-Hans", "读documentation吧", "读doc-u-men-ta-tion吧"),
        ("en-GB", "documentation", "doc-u-ment-a-tion"),
        ("de", "Schifffahrtsgesellschaft", "Schiff-fahrts-ge-sell-schaft"),
        ("zh-Hant-TW", "over the open area", "over the open area"),  # short words, and two letters at the end
        ("zh-Hans", "naïveties", "naïveties"),
        ("tlh", "documentation", "documentation"),  # Klingon: no patterns
    ],
)
def test_a_word_is_parted_by_the_rules_of_its_language(language: str, text: str, wanted: str) -> None:
    assert parted(text, language) == wanted


@pytest.fixture
def hyphenating(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As with a layout that says `hyphenate = true`."""
    install = joint.install
    monkeypatch.setattr(joint, "install", lambda *_: install(Choices(hyphenate=True)))
    yield
    install()


_PDFIUM = "\ufffe"
BODY = "".join(f"<p>{LONG[:at]}{WORDS}，{LONG[at:]}</p>" for at in range(4, 14))


@pytest.mark.usefixtures("hyphenating")
def test_a_layout_may_have_words_parted(printed: Printed) -> None:
    book = printed(BODY)
    lines = book.planned_lines()
    ends = [line.children[-1] for line in lines if line.children[-1].pango_layout.hyphen is not None]
    assert len(ends) > 3
    assert all(abs(value) < FLUSH for value in book.rag())
    assert max(line.gap for line in book.laid()) < 0.2


def test_a_layout_that_says_nothing_keeps_words_whole(printed: Printed) -> None:
    assert not [line for line in printed(BODY).planned_lines() if line.children[-1].pango_layout.hyphen is not None]


@pytest.mark.usefixtures("hyphenating")
def test_a_hyphen_ends_at_the_measure_and_is_not_copied(printed: Printed, tmp_path: Path) -> None:
    printed(BODY)
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "book.pdf"))
    # pdfium writes U+FFFE for a soft hyphen at a line’s end, poppler the soft hyphen itself.
    assert _PDFIUM in text
    assert text.replace(_PDFIUM, "").count("documentation") == 10
    assert "-" not in text and "‐" not in text
    poppler = "".join(page_texts(tmp_path / "book.pdf"))
    assert "-" not in poppler and "‐" not in poppler
    assert re.sub(r"\xad\s", "", poppler).count("documentation") == 10


@pytest.mark.usefixtures("hyphenating")
def test_a_typed_hyphen_is_still_one(printed: Printed, tmp_path: Path) -> None:
    printed(f"{BODY}<p>well-known A-B，{LONG}</p>")
    assert "well-known A-B" in "".join(page_texts(tmp_path / "book.pdf"))


@pytest.mark.usefixtures("hyphenating")
def test_the_hyphen_says_that_it_is_soft(printed: Printed, tmp_path: Path) -> None:
    """ISO 32000-1 §14.8.2.2.3 by way of §14.9.4."""
    printed(BODY)
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        spans = [
            operands[1] for page in pdf.pages for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and str(operands[0]) == "/Span" and "/ActualText" in operands[1]
        ]  # fmt: skip
    assert spans
    assert {str(span.ActualText) for span in spans} == {"\xad"}


# ---------------------------------------------------------------- signs of the author

LONG_WORD = "Donau|dampf|schiffahrts|gesell|schaft"


@pytest.mark.parametrize(("sign", "drawn"), [("\xad", True), ("\u200b", False)], ids=["soft hyphen", "no width"])
def test_a_word_is_parted_where_its_author_says(sign: str, drawn: bool, printed: Printed) -> None:
    word = LONG_WORD.replace("|", sign)
    for at in range(4, 14):
        book = printed(f'<p style="hyphens: manual">{LONG[:at]}{word}，{LONG[at:]}</p>')
        assert len(book.planned_lines()) == len(list(book.lines()))
        assert all(abs(value) < FLUSH for value in book.rag())
        first, second, *_ = (line.text for line in book.laid())
        cut = (first + second).replace(LONG_WORD.replace("|", ""), "")
        assert len(cut) < len(first + second), "no letter may be lost"
        pieces = [line.children[-1].pango_layout for line in book.planned_lines()]
        ends = [piece for piece in pieces if piece.text.endswith(("Donau", "dampf", "schiffahrts", "gesell"))]
        assert all((piece.hyphen is not None) == drawn for piece in ends)
        assert ends or at > 12


def test_signs_that_part_nothing_are_not_seen(printed: Printed) -> None:
    book = printed(f'<p style="hyphens: manual">\xad甲\u200b乙\xad<b>\u200b丙丁\xad</b>\xad，{LONG}</p>')
    assert "".join(line.text for line in book.laid()) == f"甲乙丙丁，{LONG}"
    assert all(abs(value) < FLUSH for value in book.rag())
