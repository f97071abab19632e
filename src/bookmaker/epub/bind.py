"""Bind: a Galley becomes one EPUB 3.3 file. EbookLib writes the package; every page in it is ours.

EbookLib's own EpubHtml, EpubNav and cover page are not used: they parse pages again as HTML, which puts
spaces between Chinese characters and breaks drawings, and they speak English (EbookLib 0.20).
"""

import io
from collections.abc import Iterable

from ebooklib import epub

from bookmaker.epub.archive import seal
from bookmaker.epub.contents import contents_of, first_of_body, landmarks_of, nav_page, ncx_of
from bookmaker.epub.faces import Face, cut_faces
from bookmaker.epub.metadata import describe, modified
from bookmaker.epub.pages import COVER_IMAGE, STYLE_SHEET, BindingError, Page, set_pages
from bookmaker.epub.style import style_sheet
from bookmaker.epub.voices import Choir, read_voices
from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley, Medium
from bookmaker.store import Store

_XHTML = "application/xhtml+xml"
_COVER_ID = "cover-image"


def bind_epub(galley: Galley, case: TypeCase, cover: bytes, store: Store | None = None) -> bytes:
    """The EPUB of a galley; `cover` is the PNG of its cover, 1600 × 2560 pixels. `store` holds what served before.

    `BindingError` if a section is ill-formed, a link has no target, or a picture is not in the galley.
    """
    kept = store.bundle("epub", galley.volume.slug, galley.script) if store else None
    voices = read_voices(galley.layout.environment())
    choir = Choir(voices)
    pages = set_pages(galley, choir, kept)
    nav = nav_page(galley, choir, kept)
    faces = cut_faces((*pages, nav), voices, case, galley.script, kept)
    style = style_sheet(galley, case, voices, faces)
    book = epub.EpubBook()
    describe(book, galley)
    _add_cover(book, cover)
    book.add_item(epub.EpubItem("style", STYLE_SHEET, "text/css", style.encode()))
    _add_faces(book, faces)
    _add_pictures(book, galley, pages)
    _add_pages(book, galley, pages, nav)
    sealed = seal(_written(book, galley), galley.script, kept)
    if kept:
        kept.close()
    return sealed


def _add_cover(book: epub.EpubBook, cover: bytes) -> None:
    image = epub.EpubCover(_COVER_ID, COVER_IMAGE)
    image.media_type = "image/png"
    image.content = cover
    book.add_item(image)
    # Readers of EPUB 2 look for it here.
    book.add_metadata(None, "meta", "", {"name": "cover", "content": _COVER_ID})


def _add_faces(book: epub.EpubBook, faces: Iterable[Face]) -> None:
    for number, face in enumerate(faces, 1):
        book.add_item(epub.EpubItem(f"face-{number}", face.file, "font/ttf", face.data))


def _add_pictures(book: epub.EpubBook, galley: Galley, pages: Iterable[Page]) -> None:
    """The pictures that pages show; one shown in print only stays out."""
    known = {picture.name: picture for picture in galley.pictures}
    shown = set().union(*(set(page.pictures) for page in pages)) - {COVER_IMAGE.removeprefix("images/")}
    if missing := sorted(shown - known.keys()):
        raise BindingError(f"a section shows “images/{missing[0]}”, which the galley does not hold")
    for number, name in enumerate(sorted(shown), 1):
        media_type, data = known[name].media_type, known[name].read()
        book.add_item(epub.EpubItem(f"picture-{number}", f"images/{name}", media_type, data))


def _add_pages(book: epub.EpubBook, galley: Galley, pages: tuple[Page, ...], nav: Page) -> None:
    items = [_page_item(f"page-{number}", page) for number, page in enumerate(pages, 1)]
    contents = _page_item("contents", nav)
    contents.properties = ["nav"]
    for item in (*items, contents, epub.EpubNcx()):
        book.add_item(item)
    front = first_of_body(galley.sections_for(Medium.EPUB))
    book.spine = [*items[:front], contents, *items[front:]]
    book.toc = ncx_of(contents_of(galley))
    book.guide = [{"type": m.guide, "title": m.title, "href": m.file} for m in landmarks_of(galley)]


def _page_item(uid: str, page: Page) -> epub.EpubItem:
    item = epub.EpubItem(uid, page.file, _XHTML, page.xhtml)
    item.properties = list(page.properties)
    return item


def _written(book: epub.EpubBook, galley: Galley) -> bytes:
    written = io.BytesIO()
    options = {
        "mtime": modified(galley),
        "epub3_pages": False,
        "play_order": {"enabled": True, "start_from": 1},
        "raise_exceptions": True,
        "compresslevel": 0,  # `seal` packs
    }
    epub.write_epub(written, book, options)
    return written.getvalue()
