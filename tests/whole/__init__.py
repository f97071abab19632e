"""Whole books, made and judged as a reader, a printer and a shop would."""
