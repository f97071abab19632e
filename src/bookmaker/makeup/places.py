"""Where the places of a book are: on which page and how high, and what number is printed there."""

from collections.abc import Sequence

from bookmaker.makeup.book import Book
from bookmaker.makeup.faces import Face
from bookmaker.makeup.folios import folios_of
from bookmaker.makeup.model import Glyphs, Hole
from bookmaker.makeup.values import figure, reference, string_bytes, text_string


class PlaceError(Exception):
    """Links or references of a book lead to places that are on none of its pages."""


class Places:
    """Every anchor of a book; `pages` are the numbers of the page objects. Of two with one id the first counts."""

    def __init__(self, book: Book, pages: range) -> None:
        self._pages = pages
        self._folios = folios_of(book.labels, len(book.heads))
        self._places: dict[str, tuple[int, float]] = {}
        for placed in book.placed:
            for anchor in placed.run.anchors:
                self._places.setdefault(anchor.id, (placed.page + anchor.sheet, anchor.top))
        self._missing: dict[str, None] = {}

    def destination(self, place: str) -> str:
        """What goes to a place (§12.3.2), the zoom left as it is."""
        return self.spot(*self._find(place))

    def spot(self, page: int, top: float) -> str:
        """What goes to a height on a page."""
        return f"[{reference(self._pages[page])}/XYZ 0 {figure(top)} 0]"

    def folio(self, place: str) -> str:
        """The number printed on the page of a place."""
        return self._folios[self._find(place)[0]]

    def names(self) -> str:
        """The name tree of all places, in one leaf, by which an address from outside finds one (§12.3.2.3)."""
        rows = [text_string(name) + self.destination(name) for name in sorted(self._places, key=string_bytes)]
        return f"<</Names[{''.join(rows)}]>>"

    def check(self) -> None:
        """Raise `PlaceError` if anything was asked for that is nowhere."""
        if self._missing:
            raise PlaceError(f"no page of the book has what is referred to: {', '.join(self._missing)}")

    def _find(self, place: str) -> tuple[int, float]:
        found = self._places.get(place)
        if found is None:
            self._missing[place] = None
            return 0, 0.0
        return found


def fill(content: Sequence[bytes | Hole], places: Places, faces: Sequence[Face], used: Glyphs) -> list[bytes]:
    """The content of a sheet with the folios in its holes; the glyphs that set them are added to `used`."""
    return [part if isinstance(part, bytes) else _figures(part, places, faces, used) for part in content]


def _figures(hole: Hole, places: Places, faces: Sequence[Face], used: Glyphs) -> bytes:
    folio = places.folio(hole.target)
    if hole.face < 0:
        return folio.encode("utf-16-be").hex().upper().encode()
    own = used.setdefault(hole.face, {})
    face = faces[hole.face]
    clusters = face.clusters(folio, hole.features)
    if hole.before:
        clusters[0] = face.widened(clusters[0], before=True, behind=hole.behind and len(clusters) == 1)
    if hole.behind and not (hole.before and len(clusters) == 1):
        clusters[-1] = face.widened(clusters[-1], before=False, behind=True)
    for cluster in clusters:
        own.setdefault(int(cluster.glyphs, 16), cluster.text)
    return "".join(cluster.glyphs for cluster in clusters).encode()
