"""Half-width , ; : ( ) ! ? of Chinese text become full-width (GB/T 15834-2011 §5.1).

Before all conversion, for Simplified and Traditional editions alike. A mark is judged by what stands on either side
of it: within numbers, times, ratios, Latin phrases, addresses and code nothing changes. A nested 《 becomes 〈. No
text changes its length.
"""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from bookmaker.script.fragments import rewrite
from bookmaker.script.quotation import nest_titles

_FULL = str.maketrans(",;:!?()", "，；：！？（）")
_MARKS = re.compile(r"[,;:!?]+")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_BRACKET = re.compile(r"[()（）]")
#: Han, kana, full-width marks and 〇: what only Chinese text has beside it. Curly quotation marks say nothing.
_CHINESE = re.compile(r"[\u2e80-\u2fdf\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff·—…]")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]")
#: What is looked through, to the words before and behind: the same signs in either width, so that a second
#: time changes nothing; and how far.
_STOPS = ",;:!?，；：！？"
_QUOTES = "“”‘’「」『』\"'"
_BEFORE = _STOPS + _QUOTES + ")）]】"
_BEHIND = _STOPS + _QUOTES + "()（）[]【】"
_NEAR = 8
_WORD = "[\u3400-\u9fff\U00020000-\U0003ffff]++"
#: Addresses and Windows paths; the marks at an address's end are the sentence's. Chinese words belong to an address
#: behind what parts it (/百科/太原?版本=1#第一节), and in brackets before what goes on (文件(终稿).pdf).
_ADDRESS = re.compile(
    r"(?:(?<![A-Za-z])[A-Za-z][A-Za-z+.-]{0,15}://|mailto:|www\.|[A-Za-z]:\\)"
    rf"(?:[!-~]|(?<=[/&=#_-]){_WORD}|(?<=\?){_WORD}(?==)|(?<=\(){_WORD}(?=\)[./]))*"
    rf"(?:[!-~](?<![,;:!?)])|(?<=[/&=#_-]){_WORD})",
    re.ASCII,
)


def widen(text: str) -> str:
    """Plain text with full-width marks, as one paragraph; as long as before."""
    return nest_titles([[_widened(text)]])[0][0]


def widen_passage(fragments: Sequence[str]) -> list[str]:
    """XHTML fragments with full-width marks; attributes but alternative texts, and code, stay."""
    if not any(map(_may_change, fragments)):
        return list(fragments)
    return rewrite(fragments, lambda paragraphs: nest_titles([_widen_texts(texts) for texts in paragraphs]))


def _may_change(fragment: str) -> bool:
    return any(mark in fragment for mark in ",;:!?(《")


def _widen_texts(texts: list[str]) -> list[str]:
    """One paragraph's texts, judged as a whole: a mark may stand behind an inline element."""
    whole = _widened("".join(texts))
    ends = [0]
    for text in texts:
        ends.append(ends[-1] + len(text))
    return [whole[start:end] for start, end in pairwise(ends)]


def _widened(text: str) -> str:
    if not _may_change(text) and ")" not in text:
        return text
    kept = {index for found in _ADDRESS.finditer(text) for index in range(*found.span())}
    letters = _widen_brackets(text, kept)
    text = "".join(letters)
    for found in _MARKS.finditer(text):
        if found.start() not in kept and _is_chinese_mark(text, found.start(), found.end()):
            letters[found.start() : found.end()] = found[0].translate(_FULL)
    return "".join(letters)


def _widen_brackets(text: str, kept: set[int]) -> list[str]:
    """Brackets in pairs only: both become full-width, or neither; one that is already draws the other along."""
    letters = list(text)
    han = list(accumulate((bool(_HAN.match(letter)) for letter in text), initial=0))
    opened: list[int] = []
    for found in _BRACKET.finditer(text):
        index = found.start()
        if index in kept:
            continue
        if found[0] in "(（":
            opened.append(index)
        elif opened:
            start = opened.pop()
            if _is_chinese_pair(letters, start, index, han):
                letters[start], letters[index] = "（", "）"
    return letters


def _is_chinese_pair(letters: list[str], start: int, end: int, han: list[int]) -> bool:
    """What fills the brackets is Chinese, or the word they explain is, or the sentence they open."""
    if letters[start] == "（" or letters[end] == "）" or han[end] > han[start + 1]:
        return True
    before = "".join(letters[max(0, start - _NEAR) : start]).rstrip(_BEHIND)[-1:]
    if before:
        return bool(_CHINESE.match(before))
    return bool(_CHINESE.match("".join(letters[end + 1 : end + _NEAR]).lstrip(_BEHIND)[:1]))


def _is_chinese_mark(text: str, start: int, end: int) -> bool:
    """Chinese stands on one side of a mark, and no Latin phrase or number goes on over it."""
    before = text[max(0, start - _NEAR) : start].rstrip(_BEFORE)[-1:]
    after = text[end : end + _NEAR].lstrip(_BEHIND)[:1]
    if _CHINESE.match(before):
        return True
    if not _CHINESE.match(after):
        return False
    # “Yahoo!公司”: a cry belongs to the words before it.
    return bool(before.strip()) and not (_LATIN.match(before) and text[start] in "!?")
