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
TEXTS = st.text(st.sampled_from("大桥年个第，。！：“”（）《》·—…～ABé12.-/@:%℃ \n\ufffc￥$／％＃－"), max_size=40)


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


@pytest.mark.parametrize("text", ["北京/上海", "北京／上海", "北京 / 上海", "A/B"])
def test_no_line_begins_or_ends_with_a_solidus_by_the_national_standard(text: str) -> None:
    """GB/T 15834 §5.1.9; CLREQ §3.1.8 forbids the start at every level but none, the end from GB on."""
    at = min(text.find(mark) for mark in "/／" if mark in text)
    behind = at + 1 + text[at + 1 :].startswith(" ")
    for level in Kinsoku:
        prices = break_prices(text, classify(text), level)
        if level is not Kinsoku.NONE:
            assert prices[at] == FORBIDDEN, level
        if level in (Kinsoku.GB, Kinsoku.STRICT):
            assert prices[behind] == FORBIDDEN, level


@pytest.mark.parametrize("level", [Kinsoku.BASIC, Kinsoku.GB, Kinsoku.STRICT])
@pytest.mark.parametrize(
    ("text", "at"), [("约五％吧", 2), ("卖￥五十", 2), ("第＃甲", 2), ("从５－６", 2), ("约5％吧", 2)]
)
def test_full_width_signs_keep_to_their_number(text: str, at: int, level: Kinsoku) -> None:
    assert break_prices(text, classify(text), level)[at] == FORBIDDEN


@given(TEXTS, LEVELS)
def test_a_stricter_level_allows_no_more(text: str, level: Kinsoku) -> None:
    order = list(Kinsoku)
    looser = break_prices(text, classify(text), level)
    for stricter in order[order.index(level) + 1 :]:
        prices = break_prices(text, classify(text), stricter)
        assert all(b >= a for a, b in zip(looser, prices, strict=True)), (level, stricter)


@pytest.mark.parametrize("text", ["A\u00a0B", "10\u00a0公里", "大\u00a0桥"])
def test_no_line_ends_at_a_space_that_does_not_break(text: str) -> None:
    at = text.index("\u00a0")
    assert break_prices(text, classify(text))[at : at + 2] == [FORBIDDEN] * 2


UNITS = (
    "公里 平方米 平方公里 立方米 小时 分钟 公斤 公顷 千瓦时 摄氏度 个百分点 人次 万元 亿元 万吨 美元 港元 人民币 车次 "
    "班次 小時 分鐘 公頃 千瓦時 攝氏度 個百分點 萬元 億元 萬噸 人民幣 車次 多万人次 余个小时 萬平方公里"
)


@pytest.mark.parametrize("unit", UNITS.split())
@pytest.mark.parametrize("space", ["", " "])
def test_a_unit_of_several_characters_stays_whole_and_with_its_number(unit: str, space: str) -> None:
    text = f"共35{space}{unit}的"
    prices = break_prices(text, classify(text))
    assert all(price >= 75.0 for price in prices[3 : text.index("的")])
    assert prices[text.index("的")] == 0.0


@pytest.mark.parametrize("text", ["共1 000米", "共1 000 000 人", "共12 345.6吨"])
def test_thousands_parted_by_a_space_stay_together(text: str) -> None:
    assert all(price >= 500.0 for price in break_prices(text, classify(text))[2:-1])


@pytest.mark.parametrize(
    "address", ["https://a-b.example.org/x-y/2024-03-15", "some-one@ex-ample.org", "/var/log/a-b-c"]
)
def test_no_line_ends_with_a_hyphen_of_an_address(address: str) -> None:
    """The reader could not tell whose it is; poppler leaves it out."""
    prices = break_prices(address, classify(address))
    assert all(prices[i] == FORBIDDEN for i in range(1, len(address)) if address[i - 1] == "-")
    assert any(prices[i] < FORBIDDEN for i in range(1, len(address)) if address[i] == "-")


@pytest.mark.parametrize("address", ["https://www.w3.org/TR/?a=1.25&b=2#top", "editor@example.com", "~/.config/x.toml"])
def test_no_part_of_an_address_begins_with_a_stop(address: str) -> None:
    prices = break_prices(address, classify(address))
    assert all(prices[i] == FORBIDDEN for i in range(1, len(address)) if address[i] in ".,:;?!/")


@given(TEXTS, LEVELS)
def test_dashes_and_ellipses_are_never_cut(text: str, level: Kinsoku) -> None:
    prices = break_prices(text, classify(text), level)
    for i in range(1, len(text)):
        if text[i - 1 : i + 1] in ("——", "……"):
            assert prices[i] == FORBIDDEN
