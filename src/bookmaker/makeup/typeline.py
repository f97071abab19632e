"""A set line as PDF operators: which glyphs, where, and whose marked content they are.

Places are kept to 1/1000 em, the error carried on. No gap may be read back as a blank: beside Latin it is part of the
letter's glyph (`widened.py`), and where Han stand far apart the text says by `ActualText` what it is (ISO 32000-1
§14.9.4).
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bookmaker.composition.classes import BREAK
from bookmaker.composition.setting import SetLine
from bookmaker.makeup.faces import Cluster, Face
from bookmaker.makeup.inline import Span, Tag
from bookmaker.makeup.model import Glyphs, Hole
from bookmaker.makeup.widened import GAP
from bookmaker.makeup.words import Piece, Words

#: A gap from which on a program may read a blank, in em.
BLANK = 0.09
#: A gap that fewer characters than these have is written behind each.
_FEW = 4
#: What is drawn through words that no longer hold.
_THROUGH = "line-through", Tag("")
#: Cells nearer than this (pt) touch.
_NEAR = 0.01


@dataclass(slots=True)
class Stroke:
    """Where a hand draws beside characters: cells (character, left, width) in pt from the line's start; their size.

    `end` is where the next cell would begin.
    """

    hand: tuple[str, Tag]
    colour: str
    size: float
    cells: list[tuple[str, float, float]] = field(default_factory=list)
    end: float = 0.0


@dataclass(slots=True)
class Shown:
    """What one stretch of a line shows: the elements around it, its operators, from where to where (pt)."""

    path: tuple[Tag, ...]
    content: list[bytes | Hole]
    left: float
    right: float
    colour: str
    rise: float
    note: str = ""


@dataclass(slots=True)
class TypeLine:
    """A line ready to be put on a page. `justified` says that it was to fill its measure."""

    shown: list[Shown]
    strokes: list[Stroke]
    pictures: list[tuple[Span, float, float]]
    text: str
    gap: float
    tight: float
    justified: bool


def type_line(words: Words, line: SetLine, glyphs: Glyphs, *, justified: bool) -> TypeLine:
    """The operators of a line; `glyphs` learns what they show."""
    return _Line(words, line, glyphs).typed(justified)


class _Line:
    def __init__(self, words: Words, line: SetLine, glyphs: Glyphs) -> None:
        self._words = words
        self._line = line
        self._glyphs = glyphs
        self._x = line.shift
        self._result = TypeLine([], [], [], "", line.gap, line.tight, False)

    def typed(self, justified: bool) -> TypeLine:
        result, line, p = self._result, self._line, self._words.paragraph
        texts: list[str] = []
        group: list[_Atoms] = []
        atoms: list[tuple[Piece, _Atoms]] = []
        for piece, first, last in self._pieces():
            low = first - piece.first
            clusters = piece.clusters[low : low + last - first]
            pens = line.pens[first - line.first : last - line.first]
            texts.append("".join([cluster.text for cluster in clusters]))
            faces = piece.faces[low : low + last - first]
            atoms.append((piece, _Atoms(piece.span, list(clusters), faces, list(pens), piece.widened / 2)))
        _take_gaps([own for _, own in atoms])
        reading: tuple[Piece, float] | None = None
        for piece, own in atoms:
            if group and not _goes_on(group[-1].span, piece.span):
                self._show(group)
                group = []
            if reading is not None:
                # Behind its character: so it is read, too.
                self._show_reading(*reading)
                reading = None
            if piece.span.picture:
                result.pictures.append((piece.span, self._x, own.clusters[0].own * piece.span.style.size))
                self._x += sum(own.pens)
                continue
            if piece.reading is not None:
                reading = piece, self._x
            group.append(own)
        self._show(group)
        if reading is not None:
            self._show_reading(*reading)
        if line.hyphenated and self._words.hyphen is not None:
            self._show_hyphen(self._words.hyphen)
        result.text = "".join(texts)
        result.justified = justified and line.resume < len(p) and p.classes[line.resume - 1] != BREAK
        return result

    def _pieces(self) -> Iterator[tuple[Piece, int, int]]:
        """The pieces that stand in the line, each with its first and last cluster there."""
        pieces, line = self._words.pieces, self._line
        at = bisect_right(pieces, line.first, key=lambda piece: piece.first) - 1
        for piece in pieces[max(at, 0) :]:
            if piece.first >= line.last:
                break
            first, last = max(piece.first, line.first), min(piece.last, line.last)
            if first < last:
                yield piece, first, last

    def _show(self, group: list["_Atoms"]) -> None:
        """Pieces side by side that belong to the same elements."""
        if not group:
            return
        style = group[0].span.style
        content: list[bytes | Hole] = []
        if group[0].inset:
            self._x += group[0].inset
            group[0].pens[0] -= group[0].inset
        left = self._x
        for atoms in group:
            if atoms.span.hand is not None:
                self._stroke(atoms, atoms.span.hand)
            if atoms.span.style.line_through:
                self._stroke(atoms, _THROUGH)
            self._x += sum(atoms.pens)
        extras = [extra for atoms in group for extra in atoms.extras()]
        clusters = [cluster for atoms in group for cluster in atoms.clusters]
        faces = [face for atoms in group for face in atoms.faces]
        spans = [atoms.span for atoms in group for _ in atoms.clusters]
        for start, end, wide in _stretches(extras, clusters):
            if wide:
                content += _actual(clusters[start:end], spans[start:end])
            while start < end:
                stop = start + 1
                while stop < end and faces[stop] is faces[start] and spans[stop] is spans[start]:
                    stop += 1
                content += self._text(spans[start], faces[start], clusters[start:stop], extras[start:stop])
                start = stop
            if wide:
                content.append(b"EMC\n")
        self._result.shown.append(
            Shown(group[0].span.path, content, left, self._x, style.colour, style.rise, group[0].span.note)
        )

    def _text(self, span: Span, face: Face, clusters: Sequence[Cluster], extras: list[float]) -> list[bytes | Hole]:
        """One text-showing operator of one face."""
        size, number = span.style.size, face.number
        common = _common_gap(extras)
        gap = f"{common * size / 1000:.5f} Tc " if common else "0 Tc "
        head = f"/F{number} {size:g} Tf {gap}["
        if span.hole:
            # Figures are of one width; which they are is known when the pages are.
            move = round(sum(extras) - common * len(extras))
            before, behind = "<" in clusters[0].glyphs, ">" in clusters[0].glyphs
            hole = Hole(span.hole, number, span.style.features, before, behind)
            return [f"{head}<".encode(), hole, f">{-move or ''}]TJ\n".encode()]
        used = self._glyphs.setdefault(number, {})
        parts: list[str] = []
        shown: list[str] = []
        due = 0.0
        for cluster, extra in zip(clusters, extras, strict=True):
            glyphs = cluster.glyphs
            for at in range(0, len(glyphs), 4):
                used.setdefault(int(glyphs[at : at + 4], 16), cluster.text if not at else "")
            shown.append(glyphs)
            due += extra - common * (len(glyphs) // 4)
            move = round(due)
            if move:
                parts.append(f"<{''.join(shown)}>{-move}")
                shown = []
                due -= move
        if shown:
            parts.append(f"<{''.join(shown)}>")
        return [f"{head}{''.join(parts)}]TJ\n".encode()]

    def _show_hyphen(self, hyphen: Piece) -> None:
        """The face's own hyphen, which is no letter of the text: the word goes on (ISO 32000-1 §14.8.2.2.3)."""
        left, style = self._x, hyphen.span.style
        pens = [cluster.own * style.size for cluster in hyphen.clusters]
        content: list[bytes | Hole] = [b"/Span<</ActualText<FEFF00AD>>>BDC\n"]
        content += self._text(hyphen.span, hyphen.faces[0], hyphen.clusters, [0.0] * len(pens))
        content.append(b"EMC\n")
        self._x += sum(pens)
        path = self._result.shown[-1].path if self._result.shown else ()
        self._result.shown.append(Shown(path, content, left, self._x, style.colour, style.rise))

    def _show_reading(self, piece: Piece, left: float) -> None:
        """What stands over a character, centred over its cell."""
        over = piece.reading
        if over is None:
            return
        size = over.span.style.size
        pens = [cluster.advance * size for cluster in over.clusters]
        cell = piece.clusters[0].advance * piece.span.style.size + piece.widened
        back, self._x = self._x, left + (cell - sum(pens)) / 2
        self._show([_Atoms(over.span, list(over.clusters), over.faces, pens, 0.0)])
        self._x = back

    def _stroke(self, atoms: "_Atoms", hand: tuple[str, Tag]) -> None:
        span, x = atoms.span, self._x
        known = (each for each in self._result.strokes if each.hand[1] is hand[1] and abs(each.end - x) < _NEAR)
        stroke = next(known, None)
        if stroke is None:
            stroke = Stroke(hand, span.style.colour, span.style.size)
            self._result.strokes.append(stroke)
        for cluster, pen in zip(atoms.clusters, atoms.pens, strict=True):
            stroke.cells.append((cluster.text[0], x, cluster.advance * span.style.size))
            x += pen
        stroke.end = x


@dataclass(slots=True)
class _Atoms:
    """Clusters of one span on the line, with their pens (pt); the first stands `inset` in from its cell's edge."""

    span: Span
    clusters: list[Cluster]
    faces: tuple[Face, ...]
    pens: list[float]
    inset: float

    def extras(self) -> list[float]:
        """How much further each pen moves than the glyph is wide, in 1/1000 em."""
        scale = 1000 / self.span.style.size
        return [pen * scale - 1000 * c.own for pen, c in zip(self.pens, self.clusters, strict=True)]


def _take_gaps(line: Sequence[_Atoms]) -> None:
    """Gaps between Han and Latin become part of the Latin glyphs; what they differ from it stays a move of the pen."""
    before: tuple[_Atoms, int] | None = None
    for atoms in line:
        for index in range(len(atoms.clusters)):
            if before is not None:
                _take_gap(*before, atoms, index)
            before = atoms, index


def _take_gap(one: _Atoms, at: int, other: _Atoms, index: int) -> None:
    left, right = one.clusters[at], other.clusters[index]
    left_latin, right_latin = _is_latin(left), _is_latin(right)
    if left_latin == right_latin or one.span.picture or other.span.picture:
        return
    gap = one.pens[at] / one.span.style.size - left.own
    if gap < BLANK:
        return
    if left_latin:
        # Its own advance grows, and the pen goes no further than it did.
        one.clusters[at] = _widened(one, at, before=False)
    else:
        wider = _widened(other, index, before=True)
        more = (wider.own - right.own) * other.span.style.size
        other.clusters[index] = wider
        other.pens[index] += more
        one.pens[at] -= more


def _widened(atoms: _Atoms, index: int, *, before: bool) -> Cluster:
    cluster, face = atoms.clusters[index], atoms.faces[index]
    if atoms.span.hole:
        # Which figures it will be is not known: the sign is noted, and its width.
        return cluster._replace(glyphs=cluster.glyphs + ("<" if before else ">"), own=cluster.own + GAP)
    count = face.count
    glyph = int(cluster.glyphs, 16) if len(cluster.glyphs) == 4 else 0
    if count <= glyph < 4 * count and face.has_twins:
        plain = cluster._replace(glyphs=f"{glyph % count:04x}", own=face.width(glyph % count))
        return face.widened(plain, before=True, behind=True)
    return face.widened(cluster, before=before, behind=not before)


def _is_latin(cluster: Cluster) -> bool:
    return "!" <= cluster.text[0] < "\u0700"


def _goes_on(one: Span, other: Span) -> bool:
    """Whether two spans are one stretch to a reader, so that no blank may be read between them."""
    alone = one.reading or other.reading or one.raised or other.raised or other.picture
    same = one.path == other.path and one.style.colour == other.style.colour and one.style.rise == other.style.rise
    return same and not alone


def _stretches(extras: list[float], clusters: Sequence[Cluster]) -> Iterator[tuple[int, int, bool]]:
    """(first, end, whether gaps stand inside it), in order; behind the last character is no gap."""
    limit, last = BLANK * 1000, len(extras) - 1
    wide = [at for at in range(last) if extras[at] >= limit and " " not in (clusters[at].text, clusters[at + 1].text)]
    start = number = 0
    while number < len(wide):
        first = wide[number]
        while number + 1 < len(wide) and wide[number + 1] == wide[number] + 1:
            number += 1
        if start < first:
            yield start, first, False
        start = wide[number] + 2
        yield first, start, True
        number += 1
    if start <= last:
        yield start, last + 1, False


def _actual(clusters: Sequence[Cluster], spans: Sequence[Span]) -> list[bytes | Hole]:
    """The text of a stretch, said outright."""
    content: list[bytes | Hole] = [b"/Span<</ActualText<FEFF"]
    holes: list[str] = []
    for cluster, span in zip(clusters, spans, strict=True):
        if not span.hole:
            holes = []
            content.append(cluster.text.encode("utf-16-be").hex().upper().encode())
        elif holes != [span.hole]:
            holes = [span.hole]
            content.append(Hole(span.hole, -1))
    content.append(b">>>BDC\n")
    return content


def _common_gap(extras: list[float]) -> float:
    """The gap (1/1000 em) that most characters have behind them, where it is shorter to say it once; else 0."""
    if len(extras) < _FEW:
        return 0.0
    common, times = Counter([round(extra, 2) for extra in extras]).most_common(1)[0]
    return common if times >= _FEW and abs(common) >= 0.5 else 0.0
