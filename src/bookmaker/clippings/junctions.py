"""Junctions: how well one fragment of text goes on in another, and how they are joined without loss or doubling.

The evidence is what the page itself writes elsewhere (太忻|经济区), words of the dictionary that lie across the break
(启|动), and beginnings that no sentence has (的…). Measures are points; above 0 speaks for the junction.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bookmaker.clippings.signs import is_lead, starts_badly
from bookmaker.script.han import is_han
from bookmaker.script.words import Segmenter

_NEAR = 12
#: So many characters repeated at a break are the same line twice; one or two may be chance.
_LONGEST_REPEAT = 40
#: jieba's tags of what no paragraph begins with, standing alone.
_BOUND = frozenset({"zg", "g", "ng", "vg", "ag", "tg", "dg", "k", "y", "u", "ul", "uz", "ug", "uj", "q", "f"})
_NUMERALS = frozenset("一二三四五六七八九十百千万亿两几数")
_UNIT = re.compile(
    r"[%％‰.．]|(?:余|多|来)?(?:万|亿|千|百|十)?(?:个|名|人|户|家|项|条|座|台|套|吨|元|米|公里|平方|立方|公斤|克|升|亩|公顷|度|小时|分钟|秒|天|周"
    r"|年|月|日|号|岁|次|倍|位|件|种|批|所|村|支|根|块|张|盏|辆|艘|只|头|层|页|处|场|届|毫米|厘米|千瓦|摄氏度|标箱|成|分|道|枚|份|笔|滴)"
)
#: Behind a number these may count too, or begin the name of what is counted.
_OTHER_UNITS = frozenset("多余来大条片")
#: jieba's tags (ICTCLAS): what may well stand behind a word of a kind, and what may not.
_BEHIND = {
    "m": ("qmn", "pcdr"),
    "q": ("nabl", "c"),
    "d": ("vadpm", "nt"),
    "p": ("nrtsmvf", "ucdq"),
    "c": ("nvarm", "uq"),
    "uj": ("nvabmlj", "pcuq"),
    "ul": ("mnqrvd", "u"),
    "v": ("nvrmua", ""),
    "r": ("qnvd", ""),
    "b": ("nb", "pcdr"),
}
_BEHIND_NAMES = ("一行", "等", "表示", "说", "介绍", "指出", "强调", "认为", "告诉")
_OPENING = frozenset("“‘《（【「『")
_PAUSES = frozenset("，、：；,")
_CLOSING = frozenset("，。；：！？、）》”’」』】")
_SAYING = (
    "说",
    "道",
    "表示",
    "介绍",
    "指出",
    "强调",
    "认为",
    "称",
    "告诉",
    "是",
    "的",
    "了",
    "和",
    "为",
    "在",
    "以",
    "推进",
    "开展",
    "打造",
    "实施",
    "落实",
    "建设",
    "于",
    "把",
    "将",
    "与",
    "及",
    "等",
    "对",
)


#: jieba's tags of people, places and offices.
_NAMES = ("nr", "ns", "nt")
#: What a word that the other half does not begin speaks against a junction.
_NOT_ITS_WORD = 1.0


@dataclass(frozen=True, slots=True)
class Joint:
    """Two fragments as one: `cut` characters were taken off the first one's end, `skip` off the second one's head."""

    cut: int = 0
    skip: int = 0
    why: str = ""


class Joiner:
    """Judges junctions on one page."""

    def __init__(self, texts: Sequence[str], segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._grams: dict[str, int] = {}
        for text in texts:
            for size in (1, 2, 3, 4):
                for at in range(len(text) - size + 1):
                    gram = text[at : at + size]
                    self._grams[gram] = self._grams.get(gram, 0) + 1
        self._whole = "\n".join(texts)

    def points(self, before: str, after: str) -> float:
        """How well `after` goes on where `before` breaks off in mid-sentence; about -6 to 8."""
        joint = self.joint(before, after)
        tail = before[-_NEAR:][: len(before[-_NEAR:]) - joint.cut]
        head = after[joint.skip : joint.skip + _NEAR]
        if not tail or not head:
            return -2.0
        across = self._across(tail, head)
        points = self._at_edges(tail, head) + self._attested(tail, head, joint.skip) + across
        points += self._by_grammar(tail, head)
        if not across and self._is_rest_of_word(head):
            points -= _NOT_ITS_WORD
        # A character on both sides of a break is mostly chance: many paragraphs begin so.
        return points + (0.0 if joint.skip == 1 else 0.5 if joint.skip or joint.cut else 0.0)

    def _at_edges(self, tail: str, head: str) -> float:
        """What the two characters at the break say."""
        points = 0.0
        if is_lead(head):
            points -= 2.0
        if head[0] in _OPENING and tail[-1] not in _PAUSES and not tail.endswith(_SAYING):
            points -= 2.5 if head[0] in "“‘「『" else 0.5
        if starts_badly(head):
            points += 2.5 if tail[-1] not in _PAUSES or head[0] in "”’）》" else -3.0
        elif tail[-1] in _PAUSES:
            points += 0.5
        return points

    def _attested(self, tail: str, head: str, skip: int) -> float:
        """The page writes the same characters elsewhere; what was skipped at the second half's head proves nothing."""
        if tail[-1] in _PAUSES:
            return 0.0
        points = 0.0
        for left, right in ((2, 2), (3, 1), (1, 3)):
            gram = tail[-left:] + head[:right]
            if len(gram) == 4 and self._grams.get(gram, 0) > (left <= skip):
                points += 1.5
        for left, right in ((2, 1), (1, 2)):
            gram = tail[-left:] + head[:right]
            if len(gram) == 3 and self._grams.get(gram, 0) > (left <= skip):
                points += 0.7
        return min(points + self._expected(tail[-1] + head[0], skip > 0), 4.0)

    def _expected(self, pair: str, skipped: bool) -> float:
        """How regularly the page sets the second character behind the first, or the first before the second: 韦|韬."""
        together = self._grams.get(pair, 0) - skipped
        if together < 2:
            return 0.0
        return 1.8 * max(together / self._grams[pair[0]], together / self._grams[pair[1]])

    def _across(self, tail: str, head: str) -> float:
        """A word lies across the break, and the halves are none by themselves."""
        both = tail + head
        over = [w for w in self._segmenter.words(both) if w.start < len(tail) < w.end and len(w.text) > 1]
        if not over:
            return 0.0
        word = over[0]
        if not word.known:
            return 0.3
        left, right = tail[word.start - len(tail) :], head[: word.end - len(tail)]
        begins = self._segmenter.words(head)[0]
        if begins.tag.startswith(_NAMES) and len(begins.text) > len(right):
            return 0.0  # 一|程立群 is no 一程
        # Single characters are hardly words by themselves.
        return 1.0 + (len(left) == 1) + (len(right) == 1)

    def _by_grammar(self, tail: str, head: str) -> float:
        """What may stand behind the last word before the break: a unit behind a number, a verb behind an adverb …"""
        if tail[-1].isdigit() or tail[-1] in _NUMERALS:
            number = _UNIT.match(head) or (tail[-1].isdigit() and head[0].isdigit())
            return 2.5 if number else 0.0 if head[0] in _OTHER_UNITS else -1.0
        if tail[-1] in ".:：" and tail[-2:-1].isdigit():
            return 3.0 if head[0].isdigit() else -3.0
        last, first = self._segmenter.words(tail)[-1], self._segmenter.words(head)[0]
        good, bad = _BEHIND.get(last.tag[:1] if last.tag[:1] != "u" else last.tag, ("", ""))
        if last.tag.startswith("nr") and head.startswith(_BEHIND_NAMES):
            return 1.5
        if first.tag[:1] in good:
            return 0.6
        return -1.0 if first.tag[:1] in bad else 0.0

    def _is_rest_of_word(self, head: str) -> bool:
        """True for two characters before a mark that are no word: they end one that began before the break."""
        return len(head) > 2 and head[2] in "，。、；：" and is_han(head[:2]) and not self._segmenter.is_word(head[:2])

    def roughness(self, text: str) -> float:
        """How little a text begins as a paragraph does, in points from 0 to 3."""
        if starts_badly(text):
            return 3.0
        first = next((at for at, c in enumerate(text[:8]) if c in "，。、；：！？”’）》"), 8)
        if first <= 2 and text[:1] not in "“‘《（" and not text[:first].isdigit():
            # 会上，… begins a sentence, 动，… and 表示。 do not.
            word = first == 2 and text[2] in "，、：" and self._segmenter.is_word(text[:2])
            return 0.7 if word and text[2] == "、" else 0.0 if word else 2.5
        if text[first : first + 1] == "、":
            return 0.7
        words = self._segmenter.words(text[:10])
        if words and len(words[0].text) == 1 and words[0].tag in _BOUND:
            return 1.5
        return 0.0

    def joint(self, before: str, after: str) -> Joint:
        """How two fragments are joined: what the break repeated goes once."""
        for size in range(min(_LONGEST_REPEAT, len(before), len(after)), 1, -1):
            if before.endswith(after[:size]) and (size > 3 or self._is_repeat(before, after, size)):
                return Joint(0, size, f"“{after[:size]}” stands on both sides of the break")
        if before[-1:] == after[:1] and self._is_repeat(before, after, 1):
            return Joint(0, 1, f"“{after[:1]}” stands on both sides of the break")
        if self._is_stray(before, after):
            return Joint(
                1, 0, f"“{before[-1]}” was left there by the break: the page writes the words without it elsewhere"
            )
        return Joint()

    def _is_repeat(self, before: str, after: str, size: int) -> bool:
        """True if what stands on both sides is one: kept twice, it would be no word of either side's."""
        part = after[:size]
        if not part.strip() or part[0] in "“”‘’（）《》" or part.isdigit():
            return False
        if size == 1 and part in _CLOSING:
            return True
        both = before[-_NEAR:] + after[:_NEAR]
        middle = min(len(before), _NEAR)
        words = self._segmenter.words(both)
        left = next((w for w in words if w.start < middle <= w.end), None)
        right = next((w for w in words if w.start <= middle < w.end), None)
        if left is None or right is None or left is right:
            return left is None or not left.known  # 天天 is a word
        natural = self._stands(left.text, size) and self._stands(right.text, size)
        return not natural

    def _stands(self, word: str, size: int) -> bool:
        """True for a word that holds more than what is repeated: 学院|院长."""
        return len(word) > size and self._segmenter.is_word(word)

    def _is_stray(self, before: str, after: str) -> bool:
        """A single character behind a mark, 管理、创|项目化, that the page lacks where it says the same again."""
        if len(before) < 5 or before[-2] not in _PAUSES or len(after) < 4:
            return False
        return before[-5:-1] + after[:4] in self._whole and before[-3:] + after[:2] not in self._whole
