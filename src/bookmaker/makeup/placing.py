"""Pages of sections that run on: `composition/paging.py` asked in its own terms."""

from collections.abc import Sequence
from math import ceil

from bookmaker.composition.paging import Flow, Length, Page, PageCosts, break_pages
from bookmaker.makeup.parts import Block, SetSection


def place_sections(
    sections: Sequence[SetSection],
    *,
    lines: int,
    leading: float,
    above_notes: float,
    costs: PageCosts,
    recto: bool,
) -> list[Page]:
    """The pages of a run, blocks and notes counted through it; `above_notes` is what stands above notes, in pt."""
    notes = [note for section in sections for note in section.notes]
    note_leading = max((note.leading for note in notes), default=leading)

    def room(count: int) -> int:
        return ceil((above_notes + count * note_leading - 0.01) / leading) if count else 0

    flow: list[Flow] = []
    begun = 0
    for section in sections:
        flow += [_flow(block, begun) for block in section.blocks]
        begun += len(section.notes)
    return break_pages(flow, [len(note.rows) for note in notes], lines, room, costs, recto=recto)


def _flow(block: Block, begun: int) -> Flow:
    """The block as page breaking sees it, behind so many notes of the sections before."""
    return Flow(
        lengths=tuple(
            Length(len(form.rows), form.cost, tuple((row, begun + note) for row, note in form.calls))
            for form in block.forms
        ),
        space=block.space,
        head=len(block.head),
        first=block.first,
        last=block.last,
        opens=block.opens,
        keep=block.keep,
        cuts=block.cuts,
        again=len(block.again),
        movable=block.movable,
    )
