"""Short names of places: 并 is 并 where it stands for Taiyuan (驻并、来并), and 並 where it joins two verbs."""

import re
from collections.abc import Iterator, Mapping

from bookmaker.script.vocabulary import listed
from bookmaker.script.words import Word

#: What goes before a place and never before a conjunction: 在并项目, 驻并企业, 返（抵）并人员.
_TOWARDS = frozenset(listed("在 驻 来 返 抵 赴 离 到 回 入 留 莅 由 自 从 至 访 居 全 古 近 寓 客 迁 进 出 飞 旅 援"))
_BRACKETS = frozenset("）)")
#: What goes behind a short name of a place as its part: 并城, 并籍.
_PARTS = frozenset("城门垣籍")
#: A conjunction's company: 并不, 并未, 并非.
_NEGATIONS = frozenset("不非未没无")
#: What villages named after a family end in: 于家庄, 范家沟.
_VILLAGE = re.compile(r"(.)家[庄村沟湾寨营屯堡坡岭洼峪坪窑河塔梁咀滩店集巷桥坟山]")
_LISTS = frozenset("、和与")
#: Neighbours in a list of places: 晋并, 京、津、并.
_OTHERS = frozenset("京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云陕甘青宁新港澳台忻")


#: Verbs of motion that also stand behind another verb: 引进来并…, 提到并….
_DIRECTIONS = frozenset("来到回入出进")


def short_names(text: str, words: list[Word], names: frozenset[str]) -> Iterator[int]:
    """The places in the text of those characters that stand for a place."""
    for index, word in enumerate(words):
        for at in range(word.start, word.end):
            # A guess of the segmenter that holds the character is no word.
            if text[at] in names and (len(word.text) == 1 or not word.known) and _is_place(text, words, index, at):
                yield at


def villages(text: str, surnames: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """The surnames in names of villages, each with its place in the text and its form."""
    for match in _VILLAGE.finditer(text):
        if form := surnames.get(match[1]):
            yield match.start(), form


def _is_place(text: str, words: list[Word], index: int, at: int) -> bool:
    after, before = text[at + 1 : at + 2], text[at - 1 : at] if at else ""
    if after in _NEGATIONS:
        return False
    if after in _PARTS or (before in _LISTS and text[at - 2 : at - 1] in _OTHERS):
        return True
    if after in _LISTS and text[at + 2 : at + 3] in _OTHERS:
        return True
    if before in _BRACKETS:
        return text[at - 2 : at - 1] in _TOWARDS
    if before not in _TOWARDS:
        return False
    word = words[index] if words[index].start < at else words[index - 1]
    if word.known and len(word.text) > 1:
        return False
    verb = words[index - 2] if index > 1 and word is words[index - 1] else None
    return not (before in _DIRECTIONS and verb is not None and verb.tag.startswith("v"))
