"""A whole import: pages taken apart, jumps joined, reprints put aside, doubts gathered; one line a step."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bookmaker.clippings.facts import Doubt, find_doubts
from bookmaker.clippings.importing import take_apart
from bookmaker.clippings.jumps import join_jumps
from bookmaker.clippings.model import Account, Clipping, Page, Story, Use
from bookmaker.clippings.reprints import Reprint, find_reprints

#: Characters of a file's name; 255 bytes is what file systems take.
_LONGEST_SLUG = 30
_NO_SLUG = re.compile(r"[^\w]+|_+")


@dataclass(frozen=True, slots=True)
class Imported:
    """One article to be written: its story, the name of its file, and what an editor should know of it.

    `reprints` are the same text elsewhere, which is not written again; `around` are the lines of the page that are in
    no story and stand nearest to this one.
    """

    story: Story
    slug: str
    doubts: tuple[Doubt, ...] = ()
    reprints: tuple[Story, ...] = ()
    around: tuple[Account, ...] = ()

    @property
    def sure(self) -> float:
        """How sure the surest-to-be-wrong of its guesses is; 1 where nothing was guessed."""
        return min((guess.sure for guess in self.story.guesses), default=1.0)


@dataclass(frozen=True, slots=True)
class Batch:
    """What an import made of its pages, and the reprints by the page and line they stand on."""

    pages: tuple[Page, ...]
    articles: tuple[Imported, ...]


def import_clippings(clippings: Iterable[Clipping]) -> Batch:
    """Every article of some pages."""
    pages = tuple(take_apart(clipping) for clipping in clippings)
    stories = join_jumps([story for page in pages for story in page.stories])
    reprints = find_reprints(stories)
    doubts = find_doubts(stories)
    return Batch(pages, tuple(_imported(pages, stories, reprints, doubts)))


def _imported(
    pages: Sequence[Page], stories: Sequence[Story], reprints: Sequence[Reprint], doubts: Sequence[Doubt]
) -> Iterable[Imported]:
    told: dict[int, list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        for number in doubt.stories:
            told[number].append(doubt)
    others = {reprint.kept: tuple(stories[number] for number in reprint.others) for reprint in reprints}
    left_out = {number for reprint in reprints for number in reprint.others}
    kept = [number for number in range(len(stories)) if number not in left_out]
    around = _around(pages, [stories[number] for number in kept])
    for number, slug in zip(kept, _slugs([stories[n].title for n in kept]), strict=True):
        story = stories[number]
        yield Imported(story, slug, tuple(told[number]), others.get(number, ()), around.get(id(story), ()))


def _slugs(titles: Sequence[str]) -> list[str]:
    """A file name for every title: its letters and digits, and a number where two are the same."""
    wanted = [slug_of(title) for title in titles]
    given: set[str] = set()
    slugs: list[str] = []
    for slug in wanted:
        numbered, number = slug, 1
        while numbered in given or (number > 1 and numbered in wanted):
            number += 1
            numbered = f"{slug}-{number}"
        given.add(numbered)
        slugs.append(numbered)
    return slugs


def slug_of(title: str) -> str:
    """A title's letters and digits, hyphens for what is between them, at most 30 characters."""
    slug = _NO_SLUG.sub("-", title).strip("-")[:_LONGEST_SLUG].strip("-")
    return slug or "untitled"


def _around(pages: Sequence[Page], stories: Sequence[Story]) -> dict[int, tuple[Account, ...]]:
    """The lines outside all stories, given to the story above, or the first one where none is."""
    by_file: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        for part in story.with_continued:
            if part.accounts:
                by_file[part.file].append(story)
    found: dict[int, list[Account]] = defaultdict(list)
    for page in pages:
        held = sorted(by_file[page.clipping.file], key=lambda story: _first_line(story, page.clipping.file))
        for account in page.accounts:
            if account.use is Use.BLANK or not held:
                continue
            above = [story for story in held if _first_line(story, page.clipping.file) < account.line]
            found[id((above or held)[-1 if above else 0])].append(account)
    return {key: tuple(accounts) for key, accounts in found.items()}


def _first_line(story: Story, file: str) -> int:
    lines = [a.line for part in story.with_continued if part.file == file for a in part.accounts]
    return min(lines, default=0)
