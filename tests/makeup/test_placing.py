"""Sections that run on, in pages: blocks and notes counted through, and the room of notes in lines of the grid."""

from __future__ import annotations

from bookmaker.composition.feet import PageCosts
from bookmaker.composition.flow import Page
from bookmaker.makeup.parts import Block, Form, Note, SetSection
from bookmaker.makeup.placing import place_sections


def section(lines: int, *notes: int) -> SetSection:
    """A section of one paragraph, whose first line calls for notes of so many lines."""
    calls = tuple((0, number) for number in range(len(notes)))
    block = Block(0, (), (Form(0.0, ((),) * lines, calls),), first=2, last=2)
    return SetSection((), (block,), tuple(Note(((),) * length, 12.0) for length in notes))


def pages(*sections: SetSection) -> list[Page]:
    return place_sections(
        sections, lines=10, leading=18.0, above_notes=9.0, costs=PageCosts(), recto=True
    )  # fmt: skip


def test_blocks_and_notes_are_counted_through_the_sections() -> None:
    (page,) = pages(section(3, 1), section(2, 1, 1))
    assert [put.block for put in page.puts] == [0, 1]
    assert [put.note for put in page.notes] == [0, 1, 2]


def test_notes_take_whole_lines_of_the_grid_with_what_stands_above_them() -> None:
    # 9 pt and two lines of 12 pt: two lines of 18 pt; with three, three.
    (two,) = pages(section(5, 2))
    (three,) = pages(section(5, 3))
    assert (two.short, three.short) == (3, 2)
