"""Kinds: what each passage of a page is, as far as it and its neighbours tell: headline, text, byline, caption …

First each passage by itself (`_alone`), then with what stands around it: a short line can be a headline, or the piece
of a sentence that a caption has cut off; a sentence after a gap can be a picture's caption.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bookmaker.clippings import signs
from bookmaker.clippings.bylines import are_names, bylines_of, is_commentator, names_in
from bookmaker.clippings.captions import begins_as_scene, credit_of, is_caption_lead
from bookmaker.clippings.junctions import Joiner
from bookmaker.clippings.masthead import is_bare_date, is_masthead
from bookmaker.clippings.mending import mended
from bookmaker.clippings.model import Mark
from bookmaker.clippings.traditional import in_simple
from bookmaker.clippings.web_furniture import furniture_in
from bookmaker.clippings.wrapping import Passage


class Kind(StrEnum):
    """What a passage is."""

    HEAD = "head"  # of a story or of a section: `heads.py` tells
    DASH = "dash"  # a line that begins with ——: a subtitle, or the second half of a section's heading
    BODY = "body"
    BYLINE = "byline"
    CAPTION = "caption"
    CREDIT = "credit"
    COLUMN = "column"
    JUMP = "jump"
    POINTER = "pointer"
    MASTHEAD = "masthead"
    LAYOUT = "layout"
    SLOGAN = "slogan"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Item:
    """A passage with its kind; `text` is mended, `why` says what the kind was seen by, `sure` how sure that is.

    `closes` marks running text that ends without a full stop: a signature, the day below a notice.
    """

    kind: Kind
    text: str
    lines: tuple[int, ...]
    passage: Passage
    why: str = ""
    sure: float = 0.95
    closes: bool = False

    @property
    def level(self) -> int:
        return self.passage.level

    @property
    def mark(self) -> Mark | None:
        return self.passage.mark


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
#: What may stand between the two halves of a broken sentence.
BETWEEN = frozenset(
    {
        Kind.CAPTION,
        Kind.CREDIT,
        Kind.JUMP,
        Kind.LAYOUT,
        Kind.MASTHEAD,
        Kind.POINTER,
        Kind.COLUMN,
        Kind.SLOGAN,
        Kind.DUPLICATE,
    }
)


#: Why captions of a story that is nothing but pictures are captions.
IN_PICTURE_STORY = "stands between a headline and who took the pictures"


def items_of(passages: Sequence[Passage], joiner: Joiner) -> list[Item]:
    """Every passage with its kind, in the page's order."""
    items = [_alone(passage) for passage in passages]
    _find_indented(items)
    _find_rows(items)
    _find_verse(items)
    _find_poems(items)
    _find_slogans(items)
    _find_duplicates(items)
    _find_pictures(items)
    _find_signatures(items)
    _find_picture_stories(items)
    _find_fragments(items, joiner)
    _find_captions(items, joiner)
    _find_bare_names(items)
    return items


def _alone(passage: Passage) -> Item:
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


def neighbour(items: Sequence[Item], at: int, step: int, skip: frozenset[Kind] = BETWEEN) -> int | None:
    """The place of the next item that is none of `skip`, or `None`."""
    at += step
    while 0 <= at < len(items) and items[at].kind in skip:
        at += step
    return at if 0 <= at < len(items) else None


def _find_indented(items: list[Item]) -> None:
    """Where paragraphs are indented, a short line that is indented like them is one; far to the right it signs."""
    long = [item for item in items if item.kind is Kind.BODY and len(item.text) > 30]
    if not long or sum(item.passage.indent == _INDENT for item in long) * 2 < len(long):
        return
    for at, item in enumerate(items):
        if item.kind not in (Kind.HEAD, Kind.MASTHEAD, Kind.BYLINE) or item.level or item.mark or not at:
            continue
        signs_off = item.passage.indent >= 3 * _INDENT and items[at - 1].kind is Kind.BODY
        signed = item.kind is Kind.BYLINE and any(name.role for name in bylines_of(item.text))
        inside = item.kind is Kind.HEAD and item.passage.indent == _INDENT and not item.passage.gap
        if (signs_off or inside) and not signed:
            items[at] = replace(item, kind=Kind.BODY, why="indented as paragraphs are", sure=0.7, closes=True)


#: Two characters, in half ones.
_INDENT = 4


def _find_rows(items: list[Item]) -> None:
    """Rows of a table: three or more lines of as many words each, with figures; and the lines that head it."""
    at = 0
    while at < len(items):
        end = at
        while end < len(items) and _is_row(items[end], items[at]):
            end += 1
        if end - at >= 3:
            first = at
            while first and _heads_table(items[first - 1], items[at]):
                first -= 1
            for i in range(first, end):
                items[i] = replace(items[i], kind=Kind.BODY, why="a row of a table", closes=True)
        at = max(end, at + 1)


def _is_row(item: Item, like: Item) -> bool:
    words = item.text.split()
    short = item.kind in (Kind.HEAD, Kind.BODY) and len(item.text) <= 40 and len(words) >= 2
    return short and len(words) == len(like.text.split()) and any(re.search(r"\d", word) for word in words[1:])


def _heads_table(item: Item, row: Item) -> bool:
    if item.kind is not Kind.HEAD or item.level:
        return False
    return len(item.text.split()) == len(row.text.split()) or bool(re.match("单位[：:]", item.text))


def _find_verse(items: list[Item]) -> None:
    """Four or more short lines without blank ones between, on a page whose paragraphs have such: verse."""
    if sum(item.passage.gap > 0 for item in items) * 3 < len(items):
        return
    at = 0
    while at < len(items):
        end = at + 1
        while end < len(items) and items[end].passage.gap == 0:
            end += 1
        block = items[at:end]
        verse = [item for item in block if item.kind in (Kind.HEAD, Kind.BODY) and len(item.text) <= 28]
        if len(block) >= 4 and len(verse) == len(block) and not any(item.level or item.mark for item in block):
            for i in range(at, end):
                items[i] = replace(items[i], kind=Kind.BODY, why="a line of verse", closes=True)
        at = end


def _find_poems(items: list[Item]) -> None:
    """A headline with a poem below it: five or more short lines in a row that could be headlines."""
    at = 0
    while at < len(items):
        end = at
        while end < len(items) and _may_be_verse(items[end]) and not (end > at and _begins_again(items[end])):
            end += 1
        if end - at >= 6:
            first = at + 1
            if are_names(names_in(items[first].text)):
                items[first] = replace(items[first], kind=Kind.BYLINE, why="names below a poem's headline", sure=0.7)
                first += 1
            for i in range(first, end):
                items[i] = replace(items[i], kind=Kind.BODY, why="a line of verse", closes=True)
        at = max(end, at + 1)


def _begins_again(item: Item) -> bool:
    """A column's name behind a blank line."""
    return item.passage.gap > 0 and signs.is_column_like(item.text)


def _may_be_verse(item: Item) -> bool:
    return item.kind is Kind.HEAD and not item.level and not item.mark and len(item.text) <= 12


def _find_slogans(items: list[Item]) -> None:
    """Two lines of one length, one right below the other, with no text behind them: a slogan (植树不忘护林 …)."""
    for at in range(len(items) - 1):
        first, second = items[at], items[at + 1]
        if first.kind is not Kind.HEAD or second.kind is not Kind.HEAD or second.passage.gap or first.level:
            continue
        even = abs(len(first.text) - len(second.text)) <= 1 and 4 <= len(first.text) <= 10
        behind = items[at + 2] if at + 2 < len(items) else None
        apart = behind is None or (behind.kind in (Kind.HEAD, Kind.COLUMN, Kind.MASTHEAD) and behind.passage.gap > 0)
        before = items[at - 1] if at else None
        begins = before is None or (before.kind not in (Kind.HEAD, Kind.DASH) and first.passage.gap > 0)
        alike = len(first.text) == len(second.text) and sum(map(str.__eq__, first.text, second.text)) >= 2
        if even and (apart or alike) and begins and not re.search(r"[\d，：“”]", first.text + second.text):
            for i in (at, at + 1):
                items[i] = replace(items[i], kind=Kind.SLOGAN, why="two even lines without a text", sure=0.7)


def _find_duplicates(items: list[Item]) -> None:
    """The end of a paragraph set a second time, or a whole one, below the first."""
    for at, item in enumerate(items):
        if item.kind not in (Kind.BODY, Kind.HEAD) or len(item.text) < 8 or item.mark:
            continue
        if _is_pull_quote(items, at):
            why = "a sentence of the text set large between its lines"
            items[at] = replace(item, kind=Kind.DUPLICATE, why=why, sure=0.8)
            continue
        above = [i for i in range(max(0, at - 6), at) if items[i].kind is Kind.BODY]
        twin = next(
            (i for i in above if items[i].text.endswith(item.text) and (i == at - 1 or len(item.text) > 20)), None
        )
        if twin is not None:
            why = f"stands already in line {items[twin].lines[0]}"
            items[at] = replace(item, kind=Kind.DUPLICATE, why=why, sure=0.8)


def _is_pull_quote(items: Sequence[Item], at: int) -> bool:
    """True for a line inside a broken sentence that the page's text says word for word."""
    item, above = items[at], neighbour(items, at, -1)
    if item.kind is not Kind.HEAD or item.level or above is None or items[above].kind is not Kind.BODY:
        return False
    broken = not signs.ends_whole(items[above].text)
    return broken and any(other.kind is Kind.BODY and item.text in other.text for other in items)


def _find_pictures(items: list[Item]) -> None:
    """A short passage with a line of credit right below it is a caption."""
    for at, item in enumerate(items[:-1]):
        if items[at + 1].kind is not Kind.CREDIT or item.kind not in (Kind.HEAD, Kind.BODY) or item.level:
            continue
        if len(item.text) <= 120 and not signs.dateline_of(item.text):
            items[at] = replace(item, kind=Kind.CAPTION, why="a credit stands below it", sure=0.9)


#: What signs a letter or notice: an office, or a person with what he is.
_SIGNATURE = re.compile(
    r"(?:公司|[局委厅部院处校会馆所中心队]|办公室|委员会|集团|街道|[区县市镇村]人民政府)$"
    r"|^.{2,12}(?:居民|读者|网友|市民|村民|业主|学生)[ \u3000]"
)


#: What a letter or notice says.
_LETTER = re.compile(
    "绕行|谅解|提醒|请广大|请各|咨询|特此|此致|敬礼|来信|公告|通告|声明|启事|歉意|致歉|编辑同志|答复|通知|敬请"
)


def _find_signatures(items: list[Item]) -> None:
    """Offices, people and days below a letter or notice sign it: they belong to its text."""
    for at, item in enumerate(items):
        before = items[at - 1] if at else None
        if before is None or before.kind is not Kind.BODY or item.level or item.mark:
            continue
        if item.kind is Kind.MASTHEAD and is_bare_date(item.text):
            items[at] = replace(item, kind=Kind.BODY, why="the day below a notice", sure=0.7, closes=True)
        elif item.kind is Kind.HEAD and len(item.text) <= 20 and signs.ends_whole(before.text):
            letter = any(_LETTER.search(items[i].text) for i in range(max(0, at - 6), at))
            if letter and _SIGNATURE.search(item.text) and not re.search("[“”《》，]", item.text):
                items[at] = replace(item, kind=Kind.BODY, why="signs the text above", sure=0.65, closes=True)


def _find_picture_stories(items: list[Item]) -> None:
    """Below a headline nothing but sentences, and then who took the pictures: the sentences are captions."""
    for at, item in enumerate(items):
        if item.kind not in (Kind.BYLINE, Kind.CREDIT) or "摄" not in in_simple(item.text) or "文" in item.text:
            continue
        first = at
        while first and items[first - 1].kind in (Kind.BODY, Kind.CAPTION) and len(items[first - 1].text) <= 80:
            first -= 1
        short = all(items[i].text.count("。") <= 1 and not signs.dateline_of(items[i].text) for i in range(first, at))
        if first < at and short and first and items[first - 1].kind in (Kind.HEAD, Kind.DASH):
            for i in range(first, at):
                items[i] = replace(items[i], kind=Kind.CAPTION, why=IN_PICTURE_STORY)
            told = "报道" in in_simple(item.text)
            items[at] = replace(item, kind=Kind.BYLINE if told else Kind.CREDIT, why="who took the pictures above")


def _find_fragments(items: list[Item], joiner: Joiner) -> None:
    """Short lines that are pieces of sentences, not headlines."""
    for at, item in enumerate(items):
        if item.kind is not Kind.HEAD or item.level or item.mark:
            continue
        before, after = neighbour(items, at, -1), neighbour(items, at, 1)
        goes_on = after is not None and items[after].kind is Kind.BODY and _joins(item.text, items[after].text, joiner)
        comes_from = (
            before is not None
            and items[before].kind is Kind.BODY
            and not signs.ends_whole(items[before].text)
            and joiner.points(items[before].text, item.text) >= 2.5
        )
        if goes_on or comes_from:
            why = "a piece of a sentence that goes on below" if goes_on else "goes on the sentence above"
            items[at] = replace(item, kind=Kind.BODY, why=why, sure=0.8)


def _joins(text: str, after: str, joiner: Joiner) -> bool:
    if signs.is_lead(after) or after[0] in "“（":
        return False
    if len(text) < 12 and not signs.starts_badly(after):
        return False
    points = joiner.points(text, after)
    return points >= (2.5 if signs.starts_badly(after) else 3.5)


def _find_captions(items: list[Item], joiner: Joiner) -> None:
    """Sentences without a credit that stand where a picture was: after a gap, or inside a broken sentence."""
    usual = _usual_gap(items)
    for at, item in enumerate(items):
        if item.kind not in (Kind.BODY, Kind.HEAD) or item.mark or item.level or len(item.text) > 90:
            continue
        after = at + 1 if at + 1 < len(items) else None
        before = at - 1 if at else None
        if _splits(items, before, at, after, joiner):
            items[at] = replace(item, kind=Kind.CAPTION, why="stands inside a broken sentence", sure=0.65)
        elif _ends_with_picture(items, at):
            items[at] = replace(item, kind=Kind.CAPTION, why="one sentence that says what a picture shows", sure=0.6)
        elif _opens_with_picture(items, at):
            items[at] = replace(item, kind=Kind.CAPTION, why="one sentence between a headline and the text", sure=0.6)
        elif _follows_gap(items, at, usual, joiner):
            items[at] = replace(item, kind=Kind.CAPTION, why="a sentence by itself after a gap", sure=0.6)


def _splits(items: Sequence[Item], before: int | None, at: int, after: int | None, joiner: Joiner) -> bool:
    """True for a passage with the halves of one sentence on both sides."""
    while before is not None and before >= 0 and items[before].kind in (Kind.CAPTION, Kind.CREDIT, Kind.LAYOUT):
        before -= 1
    while after is not None and after < len(items) and items[after].kind in (Kind.CAPTION, Kind.CREDIT, Kind.LAYOUT):
        after += 1
    if before is None or after is None or before < 0 or after >= len(items):
        return False
    first, item, second = items[before], items[at], items[after]
    if first.kind is not Kind.BODY or second.kind is not Kind.BODY or signs.ends_whole(first.text):
        return False
    if item.kind is Kind.BODY and not signs.ends_whole(item.text):
        return False
    if item.text.count("。") > 1 or len(item.text) > 60:
        return False
    if joiner.roughness(item.text) or signs.jump_at_head(item.text):
        return False
    across = joiner.points(first.text, second.text) + joiner.roughness(second.text) / 2
    beside = joiner.points(first.text, item.text)
    if begins_as_scene(item.text):
        return across >= max(0.0, beside)
    return across >= 3.0 and across >= beside + 2.0


def _ends_with_picture(items: Sequence[Item], at: int) -> bool:
    """One short sentence of what somebody is doing, between a whole text and a headline or the page's end."""
    item = items[at]
    if len(item.text) > 40 or not begins_as_scene(item.text) or re.search("[，“：]", item.text.rstrip("。")):
        return False
    before, after = (items[at - 1] if at else None), (items[at + 1] if at + 1 < len(items) else None)
    if before is None or before.kind is not Kind.BODY or not signs.ends_whole(before.text):
        return False
    return after is None or after.kind is not Kind.BODY or item.kind is Kind.HEAD


def _opens_with_picture(items: Sequence[Item], at: int) -> bool:
    """One plain sentence between a story's headline and a text that begins with a quotation or a dateline."""
    item = items[at]
    if item.kind is not Kind.BODY or not 0 < at < len(items) - 1 or not 8 <= len(item.text) <= 32:
        return False
    if items[at - 1].kind is not Kind.DASH and items[at - 1].level != 1:
        return False
    after = items[at + 1]
    opens = after.kind is Kind.BODY and (after.text.startswith("“") or signs.dateline_of(after.text) is not None)
    return opens and bool(re.fullmatch("[^，。！？“”]+。", item.text)) and len(after.text) > 60


def _follows_gap(items: Sequence[Item], at: int, usual: int, joiner: Joiner) -> bool:
    """True for one short sentence that a gap parts from what is above, before the text begins or goes on."""
    item = items[at]
    if item.kind is not Kind.BODY or item.passage.gap <= usual or len(item.text) > 60:
        return False
    stops = sum(item.text.count(mark) for mark in "。！？")
    if stops != 1 or not item.text.endswith("。") or signs.is_lead(item.text) or joiner.roughness(item.text):
        return False
    if signs.jump_at_head(item.text) or _goes_on_somewhere(items, at, joiner):
        return False
    before, after = (items[at - 1] if at else None), (items[at + 1] if at + 1 < len(items) else None)
    if before is not None and before.kind is Kind.BODY and not signs.ends_whole(before.text):
        return False
    return after is not None and (before is None or before.kind is not Kind.BODY or after.kind is not Kind.BODY)


def _goes_on_somewhere(items: Sequence[Item], at: int, joiner: Joiner) -> bool:
    """True if a sentence breaks off above that would go on well here."""
    above = [item for item in items[max(0, at - 12) : at] if item.kind is Kind.BODY and not signs.ends_whole(item.text)]
    return any(joiner.points(item.text, items[at].text) >= 1.0 for item in above)


def _usual_gap(items: Sequence[Item]) -> int:
    gaps = Counter(item.passage.gap for item in items[1:])
    return max(gaps, key=lambda gap: (gaps[gap], -gap), default=0)


def _find_bare_names(items: list[Item]) -> None:
    """Names alone in a line: who wrote, where a story ends or its headline stands."""
    for at, item in enumerate(items):
        if item.kind is not Kind.HEAD or item.level or item.mark:
            continue
        names = names_in(item.text)
        if not are_names(names) or len(names) > 4:
            continue
        before = items[at - 1] if at else None
        after = items[at + 1] if at + 1 < len(items) else None
        signs_text = before is not None and before.kind is Kind.BODY and signs.ends_whole(before.text)
        ends = after is None or after.kind in (Kind.HEAD, Kind.COLUMN, Kind.MASTHEAD, Kind.LAYOUT)
        opens = before is not None and before.kind in (Kind.HEAD, Kind.DASH) and after is not None
        if (signs_text and ends) or (opens and after is not None and after.kind is Kind.BODY):
            items[at] = replace(item, kind=Kind.BYLINE, why="names alone in a line", sure=0.7)
