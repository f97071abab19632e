"""The faces of the type case as HarfBuzz sees them: which glyphs set a text, and how wide they are.

Han characters are looked up one by one and remembered; whatever a default feature of a face may touch (Latin with its
kerning, dashes that join, combining marks) is shaped by HarfBuzz, stretch by stretch, and remembered by its text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import uharfbuzz as hb

from bookmaker.fonts import TypeCase
from bookmaker.makeup.widened import GAP, twin
from bookmaker.script.scripts import Script

#: No ligatures: every letter can be stretched, searched and copied by itself.
_PLAIN_LATIN = {"liga": False, "clig": False}
#: What no default feature of a Han face touches: a character is one glyph, whatever stands beside it. The dash is not
#: among them: two make one glyph.
PLAIN_HAN = (
    "\u3001-\u3003\u3008-\u3011\u3014-\u301b\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e\uffe0-\uffe6\u2018-\u201d\u2026"
    "\u00b7\U00020000-\U0003ffff"
)
#: Two bytes number a glyph and its twins.
_MOST_WITH_TWINS = 16_000
_SHAPED = re.compile(f"[^{PLAIN_HAN}]+")
#: Plain text and what is shaped by turns; the first and last may be empty.
_PARTS = re.compile(f"([^{PLAIN_HAN}]+)")
#: Letters, glyphs, advances and own widths of a text, as in a `Stretch`.
_Columns: TypeAlias = tuple[str, str, list[float], list[float]]


class Cluster(NamedTuple):
    """What belongs together: the characters, their glyphs (four hexadecimal digits each), widths in em.

    `advance` is after kerning, `own` what the font file says (a PDF's `W` array).
    """

    text: str
    glyphs: str
    advance: float
    own: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A text that one face sets: what a paragraph needs of it, in columns. Most text is Han and needs no more.

    `letters` has the first character of every cluster, `hexes` four hexadecimal digits for each where all are one glyph
    of one character (else nothing). `advances` and `owns` are as of a `Cluster`, in em: one list where none is kerned.
    """

    face: "Face"
    text: str
    features: tuple[str, ...]
    letters: str
    hexes: str
    advances: list[float]
    owns: list[float]

    @property
    def clusters(self) -> "list[Cluster]":
        """The same, cluster by cluster."""
        return self.face.clusters(self.text, self.features)

    def tell(self, glyphs: dict[int, str]) -> None:
        """Say which character each of its glyphs stands for, where that is not known yet; `hexes` are needed."""
        numbers, hexes = self.face.numbers, self.hexes
        if _SHAPED.search(self.letters) is None:
            for character in dict.fromkeys(self.letters):
                glyphs.setdefault(numbers[character], character)
        else:
            for at, character in enumerate(self.letters):
                glyphs.setdefault(int(hexes[4 * at : 4 * at + 4], 16), character)


class Face:
    """One font file. `number` names it in the PDF (`/F<number>`); `ascent` and `descent` are in em."""

    def __init__(self, number: int, path: Path, language: str) -> None:
        self.number = number
        self.path = path
        self._language = language
        self.blob = hb.Blob.from_file_path(str(path))
        self.face = hb.Face(self.blob)
        self.font = hb.Font(self.face)
        self.upem: int = self.face.upem
        extents = self.font.get_font_extents("ltr")
        self.ascent = extents.ascender / self.upem
        self.descent = -extents.descender / self.upem
        self._shaped: dict[tuple[str, tuple[str, ...]], tuple[Cluster, ...]] = {}
        self._plain = _PlainClusters(self)
        self._hexes = _Hexes(self)
        #: The glyphs of single characters.
        self.numbers = _Numbers(self)
        self._advances = _Advances(self)
        self._columns: dict[tuple[str, tuple[str, ...]], _Columns] = {}
        self._widths: dict[int, float] = {}
        #: How many glyphs the font file has; numbers from there on are wider twins.
        self.count: int = self.face.glyph_count
        self._twins: dict[tuple[str, bool, bool], Cluster] = {}

    @cached_property
    def has_twins(self) -> bool:
        """Whether Latin letters of this face have twins with a gap of their own: small faces only."""
        return self.count < _MOST_WITH_TWINS

    def twin_hex(self, glyph: str, *, before: bool, behind: bool) -> str:
        """The twin of a glyph, both in hexadecimal; the glyph itself where the face has none."""
        if not self.has_twins:
            return glyph
        return f"{twin(int(glyph, 16), self.count, before=before, behind=behind):04x}"

    def widened(self, cluster: Cluster, *, before: bool, behind: bool) -> Cluster:
        """A cluster of one glyph with the gap beside Han in its width, or itself if it cannot have it."""
        if not self.has_twins or len(cluster.glyphs) != 4 or int(cluster.glyphs, 16) >= self.count:
            return cluster
        key = cluster.glyphs, before, behind
        known = self._twins.get(key)
        if known is None:
            number = twin(int(cluster.glyphs, 16), self.count, before=before, behind=behind)
            known = Cluster(cluster.text, f"{number:04x}", 0.0, self.width(number))
            self._twins[key] = known
        more = known.own - cluster.own
        return known._replace(text=cluster.text, advance=cluster.advance + more)

    @cached_property
    def covers(self) -> frozenset[int]:
        """The code points it has glyphs for."""
        return frozenset(self.face.unicodes)

    def glyph(self, character: str) -> int:
        """The number of the glyph of one character; 0 if there is none."""
        found: int | None = self.font.get_nominal_glyph(ord(character))
        return found or 0

    def width(self, glyph: int) -> float:
        """The advance of a glyph in em, as the font file has it."""
        found = self._widths.get(glyph)
        if found is None:
            kind, base = divmod(glyph, self.count)
            gaps = (0, 1, 1, 2)[kind] * round(GAP * self.upem)
            found = self._widths[glyph] = (self.font.get_glyph_h_advance(base) + gaps) / self.upem
        return found

    def clusters(self, text: str, features: tuple[str, ...] = ()) -> list[Cluster]:
        """A stretch of text that this face covers, set."""
        found: list[Cluster] = []
        plain, at = self._plain.__getitem__, 0
        for match in _SHAPED.finditer(text):
            found += map(plain, text[at : match.start()])
            found += self._shape(match[0], features)
            at = match.end()
        found += map(plain, text[at:])
        return found

    def stretch(self, text: str, features: tuple[str, ...] = ()) -> Stretch:
        """The same, in columns."""
        parts = _PARTS.split(text)
        if len(parts) == 1:
            return Stretch(self, text, features, *self._plain_columns(text))
        columns = [
            self._shaped_columns(part, features) if number % 2 else self._plain_columns(part)
            for number, part in enumerate(parts)
            if part
        ]
        letters, hexes = "".join([own[0] for own in columns]), "".join([own[1] for own in columns])
        advances = list(chain.from_iterable([own[2] for own in columns]))
        owns = list(chain.from_iterable([own[3] for own in columns]))
        is_plain = all(len(own[1]) == 4 * len(own[0]) for own in columns)
        return Stretch(
            self, text, features, letters, hexes if is_plain else "", advances, advances if owns == advances else owns
        )

    def _plain_columns(self, text: str) -> _Columns:
        widths = list(map(self._advances.__getitem__, text))
        return text, text.translate(self._hexes), widths, widths

    def _shaped_columns(self, text: str, features: tuple[str, ...]) -> _Columns:
        known = self._columns.get((text, features))
        if known is None:
            clusters = self._shape(text, features)
            is_plain = all(len(cluster.text) == 1 and len(cluster.glyphs) == 4 for cluster in clusters)
            known = self._columns[text, features] = (
                "".join(cluster.text[0] for cluster in clusters),
                "".join(cluster.glyphs for cluster in clusters) if is_plain else "",
                [cluster.advance for cluster in clusters],
                [cluster.own for cluster in clusters],
            )
        return known

    def shape(self, text: str) -> str:
        """The glyphs of a text in hexadecimal, four digits each."""
        return "".join(cluster.glyphs for cluster in self.clusters(text))

    def _shape(self, text: str, features: tuple[str, ...]) -> tuple[Cluster, ...]:
        known = self._shaped.get((text, features))
        if known is None:
            known = self._shaped[text, features] = tuple(self._by_harfbuzz(text, features))
        return known

    def _by_harfbuzz(self, text: str, features: tuple[str, ...]) -> list[Cluster]:
        buffer: Any = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction, buffer.language = "ltr", self._language
        hb.shape(self.font, buffer, {**_PLAIN_LATIN, **dict.fromkeys(features, True)})
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        starts = sorted({info.cluster for info in infos})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        found: dict[int, list[Any]] = {start: ["", 0, 0.0] for start in starts}
        for info, position in zip(infos, positions, strict=True):
            entry = found[info.cluster]
            entry[0] += f"{info.codepoint:04x}"
            entry[1] += position.x_advance
            entry[2] += self.width(info.codepoint)
        return [
            Cluster(text[start : ends[start]], glyphs, advance / self.upem, own)
            for start, (glyphs, advance, own) in found.items()
        ]


class _PlainClusters(dict[str, Cluster]):
    """The clusters of single characters, each looked up once."""

    def __init__(self, face: Face) -> None:
        self._face = face

    def __missing__(self, character: str) -> Cluster:
        glyph = self._face.glyph(character)
        width = self._face.width(glyph)
        made = self[character] = Cluster(character, f"{glyph:04x}", width, width)
        return made


class _Hexes(dict[int, str]):
    """The glyphs of single characters in hexadecimal, by code point, for `str.translate`."""

    def __init__(self, face: Face) -> None:
        self._face = face

    def __missing__(self, code: int) -> str:
        made = self[code] = f"{self._face.glyph(chr(code)):04x}"
        return made


class _Numbers(dict[str, int]):
    """The glyphs of single characters."""

    def __init__(self, face: Face) -> None:
        self._face = face

    def __missing__(self, character: str) -> int:
        made = self[character] = self._face.glyph(character)
        return made


class _Advances(dict[str, float]):
    """The widths of single characters in em."""

    def __init__(self, face: Face) -> None:
        self._face = face

    def __missing__(self, character: str) -> float:
        made = self[character] = self._face.width(self._face.glyph(character))
        return made


class Stack:
    """Faces in order of preference: the first that has a character sets it (CSS Fonts 4 §5.2)."""

    def __init__(self, faces: tuple[Face, ...]) -> None:
        self.faces = faces
        self._signs = _Signs(faces)

    @property
    def first(self) -> Face:
        """The face whose metrics make the line's strut."""
        return self.faces[0]

    def set(self, text: str, features: tuple[str, ...] = ()) -> tuple[Stretch, ...]:
        """The text in stretches of one face each."""
        signs = text.translate(self._signs)
        if signs == signs[0] * len(signs):
            return (self.faces[ord(signs[0])].stretch(text, features),)
        found: list[Stretch] = []
        at = 0
        for sign, same in groupby(signs):
            end = at + len(list(same))
            found.append(self.faces[ord(sign)].stretch(text[at:end], features))
            at = end
        return tuple(found)


class _Signs(dict[int, str]):
    """Which face sets a code point, as the character of its place in the stack; the last sets what none has."""

    def __init__(self, faces: tuple[Face, ...]) -> None:
        self._faces = faces

    def __missing__(self, code: int) -> str:
        last = len(self._faces) - 1
        made = self[code] = chr(next((at for at, face in enumerate(self._faces) if code in face.covers), last))
        return made


class Faces(Sequence[Face]):
    """All faces of a type case; the number of a face is its place in the case."""

    def __init__(self, case: TypeCase, script: Script) -> None:
        self._case = case
        self._script = script
        self._faces: dict[int, Face] = {}
        self._stacks: dict[tuple[tuple[str, ...], int, bool], Stack] = {}
        self._numbers = {font.path: number for number, font in enumerate(case.fonts)}

    def __getitem__(self, number: Any) -> Any:
        known = self._faces.get(number)
        if known is None:
            known = self._faces[number] = Face(number, self._case.fonts[number].path, str(self._script))
        return known

    def __len__(self) -> int:
        return len(self._case.fonts)

    def stack(self, families: tuple[str, ...], weight: int, *, italic: bool = False) -> Stack:
        """The faces of some families at a weight, as CSS picks them."""
        key = families, weight, italic
        known = self._stacks.get(key)
        if known is None:
            fonts = self._case.of_families(families, weight, "italic" if italic else "normal")
            known = self._stacks[key] = Stack(tuple(self[self._numbers[font.path]] for font in fonts))
        return known
