"""The project's root and its folders: where an editor keeps what, and where the outputs go."""

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from bookmaker.problems import CommandError

#: Layouts and fonts that come with the program, for a project that has none of its own.
#: In a wheel they lie inside the package, in a checkout at the top of the repository.
_PACKAGE = Path(__file__).parent
SHIPPED = _PACKAGE if (_PACKAGE / "layouts").is_dir() else _PACKAGE.parents[1]


class NoProjectError(CommandError):
    """There is no folder with `content/` here or above."""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with `content/`; every path a stage reads or writes is asked for here."""

    root: Path

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def articles(self) -> Path:
        return self.content / "articles"

    @property
    def images(self) -> Path:
        return self.content / "images"

    @property
    def themes(self) -> Path:
        return self.content / "themes"

    @property
    def names(self) -> Path:
        return self.content / "names.toml"

    @property
    def volumes(self) -> Path:
        return self.content / "volumes"

    def plans(self) -> list[Path]:
        """The plans of all volumes, in the order of their names."""
        return sorted(path for path in self.volumes.glob("*.toml") if path.is_file())

    @property
    def fonts(self) -> Path:
        own = self.root / "fonts"
        return own if (own / "fonts.toml").is_file() else SHIPPED / "fonts"

    def layout(self, name: str) -> Path:
        own = self.root / "layouts" / name
        return own if own.is_dir() else SHIPPED / "layouts" / name

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def dist(self) -> Path:
        return self.root / "dist"

    @property
    def cache(self) -> Path:
        return self.root / ".bookmaker"

    def name_of(self, path: Path) -> str:
        """A path as messages say it: from the project's root, with forward slashes."""
        name, root = path.as_posix(), f"{self.root.as_posix().rstrip('/')}/"
        return said_name(name.removeprefix(root))

    def holds(self, path: Path, within: Path | None = None, folders: dict[str, str] | None = None) -> bool:
        """True if a path, links followed, lies inside the project, or `within` a folder of it.

        `folders` remembers where the links of folders led; for as long as one looks at many files at once.
        """
        try:
            inside = os.path.join(within.resolve() if within else self.root, "")
            return os.path.join(_real(path, folders), "").startswith(inside)
        except (OSError, RuntimeError, ValueError):  # links in a circle; a name no file can have
            return False

    def has_file(self, path: Path) -> bool:
        """True if a file stands there; also answers for a name no file can have (too long, or with a NUL)."""
        try:
            return path.is_file()
        except (OSError, ValueError):
            return False


#: What moves a terminal's cursor, or is no character.
_UNSAYABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def said_name(name: str) -> str:
    """A file's name as it can be said: bytes that are not UTF-8, and what controls a terminal, as \\x…"""
    if name.isascii() and name.isprintable():
        return name
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNSAYABLE.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def _real(path: Path, folders: dict[str, str] | None) -> str:
    """A path with its links followed; a file that is there and is no link needs only its folder's."""
    folder, name = os.path.split(path)
    if folders is None or not _is_plain(path):
        return str(path.resolve())
    if folder not in folders:
        folders[folder] = str(Path(folder).resolve())
    return os.path.join(folders[folder], name)


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def find_project(start: Path) -> Project:
    """The nearest folder from `start` upward that has `content/`; `NoProjectError` if none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "content").is_dir():
            return Project(folder)
    raise NoProjectError(f"there is no content/ folder in {start} or above it")
