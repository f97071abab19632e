"""PDF values as they are written (ISO 32000-1 §7.3): strings, numbers, and what the resources of a sheet hold."""

from collections.abc import Iterable
from urllib.parse import quote

from bookmaker.makeup.model import Fonts, Indirect, Value
from bookmaker.makeup.objects import Objects

#: What RFC 3986 lets stand in an address, and `%`: what is quoted already stays so.
_IN_ADDRESSES = "%:/?#[]@!$&'()*+,;=-._~"


def text_string(text: str) -> str:
    """A text string (§7.9.2.2): as it is where it is printable ASCII, else in UTF-16."""
    return literal(text) if _is_plain(text) else f"<{string_bytes(text).hex()}>"


def string_bytes(text: str) -> bytes:
    """What a text string is for a program that compares strings."""
    return text.encode("ascii") if _is_plain(text) else b"\xfe\xff" + text.encode("utf-16-be")


def literal(text: str) -> str:
    """A string of printable ASCII in parentheses."""
    return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"


def address(target: str) -> str:
    """A URI as a string, in ASCII as §12.6.4.7 asks."""
    return literal(quote(target, safe=_IN_ADDRESSES))


def figure(number: float) -> str:
    """A measure in points, to a thousandth."""
    return f"{number:.3f}".rstrip("0").rstrip(".")


def reference(number: int) -> str:
    return f"{number} 0 R"


def array(values: Iterable[str]) -> str:
    return f"[{' '.join(values)}]"


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


class ValueWriter:
    """Writes `Value`s; an `Indirect` becomes an object, once for all that are equal."""

    def __init__(self, objects: Objects, fonts: int) -> None:
        self._objects = objects
        self._fonts = reference(fonts)
        # The object itself is held, so that no other one gets its address.
        self._known: dict[int, tuple[Indirect, str]] = {}
        self._equal: dict[tuple[str, bytes | None], str] = {}

    def write(self, value: Value) -> str:
        """The value as it is written; a reference for an `Indirect`."""
        if isinstance(value, str):
            return value
        if isinstance(value, tuple):
            return array(map(self.write, value))
        if isinstance(value, dict):
            return self._dictionary(value.items())
        if isinstance(value, Fonts):
            return self._fonts
        return self._indirect(value)

    def _dictionary(self, entries: Iterable[tuple[str, Value]]) -> str:
        return f"<<{''.join(f'/{key} {self.write(value)}' for key, value in entries)}>>"

    def _indirect(self, value: Indirect) -> str:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = value, self._written(self._dictionary(value.entries), value.stream)
        return known[1]

    def _written(self, entries: str, stream: bytes | None) -> str:
        found = self._equal.get((entries, stream))
        if found is None:
            number = (
                self._objects.put(entries)
                if stream is None
                else self._objects.stream(entries.removeprefix("<<").removesuffix(">>"), stream)
            )
            found = self._equal[entries, stream] = reference(number)
        return found
