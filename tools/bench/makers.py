"""The programs that make the book: where each keeps it, how it is called, what it makes."""

import importlib.util
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.bench import write_bookmaker, write_html, write_latex, write_typst
from tools.bench.book import Article, Book
from tools.bench.measure import Cost, run

FONTS = Path(__file__).parents[2] / "fonts"
SCRIPTS = ("zh-Hans", "zh-Hant-TW", "zh-Hant-HK")
_TYPST = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)
"""
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Maker:
    """One program with its copy of the book in `root`.

    `clear` takes away what it may have kept from earlier runs; `write` writes one article again, and where there is
    none the program is timed cold only.
    """

    name: str
    root: Path
    command: tuple[str, ...]
    outputs: tuple[Path, ...]
    clear: Callable[[], None]
    write: Callable[[Article], None] | None = None

    def make(self) -> Cost:
        """Make the book in a new process."""
        return run(self.command, self.root, *self.outputs)


def bookmaker(root: Path, verb: str) -> Maker:
    """Bookmaker with one of its verbs, on a project that is written already: `pdf`, `epub`, or `build` for all."""
    built = root / "build" / write_bookmaker.SLUG
    scripts, media = (SCRIPTS, ("pdf", "epub")) if verb == "build" else (SCRIPTS[:1], (verb,))
    outputs = tuple(built / f"{write_bookmaker.SLUG}.{script}.{medium}" for script in scripts for medium in media)
    command = (sys.executable, "-m", "bookmaker", verb, "-q", "--root", str(root))

    def clear() -> None:
        for folder in (root / "build", root / ".bookmaker"):
            shutil.rmtree(folder, ignore_errors=True)

    return Maker(
        "Bookmaker", root, command, outputs, clear, lambda article: write_bookmaker.write_article(article, root)
    )


def typst(book: Book, root: Path) -> Maker | None:
    """Typst, if its package is installed. It keeps nothing between processes."""
    if importlib.util.find_spec("typst") is None:
        return None
    main, output = write_typst.write_typst(book, root), root / "main.pdf"
    command = (sys.executable, "-c", _TYPST, str(main), str(output), str(FONTS))
    return Maker("Typst", root, command, (output,), _nothing, lambda article: write_typst.write_article(article, root))


def others(book: Book, folder: Path) -> list[Maker]:
    """XeLaTeX and Chromium, where they are installed; they are timed cold only."""
    made = [_xelatex(book, folder / "latex"), _chromium(book, folder / "html")]
    return [maker for maker in made if maker]


def _xelatex(book: Book, root: Path) -> Maker | None:
    if shutil.which("xelatex") is None:
        return None
    main = write_latex.write_latex(book, root, FONTS)
    # Page numbers of contents and references are right after the second pass.
    once = f"xelatex -interaction=batchmode {main.name}"

    def clear() -> None:
        for kept in root.glob("main.*"):
            if kept != main:
                kept.unlink()

    return Maker("XeLaTeX", root, ("sh", "-c", f"{once} && {once}"), (root / "main.pdf",), clear)


def _chromium(book: Book, root: Path) -> Maker | None:
    program = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if program is None:
        return None
    main, output = write_html.write_html(book, root, FONTS), root / "main.pdf"
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={output}")
    return Maker("Chromium", root, (program, *options, main.as_uri()), (output,), _nothing)


def _nothing() -> None:
    return None
