"""The fast line model against the plain one: the same measures, prices, lines, and places of the pen, on any text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookmaker.composition.breaking import Kinsoku, break_prices
from bookmaker.composition.classes import classify
from bookmaker.composition.paragraph import Paragraph, Run, make_paragraph
from bookmaker.composition.setting import SetLine, set_line, set_one_line
from bookmaker.composition.spacing import SpacingTable, Style
from bookmaker.composition.total_fit import Measure, find_breaks, find_forms
from bookmaker.script.scripts import Script
from tests.composition import plain
from tests.composition.ideal import advances, run

ROOT = Path(__file__).parents[2]
EXACT = 1e-6
PIECES = [
    *"大桥今天通车来人個年月" * 3,
    *"，。、；：！？“”‘’（）《》「」·～％￥￡㎡①",
    *("——", "……", "—", "…", "9个", "20%", "3.5亿元", "512 MB", "36.5℃", "2024年", "第12届", "3至5个", "平方公里"),
    *("BIM", "New York", "state-of-the-art", "Counterrevolutionary", "https://www.w3.org/TR/clreq/", "a.b@example.com"),
    *("é", "e\u0301", "-", "‐", "–", "/", "／", "(", ")", " ", "  ", "\u00a0", "A", "7", "\n", "\ufffc"),
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=50).map("".join)
TABLES = st.sampled_from(
    [*map(SpacingTable, Script), SpacingTable(Script.HANS, Style(latin_gap=0.25, latin_least=0.2, word_most=0.3))]
)
LEVELS = st.sampled_from(Kinsoku)


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be set, and the widths of its lines."""

    runs: tuple[Run, ...]
    table: SpacingTable
    level: Kinsoku
    measure: Measure
    justified: bool

    @property
    def fast(self) -> Paragraph:
        return make_paragraph(self.runs, self.table, self.level)

    @property
    def plain(self) -> plain.PlainParagraph:
        return plain.plain_paragraph(self.runs, self.table, self.level)

    def cheapest(self) -> float:
        """What the cheapest lines cost."""
        return self.cost(plain.plain_breaks(self.plain, self.measure, justified=self.justified))

    def cost(self, breaks: list[int]) -> float:
        return plain.plain_cost(self.plain, self.measure, breaks, justified=self.justified)


@st.composite
def run_of(draw: st.DrawFn, size: float) -> Run:
    """Text of any make: of other widths, kerned, raised, with something around it, with words that may be parted."""
    text = draw(TEXTS)
    kind = draw(st.sampled_from(["ideal", "ideal", "full", "odd", "raised", "kerned", "hyphenated", "surrounded"]))
    if kind == "full":
        return Run(text, None, size)
    if kind == "odd":
        return Run(text, [width * draw(st.sampled_from([0.5, 0.9, 1.2, 2.0])) for width in advances(text, size)], size)
    if kind == "raised":
        return Run(text, advances(text, size * 0.6), size * 0.6, raised=True)
    made = Run(text, advances(text, size), size)
    if kind == "kerned":
        kerns = draw(st.lists(st.sampled_from([0.0, 0.0, -0.04, 0.1]), min_size=len(text), max_size=len(text)))
        return replace(made, unkerned=[width + kern * size for width, kern in zip(made.widths, kerns, strict=True)])
    if kind == "hyphenated":
        return replace(made, hyphens=range(1, len(text)), hyphen=0.35 * size)
    if kind == "surrounded":
        return made.surrounded(before=draw(st.sampled_from([0.0, 0.25, 1.0])) * size, after=0.25 * size)
    return made


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """One to four runs, mostly of one size, in lines of 5 to 40 em."""
    size = draw(st.sampled_from([1.0, 10.5, 14.0]))
    sizes = draw(st.lists(st.sampled_from([1.0, 1.0, 1.0, 0.75, 1.4]), min_size=1, max_size=4))
    runs = tuple(draw(run_of(size * one)) for one in sizes)
    em = draw(st.one_of(st.integers(5, 40), st.floats(5.0, 40.0)))
    measure = Measure((em - draw(st.sampled_from([0, 2]))) * size, em * size)
    return Case(runs, draw(TABLES), draw(LEVELS), measure, draw(st.sampled_from([True, True, False])))


# ---------------------------------------------------------------- measures and prices


@settings(deadline=None)
@given(TEXTS, LEVELS, st.booleans())
def test_a_line_end_has_the_price_that_reading_character_by_character_gives_it(
    text: str, level: Kinsoku, narrow: bool
) -> None:
    letters = classify(text)
    if narrow:
        letters = letters.translate(dict.fromkeys(map(ord, "OCMDE"), "X"))
    assert break_prices(text, letters, level) == plain.break_prices(text, letters, level)


@settings(deadline=None)
@given(cases())
def test_every_character_and_space_has_the_measures_of_the_plain_model(case: Case) -> None:
    fast, slow = case.fast, case.plain
    assert (fast.text, fast.classes, fast.spaces, fast.prices, fast.hyphens) == (
        slow.text, slow.classes, slow.spaces, slow.prices, slow.hyphens
    )  # fmt: skip
    for name in ("sizes", "lefts", "bodies", "starts", "ends", "leasts", "hair", "tails"):
        assert getattr(fast, name) == pytest.approx(getattr(slow, name), abs=EXACT), name


# ---------------------------------------------------------------- lines


@settings(deadline=None, max_examples=300)
@given(cases())
def test_no_other_lines_are_cheaper(case: Case) -> None:
    breaks = find_breaks(case.fast, case.measure, justified=case.justified)
    assert case.cost(breaks) == pytest.approx(case.cheapest(), abs=1e-9, rel=1e-12), breaks


@settings(deadline=None)
@given(cases(), st.sampled_from([5.0, 25.0, 300.0]))
def test_a_paragraph_is_a_line_longer_or_shorter_where_lines_that_cheap_make_it_so(case: Case, most: float) -> None:
    best, *others = find_forms(case.fast, case.measure, most=most, justified=case.justified)
    cheapest = case.cheapest()
    assert (best.cost, case.cost(best.breaks)) == (0.0, pytest.approx(cheapest, abs=1e-9, rel=1e-12))
    for form in others:
        assert abs(len(form.breaks) - len(best.breaks)) == 1
        assert case.cost(form.breaks) == pytest.approx(cheapest + form.cost, abs=1e-9, rel=1e-12)
    searches = plain.plain_searches(case.plain, case.measure, justified=case.justified)
    if len(searches) == 1:
        wanted = {count: searches[0].best_of(count, most) for count in (len(best.breaks) + 1, len(best.breaks) - 1)}
        found = {len(form.breaks): cheapest + form.cost for form in others}
        assert found == pytest.approx({k: v for k, v in wanted.items() if v < inf}, abs=1e-9, rel=1e-12)


@settings(deadline=None)
@given(cases())
def test_a_line_set_alone_is_the_cheapest_and_fullest(case: Case) -> None:
    p, start = case.fast, 0
    while start < len(p):
        line = set_one_line(p, start, case.measure.others, justified=case.justified)
        alone = Measure(case.measure.others, case.measure.others)
        search = plain.plain_searches(case.plain, alone, start=start, justified=case.justified)[0]
        lines = dict(search.lines(start, alone=True))
        assert lines[line.resume] == pytest.approx(lines[search.best_line()], abs=1e-9, rel=1e-12)
        start = line.resume


# ---------------------------------------------------------------- setting


def lines_of(case: Case) -> list[tuple[SetLine, plain.PlainLine]]:
    """Every line, set by both models between the same breaks."""
    fast, slow, start = case.fast, case.plain, 0
    found = []
    for end in find_breaks(fast, case.measure, justified=case.justified):
        width = case.measure.first if start == 0 else case.measure.others
        line = set_line(fast, start, end, width, justified=case.justified)
        found.append((line, plain.plain_line(slow, start, end, width, justified=case.justified)))
        start = end
    return found


@settings(deadline=None, max_examples=200)
@given(cases())
def test_every_pen_stands_where_the_plain_model_puts_it(case: Case) -> None:
    exact = EXACT * case.fast.size
    for line, slow in lines_of(case):
        assert (line.first, line.last, line.resume, line.hyphenated) == (
            slow.first, slow.last, slow.resume, slow.hyphenated
        )  # fmt: skip
        assert line.pens == pytest.approx(slow.pens, abs=exact)
        assert (line.shift, line.width) == pytest.approx((slow.shift, slow.width), abs=exact)
        assert (line.gap, line.tight) == pytest.approx((slow.gap, slow.tight), abs=EXACT)


@settings(deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_what_is_said_of_any_stretch_of_a_line_makes_its_pens(case: Case, random: object) -> None:
    for line, _ in lines_of(case):
        cut = random.randint(line.first, line.last)  # type: ignore[attr-defined]
        widths = line.paragraph.row.cells.widths(line.first, line.last)
        pens: list[float] = []
        for first, last in (line.first, cut), (cut, line.last):
            gap, others = line.spacing(first, last) if first < last else (0.0, [])
            moves = dict.fromkeys(range(first, last), gap) | dict(others)
            pens += [line.paragraph.size * (widths[at - line.first] + moves[at]) for at in range(first, last)]
        assert pens[:-1] == pytest.approx(line.pens[:-1], abs=EXACT * line.paragraph.size)


# ---------------------------------------------------------------- whole texts


def paragraphs_of(name: str) -> list[str]:
    if name == "content":
        articles = sorted((ROOT / "content" / "articles").rglob("*.md"))
        lines = [line for path in articles for line in path.read_text(encoding="utf-8").split("\n")]
    else:
        lines = (ROOT / "tests" / "typography" / name).read_text(encoding="utf-8").split("\n")
    return [line.strip() for line in lines if line.strip()]


@pytest.mark.parametrize(("script", "em"), [(Script.HANS, 27), (Script.HANS, 20), (Script.HANT_TW, 27)])
@pytest.mark.parametrize("name", ["content", "hard-text.txt", "impossible-text.txt"])
def test_whole_texts_have_the_lines_of_the_plain_model(name: str, script: Script, em: int) -> None:
    table = SpacingTable(script)
    for text in paragraphs_of(name):
        case = Case((run(text),), table, Kinsoku.STRICT, Measure(em - 2, em), justified=True)
        breaks = find_breaks(case.fast, case.measure)
        slow = plain.plain_breaks(case.plain, case.measure)
        # Of lines that cost the same either may be chosen.
        assert breaks == slow or case.cost(breaks) == pytest.approx(case.cost(slow), abs=1e-9), text
