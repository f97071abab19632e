"""Where a line may end: kinsoku (避头尾), what belongs together, and what it costs to part it.

A break is a position between two characters. Its price is 0 where nothing is lost, some points where a line
may end but had better not, and `FORBIDDEN` where it may not.
"""

import re
from enum import StrEnum

from bookmaker.composition import classes as c

FORBIDDEN = float("inf")
#: An address or a code cut at one of its own signs.
_ADDRESS = 4.0
#: After a hyphen or slash inside a Latin word.
_HYPHEN = 3.0
#: A dash or ellipsis at a line's start, where the level allows it.
_DASH_START = 4.0
#: A number parted from its Han unit or measure word; only an overfull line is worse.
_NUMBER_UNIT = 500.0
#: A Latin token longer than this is cut at its signs like an address.
_LONG_TOKEN = 14


class Kinsoku(StrEnum):
    """CLREQ §3.1.8: which marks may not begin or end a line."""

    NONE = "none"
    BASIC = "basic"
    GB = "gb"
    STRICT = "strict"


_NO_START = frozenset(",.;:!?)]}%‰℃°′″％")
_NO_END = frozenset("([{¥￥$£€#№＃")
_SIGNS = frozenset("/.@?&=_-:~+#")
#: Measure words and units that stay with their number: 9个, 3.5亿元, 2024年, 35户.
_MEASURES = frozenset(
    "年月日号时分秒点个位名人户家所座栋幢套台辆架条项件批次届期版页章节款种类亩米吨克元角公里小局封盏"
    "万亿千百十余多倍成度岁天周层级组队支只头匹枚张片块根部本册卷篇首句字口具艘列趟轮笔桩间处厘平立斤升"
    "號時點個戶棟臺輛條項屆頁節種類畝噸億萬餘歲週層級組隊隻頭張塊冊間處盞場"
    "场"
)
_LATIN_UNIT = re.compile(
    r"(?:mm|cm|dm|m|km|g|kg|mg|s|ms|min|h|[KMGT]i?B|[kMG]?W|[kM]?V|m?A|[kMG]?Hz|k?Pa|dB|px|pt|em|B|L|mL)(?![A-Za-z0-9])"
)
_TOKEN = re.compile(r"[!-~]+")
_CUTTABLE = re.compile(rf"[!-~]{{{_LONG_TOKEN + 1},}}|://|@|[A-Za-z][-/][A-Za-z]")


def may_be_cut(text: str) -> bool:
    """True if a line may end inside a Latin word, address or code of this text."""
    return bool(_CUTTABLE.search(text))


def is_cut(price: float) -> bool:
    """True for a break inside an address or code."""
    return price == _ADDRESS


def break_prices(text: str, classes: str, level: Kinsoku = Kinsoku.STRICT) -> list[float]:
    """The price of a line end before each character; index 0 and `len(text)` included.

    `classes` is as long as `text`, which holds one character a cluster.
    """
    count = len(text)
    prices = [0.0] * (count + 1)
    strict = level is Kinsoku.STRICT
    for i in range(1, count):
        pair = classes[i - 1] + classes[i]
        if pair == "HH":
            continue
        prices[i] = _price(text, pair, i, level, strict)
    _keep_latin_together(text, classes, prices)
    _keep_units(text, classes, prices)
    prices[0] = FORBIDDEN
    return prices


def _price(text: str, pair: str, i: int, level: Kinsoku, strict: bool) -> float:
    a, b = pair[0], pair[1]
    if a == c.BREAK:
        return 0.0
    if b in (c.BREAK, c.SPACE):
        return FORBIDDEN
    if a == b and a in (c.DASH, c.ELLIPSIS):
        return FORBIDDEN
    if level is Kinsoku.NONE:
        return FORBIDDEN if a in _NARROW and b in _NARROW else 0.0
    if b in _NEVER_FIRST or a == c.OPENING or text[i] in _NO_START or text[i - 1] in _NO_END:
        return FORBIDDEN
    if level is Kinsoku.GB and text[i - 1] in "/／":
        return FORBIDDEN
    if b in (c.DASH, c.ELLIPSIS):
        return FORBIDDEN if strict else _DASH_START
    return 0.0


_NEVER_FIRST = frozenset({c.CLOSING, c.PAUSE, c.STOP, c.MIDDLE, c.CONNECTOR})
_NARROW = frozenset({c.LETTER, c.DIGIT, c.SIGN})


def _keep_latin_together(text: str, classes: str, prices: list[float]) -> None:
    """No line ends inside a Latin word or number; an address or long code may be cut at its signs."""
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if end - start < 2:
            continue
        token = match[0]
        address = end - start > _LONG_TOKEN or "://" in token or "@" in token
        for i in range(start + 1, end):
            if classes[i - 1] == c.SPACE or classes[i] == c.SPACE:
                continue
            before, after = text[i - 1], text[i]
            if address and before in _SIGNS and after not in _SIGNS and after not in _NO_START:
                digits = before in ".,:" and i > 1 and text[i - 2].isdigit() and after.isdigit()
                prices[i] = FORBIDDEN if digits else _ADDRESS
            elif before in "-/" and text[i - 2 : i - 1].isalnum() and after.isalpha():
                prices[i] = _HYPHEN
            else:
                prices[i] = FORBIDDEN
    for i in range(1, len(text)):
        # Letters beyond ASCII (é, Greek) and their neighbours.
        if prices[i] == 0.0 and classes[i - 1] in _NARROW and classes[i] in _NARROW:
            prices[i] = _HYPHEN if text[i - 1] in "–‐" and text[i].isalpha() else FORBIDDEN


def _keep_units(text: str, classes: str, prices: list[float]) -> None:
    """A number stays with what it counts: 9个, 3.5亿元, 20%, 512 MB."""
    for i in range(1, len(text)):
        if classes[i - 1] != c.DIGIT and not (classes[i - 1] in (c.SPACE, c.SIGN) and i > 1):
            continue
        if classes[i - 1] == c.DIGIT and classes[i] == c.HAN and text[i] in _MEASURES:
            prices[i] = max(prices[i], _NUMBER_UNIT)
            if text[i] in "万亿千百十余多萬億餘" and i + 1 < len(text) and text[i + 1] in _MEASURES:
                prices[i + 1] = max(prices[i + 1], _NUMBER_UNIT)
        elif classes[i - 1] == c.SPACE and text[i - 2].isdigit() and _LATIN_UNIT.match(text, i):
            prices[i] = FORBIDDEN
        elif classes[i - 1] == c.SIGN and text[i - 1] in "%％" and text[i] in _MEASURES:
            prices[i] = max(prices[i], _NUMBER_UNIT / 4)
