"""What was made, kept between two runs of the program: articles read and converted, sections set, pictures.

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
import sys
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
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
    "bookmaker.content.article", "bookmaker.content.body", "bookmaker.content.dates", "bookmaker.content.keeping",
    "bookmaker.content.names", "bookmaker.content.source", "bookmaker.content.terms", "bookmaker.content.themes",
    "bookmaker.problems", "bookmaker.script.scripts", "bookmaker.script.terms", "bookmaker.script.keeping",
    "bookmaker.epub.keeping",
)  # fmt: skip
#: And of Python's own values a day of the calendar.
_DAY = ("datetime", "date")


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
            data = part.encode(errors="surrogatepass")  # a file's name may be no text
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
        data = self._whole(key)
        if data is None:
            return None
        middle = _FRONT + int.from_bytes(data[_SUM:_FRONT], "big")
        packed = data[_FRONT:middle] if part == 0 else data[middle:]
        try:
            return _Reader(io.BytesIO(zlib.decompress(packed)), self._find).load()
        except Exception:  # an entry that cannot be read is made anew, whatever is wrong with it
            return None

    def _whole(self, key: str) -> bytes | None:
        """The bytes of an entry, sum and all, if they are those that were written."""
        try:
            with open(self._path(key), "rb") as file:
                data = file.read()
        except OSError:
            return None
        return data if hashlib.sha256(data[_SUM:]).digest() == data[:_SUM] else None

    def save(self, key: str, value: Any, body: Any = None, *, shared: bool = True) -> None:
        """Keep a value and its body; where nothing can be written, nothing is kept.

        What is not `shared` a process that stays has for itself: it takes longer to write than to make again.
        """
        self._asked.add(key)
        if self._memory is not None:
            self._memory[key] = value, body
            if not shared:
                return
        front, back = (zlib.compress(self._pickled(each), 1) for each in (value, body))
        data = len(front).to_bytes(_FRONT - _SUM, "big") + front + back
        self._write(key, data)

    def _write(self, key: str, data: bytes) -> None:
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

    def bundle(self, *name: str) -> "Bundle":
        """Many small values in one entry, by a name that stays."""
        return Bundle(self, self.key("bundle", *name))

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


class Bundle:
    """Many small values in one file, each by the hash of what it was made from.

    What nobody asks for between opening and closing goes: it was made from what is no longer there.
    """

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name
        self._live: dict[str, Any] = {}
        self._packed: dict[str, bytes] = {}
        self._asked: set[str] = set()
        self._is_new = False
        store._asked.add(name)
        if store._memory is not None:
            self._live, self._packed = store._memory.setdefault(name, ({}, {}))
        if not self._packed:
            self._packed |= self._read()

    def key(self, *parts: str) -> str:
        """The name of what is made of these parts."""
        return self._store.key(*parts)

    def find(self, key: str) -> Any:
        """The value, or `None`."""
        value = self._live.get(key)
        if value is None and key in self._packed:
            value = self._live[key] = _small_value(self._packed[key])
        if value is not None:
            self._asked.add(key)
        return value

    def keep(self, key: str, value: Any) -> None:
        """Keep a value until the bundle is closed, and from then on in its file."""
        self._live[key] = value
        self._packed[key] = _small(value)
        self._asked.add(key)
        self._is_new = True

    def close(self) -> None:
        """Write the file, if anything came to it."""
        if self._is_new:
            self._is_new = False
            for key in self._packed.keys() - self._asked:
                del self._packed[key]
                self._live.pop(key, None)
            self._store._write(self._name, pickle.dumps(self._packed, protocol=5))

    def _read(self) -> dict[str, bytes]:
        data = self._store._whole(self._name)
        try:
            found = _Reader(io.BytesIO(data[_SUM:]), None).load() if data else {}
        except Exception:  # as with an entry
            return {}
        return found if isinstance(found, dict) else {}


def _small(value: Any) -> bytes:
    """A value of a bundle, not packed: a book's worth of them is read in every run."""
    target = io.BytesIO()
    _SmallWriter(target, protocol=5).dump(value)
    return target.getvalue()


def _small_value(data: bytes) -> Any:
    try:
        return _Reader(io.BytesIO(data), None).load()
    except Exception:  # as with an entry
        return None


class _SmallWriter(pickle.Pickler):
    """Writes models as calls with their fields, which are read in half the time."""

    def reducer_override(self, value: Any) -> Any:
        names = _names(value.__class__)
        return NotImplemented if names is None else (type(value), tuple([getattr(value, name) for name in names]))


@cache
def _names(model: type) -> tuple[str, ...] | None:
    """The fields of a model; `None` for another value."""
    return tuple(field.name for field in fields(model)) if is_dataclass(model) else None


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
        return _kept_class(module, name)


@cache
def _kept_class(module: str, name: str) -> type:
    if (module, name) == _DAY or (module in _ROOMS and name[:1].isupper()):
        found = getattr(import_module(module), name, None)
        if isinstance(found, type) and found.__module__ == module:
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is not kept")


@cache
def program_digest() -> str:
    """A digest of the program's own source: another program makes other things."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def libraries_digest() -> str:
    """A digest of what is installed, by the names and versions of the folders that say so: so do other libraries."""
    found = {name for folder in sys.path if os.path.isdir(folder) for name in os.listdir(folder)}
    known = sorted(name for name in found if name.endswith((".dist-info", ".egg-info")))
    return hashlib.sha256("\0".join((sys.version, *known)).encode()).hexdigest()
