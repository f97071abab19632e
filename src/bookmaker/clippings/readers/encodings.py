"""Bytes become text. The encoding is told by what comes out: a page seldom says it, and often says it wrong."""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

#: A byte order mark, the codec it stands for, and the name we give it; UTF-32 first, for it begins like UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    (b"\x84\x31\x95\x33", "gb18030", "GB18030"),
)
#: What text without a mark may be; GB18030 holds GBK and GB 2312, Big5-HKSCS holds Big5.
_CODECS = {"UTF-8": "utf-8", "GB18030": "gb18030", "Big5": "big5hkscs"}
#: Labels of web pages (WHATWG Encoding Standard §4.2), without their hyphens.
_LABELS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "xgbk", "chinese", "hzgb2312", "euccn"), "GB18030"),
    **dict.fromkeys(("big5", "big5hkscs", "xxbig5", "cnbig5"), "Big5"),
    **dict.fromkeys(("utf8", "unicode11utf8"), "UTF-8"),
}
_SAMPLE = 100_000  # characters that are enough to tell by
_HINT = 0.2  # what a page's own word about its encoding adds to the score
_LIKELY = 0.5  # below it, the characters that come out are no Chinese
_DAMAGED = 0.1  # the share of characters that may be lost before a file counts as unreadable

#: The marks and the characters most often met in newspapers of either script.
_COMMON = frozenset(
    "，。、；：？！“”‘’（）《》—…·「」『』【】％　"
    "的一是了在不有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法"
    "所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政"
    "四日那社义事平形相全表间样与关各重新线内数正心反明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立"
    "代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别手角期根论运"
    "农指几九区强放决西被干做必先回则任取据处世车市县省报讯记者城企项目投招商营环境才创新服务"
    "這個來們時為國會對發動產說種後學經過電裡進實現體機當點從業應開還東兩間樣與關數線質氣變條沒結問義總題黨員給設長頭資邊"
    "級圖統較將組見計別運農區強戰則處車縣報訊記導輕樓灣港臺"
)

#: What takes no room and shows nothing: controls, marks of direction and joining, soft hyphens, fillers of damage.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\uffff\ufdd0-\ufdef\ud800-\udfff\U000e0000-\U000e007f]+"
)
#: What ends a line or page in some programs, but is none of the line ends we count.
_OTHER_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]+")
_PAGE_HEADS = re.compile("^[\x0b\x0c\x85\u2028\u2029]+", re.MULTILINE)


class UnreadableError(Exception):
    """A file holds no text that can be read: what is wrong with it, and what the editor can do."""

    def __init__(self, what: str, hint: str) -> None:
        self.what, self.hint = what, hint
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it came in, and how many of its characters could not be read (each is a U+FFFD)."""

    text: str
    encoding: str
    damaged: int


def decode(data: bytes, label: str = "") -> Decoded | None:
    """The text of a file; `label` is the encoding that a web page names, a hint that the bytes may refute.

    `None` if no encoding makes Chinese or ASCII of it: it is a picture, a program, or text of another kind.
    """
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _sound(data[len(mark) :].decode(codec, "replace"), name)
    if data.count(0) * 100 > len(data):
        return None
    try:
        return _sound(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _told_apart(data, _LABELS.get(re.sub("[-_ ]", "", label.lower()), ""))


def shown(text: str) -> str:
    """The text without what shows nothing; form feeds and other line ends that nobody counts become a space."""
    return _OTHER_ENDS.sub(" ", _PAGE_HEADS.sub("", _UNSEEN.sub("", text)))


def _told_apart(data: bytes, hinted: str) -> Decoded | None:
    texts = {name: data.decode(codec, "replace") for name, codec in _CODECS.items()}
    scores = {name: _likeness(text) + _HINT * (name == hinted) for name, text in texts.items()}
    best = max(scores, key=lambda name: scores[name])
    return _sound(texts[best], best) if scores[best] >= _LIKELY else None


def _sound(text: str, encoding: str) -> Decoded | None:
    """The text, if it is text: few characters are lost, and few are controls."""
    sample = text[:_SAMPLE]
    controls = sum(sample.count(chr(code)) for code in (*range(9), *range(14, 32), 127))
    damaged = text.count("\ufffd")
    written = len(text) - text.count("\n") - text.count(" ")
    if controls > max(3, len(sample) // 50) or damaged > max(1, written * _DAMAGED):
        return None
    return Decoded(text, encoding, damaged)


def _likeness(text: str) -> float:
    """How much a text is like Chinese, per character beyond ASCII: 2 if every one is most common, 0 or less if none.

    Bytes of GB18030 nearly always decode as Big5 too, and the other way round, but what comes out is rare characters.
    """
    counts = Counter(character for character in text[:_SAMPLE] if character >= "\x80")
    return sum(_weight(character) * count for character, count in counts.items()) / max(1, counts.total())


def _weight(character: str) -> int:
    if character == "\ufffd":
        return -4
    if "\ue000" <= character <= "\uf8ff":
        return -2
    return 2 if character in _COMMON else int(character in _in_use())


@cache
def _in_use() -> frozenset[str]:
    """The characters that both standards put first: level 1 of GB 2312 (3,755) and of Big5 (5,401)."""
    pairs = [(lead, trail) for lead in range(0xA4, 0xD8) for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF))]
    simplified = (bytes(pair).decode("gb2312", "ignore") for pair in pairs if pair[0] >= 0xB0 and pair[1] >= 0xA1)
    traditional = (bytes(pair).decode("big5", "ignore") for pair in pairs if pair[0] <= 0xC6)
    return frozenset("".join((*simplified, *traditional)))
