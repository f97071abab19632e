"""Makes newspaper pages from stories, broken in the ways pages are broken, with the truth of what stands on them.

    python -m tests.clippings.pagemaker --manner NASTY --pages 50 --seed 1

runs the import on such pages and prints the share of each fact that is right. `--manner ALL` compares the manners,
`--worst N` prints the N worst pages' differences, `--show N` prints page N and its truth. A page depends on its
manner, seed and number only.
"""

from __future__ import annotations

import argparse
import datetime
import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from bookmaker.clippings.model import Clipping, Line, Masthead, Page
from tests.clippings.expected import Report, compare
from tests.clippings.manners import MANNERS, PAPERS, PEOPLE, SCENES, SECTIONS, SLOGANS, STANDING, STRAY, Manner
from tests.clippings.notation import Expected
from tests.clippings.setting import Block, Place, Row, SetStory, Sheet, set_story
from tests.clippings.stories import Copy, stories_of

__all__ = ["MANNERS", "Copy", "Manner", "made_pages", "make_page", "stories_of"]

ARTICLES = Path(__file__).resolve().parents[2] / "content" / "articles"


def make_page(stories: Sequence[Copy], random: Random, manner: Manner) -> tuple[str, Expected]:
    """A page of some of the `stories` in the given manner, and what an import should find on it.

    Every entry's `spec` in the truth names its lines on the page.
    """
    count = min(random.randint(*manner.stories), len(stories))
    page = Sheet(
        random,
        manner,
        marked=random.random() < manner.marked,
        crowded=bool(manner.wrap) and random.random() < manner.crowded,
        indent="\u3000\u3000" if random.random() < manner.indented else "",
        people=random.sample(PEOPLE, len(PEOPLE)),
        scenes=random.sample(SCENES, len(SCENES)),
    )
    if page.crowded:
        page.indent = "\u3000\u3000"  # or nothing would show where paragraphs begin
    set_stories = [
        set_story(page, copy, at, last=at == count - 1) for at, copy in enumerate(random.sample(list(stories), count))
    ]
    blocks, masthead = _furnished(page, _made_up(page, set_stories))
    lines, specs = _numbered(page, blocks)
    return "\n".join(lines) + "\n", _truth(set_stories, masthead, specs, manner)


# Making up the page


def _made_up(page: Sheet, stories: list[SetStory]) -> list[Block]:
    """All stories' blocks on the page: one after the other or column by column in turn, with their headlines."""
    turns = max(len(story.columns) for story in stories) if page.happens(page.manner.interleaved) else 0
    pieces: list[tuple[int, int]] = [(at, turn) for turn in range(turns) for at in range(len(stories))]
    pieces = pieces or [(at, turn) for at, story in enumerate(stories) for turn in range(len(story.columns))]
    pieces = [(at, turn) for at, turn in pieces if turn < len(stories[at].columns)]
    laid: list[tuple[Block, ...]] = [stories[at].columns[turn] for at, turn in pieces]
    heads: list[tuple[int, tuple[Block, ...]]] = []
    for at, story in enumerate(stories):
        own = [spot for spot, (other, _) in enumerate(pieces) if other == at]
        spot = own[0]
        if page.happens(page.manner.after):
            spot = own[-1] + 1
        elif page.happens(page.manner.astray):
            spot = page.random.randrange(len(pieces) + 1)
        heads.append((spot, story.head))
    for spot, head in sorted(heads, key=lambda pair: pair[0], reverse=True):
        laid.insert(spot, head)
    return [block for piece in laid for block in piece]


def _furnished(page: Sheet, blocks: list[Block]) -> tuple[list[Block], Masthead]:
    """The blocks with standing heads, slogans, stray marks and the folio line."""
    random, manner = page.random, page.manner
    if page.happens(manner.standing):
        blocks = [(Row(random.choice(STANDING), (-1, "standing", 0)),), *blocks]
    if page.happens(manner.slogan):
        blocks = [*blocks, tuple(Row(text, (-1, "standing", 1)) for text in random.choice(SLOGANS))]
    if page.happens(manner.layout):
        blocks.insert(random.randrange(len(blocks) + 1), (Row(random.choice(STRAY), (-1, "dropped", 0)),))
    if not page.happens(manner.folio):
        return blocks, Masthead()
    day = datetime.date(2026, random.randint(1, 12), random.randint(1, 28))
    masthead = Masthead(random.choice(PAPERS), day, str(random.randint(2, 8)), random.choice(SECTIONS))
    shown = f"{day.year}年{day.month}月{day.day}日 星期{'一二三四五六日'[day.weekday()]}"
    text = f"{masthead.publication} {shown} 第{masthead.page}版 {masthead.section}"
    folio: Block = (Row(text, (-1, "masthead", 0)),)
    return ([folio, *blocks] if page.happens(0.7) else [*blocks, folio]), masthead


def _numbered(page: Sheet, blocks: list[Block]) -> tuple[list[str], dict[Place, str]]:
    """The page's lines, and the notation of each place's."""
    lines = [""] * page.random.randint(0, 2)
    specs: dict[Place, list[str]] = {}
    for at, block in enumerate(blocks):
        for row in block:
            lines.append(row.text)
            specs.setdefault(row.place, []).append(f"{len(lines)}{row.trim}")
        together = page.crowded and at + 1 < len(blocks) and _run_on(block, blocks[at + 1])
        lines.extend([""] * (0 if together else 1))
    return lines, {place: "+".join(parts) for place, parts in specs.items()}


def _run_on(block: Block, following: Block) -> bool:
    """True for paragraphs of one story, which stand close on a crowded page."""
    (story, kind, _), (other, following_kind, _) = block[0].place, following[0].place
    return story == other and {kind, following_kind} <= {"body", "heading"}


def _truth(stories: list[SetStory], masthead: Masthead, specs: dict[Place, str], manner: Manner) -> Expected:
    found = []
    for at, story in enumerate(stories):
        places = [(at, "heading" if entry.heading else "body", number) for number, entry in enumerate(story.truth.body)]
        body = tuple(replace(e, spec=specs[place]) for e, place in zip(story.truth.body, places, strict=True))
        found.append(replace(story.truth, body=body))
    found.sort(key=lambda story: int(re.match(r"\d+", story.body[0].spec)[0]))  # type: ignore[index]
    return Expected(
        file=f"{manner.name.lower()}.txt",
        stories=tuple(found),
        masthead=masthead,
        standing=tuple(specs[place] for place in sorted(specs) if place[1] == "standing"),
        masthead_lines=tuple(specs[place] for place in sorted(specs) if place[1] == "masthead"),
        dropped=tuple(specs[place] for place in sorted(specs) if place[1] == "dropped"),
        unsaid=frozenset({"dates"}),  # a folio's year proves some of them: a matter for pages read by hand
    )


# The command


def made_pages(manner: Manner, pages: int, seed: int) -> Iterator[tuple[str, Expected]]:
    """Pages 1 to `pages` of a manner and seed, from the project's own articles."""
    stories = stories_of(ARTICLES)
    for number in range(1, pages + 1):
        text, truth = make_page(stories, Random(f"{seed} {manner.name} {number}"), manner)
        yield text, replace(truth, file=f"{manner.name} {seed} {number}")


def clipping_of(text: str, file: str = "page.txt") -> Clipping:
    """The page as the reader of plain text hands it on: heading marks are levels."""
    rows = (re.fullmatch(r"(?:(#{1,6})\s+)?(.*)", row) for row in text.removesuffix("\n").split("\n"))
    lines = (Line(number, row[2], level=len(row[1] or "")) for number, row in enumerate(rows, 1) if row)
    return Clipping(file, tuple(lines))


def main() -> None:
    """Runs the import on made pages and prints how much of them is right."""
    parser = argparse.ArgumentParser(description="Run the import on made pages.")
    parser.add_argument("--manner", choices=[*MANNERS, "ALL"], default="ALL")
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worst", type=int, default=0, help="print the differences of the N worst pages of a manner")
    parser.add_argument("--show", type=int, default=0, help="print page N and its truth, and run nothing")
    chosen = parser.parse_args()
    manners = list(MANNERS.values()) if chosen.manner == "ALL" else [MANNERS[chosen.manner]]
    if chosen.show:
        text, truth = list(made_pages(manners[0], chosen.show, chosen.seed))[-1]
        print(text, *truth.stories, truth.masthead, truth.standing, truth.masthead_lines, truth.dropped, sep="\n")
        return
    try:
        take_apart: Callable[[Clipping], Page] = importlib.import_module("bookmaker.clippings.importing").take_apart
    except ModuleNotFoundError as error:
        parser.error(f"there is no import to run: {error}")
    judged = {
        manner.name: [
            compare(truth, take_apart(clipping_of(text, truth.file)))
            for text, truth in made_pages(manner, chosen.pages, chosen.seed)
        ]
        for manner in manners
    }
    for reports in judged.values():
        for report in sorted(reports, key=lambda report: report.score)[: chosen.worst]:
            print(report, end="\n\n")
    print(table(judged))


def table(judged: dict[str, list[Report]]) -> str:
    """The share of each fact that is right, a row a fact and a column a manner."""
    names = list(dict.fromkeys(name for reports in judged.values() for report in reports for name in report.facts))
    rows = [["", *judged], ["score", *(f"{_mean(reports):.3f}" for reports in judged.values())]]
    rows += [[name, *(_share(reports, name) for reports in judged.values())] for name in names]
    for word in ("lost", "invented"):
        counts = (sum(len(getattr(report, word)) for report in reports) for reports in judged.values())
        rows.append([f"characters {word}", *map(str, counts)])
    return "\n".join(f"{row[0]:<22}" + "".join(f"{cell:>18}" for cell in row[1:]) for row in rows)


def _mean(reports: Sequence[Report]) -> float:
    return sum(report.score for report in reports) / max(1, len(reports))


def _share(reports: Sequence[Report], name: str) -> str:
    right, total = (sum(report.facts.get(name, (0, 0))[at] for report in reports) for at in (0, 1))
    return f"{right / total:.3f} of {total}" if total else "-"


if __name__ == "__main__":
    main()
