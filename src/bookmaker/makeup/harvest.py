"""pydyf's objects as values of the model: what a stream of WeasyPrint's shows, with all that it needs.

Written for pydyf 0.13, whose references are tokens (`b"12 0 R"`).
"""

import re
from typing import Any

import pydyf

from bookmaker.makeup.kept import pack
from bookmaker.makeup.model import Fonts, Indirect, Value

_REFERENCE = re.compile(rb"(\d+) 0 R")
_NAME = re.compile(rb"/([^\s/<>\[\]()]+)")
#: What a stream names that is not a font (ISO 32000-1 §7.8.3).
_KINDS = ("ExtGState", "ColorSpace", "Pattern", "Shading", "XObject")


class Harvest:
    """The objects of one `pydyf.PDF`."""

    def __init__(self, pdf: Any) -> None:
        self._objects: list[Any] = pdf.objects
        self._known: dict[int, Value] = {}

    def resolve(self, item: Any) -> Any:
        """The object that a reference means; anything else is itself."""
        found = _REFERENCE.fullmatch(item) if isinstance(item, bytes) else None
        return self._objects[int(found[1])] if found else item

    def resources(self, all_of_them: Any, content: bytes) -> dict[str, dict[str, Value]]:
        """Of these resources the ones that a stream names, by kind."""
        used = {name.decode("latin-1") for name in _NAME.findall(content)}
        found = {}
        for kind in _KINDS:
            named = self.resolve(all_of_them.get(kind, {}))
            values = {key: self.value(named[key]) for key in named if key in used}
            if values:
                found[kind] = values
        return found

    def value(self, item: Any) -> Value:
        """Whatever it is, with all it refers to."""
        found = self.resolve(item)
        if isinstance(found, pydyf.Object) and found.number is not None:
            if found.number not in self._known:
                self._known[found.number] = Indirect(*self._whole(found))
            return self._known[found.number]
        if isinstance(found, pydyf.Dictionary | dict):
            return {key: self.value(inner) for key, inner in found.items()}
        if isinstance(found, pydyf.Array | tuple | list):
            return tuple(self.value(inner) for inner in found)
        return token(found)

    def _whole(self, found: Any) -> tuple[tuple[tuple[str, Value], ...], bytes | None]:
        if not isinstance(found, pydyf.Stream):
            return tuple((key, self.value(inner)) for key, inner in found.items()), None
        data = stream_data(found)
        entries: dict[str, Value] = {
            key: self.value(inner) for key, inner in found.extra.items() if key not in ("Resources", "Length")
        }
        if "Resources" in found.extra:
            entries["Resources"] = self._inner_resources(self.resolve(found.extra["Resources"]), data)
        if "Filter" not in entries:
            data, entries["Filter"] = pack(data), "/FlateDecode"
        return tuple(entries.items()), data

    def _inner_resources(self, all_of_them: Any, data: bytes) -> Value:
        named: dict[str, Value] = {kind: dict(values) for kind, values in self.resources(all_of_them, data).items()}
        return {**named, "Font": Fonts()} if b" Tf" in data else named


def stream_data(stream: Any) -> bytes:
    """The operators of a stream, or the bytes of a picture."""
    return b"\n".join([item if isinstance(item, bytes) else pydyf._to_bytes(item) for item in stream.stream])


def token(item: Any) -> str:
    """A number, a name, a string or a whole array or dictionary without references, as it is written."""
    written: bytes = pydyf._to_bytes(item)
    return written.decode("latin-1")
