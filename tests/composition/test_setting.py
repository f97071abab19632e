"""Set lines: golden paragraphs, and what holds for any text, any widths and any measure."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookmaker.composition.breaking import Kinsoku
from bookmaker.composition.paragraph import Paragraph, Run, make_paragraph
from bookmaker.composition.setting import SetLine, set_paragraph
from bookmaker.composition.spacing import HAIR, SpacingTable
from bookmaker.composition.total_fit import Measure, line_end, line_start
from bookmaker.script.scripts import Script
from tests.cases import Case, read_cases, write_output
from tests.composition.ideal import advances, line_text, paragraph

FIXTURE = Path(__file__).parent / "fixtures" / "lines.txt"
MEASURES = (20, 27)
INDENT = 2
EXACT = 1e-6
#: What an eye may see, in em.
SEEN = 0.02


def lines_of(text: str, em: float, indent: float = 0.0, script: Script = Script.HANS) -> list[str]:
    """The lines of a text of ideal widths."""
    lines = set_paragraph(paragraph(text, script), Measure(em - indent, em))
    return [line_text(text, line) for line in lines]


# ---------------------------------------------------------------- golden lines


def told(text: str, script: Script) -> str:
    """The lines at each measure: “|” ends a line, and behind it how far Han part and a pause is squeezed."""
    parts = []
    for em in MEASURES:
        parts.append(f"{em} em\n")
        lines = set_paragraph(paragraph(text, script), Measure(em - INDENT, em))
        for number, line in enumerate(lines):
            values = [("gap", round(line.gap, 3)), ("tight", round(line.tight, 2))]
            said = "".join(f" {name} {value:g}" for name, value in values if value)
            parts.append(("　　" if number == 0 else "") + line_text(text, line) + "|" + said + "\n")
    return "".join(parts)


@pytest.mark.parametrize("case", read_cases(FIXTURE), ids=lambda case: case.title)
def test_a_paragraph_is_set_as_the_fixture_says(case: Case, rewrite_golden: bool) -> None:
    found = told(case.input, Script.HANT_TW if case.title.endswith("Taiwan") else Script.HANS)
    if rewrite_golden:
        write_output(FIXTURE, case.title, found)
        return
    assert found == case.output


# ---------------------------------------------------------------- any text


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of any make, and the widths of its lines."""

    runs: tuple[Run, ...]
    script: Script
    level: Kinsoku
    measure: Measure
    justified: bool

    @property
    def paragraph(self) -> Paragraph:
        return make_paragraph(self.runs, SpacingTable(self.script), self.level)

    @property
    def lines(self) -> list[SetLine]:
        return set_paragraph(self.paragraph, self.measure, justified=self.justified)


PIECES = [
    *"大桥今天通车来人個年月，。、；：！？“”‘’（）《》「」·～％￥",
    *("——", "……", "9个", "20%", "3.5亿元", "512 MB", "36.5℃", "2024年", "BIM", "New York", "state-of-the-art"),
    *("https://www.w3.org/TR/clreq/", "editor@example.com", "é", "-", "/", "(", ")", " ", "  ", "A", "7"),
]  # fmt: skip
WORDS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
BROKEN_WORDS = st.lists(st.sampled_from([*PIECES, "\n", "\ufffc"]), max_size=60).map("".join)
SIZES = st.sampled_from([6.5, 9.0, 10.5, 14.0])


@st.composite
def texts(draw: st.DrawFn, words: st.SearchStrategy[str] = BROKEN_WORDS, *, odd: bool = True) -> Text:
    """One to three runs; with `odd` of several sizes and any advances, else of ideal ones."""
    runs = []
    size = draw(SIZES)
    for _ in range(draw(st.integers(1, 3))):
        text = draw(words)
        size = draw(SIZES) if odd else size
        if odd and draw(st.booleans()):
            wide = draw(st.lists(st.floats(0.01, 2.5), min_size=len(text), max_size=len(text)))
            widths = [
                ideal if mark in " \n" else em * size
                for mark, em, ideal in zip(text, wide, advances(text, size), strict=True)
            ]
        else:
            widths = advances(text, size)
        runs.append(Run(text, widths, size))
    others = draw(st.floats(4.0, 40.0)) * size
    first = others - draw(st.sampled_from([0.0, 2.0])) * size
    script, level, justified = draw(st.sampled_from(Script)), draw(st.sampled_from(Kinsoku)), draw(st.booleans())
    return Text(tuple(runs), script, level, Measure(first, others), justified)


def widths(text: Text, lines: list[SetLine]) -> list[float]:
    return [text.measure.first if index == 0 else text.measure.others for index in range(len(lines))]


def is_forced(p: Paragraph, line: SetLine) -> bool:
    return line.resume == len(p) or p.classes[line.resume - 1] == "B"


def set_gaps(p: Paragraph, line: SetLine) -> list[float]:
    """The space behind every character of a line but the last, as it was set."""
    pens = zip(range(line.first, line.last - 1), line.pens, strict=False)
    return [pen - p.lefts[i] - p.bodies[i] + p.lefts[i + 1] for i, pen in pens]


def scale(p: Paragraph, i: int) -> float:
    return min(p.sizes[i], p.sizes[i + 1])


def least_width(p: Paragraph, start: int, end: int) -> float:
    """The width of a line [start, end) whose spaces have given all they can."""
    first = line_start(p, start, end)
    if first >= end:
        return 0.0
    last = line_end(p, end, first)
    spaces = sum(p.spaces[i].least * scale(p, i) for i in range(first, last - 1))
    return sum(p.bodies[first:last]) + spaces + max(0.0, p.tails[last - 1])


@settings(deadline=None)
@given(texts())
def test_all_characters_are_set_in_order(text: Text) -> None:
    p, lines = text.paragraph, text.lines
    at = 0
    for line in lines:
        assert set(p.classes[at : line.first]) <= {"W"}, "only spaces are left out at a line's start"
        assert set(p.classes[line.last : line.resume]) <= {"W", "B"}, "and spaces and the forced break at its end"
        assert len(line.pens) == line.last - line.first
        at = line.resume
    assert at == len(p)


@settings(deadline=None)
@given(texts())
def test_no_line_sticks_out_but_one_of_a_single_character(text: Text) -> None:
    p, lines = text.paragraph, text.lines
    for line, width in zip(lines, widths(text, lines), strict=True):
        assert line.width <= width + SEEN * max(p.sizes) or line.last - line.first == 1, (line, width)


@pytest.mark.xfail(reason="the search thinks letters give their hair, the setting takes it from Han only")
def test_the_setting_can_do_what_the_search_has_promised() -> None:
    text, size, measure = "大state-of-the-art", 6.5, 49.4609375
    p = make_paragraph([Run(text, advances(text, size), size)], SpacingTable(Script.HANS))
    line = set_paragraph(p, Measure(measure, measure))[0]
    assert line.width <= measure + EXACT * size


@settings(deadline=None)
@given(texts(odd=False))
def test_a_justified_line_that_can_stretch_is_flush(text: Text) -> None:
    if not text.justified:
        return
    p, lines = text.paragraph, text.lines
    for line, width in zip(lines, widths(text, lines), strict=True):
        can = any(p.spaces[i].weight >= 1.0 for i in range(line.first, line.last - 1))
        if can and not is_forced(p, line):
            # By how much it may stick out is another test's matter.
            assert width - EXACT <= line.width <= width + SEEN * p.sizes[0], line


@settings(deadline=None)
@given(texts())
def test_a_line_is_as_wide_as_its_pens_say(text: Text) -> None:
    for line in text.lines:
        assert line.width == pytest.approx(line.shift + sum(line.pens), abs=EXACT)


@settings(deadline=None)
@given(texts(odd=False))
def test_the_pen_never_goes_back_over_a_han_character(text: Text) -> None:
    p = text.paragraph
    for line in text.lines:
        pens = zip(p.classes[line.first : line.last], line.pens, strict=True)
        assert all(pen >= 0.0 for letter, pen in pens if letter == "H")


@settings(deadline=None)
@given(texts())
def test_no_space_is_squeezed_below_its_least(text: Text) -> None:
    p = text.paragraph
    for line in text.lines:
        for i, gap in enumerate(set_gaps(p, line), line.first):
            assert gap >= p.spaces[i].least * scale(p, i) - 4 * HAIR * max(p.sizes) - EXACT, (i, gap, line)


@settings(deadline=None)
@given(texts(odd=False))
def test_a_last_line_keeps_its_natural_width_unless_it_is_squeezed(text: Text) -> None:
    p = text.paragraph
    for line in text.lines:
        if is_forced(p, line) and line.first < line.last:
            assert line.width <= p.ends[line.last - 1] + p.tails[line.last - 1] - p.starts[line.first] + EXACT


@settings(deadline=None)
@given(texts())
def test_kinsoku_holds_wherever_a_line_can_keep_it(text: Text) -> None:
    """A line ends where none may only if no break that is allowed would fit, or it would be a third empty."""
    p, lines = text.paragraph, text.lines
    start = 0
    for line, width in zip(lines, widths(text, lines), strict=True):
        if line.resume < len(p) and p.prices[line.resume] == inf:
            for b in range(line.first + 1, len(p) + 1):
                natural = p.ends[line_end(p, b, line.first) - 1] - p.starts[line.first]
                allowed = b == len(p) or p.prices[b] < inf
                fits = least_width(p, start, b) <= width - 1e-3 and natural > width * 2 / 3 + 1e-3
                assert not (allowed and fits), (line, b)
                if p.classes[b - 1] == "B":
                    break
        start = line.resume


@settings(deadline=None)
@given(texts())
def test_a_forced_break_ends_its_line(text: Text) -> None:
    p, lines = text.paragraph, text.lines
    assert {i + 1 for i, letter in enumerate(p.classes) if letter == "B"} <= {line.resume for line in lines}
    for line in lines:
        assert "B" not in p.classes[line.first : line.last] or line.last - line.first == 1


@settings(deadline=None)
@given(texts(odd=False))
def test_setting_the_rest_of_a_paragraph_gives_the_same_lines(text: Text) -> None:
    """A page ends, and the next one goes on: of the lines still to come none changes."""
    # Ragged and hopeless lines often cost the same in another order.
    if not text.justified or text.measure.others < 10 * text.runs[0].size:
        return
    p, lines = text.paragraph, text.lines
    for index, line in enumerate(lines[:-1], 1):
        rest = set_paragraph(p, Measure(1.0, text.measure.others), start=line.resume, justified=True)
        assert [found.resume for found in rest] == [found.resume for found in lines[index:]]
        assert rest == lines[index:]


@settings(deadline=None)
@given(texts(), st.floats(0.5, 3.0))
def test_the_unit_does_not_matter(text: Text, factor: float) -> None:
    """Points or px: the lines are the same."""
    bigger = [Run(run.text, [a * factor for a in run.advances], run.size * factor) for run in text.runs]
    measure = Measure(text.measure.first * factor, text.measure.others * factor)
    lines = set_paragraph(
        make_paragraph(bigger, SpacingTable(text.script), text.level), measure, justified=text.justified
    )
    assert len(lines) == len(text.lines)


# ---------------------------------------------------------------- edges of a line


@pytest.mark.parametrize("script", Script)
@pytest.mark.parametrize("mark", "。，、；：！？”）》")
def test_a_mark_at_a_lines_end_has_no_blank(mark: str, script: Script) -> None:
    """GB/T 15834 §5.1.10: a full-width mark at a line's end takes half an em."""
    line = set_paragraph(paragraph(f"大桥今天通车人{mark}来的人很多", script), Measure(7.5, 7.5))[0]
    assert line.last == 8
    assert line.width == pytest.approx(7.5)
    assert line.pens[-1] == pytest.approx(0.5 if mark in "”）》" or not script.traditional else 0.74, abs=0.02)


@pytest.mark.parametrize("script", Script)
def test_an_opening_mark_at_a_lines_start_has_no_blank(script: Script) -> None:
    lines = set_paragraph(paragraph("大桥今天通车“来的人很多人很多", script), Measure(6, 6))
    assert (lines[1].first, lines[1].shift) == (6, -0.5)


@pytest.mark.parametrize("mark", "“（《")
def test_an_opening_mark_at_a_paragraphs_start_has_no_blank_either(mark: str) -> None:
    assert set_paragraph(paragraph(f"{mark}大桥今天通车"), Measure(8, 10))[0].shift == -0.5


def test_no_gap_stands_at_a_lines_edge() -> None:
    line = set_paragraph(paragraph("大桥今天ABCD桥大桥"), Measure(6.2, 6.2))[0]
    assert (line.last, line.pens[-1]) == (8, 0.5)


def test_a_last_line_is_not_stretched() -> None:
    line = set_paragraph(paragraph("大桥通车"), Measure(10, 10))[0]
    assert line.pens == (1.0,) * 4


def test_a_centred_line_is_not_stretched() -> None:
    lines = set_paragraph(paragraph("大桥今天通车来的人很多"), Measure(5.5, 5.5), justified=False)
    assert all(pen == 1.0 for line in lines for pen in line.pens)


def test_a_raised_number_clings_to_what_stands_before_it() -> None:
    runs = [Run("大桥", [1.0, 1.0], 1.0), Run("3", [0.3], 0.6, raised=True), Run("通车", [1.0, 1.0], 1.0)]
    line = set_paragraph(make_paragraph(runs, SpacingTable(Script.HANS)), Measure(10, 10))[0]
    assert line.pens == (1.0, 1.0, 0.3, 1.0, 1.0)


def test_no_line_begins_with_a_raised_number() -> None:
    runs = [Run("大桥今天", [1.0] * 4, 1.0), Run("3", [0.3], 0.6, raised=True), Run("通车来人", [1.0] * 4, 1.0)]
    lines = set_paragraph(make_paragraph(runs, SpacingTable(Script.HANS)), Measure(4, 4))
    assert all(line.first != 4 for line in lines)


def test_a_padded_run_takes_its_room() -> None:
    runs = [Run("大桥", [1.0] * 2, 1.0), Run("今", [1.0], 1.0, before=0.25, after=0.25), Run("天", [1.0], 1.0)]
    line = set_paragraph(make_paragraph(runs, SpacingTable(Script.HANS)), Measure(10, 10))[0]
    assert line.width == pytest.approx(4.5)
