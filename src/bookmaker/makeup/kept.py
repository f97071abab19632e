"""What one writing of a book leaves to the next: packed streams and cut fonts, known by what they were made of."""

import zlib
from collections.abc import Callable, Iterable
from hashlib import blake2b

#: For text and font files, and for what is much alike throughout (objects): there, one step more takes twice the time
#: for a hundredth of the size.
_LEVEL, _LEVEL_ALIKE = 6, 5
#: For data up to so many bytes: the window (its logarithm) and memory level that pack it as well as zlib's own, 15
#: and 8, whose tables cost more time to lay out than a running head takes to be packed (65 µs of 72).
_SMALL, _PAGE, _LARGE = (512, 9, 1), (8192, 13, 6), (0, 15, 8)


class Kept:
    """Made things by the digest of what they were made of, as long as each writing asks for them again.

    A process that stays hands the same one to every writing of a book, so that after an edit only what changed is
    packed. What a writing did not ask for goes, so it holds about one book's streams, compressed.
    """

    def __init__(self, *, remembers: bool = True) -> None:
        self._remembers = remembers
        self._before: dict[bytes, bytes] = {}
        self._now: dict[bytes, bytes] = {}

    def begin(self) -> None:
        """A new writing begins."""
        self._before, self._now = self._now, {}

    def made(self, of: Iterable[bytes], make: Callable[[], bytes]) -> bytes:
        """What was made of this before, or else is made now. `of` is all that the thing depends on."""
        if not self._remembers:
            return make()
        digest = blake2b(digest_size=16)
        for part in of:
            digest.update(b"%d " % len(part))
            digest.update(part)
        key = digest.digest()
        found = self._now.get(key) or self._before.get(key)
        if found is None:
            found = make()
        self._now[key] = found
        return found

    def packed(self, *parts: bytes) -> bytes:
        """The parts as one stream, compressed (`/FlateDecode`)."""
        return self.made(parts, lambda: pack(b"".join(parts)))

    def packed_alike(self, data: bytes) -> bytes:
        """The same of what is much alike throughout."""
        return self.made((b"alike", data), lambda: pack(data, _LEVEL_ALIKE))


def pack(data: bytes, level: int = _LEVEL) -> bytes:
    """Compressed as `/FlateDecode` says."""
    _, window, memory = next((row for row in (_SMALL, _PAGE) if len(data) <= row[0]), _LARGE)
    packing = zlib.compressobj(level, wbits=window, memLevel=memory)
    return packing.compress(data) + packing.flush()
