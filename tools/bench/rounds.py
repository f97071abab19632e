"""Makes one book again and again, every program in turn, so that what else the machine does falls on all alike.

cold    nothing is kept from earlier runs
warm    made again, nothing changed
edit    a few words more in one article, in a new process
kept    the same in a process that has made the book before and was kept
"""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from tools.bench import makers
from tools.bench.book import Article, Book
from tools.bench.generate import edited
from tools.bench.kept import CANNOT
from tools.bench.makers import Maker
from tools.bench.measure import Cost, FailedError, Watch, pages_of, size_of
from tools.bench.write_bookmaker import write_project

_ROOT = Path(__file__).parents[2]
PDF, EPUB, EDITIONS = "PDF", "EPUB", "3 PDF, 3 EPUB"
#: What can be made, and in which states. All six editions are made ready once, without a clock.
STATES = {PDF: ("cold", "warm", "edit", "kept"), EPUB: ("cold", "warm", "edit"), EDITIONS: ("edit",)}
_VERBS = {PDF: "pdf", EPUB: "epub", EDITIONS: "build"}

#: What was made, the state, and who made it; a cost for each round.
Costs: TypeAlias = dict[tuple[str, str, str], list[Cost]]


def time_book(book: Book, folder: Path, rounds: int, made: Sequence[str], states: Sequence[str]) -> Costs:
    """Every program in every state, so many times; `folder` holds nothing yet."""
    found: Costs = defaultdict(list)
    programs = {what: list(_programs(what, book, folder / verb)) for what, verb in _VERBS.items() if what in made}
    for number in range(rounds):
        for what, those in programs.items():
            for state in (state for state in STATES[what] if state in states and state != "kept"):
                for maker, cost in _round(book, those, state, number):
                    _note(found, (what, state, maker.name), cost)
    if "kept" in states and PDF in programs:
        for maker, cost in _kept_rounds(book, programs[PDF], rounds):
            _note(found, (PDF, "kept", maker.name), cost)
    return dict(found)


def _programs(what: str, book: Book, folder: Path) -> Iterator[Maker]:
    """Who makes this, each with a copy of the book; of EPUBs only Bookmaker can be asked."""
    write_project(book, folder / "bookmaker")
    yield makers.bookmaker(folder / "bookmaker", _VERBS[what])
    if what == PDF:
        if typst := makers.typst(book, folder / "typst"):
            yield typst
        yield from makers.others(book, folder)


def _round(book: Book, programs: Iterable[Maker], state: str, number: int) -> Iterator[tuple[Maker, Cost]]:
    """One state by every program that has it."""
    _, article = edited(book, number)
    for maker in programs:
        try:
            if _prepare(maker, state, article):
                cost = maker.make()
                yield maker, cost
        except FailedError as error:
            if maker.write:
                raise
            # What this machine happens to have need not be whole.
            print(f"  {maker.name} is left out: {error}", file=sys.stderr)


def _prepare(maker: Maker, state: str, article: Article) -> bool:
    """Bring what the program finds into this state; false if it is timed cold only."""
    if state == "cold":
        maker.clear()
        return True
    if maker.write is None:
        return False
    if not all(output.exists() for output in maker.outputs):
        maker.make()
    if state == "edit":
        maker.write(article)
    return True


def _kept_rounds(book: Book, programs: Iterable[Maker], rounds: int) -> Iterator[tuple[Maker, Cost]]:
    """All processes are there all the time, and each waits while another works."""
    processes = [process for process in map(_Kept, programs) if process.make()]
    for number in range(rounds):
        _, article = edited(book, rounds + number)  # none that was made before
        for process in processes:
            if cost := process.make(article):
                yield process.maker, cost
    for process in processes:
        process.end()


class _Kept:
    """A process of `kept.py`."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        command = (sys.executable, "-m", "tools.bench.kept", maker.name.lower(), str(maker.root))
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT)

    def make(self, article: Article | None = None) -> Cost | None:
        """What it costs to make the book again, with one article changed; nothing if its program cannot be kept."""
        assert self._process.stdin and self._process.stdout
        if article and self.maker.write:
            self.maker.write(article)
        with Watch(self._process.pid) as watch:
            self._process.stdin.write("again\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        if not answer:
            if self._process.wait() != CANNOT:
                raise FailedError(f"{self.maker.name}: the process that was kept has ended")
            return None
        seconds, processor, peak = map(float, answer.split())
        outputs = self.maker.outputs
        return Cost(seconds, processor, max(peak, watch.peak), pages_of(*outputs), size_of(*outputs))

    def end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def _note(found: Costs, key: tuple[str, str, str], cost: Cost) -> None:
    """Remember a cost, and say it to whoever waits."""
    found[key].append(cost)
    said = f"{cost.seconds:.2f} s, {cost.processor:.2f} s of processor, {cost.peak:.0f} MB"
    print(f"  {', '.join(key)}: {said}", file=sys.stderr, flush=True)
