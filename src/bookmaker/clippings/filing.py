"""Filing: the file of an article that is imported again, wherever the editor put it, or a new name for a new one."""

import re
from collections import defaultdict
from pathlib import Path

import yaml

from bookmaker.clippings.batch import Imported
from bookmaker.clippings.writing import body_text

_OWN_CLIPPING = re.compile(r"^clipping: (\{.*\})\r?$", re.M)
#: What an editor left of a text that is still the same: every fourth run of so many characters.
_RUN = 8
_SAME = 0.25
_NO_LETTER = re.compile(r"\W+")
#: libyaml, where there is one: a pool may hold ten thousand articles.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: So many brackets in a line are somebody's joke.
_DEEP = 50


class Files:
    """Finds every article its file: the one it already has, wherever in the pool, or a name that nobody else does."""

    def __init__(self, into: Path, pool: Path | None) -> None:
        """`into` is the folder for new articles, `pool` the one in which, or below which, others may be."""
        self._into = into
        self._given: set[Path] = set()
        around = pool.rglob("*.md") if pool and pool.is_dir() else ()
        paths = sorted({path.resolve(): path for path in (*around, *into.glob("*.md")) if path.is_file()}.values())
        self._elsewhere = {path.stem for path in paths if path.parent.resolve() != into.resolve()}
        #: The files that a page became, also those the editor moved or called otherwise.
        self._of_page: dict[str, list[tuple[Path, str]]] = defaultdict(list)
        for path in paths:
            if found := _OWN_CLIPPING.search(path.read_bytes().decode(errors="replace")):
                clipping = _mapping(found[1])
                self._of_page[str(clipping.get("file"))].append((path, str(clipping.get("lines", ""))))

    def place_of(self, article: Imported) -> tuple[Path, bytes | None]:
        """The file's path, and what stands there if it is this article's."""
        own = self._into / f"{article.slug}.md"
        for path, lines in sorted(self._of_page[article.story.file], key=lambda known: known[0] != own):
            if path in self._given or not _numbers(lines) & set(article.story.lines):
                continue
            there = path.read_bytes()
            if _is_same(there, article):
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
    """True if a file from these lines holds this text, and not that of another page of the same name."""
    said = _NO_LETTER.sub("", body_text(article.story))
    letters = _NO_LETTER.sub("", there.decode(errors="replace"))
    runs = [said[at : at + _RUN] for at in range(0, max(1, len(said) - _RUN), _RUN)]
    return sum(run in letters for run in runs) >= _SAME * len(runs)


def _mapping(text: str) -> dict[str, object]:
    # libyaml recurses without a limit, and would end the process.
    loader = _LOADER if text.count("{") + text.count("[") < _DEEP else yaml.SafeLoader
    try:
        read = yaml.load(text, Loader=loader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _numbers(lines: str) -> set[int]:
    """The line numbers of 15-17, 48."""
    found: set[int] = set()
    for run in re.findall(r"(\d{1,7})(?:-(\d{1,7}))?", lines):
        first, last = int(run[0]), int(run[1] or run[0])
        found |= {first, last} if last - first > 100_000 else set(range(first, last + 1))
    return found
