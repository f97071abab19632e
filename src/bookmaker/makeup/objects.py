"""The objects of a PDF 1.7 file (ISO 32000-1 §7.5), numbered and written as they come.

What is no stream goes into object streams, a few hundred together; a cross-reference stream tells where all are.
"""

from hashlib import blake2b
from io import BytesIO
from itertools import starmap
from struct import Struct

from bookmaker.makeup.kept import Kept

#: How many objects share a stream: a reader unpacks them all to get at one.
_TOGETHER = 256
#: Kind, place, generation or index: the columns of the cross-reference stream (`/W[1 4 2]`).
_ROW = Struct(">BIH")
_FREE, _AT, _WITHIN = 0, 1, 2


class Objects:
    """A PDF file as it grows."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        # A buffer, because it hands its bytes out without a second copy.
        self._file = BytesIO()
        # The second line says that the file is binary (§7.5.2).
        self._file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._rows: list[tuple[int, int, int]] = [(_FREE, 0, 65535)]
        self._waiting: list[tuple[int, str]] = []

    def number(self) -> int:
        """The number of an object that is written later."""
        self._rows.append((_FREE, 0, 0))
        return len(self._rows) - 1

    def numbers(self, count: int) -> range:
        """As many numbers in a row."""
        first = len(self._rows)
        self._rows.extend([(_FREE, 0, 0)] * count)
        return range(first, first + count)

    def put(self, text: str, number: int = 0) -> int:
        """An object that is no stream, as it is written, Latin-1; under its number, or a new one."""
        number = number or self.number()
        self._waiting.append((number, text))
        if len(self._waiting) == _TOGETHER:
            self._flush()
        return number

    def stream(self, entries: str, data: bytes, number: int = 0) -> int:
        """A stream whose data are as `entries` (the inside of its dictionary, without `/Length`) say."""
        number = number or self.number()
        self._rows[number] = _AT, self._file.tell(), 0
        self._file.write(b"%d 0 obj\n<<%b/Length %d>>\nstream\n" % (number, entries.encode("latin-1"), len(data)))
        self._file.write(data)
        self._file.write(b"\nendstream\nendobj\n")
        return number

    def packed(self, data: bytes, entries: str = "", number: int = 0) -> int:
        """A stream that has been compressed."""
        return self.stream(f"{entries}/Filter/FlateDecode", data, number)

    def finish(self, root: int, info: int) -> bytes:
        """The whole file; its ID is a digest of all before it (§14.4), so that the same book has the same."""
        self._flush()
        digest = blake2b(self._file.getbuffer(), digest_size=16).hexdigest()
        number, start = self.number(), self._file.tell()
        self._rows[number] = _AT, start, 0
        table = self._kept.packed_alike(b"".join(starmap(_ROW.pack, self._rows)))
        entries = f"/Type/XRef/Size {number + 1}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R/ID[<{digest}><{digest}>]"
        self.packed(table, entries, number)
        self._file.write(b"startxref\n%d\n%%%%EOF\n" % start)
        return self._file.getvalue()

    def _flush(self) -> None:
        if not self._waiting:
            return
        number = self.number()
        table, place = [], 0
        for index, (inner, text) in enumerate(self._waiting):
            table.append(f"{inner} {place}")
            place += len(text) + 1
            self._rows[inner] = _WITHIN, number, index
        head = " ".join(table) + "\n"
        body = head + "\n".join([text for _, text in self._waiting])
        entries = f"/Type/ObjStm/N {len(self._waiting)}/First {len(head)}"
        self._waiting.clear()
        self.packed(self._kept.packed_alike(body.encode("latin-1")), entries, number)
