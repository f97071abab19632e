"""What tests of making up pages set with and look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bookmaker.fonts import read_type_case
from bookmaker.makeup.book import Book
from bookmaker.makeup.faces import Face
from bookmaker.makeup.file import write_book
from tests.makeup.runs import Maker

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def faces() -> list[Face]:
    """The faces of the project's type case, by their numbers."""
    fonts = read_type_case(ROOT / "fonts").fonts
    return [Face(number, font.path, "zh-hans") for number, font in enumerate(fonts)]


@pytest.fixture
def maker(faces: list[Face]) -> Maker:
    return Maker(faces)


@pytest.fixture
def written(faces: list[Face], tmp_path: Path) -> Callable[[Book], Path]:
    """`written(book)`: the book as a file."""

    def write(book: Book) -> Path:
        path = tmp_path / "book.pdf"
        path.write_bytes(write_book(book, faces))
        return path

    return write
