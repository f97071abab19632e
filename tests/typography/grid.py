"""The baselines of a printed book: which lines stand on the grid of the type area, and whether facing pages agree.

Read with pypdfium2, from the places where the file says its glyphs stand. It gives them as single floats, which are
good to 0.0001 pt on this page, and WeasyPrint writes them finer than that; so `TOLERANCE` is far above what the tool
can miss, and far below what an eye can see.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from ctypes import c_double
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

#: How far (pt) a baseline may stand from its place.
TOLERANCE = 0.02
#: Sizes in pt nearer than this are one size, baselines nearer than this one line.
_SAME_SIZE, _SAME_LINE = 0.05, 0.005
#: Smaller type stands in other lines: note calls, readings.
_SMALL = 7.0


@dataclass(frozen=True, slots=True)
class Grid:
    """The type area in pt: its top from the page's head, its leading, its number of lines, the body's size."""

    top: float
    leading: float
    lines: int
    body: float

    @classmethod
    def of_page(cls, head: float, leading: float, lines: int, body: float) -> Grid:
        """From a layout's page, whose head margin is in mm."""
        return cls(head * 72 / 25.4, leading, lines, body)

    def phase(self, line: Line) -> float:
        """Where in its grid line a line stands."""
        return (line.baseline - self.top) % self.leading

    def holds(self, line: Line) -> bool:
        """Whether the line stands within the type area."""
        return self.top < line.baseline < self.top + self.lines * self.leading


@dataclass(frozen=True, slots=True)
class Line:
    """Type of one size on one baseline of a page (from 1): how far below the page's head, its ends, its text."""

    page: int
    baseline: float
    size: float
    left: float
    right: float
    text: str

    def __str__(self) -> str:
        return f"page {self.page}, {self.baseline:.2f} pt: {self.text[:24]}"


def lines_of(pdf: Path) -> list[Line]:
    """Every line of the file, from head to foot of each page; one of two sizes counts as two."""
    with pypdfium2.PdfDocument(pdf) as book:
        return [line for number, page in enumerate(book, 1) for line in _lines(page, number)]


def _lines(page: pypdfium2.PdfPage, number: int) -> Iterator[Line]:
    glyphs = sorted(_glyphs(page))
    start = 0
    for index, (one, other) in enumerate(pairwise([*glyphs, (float("inf"), 0.0, 0.0, "")]), 1):
        if other[0] - one[0] > _SAME_LINE:
            together = glyphs[start:index]
            start = index
            for size, letters in groupby(sorted(together, key=lambda glyph: (glyph[2], glyph[1])), lambda g: g[2]):
                found = list(letters)
                right = found[-1][1] + size
                yield Line(number, median(g[0] for g in found), size, found[0][1], right, "".join(g[3] for g in found))


def _glyphs(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, str]]:
    """(baseline, x, size, character) of all that shows."""
    text, height = page.get_textpage(), page.get_height()
    x, y, matrix = c_double(), c_double(), pdfium.FS_MATRIX()
    for index in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        if letter.isspace() or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        size = pdfium.FPDFText_GetFontSize(text, index) * abs(matrix.d)
        yield height - y.value, x.value, round(size / _SAME_SIZE) * _SAME_SIZE, letter


def of_body(lines: Iterable[Line], grid: Grid) -> list[Line]:
    """The lines of the body's size: running text, section headings, lists, quotations."""
    return [line for line in lines if abs(line.size - grid.body) < _SAME_SIZE]


def off_grid(lines: Iterable[Line], grid: Grid) -> list[Line]:
    """The lines of the body that stand elsewhere in their grid line than most, or below the type area."""
    body = of_body(lines, grid)
    usual = median(grid.phase(line) for line in body)
    return [line for line in body if not grid.holds(line) or abs(grid.phase(line) - usual) > TOLERANCE]


def facing(lines: Iterable[Line], grid: Grid) -> Iterator[tuple[Line, Line]]:
    """Lines of the body side by side on facing pages: a line of a left (even) page with the nearest of the right."""
    pages = {number: list(found) for number, found in groupby(of_body(lines, grid), lambda line: line.page)}
    for number, left in pages.items():
        right = pages.get(number + 1, []) if number % 2 == 0 else []
        for line in left:
            near = min(right, key=lambda other: abs(other.baseline - line.baseline), default=line)
            if near is not line and _apart(line, near) < grid.leading / 2:
                yield line, near


def out_of_register(lines: Iterable[Line], grid: Grid) -> list[tuple[Line, Line]]:
    """The facing lines that stand at different heights."""
    return [(line, other) for line, other in facing(lines, grid) if _apart(line, other) > TOLERANCE]


def crowded(lines: Iterable[Line]) -> list[tuple[Line, Line]]:
    """Lines one below the other that are nearer than the smaller one's type is high."""
    large = [line for line in lines if line.size >= _SMALL]
    return [
        (line, other)
        for _, page in groupby(large, lambda line: line.page)
        for page_lines in [list(page)]
        for index, line in enumerate(page_lines)
        for other in page_lines[index + 1 : index + 8]
        if line.left < other.right
        and other.left < line.right
        and _SAME_LINE < _apart(line, other) < min(line.size, other.size)
    ]


def _apart(line: Line, other: Line) -> float:
    return abs(line.baseline - other.baseline)


def main() -> None:
    """`python -m tests.typography.grid FILE.pdf …`: what is off, for the page of layout “book”."""
    grid = Grid.of_page(24, 18, 25, 10.5)
    for name in sys.argv[1:]:
        lines = lines_of(Path(name))
        body, off = of_body(lines, grid), off_grid(lines, grid)
        pairs, apart = list(facing(lines, grid)), out_of_register(lines, grid)
        usual = median(map(grid.phase, body))
        print(f"{name}: {1 - len(off) / len(body):.2%} of {len(body)} lines on the grid,", end=" ")
        print(f"{1 - len(apart) / len(pairs):.2%} of {len(pairs)} facing lines in register")
        for line in off:
            print(f"  {grid.phase(line) - usual:+6.2f} pt  {line}")
        for line, other in crowded(lines):
            print(f"  crowded: {line} / {other}")


if __name__ == "__main__":
    main()
