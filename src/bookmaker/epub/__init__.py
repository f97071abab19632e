"""Binding: a Galley becomes an EPUB 3.3 package."""

from bookmaker.epub.archive import embedded_fonts
from bookmaker.epub.bind import bind_epub
from bookmaker.epub.pages import BindingError

__all__ = ["BindingError", "bind_epub", "embedded_fonts"]
