"""What is set line by line: rows of a table, verse, slogans. Their lines look like headlines and are none."""

import re
from dataclasses import replace

from bookmaker.clippings import signs
from bookmaker.clippings.bylines import are_names, names_in
from bookmaker.clippings.items import Item, Kind


def find_rows(items: list[Item]) -> None:
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


def find_verse(items: list[Item]) -> None:
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


def find_poems(items: list[Item]) -> None:
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


def find_slogans(items: list[Item]) -> None:
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
