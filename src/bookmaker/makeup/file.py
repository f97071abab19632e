"""From runs to the PDF file: PDF 1.7, tagged, PDF/UA-1 (ISO 14289-1), the same bytes for the same book.

A page has two streams: what its sheet shows, and its running head and folio, which alone change when a page moves.
"""

from collections.abc import Sequence

from bookmaker.makeup.about import write_information, write_metadata
from bookmaker.makeup.book import Book
from bookmaker.makeup.cidfonts import join_glyphs, write_fonts
from bookmaker.makeup.faces import Face
from bookmaker.makeup.folios import page_labels
from bookmaker.makeup.kept import Kept
from bookmaker.makeup.links import write_links
from bookmaker.makeup.model import Glyphs, Sheet, Value
from bookmaker.makeup.objects import Objects
from bookmaker.makeup.outline import write_outline
from bookmaker.makeup.places import Places, fill
from bookmaker.makeup.structure import StructureTree
from bookmaker.makeup.values import ValueWriter, array, figure, reference, text_string

#: §14.8.2.2: not read out, for it belongs to the page and not to the text.
_HEAD_BEGINS, _HEAD_ENDS = b"/Artifact<</Type/Pagination>>BDC\n", b"\nEMC"


def write_book(book: Book, faces: Sequence[Face], kept: Kept | None = None) -> bytes:
    """The file. `faces` are those of the type case, each at the index that is its number.

    `kept` is what the last writing of the book left, and is left for the next. `PlaceError` if a link or a reference
    leads nowhere; `ValueError` if two sheets would be one page.
    """
    kept = kept or Kept(remembers=False)
    kept.begin()
    return _Writing(book, faces, kept).file()


class _Writing:
    """One file as it is written."""

    def __init__(self, book: Book, faces: Sequence[Face], kept: Kept) -> None:
        self._book, self._faces, self._kept = book, faces, kept
        self._objects = Objects(kept)
        self._pages = self._objects.numbers(len(book.heads))
        self._parent, self._fonts = self._objects.numbers(2)
        self._values = ValueWriter(self._objects, self._fonts)
        self._resources: dict[str, int] = {}
        self._places = Places(book, self._pages)
        #: The glyphs of folios in the text.
        self._figures: Glyphs = {}

    def file(self) -> bytes:
        sheets = self._sheets()
        tree = StructureTree(self._objects, self._pages)
        for placed in self._book.placed:
            tree.add(placed)
        annotations = write_links(self._objects, tree.links, self._places)
        for page, sheet in enumerate(sheets):
            self._write_page(page, sheet, annotations.get(page, []))
        self._write_shared()
        root = self._write_catalog(tree.finish())
        self._places.check()
        return self._objects.finish(root, write_information(self._objects, self._book.about))

    def _sheets(self) -> list[Sheet | None]:
        """The sheet of each page; none on a blank one."""
        sheets: list[Sheet | None] = [None] * len(self._pages)
        for placed in self._book.placed:
            for page, sheet in enumerate(placed.run.sheets, placed.page):
                if page >= len(sheets) or sheets[page] is not None:
                    raise ValueError(f"there is no room for a sheet on page {page} of {len(sheets)}")
                sheets[page] = sheet
        return sheets

    def _write_page(self, page: int, sheet: Sheet | None, annotations: list[str]) -> None:
        width, height = (sheet.width, sheet.height) if sheet else self._book.blank
        entries = f"/MediaBox[0 0 {figure(width)} {figure(height)}]/Resources {reference(self._resource(sheet))}"
        if contents := self._contents(sheet, self._book.heads[page]):
            entries += f"/Contents{array(contents)}"
        if sheet and sheet.owners:
            entries += f"/StructParents {page}"
        if annotations:
            # ISO 14289-1 §7.18.3: the tab key follows the structure.
            entries += f"/Tabs/S/Annots{array(annotations)}"
        self._objects.put(f"<</Type/Page/Parent {reference(self._parent)}{entries}>>", self._pages[page])

    def _contents(self, sheet: Sheet | None, head: bytes) -> list[str]:
        """The streams of a page: the sheet's, which leaves the graphics state as it was, and the head's."""
        streams = []
        if sheet and sheet.content:
            filled = fill(sheet.content, self._places, self._faces, self._figures)
            streams.append(self._kept.packed(b"q\n", *filled, b"\nQ"))
        if head:
            streams.append(self._kept.packed(_HEAD_BEGINS, head, _HEAD_ENDS))
        return [reference(self._objects.packed(stream)) for stream in streams]

    def _resource(self, sheet: Sheet | None) -> int:
        """The resources of a page; the same object for all that are equal."""
        named: dict[str, Value] = {kind: dict(values) for kind, values in sheet.resources.items()} if sheet else {}
        text = self._values.write({"Font": reference(self._fonts), **named})
        if text not in self._resources:
            self._resources[text] = self._objects.put(text)
        return self._resources[text]

    def _write_shared(self) -> None:
        """The fonts, after all glyphs are known, and the root of the pages."""
        book = self._book
        used = join_glyphs([placed.run.glyphs for placed in book.placed] + [self._figures, book.head_glyphs])
        self._objects.put(write_fonts(self._objects, self._faces, used, self._kept), self._fonts)
        pages = array(map(reference, self._pages))
        self._objects.put(f"<</Type/Pages/Count {len(self._pages)}/Kids{pages}>>", self._parent)

    def _write_catalog(self, structure: int) -> int:
        about, outline = self._book.about, write_outline(self._objects, self._book, self._places)
        return self._objects.put(
            f"<</Type/Catalog/Pages {reference(self._parent)}/Lang{text_string(about.language)}"
            f"/MarkInfo<</Marked true>>/StructTreeRoot {reference(structure)}"
            f"/Metadata {reference(write_metadata(self._objects, about))}/ViewerPreferences<</DisplayDocTitle true>>"
            f"/PageLabels{page_labels(self._book.labels)}/Names<</Dests {reference(self._named_places())}>>"
            + (f"/Outlines {reference(outline)}" if outline else "")
            + ">>"
        )

    def _named_places(self) -> int:
        return self._objects.put(self._places.names())
