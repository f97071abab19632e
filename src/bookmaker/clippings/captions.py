"""Pictures: captions and credits, by the words they begin and end with (图为…, … 张三 摄, （李四供图）)."""

import re

from bookmaker.clippings.bylines import HAN, closed_names, is_name, is_office
from bookmaker.clippings.traditional import in_simple

_GAP = "[ \u3000]"
_WORDS = "摄影报道|摄影|摄|供图|提供|绘|制图"
_BRACKETED = re.compile(rf"{_GAP}*[（(]([^（()）]{{2,40}}?{_GAP}*(?:{_WORDS}|资料图|资料图片)|资料图片?)[）)]{_GAP}*$")
_ROLE = re.compile(rf"{_GAP}*({_WORDS}){_GAP}*$")
_STOP = re.compile("[。！？”）]")
_PREFIX = re.compile("(?:本报)?(?:全媒体|见习|实习|首席|特约)?(?:记者|通讯员|实习生)")
#: One credit for several pictures.
_FOR_ALL = re.compile(
    rf"[（(]?(?:图[①-⑨\d]*|图片|照片|本版图片|均|[①-⑨]+)[^，。]{{0,6}}?(?:均|皆|全部)?(?:由|为)([^，。（()）]{{2,24}}?)(?:{_WORDS})[）)]?"
)
_LEAD = re.compile(
    r"(?:图为|图[①-⑨一二三四五六\d]{1,2}[：:为、 ]|[①-⑨](?:图|[：:])|[左右上下][一二]?图[：:为，]|[▲△▼▽◀▶]"
    r"|[（(][左右上下][）)]?图|资料图|图片说明)"
)
_SCENE_START = re.compile(
    r"(?:[^，。]{0,8}?(?:工作人员|技术员|技术人员|施工人员|工人们?|市民|游客|村民|志愿者|孩子们|选手|学生|居民|社区|师傅)[^，。]{0,6}?(?:正在|在)|图为|夜色|航拍|俯瞰|[^，。]{2,14}正在)"
)


def credit_of(text: str) -> tuple[str, str] | None:
    """A caption and its credit; the caption is empty where the line is the credit alone; `None` without one."""
    simple = in_simple(text)
    if _FOR_ALL.fullmatch(simple):
        return "", text.strip("（()）")
    if found := _BRACKETED.search(simple, max(0, len(text) - 48)):
        return text[: found.start()].rstrip(" \u3000"), text[found.start(1) : found.end(1)].strip()
    role = _ROLE.search(simple, max(0, len(text) - 10))
    start = _credit_start(simple, role.start()) if role else None
    if start is None:
        return None
    return text[:start].rstrip(" \u3000（("), text[start:].strip()


def _credit_start(text: str, end: int) -> int | None:
    """Where the names before 摄 begin: as many words as can be names, back to a full stop; or an office's name."""
    stops = [found.end() for found in _STOP.finditer(text, 0, end)]
    low = stops[-1] if stops else 0
    words = [(low + found.start(), found[0]) for found in re.finditer("[^ \u3000、，,/]+", text[low:end])]
    if stops and words and all(re.fullmatch(f"[{HAN}]{{1,3}}", word) for _, word in words) and len(words) <= 8:
        return words[0][0]
    start: int | None = None
    while words:
        at, word = words.pop()
        if len(word) == 1 and words and len(words[-1][1]) == 1 and re.fullmatch(f"[{HAN}]", word):
            start = words.pop()[0]
        elif is_name(word) or is_name(_PREFIX.sub("", word, count=1)) or _PREFIX.fullmatch(word):
            start = at
        else:
            break
    if start is None and low < end:
        segment = text[low:end].strip()
        if len(segment) <= 24 and is_office(segment):
            return low + (len(text[low:end]) - len(text[low:end].lstrip()))
    return start


def is_for_all(text: str) -> bool:
    """True for a credit of several pictures: 图①②均由本报记者 窦清 摄."""
    return bool(_FOR_ALL.fullmatch(in_simple(text)))


def credit_for_all(text: str) -> str:
    """Who took several pictures: 窦清 摄 of 图①②均由本报记者 窦清 摄."""
    found = _FOR_ALL.fullmatch(in_simple(text))
    if not found:
        return ""
    return closed_names(text[found.start(1) :].strip("）) "))


def is_caption_lead(text: str) -> bool:
    """True for 图为…, 图①…, ▲…."""
    return bool(_LEAD.match(in_simple(text)))


def begins_as_scene(text: str) -> bool:
    """True for a sentence that tells who is doing what in a picture: 市民在…散步."""
    return bool(_SCENE_START.match(in_simple(text)))


def without_arrow(text: str) -> str:
    """A caption without the mark that points to its picture."""
    return text.lstrip("▲△▼▽◀▶ \u3000")
