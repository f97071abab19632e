"""Where a Latin word may be parted: by the rules of its language (Liang's patterns, through pyphen)."""

import re
from functools import cache

import pyphen

#: What is a word here: shorter ones stay whole, and so do names with accents, which patterns rarely know.
_WORD = re.compile(r"(?<![^\W\d_])[A-Za-z]{5,}(?![^\W\d_])", re.ASCII)
#: Letters that stay before a hyphen, and behind it.
_BEFORE, _BEHIND = 2, 3
#: English words are what a Chinese text mostly quotes.
_ENGLISH = "en_US"


def hyphens_in(text: str, language: str | None) -> list[int]:
    """The places before which a hyphen may part a word; `language` is the element's own, BCP 47.

    A language without patterns is not hyphenated.
    """
    patterns = _patterns(language or "zh")
    if patterns is None:
        return []
    return [
        match.start() + int(position) for match in _WORD.finditer(text) for position in patterns.positions(match[0])
    ]


@cache
def _patterns(language: str) -> pyphen.Pyphen | None:
    found = _ENGLISH if language.startswith("zh") else pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=found, left=_BEFORE, right=_BEHIND) if found else None
