"""What was made, kept between two runs of the program: sections set, pictures, what WeasyPrint printed.

An entry is a file named by the hash of everything it was made from, so that nothing is ever out of date; a sum of its
content stands in front, and one that does not hold is as if it were not there. Files are written beside and renamed:
two builds at once, or one that is killed, leave whole entries only. A folder of a project may come from anywhere, and
so nothing but the values below is ever made of an entry.
"""

import hashlib
import io
import os
import pickle
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

#: The most that is kept, in bytes; the oldest entries go first.
_MOST = 256 * 1024 * 1024
_SUM = 32
#: The rooms whose values may be kept: frozen models, without behaviour.
_ROOMS = (
    "bookmaker.composition.laid", "bookmaker.makeup.inline", "bookmaker.makeup.model", "bookmaker.makeup.parts",
    "bookmaker.makeup.pictures", "bookmaker.makeup.styles", "bookmaker.makeup.typeline", "bookmaker.makeup.keeping",
)  # fmt: skip


class Store:
    """A folder of entries; `context` is what all of them depend on (the program, the fonts, the style sheet)."""

    def __init__(self, folder: Path, context: Iterable[str]) -> None:
        self._folder = folder
        self._context = hashlib.sha256("\0".join((program_digest(), *context)).encode()).digest()
        self._written = 0
        self._memory: dict[str, Any] | None = None

    def remember(self, memory: dict[str, Any]) -> None:
        """Keep values in memory as well, for a process that stays."""
        self._memory = memory

    def key(self, *parts: str) -> str:
        """The name of what is made of these parts."""
        digest = hashlib.sha256(self._context)
        for part in parts:
            data = part.encode()
            digest.update(len(data).to_bytes(8, "big") + data)
        return digest.hexdigest()

    def load(self, key: str) -> Any:
        """The entry, or `None`."""
        if self._memory is not None and key in self._memory:
            return self._memory[key]
        value = self._read(key)
        if self._memory is not None and value is not None:
            self._memory[key] = value
        return value

    def _read(self, key: str) -> Any:
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if hashlib.sha256(data[_SUM:]).digest() != data[:_SUM]:
            return None
        try:
            return _Reader(io.BytesIO(zlib.decompress(data[_SUM:]))).load()
        except Exception:  # an entry that cannot be read is made anew, whatever is wrong with it
            return None

    def save(self, key: str, value: Any) -> None:
        """Keep a value; where nothing can be written, nothing is kept."""
        if self._memory is not None:
            self._memory[key] = value
        data = zlib.compress(pickle.dumps(value, protocol=5), 1)
        path = self._path(key)
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(hashlib.sha256(data).digest() + data)
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            return
        self._written += len(data)

    def tidy(self) -> None:
        """Keep the folder within its bound; only where something came to it."""
        if not self._written:
            return
        self._written = 0
        try:
            entries = [
                (entry.stat(), entry.path) for folder in os.scandir(self._folder) for entry in os.scandir(folder)
            ]
            total = sum(stat.st_size for stat, _ in entries)
            for stat, path in sorted(entries, key=lambda found: found[0].st_mtime):
                if total <= _MOST:
                    break
                os.unlink(path)
                total -= stat.st_size
        except OSError:
            return

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key


class _Reader(pickle.Unpickler):
    """Makes nothing but values of the rooms that may be kept."""

    def find_class(self, module: str, name: str) -> Any:
        if module in _ROOMS and name[:1].isupper():
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not kept")


@cache
def program_digest() -> str:
    """A digest of the program's own source: another program makes other things."""
    folder = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
