"""The road of an import: newspaper pages in, article files out. Beside `press.py`, which makes books of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from bookmaker.clippings.batch import Imported, import_clippings
from bookmaker.clippings.filing import Files
from bookmaker.clippings.model import Clipping, Page
from bookmaker.clippings.readers.reading import read_clipping
from bookmaker.clippings.writing import article_text
from bookmaker.output import write_beside
from bookmaker.problems import Problem, raise_errors
from bookmaker.project import Project

#: No file's name in a header holds these.
_UNNAMEABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


class Status(StrEnum):
    """What became of an article's file."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Taken:
    """One imported article and its file."""

    article: Imported
    path: Path
    status: Status


@dataclass(frozen=True, slots=True)
class Intake:
    """All that one import made, and the pages it was made from."""

    taken: tuple[Taken, ...]
    pages: tuple[Page, ...]

    @property
    def pages_of_nothing(self) -> list[Page]:
        """The pages that no article is from."""
        used = {part.file for one in self.taken for part in one.article.story.with_continued}
        return [page for page in self.pages if page.clipping.file not in used]


def import_pages(files: Sequence[Path], into: Path, project: Project | None, *, force: bool = False) -> Intake:
    """Read pages, take them apart, and write every article into a folder; `SourceError` leaves all files alone.

    A file that stands there is overwritten only with `force`: a second import of a page changes nothing.
    """
    problems: list[Problem] = []
    clippings = list(_read(files, project, problems))
    raise_errors(problems)
    batch = import_clippings(clippings)
    files_of = Files(into, project.articles if project else None)
    taken = [_write(article, files_of, force=force) for article in batch.articles]
    return Intake(tuple(taken), batch.pages)


def _read(files: Iterable[Path], project: Project | None, problems: list[Problem]) -> Iterator[Clipping]:
    """Every file once, under a name that no other has."""
    unique = list(dict.fromkeys(files))
    for path, name in zip(unique, _told_apart(unique), strict=True):
        clipping = read_clipping(path, project.name_of(path) if project else str(path), problems)
        if clipping is not None:
            yield replace(clipping, file=name)


def _told_apart(paths: Sequence[Path]) -> list[str]:
    """A name for every page: its file's, with as many folders before it as make it nobody else's."""
    parts = [path.parts for path in paths]
    sizes = [1] * len(paths)
    while True:
        names = ["/".join(own[-size:]) for own, size in zip(parts, sizes, strict=True)]
        twins = {name for name, times in Counter(names).items() if times > 1}
        longer = [i for i, name in enumerate(names) if name in twins and sizes[i] < len(parts[i])]
        if not longer:
            return [_UNNAMEABLE.sub("\ufffd", name) for name in names]
        for i in longer:
            sizes[i] += 1


def _write(article: Imported, files: Files, *, force: bool) -> Taken:
    data = article_text(article).encode()
    path, there = files.place_of(article)
    if there == data:
        return Taken(article, path, Status.UNCHANGED)
    if there is not None and not force:
        return Taken(article, path, Status.KEPT)
    write_beside(path, data)
    return Taken(article, path, Status.WRITTEN)
