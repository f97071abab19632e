"""Everything a reader of the book sees of a Manuscript, with its file and its lines: for proofreading and review."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bookmaker.content.article import Article
from bookmaker.content.manuscript import Manuscript
from bookmaker.content.plan import Plan
from bookmaker.problems import Place
from bookmaker.script.fragments import passages_in
from bookmaker.script.scripts import Script

#: Keys of a header whose text no reader of the book sees, or that are read with the body.
_UNSEEN = frozenset({"themes", "names", "images", "rights", "note", "draft", "date", "file"})
_PLAN_KEYS = ("title", "subtitle", "series", "period", "description", "contributors", "imprint")
_AROUND = 6
#: A text is looked for in its file with these marks made one: `widen_manuscript` has made them full-width.
_ALIKE = str.maketrans("，；：！？（）〈〉", ",;:!?()《》")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph a reader sees, and the lines of the file it stands on.

    `settled` are the characters to which a span gives a form of their own in the script that was asked for.
    """

    text: str
    file: str
    lines: Sequence[str]
    first: int
    last: int
    settled: frozenset[int] = frozenset()

    def place_at(self, offset: int) -> Place:
        """The line on which the character stands with as much of its surroundings as one line shows."""
        numbers = range(self.first, min(self.last, len(self.lines)) + 1)
        for width in range(_AROUND, -1, -1) if len(numbers) > 1 else ():
            around = self.text[max(0, offset - width) : offset + width + 1].translate(_ALIKE)
            for number in numbers:
                if around in self.lines[number - 1].translate(_ALIKE):
                    return Place(self.file, number)
        return Place(self.file, self.first)


def read_passages(manuscript: Manuscript, script: Script | None = None) -> Iterator[list[Stretch]]:
    """Everything a reader sees, in paragraphs that follow one another."""
    yield from plan_passages(manuscript.plan)
    for piece in manuscript.pieces():
        yield from piece_passages(piece, script)


def plan_passages(plan: Plan) -> Iterator[list[Stretch]]:
    """What a reader sees of a plan."""
    for key in _PLAN_KEYS:
        yield from _plain(getattr(plan.entries.volume, key), ("volume", key), plan)
    for index, chapter in enumerate(plan.entries.chapter):
        yield from _plain(chapter.title, ("chapter", index, "title"), plan)


def piece_passages(piece: Article, script: Script | None = None) -> Iterator[list[Stretch]]:
    """What a reader sees of an article."""
    for key in type(piece.header).model_fields:
        if key not in _UNSEEN:
            yield from _plain(getattr(piece.header, key), (key,), piece)
    for image, entry in piece.shown_pictures():
        for key in ("alt", "caption", "credit"):
            yield from _plain(getattr(entry, key), ("images", image, key), piece)
    yield from _body(piece, script)


def _plain(value: Any, path: tuple[str | int, ...], owner: Article | Any) -> Iterator[list[Stretch]]:
    """Every text of a value, each a passage of its own."""
    if isinstance(value, str):
        line = owner.line(*path) or 1
        lines = owner.source.text.split("\n")
        if value:
            yield [Stretch(value, owner.source.file, lines, line, line + value.count("\n"))]
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _plain(item, (*path, index), owner)
    elif hasattr(value, "model_fields_set"):
        for key in type(value).model_fields:
            yield from _plain(getattr(value, key), (*path, key), owner)


def _body(piece: Article, script: Script | None) -> Iterator[list[Stretch]]:
    lines = piece.source.text.split("\n")

    def stretches(fragments: Sequence[str], places: Sequence[tuple[int, int]]) -> Iterator[list[Stretch]]:
        for passage in passages_in(fragments, script):
            yield [Stretch(p.text, piece.source.file, lines, *places[p.fragment], p.settled) for p in passage]

    for section in piece.body.sections:
        yield from stretches([section.heading], [(section.line, section.line)])
        places = [(block.line, block.last_line) for block in section.blocks]
        yield from stretches([block.xhtml for block in section.blocks], places)
    for note in piece.body.notes:
        yield from stretches([note.xhtml], [(note.line, len(lines))])
