"""Bookmaker compiles a pool of Chinese articles into themed volumes, as PDF and EPUB."""

__version__ = "0.1.0"
