"""What the machine has and lacks for making books."""

import ctypes.util
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from bookmaker.composition.joint import WRITTEN_FOR
from bookmaker.fonts import FontError, read_type_case
from bookmaker.project import SHIPPED, Project

#: Library, the Debian package that has it, and what fails without it.
_LIBRARIES = (
    ("gobject-2.0", "libglib2.0-0", "nothing can be printed"),
    ("pango-1.0", "libpango-1.0-0", "nothing can be printed"),
    ("pangoft2-1.0", "libpangoft2-1.0-0", "nothing can be printed"),
    ("harfbuzz", "libharfbuzz0b", "nothing can be printed"),
    ("harfbuzz-subset", "libharfbuzz-subset0", "make test cannot print as other versions of WeasyPrint do"),
    ("fontconfig", "libfontconfig1", "no font is found"),
)
_PACKAGES = ("weasyprint", "ebooklib", "opencc", "rjieba", "markdown-it-py", "pydantic", "uharfbuzz", "pikepdf")
_GATES = (
    ("java", "default-jre-headless", "make test cannot run EPUBCheck and veraPDF"),
    ("pdftotext", "poppler-utils", "make test cannot read its PDFs"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is there, what was seen, and how to mend it."""

    name: str
    good: bool
    seen: str
    cure: str = ""
    needed: bool = True


def examine(project: Project | None) -> Iterator[Finding]:
    """Look at Python, the libraries, the packages, the fonts, and the tests' tools."""
    yield Finding("python", sys.version_info >= (3, 11), sys.version.split()[0], "install Python 3.11 or newer")
    for library, package, loss in _LIBRARIES:
        found = ctypes.util.find_library(library)
        cure = f"apt-get install -y {package} (without it, {loss})"
        yield Finding(library, found is not None, found or "not found", cure, library != "harfbuzz-subset")
    for package in _PACKAGES:
        yield _package(package)
    yield _fonts(project)
    for tool, package, loss in _GATES:
        where = shutil.which(tool)
        yield Finding(tool, where is not None, where or "not found", f"apt-get install -y {package} ({loss})", False)


def _package(name: str) -> Finding:
    try:
        found = version(name)
    except PackageNotFoundError:
        return Finding(name, False, "not installed", "make setup")
    if name == "weasyprint" and found != WRITTEN_FOR:
        return Finding(name, False, found, f"install weasyprint {WRITTEN_FOR}; with {found} no PDF is made")
    return Finding(name, True, found)


def _fonts(project: Project | None) -> Finding:
    folder = project.fonts if project else SHIPPED / "fonts"
    try:
        case = read_type_case(folder)
        case.check()
    except (OSError, FontError) as error:
        return Finding("fonts", False, str(error), "restore fonts/ from the repository, or make fonts")
    return Finding("fonts", True, f"{len(case.fonts)} files, checksums right")
