"""What tests of composition print with."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookmaker.script.scripts import Script
from tests.composition.printing import Book, Printed, print_it


@pytest.fixture(scope="session")
def fonts_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fonts")


@pytest.fixture
def printed(fonts_cache: Path, tmp_path: Path) -> Printed:
    """`printed(body, css, script)`: a small document as the program prints it."""

    def print_here(body: str, css: str = "", script: str = Script.HANS) -> Book:
        return print_it(tmp_path, fonts_cache, body, css, script)

    return print_here
