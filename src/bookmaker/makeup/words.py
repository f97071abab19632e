"""A paragraph's words set in type: clusters with their faces and widths, ready to be broken into lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from bookmaker.composition.breaking import FORBIDDEN
from bookmaker.composition.choices import Choices
from bookmaker.composition.classes import MIDDLE_DOTS
from bookmaker.composition.hyphens import hyphens_in
from bookmaker.composition.paragraph import Paragraph, Run, make_paragraph
from bookmaker.composition.spacing import SpacingTable
from bookmaker.makeup.faces import Cluster, Face, Faces, Stack, Stretch
from bookmaker.makeup.inline import Span
from bookmaker.makeup.styles import Style

#: Signs that are not shown and say where a line may end: the soft hyphen, and the space of no width.
_SOFT_HYPHEN, _NO_WIDTH = "\xad", "\u200b"
#: Between two readings, in em of the characters they stand over.
_BETWEEN_READINGS = 0.1


@dataclass(frozen=True)
class Piece:
    """What sets one span: from `first` to `last` (excluded) of the paragraph.

    A picture, or a page number that is not known yet, is one cluster (`whole`); all else stands in `stretches`.
    """

    first: int
    last: int
    span: Span
    stretches: tuple[Stretch, ...]
    whole: Cluster | None = None
    reading: "Piece | None" = None
    widened: float = 0.0

    @cached_property
    def clusters(self) -> tuple[Cluster, ...]:
        """Its clusters one by one."""
        if self.whole is not None:
            return (self.whole,)
        return tuple(chain.from_iterable(stretch.clusters for stretch in self.stretches))

    @cached_property
    def faces(self) -> tuple[Face, ...]:
        """The face of each cluster."""
        if self.whole is not None:
            return (self.stretches[0].face,)
        return tuple(chain.from_iterable([each.face] * len(each.letters) for each in self.stretches))


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph in pieces; widths of `paragraph` are in pt. `hyphen` is what ends a parted word."""

    paragraph: Paragraph
    pieces: tuple[Piece, ...]
    hyphen: Piece | None = None


class Compositor:
    """Sets text in the faces of a case, with the spaces and rules that a layout chose."""

    def __init__(self, faces: Faces, table: SpacingTable, choices: Choices) -> None:
        self._faces = faces
        self._table = table
        self._choices = choices

    def stack(self, style: Style) -> Stack:
        """The faces that set a style."""
        return self._faces.stack(style.families, style.weight, italic=style.italic)

    def set(self, spans: Sequence[Span], widths: Sequence[float] = ()) -> Words:
        """The words of some spans; `widths` are of the pictures among them, in pt."""
        pieces: list[Piece] = []
        runs: list[Run] = []
        objects = iter(widths)
        at = 0
        hyphen: Piece | None = None
        for span in spans:
            text, places, is_shown = _without_signs(span.text)
            if not text:
                continue
            piece = self._piece(at, span, text, next(objects, 0.0) if span.picture else None)
            if not places and span.style.hyphens == "auto" and not span.hole:
                places = hyphens_in(text, span.language or None)
            if places and is_shown and hyphen is None:
                hyphen = self._piece(0, Span("\N{HYPHEN}", span.style), "\N{HYPHEN}", None)
            pieces.append(piece)
            runs.append(_run(piece, text, places, hyphen if is_shown else None))
            at = piece.last
        paragraph = make_paragraph(runs, self._table, self._choices.kinsoku)
        before: Piece | None = None
        for piece in pieces:
            if piece.span.style.nowrap:
                first = piece.first if before is not None and before.span.style.nowrap else piece.first + 1
                paragraph.prices[first : piece.last] = [FORBIDDEN] * (piece.last - first)
            before = piece
        return Words(paragraph, tuple(pieces), hyphen)

    def _piece(self, first: int, span: Span, text: str, width: float | None) -> Piece:
        stretches = self.stack(span.style).set(text, span.style.features)
        if width is not None:
            em = width / span.style.size
            return Piece(first, first + 1, span, stretches, Cluster(text, "", em, em))
        if span.hole:
            # What is not known yet is one thing, as wide as its figures.
            advance, own = (sum(chain.from_iterable(column)) for column in _widths(stretches))
            return Piece(first, first + 1, span, stretches, Cluster(text, "", advance, own))
        last = first + sum([len(stretch.letters) for stretch in stretches])
        if span.reading is None:
            return Piece(first, last, span, stretches)
        over = self._piece(0, span.reading, span.reading.text, None)
        above = sum(chain.from_iterable(stretch.advances for stretch in over.stretches)) * span.reading.style.size
        size = span.style.size
        widened = max(0.0, above + _BETWEEN_READINGS * size - stretches[0].advances[0] * size)
        return Piece(first, last, span, stretches, None, over, widened)


def _widths(stretches: Sequence[Stretch]) -> tuple[list[list[float]], list[list[float]]]:
    """The advances and the own widths of some stretches."""
    return [stretch.advances for stretch in stretches], [stretch.owns for stretch in stretches]


def _run(piece: Piece, text: str, places: Sequence[int], hyphen: Piece | None) -> Run:
    """The piece as the line model sees it: one letter a cluster, widths in pt."""
    span, size = piece.span, piece.span.style.size
    letters = "".join([stretch.letters for stretch in piece.stretches]) if piece.whole is None else piece.whole.text[0]
    advances, unkerned = _in_points(piece, letters)
    if len(letters) != len(text):
        starts: dict[int, int] = {}
        at = 0
        for index, cluster in enumerate(piece.clusters):
            starts[at] = index
            at += len(cluster.text)
        places = [starts[place] for place in places if place in starts]
    width = sum(chain.from_iterable(stretch.advances for stretch in hyphen.stretches)) * size if hyphen else 0.0
    return Run(
        letters, advances, size, before=span.before, after=span.after, raised=span.raised, unkerned=unkerned,
        hyphens=places, hyphen=width,
    )  # fmt: skip


def _in_points(piece: Piece, letters: str) -> tuple[list[float] | None, list[float] | None]:
    """The advances of a piece with and without kerning, in pt; nothing where every character is an em wide."""
    size, spacing = piece.span.style.size, piece.span.style.letter_spacing
    if piece.whole is not None:
        return [piece.whole.advance * size + spacing], [piece.whole.own * size]
    above, below = _widths(piece.stretches)
    if len(above) == 1:
        ems, owns = above[0], below[0]
    else:
        ems, owns = list(chain.from_iterable(above)), list(chain.from_iterable(below))
    if piece.widened:
        advances = [em * size + spacing for em in ems]
        advances[0] += piece.widened
        return advances, None
    # What a middle dot takes at a line's end hangs on its widths being given.
    if not spacing and owns == ems and ems.count(1.0) == len(ems) and MIDDLE_DOTS.isdisjoint(letters):
        return None, None
    return [em * size + spacing for em in ems], [own * size for own in owns]


def _without_signs(text: str) -> tuple[str, list[int], bool]:
    """The text without its break signs, the places where they stood, and whether a hyphen is shown there.

    In a text that has both kinds, the soft hyphens are dropped.
    """
    if _SOFT_HYPHEN not in text and _NO_WIDTH not in text:
        return text, [], True
    shown = _NO_WIDTH not in text
    bare: list[str] = []
    places: list[int] = []
    for character in text:
        if character not in (_SOFT_HYPHEN, _NO_WIDTH):
            bare.append(character)
        elif (shown or character == _NO_WIDTH) and bare and len(bare) not in places:
            places.append(len(bare))
    return "".join(bare), [place for place in places if place < len(bare)], shown
