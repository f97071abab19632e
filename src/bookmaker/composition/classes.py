"""Character classes: what a character is to the lines of a Chinese text.

After CLREQ §3.1 and JLREQ §3.9, cut down to the distinctions that spacing and breaking need. A class is
one letter, so that the classes of a text are a string, and a pair of neighbours is a two-letter key.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

HAN = "H"  # ideographs, kana, bopomofo, every other full-width character
OPENING = "O"  # （ 《 “ …: blank on the left
CLOSING = "C"  # ） 》 ” …: blank on the right
PAUSE = "P"  # 、，；：
STOP = "S"  # 。！？
MIDDLE = "M"  # ·
DASH = "D"  # —, two of which are one 破折号
ELLIPSIS = "E"  # …, two of which are one 省略号
LETTER = "L"  # Latin, Greek, Cyrillic
DIGIT = "N"
SPACE = "W"
SIGN = "X"  # every other narrow character: - / @ %
RAISED = "R"  # a note's number, above the line
CONNECTOR = "T"  # ～: full-width, not at a line's start
WIDE_SIGN = "F"  # ／ ％ ￥ ＃: full-width, solid, with a side it keeps to
BREAK = "B"  # a forced line end
OBJECT = "G"  # a picture or another box in the line, as U+FFFC

_GROUPS = {
    OPENING: "（「『《〈【〔〖〘〚［｛“‘",
    CLOSING: "）」』》〉】〕〗〙〛］｝”’",
    PAUSE: "、，；：",
    STOP: "。．！？",
    MIDDLE: "·‧・",
    DASH: "—―⸺",
    ELLIPSIS: "…⋯",
    CONNECTOR: "～〜",
    WIDE_SIGN: "／％￥＄￡￠＃－",
    SPACE: " \u00a0",
    BREAK: "\n",
    OBJECT: "\ufffc",
}
MIDDLE_DOTS = frozenset(_GROUPS[MIDDLE])
#: Classes whose characters have a narrow, Latin form as well: “ in a Latin face is a sign.
_TWO_FORMS = frozenset(OPENING + CLOSING + PAUSE + STOP + MIDDLE + DASH + ELLIPSIS + CONNECTOR)
#: A form narrower than this part of an em is the Latin one.
_NARROW = 0.8


class _Classes(dict[int, str]):
    """The class of every code point, worked out once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.east_asian_width(character) in "WF":
            found = HAN
        elif character.isdigit():
            found = DIGIT
        elif character.isalpha() or unicodedata.category(character) == "Mn":
            found = LETTER
        else:
            found = SIGN
        self[code] = found
        return found


_CLASSES = _Classes({ord(c): letter for letter, group in _GROUPS.items() for c in group})


def classify(text: str) -> str:
    """The classes of a text, one letter a character."""
    return text.translate(_CLASSES)


def fit_to_width(classes: str, widths: Iterable[float]) -> str:
    """The classes with narrow forms of marks made signs; `widths` are advances in em, one a character."""
    if not _TWO_FORMS.intersection(classes):
        return classes
    return "".join(
        SIGN if letter in _TWO_FORMS and width < _NARROW else letter
        for letter, width in zip(classes, widths, strict=True)
    )


def with_narrow_forms(classes: str, odd: Mapping[int, float], sizes: Sequence[float] | None) -> str:
    """The same, of only the `odd` widths, which are not the character's size (1, but for `sizes`)."""
    if not odd or _TWO_FORMS.isdisjoint(classes):
        return classes
    found = list(classes)
    for at, width in odd.items():
        if classes[at] in _TWO_FORMS and width < _NARROW * (sizes[at] if sizes is not None else 1.0):
            found[at] = SIGN
    return "".join(found)
