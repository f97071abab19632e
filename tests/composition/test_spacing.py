"""The space between two characters, natural and least, in every script."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from bookmaker.composition.breaking import Kinsoku
from bookmaker.composition.spacing import SpacingTable, Style
from bookmaker.script.scripts import Script
from tests.cases import Case, read_cases, write_output
from tests.composition.ideal import paragraph

FIXTURE = Path(__file__).parent / "fixtures" / "spacing.txt"
ALL = tuple(Script)


def told(text: str) -> str:
    """A line a pair: natural / least in em; Simplified, and then Traditional where it differs."""
    lines = []
    for i, (a, b) in enumerate(pairwise(text)):
        values = [_told_space(paragraph(text, script).spaces[i]) for script in ALL]
        assert values[1] == values[2], "Taiwan and Hong Kong place their marks alike"
        traditional = f"   traditional {values[1]}" if values[1] != values[0] else ""
        lines.append(f"{a}{b} {values[0]}{traditional}\n")
    return "".join(lines)


def _told_space(space: object) -> str:
    return f"{space.natural:g} / {space.least:g}"  # type: ignore[attr-defined]


@pytest.mark.parametrize("case", read_cases(FIXTURE), ids=lambda case: case.title)
def test_the_spaces_of_a_text_are_those_of_the_fixture(case: Case, rewrite_golden: bool) -> None:
    if rewrite_golden:
        write_output(FIXTURE, case.title, told(case.input))
        return
    assert told(case.input) == case.output


def test_spaces_are_the_same_at_every_level_of_kinsoku() -> None:
    text = "他说：“好”——真的……吗，见https://www.w3.org/TR/clreq/吧／是20%—30%。"
    none, *others = (paragraph(text, level=level).spaces for level in Kinsoku)
    assert all(spaces == none for spaces in others)


@pytest.mark.parametrize("script", ALL)
def test_every_space_is_between_its_least_and_its_most(script: Script) -> None:
    for pair, space in SpacingTable(script).between.items():
        assert 0.0 <= space.least <= space.natural, pair
        assert not space.most or space.natural <= space.most, pair


@pytest.mark.parametrize("script", ALL)
def test_what_never_shrinks_has_nothing_to_give(script: Script) -> None:
    for pair, space in SpacingTable(script).between.items():
        if not space.shrinks:
            assert space.least == space.natural or not space.natural, pair


@pytest.mark.parametrize("script", ALL)
@pytest.mark.parametrize("pair", ["DD", "EE"])
def test_a_dash_and_an_ellipsis_are_one_piece(script: Script, pair: str) -> None:
    space = SpacingTable(script).between[pair]
    assert (space.natural, space.least, space.shrinks, space.stretches) == (0.0, 0.0, 0, 0)


@pytest.mark.parametrize("script", ALL)
def test_a_mark_and_its_blanks_make_one_em_between_two_han(script: Script) -> None:
    table = SpacingTable(script)
    for mark in "OCPSM":
        left, right = table.bodies[mark]
        whole = table.between["H" + mark].natural + (right - left) + table.between[mark + "H"].natural
        assert whole == pytest.approx(1.0), mark


@pytest.mark.parametrize("script", ALL)
def test_two_marks_that_touch_are_no_wider_than_an_em_and_a_half(script: Script) -> None:
    """GB/T 15834 §5.1.10, CLREQ §3.1.6."""
    table = SpacingTable(script)
    for a in "OCPS":
        for b in "OCPS":
            width = sum(table.bodies[m][1] - table.bodies[m][0] for m in (a, b)) + table.between[a + b].natural
            assert width <= 1.5 + 1e-9, a + b


def test_a_layout_may_choose_the_gap_beside_latin() -> None:
    table = SpacingTable(Script.HANS, Style(latin_gap=0.25, latin_least=0.2))
    assert (table.between["HL"].natural, table.between["HL"].least) == (0.25, 0.2)


def test_a_table_with_another_style_leaves_the_first_as_it_was() -> None:
    table = SpacingTable(Script.HANT_TW)
    other = table.with_style(latin_gap=0.125)
    assert (other.script, other.between["HL"].natural) == (Script.HANT_TW, 0.125)
    assert table.between["HL"].natural == Style().latin_gap
