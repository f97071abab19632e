"""Decks: headline lines above, below or beside each other become one deck: 引题, 主题, 副题."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bookmaker.clippings import signs
from bookmaker.clippings.items import BETWEEN, Item, Kind
from bookmaker.clippings.model import Mark

_DECK = frozenset({Kind.HEAD, Kind.DASH, Kind.COLUMN})
#: What may stand between the lines of a deck.
WITHIN = BETWEEN - {Kind.COLUMN} | {Kind.BYLINE}


@dataclass(frozen=True, slots=True)
class Deck:
    """Lines of one headline by their places among the items; `points` above 0 say that it opens a story."""

    column: tuple[int, ...] = ()
    kicker: tuple[int, ...] = ()
    title: tuple[int, ...] = ()
    subtitle: tuple[int, ...] = ()
    bylines: tuple[int, ...] = ()
    points: float = 0.0
    why: str = ""

    @property
    def places(self) -> tuple[int, ...]:
        return tuple(sorted((*self.column, *self.kicker, *self.title, *self.subtitle, *self.bylines)))

    @property
    def first(self) -> int:
        return self.places[0]

    @property
    def last(self) -> int:
        return self.places[-1]


def cut_decks(items: Sequence[Item]) -> list[Deck]:
    """Every deck of a page, in its order, not yet judged."""
    return [deck for group in _groups(items) for deck in _units(items, group)]


def _groups(items: Sequence[Item]) -> Iterator[list[int]]:
    """Places of headline lines that stand together, with the bylines between or right below them."""
    group: list[int] = []
    for at, item in enumerate(items):
        if item.kind in _DECK or (group and item.kind is Kind.BYLINE and not _pictures(items, group[-1], at)):
            group.append(at)
        elif group and item.kind not in WITHIN:
            yield group
            group = []
    if group:
        yield group


def _pictures(items: Sequence[Item], low: int, high: int) -> bool:
    return any(item.kind is Kind.CAPTION for item in items[low:high])


def _units(items: Sequence[Item], group: Sequence[int]) -> Iterator[Deck]:
    """One group cut into decks: a dash line, or a byline, or the file's own mark, ends one; a column begins one."""
    unit: list[int] = []
    for at in group:
        item = items[at]
        if unit and _begins_deck(items, unit, at):
            yield from _deck(items, unit)
            unit = []
        if item.kind is not Kind.BYLINE or unit:
            unit.append(at)
    for part in _side_by_side(items, unit) if unit else ():
        yield from _deck(items, part)


def _side_by_side(items: Sequence[Item], unit: Sequence[int]) -> Iterator[list[int]]:
    """Lines over two reports that begin side by side are two decks: each line goes to the report it speaks of."""
    heads = [at for at in unit if items[at].kind is Kind.HEAD]
    below = [item.text for item in items[unit[-1] + 1 : unit[-1] + 3] if signs.dateline_of(item.text)]
    if len(heads) < 4 or len(heads) < len(unit) or len(below) < 2:
        yield list(unit)
        return
    nearer = [in_common(items[at].text, below[0]) - in_common(items[at].text, below[1]) for at in heads]
    cut = max(range(1, len(heads)), key=lambda at: sum(nearer[:at]) - sum(nearer[at:]))
    yield heads[:cut]
    yield heads[cut:]


def in_common(line: str, text: str) -> int:
    """Pairs of characters that a headline shares with a text."""
    return sum(line[at : at + 2] in text for at in range(len(line) - 1))


def _begins_deck(items: Sequence[Item], unit: Sequence[int], at: int) -> bool:
    item, kinds = items[at], [items[i].kind for i in unit]
    if item.kind is Kind.COLUMN:
        return any(kind in (Kind.HEAD, Kind.DASH) for kind in kinds)
    if item.kind is Kind.BYLINE:
        return False
    if item.mark or any(items[i].mark for i in unit):
        return _begins_marked(items, unit, item)
    if item.level and any(items[i].level for i in unit):
        return item.level <= max(items[i].level for i in unit) or Kind.DASH in kinds
    if item.kind is Kind.DASH:
        return Kind.DASH in kinds
    heads = sum(kind is Kind.HEAD for kind in kinds)
    return Kind.DASH in kinds or (Kind.BYLINE in kinds and heads > 0) or heads >= 5 or _is_far(items, unit, at)


def _is_far(items: Sequence[Item], unit: Sequence[int], at: int) -> bool:
    """A wide gap, or a picture, between two headline lines parts them."""
    between = items[unit[-1] + 1 : at]
    return items[at].passage.gap >= 3 and items[unit[0]].passage.gap < 3 and not between


def _begins_marked(items: Sequence[Item], unit: Sequence[int], item: Item) -> bool:
    """Where the file marks the lines of its headlines: kicker, title, subtitle follow each other in one deck."""
    heads = [items[at] for at in unit if items[at].kind is Kind.HEAD]
    if item.mark is Mark.SUBTITLE:
        return not heads
    if item.mark is Mark.TITLE and item.mark in {head.mark for head in heads}:
        return not any(head.mark is Mark.TITLE and head.passage.lines[-1] == item.lines[0] - 1 for head in heads)
    return any(head.mark is not Mark.KICKER for head in heads) or (item.mark is Mark.KICKER and bool(heads))


def _deck(items: Sequence[Item], unit: Sequence[int]) -> Iterator[Deck]:
    """A unit with its lines told apart; two decks where a column name stands over a whole row."""
    bylines = tuple(at for at in unit if items[at].kind is Kind.BYLINE)
    column = tuple(at for at in unit if items[at].kind is Kind.COLUMN)
    heads = [at for at in unit if items[at].kind is Kind.HEAD]
    dashes = tuple(at for at in unit if items[at].kind is Kind.DASH)
    if not column and len(heads) > 1 and _is_bare_column(items, heads):
        column, heads = (heads[0],), heads[1:]
    if not heads and not dashes and not column:
        return
    if any(items[at].mark for at in heads):
        yield _marked(items, column, heads, dashes, bylines)
        return
    kicker, title, subtitle = _deck_lines(items, heads, bool(dashes))
    yield Deck(column, kicker, title, (*subtitle, *dashes), bylines)


def _marked(
    items: Sequence[Item],
    column: tuple[int, ...],
    heads: Sequence[int],
    dashes: tuple[int, ...],
    bylines: tuple[int, ...],
) -> Deck:
    def those(mark: Mark) -> tuple[int, ...]:
        return tuple(at for at in heads if items[at].mark is mark)

    kicker, subtitle = those(Mark.KICKER), those(Mark.SUBTITLE)
    title = tuple(at for at in heads if at not in kicker and at not in subtitle)
    return Deck(column, kicker, title, (*subtitle, *dashes), bylines)


def _is_bare_column(items: Sequence[Item], heads: Sequence[int]) -> bool:
    """政务之要 above a headline: short, without a verb, and what is below is longer."""
    first, second = items[heads[0]], items[heads[1]]
    if first.level == 1 or (first.passage.gap == 0 and second.passage.gap == 0 and len(first.text) > 6):
        return False
    if signs.is_column_like(first.text):
        return True
    return len(first.text) <= 5 and len(second.text) >= 8 and bool(re.fullmatch(r"[\u3400-\u9fff]+", first.text))


def _deck_lines(
    items: Sequence[Item], heads: Sequence[int], dashed: bool
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Kicker, title and subtitle among the plain lines of a deck."""
    if len(heads) < 2:
        return (), tuple(heads), ()
    main = _title_of(items, heads, dashed)
    at = heads.index(main[0])
    before, after = tuple(heads[:at]), tuple(heads[at + len(main) :])
    # 引题 and 副题 stand in any order: a line below that reads like a kicker is one.
    turned = tuple(i for i in after if signs.is_kicker_like(items[i].text)) if not before else ()
    return (*before, *turned), main, tuple(i for i in after if i not in turned)


def _title_of(items: Sequence[Item], heads: Sequence[int], dashed: bool) -> tuple[int, ...]:
    """The title among two to four lines."""
    levels = [items[at].level for at in heads]
    if any(levels):
        top = min(level for level in levels if level)
        return tuple(at for at in heads if items[at].level == top)[:1]
    texts = [items[at].text for at in heads]
    if len(heads) == 2:
        if _is_one_title(items, heads):
            return tuple(heads)
        return (heads[1],) if _is_kicker_over(texts[0], texts[1], dashed) else (heads[0],)
    if len(heads) == 3 and _is_one_title(items, heads[:2]) and signs.is_subtitle_like(texts[2]):
        return tuple(heads[:2])
    if len(heads) == 3 and _is_one_title(items, heads[1:]):
        return tuple(heads[1:])
    if signs.is_subtitle_like(texts[1]) and not signs.is_kicker_like(texts[0]):
        return (heads[0],)
    return (heads[1],)


def _is_one_title(items: Sequence[Item], heads: Sequence[int]) -> bool:
    """Two lines without a blank one between, where others have one, are one headline that was broken."""
    first, second = items[heads[0]], items[heads[1]]
    if second.passage.gap or heads[1] != heads[0] + 1 or "，" in first.text + second.text:
        return False
    blanks = sum(item.passage.gap > 0 for item in items)
    if blanks * 2 < len(items):
        return False
    pairs = sum(a.kind is b.kind is Kind.HEAD and b.passage.gap == 0 and a.passage.gap > 0 for a, b in pairwise(items))
    if pairs > 1:  # here it is the paper's manner to set kicker and title so
        return False
    even = abs(len(first.text) - len(second.text)) <= 3
    return even and len(first.text) + len(second.text) <= 30 and not signs.is_subtitle_like(second.text)


def _is_kicker_over(first: str, second: str, dashed: bool) -> bool:
    """True if the first of two lines is the kicker and the second the title, not title and subtitle."""
    points = 0.5 + (2.0 if dashed else 0.0)
    points += _aside(first) - _aside(second)
    points += 2.0 * signs.is_kicker_like(first) - 2.0 * signs.is_kicker_like(second)
    points -= 2.0 * signs.is_subtitle_like(second) - 1.0 * signs.is_subtitle_like(first)
    points += 0.7 * (_has_number(first) - _has_number(second))
    points += 1.2 * (_names_place(second) - _names_place(first))
    ratio = len(second) / max(1, len(first))
    points -= 1.2 if ratio > 1.9 and len(second) >= 18 else 0.6 if ratio > 1.2 and len(second) >= 16 else 0.0
    return points > 0


def _has_number(line: str) -> bool:
    """True for a line with a figure: what a subtitle, being concrete, has more often than a title."""
    return bool(re.search(r"\d|[一二三四五六七八九十百千万]{2,}[余多]?[个户人名元度吨家项所亩]", line))


def _names_place(line: str) -> bool:
    """True for the manner of a title that begins with its place: 望江村：无人机飞过九道梁."""
    return bool(re.match(r"[\u3400-\u9fff]{2,5}：[^：]{4,}$", line))


def _aside(line: str) -> float:
    """How much a line speaks like a kicker or subtitle rather than a title."""
    points = 0.4 if "，" in line else 0.0
    points += 1.5 if signs.is_feature_line(line) else 0.0
    return points + (0.7 if line.endswith("的") else 0.0)
