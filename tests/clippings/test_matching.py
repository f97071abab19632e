"""Matching: the best pairs of rows and columns, as trying all of them would find."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from bookmaker.clippings.matching import best_pairs

POINTS = st.integers(-6, 9)


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    columns = draw(st.integers(1, 5))
    return draw(st.lists(st.lists(POINTS, min_size=columns, max_size=columns), min_size=1, max_size=4))


def paired(points: Sequence[Sequence[float]], least: float) -> dict[int, int]:
    """The best pairs of a whole table."""
    table = {(row, column): value for row, values in enumerate(points) for column, value in enumerate(values)}
    return best_pairs(table, least)


def most(points: list[list[int]], least: int) -> int:
    """The most that any pairing is worth; a row with nobody counts `least`. By trying all."""
    rows, columns = len(points), len(points[0])
    places = [*range(columns), *[-1] * rows]
    tried = set(permutations(places, rows))
    return max(
        sum(points[row][column] if column >= 0 else least for row, column in enumerate(pairing)) for pairing in tried
    )


@settings(max_examples=150, deadline=None)
@given(tables(), st.integers(-4, 5))
def test_the_pairs_are_worth_as_much_as_any(points: list[list[int]], least: int) -> None:
    pairs = paired(points, least)
    worth = sum(points[row][column] for row, column in pairs.items()) + least * (len(points) - len(pairs))
    assert worth == most(points, least)


@settings(max_examples=150, deadline=None)
@given(tables(), st.integers(-4, 5))
def test_no_pair_is_worth_less_than_the_least_and_none_is_given_twice(points: list[list[int]], least: int) -> None:
    pairs = paired(points, least)
    assert all(points[row][column] >= least for row, column in pairs.items())
    assert len(set(pairs.values())) == len(pairs)
    assert all(0 <= row < len(points) and 0 <= column < len(points[0]) for row, column in pairs.items())


def test_the_best_pair_is_left_where_the_two_others_are_worth_more() -> None:
    assert paired([[10, 9], [9, 1]], 0) == {0: 1, 1: 0}


def test_nothing_is_matched_with_nothing() -> None:
    assert best_pairs({}, 0) == {}


def test_a_pair_that_has_no_points_is_none() -> None:
    assert best_pairs({(3, 7): 1.0, (3, 9): 2.0, (5, 9): 4.0}, 0) == {3: 7, 5: 9}
    assert best_pairs({(3, 9): 2.0, (5, 9): 4.0}, -50) == {5: 9}


def test_a_large_table_takes_the_best_pairs_first() -> None:
    points = [[float(row == column) * 5 - 1 for column in range(150)] for row in range(150)]
    assert paired(points, 0) == {row: row for row in range(150)}


def test_a_large_table_gives_nobody_a_pair_below_the_least() -> None:
    assert paired([[-1.0] * 150 for _ in range(150)], 0) == {}
