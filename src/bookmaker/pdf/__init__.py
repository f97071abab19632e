"""WeasyPrint, shut in: what draws covers and drawings, and prints the sections that the page maker does not."""

from bookmaker.pdf.cover import draw_cover
from bookmaker.pdf.engine import PrintError, refuse_others

__all__ = ["PrintError", "draw_cover", "refuse_others"]
