"""Traditional characters that slipped into Simplified text."""

import re
from collections.abc import Iterator
from functools import cache

from opencc import OpenCC

#: Characters that t2s would change, but that 通用规范汉字表 (2013) admits to Simplified text: in words
#: (瞭望, 乾坤, 凭藉, 宫商角徵羽), in names (於, 昇, 喆, 鍾), as technical terms.
_STANDARD = frozenset("乾瞭藉著徵於昇陞喆堃淼邨氾迺祕夥澂仝麽甯阪剋頫")
#: But behind these 於 is the preposition 于, not the surname.
_PREPOSITION = re.compile("(?<=[关關对對由至基终終位处處属屬便等大小高低多少善勇忠敢])於")


def traditional_slips(text: str) -> Iterator[tuple[int, str, str]]:
    """Characters that the whole line, turned to Simplified, has otherwise: 乾坤 stays, 乾净 is 干净.

    Where each stands, what it is and what Simplified writes. What 通用规范汉字表 admits is none.
    """
    simplified = _to_simplified(text)
    if simplified == text or len(simplified) != len(text):
        return
    prepositions = {m.start() for m in _PREPOSITION.finditer(text)}
    for index, (old, new) in enumerate(zip(text, simplified, strict=True)):
        if old != new and (old not in _STANDARD or index in prepositions):
            yield index, old, new


@cache
def _opencc() -> OpenCC:
    return OpenCC("t2s")


def _to_simplified(text: str) -> str:
    simplified: str = _opencc().convert(text)
    return simplified
