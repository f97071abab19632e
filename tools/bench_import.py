"""Time the import on made pages: `tools/bench_import.py [PAGES]` (200 if left out).

The pages are the test suite's (tests/clippings/pagemaker.py) in each of its manners in turn, always the same ones.
The last lines time the steps of one page at a time, from a part of them, in the order in which an import takes them.
"""

import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import chain, islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bookmaker.clippings import batch, importing  # noqa: E402
from bookmaker.clippings.model import Clipping  # noqa: E402
from tests.clippings.pagemaker import MANNERS, clipping_of, made_pages  # noqa: E402

SEED = 1
#: Names in `importing` and `batch` that are the steps; what is called inside them counts with them.
STEPS = {
    importing: (
        *("passages_of", "Joiner", "items_of", "decks_of", "pieces_of", "Kinship", "strands_of"),
        *("drafts_of", "read_masthead", "story_of"),
    ),
    batch: ("take_apart", "join_jumps", "find_reprints", "find_doubts"),
}


def main() -> None:
    """Make the pages, import them all at once, and say what that took; then step by step."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    clippings = pages(number)
    characters = sum(len(line.text) for clipping in clippings for line in clipping.lines)
    batch.import_clippings(clippings[:2])  # the dictionaries are read
    before = peak()
    seconds, stories = timed(clippings)
    print(f"{number} pages, {characters} characters, {stories} articles: {seconds:.1f} s of processor")
    print(f"{number / seconds:.1f} pages a second, {characters / seconds:.0f} characters a second")
    print(f"peak {peak():.0f} MB, {before:.0f} MB of them before the first page")
    for half in (number // 4, number // 2):
        if half:
            part, _ = timed(clippings[:half])
            print(f"{half} of them: {part:.1f} s, {part / half * 1000:.1f} ms a page")
    for step, spent in by_step(clippings).items():
        print(f"  {step:<14} {spent:7.2f} s")


def pages(number: int) -> list[Clipping]:
    """So many pages, a manner after the other."""
    each = -(-number // len(MANNERS))
    made = zip(*(made_pages(manner, each, SEED) for manner in MANNERS.values()), strict=True)
    texts = islice(chain.from_iterable(made), number)
    return [clipping_of(text, f"{place}.txt") for place, (text, _) in enumerate(texts, 1)]


def timed(clippings: list[Clipping]) -> tuple[float, int]:
    """Seconds of processor for one import, and how many articles it made."""
    begin = time.process_time()
    made = batch.import_clippings(clippings)
    return time.process_time() - begin, len(made.articles)


def peak() -> float:
    """Most memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def by_step(clippings: list[Clipping]) -> dict[str, float]:
    """Seconds of processor in every step; a step's own search inside another's is counted in both."""
    spent: dict[str, float] = defaultdict(float)
    kept = [(module, name, getattr(module, name)) for module, names in STEPS.items() for name in names]
    for module, name, step in kept:
        setattr(module, name, watched(step, name, spent))
    try:
        batch.import_clippings(clippings)
    finally:
        for module, name, step in kept:
            setattr(module, name, step)
    return dict(spent)


def watched(step: Callable[..., object], name: str, spent: dict[str, float]) -> Callable[..., object]:
    """The step, its time written down."""

    def run(*given: object) -> object:
        begin = time.process_time()
        try:
            return step(*given)
        finally:
            spent[name] += time.process_time() - begin

    return run


if __name__ == "__main__":
    main()
