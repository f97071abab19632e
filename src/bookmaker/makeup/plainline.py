"""Lines of plain text, which most are: one style, one glyph a character. They are written from their special places
alone; what else there is (notes' calls, links, ruby, marks drawn by hand, lines far apart) is written by `typeline.py`.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import compress
from operator import itemgetter, ne
from re import Match

from bookmaker.composition.classes import BREAK
from bookmaker.composition.setting import SetLine
from bookmaker.makeup.faces import Face
from bookmaker.makeup.inline import Span
from bookmaker.makeup.model import Glyphs, Hole
from bookmaker.makeup.typeline import BLANK, Shown, TypeLine
from bookmaker.makeup.widened import GAP
from bookmaker.makeup.words import Piece, Words


@dataclass(frozen=True, slots=True)
class PlainText:
    """A paragraph of plain text: its glyphs, four hexadecimal digits each, and its runs (face, first, last).

    `kerns` say by how much the pen goes further than a glyph is wide because of the one behind it, in em; `edges` are
    the places behind which Han and Latin meet.
    """

    span: Span
    text: str
    hexes: str
    runs: tuple[tuple[Face, int, int], ...]
    kerns: dict[int, float]
    edges: tuple[int, ...]


def plain_text(words: Words, glyphs: Glyphs) -> PlainText | None:
    """The paragraph as plain text, if that is what it is; `glyphs` learns what it shows."""
    first = words.pieces[0].span if words.pieces else None
    if first is None or not all(map(_is_plain, words.pieces)):
        return None
    if any(not _looks_like(first, piece.span) for piece in words.pieces):
        return None
    stretches = [stretch for piece in words.pieces for stretch in piece.stretches]
    if not all(stretch.hexes for stretch in stretches):
        return None
    runs: list[tuple[Face, int, int]] = []
    kerns: dict[int, float] = {}
    begin = 0
    for stretch in stretches:
        end = begin + len(stretch.letters)
        stretch.tell(glyphs.setdefault(stretch.face.number, {}))
        if runs and runs[-1][0] is stretch.face:
            runs[-1] = stretch.face, runs[-1][1], end
        else:
            runs.append((stretch.face, begin, end))
        advances, owns = stretch.advances, stretch.owns
        if advances is not owns:
            kerns |= {begin + at: advances[at] - owns[at] for at in compress(range(len(owns)), map(ne, advances, owns))}
        begin = end
    text, hexes = "".join([each.letters for each in stretches]), "".join([each.hexes for each in stretches])
    edges = tuple(at for at in map(Match.start, _EDGE.finditer(text)) if _has_twin(text, runs, at))
    return PlainText(first, text, hexes, tuple(runs), kerns, edges)


#: Where Han and Latin meet: the character before.
_EDGE = re.compile("[!-\u06ff](?=[^ -\u06ff])|[^ -\u06ff](?=[!-\u06ff])")


def _has_twin(text: str, runs: list[tuple[Face, int, int]], at: int) -> bool:
    latin = at if text[at] < "\u0700" else at + 1
    return runs[bisect_right(runs, latin, key=itemgetter(1)) - 1][0].has_twins


def _is_plain(piece: Piece) -> bool:
    span = piece.span
    special = (
        span.hole
        or span.raised
        or span.hand
        or span.reading
        or span.picture
        or span.style.letter_spacing
        or span.before
        or span.after
    )
    special = special or span.style.line_through
    return not special


def _looks_like(one: Span, other: Span) -> bool:
    """Whether two spans are one stretch of marked content, of one size and colour; their faces may differ."""
    a, b = one.style, other.style
    return one is other or (
        one.path == other.path and (a.size, a.colour, a.rise, a.features) == (b.size, b.colour, b.rise, b.features)
    )


def plain_line(plain: PlainText, line: SetLine, glyphs: Glyphs, *, justified: bool) -> TypeLine | None:
    """The operators of a line; `None` where its characters stand so far apart that a blank may be read."""
    if line.even >= BLANK or line.hyphenated or line.first >= line.last:
        return None
    p, first, last = line.paragraph, line.first, line.last
    size, row, style = p.size, line.paragraph.row, plain.span.style
    moves = dict.fromkeys(row.special[row.rank[first] : row.rank[last - 1]], line.letters)
    moves.update(line.moves)
    twins = _twins(plain, first, last, moves, line.even)
    if any(move >= BLANK and " " not in plain.text[at : at + 2] for at, move in moves.items()):
        return None
    content: list[bytes | Hole] = []
    for face, begin, end in plain.runs:
        if end <= first or begin >= last:
            continue
        content.append(_shown(plain, face, max(begin, first), min(end, last), line, moves, twins, glyphs, size))
    shown = Shown(plain.span.path, content, line.shift, line.shift + line.width, style.colour, style.rise)
    filled = justified and line.resume < len(p) and p.classes[line.resume - 1] != BREAK
    return TypeLine([shown], [], [], plain.text[first:last], line.gap, line.tight, filled)


def _twins(
    plain: PlainText, first: int, last: int, moves: dict[int, float], even: float
) -> dict[int, tuple[bool, bool]]:
    """Which Latin glyphs carry a gap (before, behind); `moves` lose it."""
    found: dict[int, tuple[bool, bool]] = {}
    for at in plain.edges:
        if not first <= at < last - 1:
            continue
        move = moves.get(at, even)
        if move < BLANK:
            continue
        is_latin = plain.text[at] < "\u0700"
        index = at if is_latin else at + 1
        before, behind = found.get(index, (False, False))
        found[index] = (before or not is_latin, behind or is_latin)
        moves[at] = move - GAP
    return found


def _shown(
    plain: PlainText,
    face: Face,
    begin: int,
    end: int,
    line: SetLine,
    moves: dict[int, float],
    twins: dict[int, tuple[bool, bool]],
    glyphs: Glyphs,
    size: float,
) -> bytes:
    """One text-showing operator; places to 1/1000 em, the error carried on."""
    base = line.letters if face.has_twins else line.even
    hexes, kerns = plain.hexes, plain.kerns
    changes = {at: 1000 * (move - base) for at, move in moves.items() if begin <= at < end and move != base}
    if face.has_twins and line.even != base:
        changes |= {at: 1000 * (line.even - base) for at in range(begin, end) if at not in moves}
    if kerns:
        for at in range(begin, end):
            if at in kerns:
                changes[at] = changes.get(at, 0.0) + 1000 * kerns[at]
    changes.pop(line.last - 1, None)
    events = sorted({*changes, *(at for at in twins if begin <= at < end)})
    parts: list[str] = []
    at, due = begin, 0.0
    pending = ""
    for event in events:
        if event in twins:
            pending += hexes[4 * at : 4 * event] + _twin_of(plain, face, event, twins[event], glyphs)
        else:
            pending += hexes[4 * at : 4 * event + 4]
        at = event + 1
        due += changes.get(event, 0.0)
        move = round(due)
        if move:
            parts.append(f"<{pending}>{-move}")
            pending, due = "", due - move
    pending += hexes[4 * at : 4 * end]
    if pending:
        parts.append(f"<{pending}>")
    gap = f"{base * size:.5f} Tc " if base else "0 Tc "
    return f"/F{face.number} {size:g} Tf {gap}[{''.join(parts)}]TJ\n".encode()


def _twin_of(plain: PlainText, face: Face, at: int, sides: tuple[bool, bool], glyphs: Glyphs) -> str:
    own = plain.hexes[4 * at : 4 * at + 4]
    found = face.twin_hex(own, before=sides[0], behind=sides[1])
    glyphs[face.number].setdefault(int(found, 16), plain.text[at])
    return found
