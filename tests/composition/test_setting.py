"""Set lines: golden paragraphs, and what holds for any text, any widths and any measure."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookmaker.composition.breaking import HYPHENATED, Kinsoku
from bookmaker.composition.paragraph import Paragraph, Run, make_paragraph
from bookmaker.composition.setting import SetLine, set_one_line, set_paragraph
from bookmaker.composition.spacing import STRETCH_LATIN, SpacingTable
from bookmaker.composition.total_fit import Measure, find_breaks, line_end, line_start
from bookmaker.script.scripts import Script
from tests.cases import Case, read_cases, write_output
from tests.composition.ideal import advances, line_text, paragraph

FIXTURE = Path(__file__).parent / "fixtures" / "lines.txt"
MEASURES = (20, 27)
INDENT = 2
EXACT = 1e-6


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
        assert line.width <= width + EXACT * max(p.sizes) or line.last - line.first == 1, (line, width)


def test_the_setting_can_do_what_the_search_has_promised() -> None:
    text, size, measure = "大state-of-the-art", 6.5, 49.4609375
    p = make_paragraph([Run(text, advances(text, size), size)], SpacingTable(Script.HANS))
    line = set_paragraph(p, Measure(measure, measure))[0]
    assert line.width <= measure + EXACT * size


@pytest.mark.parametrize("script", Script)
def test_addresses_in_lines_of_20_em_are_flush(script: Script) -> None:
    text = "排版规则的原文见https://www.w3.org/TR/clreq/，日文的见https://www.w3.org/TR/jlreq/，韩文的见https://www.w3.org/TR/klreq/；三份文件"
    for line in set_paragraph(paragraph(text, script), Measure(18, 20))[1:-1]:
        assert line.width == pytest.approx(20.0, abs=EXACT)


@settings(deadline=None)
@given(texts(odd=False))
def test_a_justified_line_that_can_stretch_is_flush(text: Text) -> None:
    if not text.justified:
        return
    p, lines = text.paragraph, text.lines
    for line, width in zip(lines, widths(text, lines), strict=True):
        can = any(p.spaces[i].weight >= 1.0 for i in range(line.first, line.last - 1))
        if can and not is_forced(p, line):
            assert line.width == pytest.approx(width, abs=EXACT * p.sizes[0]), line


@settings(deadline=None)
@given(texts(odd=False))
def test_gaps_beside_latin_never_exceed_a_third_of_an_em(text: Text) -> None:
    """However loose a line is; a little less than .35, for a PDF rounds its numbers."""
    p = text.paragraph
    for line in text.lines:
        for i, gap in enumerate(set_gaps(p, line), line.first):
            if p.spaces[i].stretches == STRETCH_LATIN:
                assert gap <= 0.345 * scale(p, i) + EXACT


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
            assert gap >= (p.spaces[i].least - p.spaces[i].hair) * scale(p, i) - EXACT, (i, gap, line)


def unbroken(text: str, script: Script) -> Paragraph:
    """A paragraph that may not be broken."""
    p = paragraph(text, script)
    p.prices[:] = [inf] * len(p.prices)
    return p


@pytest.mark.parametrize("script", Script)
def test_the_blank_of_a_mark_is_never_less_than_nothing(script: Script) -> None:
    """A hair, too, comes from the gaps between Han only."""
    p = unbroken("大桥，今天通车，来的人，很多人很多", script)
    width = p.leasts[-1] - p.hair[-1]
    line = set_paragraph(p, Measure(width, width))[0]
    assert (line.last, line.tight) == (len(p), pytest.approx(1.0))
    assert all(gap >= -EXACT for i, gap in enumerate(set_gaps(p, line)) if p.spaces[i].shrinks)


@pytest.mark.parametrize("script", Script)
def test_a_closing_and_an_opening_mark_never_touch(script: Script) -> None:
    """At the same place poppler reads them in the wrong order."""
    p = unbroken("大桥（甲）（乙）（丙）来", script)
    line = set_paragraph(p, Measure(p.leasts[-1], p.leasts[-1]))[0]
    gaps = [gap for i, gap in enumerate(set_gaps(p, line)) if p.text[i : i + 2] == "）（"]
    assert all(0.03 <= gap < 0.04 for gap in gaps)


@settings(deadline=None)
@given(texts(odd=False))
def test_a_last_line_keeps_its_natural_width_unless_it_is_squeezed(text: Text) -> None:
    p = text.paragraph
    for line in text.lines:
        if is_forced(p, line) and line.first < line.last:
            assert line.width <= p.ends[line.last - 1] + p.tails[line.last - 1] - p.starts[line.first] + EXACT


def test_a_blank_that_needs_no_room_is_no_reason_for_a_forbidden_break() -> None:
    """One letter fills the line but for less than a blank; the break behind the blank is allowed, that before not."""
    p = paragraph("大M def", Script.HANS)
    edge = p.ends[1] - p.starts[1] + 0.1
    assert [line.resume for line in set_paragraph(p, Measure(edge, edge))][:2] == [1, 3]


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
        assert "B" not in p.classes[line.first : line.last]


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


# ---------------------------------------------------------------- one line after the other


def one_by_one(text: Text, given: list[float]) -> list[SetLine]:
    """The lines as they come when each is asked for alone, the first ones of these widths."""
    p, lines, start = text.paragraph, list[SetLine](), 0
    while start < len(p):
        width = given[len(lines)] if len(lines) < len(given) else text.measure.others
        lines.append(set_one_line(p, start, width, justified=text.justified))
        start = lines[-1].resume
    return lines


@settings(deadline=None)
@given(texts())
def test_lines_set_one_by_one_lose_nothing(text: Text) -> None:
    p, at = text.paragraph, 0
    for line in one_by_one(text, [text.measure.first]):
        assert set(p.classes[at : line.first]) <= {"W"}
        assert set(p.classes[line.last : line.resume]) <= {"W", "B"}
        assert line.resume > at
        assert len(line.pens) == line.last - line.first
        at = line.resume
    assert at == len(p)


@settings(deadline=None)
@given(texts(odd=False))
def test_lines_set_one_by_one_are_flush(text: Text) -> None:
    p = text.paragraph
    for line in one_by_one(text, []):
        width = text.measure.others
        assert line.width <= width + EXACT * max(p.sizes) or line.last - line.first == 1
        can = any(p.spaces[i].weight >= 1.0 for i in range(line.first, line.last - 1))
        if text.justified and can and not is_forced(p, line):
            assert line.width == pytest.approx(width, abs=EXACT * p.sizes[0]), line


@pytest.mark.parametrize("width", [6, 7, 8, 9, 10, 11])
def test_a_line_beside_a_float_keeps_kinsoku(width: float) -> None:
    text = "大桥今天通车，来的人“很多”，大家都说：好！今天《大桥》（旧版）真是好——天，明天还要来看"
    p, start = paragraph(text), 0
    while start < len(p):
        line = set_one_line(p, start, width)
        start = line.resume
        assert start == len(p) or p.prices[start] == 0.0


def test_a_line_set_alone_is_squeezed_before_a_character_is_pushed_out() -> None:
    p = paragraph("大桥，今天通车，来了人很多")
    assert line_text(p.text, set_one_line(p, 0, 10)) == "大桥，今天通车，来了"


def test_a_line_set_alone_begins_anywhere() -> None:
    p = paragraph("大桥“今天通车”来的人很多很多人")
    line = set_one_line(p, 2, 4)
    assert (line_text(p.text, line), line.shift) == ("“今天通", -0.5)


def test_ragged_lines_set_alone_are_as_full_as_they_can_be() -> None:
    p = paragraph("大桥今天通车来的人很多")
    line = set_one_line(p, 0, 5.5, justified=False)
    assert (line.last, line.width) == (5, 5.0)


# ---------------------------------------------------------------- hyphens

HYPHEN = 0.35


def hyphenated(text: str, *parts: str) -> Paragraph:
    """A paragraph whose words of several parts (`Coun-ter`) may be parted at their hyphens, which it does not hold."""
    hyphens = []
    for part in parts:
        at = text.index(part.replace("-", ""))
        hyphens += [at + i - part[:i].count("-") for i, mark in enumerate(part) if mark == "-"]
    run = Run(text, advances(text), 1.0, hyphens=tuple(sorted(hyphens)), hyphen=HYPHEN)
    return make_paragraph([run], SpacingTable(Script.HANS))


def test_a_word_is_parted_rather_than_leave_a_gaping_line() -> None:
    p = hyphenated("所谓internationalization就是这样", "inter-na-tion-al-iza-tion")
    lines = set_paragraph(p, Measure(8, 8))
    assert [line.hyphenated for line in lines] == [True, False, False]
    assert line_text(p.text, lines[0]) == "所谓internation"
    assert lines[0].gap < 0.1


def test_a_hyphen_takes_its_room() -> None:
    p = hyphenated("所谓internationalization就是这样", "inter-na-tion-al-iza-tion")
    line = set_paragraph(p, Measure(8, 8))[0]
    assert line.width == pytest.approx(8.0)
    assert line.shift + sum(line.pens) == pytest.approx(8.0 - HYPHEN)
    assert line.pens[-1] == 0.5


def test_no_word_is_parted_where_a_squeezed_pause_will_do() -> None:
    p = hyphenated("大桥，今天，通车modern的人很多很多", "mod-ern")
    for width in (10.3, 10.6, 11.0):
        assert not any(line.hyphenated for line in set_paragraph(p, Measure(width, width)))


def test_a_last_line_has_no_hyphen() -> None:
    assert not set_paragraph(hyphenated("大桥modern", "mod-ern"), Measure(10, 10))[-1].hyphenated


def test_an_address_gets_no_hyphen() -> None:
    address = "https://www.example.org/typography"
    run = Run(address, advances(address), 1.0, hyphens=range(1, len(address)), hyphen=HYPHEN)
    assert not make_paragraph([run], SpacingTable(Script.HANS)).hyphens


def test_two_hyphens_in_a_row_are_twice_as_dear() -> None:
    p = paragraph("大" * 41)
    for i in range(1, len(p)):
        p.prices[i] = {14: HYPHENATED, 27: 0.0, 28: HYPHENATED}.get(i, inf)
    assert find_breaks(p, Measure(14, 14)) == [14, 28, 41]
    p.hyphens.update({14: 0.0, 28: 0.0})
    assert find_breaks(p, Measure(14, 14)) == [14, 27, 41], "a loose line rather than a second hyphen"


@settings(deadline=None)
@given(texts(WORDS))
def test_a_hyphenated_line_is_as_wide_as_its_pens_and_the_hyphen(text: Text) -> None:
    runs = [
        Run(run.text, run.advances, run.size, hyphens=range(1, len(run.text)), hyphen=0.3 * run.size)
        for run in text.runs
    ]
    p = make_paragraph(runs, SpacingTable(text.script), text.level)
    lines = set_paragraph(p, text.measure, justified=text.justified)
    for line, width in zip(lines, widths(text, lines), strict=True):
        hyphen = p.hyphens[line.resume] if line.hyphenated else 0.0
        assert line.width == pytest.approx(line.shift + sum(line.pens) + hyphen, abs=EXACT)
        assert line.hyphenated == (line.resume in p.hyphens)
        assert line.width <= width + EXACT * max(p.sizes) or line.last - line.first == 1


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


@pytest.mark.parametrize("script", Script)
def test_all_marks_of_a_line_give_by_the_same_part(script: Script) -> None:
    p = unbroken("他说，“看、听、想”，然后（再）写：不急。", script)
    natural = p.ends[-1] - p.starts[0]
    (line,) = set_paragraph(p, Measure(natural - 1.5, natural - 1.5))
    gaps = zip(set_gaps(p, line), p.spaces, strict=False)
    parts = {round(1 - (gap - space.least) / (space.natural - space.least), 6) for gap, space in gaps if space.shrinks}
    assert len(parts) == 1 and 0 < parts.pop() < 1


@pytest.mark.parametrize("script", Script)
def test_han_and_marks_widen_alike(script: Script) -> None:
    p = paragraph("桥上有人，桥下有船，岸上的人看着船上的人", script)
    line, *_ = set_paragraph(p, Measure(16.4, 16.4))
    more = {round(gap - space.natural, 6) for gap, space in zip(set_gaps(p, line), p.spaces, strict=False)}
    assert len(more) == 1 and more.pop() > 0.01
