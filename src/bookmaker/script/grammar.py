"""Characters that their part of speech decides, where a table's phrase joins two words that only stand side by side."""

from collections.abc import Callable, Iterator

from bookmaker.script.words import Word

#: 并 as a verb: made one, made into, put in.
_MERGED = ("为一", "成一", "作一", "入", "进", "到", "归", "在一起")


_MARKS = frozenset("，。！？、；：”’》）")
#: Plays, which are counted in 齣.
_PLAYS = frozenset("戏剧")
#: jieba's tags of names of people and places, most of them foreign where 里 stands in them.
_NAMES = ("nr", "ns")
#: What is seen, read or said 不準; all else is 不准, forbidden.
_JUDGED = frozenset("读看瞄说拿摸猜吃算听测量打踩踏卡抓把掌")


def by_grammar(text: str, words: list[Word]) -> Iterator[tuple[int, str]]:
    """Where a word's part of speech names the character, and that character in common Traditional."""
    for index, word in enumerate(words):
        rule = _RULES.get(word.text)
        if rule is not None:
            form = rule(text, words, index)
            if form:
                yield from enumerate(form, word.start)
        elif "里" in word.text and word.known and word.tag.startswith(_NAMES):
            yield from ((at, "里") for at in range(word.start, word.end) if text[at] == "里")
        elif word.text[0] == "只" and word.tag == "n" and index and words[index - 1].tag == "m":
            yield word.start, "隻"  # 八百|只羊
        elif word.text[-1] == "出" and word.tag == "m" and _PLAYS & set(text[word.end : word.end + 8]):
            yield word.end - 1, "齣"


def _joins(text: str, words: list[Word], index: int) -> str:
    """研究并购买, 致辞并为…揭牌: a conjunction between two verbs, not the verb of 合并."""
    word = words[index]
    return "並" if word.tag == "c" and not text.startswith(_MERGED, word.end) else ""


def _only(text: str, words: list[Word], index: int) -> str:
    """这只占三成: an adverb before a verb; 这只船 has a noun."""
    before, after = words[index - 1] if index else None, words[index + 1] if index + 1 < len(words) else None
    adverb = before is not None and before.tag == "r" and after is not None and after.tag[0] in "vd"
    return "只" if adverb else ""


def _feeds(text: str, words: list[Word], index: int) -> str:
    """喂三次: a verb; 喂！ is a call."""
    after = text[words[index].end : words[index].end + 1]
    return "餵" if after and after not in _MARKS else ""


def _forbidden(text: str, words: list[Word], index: int) -> str:
    """不准进入 forbids; 读不准 misses."""
    start = words[index].start
    return "不準" if start and text[start - 1] in _JUDGED else "不准"


_RULES: dict[str, Callable[[str, list[Word], int], str]] = {"并": _joins, "只": _only, "喂": _feeds, "不准": _forbidden}
