"""Printing: a Galley becomes a tagged PDF through WeasyPrint."""

from bookmaker.pdf.cover import draw_cover
from bookmaker.pdf.engine import PrintError, refuse_others
from bookmaker.pdf.print import Printed, print_pdf
from bookmaker.pdf.proof import Proof, pull_proof

__all__ = ["PrintError", "Printed", "Proof", "draw_cover", "print_pdf", "pull_proof", "refuse_others"]
