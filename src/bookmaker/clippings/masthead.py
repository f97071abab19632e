"""The masthead: which paper, day and page a clipping is from, by its folio lines; only what the page shows."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import replace

from bookmaker.clippings.bylines import HAN, ROLES
from bookmaker.clippings.model import Masthead
from bookmaker.clippings.traditional import in_simple

_GAP = "[ \u3000]"
_NUMBER = "[0-9〇一二三四五六七八九十百]{1,4}"
_FULL_DATE = re.compile(r"(\d{4})[ \u3000]*[年./-][ \u3000]*(\d{1,2})[ \u3000]*[月./-][ \u3000]*(\d{1,2})[ \u3000]*日?")
_CHINESE_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_PAPER = re.compile(
    r"(?:^|[ \u3000《])([\u4e00-\u9fff]{1,8}(?:日报|晚报|晨报|早报|时报|商报|都市报|青年报|周报|新闻报|政协报|工人报"
    r"|农民报|经济报|法治报|法制报|周刊)|[\u4e00-\u9fff]{1,8}报(?=数字报|电子))(?=[ \u3000》数电]|$)"
)
_PAGE = re.compile(
    rf"第{_GAP}*([A-D]?{_NUMBER}){_GAP}*版|(?:^|[ \u3000])([A-D]\d{{1,2}}|\d{{1,2}}(?=版)){_GAP}*版?(?=[ \u3000：:]|$)"
)
#: A page's number beside a date: 要闻 3 北岸日报.
_BARE_PAGE = re.compile(r"(?:^|[ \u3000])(\d{1,2})(?=[ \u3000]|$)")
_FURNITURE = re.compile(
    r"https?://|www\.|国内统一(?:连续出版物|刊)号|CN\d\d-\d{4}|邮发代号|热线[:：]|总第?\d+期"
    r"|农历[\u4e00-\u9fff]{4}|星期[一二三四五六日天](?:[ \u3000]|$)"
    r"|(?:电话|传真|邮箱|E-?mail|邮编|零售价|每份|订阅|广告经营许可|印刷[:：]|投稿)[:：]?[ A-Za-z0-9@._-]{3,}$"
)
_EDITORS = re.compile("|".join(map(re.escape, ROLES)))


def is_masthead(text: str) -> bool:
    """True for folio lines: date with weekday or page number, the paper's name alone, telephone numbers."""
    if len(text) > 80 or re.search("[。，！？]", text):
        return False
    simple = _in_digits(in_simple(text))
    dated = _FULL_DATE.search(simple)
    rest = _FULL_DATE.sub("", simple)
    if dated and (
        len(rest) <= 6 or re.search("星期|版|期|责|编|农历|报|周刊", rest) or re.search(r" [A-D]\d{1,2} ", rest + " ")
    ):
        return True
    if re.fullmatch(
        rf"第{_GAP}*[A-D]?{_NUMBER}{_GAP}*版[：: ]*[{HAN}]{{0,6}}|[A-D]?\d{{1,2}}版?"
        rf"|[A-D]\d{{1,2}}{_GAP}+[{HAN}]{{2,6}}",
        simple,
    ):
        return True
    if re.fullmatch(rf"[{HAN}]{{2,8}}报(?:数字报|电子报|电子版|网)", simple):
        return True
    found = _PAPER.search(simple)
    if found and len(text) <= len(found[1]) + 2:
        return True
    if found and _PAGE.search(simple) and len(text) <= 30:
        return True
    return bool(_FURNITURE.search(simple)) and len(text) <= 60


def is_bare_date(text: str) -> bool:
    """True for a date alone: at a page's head its folio, below a notice its signature."""
    return bool(_FULL_DATE.fullmatch(text.strip()))


def read_masthead(known: Masthead, texts: Iterable[str]) -> Masthead:
    """What the file's own data say, and besides what its folio lines do."""
    found = known
    for text in texts:
        paper, day, page, section = _parts(text)
        found = replace(
            found,
            publication=found.publication or paper,
            date=found.date or day,
            page=found.page or page,
            section=found.section or section,
        )
    return found


def _parts(text: str) -> tuple[str, datetime.date | None, str, str]:
    """Paper, day, number and name of the page; empty where the line doesn't show them."""
    simple = _in_digits(in_simple(text))
    dated = _FULL_DATE.search(simple)
    day = day_of(*map(int, dated.groups())) if dated else None
    rest = _FULL_DATE.sub(lambda found: " " * len(found[0]), simple)
    paper = _PAPER.search(rest)
    page = _PAGE.search(rest) or (_BARE_PAGE.search(rest) if dated else None)
    number = next((group for group in page.groups() if group), "") if page else ""
    same = len(simple) == len(text)  # a Chinese date is shorter in digits
    name = (text if same else simple)[paper.start(1) : paper.end(1)] if paper else ""
    return name, day, number_of(number), _section(text if same else simple, rest, page)


def _in_digits(text: str) -> str:
    """A folio with a date in Chinese numbers, 二〇二六年四月十八日, written with digits."""

    def digits(found: re.Match[str]) -> str:
        year = "".join(str("〇一二三四五六七八九".index(c.replace("○", "〇").replace("零", "〇"))) for c in found[1])
        return f"{year}年{number_of(found[2])}月{number_of(found[3])}日"

    return _CHINESE_DATE.sub(digits, text)


def _section(text: str, simple: str, page: re.Match[str] | None) -> str:
    """The page's name: the word before or behind its number that is nothing else."""
    if page is None:
        return ""
    words = [(found.start(), found[0]) for found in re.finditer("[^ \u3000：:]+", simple)]
    near = sorted(words, key=lambda word: abs(word[0] - page.start()))
    for start, word in near[:4]:
        named = re.fullmatch(r"[\u4e00-\u9fff·]{2,6}", word) and not re.search("星期|版$|报$|^农历|^今日|^总第", word)
        if named and not _EDITORS.search(word) and not _EDITORS.search(simple[max(0, start - 6) : start]):
            return text[start : start + len(word)]
    return ""


def day_of(year: int, month: int, day: int) -> datetime.date | None:
    """The day, or `None` where there is no such one (2月30日)."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def number_of(text: str) -> str:
    """A page's number in digits: 三 is 3, 02 is 2, A07 stays."""
    number = re.sub(r"[第版\s\u3000]", "", text).upper()
    chinese = "〇一二三四五六七八九"
    if number and all(c in chinese + "十" for c in number):
        tens, ten, ones = number.rpartition("十")
        value = (chinese.index(tens) if tens else 1) * 10 if ten else 0
        number = str(value + (chinese.index(ones) if ones else 0))
    return number.lstrip("0") or number
