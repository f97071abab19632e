"""A run of several sections taken apart: each with its own sheets, so that it can stand anywhere in the book."""

from collections.abc import Sequence
from dataclasses import replace

from bookmaker.makeup.model import Area, Element, Mark, Run


def split_run(run: Run, ids: Sequence[str]) -> list[Run]:
    """A run for each section, in order; `ids` are their anchors. Blank sheets between them are left out.

    Every section begins on a sheet of its own, and stands in the run as one element or several.
    """
    places = {anchor.id: anchor.sheet for anchor in run.anchors}
    starts = [places[each] for each in ids]
    ends = [*starts[1:], len(run.sheets)]
    return [_part(run, start, _last_shown(run, start, end)) for start, end in zip(starts, ends, strict=True)]


def _last_shown(run: Run, start: int, end: int) -> int:
    while end > start + 1 and not run.sheets[end - 1].content:
        end -= 1
    return end


def _part(run: Run, start: int, end: int) -> Run:
    known: dict[int, Element] = {}
    elements = tuple(new for each in run.elements if (new := _moved(each, start, end, known)) is not None)
    sheets = tuple(
        replace(sheet, owners=tuple(known[id(owner)] for owner in sheet.owners)) for sheet in run.sheets[start:end]
    )
    return Run(
        sheets,
        elements,
        tuple(replace(each, sheet=each.sheet - start) for each in run.anchors if start <= each.sheet < end),
        tuple(replace(each, sheet=each.sheet - start) for each in run.bookmarks if start <= each.sheet < end),
        run.glyphs,
        tuple(replace(line, page=line.page - start) for line in run.lines if start < line.page <= end),
    )


def _moved(element: Element, start: int, end: int, known: dict[int, Element]) -> Element | None:
    """The element without what stands on other sheets, if anything is left; `known` learns what became of it."""
    kids: list[Element | Mark | Area] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            inner = _moved(kid, start, end, known)
            if inner is not None:
                kids.append(inner)
        elif start <= kid.sheet < end:
            kids.append(replace(kid, sheet=kid.sheet - start))
    if not kids:
        return None
    made = known[id(element)] = replace(element, kids=kids)
    return made
