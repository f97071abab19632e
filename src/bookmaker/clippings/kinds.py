"""Kinds: what each passage of a page is, as far as it and its neighbours tell: headline, text, byline, caption …

First each passage by itself (`by_itself.py`), then with what stands around it: a short line can be a headline, or the
piece of a sentence that a caption has cut off; a sentence after a gap can be a picture's caption.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bookmaker.clippings import signs
from bookmaker.clippings.by_itself import alone, is_cut_head
from bookmaker.clippings.bylines import are_names, bylines_of, names_in
from bookmaker.clippings.items import Item, Kind, neighbour
from bookmaker.clippings.junctions import Joiner
from bookmaker.clippings.line_by_line import find_poems, find_rows, find_slogans, find_verse
from bookmaker.clippings.masthead import is_bare_date
from bookmaker.clippings.pictures import find_captions, find_picture_stories, find_pictures
from bookmaker.clippings.wrapping import Passage


def items_of(passages: Sequence[Passage], joiner: Joiner) -> list[Item]:
    """Every passage with its kind, in the page's order."""
    items = [alone(passage) for passage in passages]
    _find_indented(items)
    find_rows(items)
    find_verse(items)
    find_poems(items)
    _find_broken_heads(items)
    find_slogans(items)
    _find_duplicates(items)
    find_pictures(items)
    _find_signatures(items)
    find_picture_stories(items)
    _find_fragments(items, joiner)
    find_captions(items, joiner)
    _find_bare_names(items)
    return items


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


def _find_broken_heads(items: list[Item]) -> None:
    """The first of two headline lines set close together may end as none does: 向着宜居宜业的 over 滨水新城奋进."""
    for at, item in enumerate(items[:-1]):
        below, above = items[at + 1], items[at - 1] if at else None
        close = below.kind is Kind.HEAD and not below.level and not below.passage.gap and (item.passage.gap or not at)
        open_above = above is not None and above.kind is Kind.BODY and not signs.ends_whole(above.text)
        if item.kind is Kind.BODY and not item.mark and close and not open_above and is_cut_head(item.text):
            items[at] = replace(item, kind=Kind.HEAD, why="the first of two lines set close together", sure=0.6)


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
    if not after or signs.is_lead(after) or after[0] in "“（":
        return False
    if len(text) < 12 and not signs.starts_badly(after):
        return False
    points = joiner.points(text, after)
    return points >= (2.5 if signs.starts_badly(after) else 3.5)


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
