"""Quotation marks of Traditional Chinese: “ ” ‘ ’ become 「 」 『 』 by depth.

The Taiwan and Hong Kong rule is the reverse of GB/T 15834 §4.8: 「 outside, 『 inside, 「 again at the
third depth.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

_CLOSING = {"「": "」", "『": "』"}


def corner_quotes(texts: Iterable[str]) -> list[str]:
    """The texts of one block, in order, with corner marks; depth is kept across its inline marks.

    ’ between two Latin letters is an apostrophe and stays.
    """
    texts = list(texts)
    marks = _marks("".join(texts))
    return ["".join(islice(marks, len(text))) for text in texts]


def _marks(text: str) -> Iterator[str]:
    open_marks: list[str] = []
    for index, character in enumerate(text):
        match character:
            case "“" | "‘":
                inside = bool(open_marks) and open_marks[-1] == "「"
                mark = "『" if inside or (character == "‘" and not open_marks) else "「"
                open_marks.append(mark)
                yield mark
            case "’" if _is_apostrophe(text, index):
                yield character
            case "”" | "’":
                default = "「" if character == "”" else "『"
                yield _CLOSING[open_marks.pop() if open_marks else default]
            case _:
                yield character


def _is_apostrophe(text: str, index: int) -> bool:
    around = text[index - 1 : index] + text[index + 1 : index + 2]
    return len(around) == 2 and around.isascii() and around.isalpha()
