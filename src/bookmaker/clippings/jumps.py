"""Jumps: a story that goes on on another page (下转第3版) is joined to its other part (上接第1版).

Page numbers and days decide where the pages show them; then what the two parts say: the same headline or a part of it,
a sentence that breaks off here and goes on there, the same words.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bookmaker.clippings.junctions import Joiner
from bookmaker.clippings.mending import bare
from bookmaker.clippings.model import Guess, Paragraph, Part, Story
from bookmaker.script.words import Segmenter

#: What the two parts must have in common, and more where no page number speaks for it.
_ENOUGH, _UNNUMBERED = 1.0, 2.0
#: So many parts that may continue a story are compared.
_MOST = 40


@dataclass(frozen=True, slots=True)
class Join:
    """Two stories, by number, that are one; `points` say how much speaks for it."""

    first: int
    second: int
    points: float


def join_jumps(stories: Sequence[Story]) -> tuple[Story, ...]:
    """The stories with every jump joined, in their order; a joined one keeps its other part as `continued`."""
    joins = {join.first: join for join in _joins(stories)}
    seconds = {join.second for join in joins.values()}
    found: list[Story] = []
    for number, story in enumerate(stories):
        if number in seconds:
            continue
        at = number
        while at in joins:
            join = joins[at]
            story = _joined(story, stories[join.second], join.points)
            at = join.second
        found.append(story)
    return tuple(found)


def _joins(stories: Sequence[Story]) -> Iterator[Join]:
    """The best partner for every story that goes on elsewhere, each part given once; never in a circle."""
    seconds = [number for number, story in enumerate(stories) if story.continued_from]
    by_page: dict[str, list[int]] = defaultdict(list)
    for number in seconds:
        by_page[stories[number].masthead.page].append(number)
    found: list[Join] = []
    for first, story in enumerate(stories):
        if not story.continued_on:
            continue
        wanted = story.continued_on.strip("第版")
        candidates = [*by_page[wanted], *by_page[""]] if wanted else seconds
        for second in candidates[:_MOST]:
            points = _points(story, stories[second]) if second != first else None
            if points is not None:
                found.append(Join(first, second, points))
    taken: set[int] = set()
    started: set[int] = set()
    successor: dict[int, int] = {}
    for join in sorted(found, key=lambda join: (-join.points, join.first, join.second)):
        if join.first in started or join.second in taken or _circles(successor, join):
            continue
        started.add(join.first)
        taken.add(join.second)
        successor[join.first] = join.second
        yield join


def _circles(successor: dict[int, int], join: Join) -> bool:
    at = join.second
    while at in successor:
        at = successor[at]
        if at == join.first:
            return True
    return False


def _points(first: Story, second: Story) -> float | None:
    """How much speaks for a join; `None` where the pages speak against it, or too little speaks for it."""
    a, b = first.masthead, second.masthead
    if first.file == second.file or (a.publication and b.publication and a.publication != b.publication):
        return None
    if a.date and b.date and a.date != b.date:
        return None
    back = second.continued_from.strip("第版")
    if a.page and back != a.page:
        return None
    numbered = bool(a.page and b.page)
    points = 2.0 * numbered + 2.5 * _likeness(first.title, "" if second.supplied else second.title)
    points += _junction(first, second) + 3.0 * _shared(first, second)
    return points if points >= (_ENOUGH if numbered else _UNNUMBERED) else None


def _likeness(first: str, second: str) -> float:
    """The part of the shorter headline's pairs of characters that the other has."""
    a, b = _pairs(first), _pairs(second)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _shared(first: Story, second: Story) -> float:
    """The part of the second text's pairs of characters that the first has; 0.1 is usual for any two."""
    a = _pairs("".join(paragraph.text for paragraph in first.paragraphs()))
    b = _pairs("".join(paragraph.text for paragraph in second.paragraphs()))
    return max(0.0, len(a & b) / len(b) - 0.1) if b else 0.0


def _pairs(text: str) -> set[str]:
    text = bare(text)
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _junction(first: Story, second: Story) -> float:
    tail, head = _ends(first, second)
    if not tail or not head or not first.truncated:
        return 0.0
    return max(-1.0, min(2.0, Joiner([], Segmenter()).points(tail, head) / 2))


def _ends(first: Story, second: Story) -> tuple[str, str]:
    before = [paragraph.text for paragraph in first.paragraphs()]
    after = [paragraph.text for paragraph in second.paragraphs()]
    return before[-1] if before else "", after[0] if after else ""


def _joined(first: Story, second: Story, points: float) -> Story:
    """Both parts as one story, and a guess that says where the join was made."""
    tail, head = _ends(first, second)
    parts, seam = _joined_parts(first, second)
    why = f"continued in {second.file}" + ("" if second.supplied else f", under “{second.title}”")
    guess = Guess("jump", seam or f"{tail[-6:]}|{head[:6]}", (), why, min(0.95, 0.55 + 0.1 * points))
    return replace(
        first,
        parts=parts,
        bylines=tuple(dict.fromkeys((*first.bylines, *second.bylines))),
        captions=(*first.captions, *second.captions),
        continued_on=second.continued_on,
        truncated=second.truncated,
        guesses=(*(g for g in first.guesses if g.field != "truncated"), guess, *_carried(second)),
        continued=(*first.continued, second),
    )


def _carried(second: Story) -> Iterator[Guess]:
    """What was guessed of the second part, but for its headline, which is no longer one."""
    yield from (
        guess for guess in second.guesses if guess.field not in ("title", "kicker", "subtitle", "column", "date")
    )


def _joined_parts(first: Story, second: Story) -> tuple[tuple[Part, ...], str]:
    """The parts of both; a sentence that the jump broke is one paragraph again."""
    if not first.parts or not second.parts:
        return (*first.parts, *second.parts), ""
    last, following = first.parts[-1], second.parts[0]
    if following.heading:
        return (*first.parts, *second.parts), ""
    before, after = list(last.paragraphs), list(following.paragraphs)
    seam = ""
    if first.truncated and before and after:
        tail, head = before.pop(), after.pop(0)
        joint = Joiner([], Segmenter()).joint(tail.text, head.text)
        text = tail.text[: len(tail.text) - joint.cut] + head.text[joint.skip :]
        before.append(Paragraph(text, (*tail.lines, *head.lines)))
        seam = f"{tail.text[-6:]}|{head.text[:6]}"
    joined = replace(last, paragraphs=(*before, *after))
    return (*first.parts[:-1], joined, *second.parts[1:]), seam
