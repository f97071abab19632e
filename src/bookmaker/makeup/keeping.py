"""What of a book is kept between two runs, and what it is known by."""

from dataclasses import dataclass

from bookmaker.makeup.model import Glyphs, Run
from bookmaker.makeup.parts import SetSection


@dataclass(frozen=True, slots=True)
class KeptSection:
    """A section set straight (or the reason why it was not), with the figures its page numbers were given."""

    made: SetSection | None
    glyphs: Glyphs
    reason: str
    figures: dict[str, int]


@dataclass(frozen=True, slots=True)
class KeptRuns:
    """What WeasyPrint printed, a run for each section."""

    runs: tuple[Run, ...]
