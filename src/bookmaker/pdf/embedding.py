"""Fonts are subset for the PDF by `subset.py` and not by WeasyPrint.

Written for WeasyPrint 70, which asks the system's libharfbuzz-subset, or without it fontTools, which takes seconds.
HarfBuzz 6 (Debian 12) cannot subset a face with more than some 950 characters of LXGW WenKai (harfbuzz#3959), so that
a book with many quotations was not printed. What WeasyPrint does with the subset, such as fixing a variable font at
its weight, stays its own affair.
"""

from collections.abc import Collection
from typing import Any

import uharfbuzz

from bookmaker.composition.joint import WRITTEN_FOR
from bookmaker.pdf.subset import SubsetError, subset_face


def install() -> bool:
    """Subset fonts here from now on; False if WeasyPrint is not the version this was written for."""
    import weasyprint
    from weasyprint.pdf import fonts

    if weasyprint.__version__ != WRITTEN_FOR:
        return False
    fonts.Font.subset = _subset
    return True


def _subset(font: Any, to_unicode: Collection[int], hinting: bool) -> None:
    """Keep the glyphs that text was found for; all of them if there is none, as in a form."""
    if not to_unicode:
        return
    face = uharfbuzz.Face(uharfbuzz.Blob(font.file_content), font.index)
    try:
        font.file_content = subset_face(face, to_unicode)
    except SubsetError as error:
        raise SubsetError(f"the font “{font.family}” cannot be put into the PDF: {error}") from error
