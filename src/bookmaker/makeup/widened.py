"""Glyphs with a gap of their own: Latin letters and figures that carry the space beside Han in their advance.

A gap that is only a move of the pen is read back as a blank: MuPDF takes 0.15 em behind a figure for one, PDFium less,
and a search for 2026年5月1日 finds nothing. So a font gets, beside the glyphs it has, twins of the Latin ones that are
a fifth of an em wider, on the right, on the left, or both: what is drawn is the same, and nothing stands between two
characters. The twins are composites of 18 bytes (OpenType 1.9, “glyf”), made when the font is cut down for a book.
"""

from collections.abc import Iterable
from struct import pack, unpack_from

#: The gap in em: the natural space between Han and Latin (CLREQ §3.1.5: an eighth to a quarter).
GAP = 0.2
#: Twins are told by their numbers: n glyphs of the font, then as many wider behind, before, and on both sides.
_BEHIND, _BEFORE, _BOTH = 1, 2, 3
#: Flags of a composite's one part: its arguments are words, and an offset.
_WORDS_XY = 0x0003


def twin(glyph: int, count: int, *, before: bool, behind: bool) -> int:
    """The number of a glyph's wider twin in a font of `count` glyphs."""
    return glyph + count * (_BEHIND * behind + _BEFORE * before)


def add_twins(font: bytes, glyphs: Iterable[int], count: int, upem: int) -> bytes:
    """A font of `count` glyphs with the twins among `glyphs` added; a subset that keeps the numbers of its glyphs."""
    wanted = sorted(glyph for glyph in glyphs if glyph >= count)
    if not wanted:
        return font
    tables = _tables(font)
    advances = _advances(tables)
    loca, glyf = _offsets(tables), bytearray(tables["glyf"])
    gap, total = round(GAP * upem), wanted[-1] + 1
    loca += [loca[-1]] * (total + 1 - len(loca))
    metrics = advances + [(0, 0)] * (total - len(advances))
    new: dict[int, bytes] = {}
    for number in wanted:
        kind, base = divmod(number, count)
        shift = gap if kind & _BEFORE else 0
        advance, bearing = metrics[base]
        metrics[number] = advance + gap * (1 + (kind == _BOTH)), bearing + shift
        outline = glyf[loca[base] : loca[base + 1]]
        if outline:
            x0, y0, x1, y1 = unpack_from(">4h", outline, 2)
            new[number] = pack(">5h2H2h", -1, x0 + shift, y0, x1 + shift, y1, _WORDS_XY, base, shift, 0) + b"\0\0"
    ends = list(loca)
    for number in range(count, total):
        ends[number] = len(glyf)
        glyf += new.get(number, b"")
    ends[total] = len(glyf)
    tables["glyf"] = bytes(glyf)
    tables["loca"] = pack(f">{total + 1}I", *ends[: total + 1])
    tables["hmtx"] = b"".join(pack(">Hh", advance, bearing) for advance, bearing in metrics)
    tables["hhea"] = tables["hhea"][:34] + pack(">H", total)
    tables["maxp"] = _with_parts(tables["maxp"], total)
    # Offsets as long words, and no sum of the whole: a PDF's reader asks for none.
    head = tables["head"]
    tables["head"] = head[:8] + bytes(4) + head[12:50] + pack(">h", 1) + head[52:]
    return _written(tables, font[:4])


def _tables(font: bytes) -> dict[str, bytes]:
    (number,) = unpack_from(">H", font, 4)
    found = {}
    for at in range(12, 12 + 16 * number, 16):
        tag, _, offset, length = unpack_from(">4s3I", font, at)
        found[tag.decode("latin-1")] = font[offset : offset + length]
    return found


def _advances(tables: dict[str, bytes]) -> list[tuple[int, int]]:
    """(advance, left side bearing) of every glyph; the last advance goes for all that have none of their own."""
    (own,) = unpack_from(">H", tables["hhea"], 34)
    (glyphs,) = unpack_from(">H", tables["maxp"], 4)
    hmtx = tables["hmtx"]
    found = [unpack_from(">Hh", hmtx, 4 * number) for number in range(min(own, glyphs))]
    found += [(found[-1][0], unpack_from(">h", hmtx, 4 * own + 2 * k)[0]) for k in range(glyphs - own)]
    return [(int(advance), int(bearing)) for advance, bearing in found]


def _offsets(tables: dict[str, bytes]) -> list[int]:
    (long,) = unpack_from(">h", tables["head"], 50)
    loca = tables["loca"]
    count = len(loca) // (4 if long else 2)
    return [value * (1 if long else 2) for value in unpack_from(f">{count}{'I' if long else 'H'}", loca)]


def _with_parts(maxp: bytes, total: int) -> bytes:
    """As many glyphs, and composites of one part, which may be a composite itself."""
    parts, depth = unpack_from(">2H", maxp, 28)
    return maxp[:4] + pack(">H", total) + maxp[6:28] + pack(">2H", max(parts, 1), depth + 1)


def _written(tables: dict[str, bytes], version: bytes) -> bytes:
    """The tables as a file, by tag (OpenType 1.9, “otff”)."""
    count = len(tables)
    entry = count.bit_length() - 1
    head = version + pack(">4H", count, 16 << entry, entry, 16 * count - (16 << entry))
    at = len(head) + 16 * count
    directory, bodies = b"", b""
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + bytes(-len(data) % 4)
        total = sum(unpack_from(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += pack(">4s3I", tag.encode("latin-1"), total, at + len(bodies), len(data))
        bodies += padded
    return head + directory + bodies
