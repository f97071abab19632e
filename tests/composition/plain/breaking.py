"""The price of a line's end, character by character."""

from __future__ import annotations

from bookmaker.composition import classes as c
from bookmaker.composition.breaking import (
    _ADDRESS,
    _DASH_START,
    _HYPHEN,
    _NO_END,
    _NO_START,
    _TOKEN,
    FORBIDDEN,
    Kinsoku,
    _is_address,
    _keep_solidus_inside,
    _may_cut,
)
from bookmaker.composition.measure_words import keep_numbers_together


def break_prices(text: str, classes: str, level: Kinsoku = Kinsoku.STRICT) -> list[float]:
    """The price of a line end before each character; index 0 and `len(text)` included.

    `classes` is as long as `text`, which holds one character a cluster.
    """
    count = len(text)
    prices = [0.0] * (count + 1)
    for i in range(1, count):
        pair = classes[i - 1] + classes[i]
        if pair == "HH":
            continue
        prices[i] = _price(text, pair, i, level)
    _keep_latin_together(text, classes, prices)
    if level is not Kinsoku.NONE:
        _keep_solidus_inside(text, prices, at_end=level is not Kinsoku.BASIC)
    keep_numbers_together(text, prices)
    prices[0] = FORBIDDEN
    return prices


def _price(text: str, pair: str, i: int, level: Kinsoku) -> float:
    a, b = pair[0], pair[1]
    if a == c.BREAK:
        return 0.0
    if b in (c.BREAK, c.SPACE) or text[i - 1] == "\u00a0":
        return FORBIDDEN
    if a == b and a in (c.DASH, c.ELLIPSIS):
        return FORBIDDEN
    if level is Kinsoku.NONE:
        return FORBIDDEN if a in _NARROW and b in _NARROW else 0.0
    if b in _NEVER_FIRST or a == c.OPENING or text[i] in _NO_START or text[i - 1] in _NO_END:
        return FORBIDDEN
    if _is_connector(text, b, i):
        return FORBIDDEN
    if b in (c.DASH, c.ELLIPSIS):
        return FORBIDDEN if level is Kinsoku.STRICT else _DASH_START
    return 0.0


_NEVER_FIRST = frozenset({c.CLOSING, c.PAUSE, c.STOP, c.MIDDLE, c.CONNECTOR})
_NARROW = frozenset({c.LETTER, c.DIGIT, c.SIGN})


def _is_connector(text: str, letter: str, i: int) -> bool:
    """A dash of one em (北京—上海), and a hyphen before Han; one before Latin may be a minus or an option's."""
    if letter == c.DASH:
        return text[i] != "⸺" and text[i + 1 : i + 2] != text[i]
    return text[i] in "-‐" and not text[i + 1 : i + 2].isascii()


def _keep_latin_together(text: str, classes: str, prices: list[float]) -> None:
    """No line ends inside a Latin word or number; an address or long code may be cut at its signs."""
    for match in _TOKEN.finditer(text):
        token, start = match[0], match.start()
        if len(token) < 2:
            continue
        address = _is_address(token)
        for k in range(1, len(token)):
            if address and _may_cut(token, k):
                prices[start + k] = _ADDRESS
            elif not address and token[k - 1] in "-/" and token[k].isalpha() and token[k - 2 : k - 1].isalnum():
                prices[start + k] = _HYPHEN
            else:
                prices[start + k] = FORBIDDEN
    for i in range(1, len(text)):
        # Letters beyond ASCII (é, Greek) and their neighbours.
        if prices[i] == 0.0 and classes[i - 1] in _NARROW and classes[i] in _NARROW:
            prices[i] = _HYPHEN if text[i - 1] in "–‐" and text[i].isalpha() else FORBIDDEN
