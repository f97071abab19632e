"""What a passage is by itself: by the marks of its file, by a form of its own, by its length and its last character."""

import re
from dataclasses import replace

from bookmaker.clippings import signs
from bookmaker.clippings.bylines import bylines_of, is_commentator
from bookmaker.clippings.captions import credit_of, is_caption_lead
from bookmaker.clippings.items import Item, Kind
from bookmaker.clippings.masthead import is_masthead
from bookmaker.clippings.mending import mended
from bookmaker.clippings.model import Mark
from bookmaker.clippings.readers.web_furniture import furniture_in
from bookmaker.clippings.wrapping import Passage

_LONGEST_HEAD = 46
_LONGEST_DASH = 60
_LONGEST_CAPTION = 240
#: What a headline does not end in, and a sentence that was cut does.
_CUT_OFF = re.compile("(?:的|和|与|在|把|将|对|从|向|由|被|以|及|或|并|是|为了|以及|通过|按照|根据)$")
_MARKED = {
    Mark.KICKER: Kind.HEAD,
    Mark.TITLE: Kind.HEAD,
    Mark.SUBTITLE: Kind.HEAD,
    Mark.HEADING: Kind.HEAD,
    Mark.COLUMN: Kind.COLUMN,
    Mark.BYLINE: Kind.BYLINE,
    Mark.CAPTION: Kind.CAPTION,
    Mark.BODY: Kind.BODY,
}


def alone(passage: Passage) -> Item:
    """The kind of a passage by itself."""
    text = mended(signs.without_bullets(passage.text))

    def item(kind: Kind, why: str, sure: float = 0.95) -> Item:
        return Item(kind, text, passage.lines, passage, why, sure)

    if passage.mark is not None:
        return item(_MARKED[passage.mark], "the file marks it so", 1.0)
    if not text or signs.is_layout(passage.text):
        return item(Kind.LAYOUT, "nothing but layout characters")
    if len(text) <= 90 and (found := _by_pattern(text)):
        return item(*found)
    if credit_of(text) and len(text) <= _LONGEST_CAPTION:
        caption, _ = credit_of(text) or ("", "")
        return item(Kind.CAPTION if caption else Kind.CREDIT, "ends in a credit")
    if is_caption_lead(text) and len(text) <= _LONGEST_CAPTION:
        return item(Kind.CAPTION, "begins as captions do")
    if _is_dash(text):
        return item(Kind.DASH, "begins with a dash", 0.9)
    if _is_head(text, passage.level):
        return item(Kind.HEAD, "a short line without a full stop", 0.9 if passage.level else 0.75)
    if signs.is_list(text) or (text[0] in "（(" and text[-1] in "）)"):
        return replace(item(Kind.BODY, "a list, or a remark in brackets"), closes=True)
    return item(Kind.BODY, "running text")


def _by_pattern(text: str) -> tuple[Kind, str] | None:
    """Lines with a form of their own."""
    if is_masthead(text):
        return Kind.MASTHEAD, "a line of the page's head or foot"
    if signs.jump_alone(text):
        return Kind.JUMP, "a jump line"
    if signs.column_name(text):
        return Kind.COLUMN, "stands in 【】"
    if signs.is_weather(text):
        return Kind.LAYOUT, "the weather box"
    if signs.is_slogan(text):
        return Kind.SLOGAN, "a slogan of the paper"
    if signs.is_contents(text) or signs.is_pointer(text):
        return Kind.POINTER, "points to another page"
    credit = credit_of(text)
    if credit and not credit[0] and "文" not in credit[1][-4:]:
        return Kind.CREDIT, "a picture's credit alone"
    if signs.source_of(text):
        return Kind.MASTHEAD, "says which paper it is from"
    if is_commentator(text):
        return Kind.BYLINE, "the paper's own commentators"
    names = bylines_of(text)
    if names and not (len(names) == len(text.split()) and not any(name.role for name in names)):
        return Kind.BYLINE, "names with their roles"
    if names and text[0] in "（(":
        return Kind.BYLINE, "names in brackets"
    if why := furniture_in(text):
        return Kind.LAYOUT, why
    return None


def _is_dash(text: str) -> bool:
    return signs.is_dash_line(text) and len(text) <= _LONGEST_DASH and text[-1] not in "。；，、" and "。" not in text


def is_cut_head(text: str) -> bool:
    """True for a short line that would be a headline if it did not end as half a sentence does."""
    return len(text) <= 14 and bool(_CUT_OFF.search(text)) and not re.search("[，。；：！？、“”]", text)


def _is_head(text: str, level: int) -> bool:
    if text in ("……", "…") or text[-1] in "。；，、：;,:" or signs.starts_badly(text) or signs.dateline_of(text):
        return False
    if level:
        return len(text) <= 2 * _LONGEST_HEAD
    if signs.is_speaking(text) or signs.is_list(text) or (text[0] in "（(" and text[-1] in "）)"):
        return False
    if (
        signs.jump_at_head(text)
        or re.search("[？！][^”’》）]{6}", text.replace(" ", ""))
        or (len(text) > 26 and "，" in text)
    ):
        return False
    inner = text.rstrip("”’》）」』")[:-1]
    calls = text.rstrip("”’》）」』")[-1:] in "！？…"
    if _CUT_OFF.search(text) and " " not in text:
        return False
    return (
        len(text) <= _LONGEST_HEAD
        and not any(stop in inner for stop in ("。", "；"))
        and inner.count("，") <= 2
        and not (calls and len(text) > (18 if "，" in inner else 34))
        and not text.endswith("。”")
    )
