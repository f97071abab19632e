"""What a designer looks for on a printed page: steps of decks, rows of tables, lists, notes, captions, openers.

On a small volume that holds each of them in every kind, in Simplified and Traditional, measured in the PDF. Its words
are such as both scripts write alike.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass
from itertools import groupby, pairwise, product
from pathlib import Path

import pymupdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from bookmaker.makeup.printing import print_pdf
from bookmaker.press import make_galley
from bookmaker.script.scripts import Script
from tests.projects import PLAN, article, lay_project
from tests.typography.grid import Line, lines_of
from tests.whole.test_pages import _destinations

#: Sizes (pt) by which the parts of a page are known.
COLUMN, KICKER, TITLE, SUBTITLE, BYLINE, BODY, CELL, CAPTION, VALUE = 10, 9.5, 18, 12, 9, 10.5, 9, 8.5, 23
PARTS = {COLUMN: "column", KICKER: "kicker", TITLE: "title", SUBTITLE: "subtitle", BYLINE: "byline", BODY: "text"}
LEADING, MEASURE = 18, 27 * BODY
#: How far (pt) two steps may differ and be the same.
SAME = 0.1

TITLES = (
    "河上",
    "河上有路一日走到天明，山中有人在家日日等到半夜",
    "河上有路一日走到天明，山中有人在家日日等到半夜，水上有舟来去不用一刻",
)
HEAD = ("column: 山水行\n", "kicker: 一年有成，三年有名\n", "subtitle: 三年之行\n", "bylines: [{name: 王三}]\n")
SENTENCE = "水上有舟，山中有人，日日等到半夜，一年里走三十里路，三年里走九十里，人人都在路上走。"
LONG_CELL = "山中有人日日等到半夜，水上有舟来去不用一刻，都在路上走"
LEAD = "山中有人日日等到半夜，水上有舟来去不用一刻，此表之前有此一言，一言之下方有此表。"

LISTS = f"""\
{SENTENCE}

- 甲，{SENTENCE}
- 乙

1. 丙，{SENTENCE}
2. 丁

山（水）[^a]上有“舟”[^b]有人[^c]。

[^a]: 甲注，{SENTENCE}{SENTENCE}
[^b]: 乙注。
[^c]: 丙注。
"""
TABLES = f"""\
{SENTENCE}

| 山 | 省 | 言 | 定 |
| --- | --- | --- | --- |
| 甲行 | 山西省 | 有 | 未定 |
| 乙行 | 山西 | 有 | 未定 |
| 丙行 | 山西省 | {LONG_CELL} | 未定 |
| 丁行 | 山西之北 | {LONG_CELL} | 未定 |

{SENTENCE}

![](narrow.png)

{SENTENCE}
"""
CAPTIONED = "山中有人日日等到半夜，水上有舟来去不用一刻，人人都在路上走，山中有人等到半夜"
PICTURE = f"images: [{{file: narrow.png, alt: 山, caption: {CAPTIONED}, credit: 王三}}]\n"
FIGURES = """\
figures:
  - {label: 人人都在水上走三十里三年里走九十里之路, value: 7400多, unit: 家}
  - {label: 水上, value: 3, unit: 座}
"""
PLAN_OF_ALL = """\
[volume]
title = "小山"
date = 2026-05-01

[[chapter]]
theme = "city"

[[chapter]]
theme = "trade"
figures = ["days#人人都在水上走三十里三年里走九十里之路", "days#水上"]
"""


def _files() -> dict[str, str | bytes]:
    picture = io.BytesIO()
    Image.new("RGB", (160, 90), "#336655").save(picture, "PNG")
    articles = {
        f"deck-{number:02}": article(f"{SENTENCE}\n\n{SENTENCE}", title, more="".join(parts))
        for number, (*parts, title) in enumerate(product(*(("", line) for line in HEAD), TITLES))
    }
    table = "| 山 | 水 |\n| --- | --- |\n" + "| 山 | 水 |\n" * 5
    for number in range(8):
        body = "\n\n".join([*["一行。"] * (number + 3), LEAD, table, "完。"])
        articles[f"lead-{number}"] = article(body, "表", themes="[trade]")
    events = "".join(f"  - {{date: 2022-05-{day:02}, text: {'山' * (8 + day)}有人}}\n" for day in range(1, 15))
    events += "  - {date: 2022-05-14, text: 同日又有}\n"
    articles["days"] = article("一行。", "日", themes="[trade]", more=f"{FIGURES}events:\n{events}")
    articles["a-lists"] = article(LISTS, "列", themes="[trade]")
    articles["b-tables"] = article(TABLES, "表中", themes="[trade]", more=PICTURE)
    files = {f"content/articles/{name}.md": text for name, text in articles.items()}
    return {PLAN: PLAN_OF_ALL, "content/images/narrow.png": picture.getvalue(), **files}


@dataclass(frozen=True)
class Glyph:
    """A character that shows, its size, its baseline from the foot of the page, and its ink from left to right."""

    text: str
    size: float
    baseline: float
    left: float
    right: float


@dataclass(frozen=True)
class Book:
    """A printed volume, its lines, and the first page (from 1) of each of its sections."""

    pdf: Path
    lines: list[Line]
    pages: dict[str, int]

    def on(self, page: int, size: float) -> list[Line]:
        return [line for line in self.lines if line.page == page and abs(line.size - size) < SAME]

    def page_with(self, text: str, size: float) -> int:
        return next(line.page for line in self.lines if abs(line.size - size) < SAME and text in line.text)

    def glyphs(self, page: int) -> list[Glyph]:
        with pypdfium2.PdfDocument(self.pdf) as book:
            return list(_glyphs(book[page - 1].get_textpage()))


def _glyphs(text: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    x, y, matrix = c_double(), c_double(), pdfium.FS_MATRIX()
    for index in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        if letter.isspace() or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        left, _, right, _ = text.get_charbox(index)
        yield Glyph(letter, pdfium.FPDFText_GetFontSize(text, index) * abs(matrix.d), y.value, left, right)


@pytest.fixture(scope="module", params=[Script.HANS, Script.HANT_TW])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("design")
    project = lay_project(folder / "book", files=_files())
    galley, case = make_galley(project, project.root / PLAN, request.param)
    pdf = folder / "design.pdf"
    pdf.write_bytes(print_pdf(galley, case, folder / "cache").data)
    return Book(pdf, lines_of(pdf), {name: page + 1 for name, page in _destinations(pdf).items()})


# --- decks ------------------------------------------------------------------------------------------------


def _decks(book: Book) -> Iterator[list[tuple[str, float]]]:
    """The parts of every deck with their baselines, from its first line to the first one of the text."""
    for page, lines in groupby(book.lines, lambda line: line.page):
        deck: list[tuple[str, float]] = []
        for line in lines if book.pages["chapter-1"] < page < book.pages["chapter-2"] else ():
            part = PARTS.get(line.size)
            if part is None or line.text.isdigit():
                continue
            deck.append((part, line.baseline))
            if part == "text":
                if len(deck) > 1:
                    yield deck
                deck = []


def _steps(book: Book) -> dict[tuple[str, str], list[float]]:
    """Every distance from one part of a deck to the next, by the two parts."""
    steps: dict[tuple[str, str], list[float]] = defaultdict(list)
    for deck in _decks(book):
        for (part, baseline), (following, below) in pairwise(deck):
            steps[part, following].append(below - baseline)
    return steps


def test_every_step_of_a_deck_is_the_same_whatever_the_deck_holds(book: Book) -> None:
    lines = [sum(part == "title" for part, _ in deck) for deck in _decks(book)]
    assert {1, 2, 3} <= set(lines)
    assert len(lines) >= 48
    steps = _steps(book)
    assert len(steps) == 10, sorted(steps)
    for step, found in steps.items():
        assert max(found) - min(found) < SAME, f"{step}: {sorted(found)}"


def test_a_deck_without_a_byline_takes_less_space(book: Book) -> None:
    steps = {step: found[0] for step, found in _steps(book).items()}
    assert steps["title", "text"] <= steps["title", "byline"] + steps["byline", "text"] - LEADING + SAME
    assert steps["subtitle", "text"] == pytest.approx(steps["byline", "text"], abs=SAME)


def test_a_deck_at_the_head_of_a_page_begins_less_than_half_a_line_below_it(book: Book) -> None:
    """A title's line is half a line higher than the others."""
    top = min(line.baseline for line in book.lines if line.size == BODY)
    heads = [deck[0] for deck in _decks(book) if deck[0][1] < top + 1.5 * LEADING]
    assert len({part for part, _ in heads}) > 2
    for part, baseline in heads:
        assert baseline - top < LEADING / 2 + (LEADING / 2 if part == "title" else 0) + SAME, part


# --- tables -----------------------------------------------------------------------------------------------


def test_the_lines_of_a_row_are_nearer_than_the_rows(book: Book) -> None:
    rows: list[list[float]] = []
    for line in book.on(book.page_with("甲行", CELL), CELL):
        if line.text[:2] in ("甲行", "乙行", "丙行", "丁行"):
            rows.append([])
        if rows and not line.text.isdigit():
            rows[-1].append(line.baseline)
    one, other, several, last = rows
    assert [len(row) > 1 for row in rows] == [False, False, True, True]
    assert {round(below - above, 1) for row in (several, last) for above, below in pairwise(row)} == {12.5}
    between = [other[0] - one[0], several[0] - other[0], last[0] - several[-1]]
    assert between == pytest.approx([LEADING] * 3, abs=SAME)


def test_a_short_word_in_a_table_stays_in_its_line(book: Book) -> None:
    texts = [line.text for line in book.on(book.page_with("甲行", CELL), CELL)]
    for word, count in (("山西省", 2), ("山西之北", 1), ("未定", 4)):
        assert sum(word in text for text in texts) == count, texts


def test_a_table_stays_with_the_words_that_lead_to_it(book: Book) -> None:
    heads = [line for line in book.lines if line.size == CELL and line.text == "山水"]
    assert len(heads) >= 8 * 6
    for page in {line.page for line in heads}:
        first = next(line for line in heads if line.page == page)
        above = [line for line in book.on(page, BODY) if line.baseline < first.baseline]
        assert above, first
        assert above[-1].text.endswith("方有此表。"), above[-1]


# --- lists, notes, captions -------------------------------------------------------------------------------


def _beside(glyphs: list[Glyph], mark: Glyph) -> Glyph:
    """The next glyph of the body on the mark's line."""
    line = [g for g in glyphs if abs(g.baseline - mark.baseline) < 6 and g.size > 10 and g.left > mark.left]
    return min((g for g in line if g != mark), key=lambda g: g.left)


def test_marks_and_numbers_of_lists_stand_near_the_text(book: Book) -> None:
    glyphs = book.glyphs(book.pages["a-lists"])
    edge = min(line.left for line in book.on(book.pages["a-lists"], BODY))
    marks = sorted((g for g in glyphs if g.text in "•." and g.size > 10), key=lambda g: -g.baseline)
    assert [mark.text for mark in marks] == ["•", "•", ".", "."]
    for mark in marks:
        text = _beside(glyphs, mark)
        assert 0.3 * BODY < text.left - mark.right < 0.75 * BODY, mark
        assert edge + 2 * BODY <= text.left < edge + 2.2 * BODY, "the indent of a paragraph"
    bullet = marks[0]
    assert bullet.right - bullet.left > 0.2 * BODY


def test_a_note_call_is_clear_of_what_stands_beside_it(book: Book) -> None:
    glyphs = book.glyphs(book.pages["a-lists"])
    calls = [g for g in glyphs if abs(g.size - 6.5) < SAME]
    assert [call.text for call in calls] == ["1", "2", "3"]
    for call in calls:
        before = [g.right for g in glyphs if abs(g.baseline - call.baseline) < 6 and g.right <= call.left]
        assert call.left - max(before) > 0.7, call
        assert _beside(glyphs, call).left - call.right > 1.7, call


def test_the_text_of_a_note_hangs_clear_of_its_number(book: Book) -> None:
    number, *others = book.on(book.pages["a-lists"], CAPTION)
    glyphs = [g for g in book.glyphs(book.pages["a-lists"]) if abs(g.size - CAPTION) < SAME]
    digit, word = glyphs[:2]
    assert (digit.text, word.text) == ("1", "甲")
    assert 0.4 * CAPTION < word.left - digit.right < 0.8 * CAPTION
    assert others[0].left - number.left == pytest.approx(1.1 * CAPTION, abs=1)


def test_a_picture_and_its_caption_begin_where_the_text_begins(book: Book) -> None:
    page = book.page_with("山中有人日日", CAPTION)
    with pypdfium2.PdfDocument(book.pdf) as opened:
        (image,) = opened[page - 1].get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
        left, bottom, right, _ = image.get_bounds()
        foot = opened[page - 1].get_height() - bottom
    first, second = book.on(page, CAPTION)
    edge = min(line.left for line in book.on(page, BODY))
    assert right - left < MEASURE / 2
    assert [left, first.left, second.left] == pytest.approx([edge] * 3, abs=0.5)
    below = min(line.baseline for line in book.on(page, BODY) if line.baseline > second.baseline)
    assert first.baseline - foot < 16
    assert below - second.baseline > 1.5 * LEADING


# --- openers, chronology ----------------------------------------------------------------------------------


def test_the_numbers_of_an_opener_stand_on_one_line_though_a_label_wraps(book: Book) -> None:
    (numbers,) = book.on(book.pages["chapter-2"], VALUE)
    assert numbers.text == "74003"
    labels = [line for line in book.on(book.pages["chapter-2"], CAPTION) if line.baseline > numbers.baseline + SAME]
    assert len(labels) == 2
    assert labels[0].text.endswith("水上")


def test_a_word_behind_a_number_is_set_like_its_unit_and_close_to_it(book: Book) -> None:
    glyphs = [g for g in book.glyphs(book.pages["chapter-2"]) if abs(g.size - CAPTION) < SAME]
    word, unit = glyphs[:2]
    assert word.text + unit.text == "多家"
    assert unit.left - word.right < 0.25 * CAPTION


def test_the_key_figures_are_as_wide_as_the_measure(book: Book) -> None:
    with pymupdf.open(book.pdf) as opened:
        drawings = opened[book.pages["chapter-2"] - 1].get_drawings()
    rules = [item[1:] for drawing in drawings for item in drawing["items"] if item[0] == "l"]
    rules = [(begin.x, end.x) for begin, end in rules if begin.y == end.y]
    assert len(rules) == 2
    assert rules[1][1] - rules[0][0] == pytest.approx(MEASURE, abs=SAME)


def test_no_page_number_of_the_chronology_is_alone_on_its_line(book: Book) -> None:
    pages = range(book.pages["chronology"], book.pages["colophon"])
    references = [line for page in pages for line in book.on(page, CAPTION)]
    assert len(references) == 15
    for reference in references:
        words = [line for line in book.on(reference.page, BODY) if abs(line.baseline - reference.baseline) < SAME]
        assert [len(line.text) >= 2 for line in words] == [True], reference


def test_a_day_is_printed_once(book: Book) -> None:
    days = [line.text for page in range(book.pages["chronology"], book.pages["colophon"]) for line in book.on(page, 9)]
    assert days.count("5月14日") == 1
    assert days.count("5月13日") == 1
