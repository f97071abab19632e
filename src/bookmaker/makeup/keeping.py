"""What of a book is kept between two runs, and what it is known by."""

from dataclasses import dataclass

from bookmaker.makeup.model import Glyphs, Run
from bookmaker.makeup.parts import SetSection


@dataclass(frozen=True, slots=True)
class KeptSection:
    """What there is to know of a section before its blocks are looked at, which are kept apart (`SectionBody`).

    `figures` are those its page numbers were given; `reason` says why it was not set straight, if it was not.
    """

    page: str
    leading: float
    is_empty: bool
    figures: dict[str, int]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SectionBody:
    """A section set straight, and the glyphs it shows."""

    made: SetSection
    glyphs: Glyphs


@dataclass(frozen=True, slots=True)
class KeptRuns:
    """Runs made: a chapter's, or what WeasyPrint printed, a run for each section."""

    runs: tuple[Run, ...]
