"""A character doubled inside a line where no word is doubled so: 那个个月, 的的. Only what is sure is told.

A doubled character is right where words meet (发展|展示, 目的|的), where a word is made so (天天, 个个, 绿油油), and
where a verb is said twice (看看). It is wrong where a word of grammar stands twice by itself, where a measure word
does behind a number, and where a morpheme that is no word is left over behind the word that ends in it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from bookmaker.clippings.facts.doubts import Doubt, Kind, Place, Text, doubt
from bookmaker.clippings.facts.ordinary import is_word, segmenter
from bookmaker.script.people import has_surname
from bookmaker.script.words import Word

_HAN = "\u3400-\u9fff"
_TWICE = re.compile(rf"([{_HAN}])\1(?!\1)|(?<![，。、；：])([，、；：。])\2(?![，。、；：])")
_NUMBERS = frozenset("那这哪每某几两二三四五六七八九十百千万\u3007零0123456789")
#: Words of grammar that never stand twice side by side.
_GRAMMAR = frozenset("的了着在是和与及或对将被把从向于以而且但并也都就之其这那我他她它们为由使让不")
#: jieba's tags of morphemes that are no words.
_BOUND = frozenset({"zg", "g", "ng", "vg", "ag", "tg", "dg"})
#: What may follow a word that is over.
_OVER = re.compile(r"$|[，。、；：！？”’）》,;:!?)的了和与等]")
_ABOUT = 12
#: Doublings of one text that are looked at; a text with more is no prose.
_MOST = 1000


def find_doubled(texts: Sequence[Text]) -> Iterator[Doubt]:
    """A doubt for every character that stands twice and should not; names and what is reduplicated are none."""
    for text in texts:
        for found in islice(_TWICE.finditer(text.text), _MOST):
            if found[2] or _is_slip(text.text, found.start()):
                what = f"“{found[0]}”疑多一字，原文照录" if found[1] else f"标点“{found[0]}”重复，原文照录"
                hint = "take one out if the paper has it once"
                yield doubt(Kind.DOUBLED_CHARACTER, what, hint, [Place(text, found.start(), 2)])


def _is_slip(text: str, at: int) -> bool:
    character, before, after = text[at], text[at - 1 : at] if at else "", text[at + 2 : at + 3]
    if character == "个":
        return _counts_twice(before, after)
    if before == text[at - 2 : at - 1] or after == text[at + 3 : at + 4] != "":
        return False  # 平平安安
    first, second = _words_at(text, at)
    if first is None or second is None or first.end != at + 1 or len(second.text) > 1:
        return False
    if len(first.text) == 1:
        return character in _GRAMMAR and not (is_word(before + character) or is_word(character + after))
    left_over = second.tag in _BOUND and first.known and not is_word(first.text + character)
    return left_over and bool(_OVER.match(text, at + 2)) and not has_surname(text[at - 1 : at])


def _counts_twice(before: str, after: str) -> bool:
    """那个个月, but not 一个个 and not 这个个体户."""
    return before in _NUMBERS and before != "" and not is_word("个" + after)


def _words_at(text: str, at: int) -> tuple[Word | None, Word | None]:
    """The words that hold the two characters; only the text around is cut into words."""
    start = max(0, at - _ABOUT)
    words = segmenter().words(text[start : at + _ABOUT])
    over = {index: word for word in words for index in range(word.start, word.end)}
    first, second = over.get(at - start), over.get(at + 1 - start)
    if first is None or second is None:
        return None, None
    return _moved(first, start), _moved(second, start)


def _moved(word: Word, by: int) -> Word:
    return word._replace(start=word.start + by, end=word.end + by)
