"""The road of an import: newspaper pages in, article files out. Beside `press.py`, which makes books of them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import yaml

from bookmaker.classification.classify import classify_articles
from bookmaker.classification.model import Classified
from bookmaker.classification.writing import write_themes
from bookmaker.clippings.batch import Imported, import_clippings
from bookmaker.clippings.model import Clipping, Page
from bookmaker.clippings.readers.reading import read_clipping
from bookmaker.clippings.writing import article_text, body_text
from bookmaker.content.manuscript import read_pool
from bookmaker.content.themes import read_themes
from bookmaker.output import write_beside
from bookmaker.problems import Place, Problem, raise_errors
from bookmaker.project import Project

_OWN_CLIPPING = re.compile(r"^clipping: (\{.*\})\r?$", re.M)
#: What an editor left of a text that is still the same: every fourth run of so many characters.
_RUN = 8
_SAME = 0.25
_NO_LETTER = re.compile(r"\W+")
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


def import_pages(files: Sequence[Path], into: Path, project: Project | None, *, force: bool = False) -> Intake:
    """Read pages, take them apart, and write every article into a folder; `SourceError` leaves all files alone.

    A file that stands there is overwritten only with `force`: a second import of a page changes nothing.
    """
    problems: list[Problem] = []
    clippings = list(_read(files, project, problems))
    raise_errors(problems)
    batch = import_clippings(clippings)
    names = _Names(into, project)
    taken = [_write(article, names, force=force) for article in batch.articles]
    return Intake(tuple(taken), batch.pages)


def classify_pool(project: Project, *, write: bool) -> tuple[Classified, ...]:
    """Every article of the pool against the themes; with `write`, headers without a theme of the editor's get one."""
    problems: list[Problem] = []
    themes = read_themes(project, problems)
    pool = read_pool(project, problems)
    if not themes:
        place = Place(project.name_of(project.themes))
        problems.append(
            Problem(place, "unknown-theme", "there is no theme to classify by", "write content/themes/<id>.toml")
        )
    raise_errors(problems)
    classified = classify_articles(pool, themes)
    if write:
        for article in classified:
            _write_theme(project.root / article.file, article)
    return classified


def _write_theme(path: Path, article: Classified) -> None:
    """Only where it changes something; line ends and a BOM stay."""
    text = path.read_bytes().decode()
    written = write_themes(text, article)
    if written != text:
        write_beside(path, written.encode())


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


def _write(article: Imported, names: "_Names", *, force: bool) -> Taken:
    data = article_text(article).encode()
    path, there = names.place_of(article)
    if there == data:
        return Taken(article, path, Status.UNCHANGED)
    if there is not None and not force:
        return Taken(article, path, Status.KEPT)
    write_beside(path, data)
    return Taken(article, path, Status.WRITTEN)


class _Names:
    """Finds every article its file: the one it already has, wherever in the pool, or a name that nobody else does."""

    def __init__(self, into: Path, project: Project | None) -> None:
        self._into = into
        self._given: set[Path] = set()
        pool = project.articles.rglob("*.md") if project and project.articles.is_dir() else ()
        paths = sorted({path.resolve(): path for path in (*pool, *into.glob("*.md")) if path.is_file()}.values())
        self._elsewhere = {path.stem for path in paths if path.parent.resolve() != into.resolve()}
        #: The files that a page became, also those the editor moved or called otherwise.
        self._of_page: dict[object, list[Path]] = defaultdict(list)
        for path in paths:
            if found := _OWN_CLIPPING.search(path.read_bytes().decode(errors="replace")):
                self._of_page[_mapping(found[1]).get("file")].append(path)

    def place_of(self, article: Imported) -> tuple[Path, bytes | None]:
        """The file's path, and what stands there if it is this article's."""
        own = self._into / f"{article.slug}.md"
        for path in sorted(self._of_page[article.story.file], key=lambda path: path != own):
            there = path.read_bytes()
            if path not in self._given and _is_same(there, article):
                self._given.add(path)
                return path, there
        number = 1
        while True:
            slug = article.slug if number == 1 else f"{article.slug}-{number}"
            path = self._into / f"{slug}.md"
            if path not in self._given and slug not in self._elsewhere and not path.exists():
                self._given.add(path)
                return path, None
            number += 1


def _is_same(there: bytes, article: Imported) -> bool:
    """True if a file was imported from the same lines of the same page, and not of another one of its name."""
    text = there.decode(errors="replace")
    found = _OWN_CLIPPING.search(text)
    clipping = _mapping(found[1]) if found else {}
    if clipping.get("file") != article.story.file:
        return False
    if not _numbers(str(clipping.get("lines", ""))) & set(article.story.lines):
        return False
    said = _NO_LETTER.sub("", body_text(article.story))
    letters = _NO_LETTER.sub("", text)
    runs = [said[at : at + _RUN] for at in range(0, max(1, len(said) - _RUN), _RUN)]
    return sum(run in letters for run in runs) >= _SAME * len(runs)


def _mapping(text: str) -> dict[str, object]:
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError:
        return {}
    return read if isinstance(read, dict) else {}


def _numbers(lines: str) -> set[int]:
    """The line numbers of 15-17, 48."""
    found: set[int] = set()
    for run in re.findall(r"(\d{1,7})(?:-(\d{1,7}))?", lines):
        first, last = int(run[0]), int(run[1] or run[0])
        found |= {first, last} if last - first > 100_000 else set(range(first, last + 1))
    return found
