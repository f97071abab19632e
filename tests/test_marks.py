"""Marks of Chinese books, from the braces of the source to the page: dots, lines below names and titles, readings."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from ctypes import byref, c_double
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from fontTools.ttLib import TTFont

from bookmaker.composition import plan
from bookmaker.galley import Medium
from bookmaker.press import issue_edition, make_galley
from bookmaker.project import Project
from bookmaker.script.converter import Converter
from bookmaker.script.scripts import Script
from tests.gates import Finding
from tests.gates.poppler import page_texts
from tests.projects import PLAN, STOCK, article, lay_project

ROOT = Path(__file__).resolve().parents[1]
SIZE = 10.5  # pt, of the text

DOTTED = "这一段里要紧的话加点，标点不加，Latin 和 2026 也不加，点一直打到下一行的头几个字为止"
PARAGRAPH = "县里的桥通了车，下面用几句话说清来由，写得长一些。"
NAMES = "从太原阳曲到盂县，路上读的是北引擎这一本书。"
READINGS = (("大", "Dà"), ("盂", "yú"), ("庄", "zhuāng"), ("双", "shuāng"), ("注", "ㄓㄨˋ"))
TEXT = f"""{PARAGRAPH}[{DOTTED}]{{.dots}}。{PARAGRAPH}

从[太原]{{.name}}[阳曲]{{.name}}到[[盂]{{ruby=yú}}县]{{.name}}，路上读的是[北引擎]{{.title}}这一本书。

{"".join(f"[{base}]{{ruby={reading}}}" for base, reading in READINGS)}。

{'[大盂庄]{ruby="Dà yú zhuāng"}' * 30}。

| 表 | 注 |
| --- | --- |
| [格]{{.dots}} | [盂]{{ruby=yú}}县 |

> [引]{{.dots}}文叫了注[^1]。

## [盂]{{ruby=yú}}县

末段。

[^1]: 注里也[有]{{.dots}}点。
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """One path of an artifact: its box in pt from the page's lower left corner, and how it is drawn."""

    kind: str  # "dot", "line" or "wave"
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it stands on the page."""

    character: str
    left: float
    right: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Book:
    """One edition with all marks on."""

    path: Path

    def texts(self) -> list[str]:
        return page_texts(self.path)

    def page_with(self, words: str) -> int:
        return next(n for n, text in enumerate(self.texts()) if words in text)


def project(folder: Path, *, lines: bool = True) -> Project:
    """A project whose layout draws all marks, or as few as the layout “book”."""
    if lines:
        layout = folder / "layouts" / "lined"
        shutil.copytree(ROOT / "layouts" / "book", layout)
        toml = layout / "layout.toml"
        toml.write_text(toml.read_text("utf-8").replace("_lines = false", "_lines = true"), "utf-8")
    plan = (STOCK / PLAN).read_text("utf-8")
    files = {"content/articles/bridge.md": article(TEXT)}
    if lines:
        files[PLAN] = plan.replace("[volume]", '[volume]\nlayout = "lined"')
    return lay_project(folder, files=files)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Script, Medium], Book]:
    folder = tmp_path_factory.mktemp("marks")
    made = project(folder)

    @cache
    def book(script: Script, medium: Medium) -> Book:
        path = folder / f"{script}.{medium}"
        issue_edition(made, made.root / PLAN, script, medium, path)
        return Book(path)

    return book


@pytest.fixture(scope="module")
def printed(books: Callable[[Script, Medium], Book]) -> Book:
    return books(Script.HANS, Medium.PDF)


# ---- the page ----


def marks_on(pdf: Path, page: int) -> list[Mark]:
    """Every path that stands in an artifact, and none that stands elsewhere."""
    found: list[Mark] = []
    matrix, stack = pikepdf.Matrix(), []
    inside: list[bool] = []
    points: list[tuple[float, float]] = []
    curves = 0
    with pikepdf.open(pdf) as book:
        for operands, operator in pikepdf.parse_content_stream(book.pages[page]):
            match str(operator):
                case "q":
                    stack.append(matrix)
                case "Q":
                    matrix = stack.pop()
                case "cm":
                    matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
                case "BMC" | "BDC":
                    inside.append(str(operands[0]) == "/Artifact")
                case "EMC":
                    inside.pop()
                case "m" | "l" | "c":
                    curves += str(operator) == "c"
                    points.append(matrix.transform(tuple(map(float, operands[-2:]))))
                case "f" | "S" as paint:
                    assert inside == [True] or not curves, "a mark inside the text’s own marked content"
                    if inside == [True]:
                        found += marks_of(paint, points, curves)
                    points, curves = [], 0
    return found


def marks_of(paint: str, points: list[tuple[float, float]], curves: int) -> Iterator[Mark]:
    if paint == "f" and curves:
        for at in range(0, len(points), 5):
            yield boxed("dot", points[at : at + 5])
    elif paint == "S":
        yield boxed("wave" if curves else "line", points)


def boxed(kind: str, points: list[tuple[float, float]]) -> Mark:
    xs, ys = zip(*points, strict=True)
    return Mark(kind, min(xs), min(ys), max(xs), max(ys))


def glyphs_on(pdf: Path, page: int) -> list[Glyph]:
    found: list[Glyph] = []
    with pypdfium2.PdfDocument(pdf) as book:
        words = book[page].get_textpage()
        for index in range(words.count_chars()):
            character = chr(pdfium.FPDFText_GetUnicode(words.raw, index))
            x, y = c_double(), c_double()
            pdfium.FPDFText_GetCharOrigin(words.raw, index, byref(x), byref(y))
            left, _, right, _ = words.get_charbox(index, loose=True)
            if character.strip():
                found.append(Glyph(character, left, right, y.value))
    return found


def run_of(words: str, glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs that show some words, spaces left out."""
    words = "".join(words.split())
    at = "".join(glyph.character for glyph in glyphs).index(words)
    return glyphs[at : at + len(words)]


def is_han(character: str) -> bool:
    return "一" <= character <= "鿿"


def test_a_dot_stands_below_the_middle_of_every_han_character_and_of_nothing_else(printed: Book) -> None:
    page = printed.page_with("县里的桥")
    glyphs, dots = glyphs_on(printed.path, page), [m for m in marks_on(printed.path, page) if m.kind == "dot"]
    wanted = [g for g in run_of(DOTTED, glyphs) if is_han(g.character)]
    assert len({g.baseline for g in wanted}) > 1, "the dots should cross a line end"
    assert len(dots) >= len(wanted)
    for glyph, dot in zip(wanted, dots, strict=False):
        x, y = dot.middle
        assert x == pytest.approx((glyph.left + glyph.right) / 2, abs=0.02), glyph.character
        assert 0.2 * SIZE < glyph.baseline - y < 0.4 * SIZE
        assert dot.top - dot.bottom == pytest.approx(0.15 * SIZE, abs=0.01)


def test_dots_stand_in_tables_quotations_and_notes(printed: Book) -> None:
    pages = [n for n, text in enumerate(printed.texts()) if set("有引") & set(text) or PARAGRAPH[:4] in text]
    marks = [mark for page in pages for mark in marks_on(printed.path, page)]
    assert sum(mark.kind == "dot" and mark.right - mark.left < SIZE / 4 for mark in marks) == sum(
        map(is_han, DOTTED)
    ) + len("格引有")


def test_dots_and_lines_find_words_that_weasyprint_set_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "read_line_box", lambda *_: None)
    made = project(tmp_path)
    issue_edition(made, made.root / PLAN, Script.HANS, Medium.PDF, tmp_path / "book.pdf")
    book = Book(tmp_path / "book.pdf")
    page = book.page_with("县里的桥")
    wanted = [g for g in run_of(DOTTED, glyphs_on(book.path, page)) if is_han(g.character)]
    dots = [mark for mark in marks_on(book.path, page) if mark.kind == "dot"]
    for glyph, dot in zip(wanted, dots, strict=False):
        # WeasyPrint’s own drawing loses a little at every stretched word space.
        assert dot.middle[0] == pytest.approx((glyph.left + glyph.right) / 2, abs=SIZE / 4), glyph.character
    first, *_, last = run_of("北引擎", glyphs_on(book.path, page))
    (wave,) = (mark for mark in marks_on(book.path, page) if mark.kind == "wave")
    assert (wave.left, wave.right) == pytest.approx((first.left + SIZE / 8, last.right - SIZE / 8), abs=0.1)


def test_names_have_a_line_each_and_titles_a_wave(printed: Book) -> None:
    page = printed.page_with("路上读的")
    glyphs = glyphs_on(printed.path, page)
    baseline = run_of("太原", glyphs)[0].baseline
    marks = [mark for mark in marks_on(printed.path, page) if 0 < baseline - mark.top < SIZE / 2]
    taiyuan, yangqu, yuxian, north = sorted(marks, key=lambda mark: mark.left)
    for words, mark in (("太原", taiyuan), ("阳曲", yangqu), ("北引擎", north)):
        first, *_, last = run_of(words, glyphs)
        assert mark.left == pytest.approx(first.left + SIZE / 8, abs=0.02), words
        assert mark.right == pytest.approx(last.right - SIZE / 8, abs=0.02), words
        assert 0.12 * SIZE < first.baseline - mark.top < 0.3 * SIZE
    assert [mark.kind for mark in (taiyuan, yangqu, yuxian, north)] == ["line", "line", "line", "wave"]
    assert taiyuan.right < yangqu.left - SIZE / 5
    assert yuxian.right - yuxian.left == pytest.approx(1.75 * SIZE, abs=0.02), "a reading is no part of the name"


def test_a_reading_stands_over_the_middle_of_its_character(printed: Book) -> None:
    page = printed.page_with("这一本书")
    glyphs = glyphs_on(printed.path, page)
    bases = run_of("".join(base for base, _ in READINGS), glyphs)
    row = run_of("".join(reading for _, reading in READINGS), glyphs)
    right = 0.0
    for below, (_, reading) in zip(bases, READINGS, strict=True):
        above, row = row[: len(reading)], row[len(reading) :]
        middle = (above[0].left + above[-1].right) / 2
        assert middle == pytest.approx((below.left + below.right) / 2, abs=0.06), reading
        assert 0.9 * SIZE < above[0].baseline - below.baseline < 1.1 * SIZE
        assert above[0].left > right, "two readings touch"
        right = above[-1].right


def test_words_below_readings_are_read_without_them(printed: Book) -> None:
    """By whoever reads in the order of drawing, and by whoever goes by the places on the page."""
    bases = "".join(base for base, _ in READINGS)
    page = printed.page_with("这一本书")
    with pypdfium2.PdfDocument(printed.path) as book:
        drawn = "".join(book[page].get_textpage().get_text_range().split())
    placed = "".join(printed.texts()[page].split())
    for text in (drawn, placed):
        assert f"{bases}。" in text
        assert "从太原阳曲到盂县，路上" in text
        assert "Dàyúzhuāngshuāng" in text


def test_lines_with_readings_are_flush_and_keep_the_leading(printed: Book) -> None:
    page = printed.page_with("这一本书")
    glyphs = glyphs_on(printed.path, page)
    lines: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.character in "大盂庄":
            lines.setdefault(round(glyph.baseline, 2), []).append(glyph)
    full = [line for line in lines.values() if len(line) > 15]
    assert len(full) >= 3
    assert {round(a[0].baseline - b[0].baseline, 2) for a, b in pairwise(full)} == {18.0}
    margin = min(glyph.left for glyph in glyphs)
    room = 2.0  # of a reading wider than the character that ends the line
    assert all(27 * SIZE - room < line[-1].right - margin < 27 * SIZE + 0.01 for line in full)


def test_the_text_that_is_copied_is_the_source(printed: Book) -> None:
    text = "".join("".join(printed.texts()).split())
    for words in (PARAGRAPH, DOTTED):
        assert "".join(words.split()) in text
    assert "从太原阳曲到盂县，路上读的是北引擎这一本书。" in text
    assert "●" not in text and "•" not in text


def test_the_outline_names_a_heading_without_its_reading(printed: Book) -> None:
    with pikepdf.open(printed.path) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in walk(outline.root)]
    assert "盂县" in titles


def walk(items: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from walk(item.children)


def test_ruby_is_tagged_as_a_base_and_its_reading(printed: Book) -> None:
    with pikepdf.open(printed.path) as pdf:
        elements = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"]
        ruby = [element for element in elements if element.S == "/Ruby"]
        parts = {tuple(str(kid.S) for kid in element.K) for element in ruby}
    assert len(ruby) >= 90
    assert parts == {("/RB", "/RT")}


@pytest.mark.parametrize("script", Script)
def test_the_pdf_is_accessible(
    script: Script, books: Callable[[Script, Medium], Book], verify_pdf: Callable[..., list[Finding]]
) -> None:
    assert verify_pdf(books(script, Medium.PDF).path) == []


@pytest.mark.parametrize("medium", Medium)
def test_the_same_bytes_twice(medium: Medium, books: Callable[[Script, Medium], Book], tmp_path: Path) -> None:
    again = project(tmp_path / "again")
    issue_edition(again, again.root / PLAN, Script.HANS, medium, tmp_path / "book")
    assert (tmp_path / "book").read_bytes() == books(Script.HANS, medium).path.read_bytes()


def test_a_layout_that_asks_for_no_lines_prints_names_plainly(tmp_path: Path) -> None:
    plain = project(tmp_path, lines=False)
    issue_edition(plain, plain.root / PLAN, Script.HANS, Medium.PDF, tmp_path / "plain.pdf")
    book = Book(tmp_path / "plain.pdf")
    kinds = {mark.kind for page in range(len(book.texts())) for mark in marks_on(book.path, page)}
    assert "dot" in kinds and "wave" not in kinds
    issue_edition(plain, plain.root / PLAN, Script.HANS, Medium.EPUB, tmp_path / "plain.epub")
    assert "name-line" not in style_of(tmp_path / "plain.epub")


# ---- the screen ----


def style_of(epub: Path) -> str:
    with zipfile.ZipFile(epub) as package:
        (name,) = (name for name in package.namelist() if name.endswith(".css"))
        return package.read(name).decode()


@pytest.mark.parametrize("script", Script)
def test_the_epub_is_valid(
    script: Script, books: Callable[[Script, Medium], Book], check_epub: Callable[..., list[Finding]]
) -> None:
    assert check_epub(books(script, Medium.EPUB).path) == []


def test_the_epub_leaves_marks_to_the_reader(books: Callable[[Script, Medium], Book]) -> None:
    path = books(Script.HANS, Medium.EPUB).path
    style = style_of(path)
    for rule in ("text-emphasis: filled circle", "-webkit-text-emphasis: filled circle", "wavy"):
        assert rule in style
    with zipfile.ZipFile(path) as package:
        page = package.read(next(n for n in package.namelist() if n.endswith("bridge.xhtml"))).decode()
        shown: set[int] = set()
        for name in package.namelist():
            if name.endswith(".ttf"):
                shown |= set(TTFont(io.BytesIO(package.read(name))).getBestCmap())
    assert "<ruby>盂<rt>yú</rt></ruby>" in page
    assert {ord(character) for _, reading in READINGS for character in reading} <= shown


# ---- the script ----


def test_a_base_is_converted_and_its_reading_is_not() -> None:
    convert = Converter(Script.HANT_TW)
    assert convert.passage(["<p><ruby>庄<rt>zhuāng</rt></ruby><ruby>双<rt>双</rt></ruby></p>"])[0] == (
        "<p><ruby>莊<rt>zhuāng</rt></ruby><ruby>雙<rt>双</rt></ruby></p>"
    )


def test_marked_words_are_converted_as_one_phrase(tmp_path: Path) -> None:
    made = project(tmp_path)
    galley, _ = make_galley(made, made.root / PLAN, Script.HANT_TW)
    (page,) = (section.xhtml for section in galley.sections if section.id == "bridge")
    found = re.search(r'<em class="dots">(.*?)</em>', page)
    assert found and found[1].startswith("這一段裡要緊的話加點")
    assert '<span class="name-line">陽曲</span>' in page
