"""Captions without a sign of their own: by the credit below, by the gap around, by the sentence they stand in."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bookmaker.clippings import signs
from bookmaker.clippings.captions import begins_as_scene
from bookmaker.clippings.items import IN_PICTURE_STORY, Item, Kind
from bookmaker.clippings.junctions import Joiner
from bookmaker.clippings.traditional import in_simple


def find_pictures(items: list[Item]) -> None:
    """A short passage with a line of credit right below it is a caption."""
    for at, item in enumerate(items[:-1]):
        if items[at + 1].kind is not Kind.CREDIT or item.kind not in (Kind.HEAD, Kind.BODY) or item.level:
            continue
        if len(item.text) <= 120 and not signs.dateline_of(item.text):
            items[at] = replace(item, kind=Kind.CAPTION, why="a credit stands below it", sure=0.9)


def find_picture_stories(items: list[Item]) -> None:
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


def find_captions(items: list[Item], joiner: Joiner) -> None:
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
    if _goes_on_somewhere(items, at, joiner, 2.0):
        return False
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


def _goes_on_somewhere(items: Sequence[Item], at: int, joiner: Joiner, least: float = 1.0) -> bool:
    """True if a sentence breaks off above that would go on well here."""
    above = [item for item in items[max(0, at - 12) : at] if item.kind is Kind.BODY and not signs.ends_whole(item.text)]
    return any(joiner.points(item.text, items[at].text) >= least for item in above)


def _usual_gap(items: Sequence[Item]) -> int:
    gaps = Counter(item.passage.gap for item in items[1:])
    return max(gaps, key=lambda gap: (gaps[gap], -gap), default=0)
