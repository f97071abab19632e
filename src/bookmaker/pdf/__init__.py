"""Printing: a Galley becomes a tagged PDF through WeasyPrint."""
