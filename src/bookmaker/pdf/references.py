"""Page numbers in the text, as in the contents: known after one pass, printed in the second.

Written for WeasyPrint 70, which lays a page with a `target-counter()` in it out four times. It fills the number in at
the end of that page, when later pages have none yet, and does so again whenever the number of all pages has changed,
because it takes what is missing at the target for missing on the page itself (`content_to_boxes` uses one name for
both lists). Here the numbers are filled in once all pages are there, and only pages on which one changed are laid out
again. A book that asks for the number of its pages (`counter(pages)`) goes the old way.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from bookmaker.composition.joint import WRITTEN_FOR


def install() -> bool:
    """Settle page numbers so from now on; False if WeasyPrint is not the version this was written for."""
    import weasyprint
    from weasyprint import layout

    if weasyprint.__version__ != WRITTEN_FOR:
        return False
    if hasattr(layout, "references_of_bookmaker"):
        return True
    layout.references_of_bookmaker = True
    old = layout.make_all_pages

    def make_all_pages(context: Any, root_box: Any, html: Any, pages: Any) -> Iterator[Any]:
        collector = context.target_collector
        items = collector.counter_lookup_items
        if not isinstance(items, _References) and not any(map(_counts_pages, items.values())):
            items = collector.counter_lookup_items = _References(items, context)
        yield from old(context, root_box, html, pages)
        if isinstance(items, _References):
            items.settle()

    layout.make_all_pages = make_all_pages
    return True


class _References(dict[tuple[Any, str], Any]):
    """WeasyPrint's register of what has counters in it; it asks for every such box it finds on a page."""

    def __init__(self, items: dict[tuple[Any, str], Any], context: Any) -> None:
        super().__init__(items)
        self._context = context
        self._others = [(key, item) for key, item in items.items() if key[1] != "content"]

    def get(self, key: tuple[Any, str], default: Any = None) -> Any:
        """Note which page the box is on, and keep WeasyPrint from filling it in."""
        if key in self:
            *_, state = self._context.page_maker[self._context.current_page - 1]
            state["content_lookups"].append(key)
        return default

    def items(self) -> Any:
        """Running heads and bookmarks: those WeasyPrint fills in itself, when all is done."""
        return self._others

    def settle(self) -> None:
        """Fill the numbers in; a page on which one is another than before is laid out again."""
        seen = set()
        makers = self._context.page_maker
        for (*_, state), following in pairwise(makers):
            for key in state["content_lookups"]:
                if key in seen:
                    continue
                seen.add(key)  # where a text runs on to the next page, it is the first that counts
                before = _text(key[0])
                self[key].parse_again(following[3][1])
                if _text(key[0]) != before:
                    state["content_changed"] = True


def _counts_pages(item: Any) -> bool:
    missing = [item.missing_counters, *item.missing_target_counters.values()]
    return any("pages" in names for names in missing)


def _text(box: Any) -> str:
    return "".join(child.text for child in box.descendants() if hasattr(child, "text"))
