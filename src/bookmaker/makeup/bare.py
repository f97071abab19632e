"""WeasyPrint without a book around it: pages that have no margin boxes, drawn into objects that are never written.

Written for WeasyPrint 70, some of whose private functions are exchanged while a run is made: it lays out and draws a
whole document, which begins on the first right-hand page, has its running heads, holds whatever its links lead to,
and embeds its fonts. None of this is so for a run, which is a part of a book.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pydyf

from bookmaker.composition.joint import WRITTEN_FOR
from bookmaker.makeup.lent import Lent
from bookmaker.pdf.engine import PrintError, complaints

#: How far from the book's first page the pages of a run are for a style sheet that counts them.
_FAR = 1000
_SIDES = {"left": False, "verso": False, "right": True, "recto": True}
_OPTIONS = {"pdf_tags": True, "pdf_version": "1.7", "uncompressed_pdf": True}


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a run begins: on a right-hand page or not, with which number (`counter(page)`), and if the book does."""

    recto: bool = True
    number: int = 1
    opens: bool = False


@contextmanager
def bare_pages(beginning: Beginning) -> Iterator[None]:
    """What WeasyPrint lays out meanwhile are the pages of a run.

    If its first section asks for the other side, it begins there: the blank page before it is not made.
    """
    import weasyprint
    from weasyprint import layout
    from weasyprint.layout import page

    if weasyprint.__version__ != WRITTEN_FOR:
        found = weasyprint.__version__
        raise PrintError(f"these pages are made by WeasyPrint {WRITTEN_FOR} only, and {found} is installed")
    first, page_type = layout.initialize_page_maker, page.PageType

    def begin(context: Any, root: Any) -> None:
        first(context, root)
        ((resume, following, _, state, remake),) = context.page_maker
        recto = _wanted_side(root, beginning.recto)
        _, counters, scopes, _ = state
        # The page's own increment is to come.
        counters["page"] = [beginning.number - 1 + (recto != beginning.recto)]
        scopes[-1].add("page")
        context.page_maker[:] = [(resume, following, recto, state, remake)]

    def far_page(side: str, blank: bool, name: str, index: int, groups: Any) -> Any:
        return page_type(side, blank, name, index if beginning.opens else index + _FAR, groups)

    with (
        _exchanged(layout, make_margin_boxes=lambda *_: (), initialize_page_maker=begin),
        _exchanged(page, PageType=far_page),
    ):
        yield


def draw(document: Any, lent: Lent, *, tagged: bool = True) -> Any:
    """The pages of a document as a `pydyf.PDF` with no font in it: they are named as the type case's faces are.

    Every structure element says in `source` which HTML element it was made of. `PrintError` as in printing.
    """
    from weasyprint import DEFAULT_OPTIONS, pdf
    from weasyprint.pdf import stream, tags

    options = {**DEFAULT_OPTIONS, **_OPTIONS, "pdf_tags": tagged}
    with (
        complaints() as said,
        _exchanged(pdf, build_fonts_dictionary=_no_fonts, resolve_links=_all_links),
        _exchanged(stream, Font=lent.font),
        _exchanged(tags, _build_box_tree=_with_sources(tags._build_box_tree)),
    ):
        made = pdf.generate_pdf(document, None, 1, **options)
    if lent.strangers:
        names = ", ".join(sorted(lent.strangers))
        raise PrintError(f"fonts that are not in the type case got into the book: {names}")
    if said:
        raise PrintError("; ".join(dict.fromkeys(said)))
    return made


def _wanted_side(root: Any, otherwise: bool) -> bool:
    """True if the first page is a right-hand one: the side that what begins on it asks for, or else the other."""
    box, recto = root, otherwise
    while box is not None:
        recto = _SIDES.get(box.style["break_before"], recto)
        box = next((child for child in getattr(box, "children", ()) if child.is_in_normal_flow()), None)
    return recto


def _no_fonts(*_: Any) -> Any:
    return pydyf.Dictionary()


def _all_links(pages: Any) -> Iterator[tuple[list[Any], list[Any]]]:
    """The links of each page, wherever they lead; anchors are read from the pages themselves."""
    for page in pages:
        yield page.links, []


def _with_sources(old: Any) -> Any:
    def build_box_tree(box: Any, *rest: Any) -> Iterator[Any]:
        for element in old(box, *rest):
            # What a body yields is its children's.
            if box.element is not None and not hasattr(element, "source"):
                element.source = box.element, box.element_tag
            yield element

    return build_box_tree


@contextmanager
def _exchanged(module: Any, **names: Any) -> Iterator[None]:
    old = {name: getattr(module, name) for name in names}
    try:
        for name, new in names.items():
            setattr(module, name, new)
        yield
    finally:
        for name, new in old.items():
            setattr(module, name, new)
