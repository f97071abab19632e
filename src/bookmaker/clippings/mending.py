"""Mending: one line or paragraph of a page made what the paper meant, without a word lost.

Full-width letters and digits become plain ones, half-width marks between Chinese characters full-width
(GB/T 15834-2011 §5.1, by `script/punctuation.py`), blanks inside Chinese text go, dashes and dots are made whole.
"""

import re
import unicodedata

from bookmaker.clippings.bylines import HAN
from bookmaker.script.punctuation import widen

_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_FULL_WIDTH |= {
    0xFF05: 0x25,
    0xFF0B: 0x2B,
    0xFF0F: 0x2F,
    0xFF0E: 0x2E,
    0xFF0D: 0x2D,
    0x2022: 0xB7,
    0x30FB: 0xB7,
    0x2027: 0xB7,
    0xFF65: 0xB7,
}
_FULL_WIDTH |= {0xA0: 0x20, 0x09: 0x20, 0x2002: 0x20, 0x2003: 0x20, 0x2009: 0x20, 0x202F: 0x20}
_MARKS = "，。；：！？、“”‘’（）《》〈〉【】「」『』…—·"
_INNER_BLANK = re.compile(rf"(?<=[{HAN}{_MARKS}])[ \u3000]+(?=[{HAN}{_MARKS}])")
_BESIDE_MARK = re.compile(
    r"(?<![ \u3000])[ \u3000]+(?=[，。；：！？、”’）》】])|(?<=[，。；：！？、“‘（《【])[ \u3000]+"
)
_STOP = re.compile(rf"(?<=[{HAN}”’）》])\.(?=$|[{HAN}“”‘’（《])")
#: A dash of two ems; a single one inside a text joins words (龙头企业—重大项目) and stays (GB/T 15834-2011 §4.13).
_DASHES = re.compile(
    r"(?<=[^\s\d—–─―-])[—–─―]{2,3}(?=[^\s\d—–─―-])|(?<=[\u3400-\u9fff”’）》])--+(?=[\u3400-\u9fff“‘（《])|^[—–─―－-]{1,4}(?=[\u3400-\u9fff“‘（《])"
)
_DOTS = re.compile(r"\.{3,}|。{3,}|·{3,}|…+")
_STRAIGHT = re.compile(r'"([^"“”]*)"')
_STRAIGHT_SINGLE = re.compile(rf"'([^'‘’]*[{HAN}][^'‘’]*)'")


def plain_forms(text: str) -> str:
    """A line with plain letters, digits and blanks; its length stays."""
    return text.translate(_FULL_WIDTH)


def mended(text: str) -> str:
    """A whole paragraph or headline, mended; blanks between its Chinese words stay (`closed` takes them)."""
    text = _straight_quotes(_STOP.sub("。", plain_forms(text).strip()))
    text = _DASHES.sub("——", _DOTS.sub("……", text))
    return widen(text)


def closed(text: str) -> str:
    """Text without blanks inside Chinese: 太 原 市 is 太原市; beside letters and digits they stay."""
    return _BESIDE_MARK.sub("", _INNER_BLANK.sub("", text)).strip()


def _straight_quotes(text: str) -> str:
    """Straight quotation marks in pairs beside Chinese become curly; single ones and inches stay."""
    if text.count('"') % 2 == 0 and re.search(f'[{HAN}，。：]"|"[{HAN}]', text):
        text = _STRAIGHT.sub(r"“\1”", text)
    return _STRAIGHT_SINGLE.sub(r"‘\1’", text)


def bare(text: str) -> str:
    """What is compared where two texts may differ in width, blanks and marks only."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())
