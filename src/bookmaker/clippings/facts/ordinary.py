"""Which words are ordinary: by the segmenter's dictionary, and by how often its corpus has them."""

from functools import cache, lru_cache

from bookmaker.script.words import Segmenter

#: How often the dictionary's corpus has a word that is beyond doubt; 大原 and 收人 stand in it too, but hardly.
_ORDINARY = 100.0
_KEPT = 1 << 18


@cache
def segmenter() -> Segmenter:
    """One for all finders."""
    return Segmenter()


@lru_cache(_KEPT)
def is_word(text: str) -> bool:
    """True for a word of the dictionary of two characters or more."""
    return len(text) > 1 and segmenter().is_word(text)


@lru_cache(_KEPT)
def is_ordinary(text: str) -> bool:
    """True for a word of two characters or more that nobody doubts."""
    return len(text) > 1 and segmenter().frequency(text) >= _ORDINARY
