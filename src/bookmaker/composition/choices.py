"""What a layout chooses about its lines."""

from dataclasses import dataclass, field

from bookmaker.composition.breaking import Kinsoku
from bookmaker.composition.spacing import Style


@dataclass(frozen=True, slots=True)
class Choices:
    """Which marks keep off a line's edges, how wide spaces are, and whether Latin words may be hyphenated."""

    kinsoku: Kinsoku = Kinsoku.STRICT
    style: Style = field(default_factory=Style)
    hyphenate: bool = False
