"""What space stands between two characters of a line, and how far it may give.

A full-width mark is a body box of about half an em and a blank of another half. The blank is not part of
the mark but a space like any other: it goes at a line's edge, two marks share one, and a full line squeezes
it (CLREQ §3.1.6, GB/T 15834 §5.1.10). With bodies and spaces apart, all that is one rule: a line is its
bodies, and between each two of them a space with a natural width, a limit to which it shrinks, and a place
in the order in which spaces give way.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property

from bookmaker.composition import classes as c
from bookmaker.script.scripts import Script


@dataclass(frozen=True, slots=True)
class Space:
    """The space between two bodies, in em: natural width, least width, and who gives way when.

    `shrinks` and `stretches` are places in the order of giving, from 1; 0 is never. All spaces of one place
    give together, by the same part of what they have, so that all marks of a line stand alike.

    `weight` is how much of the last stretching falls to this space, a gap between two Han characters taking 1.
    `hair` is what it gives before any other shrinks; one that shrinks in its turn does so then only.
    """

    natural: float = 0.0
    least: float = 0.0
    shrinks: int = 0
    stretches: int = 0
    most: float = 0.0
    weight: float = field(init=False)
    hair: float = field(init=False)

    def __post_init__(self) -> None:
        weight = _WEIGHTS.get(self.stretches, 0.0)
        object.__setattr__(self, "weight", weight)
        object.__setattr__(self, "hair", 0.0 if self.shrinks else HAIR * weight)


#: What a gap between two Han characters may give or take before any other space does, in em: too little to be
#: seen by any eye. Other spaces do so as they weigh.
HAIR = 0.003
#: Places in the order of shrinking: the space beside Latin letters, because a reader sees a squeezed comma sooner
#: than a gap of 1/8 em instead of 1/5; then all marks, each by the same part of its blank. CLREQ §3.1.10.1 takes
#: middle dots, brackets and pauses one after the other, which leaves a bracket that touches beside a wide comma.
SHRINK_LATIN, SHRINK_MARK = 1, 2
SHRINK_PLACES = (SHRINK_LATIN, SHRINK_MARK)
#: Places in the order of stretching (CLREQ §3.1.10.2): word spaces, Latin gaps, then everything evenly, a mark's
#: blank no more than a gap between two Han characters: what is taken from one place alone leaves a hole there.
STRETCH_WORD, STRETCH_LATIN, STRETCH_ALL, STRETCH_LETTER = 1, 2, 3, 4
STRETCH_PLACES = (STRETCH_WORD, STRETCH_LATIN)

#: What a gap between two Latin letters takes where one between two Han characters takes 1.
LETTER_WEIGHT = 0.2
#: Latin gaps have had their share (CLREQ §3.1.5: no more than a quarter em).
_WEIGHTS = {STRETCH_WORD: 1.0, STRETCH_ALL: 1.0, STRETCH_LETTER: LETTER_WEIGHT}

_NONE = Space()
#: Inside an address, where it may be cut: gives way with the last.
ADDRESS_SPACE = Space(stretches=STRETCH_ALL)
_SOLID = Space(stretches=STRETCH_ALL)
#: What is left between ” and “ at least, in em: marks that touch are read in the wrong order by poppler.
_APART = 0.03


@dataclass(frozen=True, slots=True)
class Style:
    """What a layout may choose, in em (CLREQ §3.1.5: a quarter to an eighth beside Latin)."""

    latin_gap: float = 0.2
    latin_least: float = 0.125
    latin_most: float = 0.25
    word_most: float = 0.5


class SpacingTable:
    """Bodies and spaces of one script; `between["PH"]` is the space between a pause and a Han character."""

    def __init__(self, script: Script, style: Style | None = None) -> None:
        self.script = script
        self.style = style or Style()

    @cached_property
    def bodies(self) -> dict[str, tuple[float, float]]:
        """Where a full-width mark's body begins and ends in its em box."""
        centred = self.script.traditional
        # A centred mark at a line's end gives a hair more than its blank, so that its edge is never in doubt.
        low = (0.25, 0.74) if centred else (0.0, 0.5)
        return {
            c.OPENING: (0.5, 1.0),
            c.CLOSING: (0.0, 0.5),
            c.PAUSE: low,
            c.STOP: low,
            c.MIDDLE: (0.25, 0.75),
        }

    @cached_property
    def between(self) -> dict[str, Space]:
        """The space for every pair of classes."""
        letters = (
            c.HAN + c.OPENING + c.CLOSING + c.PAUSE + c.STOP + c.MIDDLE + c.DASH + c.ELLIPSIS + c.LETTER + c.DIGIT
            + c.SPACE + c.SIGN + c.WIDE_SIGN + c.CONNECTOR + c.BREAK + c.OBJECT + c.RAISED
        )  # fmt: skip
        return {a + b: self._space(a, b) for a in letters for b in letters}

    def _space(self, a: str, b: str) -> Space:
        """First rule that fits; the order matters."""
        if c.BREAK in (a, b) or a == c.OBJECT:
            # What follows a picture is placed by others.
            return _NONE
        if b == c.RAISED:
            # A note's number clings to its word; over the blank of a mark, programs that read the page back
            # would take it for the mark's predecessor.
            return Space(self._blank_after(a), self._blank_after(a))
        if a == b and a in (c.DASH, c.ELLIPSIS):
            return _NONE
        if a == c.SPACE:
            # The space character has its own width; what is added to it stands behind it.
            return Space(stretches=STRETCH_WORD, most=max(0.0, self.style.word_most - 0.25))
        blank = self._blank_after(a) + self._blank_before(b)
        if blank:
            return self._marks(a, b, blank)
        if self._touches_latin(a, b) or self._touches_latin(b, a):
            s = self.style
            return Space(s.latin_gap, s.latin_least, SHRINK_LATIN, STRETCH_LATIN, s.latin_most)
        if b != c.SPACE and a in _NARROW_CLASSES and b in _NARROW_CLASSES:
            # A fiftieth of an em in the loosest lines, where Han stand a tenth apart.
            return Space(stretches=STRETCH_LETTER)
        if b == c.SPACE:
            return _NONE
        if (a in _NARROW_CLASSES and b in _CLOSERS) or (a == c.OPENING and b in _NARROW_CLASSES):
            return _NONE
        return _SOLID

    def _blank_after(self, a: str) -> float:
        return 1.0 - self.bodies[a][1] if a in self.bodies else 0.0

    def _blank_before(self, b: str) -> float:
        return self.bodies[b][0] if b in self.bodies else 0.0

    def _marks(self, a: str, b: str, blank: float) -> Space:
        """Beside a mark: its blank; between two marks, one of the two blanks at most."""
        if (a in _CLOSERS and b in _CLOSERS) or a == b == c.OPENING:
            # 。” and （“ stand solid; centred marks keep the quarter that is inside them.
            inner = 0.0 if not self.script.traditional else min(blank, 0.25)
            return Space(inner, 0.0, SHRINK_MARK if inner else 0)
        if a in _CLOSERS and b == c.OPENING:
            # GB/T 15834 §5.1.10 squeezes them together.
            natural = min(blank, 0.5)
            return Space(natural, _APART, SHRINK_MARK, STRETCH_ALL)
        if b == c.SPACE:
            return Space(blank / 2, blank / 2)
        if c.MIDDLE in (a, b):
            return Space(min(blank, 0.25), 0.0, SHRINK_MARK, STRETCH_ALL)
        return Space(blank, 0.0, SHRINK_MARK, STRETCH_ALL)

    def _touches_latin(self, a: str, b: str) -> bool:
        return a == c.HAN and b in (c.LETTER, c.DIGIT)

    def with_style(self, **changes: float) -> "SpacingTable":
        """The same script with another style."""
        return SpacingTable(self.script, replace(self.style, **changes))


_CLOSERS = frozenset({c.CLOSING, c.PAUSE, c.STOP})
_NARROW_CLASSES = frozenset({c.LETTER, c.DIGIT, c.SIGN, c.SPACE, c.RAISED})
