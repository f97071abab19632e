"""Every edition passes the programs a library, a shop or a printer would put it to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bookmaker.script.scripts import Script
from tests.gates import Finding
from tests.gates.poppler import fonts_of
from tests.whole.conftest import Library


@pytest.mark.parametrize("script", Script)
def test_the_pdf_is_pdf_ua_1_for_verapdf(
    library: Library, script: Script, verify_pdf: Callable[..., list[Finding]]
) -> None:
    assert verify_pdf(library.pdf(script)) == []


@pytest.mark.parametrize("script", Script)
def test_the_epub_is_clean_for_epubcheck(
    library: Library, script: Script, check_epub: Callable[..., list[Finding]]
) -> None:
    assert check_epub(library.epub(script)) == []


@pytest.mark.parametrize("script", Script)
def test_every_font_of_the_pdf_is_embedded_subset_and_readable(library: Library, script: Script) -> None:
    fonts = fonts_of(library.pdf(script))
    assert fonts
    assert all(font.embedded and font.subset and font.unicode for font in fonts)
    assert len({font.name for font in fonts}) == len(fonts), "a face is subset more than once"


@pytest.mark.parametrize(
    ("script", "face"),
    [
        (Script.HANS, "NotoSerifSC-Regular"),
        (Script.HANT_TW, "NotoSerifTC-Regular"),
        (Script.HANT_HK, "NotoSerifHK-Regular"),
    ],
)
def test_each_script_is_set_in_its_own_forms(library: Library, script: Script, face: str) -> None:
    names = {font.name for font in fonts_of(library.pdf(script))}
    assert face in names
    assert not names - {
        *("NotoSerifSC-Regular", "NotoSerifSC-Bold", "NotoSansSC-Bold", "LXGWWenKai-Regular"),
        *("NotoSerifTC-Regular", "NotoSerifTC-Bold", "NotoSansTC-Bold"),
        *("NotoSerifHK-Regular", "NotoSerifHK-Bold", "NotoSansHK-Bold"),
        *("BookmakerSerif-Regular", "BookmakerSerif-Bold", "BookmakerSans-Bold"),
    }
