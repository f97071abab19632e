"""Newspaper pages become articles: clippings in, article files and a report out. A road of its own beside the run."""
