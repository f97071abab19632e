"""What is doubtful in the stories of an import, and the stories as they are read for it: one text after another.

Each finder takes the texts of all stories and yields a `Doubt` for everything an editor should look at. None of
them compares story with story: what belongs together is found by a key, so that 10,000 stories take their time once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bookmaker.clippings.model import Story, Use

#: How much of a text is shown on either side of what is doubtful.
_AROUND = 10
#: So many places are told of what stands everywhere; the odd one out is told wherever it stands, up to `_MOST`.
_FEW = 3
_MOST = 50


class Kind(StrEnum):
    """What is doubtful."""

    TWO_NAMES = "two-names"
    TWO_POSTS = "two-posts"
    TWO_SPELLINGS = "two-spellings"
    TWO_FIGURES = "two-figures"
    MIXED_SCRIPT = "mixed-script"
    TRADITIONAL_TEXT = "traditional-text"
    UNBALANCED_QUOTE = "unbalanced-quote"
    DOUBLED_CHARACTER = "doubled-character"


class Spot(NamedTuple):
    """Where something stands, and the words around."""

    file: str
    line: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at: `what` is a Chinese sentence for the article's note, `hint` an English one for the report.

    `stories` are the indexes of those that `places` stand in.
    """

    kind: Kind
    what: str
    hint: str
    places: tuple[Spot, ...]
    stories: tuple[int, ...]


class Field(StrEnum):
    """What a text is in its story."""

    HEAD = "head"
    BODY = "body"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a story: a headline, a heading, a paragraph, a caption; `line` is its first in the file."""

    story: int
    file: str
    line: int
    text: str
    field: Field


class Place(NamedTuple):
    """A character of a text, and how many characters from there are meant."""

    text: Text
    at: int
    length: int = 1


def read_texts(stories: Sequence[Story]) -> list[Text]:
    """All texts of all stories, in reading order."""
    return [text for index, story in enumerate(stories) for text in _texts_of(index, story)]


def doubt(kind: Kind, what: str, hint: str, places: Iterable[Place]) -> Doubt:
    """A doubt about these places, in reading order."""
    ordered = sorted(set(places), key=lambda place: (place.text.story, place.text.line, place.at))
    stories = tuple(dict.fromkeys(place.text.story for place in ordered))
    return Doubt(kind, what, hint, tuple(dict.fromkeys(map(_spot, ordered))), stories)


def odd_ones(groups: Sequence[Sequence[Place]]) -> list[Place]:
    """Places of several ways to write a thing: of the commonest a few, of the others all."""
    ordered = sorted(groups, key=len, reverse=True)
    rest = [place for group in ordered[1:] for place in group[:_MOST]]
    return [*ordered[0][:_FEW], *rest]


def _spot(place: Place) -> Spot:
    text, at = place.text, place.at
    excerpt = text.text[max(0, at - _AROUND) : at + place.length + _AROUND]
    return Spot(text.file, text.line, " ".join(excerpt.split()))


def _texts_of(index: int, story: Story) -> Iterator[Text]:
    used = {account.use: account.line for account in reversed(story.accounts)}
    first = min(story.lines, default=1)
    for use, head in ((Use.KICKER, story.kicker), (Use.TITLE, story.title), (Use.SUBTITLE, story.subtitle)):
        if head and not (story.supplied and use is Use.TITLE):
            yield Text(index, story.file, used.get(use, first), head, Field.HEAD)
    for part in story.parts:
        if part.heading:
            yield Text(index, story.file, min(part.heading_lines, default=first), part.heading, Field.HEAD)
        for paragraph in part.paragraphs:
            yield Text(index, story.file, min(paragraph.lines, default=first), paragraph.text, Field.BODY)
    for caption in story.captions:
        yield Text(index, story.file, min(caption.lines, default=first), caption.text, Field.CAPTION)
