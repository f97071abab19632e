"""The bodies of a page's stories compared: every paragraph whole, in the right story, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bookmaker.clippings.model import Page, Story
from tests.clippings.normal import bare, normal, same
from tests.clippings.notation import ExpectedStory
from tests.clippings.report import Tally, short

Pairs = list[tuple[ExpectedStory, Story | None]]
SHINGLE = 5  # characters; shorter than any sentence, longer than most names


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """One paragraph of the import, its normal text, and where it stands."""

    text: str
    shingles: set[str]
    story: Story
    at: int


def compare_bodies(tally: Tally, pairs: Pairs, page: Page) -> None:
    """Whole, in the right story and in order: only then a paragraph is right."""
    held = [
        _Held(normal(paragraph.text), shingles([paragraph.text]), story, at)
        for story in page.stories
        for at, paragraph in enumerate(story.paragraphs())
    ]
    total: Counter[str] = Counter()
    wanted_shingles: set[str] = set()
    for story, found in pairs:
        texts = [normal(entry.text) for entry in story.body if not entry.heading]
        own = [one for one in held if one.story is found]
        right = _in_order(texts, own, story)
        for at, text in enumerate(texts):
            total.update(own[right[at]].text if at in right else bare(text, story))
            wanted_shingles |= shingles([text])
            tally.count("placed", int(at in right or _is_placed(text, held, found)), 1)
            kind, shown = ("", "") if at in right else _fault(text, story, found, held)
            tally.fact("paragraphs", at in right, kind, story.name, text if kind else "", shown)
    for one in held:
        if one.text and not one.shingles & wanted_shingles and not _is_short_and_known(one, pairs):
            tally.fact("paragraphs", False, "paragraph invented", one.story.title, found=one.text)
    _count_characters(tally, total, Counter("".join(one.text for one in held)))


def _count_characters(tally: Tally, wanted: Counter[str], held: Counter[str]) -> None:
    tally.lost = "".join(sorted((wanted - held).elements()))
    tally.invented = "".join(sorted((held - wanted).elements()))
    shared = (wanted & held).total()
    tally.count("characters", shared, shared + len(tally.lost) + len(tally.invented))


def _in_order(texts: Sequence[str], held: Sequence[_Held], story: ExpectedStory) -> dict[int, int]:
    """Which expected paragraph is which found one: the longest common run of equal ones, by their places."""
    equal = [[bool(one.shingles) and same(text, one.text, story) for one in held] for text in texts]
    best = [[0] * (len(held) + 1) for _ in range(len(texts) + 1)]
    for i in reversed(range(len(texts))):
        for j in reversed(range(len(held))):
            best[i][j] = 1 + best[i + 1][j + 1] if equal[i][j] else max(best[i + 1][j], best[i][j + 1])
    pairs, i, j = {}, 0, 0
    while i < len(texts) and j < len(held):
        if equal[i][j]:
            pairs[i], i, j = j, i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _is_placed(text: str, held: Sequence[_Held], found: Story | None) -> bool:
    """True if most of a paragraph's text that was found anywhere lies in the right story."""
    parts = shingles([text])
    inside = len(parts & set().union(*(one.shingles for one in held if one.story is found)))
    outside = len(parts & set().union(*(one.shingles for one in held if one.story is not found)))
    return inside > outside


def _is_short_and_known(one: _Held, pairs: Pairs) -> bool:
    """True for a piece too short for shingles (“……”) that the page does hold."""
    return len(one.text) < SHINGLE and any(one.text in normal(entry.text) for story, _ in pairs for entry in story.body)


def _fault(text: str, story: ExpectedStory, found: Story | None, held: Sequence[_Held]) -> tuple[str, str]:
    """What is wrong with a paragraph, and the text that shows it."""
    for one in held:
        if same(text, one.text, story):
            inside = one.story is found
            return ("paragraph out of order" if inside else "paragraph in the wrong story"), one.story.title
    parts = shingles([text])
    near = max(held, key=lambda one: len(one.shingles & parts), default=None)
    if near is None or not near.shingles & parts:
        return "paragraph lost", "(none)"
    core = bare(text, story)
    where = "" if near.story is found else " in the wrong story"
    if core in near.text:
        kept = bare(near.text, story) == core
        return (f"dateline or sign-off kept{where}" if kept else f"paragraph joined{where}"), near.text
    pieces = [one.text for one in held if len(one.text) < len(core) and one.text and one.text in core]
    if len(pieces) > 1 and sum(map(len, pieces)) >= 0.9 * len(core):
        return f"paragraph split{where}", " | ".join(short(piece, 24) for piece in pieces)
    return f"paragraph changed{where}", _middle(core, near.text)


def _middle(wanted: str, held: str) -> str:
    """The part in which two texts differ, with a few characters around."""
    start = _shared(wanted, held)
    end = _shared(wanted[start:][::-1], held[start:][::-1])
    parts = [text[max(0, start - 8) : len(text) - end + 8 if end > 8 else None] for text in (wanted, held)]
    return " became ".join(f"…{short(part, 60)}…" for part in parts)


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def shingles(texts: Iterable[str]) -> set[str]:
    """All runs of a few characters that the texts hold: what two texts share of them tells how much text they share."""
    return {part for text in map(normal, texts) for part in _parts(text)}


def _parts(text: str) -> Iterator[str]:
    if text:
        yield from (text[start : start + SHINGLE] for start in range(max(1, len(text) - SHINGLE + 1)))
