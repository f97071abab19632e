"""What every test may ask for. No gate is ever skipped: where Java or poppler is missing, the test fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.gates import Finding, epubcheck, jvm, verapdf

WHOLE = Path(__file__).parent / "whole"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden files anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first: those that make whole books run last."""
    for item in items:
        if WHOLE in item.path.parents:
            item.add_marker("whole")
    items.sort(key=lambda item: WHOLE in item.path.parents)  # keeps the order otherwise


@pytest.fixture(scope="session")
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew (`make golden`)."""
    return bool(request.config.getoption("--golden"))


@pytest.fixture(scope="session")
def verify_pdf() -> Callable[..., list[Finding]]:
    """`verify_pdf(path, flavour="ua1")`: what veraPDF finds wrong."""
    _start_java()
    return verapdf.verify_pdf


@pytest.fixture(scope="session")
def check_epub() -> Callable[..., list[Finding]]:
    """`check_epub(path)`: what EPUBCheck finds wrong."""
    _start_java()
    return epubcheck.check_epub


def _start_java() -> None:
    try:
        jvm.start()
    except jvm.MissingJavaError as error:
        pytest.fail(str(error), pytrace=False)
