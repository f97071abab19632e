"""Assembling: a Manuscript becomes a Volume, with chapters, order, numbering and apparatus."""
