"""Printing: a Galley becomes a tagged PDF through WeasyPrint."""

from bookmaker.pdf.cover import draw_cover
from bookmaker.pdf.engine import PrintError
from bookmaker.pdf.print import Printed, print_pdf

__all__ = ["PrintError", "Printed", "draw_cover", "print_pdf"]
