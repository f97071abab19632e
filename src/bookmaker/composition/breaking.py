"""Where a line may end: kinsoku (避头尾), what belongs together, and what it costs to part it.

A break is a position between two characters. Its price is 0 where nothing is lost, some points where a line
may end but had better not, and `FORBIDDEN` where it may not.
"""

import re
from enum import StrEnum
from functools import cache

from bookmaker.composition import classes as c
from bookmaker.composition.measure_words import keep_numbers_together
from bookmaker.composition.pairs import Pairs, picker

FORBIDDEN = float("inf")
#: A word parted with a hyphen: as bad as Han 0.07 em apart, and worse than any squeezed mark.
HYPHENATED = 70.0
#: An address or a code cut at one of its own signs.
_ADDRESS = 4.0
#: After a hyphen or slash inside a Latin word.
_HYPHEN = 3.0
#: A dash or ellipsis at a line's start, where the level allows it. Not `_ADDRESS`, by which `is_cut` knows a cut.
_DASH_START = 5.0
#: A Latin token longer than this is cut at its signs like an address.
_LONG_TOKEN = 14


class Kinsoku(StrEnum):
    """CLREQ §3.1.8: which marks may not begin or end a line; each level keeps the rules of the one before.

    At `NONE` only Latin words, numbers with their units, dashes and ellipses stay whole. `BASIC` keeps pauses,
    stops, closing marks, connectors, middle dots and the solidus from a line's start and opening marks from
    its end; `GB` keeps the solidus from its end, `STRICT` dashes and ellipses from its start.
    """

    NONE = "none"
    BASIC = "basic"
    GB = "gb"
    STRICT = "strict"


_NO_START = ",.;:!?)]}%‰℃℉°′″–％￠－"
_NO_END = "([{¥￥$＄£￡€#＃№"
_TOKEN = re.compile(r"[!-~]+")
#: Words joined by hyphens: no address, however long.
_JOINED_WORDS = re.compile(r"[A-Za-z]+(?:[-/][A-Za-z]+)*[.,;:!?)]*")
_CUTTABLE = re.compile(rf"[!-~]{{{_LONG_TOKEN + 1},}}|://|@|/[!-~]*/|[A-Za-z][-/][A-Za-z]")
#: The signs before which an address is cut, and those behind which. A line that ends in a hyphen of the address
#: itself leaves the reader in doubt, and poppler takes it for one of the line's; none begins with a stop.
_CUT_BEFORE, _CUT_AFTER = frozenset("-_=&#@~+"), frozenset("/.?@=&")
_CUTTING = _CUT_BEFORE | _CUT_AFTER


def may_be_cut(text: str) -> bool:
    """True if a line may end inside a Latin word, address or code of this text."""
    return bool(_CUTTABLE.search(text))


def is_cut(price: float) -> bool:
    """True for a break inside an address or code."""
    return price == _ADDRESS


def address_places(text: str) -> set[int]:
    """The positions inside addresses and codes, where no hyphen may be put in: it would be read as theirs."""
    return {at for token in _TOKEN.finditer(text) if _is_address(token[0]) for at in range(*token.span())}


def break_prices(text: str, classes: str, level: Kinsoku = Kinsoku.STRICT) -> list[float]:
    """The price of a line end before each character; index 0 and `len(text)` included.

    `classes` is as long as `text`, which holds one character a cluster.
    """
    prices = [FORBIDDEN, *picker(_PAIRS.numbers(classes))(_prices_of_pairs(level))]
    if text:
        prices.append(0.0)
    if c.DASH in classes and level is not Kinsoku.NONE:
        _keep_connectors(text, classes, prices)
    if "\u00a0" in text or not _WITH_SIGNS.isdisjoint(classes):
        _keep_signs(text, classes, prices, level)
    if level is not Kinsoku.NONE and ("/" in text or "／" in text):
        _keep_solidus_inside(text, prices, at_end=level is not Kinsoku.BASIC)
    keep_numbers_together(text, prices)
    prices[0] = FORBIDDEN
    return prices


#: Classes between which no rule by classes tells.
_PAIRS = Pairs(
    [
        c.HAN + c.WIDE_SIGN + c.OBJECT + c.RAISED,
        c.OPENING,
        c.CLOSING + c.PAUSE + c.STOP + c.MIDDLE + c.CONNECTOR,
        c.DASH,
        c.ELLIPSIS,
        c.LETTER + c.DIGIT + c.SIGN,
        c.SPACE,
        c.BREAK,
    ]
)


@cache
def _prices_of_pairs(level: Kinsoku) -> list[float]:
    return _PAIRS.table(lambda a, b: _price(a, b, level), FORBIDDEN)


def _price(a: str, b: str, level: Kinsoku) -> float:
    """Between two classes; the first rule that fits."""
    if a == c.BREAK:
        return 0.0
    if b in (c.BREAK, c.SPACE) or (a == b and a in (c.DASH, c.ELLIPSIS)) or (a in _NARROW and b in _NARROW):
        return FORBIDDEN
    if level is Kinsoku.NONE:
        return 0.0
    if b in _NEVER_FIRST or a == c.OPENING:
        return FORBIDDEN
    if b in (c.DASH, c.ELLIPSIS):
        return FORBIDDEN if level is Kinsoku.STRICT else _DASH_START
    return 0.0


_NEVER_FIRST = frozenset({c.CLOSING, c.PAUSE, c.STOP, c.MIDDLE, c.CONNECTOR})
_NARROW = frozenset({c.LETTER, c.DIGIT, c.SIGN})


def _keep_connectors(text: str, classes: str, prices: list[float]) -> None:
    """A dash of one em connects (北京—上海), and begins no line."""
    for match in _CONNECTOR.finditer(text):
        at = match.start()
        if classes[at] == c.DASH and classes[at - 1 : at] != c.BREAK:
            prices[at] = FORBIDDEN


#: A dash that is not the first of two.
_CONNECTOR = re.compile("—(?!—)|―(?!―)")


def _keep_signs(text: str, classes: str, prices: list[float], level: Kinsoku) -> None:
    """What single signs ask for beyond their class."""
    for match in _UNBROKEN.finditer(text):
        prices[match.end()] = FORBIDDEN
    if level is not Kinsoku.NONE:
        for match in _SIDED.finditer(text):
            at = match.start()
            if match[1]:
                prices[at + 1] = FORBIDDEN
            elif classes[at - 1 : at] != c.BREAK:
                prices[at] = FORBIDDEN
        for match in _HYPHENS.finditer(text):
            at = match.end()
            if classes[at - 1] in _NARROW and classes[at] == c.LETTER:
                prices[at] = _HYPHEN
    _open_tokens(text, prices)


#: Classes of which single signs have rules of their own.
_WITH_SIGNS = frozenset({c.SIGN, c.WIDE_SIGN})
#: The space at which no line ends.
_UNBROKEN = re.compile("\u00a0(?=.)", re.DOTALL)
#: What begins no line, and what ends none. Of hyphens those before Han: one before Latin may be a minus or an option's.
_SIDED = re.compile(f"[{re.escape(_NO_START)}]|[-‐](?=[^\0-\x7f])|([{re.escape(_NO_END)}])(?=.)", re.DOTALL)
#: Hyphens beyond ASCII, behind which a word may go on in the next line.
_HYPHENS = re.compile(r"[–‐](?=\w)")


def _open_tokens(text: str, prices: list[float]) -> None:
    """A line may end inside a Latin word only at its hyphens, inside an address or long code at its signs."""
    for match in _TOKEN.finditer(text):
        token, start = match[0], match.start()
        if _CUTTING.isdisjoint(token):
            continue
        address = _is_address(token)
        for k in range(1, len(token)):
            if address and _may_cut(token, k):
                prices[start + k] = _ADDRESS
            elif not address and token[k - 1] in "-/" and token[k].isalpha() and token[k - 2 : k - 1].isalnum():
                prices[start + k] = _HYPHEN


def _is_address(token: str) -> bool:
    if "://" in token or "@" in token:
        return True
    long = len(token) > _LONG_TOKEN or token.count("/") > 1
    return long and any(map(str.isalpha, token)) and not _JOINED_WORDS.fullmatch(token)


def _may_cut(token: str, k: int) -> bool:
    """True if an address may be cut before its character k."""
    before, after = token[k - 1], token[k]
    if after in _CUT_BEFORE:
        return before.isalnum() and token[k + 1 : k + 2].isalnum()
    if before not in _CUT_AFTER or not after.isalnum():
        return False
    return before in "/?" or (token[k - 2].isalnum() and not (before == "." and token[k - 2 : k + 1 : 2].isdigit()))


def _keep_solidus_inside(text: str, prices: list[float], *, at_end: bool) -> None:
    """The solidus between two words begins no line, and ends none at the stricter levels.

    GB/T 15834 §5.1.9. The slashes of an address or a path separate nothing.
    """
    places = [i for i, mark in enumerate(text) if mark == "／"]
    for match in _TOKEN.finditer(text):
        if match[0].count("/") == 1 and not _is_address(match[0]):
            places.append(match.start() + match[0].index("/"))
    for i in places:
        if text[i - 1 : i] != "\n":
            prices[i] = FORBIDDEN
        behind = i + 1
        while text[behind : behind + 1] == " ":
            behind += 1
        if at_end and behind < len(text):
            prices[behind] = FORBIDDEN
