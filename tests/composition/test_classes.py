"""Character classes: what each character of a text is to its lines."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from bookmaker.composition import classes as c
from bookmaker.composition.classes import classify, fit_to_width
from tests.cases import Case, read_cases, write_output

FIXTURE = Path(__file__).parent / "fixtures" / "classes.txt"
NAMES = {
    c.HAN: "han",
    c.OPENING: "opening",
    c.CLOSING: "closing",
    c.PAUSE: "pause",
    c.STOP: "stop",
    c.MIDDLE: "middle dot",
    c.DASH: "dash",
    c.ELLIPSIS: "ellipsis",
    c.LETTER: "letter",
    c.DIGIT: "figure",
    c.SPACE: "space",
    c.SIGN: "sign",
    c.CONNECTOR: "connector",
    c.WIDE_SIGN: "full-width sign",
    c.BREAK: "forced break",
    c.OBJECT: "object",
}


def told(text: str) -> str:
    """A line for each stretch of one class."""
    pairs = zip(classify(text), text, strict=True)
    stretches = [(NAMES[letter], "".join(x for _, x in group)) for letter, group in groupby(pairs, key=lambda p: p[0])]
    return "".join(f"{name}: {part}\n" for name, part in stretches)


@pytest.mark.parametrize("case", read_cases(FIXTURE), ids=lambda case: case.title)
def test_a_text_has_the_classes_of_the_fixture(case: Case, rewrite_golden: bool) -> None:
    if rewrite_golden:
        write_output(FIXTURE, case.title, told(case.input))
        return
    assert told(case.input) == case.output


def test_a_text_has_one_class_a_character() -> None:
    text = "甲A1，。·—…（） \n\ufffc～%é𠮷"
    assert len(classify(text)) == len(text)


def test_a_line_feed_forces_a_break() -> None:
    assert classify("甲\n乙") == c.HAN + c.BREAK + c.HAN


def test_a_space_that_does_not_break_is_a_space() -> None:
    assert classify("A\u00a0B") == c.LETTER + c.SPACE + c.LETTER


@pytest.mark.parametrize("mark", "“”‘’—…·")
def test_a_narrow_mark_is_latin(mark: str) -> None:
    assert fit_to_width(classify(mark), [0.4]) == c.SIGN


@pytest.mark.parametrize("mark", "“”‘’—…·，。（）")
def test_a_mark_as_wide_as_a_han_character_is_chinese(mark: str) -> None:
    assert fit_to_width(classify(mark), [1.0]) == classify(mark) != c.SIGN


def test_a_wide_letter_is_still_a_letter() -> None:
    assert fit_to_width(classify("Wm——"), [1.1, 0.9, 1.0, 1.0]) == c.LETTER * 2 + c.DASH * 2
