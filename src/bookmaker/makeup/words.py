"""A paragraph's words set in type: clusters with their faces and widths, ready to be broken into lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from bookmaker.composition.breaking import FORBIDDEN
from bookmaker.composition.choices import Choices
from bookmaker.composition.hyphens import hyphens_in
from bookmaker.composition.paragraph import Paragraph, Run, make_paragraph
from bookmaker.composition.spacing import SpacingTable
from bookmaker.makeup.faces import Cluster, Face, Faces, Stack
from bookmaker.makeup.inline import Span
from bookmaker.makeup.styles import Style

#: Signs that are not shown and say where a line may end: the soft hyphen, and the space of no width.
_SOFT_HYPHEN, _NO_WIDTH = "\xad", "\u200b"
#: Between two readings, in em of the characters they stand over.
_BETWEEN_READINGS = 0.1


@dataclass(frozen=True, slots=True)
class Piece:
    """Clusters of one span: from `first` of the paragraph on, each with its face."""

    first: int
    span: Span
    clusters: tuple[Cluster, ...]
    faces: tuple[Face, ...]
    reading: "Piece | None" = None
    widened: float = 0.0

    @property
    def last(self) -> int:
        """Behind its last cluster."""
        return self.first + len(self.clusters)


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
        if width is not None:
            face, em = self.stack(span.style).first, width / span.style.size
            return Piece(first, span, (Cluster(text, "", em, em),), (face,))
        stretches = self.stack(span.style).set(text, span.style.features)
        clusters = tuple(chain.from_iterable(clusters for _, clusters in stretches))
        if span.hole:
            # What is not known yet is one thing, as wide as its figures.
            whole = Cluster(text, "", sum(c.advance for c in clusters), sum(c.own for c in clusters))
            return Piece(first, span, (whole,), (stretches[0][0],))
        faces = tuple(chain.from_iterable([face] * len(clusters) for face, clusters in stretches))
        if span.reading is None:
            return Piece(first, span, clusters, faces)
        over = self._piece(0, span.reading, span.reading.text, None)
        above = sum(cluster.advance for cluster in over.clusters) * span.reading.style.size
        size = span.style.size
        widened = max(0.0, above + _BETWEEN_READINGS * size - clusters[0].advance * size)
        return Piece(first, span, clusters, faces, over, widened)


def _run(piece: Piece, text: str, places: Sequence[int], hyphen: Piece | None) -> Run:
    """The piece as the line model sees it: one letter a cluster, widths in pt."""
    span, size = piece.span, piece.span.style.size
    spacing = span.style.letter_spacing
    advances = [cluster.advance * size + spacing for cluster in piece.clusters]
    unkerned = [cluster.own * size for cluster in piece.clusters] if not piece.widened else None
    if piece.widened:
        advances[0] += piece.widened
    letters = "".join(cluster.text[0] for cluster in piece.clusters)
    if len(letters) != len(text):
        starts: dict[int, int] = {}
        at = 0
        for index, cluster in enumerate(piece.clusters):
            starts[at] = index
            at += len(cluster.text)
        places = [starts[place] for place in places if place in starts]
    width = sum(c.advance for c in hyphen.clusters) * size if hyphen else 0.0
    return Run(
        letters, advances, size, before=span.before, after=span.after, raised=span.raised, unkerned=unkerned,
        hyphens=places, hyphen=width,
    )  # fmt: skip


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
