"""What was made, kept between two runs of the program: sections set, pictures, what WeasyPrint printed.

An entry is a file named by the hash of everything it was made from, so that nothing is ever out of date; a sum of its
content stands in front, and one that does not hold is as if it were not there. It has two parts: a value, and a body
that is only taken apart where it is asked for. Files are written beside and renamed:
two builds at once, or one that is killed, leave whole entries only. A folder of a project may come from anywhere, and
so nothing but the values below is ever made of an entry.
"""

import hashlib
import io
import os
import pickle
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

#: The most that is kept, in bytes; the oldest entries go first.
_MOST = 256 * 1024 * 1024
#: A sum, and the length of the value's part behind it, in bytes.
_SUM, _FRONT = 32, 40
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
        self._memory: dict[str, tuple[Any, Any]] | None = None
        self._lent: dict[int, str] = {}
        self._find: Callable[[str], Any] | None = None
        self._folders: set[str] = set()
        self._asked: set[str] = set()

    def remember(self, memory: dict[str, tuple[Any, Any]]) -> None:
        """Keep values in memory as well, for a process that stays; what is asked for no more goes (`tidy`)."""
        self._memory = memory

    def borrow(self, find: Callable[[str], Any]) -> None:
        """Things that are kept elsewhere (pictures): entries hold their names, and `find` knows them by these."""
        self._find = find

    def lend(self, name: str, thing: object) -> None:
        """One of these things, which must live as long as the store."""
        self._lent[id(thing)] = name

    def key(self, *parts: str) -> str:
        """The name of what is made of these parts."""
        digest = hashlib.sha256(self._context)
        for part in parts:
            data = part.encode()
            digest.update(len(data).to_bytes(8, "big") + data)
        return digest.hexdigest()

    def load(self, key: str) -> Any:
        """The value of an entry, or `None`."""
        self._asked.add(key)
        if self._memory is not None and key in self._memory:
            return self._memory[key][0]
        return self._read(key, 0)

    def body(self, key: str) -> Any:
        """The body of an entry, or `None`."""
        if self._memory is not None and key in self._memory:
            return self._memory[key][1]
        body = self._read(key, 1)
        if self._memory is not None and body is not None:
            self._memory[key] = self._read(key, 0), body
        return body

    def _read(self, key: str, part: int) -> Any:
        try:
            with open(self._path(key), "rb") as file:
                data = file.read()
        except OSError:
            return None
        if hashlib.sha256(data[_SUM:]).digest() != data[:_SUM]:
            return None
        middle = _FRONT + int.from_bytes(data[_SUM:_FRONT], "big")
        packed = data[_FRONT:middle] if part == 0 else data[middle:]
        try:
            return _Reader(io.BytesIO(zlib.decompress(packed)), self._find).load()
        except Exception:  # an entry that cannot be read is made anew, whatever is wrong with it
            return None

    def save(self, key: str, value: Any, body: Any = None) -> None:
        """Keep a value and its body; where nothing can be written, nothing is kept."""
        self._asked.add(key)
        if self._memory is not None:
            self._memory[key] = value, body
        front, back = (zlib.compress(self._pickled(each), 1) for each in (value, body))
        data = len(front).to_bytes(_FRONT - _SUM, "big") + front + back
        path = self._path(key)
        beside = f"{path}.{os.getpid()}"
        try:
            folder = os.path.dirname(path)
            if folder not in self._folders:
                os.makedirs(folder, exist_ok=True)
                self._folders.add(folder)
            with open(beside, "wb") as file:
                file.write(hashlib.sha256(data).digest() + data)
            os.replace(beside, path)
        except OSError:
            with suppress(OSError):
                os.unlink(beside)
            return
        self._written += len(data)

    def _pickled(self, value: Any) -> bytes:
        if not self._lent:
            return pickle.dumps(value, protocol=5)
        stream = io.BytesIO()
        _Writer(stream, self._lent).dump(value)
        return stream.getvalue()

    def tidy(self) -> None:
        """Keep the folder within its bound, where something came to it, and the memory to what was asked for."""
        if self._memory is not None:
            for key in self._memory.keys() - self._asked:
                del self._memory[key]
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

    def _path(self, key: str) -> str:
        return os.path.join(self._folder, key[:2], key)


class _Writer(pickle.Pickler):
    """Writes the names of what is lent."""

    def __init__(self, stream: io.BytesIO, lent: Mapping[int, str]) -> None:
        super().__init__(stream, protocol=5)
        self._lent = lent

    def persistent_id(self, thing: Any) -> str | None:
        return self._lent.get(id(thing))


class _Reader(pickle.Unpickler):
    """Makes nothing but values of the rooms that may be kept."""

    def __init__(self, stream: io.BytesIO, find: Callable[[str], Any] | None) -> None:
        super().__init__(stream)
        self._find = find

    def persistent_load(self, name: Any) -> Any:
        if self._find is None or not isinstance(name, str):
            raise pickle.UnpicklingError("nothing is lent here")
        return self._find(name)

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
