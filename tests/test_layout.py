"""A layout's tables `[lines]` and `[pages]`: what they may say, and that printed and bound books do as they say."""

from __future__ import annotations

import re
import shutil
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import pypdfium2
import pytest

from bookmaker.composition.breaking import Kinsoku
from bookmaker.composition.choices import Choices
from bookmaker.composition.feet import PageCosts
from bookmaker.content.plan import Typography
from bookmaker.galley import Medium
from bookmaker.layout import Layout, read_layout
from bookmaker.line_choices import Limits
from bookmaker.press import issue_edition
from bookmaker.script.scripts import Script
from bookmaker.wording import BrokenLayoutError
from tests.projects import PLAN, STOCK, article, lay_project

BOOK = Path(__file__).parents[1] / "layouts" / "book"
BRIDGE = "content/articles/bridge.md"
STOCK_PLAN = (STOCK / PLAN).read_text(encoding="utf-8")
NARROW = f"{STOCK_PLAN}\n[typography]\nmeasure = 10\n"

With = Callable[[str], Layout]


def table(lines: str) -> str:
    """The shipped `layout.toml` with another table `[lines]`, which stands last in it."""
    return (BOOK / "layout.toml").read_text(encoding="utf-8").partition("[lines]")[0] + lines


@pytest.fixture
def layout_with(tmp_path: Path) -> With:
    """`layout_with(lines)`: the shipped layout with another end of its `layout.toml`."""

    def read(lines: str) -> Layout:
        folder = tmp_path / "layouts" / "book"
        shutil.copytree(BOOK, folder, dirs_exist_ok=True)
        (folder / "layout.toml").write_text(table(lines), encoding="utf-8")
        return read_layout(folder, Typography())

    return read


# What it may say


def test_the_shipped_layout_says_what_is_chosen_without_a_table(layout_with: With) -> None:
    shipped = read_layout(BOOK, Typography())
    assert (shipped.lines, shipped.limits, shipped.pages) == (Choices(), Limits(), PageCosts())
    without = layout_with("")
    assert (without.lines, without.limits, without.pages) == (Choices(), Limits(), PageCosts())


def test_what_the_table_says_is_chosen(layout_with: With) -> None:
    said = layout_with(
        '[lines]\nkinsoku = "gb"\nlatin_gap = 0.25\nlatin_least = 0.2\nlatin_most = 0.5\nword_most = 0.25\n'
        "hyphenate = true\nloose = 0.2\ntight = 1\n"
    )
    style = said.lines.style
    assert said.lines.kinsoku is Kinsoku.GB
    assert said.lines.hyphenate
    assert (style.latin_gap, style.latin_least, style.latin_most) == (0.25, 0.2, 0.5)
    assert style.word_most == 0.25
    assert said.limits == Limits(0.2, 1.0)


def test_what_the_table_of_pages_says_is_chosen(layout_with: With) -> None:
    said = layout_with("[pages]\ngaps = false\nspread = 20\nearly_line = 0.5\n").pages
    assert said == PageCosts(gaps=False, spread=20.0, early_line=0.5)


def test_the_shipped_layout_writes_out_every_cost_of_a_page() -> None:
    written = tomllib.loads((BOOK / "layout.toml").read_text(encoding="utf-8"))["pages"]
    assert set(written) == {field.name for field in fields(PageCosts)}


FAULTS = {
    "[lines]\nkinsok = 1": "the key “lines.kinsok” in layout.toml means nothing: did you mean “kinsoku”?",
    '[lines]\nkinsoku = "loose"': "“lines.kinsoku” in layout.toml cannot be “loose”: "
    'write "strict", "gb", "basic", "none"',
    "[lines]\nkinsoku = false": "“lines.kinsoku” in layout.toml cannot be “false”: "
    'write "strict", "gb", "basic", "none"',
    "[lines]\nlatin_gap = 20": "“lines.latin_gap” in layout.toml cannot be “20”: write a number from 0 to 1",
    "[lines]\nlatin_gap = -0.1": "“lines.latin_gap” in layout.toml cannot be “-0.1”: write a number from 0 to 1",
    "[lines]\nlatin_gap = nan": "“lines.latin_gap” in layout.toml cannot be “nan”: write a number from 0 to 1",
    '[lines]\nloose = "0.1"': "“lines.loose” in layout.toml cannot be “0.1”: write a number from 0 to 1",
    "[lines]\ntight = true": "“lines.tight” in layout.toml cannot be “true”: write a number from 0 to 1",
    "[lines]\nhyphenate = 1": "“lines.hyphenate” in layout.toml cannot be “1”: write true or false",
    "[lines]\nlatin_least = 0.3": "“lines.latin_least” (0.3) in layout.toml is more than “lines.latin_gap” (0.2)",
    "[lines]\nlatin_most = 0.1": "“lines.latin_gap” (0.2) in layout.toml is more than “lines.latin_most” (0.1)",
    "[lines]\nword_most = 0.1": "“lines.word_most” (0.1) in layout.toml is less than the space itself (0.25)",
    "[[lines]]\nloose = 0.1": "“lines” in layout.toml is not a table: write [lines] above its keys",
    "[pages]\nshrt = 1": "the key “pages.shrt” in layout.toml means nothing: did you mean “short”?",
    "[pages]\nshort = -1": "“pages.short” in layout.toml cannot be “-1”: write a number from 0 to 1000",
    "[pages]\nwhite = inf": "“pages.white” in layout.toml cannot be “inf”: write a number from 0 to 1000",
    "[pages]\ngap = true": "“pages.gap” in layout.toml cannot be “true”: write a number from 0 to 1000",
    "[pages]\nlengths = 1": "“pages.lengths” in layout.toml cannot be “1”: write true or false",
    "[[pages]]\nshort = 1": "“pages” in layout.toml is not a table: write [pages] above its keys",
}


@pytest.mark.parametrize(("lines", "message"), FAULTS.items(), ids=lambda text: text.split("\n")[-1][:40])
def test_a_fault_in_the_table_is_named(lines: str, message: str, layout_with: With) -> None:
    with pytest.raises(BrokenLayoutError) as fault:
        layout_with(lines)
    assert str(fault.value) == f"the layout “book”: {message}"


# What comes of it


def made(folder: Path, lines: str, body: str, medium: Medium = Medium.PDF) -> Path:
    """The stock project in a narrow measure, with one text and one table `[lines]`, as a file."""
    files = {BRIDGE: article(body), PLAN: NARROW}
    project = lay_project(folder, files=files)
    shutil.copytree(BOOK, folder / "layouts" / "book")
    (folder / "layouts" / "book" / "layout.toml").write_text(table(lines), encoding="utf-8")
    return issue_edition(project, project.root / PLAN, Script.HANS, medium, folder / f"book.{medium}").path


def characters(pdf: Path, first: str) -> Iterator[tuple[str, float]]:
    """(character, left) in pt, of the page that holds the text."""
    with pypdfium2.PdfDocument(pdf) as book:
        pages = (page.get_textpage() for page in book)
        text = next(page for page in pages if first in page.get_text_range())
        for at in range(text.count_chars()):
            left, *_ = text.get_charbox(at, loose=True)
            yield text.get_text_range(at, 1), left


def lines_of(pdf: Path, first: str) -> list[str]:
    """The lines of that page; where they are loose, pdfium sees spaces."""
    with pypdfium2.PdfDocument(pdf) as book:
        texts = [page.get_textpage().get_text_range().replace(" ", "") for page in book]
    return next(text for text in texts if first in text).split("\r\n")


#: Eight characters fill the first line, of which the indent takes two of ten.
KINSOKU = "桥今天通车了大家，都来看。"


def test_a_layout_without_kinsoku_lets_a_line_begin_with_a_comma(tmp_path: Path) -> None:
    strict = lines_of(made(tmp_path / "strict", "", KINSOKU), "桥今天")
    none = lines_of(made(tmp_path / "none", '[lines]\nkinsoku = "none"', KINSOKU), "桥今天")
    assert [line for line in strict if line.startswith("，")] == []
    assert [line for line in none if line.startswith("，")] == ["，都来看。"]


def test_a_layout_chooses_the_gap_beside_latin(tmp_path: Path) -> None:
    widths = {}
    for gap in (0.125, 0.2, 0.25):
        found = characters(made(tmp_path / str(gap), f"[lines]\nlatin_gap = {gap}", "过江A座。"), "过江")
        lefts = {character: left for character, left in found if character in "江A"}
        widths[gap] = lefts["A"] - lefts["江"]
    assert widths[0.2] - widths[0.125] == pytest.approx(0.075 * 10.5, abs=0.02)
    assert widths[0.25] - widths[0.2] == pytest.approx(0.05 * 10.5, abs=0.02)


def test_the_next_book_does_not_keep_the_choices_of_the_last(tmp_path: Path) -> None:
    made(tmp_path / "none", '[lines]\nkinsoku = "none"', KINSOKU)
    assert not any(line.startswith("，") for line in lines_of(made(tmp_path / "strict", "", KINSOKU), "桥今天"))


@pytest.mark.parametrize(
    ("lines", "line_break", "hyphens"),
    [
        ("", "strict", "manual"),
        ('[lines]\nkinsoku = "gb"', "normal", "manual"),
        ('[lines]\nkinsoku = "basic"\nhyphenate = true', "loose", "auto"),
        ('[lines]\nkinsoku = "none"', "loose", "manual"),
    ],
)
def test_an_epub_asks_for_what_css_can_say_of_it(lines: str, line_break: str, hyphens: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(made(tmp_path, lines, KINSOKU, Medium.EPUB)) as book:
        (name,) = (name for name in book.namelist() if name.endswith(".css"))
        css = book.read(name).decode()
    assert re.findall(r"line-break: (\w+);", css) == [line_break]
    assert set(re.findall(r"hyphens: (\w+);", css)) == {hyphens}
