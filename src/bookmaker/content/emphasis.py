"""Emphasis beside Chinese punctuation, which CommonMark's flanking rules do not see.

CommonMark 0.31 §6.2 lets `**“甲”**乙` stand as asterisks: after the Han letter 乙 a run preceded by
punctuation cannot close. In Chinese no space ever stands there, so, as the CJK-friendly amendments to
CommonMark propose, a delimiter that touches a CJK character flanks as if a space stood on that side.
"""

import unicodedata

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_MARKERS = ("*", "_")


def cjk_emphasis(markdown: MarkdownIt) -> None:
    """Let emphasis open and close beside Chinese characters and marks."""
    markdown.inline.ruler.at("emphasis", _tokenize)


def _tokenize(state: StateInline, silent: bool) -> bool:
    start = state.pos
    marker = state.src[start]
    if silent or marker not in _MARKERS:
        return False
    scanned = state.scanDelims(start, marker == "*")
    can_open, can_close = scanned.can_open, scanned.can_close
    if marker == "*":
        before = state.src[start - 1] if start > 0 else " "
        after_at = start + scanned.length
        after = state.src[after_at] if after_at < state.posMax else " "
        if is_cjk(before) or is_cjk(after):
            can_open = can_open or not after.isspace()
            can_close = can_close or not before.isspace()
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos += scanned.length
    return True


def is_cjk(character: str) -> bool:
    """True for a character that fills a whole em in Chinese text (UAX #11 W and F, and “”‘’—…·)."""
    return character in "“”‘’—…·" or unicodedata.east_asian_width(character) in "WF"
