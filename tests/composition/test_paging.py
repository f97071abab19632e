"""Page breaks: nothing is lost, nothing parted that belongs together, and no other pages are cheaper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from time import process_time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bookmaker.composition.feet import Side
from bookmaker.composition.noteroom import NoteRoom
from bookmaker.composition.paging import Flow, Length, Page, PageCosts, Put, _Search, break_pages
from tests.composition.chapters import Chapters, good_feet, room
from tests.composition.every_page import EveryPage

COSTS = PageCosts()
QUIET = PageCosts(gaps=False)
STILL = PageCosts(gaps=False, lengths=False)


# Flows


@st.composite
def flows(draw: st.DrawFn, most: int = 12, longest: int = 9, notes: bool = True) -> tuple[list[Flow], list[int]]:
    """Blocks of every kind, and the lengths of their notes."""
    flow: list[Flow] = []
    lengths: list[int] = []
    for _ in range(draw(st.integers(1, most))):
        kinds = ["text"] * 5 + ["head", "article", "table", "whole", "figure", "page", "kept"]
        flow.append(draw(block(draw(st.sampled_from(kinds)), longest)))
        if notes and draw(st.integers(0, 3)) == 0 and not flow[-1].movable:
            row = draw(st.integers(0, min(length.lines for length in flow[-1].lengths) - 1))
            calls = ((row, len(lengths)),)
            flow[-1] = replace(flow[-1], lengths=tuple(replace(each, calls=calls) for each in flow[-1].lengths))
            lengths.append(draw(st.integers(1, longest)))
    return flow, lengths


@st.composite
def block(draw: st.DrawFn, kind: str, longest: int) -> Flow:
    lines = draw(st.integers(1, longest))
    if kind == "figure":
        return Flow((Length(lines),), draw(st.integers(0, 1)), first=lines, last=lines, cuts=(), movable=True)
    if kind == "whole":
        return Flow((Length(lines),), first=lines, last=lines, cuts=())
    if kind == "table":
        cuts = draw(st.lists(st.integers(2, max(2, lines - 1)), unique=True).map(sorted))
        return Flow((Length(lines),), cuts=tuple(cut for cut in cuts if cut < lines), again=draw(st.integers(0, 1)))
    if kind == "kept":
        return Flow((Length(1),), first=1, last=1, keep=True)
    forms = [Length(lines)]
    if lines > 2 and draw(st.booleans()):
        forms.append(Length(lines + draw(st.sampled_from((-1, 1))), draw(st.integers(2, 60))))
    text = Flow(tuple(forms), first=min(2, lines), last=min(2, lines))
    if kind == "head":
        return replace(text, space=1, head=2)
    if kind in ("article", "page"):
        return replace(text, space=2, head=draw(st.integers(1, 3)), opens=kind)
    return text


def stands_high(put: Put, flow: Sequence[Flow]) -> int:
    """How many grid lines something that was put takes."""
    block = flow[put.block]
    return (block.head if put.head else block.again if put.again else 0) + put.last - put.first


# Nothing is lost


HEIGHTS = st.integers(5, 12)


@settings(deadline=None, max_examples=150)
@given(flows(), HEIGHTS, st.booleans())
def test_every_line_stands_once_and_in_order(found: tuple[list[Flow], list[int]], lines: int, recto: bool) -> None:
    flow, notes = found
    pages = break_pages(flow, notes, lines, room, COSTS, recto=recto)
    puts = [put for page in pages for put in page.puts]
    for number, block in enumerate(flow):
        own = [put for put in puts if put.block == number]
        assert [put.first for put in own] == [0, *(put.last for put in own[:-1])]
        assert {put.length for put in own} == {own[0].length}
        assert own[-1].last == block.lengths[own[0].length].lines
        assert [put.head for put in own] == [True] + [False] * (len(own) - 1)
    unmoved = [put.block for put in puts if not flow[put.block].movable]
    assert unmoved == sorted(unmoved)


@settings(deadline=None, max_examples=150)
@given(flows(), HEIGHTS)
def test_every_note_line_stands_once_and_in_order(found: tuple[list[Flow], list[int]], lines: int) -> None:
    flow, notes = found
    pages = break_pages(flow, notes, lines, room, COSTS)
    stands = [(put.note, line) for page in pages for put in page.notes for line in range(put.first, put.last)]
    assert stands == [(note, line) for note, length in enumerate(notes) for line in range(length)]


@settings(deadline=None, max_examples=150)
@given(flows(), HEIGHTS)
def test_no_page_holds_more_than_its_lines(found: tuple[list[Flow], list[int]], lines: int) -> None:
    flow, notes = found
    for page in break_pages(flow, notes, lines, room, COSTS):
        foot = 0
        for put in page.puts:
            assert put.line >= foot
            foot = put.line + stands_high(put, flow)
        noted = room(sum(put.last - put.first for put in page.notes))
        assert foot + noted + page.short == lines


# What belongs together


def begins(pages: Sequence[Page], note: int) -> int:
    return next(n for n, page in enumerate(pages) for put in page.notes if put.note == note)


def calls(pages: Sequence[Page], flow: Sequence[Flow], note: int) -> int:
    """The page on which a note is first called for."""
    return next(
        n
        for n, page in enumerate(pages)
        for put in page.puts
        for row, each in flow[put.block].lengths[put.length].calls
        if each == note and put.first <= row < put.last
    )


@settings(deadline=None, max_examples=200)
@given(flows(longest=6), st.integers(16, 25))
def test_a_note_begins_on_the_page_of_its_call(found: tuple[list[Flow], list[int]], lines: int) -> None:
    flow, notes = found
    pages = break_pages(flow, notes, lines, room, COSTS)
    assert [begins(pages, note) for note in range(len(notes))] == [calls(pages, flow, n) for n in range(len(notes))]


def test_only_the_first_call_of_a_note_takes_room() -> None:
    flow = [Flow((Length(4, calls=((0, 0),)),)), Flow((Length(4, calls=((1, 0), (2, 1))),))]
    pages = break_pages(flow, [3, 2], 5, lambda n: n)
    assert [(put.note, put.last - put.first) for page in pages for put in page.notes] == [(0, 3), (1, 2)]


@settings(deadline=None, max_examples=200)
@given(flows(longest=12), st.integers(16, 25))
def test_two_lines_of_a_note_at_least_stand_on_either_page(found: tuple[list[Flow], list[int]], lines: int) -> None:
    flow, notes = found
    for page in break_pages(flow, notes, lines, room, COSTS):
        for put in page.notes:
            assert put.last - put.first >= min(2, notes[put.note])


@settings(deadline=None, max_examples=200)
@given(flows(longest=12), st.integers(16, 25))
def test_no_page_ends_in_a_widow_or_an_orphan(found: tuple[list[Flow], list[int]], lines: int) -> None:
    flow, notes = found
    assume(not all(block.keep for block in flow))
    for put in (put for page in break_pages(flow, notes, lines, room, COSTS) for put in page.puts):
        block, all_lines = flow[put.block], flow[put.block].lengths[put.length].lines
        if block.cuts is None:
            assert put.first == 0 or all_lines - put.first >= block.last
            assert put.last == all_lines or put.last >= block.first
        else:
            assert put.last == all_lines or put.last in block.cuts
            assert put.again == bool(block.again and put.first)


@settings(deadline=None, max_examples=200)
@given(flows(longest=6), st.integers(16, 25))
def test_a_kept_block_stands_below_the_lines_before_it(found: tuple[list[Flow], list[int]], lines: int) -> None:
    flow, notes = found
    chains = "".join("k" if block.keep else "." for block in flow).split(".")
    assume(max(map(len, chains)) < 5 and not flow[0].keep)
    for page in break_pages(flow, notes, lines, room, COSTS):
        assert not (page.puts and flow[page.puts[0].block].keep)


@settings(deadline=None, max_examples=150)
@given(flows(), HEIGHTS)
def test_what_opens_a_page_stands_at_its_head(found: tuple[list[Flow], list[int]], lines: int) -> None:
    flow, notes = found
    for page in break_pages(flow, notes, lines, room, COSTS):
        for put in page.puts[1:]:
            assert flow[put.block].opens != "page" or not put.head


@settings(deadline=None, max_examples=300)
@given(flows(notes=False), st.integers(14, 25))
def test_a_figure_stays_in_its_article_and_near_its_place(found: tuple[list[Flow], list[int]], lines: int) -> None:
    flow, notes = found
    pages = break_pages(flow, notes, lines, room, COSTS)
    order = list(dict.fromkeys(put.block for page in pages for put in page.puts))
    for figure in (number for number, block in enumerate(flow) if block.movable):
        passed = [n for n in order[: order.index(figure)] if n > figure]
        passed += [n for n in order[order.index(figure) :] if n < figure]
        assert len(passed) <= 3
        assert not [n for n in passed if flow[n].opens or flow[n].head or flow[n].movable]


def test_a_figure_that_does_not_fit_stands_at_the_next_head_and_the_text_goes_on_above() -> None:
    figure = Flow((Length(10),), first=10, last=10, cuts=(), movable=True)
    text = Flow((Length(8),))
    pages = break_pages([Flow((Length(14),), head=2), figure, text, text], [], 20, room)
    assert [(put.block, put.last) for put in pages[0].puts] == [(0, 14), (2, 4)]
    assert pages[1].puts[0].block == 1


# No other pages are cheaper


@settings(deadline=None, max_examples=300)
@given(flows(most=7), st.integers(5, 12), st.booleans(), st.sampled_from((COSTS, QUIET, STILL)))
def test_no_other_pages_are_cheaper(
    found: tuple[list[Flow], list[int]], lines: int, recto: bool, costs: PageCosts
) -> None:
    flow, notes = found
    least = EveryPage(flow, notes, lines, room, costs).cheapest(recto=recto)
    assume(least < inf)
    way = _Search(flow, notes, NoteRoom(lines, room), costs).best(Side.RECTO if recto else Side.VERSO)
    assert abs(way[0] - least) < 1e-6


# Books

#: Seeds on which no cost was chosen.
SEEDS = (31, 32)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("costs", "full", "least"), [(COSTS, False, 0.98), (COSTS, True, 0.98), (QUIET, True, 0.96)])
def test_feet_of_a_book_are_full_or_equal(seed: int, costs: PageCosts, full: bool, least: float) -> None:
    book = Chapters(seed, full=full)
    pages = break_pages(book.flow, book.notes, 25, room, costs, recto=True)
    assert good_feet(pages, recto=True) >= least


@pytest.mark.parametrize("seed", SEEDS)
def test_few_pages_end_short_with_an_article(seed: int) -> None:
    book = Chapters(seed)
    pages = break_pages(book.flow, book.notes, 25, room, COSTS, recto=True)
    opened = sum(block.opens == "page" for block in book.flow)
    assert sum(page.ends and page.short > 0 for page in pages) - opened < 0.1 * len(pages)


@pytest.mark.parametrize("full", [False, True])
def test_a_book_four_times_as_long_takes_four_times_as_long(full: bool) -> None:
    def seconds(articles: int) -> float:
        book = Chapters(5, articles, full=full)
        begin = process_time()
        break_pages(book.flow, book.notes, 25, room, COSTS)
        return process_time() - begin

    assert min(seconds(200) for _ in range(2)) < 8 * min(seconds(50) for _ in range(3))


# Flows that nobody writes


def whole(pages: Sequence[Page], flow: Sequence[Flow], notes: Sequence[int], lines: int) -> bool:
    """Whether every line stands, and no page holds more than it can."""
    stands = sum(put.last - put.first for page in pages for put in page.puts)
    noted = sum(put.last - put.first for page in pages for put in page.notes)
    heights = [sum(stands_high(put, flow) for put in page.puts) for page in pages]
    fits = all(
        height + room(sum(put.last - put.first for put in page.notes)) <= lines
        for height, page in zip(heights, pages, strict=True)
    )
    return fits and stands == sum(block.lengths[0].lines for block in flow) and noted == sum(notes)


def test_a_paragraph_of_ten_thousand_lines_is_set() -> None:
    flow = [Flow((Length(10_000),))]
    pages = break_pages(flow, [], 25, room)
    assert whole(pages, flow, [], 25)
    assert len(pages) == 400


def test_two_pages_that_lack_a_few_lines_are_better_than_one_half_empty() -> None:
    """A table that stays with the lines above it: nobody would leave half of a page white to fill the next."""
    flow = [
        Flow((Length(10),), first=10, last=10),
        Flow((Length(4),)),
        Flow((Length(7),), space=1, keep=True, cuts=()),
        *(Flow((Length(lines),), first=lines, last=lines) for lines in (4, 11, 9, 6)),
    ]
    pages = break_pages(flow, [], 25, room)
    assert [page.short for page in pages[:2]] == [2, 1]


def test_kept_lines_that_no_page_holds_are_parted_at_its_foot() -> None:
    flow = [Flow((Length(1),), first=1, last=1, keep=True)] * 300
    pages = break_pages(flow, [], 25, room)
    assert whole(pages, flow, [], 25)
    assert len(pages) == 12


def test_a_note_of_five_hundred_lines_goes_over_as_many_pages_as_it_takes() -> None:
    flow = [Flow((Length(6, calls=((2, 0),)),)), *[Flow((Length(8),))] * 60]
    pages = break_pages(flow, [500], 25, room)
    assert whole(pages, flow, [500], 25)
    noted = [page for page in pages if page.notes]
    assert all(page.short == 0 for page in noted[:-1])


def test_a_note_may_be_longer_than_the_text_that_is_left() -> None:
    flow = [Flow((Length(2, calls=((0, 0),)),))]
    pages = break_pages(flow, [100], 10, room)
    assert whole(pages, flow, [100], 10)
    assert [bool(page.puts) for page in pages][:2] == [True, False]


def test_a_figure_higher_than_a_page_is_cut() -> None:
    figure = Flow((Length(60),), first=60, last=60, cuts=(), movable=True)
    flow = [Flow((Length(4),)), figure, Flow((Length(4),))]
    pages = break_pages(flow, [], 25, room)
    assert whole(pages, flow, [], 25)
    (first, *_) = [page for page in pages if any(put.block == 1 for put in page.puts)]
    assert [put.block for put in first.puts] == [1]


def test_a_head_as_high_as_a_page_stands_alone() -> None:
    flow = [Flow((Length(4),)), Flow((Length(4),), head=25), Flow((Length(4),))]
    assert whole(break_pages(flow, [], 25, room), flow, [], 25)


def test_a_head_higher_than_a_page_loses_no_line() -> None:
    flow = [Flow((Length(4),)), Flow((Length(4),), head=40), Flow((Length(4),))]
    pages = break_pages(flow, [], 25, room)
    assert sum(put.last - put.first for page in pages for put in page.puts) == 12


def test_notes_that_are_higher_than_a_page_lose_no_line() -> None:
    flow = [Flow((Length(4, calls=((0, 0), (0, 1), (1, 2))),))] * 3
    pages = break_pages(flow, [5, 5, 5], 2, lambda count: 4 * count)
    assert sum(put.last - put.first for page in pages for put in page.puts) == 12
    assert sum(put.last - put.first for page in pages for put in page.notes) == 15


@settings(deadline=None, max_examples=300)
@given(flows(most=8, longest=30), st.integers(1, 6), st.integers(1, 4))
def test_on_the_smallest_pages_nothing_is_lost(found: tuple[list[Flow], list[int]], lines: int, high: int) -> None:
    flow, notes = found
    pages = break_pages(flow, notes, lines, lambda count: high * count)
    puts = [put for page in pages for put in page.puts]
    for number, block in enumerate(flow):
        own = [put for put in puts if put.block == number]
        assert all(before.last == after.first for before, after in pairwise(own))
        assert (own[0].first, own[-1].last) == (0, block.lengths[own[0].length].lines)
        assert [put.head for put in own].count(True) == 1
    stands = [(put.note, line) for page in pages for put in page.notes for line in range(put.first, put.last)]
    assert stands == [(note, line) for note, length in enumerate(notes) for line in range(length)]


def test_an_empty_flow_has_no_pages() -> None:
    assert break_pages([], [], 25, room) == []


def test_notes_end_before_what_opens_a_page() -> None:
    """The rest of a long note stands on a page of its own, not below the next section's text."""
    flow = [Flow((Length(3, calls=((1, 0),)),)), Flow((Length(4),), opens="page")]
    pages = break_pages(flow, [60], 25, room)
    assert [len(page.puts) for page in pages][-1] == 1
    assert sum(note.last - note.first for page in pages[:-1] for note in page.notes) == 60
    assert not pages[-1].notes
