"""What a web page says of itself: the paper, the day, the page's number and name, from its head and its edges."""

import datetime
import re
from collections.abc import Sequence

from bookmaker.clippings.model import Masthead

_DATE = re.compile("((?:19|20)[0-9]{2})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})日?")
_DAY_OF_PAPER = re.compile(f"{_DATE.pattern}(?=$|[T\\s（()）第星|，])")
_SAYS_DAY = re.compile("星期|版|来源|发布|日期|时间|《|报")
_PAGE = re.compile(
    "第?[ \u3000]?([A-Z]?[0-9]{1,3})[ \u3000]?版(?:[：:]?[ \u3000]?([\u4e00-\u9fff·]{2,10})(?=$|[\\s|上下]))?"
)
_SOURCE = re.compile("来源[:：] ?《?([^》\\s|（(]{2,20})")
_PAPER = re.compile(
    "《?([\u4e00-\u9fff]{2,12}?报)》?(?:社|网|官网|客户端|(?:多媒体)?数字(?:报刊?|版)|电子(?:版|报)|手机报)?"
)
_NEWSPAPER = re.compile("(?:日|晚|晨|早|时|商|都市|周|导|快|青年|法治|工人|农民|经济|新|特区)报")
_NAMED_PAPER = re.compile("《([\u4e00-\u9fff]{1,12}报)》|^([\u4e00-\u9fff]{1,10}(?:日|晚|晨|早|时|商|都市)报)(?=\\s|$)")
_EDGE = re.compile(
    f"{_DATE.pattern}|{_PAGE.pattern}|来源[:：] ?\\S{{2,22}}|星期[一二三四五六日天]"
    "|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    f"|发布(?:时间|日期)?[:：]|(?:日期|时间)[:：]|{_NAMED_PAPER.pattern}|[上下]一版"
)
_SITES = ("sitename", "site_name", "og:sitename", "og:site_name")
_METAS = {
    **dict.fromkeys(("source", "publisher", "copyright", "author", *_SITES), "publication"),
    **dict.fromkeys(
        ("publishdate", "pubdate", "publish_date", "publishtime", "date", "article:published_time"), "date"
    ),
}


class Sayings:
    """What was said of the paper, by field: of two sayings the one with the lower rank counts, then the first."""

    def __init__(self) -> None:
        self._facts: dict[str, tuple[int, str]] = {}

    def say(self, field: str, value: str, rank: int) -> None:
        """Note one field of the masthead."""
        value = " ".join(value.split())
        if field == "date":
            value = _iso(value)
        elif field == "page" and value.isdecimal():
            value = value.lstrip("0")
        if value and rank < self._facts.get(field, (99, ""))[0]:
            self._facts[field] = (rank, value)

    def say_line(self, text: str, rank: int) -> None:
        """Note what a short line at the page's edge says: 《北岸晚报》（2026年04月18日 第02版：城事）."""
        if (day := _DAY_OF_PAPER.search(text)) and (_SAYS_DAY.search(text) or day.start() == 0):
            self.say("date", day[0], rank)
        if page := _PAGE.search(text):
            self.say("page", page[1], rank)
            self.say("section", page[2] or "", rank)
        if source := _SOURCE.search(text) or _NAMED_PAPER.search(text):
            self.say("publication", next(filter(None, source.groups())), rank)

    def say_meta(self, name: str, value: str) -> None:
        """Note what a `<meta>` of the page's head says."""
        name, value = name.lower().replace("-", ""), value.strip()[:100]
        field = _METAS.get(name, "")
        if field == "publication" and (paper := _PAPER.match(value)) is not None:
            self.say(field, paper[1], 2)
        elif name in ("source", "publisher"):
            self.say(field, value.strip("《》"), 4)
        elif name in _SITES:  # an author or owner may be anybody
            self.say(field, value, 7)
        elif field == "date":
            self.say(field, value, 2)

    def say_window(self, parts: Sequence[str]) -> None:
        """Note the paper that the window's name ends with, or that it is."""
        first, *others = parts
        for part in (*reversed(others), first):
            paper = _PAPER.fullmatch(part)
            if paper and (part != first or (not others and _NEWSPAPER.search(part))):
                self.say("publication", paper[1], 4)

    def masthead(self) -> Masthead:
        facts = {field: value for field, (_, value) in self._facts.items()}
        day = facts.pop("date", "")
        return Masthead(date=datetime.date.fromisoformat(day) if day else None, **facts)


def is_edge(text: str) -> bool:
    """True if a line holds nothing but the paper, its day and page."""
    if len(text) > 80 or not (_DATE.search(text) or _PAGE.search(text) or _SOURCE.search(text)):
        return False
    return not re.search(r"\w", _EDGE.sub("", text))


def is_paper(text: str) -> bool:
    """True for the name of a newspaper or of its site, alone."""
    return _PAPER.fullmatch(text) is not None


def _iso(value: str) -> str:
    """A day of the calendar as year-month-day, or nothing."""
    match = _DATE.search(value)
    try:
        return datetime.date(*map(int, match.groups())).isoformat() if match else ""
    except ValueError:
        return ""
