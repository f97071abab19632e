"""`python -m tools.bench [ARTICLES …]`: time the making of generated books; `--write DIR` only writes one."""

import argparse
import sys
import tempfile
from pathlib import Path

from tools.bench.book import Book
from tools.bench.generate import make_book
from tools.bench.makers import FONTS
from tools.bench.measure import FailedError
from tools.bench.results import LEGEND, machine, table
from tools.bench.rounds import EDITIONS, EPUB, PDF, STATES, time_book
from tools.bench.write_bookmaker import write_project
from tools.bench.write_html import write_html
from tools.bench.write_latex import write_latex
from tools.bench.write_typst import write_typst

#: Some 60, 650 and 2,500 pages.
SIZES = [25, 300, 1200]
_MADE = {"pdf": PDF, "epub": EPUB, "editions": EDITIONS}


def main() -> int:
    given = _arguments()
    if given.write:
        write(make_book(given.articles[0], plain=given.plain), given.write)
        return 0
    parts = [f"{machine()}\n\n{LEGEND}"]
    print(parts[0])
    made = [_MADE[name] for name in given.made]
    try:
        warm_up(made, given.plain)
        for number in given.articles:
            parts.append(timed(make_book(number, plain=given.plain), given.rounds, made, given.states))
            print(f"\n{parts[-1]}", flush=True)
    except FailedError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    if given.results:
        given.results.parent.mkdir(parents=True, exist_ok=True)
        title = f"# What `make bench` measured{', running text only' if given.plain else ''}"
        given.results.write_text("\n\n".join([title, *parts]) + "\n", encoding="utf-8")
    return 0


def write(book: Book, folder: Path) -> None:
    """The book in all four languages, each in a folder of its own."""
    write_project(book, folder / "bookmaker")
    write_typst(book, folder / "typst")
    write_latex(book, folder / "latex", FONTS)
    write_html(book, folder / "html", FONTS)
    print(f"{len(book.articles)} articles, {book.characters} characters: {folder}")


def warm_up(made: list[str], plain: bool) -> None:
    """A small book by every program, so that none is timed while it first reads itself from the disk."""
    print("warming up", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        time_book(make_book(6, plain=plain), Path(folder), 1, made, ("cold",))


def timed(book: Book, rounds: int, made: list[str], states: list[str]) -> str:
    """A headed table of what the book cost."""
    title = (
        f"## {len(book.articles)} articles, {book.characters:,} characters, {rounds} round{'s' if rounds > 1 else ''}"
    )
    print(title, file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        return f"{title}\n\n{table(time_book(book, Path(folder).resolve(), rounds, made, states))}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("articles", nargs="*", type=int, default=SIZES, help="articles of each book (25 300 1200)")
    parser.add_argument("--plain", action="store_true", help="running text only, to compare with older figures")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is made (3)")
    parser.add_argument("--made", nargs="+", choices=_MADE, default=list(_MADE), help="what is made (all)")
    parser.add_argument(
        "--states", nargs="+", choices=STATES[PDF], default=list(STATES[PDF]), help="in which states (all)"
    )
    parser.add_argument("--results", type=Path, metavar="FILE", help="write the tables there, too")
    parser.add_argument(
        "--write", type=Path, metavar="DIR", help="write the first of the books there, and time nothing"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
