"""Every construct of an article stands on its pages as it was written."""

from __future__ import annotations

import io
import re
import subprocess
from collections import Counter
from pathlib import Path
from random import Random

import pikepdf
import pymupdf
import pytest
from PIL import Image

from bookmaker.galley import Galley
from bookmaker.makeup.book import Book
from bookmaker.makeup.file import write_book
from bookmaker.makeup.printing import BookMaker
from bookmaker.press import make_galley
from bookmaker.script.scripts import Script
from tests.makeup.documents import BODY, HEAD, NOTE, Writer, closed, numbers, only, written
from tests.makeup.reading import elements_of
from tests.projects import PLAN, article, lay_project

#: Random articles, and how many stand in one book.
DOCUMENTS, IN_ONE = 100, 25
PT = 72 / 25.4

Printed = tuple[Galley, Book, Path]


#: Articles with one construct each; what is asked of them is asked of the book that holds them all.
ARTICLES = (
    "3. 甲\n4. 乙\n\n- 丙",
    "1. 子\n1998. 丑\n1. 寅",
    "叠[^1][^2]。\n\n[^1]: 甲。\n[^2]: 乙。",
    "面积5[^1]和6[^1]。\n\n[^1]: 甲。",
    "甲[^1]乙[^2]丙[^3]。\n\n[^1]: 列举\n\n    - 辰\n    - 巳\n[^2]: 列表\n\n    | 午 |\n    | - |\n    | 未 |\n"
    "[^3]: 引文\n\n    > 申\n\n    ```\n    酉\n    ```",
    "## 小标题[^1]\n\n路。\n\n| 表[^2] |\n| - |\n| 路 |\n\n- 条[^3]\n\n> 引[^4]。\n\n"
    "[^1]: 天字注。\n[^2]: 地字注。\n[^3]: 玄字注。\n[^4]: 黄字注[^5]。\n[^5]: 宇字注。",
    "这座桥于2026年5月1日通车，35名代表到场。" * 3,
    "```\n    亥\n" + "x" * 200 + "\n```",
)


def make(folder: Path, *bodies: str) -> Printed:
    """A book of these articles, and its file."""
    files: dict[str, str | bytes] = {
        f"content/articles/a{number:03}.md": article(body, title=f"题{number:03}号")
        for number, body in enumerate(bodies)
    }
    files["content/articles/bridge.md"] = article("书。", title="书")
    project = lay_project(folder / "book", files={**files, "content/images/tiny.png": _picture()})
    galley, case = make_galley(project, project.root / PLAN, Script.HANS)
    maker = BookMaker(galley, case, project.cache)
    made = maker.make()
    assert not [name for name, _ in made.foreign if re.fullmatch(r"a\d+", name)]
    path = folder / "book.pdf"
    path.write_bytes(write_book(made.book, maker.faces))
    return galley, made.book, path


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return make(tmp_path_factory.mktemp("constructs"), *ARTICLES)


@pytest.fixture(scope="module")
def text(printed: Printed) -> str:
    return text_of(*printed)["MuPDF"]


def _picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (12, 12), "red").save(data, "PNG")
    return data.getvalue()


def text_of(galley: Galley, book: Book, path: Path) -> dict[str, str]:
    """What MuPDF and poppler read on the articles' pages, without white."""
    pages = _pages(book)
    with pymupdf.open(path) as pdf:
        flags = pymupdf.TEXTFLAGS_TEXT & ~pymupdf.TEXT_PRESERVE_LIGATURES
        by_mupdf = "".join(pdf[at].get_text(flags=flags) for at in pages)
    command = ["pdftotext", "-raw", "-f", str(pages[0] + 1), "-l", str(pages[-1] + 1), str(path), "-"]
    by_poppler = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    return {"MuPDF": closed(by_mupdf), "poppler": closed(by_poppler)}


def _pages(book: Book) -> list[int]:
    """The pages of the first run that begins with an article, without what stands behind the articles."""
    for placed in book.placed:
        names = {anchor.id: anchor.sheet for anchor in placed.run.anchors}
        if "a000" in names:
            ends = min((sheet for name, sheet in names.items() if name == "colophon"), default=len(placed.run.sheets))
            return [placed.page + sheet for sheet in range(ends)]
    raise AssertionError("no article")


def numberings(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        lists = [each for each in elements_of(pdf) if each.S == "/L"]
        return [str(each.A.ListNumbering) for each in lists]


@pytest.mark.parametrize("seed", range(DOCUMENTS // IN_ONE))
def test_random_articles_are_read_as_they_were_written(tmp_path: Path, seed: int) -> None:
    bodies = [Writer(Random(seed * 1000 + number)).article() for number in range(IN_ONE)]
    galley, book, path = make(tmp_path, *bodies)
    sections = [written(s.xhtml) for s in galley.sections if re.fullmatch(r"a\d+|bridge", s.id)]
    text, notes = ("".join(parts) for parts in zip(*sections, strict=True))
    for found in text_of(galley, book, path).values():
        assert Counter(only(found, BODY + NOTE)) == Counter(only(text + notes, BODY + NOTE))
        assert only(found, BODY) == only(text, BODY)
        assert Counter(numbers(found)) == Counter(numbers(text) + numbers(notes))
        assert not Counter(only(text, HEAD)) - Counter(only(found, HEAD))


def test_a_list_has_its_numbers(text: str) -> None:
    assert "3.甲4.乙" in text


def test_a_list_says_how_it_is_numbered(printed: Printed) -> None:
    assert {"/Decimal", "/Disc"} <= set(numberings(printed[2]))


def test_a_number_that_jumps_ahead_is_printed(text: str) -> None:
    assert "1.子1998.丑1999.寅" in text


def test_calls_side_by_side_are_parted(text: str) -> None:
    assert "叠1,2。" in text


def test_a_second_call_is_raised_like_the_first(printed: Printed) -> None:
    with pymupdf.open(printed[2]) as pdf:
        spans = [
            span
            for at in _pages(printed[1])
            for block in pdf[at].get_text("dict")["blocks"]
            for line in block.get("lines", [])
            if re.search("面积|和", "".join(span["text"] for span in line["spans"]))
            for span in line["spans"]
        ]
    assert sum(span["size"] < 7 and span["text"].strip() == "1" for span in spans) >= 2


def test_a_note_holds_what_a_text_holds(text: str) -> None:
    assert only(text, "辰巳午未申酉") == "辰巳午未申酉"


def test_a_note_is_called_from_anywhere(text: str) -> None:
    assert re.findall("(.)字注", text) == list("天地玄黄宇")


def test_a_date_is_found_in_running_text(printed: Printed) -> None:
    with pymupdf.open(printed[2]) as pdf:
        pages = [pdf[at] for at in _pages(printed[1])]
        assert any(page.search_for("2026年5月1日") for page in pages)
        assert any(page.search_for("35名代表") for page in pages)


def test_code_stays_in_the_measure_and_keeps_its_indent(printed: Printed) -> None:
    galley, book, path = printed
    with pymupdf.open(path) as pdf:
        words = [word for at in _pages(book) for word in pdf[at].get_text("words")]
    runs = [word for word in words if "xxxx" in word[4]]
    left = min(word[0] for word in runs)
    assert max(word[2] for word in runs) - left <= galley.layout.page.area_width * PT + 0.1
    assert next(word[0] for word in words if "亥" in word[4]) > left + 5
