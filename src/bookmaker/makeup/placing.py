"""Pages of blocks: `composition/paging.py` asked in its own terms."""

from collections.abc import Sequence
from math import ceil

from bookmaker.composition.paging import Flow, Length, Page, PageCosts, break_pages
from bookmaker.makeup.parts import Block, Note


def place_blocks(
    blocks: Sequence[Block],
    notes: Sequence[Note],
    *,
    lines: int,
    leading: float,
    above_notes: float,
    costs: PageCosts,
    recto: bool,
) -> list[Page]:
    """The pages of a run of blocks; `above_notes` is what stands above a page's notes, in pt."""
    note_leading = max((note.leading for note in notes), default=leading)

    def room(count: int) -> int:
        return ceil((above_notes + count * note_leading - 0.01) / leading) if count else 0

    flow = [_flow(block) for block in blocks]
    return break_pages(flow, [len(note.rows) for note in notes], lines, room, costs, recto=recto)


def _flow(block: Block) -> Flow:
    return Flow(
        lengths=tuple(Length(len(form.rows), form.cost, form.calls) for form in block.forms),
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
