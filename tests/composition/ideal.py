"""Text with ideal widths, so that a line can be worked out by hand: Han one em, a figure or letter half an em."""

from __future__ import annotations

from bookmaker.composition.breaking import Kinsoku
from bookmaker.composition.classes import classify
from bookmaker.composition.paragraph import Paragraph, Run, make_paragraph
from bookmaker.composition.setting import SetLine
from bookmaker.composition.spacing import SpacingTable
from bookmaker.script.scripts import Script

#: Advance in em by class; every other character has one em.
WIDTHS = {"L": 0.5, "N": 0.5, "X": 0.5, "W": 0.25, "B": 0.0}


def advances(text: str, size: float = 1.0) -> list[float]:
    """Ideal widths of a text, one a character."""
    return [WIDTHS.get(letter, 1.0) * size for letter in classify(text)]


def run(text: str, size: float = 1.0, *, raised: bool = False) -> Run:
    """A run of ideal widths."""
    return Run(text, advances(text, size), size, raised=raised)


def paragraph(text: str, script: Script = Script.HANS, level: Kinsoku = Kinsoku.STRICT) -> Paragraph:
    """A paragraph of one size, 1, so that every width is in em."""
    return make_paragraph([run(text)], SpacingTable(script), level)


def line_text(text: str, line: SetLine) -> str:
    """What stands in a line."""
    return text[line.first : line.last]
