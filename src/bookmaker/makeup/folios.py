"""What is printed as a page's number, which is what a reader's program calls the page (ISO 32000-1 §12.4.2)."""

from collections.abc import Sequence

from bookmaker.makeup.book import Labels
from bookmaker.makeup.values import text_string
from bookmaker.volume.numerals import roman_number


def folios_of(labels: Sequence[Labels], pages: int) -> tuple[str, ...]:
    """The label of each page; none before the first range."""
    found = [""] * pages
    for at, row in enumerate(labels):
        end = labels[at + 1].page if at + 1 < len(labels) else pages
        for page in range(row.page, min(end, pages)):
            found[page] = row.prefix + _number(row.style, page - row.page + 1)
    return tuple(found)


def page_labels(labels: Sequence[Labels]) -> str:
    """The catalog's `/PageLabels`; the first range has to begin with the first page."""
    rows = labels if labels and labels[0].page == 0 else (Labels(0, ""), *labels)
    return f"<</Nums[{''.join(map(_row, rows))}]>>"


def _row(row: Labels) -> str:
    style = f"/S/{row.style}" if row.style else ""
    prefix = f"/P{text_string(row.prefix)}" if row.prefix else ""
    return f"{row.page}<<{style}{prefix}>>"


def _number(style: str, number: int) -> str:
    if not style:
        return ""
    return roman_number(number) if style == "r" else str(number)
