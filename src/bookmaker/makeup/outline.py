"""The outline of a book (ISO 32000-1 §12.3.3): its bookmarks, one in another as their levels say, all open."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bookmaker.makeup.book import Book
from bookmaker.makeup.model import Bookmark
from bookmaker.makeup.objects import Objects
from bookmaker.makeup.places import Places
from bookmaker.makeup.values import reference, text_string


@dataclass(slots=True)
class _Item:
    """A bookmark, its page of the book, the number of its object, and what is below it; the root has no bookmark."""

    number: int
    bookmark: Bookmark | None = None
    page: int = 0
    below: "list[_Item]" = field(default_factory=list)

    def count(self) -> int:
        """How many entries are below it, however deep: what `/Count` says of an open one."""
        return sum(1 + item.count() for item in self.below)

    def ends(self) -> str:
        if not self.below:
            return ""
        first, last = reference(self.below[0].number), reference(self.below[-1].number)
        return f"/First {first}/Last {last}/Count {self.count()}"


def write_outline(objects: Objects, book: Book, places: Places) -> int | None:
    """The number of the outline; `None` for a book without bookmarks."""
    root = _nested(objects, book)
    if not root.below:
        return None
    objects.put(f"<</Type/Outlines{root.ends()}>>", root.number)
    _write_below(objects, root, places)
    return root.number


def _nested(objects: Objects, book: Book) -> _Item:
    """Each under the last one before it that is less deep; a level that is left out makes no empty entry."""
    root = _Item(objects.number())
    open_: list[tuple[int, _Item]] = [(0, root)]
    for bookmark, page in _bookmarks(book):
        while len(open_) > 1 and open_[-1][0] >= bookmark.level:
            open_.pop()
        item = _Item(objects.number(), bookmark, page)
        open_[-1][1].below.append(item)
        open_.append((bookmark.level, item))
    return root


def _bookmarks(book: Book) -> Iterator[tuple[Bookmark, int]]:
    for placed in book.placed:
        for bookmark in placed.run.bookmarks:
            yield bookmark, placed.page + bookmark.sheet


def _write_below(objects: Objects, parent: _Item, places: Places) -> None:
    for at, item in enumerate(parent.below):
        if item.bookmark is None:
            continue
        beside = f"/Prev {reference(parent.below[at - 1].number)}" if at else ""
        if at + 1 < len(parent.below):
            beside += f"/Next {reference(parent.below[at + 1].number)}"
        objects.put(
            f"<</Title{text_string(item.bookmark.title)}/Parent {reference(parent.number)}"
            f"/Dest{places.spot(item.page, item.bookmark.top)}{beside}{item.ends()}>>",
            item.number,
        )
        _write_below(objects, item, places)
