"""Where a line may end, at each level of kinsoku."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookmaker.composition.breaking import FORBIDDEN, Kinsoku, break_prices
from bookmaker.composition.classes import classify
from tests.cases import Case, read_cases, write_output

FIXTURE = Path(__file__).parent / "fixtures" / "breaks.txt"


def marked(text: str, level: Kinsoku) -> str:
    """The text with “|” where a line may end, “¦” where it may but had better not."""
    prices = break_prices(text, classify(text), level)
    marks = ["" if price == FORBIDDEN else "¦" if price > 0 else "|" for price in prices]
    return "".join(mark + character for mark, character in zip(marks, text, strict=False))


def told(text: str) -> str:
    """One line for levels that agree, with their names unless all do."""
    found: dict[str, list[str]] = {}
    for level in Kinsoku:
        found.setdefault(marked(text, level), []).append(level)
    if len(found) == 1:
        return next(iter(found)) + "\n"
    return "".join(f"{' '.join(levels)}: {text}\n" for text, levels in found.items())


@pytest.mark.parametrize("case", read_cases(FIXTURE), ids=lambda case: case.title)
def test_lines_may_end_where_the_fixture_says(case: Case, rewrite_golden: bool) -> None:
    if rewrite_golden:
        write_output(FIXTURE, case.title, told(case.input))
        return
    assert told(case.input) == case.output


LEVELS = st.sampled_from(Kinsoku)
TEXTS = st.text(st.sampled_from("大桥年个，。！：“”（）《》·—…～ABé12.-/@:%℃ \n\ufffc￥$"), max_size=40)


@given(TEXTS, LEVELS)
def test_there_is_a_price_before_every_character_and_after_the_last(text: str, level: Kinsoku) -> None:
    prices = break_prices(text, classify(text), level)
    assert len(prices) == len(text) + 1
    assert prices[0] == FORBIDDEN
    assert all(price >= 0.0 for price in prices)


@given(TEXTS, LEVELS)
def test_a_line_may_always_end_after_a_forced_break(text: str, level: Kinsoku) -> None:
    prices = break_prices(text, classify(text), level)
    assert all(prices[i] < FORBIDDEN for i in range(1, len(text)) if text[i - 1] == "\n")


@given(TEXTS, st.sampled_from([Kinsoku.BASIC, Kinsoku.GB, Kinsoku.STRICT]))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, level: Kinsoku) -> None:
    prices = break_prices(text, classify(text), level)
    for i in range(1, len(text)):
        if text[i - 1] != "\n" and (text[i] in "，。！：”）》·" or text[i - 1] in "“（《"):
            assert prices[i] == FORBIDDEN, text[:i] + "|" + text[i:]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("北京/上海", Kinsoku.GB),
        pytest.param("北京/上海", Kinsoku.STRICT, marks=pytest.mark.xfail(reason="strict forgets what GB adds")),
        pytest.param("北京／上海", Kinsoku.GB, marks=pytest.mark.xfail(reason="／ is classed as Han")),
    ],
)
def test_no_line_ends_with_a_solidus_by_the_national_standard(text: str, level: Kinsoku) -> None:
    """CLREQ §3.1.8: the GB level adds the solidus to the basic one, and the strict level adds to GB."""
    assert break_prices(text, classify(text), level)[3] == FORBIDDEN


@pytest.mark.xfail(reason="a full-width mark is classed as Han, and two Han part without being looked at")
@pytest.mark.parametrize(("text", "at"), [("约五％吧", 2), ("卖￥五十", 2), ("第＃甲", 2)])
def test_full_width_signs_keep_to_their_number(text: str, at: int) -> None:
    assert break_prices(text, classify(text), Kinsoku.STRICT)[at] == FORBIDDEN


@given(TEXTS.filter(lambda text: "/" not in text), LEVELS)
def test_a_stricter_level_allows_no_more(text: str, level: Kinsoku) -> None:
    order = list(Kinsoku)
    looser = break_prices(text, classify(text), level)
    for stricter in order[order.index(level) + 1 :]:
        prices = break_prices(text, classify(text), stricter)
        assert all(b >= a for a, b in zip(looser, prices, strict=True)), (level, stricter)


@given(TEXTS, LEVELS)
def test_dashes_and_ellipses_are_never_cut(text: str, level: Kinsoku) -> None:
    prices = break_prices(text, classify(text), level)
    for i in range(1, len(text)):
        if text[i - 1 : i + 1] in ("——", "……"):
            assert prices[i] == FORBIDDEN
