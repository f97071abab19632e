"""People's names in running text: where a character that tables expand is a surname.

范 is 範 in 示范 and 范 in 范文君; no table can tell, the words around can. For every character that is also a
surname, and that a table would write otherwise, evidence is added up: a title before or after (记者 范…, …主任),
a verb behind, other names beside, characters that given names are made of, what the segmenter takes the words
for. Nothing here is a list of persons.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bookmaker.script.vocabulary import listed
from bookmaker.script.words import Word, occurrences

#: Surnames that are other words too, with their form in a name; after 通用规范汉字表 (2013), appendix 1, and
#: the Ministry of Education's dictionary of Taiwan.
SURNAMES: dict[str, str] = {
    **{c: c for c in "范于余游干谷种岳涂郁党后卜丑朱沈曲姜胡占台里舍向征秋松蒙折术仆斗冬千才布家朴佘厘郗系志"},
    "钟": "鍾",
    "叶": "葉",
    "万": "萬",
    "宁": "寧",
    "苏": "蘇",
}
#: Double surnames with such a character inside.
DOUBLE_SURNAMES: dict[str, str] = {
    "万俟": "万俟",
    "淳于": "淳于",
    "鲜于": "鮮于",
    "澹台": "澹臺",
    "钟离": "鍾離",
}
#: Given names keep these; elsewhere tables are right.
GIVEN: dict[str, str] = {c: c for c in "岳里斗余谷松秋志才升占向朴卜丑曲沈家"}
#: Characters that given names of today are commonly made of.
_TYPICAL = frozenset(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红鹏飞辉玲建国志文海波宇浩峰春晓东林斌俊凯龙云山川江"
    "河永庆福贵荣昌祥瑞德仁义礼智信忠孝廉达远光耀宏伯仲叔季良栋梁材新民卫家兴旺富康健安宁泰和顺利成功立业学思"
    "敬贤才俊雄豪毅坚正直清廉洁洁莉萍燕雪梅莲荷菊琴琳珊珍珠瑛瑶璐璇琪琦淑惠慧颖颜婷婉怡悦欣然雅诗琼馨蕾薇蓉晨"
    "旭阳昊天子轩梓涵浩博睿哲翔鸿鹤树森柏松桦楠彬炜炎煜焕灿鑫锋锐钢铁铭锦银金宝珂珏琨琛世少元启承继祖宗邦定胜"
    "凡帆航舟渊源深润泽沛洪涌流晖景星月辰虎彪骏骥驰腾跃进步前程万里先克勤俭恒久长生根培育植田园吉如意运岳发谷"
    "恒冰雨雷霆风霜寒冬夏秋晴岚岩峻岭崇高巍耕牧农工商士兵武斗奋勉励行道亮宽茂盛丰满圆方尚喜乐欢笑琢璞玮璋佳倩"
    "媛嫣妍妮娇娥婵翠碧青紫丹彤虹霓双全友朋亚亦亿乃若诚实真善美爱心念怀恩培晋鲁豫湘粤绍振大小一二三中之其"
)
#: Surnames of one character that no table touches, but whose given names it may.
_OTHER_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马高林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅曾彭吕卢蒋蔡贾丁魏薛阎潘杜戴夏汪田任方"
    "石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦"
    "俞章鲁葛伍韦申尤毕聂焦柳邢路岑齐梅莫庄辛管祝左包宁柴车房边尚裴苗焦甄景连关费成靳闫欧解柏单牟游阮詹"
)
#: What names of places and offices end in, and names of people do not.
_NO_ENDINGS = frozenset("街路院区县市镇乡村局厅部会社司厂校所站园馆楼桥寺塔店铺港湾沟庄屯堡坡省州国报网台队组")
#: Words so common that a name must have better evidence.
_COMMON = frozenset("于后向占种斗冬干万宁")
#: Hardly anybody is called so, and everybody writes them.
_RARE = frozenset("党里家台布千才术系志舍征")

_TITLE_ENDINGS = frozenset("者员长师生手家工户理裁任记授士傅匠官兵编影摄民总嫂姐哥叔婶爷妈")
_TITLES = frozenset(
    listed(
        "记者 通讯员 责编 编辑 校对 美编 摄影 摄 文 图 作者 主任 副主任 书记 副书记 市长 县长 区长 局长 厅长 "
        "处长 科长 院长 校长 所长 行长 社长 站长 队长 班长 董事长 总经理 经理 总裁 总监 总工 教授 研究员 院士 "
        "博士 主席 委员 代表 负责人 同志 先生 女士 老师 师傅 医生 大夫 律师 工程师 老板 会长 理事长 秘书长 "
        "部长 省长 镇长 乡长 村长 支书 司机 村民 居民 市民 学生 演员 导演 选手 教练 姓 专家 参谋 干事 常委 "
        "市委常委 烈士 将军 小姐 总 劳模 模范 冠军 得主 同学 战士 民警 创始人 发起人 大爷 大妈 大娘 大叔 大姐 "
        "大哥 阿姨 叔叔 奶奶 爷爷 法人 股东 合伙人 当事人 传承人 带头人 主持人 联系人 经办人 候选人 发言人"
    )
)
_LONG_TITLES = tuple(sorted(title for title in _TITLES if len(title) > 1))
_SAYS = frozenset(listed("说 表示 介绍 认为 告诉 指出 坦言 强调 称 回忆 感慨 讲 谈 和 与 等 的 是 在 一行 摄 撰文"))
#: What a person named after 由 does.
_ORGANISES = frozenset(
    listed("主持 主讲 宣布 讲解 带队 担任 致辞 牵头 执导 领衔 解说 饰演 创办 撰写 负责 主编 设计 率队 出任 主刀")
)
_BEFORE_NAMES = frozenset(
    listed(
        "叫 名叫 叫做 名为 、 和 与 及 以及 — 由 让 请 采访 走访 看望 慰问 拜访 会见 邀请 陪同 感谢 给 跟 同 "
        "找 听 向 为 被 把 对 比"
    )
)
_FUNCTION = frozenset(
    "的了是在和与或等也都就不有为以及将这那由对从到被把向而但若则并且，、。；：！？（）《》“”‘’〈〉 \u3000"
)
_CONJUNCTIONS = frozenset("和与为将从向由")
_SEPARATORS = frozenset(" \u3000、，。；：！？（）()《》“”‘’〈〉「」『』—…|/\n\t")
#: jieba's tags of words that are no given name: times, numbers, pronouns, directions, places within.
_NO_NAMES = frozenset("tmrfs")
_STOPS = frozenset("，。；：！？“‘「『（\n")


@dataclass(frozen=True, slots=True)
class Person:
    """A name found in a text: where it stands, the length of its surname, and the points of evidence for it."""

    start: int
    end: int
    surname: int
    points: float


def find_people(
    text: str,
    words: list[Word],
    differs: Callable[[int, str], bool],
    is_word: Callable[[str], bool],
    is_phrase: Callable[[str], bool],
    *,
    short_of: float = 0.0,
) -> Iterator[Person]:
    """Names that a table would write otherwise; `differs(i, form)` says if it writes another form at i.

    `is_word` knows the dictionary, `is_phrase` the words that a table converts as a whole: those are no names.
    `short_of` is how many points may be lacking, but for surnames that are common words.
    """
    candidates = [at for at, character in enumerate(text) if character in SURNAMES and differs(at, SURNAMES[character])]
    # A surname that is safe, with a given name that is not: 王岳山.
    candidates += [
        at - back
        for at, character in enumerate(text)
        if character in GIVEN and differs(at, GIVEN[character])
        for back in (1, 2)
        if at >= back and (text[at - back] in _OTHER_SURNAMES or text[at - back] in SURNAMES)
    ]
    candidates += [at for double in DOUBLE_SURNAMES if double in text for at in occurrences(text, double)]
    if not candidates:
        return
    view = _View(text, words, is_word, is_phrase)
    done = 0
    for at in sorted(set(candidates)):
        found = view.name_at(at, short_of) if at >= done else None
        if found is not None:
            done = found.end
            yield found


def has_candidates(text: str, table: str) -> bool:
    """True if a character of the text could belong to a name and would then be written otherwise; quickly told."""
    return any(
        (old in SURNAMES and SURNAMES[old] != new) or (old in GIVEN and GIVEN[old] != new)
        for old, new in zip(text, table, strict=True)
    ) or any(double in text for double in DOUBLE_SURNAMES)


def has_surname(name: str) -> bool:
    """True for what begins with a surname, single or double."""
    return name[:2] in DOUBLE_SURNAMES or name[:1] in SURNAMES or name[:1] in _OTHER_SURNAMES


def looks_like_person(name: str) -> bool:
    """True for what, named by itself, is a person rather than a place or an office: 钟志岳, not 钟楼街."""
    longest = 4 if name[:2] in DOUBLE_SURNAMES else 3
    return has_surname(name) and 2 <= len(name) <= longest and name[-1] not in _NO_ENDINGS


def in_name(name: str, script_form: Callable[[str], str]) -> str:
    """A person's name in Traditional characters: surname by its own table, given name by the common one."""
    bare = name.strip()
    lead = name[: len(name) - len(name.lstrip())]
    if bare[:2] in DOUBLE_SURNAMES:
        surname, given = DOUBLE_SURNAMES[bare[:2]], bare[2:]
    elif bare[:1] in SURNAMES:
        surname, given = SURNAMES[bare[0]], bare[1:]
    else:
        surname, given = script_form(bare[:1]), bare[1:]
    kept = "".join(GIVEN.get(c, "") or script_form(c) for c in given)
    return lead + surname + kept + name[len(lead) + len(bare) :]


class _View:
    """A text with its words, looked at for names."""

    def __init__(
        self, text: str, words: list[Word], is_word: Callable[[str], bool], is_phrase: Callable[[str], bool]
    ) -> None:
        self._text = text
        self._is_word = is_word
        self._is_phrase = is_phrase
        self._starts = {word.start: word for word in words}
        self._ends = {word.end: word for word in words}
        self._over = {at: word for word in words for at in range(word.start, word.end)}

    def name_at(self, at: int, short_of: float) -> Person | None:
        """The best name that begins here, if the evidence suffices."""
        text, over = self._text, self._over[at]
        width = 2 if text[at : at + 2] in DOUBLE_SURNAMES else 1
        if over.start < at:
            if len(over.text) == 2 and over.text[0] in "老小" and text[at] not in _COMMON | _RARE:
                return Person(at, at + 1, 1, 4.0)
            left = self._left_inside(at, over)
        else:
            left = self._left(at)
        # A word that a table knows begins here: no name, unless a title says so and the name goes on behind it.
        known = over.start == at and len(over.text) > width and self._is_phrase(over.text)
        best: Person | None = None
        for length in (width + 2, width + 1, width):
            end = at + length
            if end > len(text) or not self._is_given(at + width, end):
                continue
            right = self._right(end, length - width)
            titled = left >= 3.0 and right >= 1.0 and end > over.end
            if known and not titled:
                continue
            points = left + right + (0.0 if known else self._inner(at, end, width, titled=titled))
            need = self._need(at, over, alone=length == width)
            if text[at] not in _COMMON | _RARE | _OTHER_SURNAMES:
                need -= short_of
            if points >= need and (best is None or points > best.points):
                best = Person(at, end, width, points)
        return best

    def _need(self, at: int, over: Word, *, alone: bool) -> float:
        if self._text[at] in _RARE:
            return 5.0
        if alone and self._text[at] in _COMMON:
            return 5.0
        return 4.0 if alone or over.start < at or self._text[at] in _COMMON else 3.0

    def _is_given(self, start: int, end: int) -> bool:
        """True if these characters may be a given name; 和 may where no conjunction can stand, before a mark."""
        given = self._text[start:end]
        if given[-1:] in _CONJUNCTIONS and len(given) > 1 and self._text[end : end + 1] in _SEPARATORS | {""}:
            given = given[:-1]
        return not any(c in _FUNCTION or not _is_han(c) for c in given)

    def _left_inside(self, at: int, over: Word) -> float:
        """A surname inside a word (工程|师范|仲明): what stands before it must be a title by itself."""
        text = self._text
        # 博士后 is a word, whatever it begins with.
        first = over.start if over.known else at - 1
        if any(self._is_title(text[start:at]) for start in range(max(0, at - 4), first)):
            return 3.0
        if text[over.start : at] == "由" and any(
            text.startswith(verb, at + 2) or text.startswith(verb, at + 3) for verb in _ORGANISES
        ):
            return 3.0
        return 0.0 if over.tag.startswith("nr") else -9.0

    def _is_title(self, word: str) -> bool:
        return word in _TITLES or (word[-1] in _TITLE_ENDINGS and self._is_word(word))

    def _left(self, at: int) -> float:
        """What stands before a surname."""
        text = self._text
        name = at
        while at > 0 and text[at - 1] in " \u3000":
            at -= 1
        if at == 0 or text[at - 1] in _STOPS:
            return 1.0
        before = self._ends.get(at)
        if before is None:
            return -2.0
        if before.text.endswith(_LONG_TITLES) or before.text in _TITLES:
            return 3.0
        if before.tag.startswith("n") and before.text[-1] in _TITLE_ENDINGS and len(before.text) > 1:
            return 3.0
        if before.tag.startswith("nr"):
            return 2.0 if at < name else 0.0
        if before.text == "、" and before.start in self._ends and self._ends[before.start].tag.startswith("nr"):
            return 2.0
        if before.text in _BEFORE_NAMES:
            return 1.5
        return 1.0 if at < name or text[at - 1] in _SEPARATORS else 0.0

    def _right(self, end: int, given: int) -> float:
        """What stands behind a name of `given` characters after its surname."""
        text = self._text
        if end == len(text):
            return 1.0 if given else 0.0
        if text[end] == "某":
            return 4.0
        behind = self._starts.get(end)
        if behind is None:
            guess = self._over[end]
            return -2.0 if guess.known or guess.start >= end else 0.0
        if behind.text in _TITLES:
            return 3.0
        if behind.tag[0] in "nb" and behind.text[-1] in "长记任授总师员" and len(behind.text) > 1:
            return 3.0
        if not given:
            return -2.0
        if text[end] in _SEPARATORS:
            beyond = self._starts.get(end + 1)
            return 2.0 if text[end] in "、 \u3000" and beyond is not None and beyond.tag.startswith("nr") else 1.0
        if behind.text in _SAYS:
            return 1.5
        return 1.0 if behind.tag[0] in "vpd" else 0.0

    def _inner(self, at: int, end: int, width: int, *, titled: bool) -> float:
        """What the name itself says: the segmenter's guess, and what its given name is made of."""
        given = self._text[at + width : end]
        typical = 2.0 if len(given) == 2 and _TYPICAL.issuperset(given) else 0.0
        word, second = self._starts.get(at), self._starts.get(at + width)
        if second is not None and second.end == end and second.known and second.tag[0] in _NO_NAMES:
            return -4.0
        if word is None:
            return typical if end in self._ends else -2.0
        if self._text[at] in _RARE and not word.known:
            return typical
        if word.end == end and given and word.tag.startswith("nr"):
            return 2.0
        if word.end == end and given and (not word.known or word.tag in ("ns", "nz")):
            return max(1.0, typical)
        if word.known and len(word.text) > width and not word.tag.startswith("nr") and not titled:
            return -4.0
        if word.end > end:
            return -3.0 if word.known else typical - 1.0
        return typical if end in self._ends else -2.0


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000"
