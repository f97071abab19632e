"""Who holds which post, as running text says it: organisation, post or chain of posts, name.

    某某集团党委书记、董事长王一二 → (某某集团, 党委书记, 王一二) and (某某集团, 董事长, 王一二)

A post without an organisation of its own takes the one before it in the chain. Posts that several people share
(副市长, 委员, 记者) are left out, and so is who held one before (原, 时任).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bookmaker.clippings.facts.doubts import Place, Text
from bookmaker.clippings.facts.ordinary import segmenter
from bookmaker.script.han import is_han
from bookmaker.script.people import DOUBLE_SURNAMES, has_surname, looks_like_person
from bookmaker.script.tables import opencc
from bookmaker.script.vocabulary import listed

#: These say their own level: 市委副书记、市长 is no 市长 of the 市委.
OF_A_LEVEL = frozenset(listed("省长 市长 区长 县长 镇长 乡长 省委书记 市委书记 区委书记 县委书记 镇委书记"))
#: Posts of which an organisation has one.
_SINGLE = (
    *OF_A_LEVEL,
    *listed(
        "党工委书记 党委书记 党组书记 党支部书记 党总支书记 州委书记 旗委书记 工委书记 团委书记 纪委书记 支部书记 "
        "总支书记 书记 董事长 总经理 总裁 首席执行官 行长 局长 厅长 部长 主任 主席 会长 理事长 院长 校长 台长 社长 "
        "总编辑 总工程师 秘书长 站长 所长 馆长 园长 检察长 厂长 矿长"
    ),
)
#: Of these there are several; they only go on with a chain.
_SHARED = listed("常委 委员 党组成员 党委委员 院士 教授 成员 常务理事 董事")
_POST = re.compile("|".join(sorted(_SINGLE, key=len, reverse=True)))
_LAST_POST = re.compile(f"(?:{'|'.join(sorted((*_SINGLE, *_SHARED), key=len, reverse=True))})$")
#: Before a post: others hold it too, or somebody did once.
_NOT_THE_ONE = re.compile(r"(?:常务副|副|代|原|前|时任|曾任|历任|老|名誉|助理|候任)$")
_FORMER = re.compile(r"(?:原|前任|时任|曾任|历任)")
#: What an organisation's name does not hold; behind these it begins.
_BORDERS = frozenset("与和同跟及由对向在把被让请为是任的了等据从到给以将并也都叫访随见")
_BORDER_WORDS = frozenset(
    listed(
        "会见 采访 专访 介绍 邀请 出席 陪同 拜访 走访 看望 慰问 以及 其中 来自 担任 出任 当选 任命 聘请 听取 对话 此外 "
        "随后 当日 近日 昨日 现任 记者 感谢 不久前 同时 目前 宣布 通报 一行 同志 先生 女士 一起"
    )
)
#: What stands behind a name but no part of it.
_BEHIND = re.compile(
    "[^\u3400-\u9fff]|$|一行|出席|主持|参加|表示|介绍|指出|强调|告诉|认为|坦言|带领|接受|宣布|回忆|感慨|参与|陪同|会见|"
    "代表|感谢|要求|深入|调研|举行|通报|宣读|回应|透露|同志|先生|女士|分别|共同|先后|随后|[说率等在与和对向就到为的及作致讲谈来也还从带摄是又则便]"
)
#: Who meets somebody, behind his post: 某某同.
_MET = re.compile(".{2,3}?[与和同跟]")
_CLAUSE = re.compile("[^。；：！？，,;:!?“”‘’「」\n—\\-（）()]*$")
_LONGEST_CHAIN = 60
#: No paragraph has more: a text that does is none.
_MOST_POSTS = 1000


@dataclass(frozen=True, slots=True)
class Holder:
    """One post with who holds it, in Simplified characters; the organisation is empty where the text names none."""

    organisation: str
    post: str
    name: str
    place: Place

    @property
    def title(self) -> str:
        return self.organisation + self.post


def find_holders(texts: Sequence[Text]) -> Iterator[Holder]:
    """Every post in the texts that a name stands behind, chain by chain."""
    for text in texts:
        for last in islice(_POST.finditer(text.text), _MOST_POSTS):
            if name := _name_at(text.text, last.end()):
                yield from _chain(text, last.end(), name)


def _chain(text: Text, end: int, name: str) -> Iterator[Holder]:
    """The posts of a chain that ends before a name, from left to right."""
    clause = _CLAUSE.search(text.text, max(0, end - _LONGEST_CHAIN), end)
    assert clause is not None  # it may be empty
    organisation = ""
    for before, post in _parts(clause[0]):
        if _FORMER.search(before):
            return
        own = _NOT_THE_ONE.sub("", before)
        organisation = own or ("" if post in OF_A_LEVEL else organisation)
        if post not in _SHARED and own == before:
            yield Holder(opencc("t2s")(organisation), post, opencc("t2s")(name), Place(text, end, len(name)))


def _parts(clause: str) -> list[tuple[str, str]]:
    """The posts of a chain, each with the organisation before it: (某某集团, 党委书记), ("", 董事长)."""
    parts: list[tuple[str, str]] = []
    for part in reversed(re.split("[、兼]", clause)):
        post = _LAST_POST.search(part)
        if post is None:
            break
        before = part[: post.start()]
        parts.append((_trimmed(before), post[0]))
        if len(parts[-1][0]) < len(before):
            break  # the chain begins here: what stands before is somebody else's, or no post
    return parts[::-1]


def _trimmed(before: str) -> str:
    """An organisation without what leads up to it: 与某某集团, 市长某某同某某集团."""
    start = 0
    for post in _POST.finditer(before):
        if met := _MET.match(before, post.end()):
            start = met.end()
    start_of_words = start
    for word in segmenter().words(before[start:]):
        if word.text in _BORDER_WORDS or (len(word.text) == 1 and word.text in _BORDERS) or not is_han(word.text):
            start = start_of_words + word.end
    return before[start:]


def _name_at(text: str, at: int) -> str:
    """The name that begins here, if it is plain where it ends; else nothing."""
    at += text[at : at + 1] in (" ", "\u3000")
    if not has_surname(text[at : at + 2]):
        return ""
    longest = 4 if text[at : at + 2] in DOUBLE_SURNAMES else 3
    names = [text[at : at + length] for length in (longest, longest - 1)]
    ends = [name for name in names if is_han(name) and looks_like_person(name) and _BEHIND.match(text, at + len(name))]
    if len(ends) == 1 and len(ends[0]) == longest:
        return ends[0]
    first = segmenter().words(text[at : at + longest + 3])[0]
    if first.text in ends and first.tag.startswith("nr"):
        return first.text
    return ends[0] if len(ends) == 1 else ""
