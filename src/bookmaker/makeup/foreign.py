"""Whole sections by WeasyPrint as a run: what the straight way does not set stands in the same file, with its faces.

Lines are composed, notes fall to the foot, and pages are broken as when the whole book is printed so. Running heads
and folios are left to whoever puts the book together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bookmaker.composition.laid import laid_lines
from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley, Medium, Section
from bookmaker.makeup.bare import Beginning, bare_pages, draw
from bookmaker.makeup.harvest import Harvest, stream_data
from bookmaker.makeup.lent import Lent
from bookmaker.makeup.model import Anchor, Bookmark, Element, Run, Sheet
from bookmaker.makeup.pointers import ids_asked_for, with_written_folios, write_folios
from bookmaker.makeup.tagged import POINT, Tags
from bookmaker.pdf.engine import PrintError, render
from bookmaker.pdf.pages import bound_html, section_tree


def folios_asked_for(galley: Galley, sections: Sequence[Section], css: str) -> tuple[str, ...]:
    """The ids of the places whose page numbers these sections print by a style sheet, in reading order."""
    return ids_asked_for([section_tree(section, galley) for section in sections], css)


def print_sections(
    galley: Galley,
    sections: Sequence[Section],
    css: str,
    case: TypeCase,
    cache: Path,
    *,
    folios: Mapping[str, str],
    recto: bool = True,
    number: int = 1,
) -> Run:
    """Sections that follow each other as a run, laid out and drawn by WeasyPrint; `css` is the book's (`print_css`).

    `folios` holds what is printed as page number of every place in `folios_asked_for`. The run begins on a right-hand
    page if `recto`, whose number is `number` (for a style sheet that prints `counter(page)` in the text). Where a
    section asks for the other side, the sheet before it is blank: without content and style. `PrintError` as in
    printing, and for a folio that is not given.
    """
    trees = [section_tree(section, galley) for section in sections]
    missing = [name for name in ids_asked_for(trees, css) if name not in folios]
    if missing:
        raise PrintError(f"the numbers of the pages of {', '.join(missing)} are not known")
    for tree in trees:
        write_folios(tree, css, folios)
    opens = sections[0] == galley.sections_for(Medium.PDF)[0]
    pictures = {picture.name: picture for picture in galley.pictures}
    with bare_pages(Beginning(recto, number, opens)):
        html, sheet = bound_html(galley, trees), with_written_folios(css)
        document = render(html, sheet, pictures, case, cache, galley.layout.lines)
    return _run(document, case, recto, sections[0].id)


def _run(document: Any, case: TypeCase, recto: bool, name: str) -> Run:
    lent = Lent(case)
    pdf = draw(document, lent)
    # The first section asked for the other side.
    first = int((_type_of(document.pages[0]).side == "right") != recto)
    heights = [page.height * POINT for page in (*document.pages[:first], *document.pages)]
    tags = Tags(pdf, heights, first, _words_of_links(document), name)
    sheets = tuple(_sheets(document, pdf, tags.owners[first:]))
    blank = (replace(sheets[0], content=(), owners=(), style="", first={}, last={}, resources={}),) * first
    lines = tuple(replace(line, page=line.page + first) for line in laid_lines(document))
    anchors, bookmarks = _places(document, first)
    return Run(blank + sheets, tuple(tags.elements), anchors, bookmarks, lent.glyphs, lines)


def _type_of(page: Any) -> Any:
    return page._page_box.page_type


def _words_of_links(document: Any) -> dict[int, str]:
    """The text of every link; of a picture what stands for it."""
    return {
        box.link_annotation.number: _words(box.element) or target
        for page in document.pages
        for kind, target, _, box in page.links
        if kind in ("internal", "external")
    }


def _words(element: Any) -> str:
    said = "".join(element.itertext()) or "".join(image.get("alt", "") for image in element.iter("img"))
    return " ".join(said.split())


def _sheets(document: Any, pdf: Any, owners: Sequence[Mapping[int, Element]]) -> Iterator[Sheet]:
    harvest = Harvest(pdf)
    for page, reference, own in zip(document.pages, pdf.page_references, owners, strict=True):
        made = harvest.resolve(reference)
        stream = harvest.resolve(made["Contents"])
        strings = _named_strings(page)
        kind = _type_of(page)
        # A blank page may have a background.
        is_bare = kind.blank and b"BMC" not in stream.stream
        content = b"" if is_bare else b"q\n" + stream_data(stream) + b"\nQ"
        yield Sheet(
            page.width * POINT,
            page.height * POINT,
            (content,) if content else (),
            tuple(own[number] for number in range(len(own))),
            "" if kind.blank else kind.name or "",
            {name: values[0] for name, values in strings.items()},
            {name: values[-1] for name, values in strings.items()},
            harvest.resources(harvest.resolve(made["Resources"]), content),
        )


def _named_strings(page: Any) -> dict[str, list[str]]:
    """Every value that a named string gets on a page, in order (CSS GCPM 3 §1.1)."""
    found: dict[str, list[str]] = {}
    for box in page._page_box.descendants():
        if box.string_set and box.string_set != "none":
            for name, value in box.string_set:
                found.setdefault(name, []).append(value)
    return found


def _places(document: Any, first: int) -> tuple[tuple[Anchor, ...], tuple[Bookmark, ...]]:
    """What can be pointed at, each id where it is met first, and what goes into the outline."""
    anchors: dict[str, Anchor] = {}
    bookmarks = []
    for sheet, page in enumerate(document.pages, first):
        for name, (_, top, *_) in page.anchors.items():
            anchors.setdefault(name, Anchor(name, sheet, (page.height - top) * POINT))
        for level, label, (_, top), _ in page.bookmarks:
            bookmarks.append(Bookmark(level, label, sheet, (page.height - top) * POINT))
    return tuple(anchors.values()), tuple(bookmarks)
