"""Headlines: lines above, below or beside each other become decks (引题, 主题, 副题), and each deck is judged.

A deck opens a story, heads a section inside one, or belongs to none (a standing head, a slogan). What tells is what
stands above and below it (a sign-off, a dateline), its own form (a dash with 访…), and whether others look like it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bookmaker.clippings import signs
from bookmaker.clippings.bylines import sign_off
from bookmaker.clippings.kinds import IN_PICTURE_STORY, Item, Kind
from bookmaker.clippings.model import Mark
from bookmaker.script.vocabulary import listed

_COMMON_PAIRS = frozenset(
    listed(
        "记者 本报 表示 介绍 我们 他们 一个 今年 "
        "目前 可以 进行 工作 市民 全市 时间 已经 "
        "就是 这个 没有 不是 以及 通过 同时"
    )
)
_DECK = frozenset({Kind.HEAD, Kind.DASH, Kind.COLUMN})
#: A report of so many characters has no headings inside.
_BRIEF = 700
#: What may stand between the lines of a deck.
_WITHIN = frozenset(
    {
        Kind.BYLINE,
        Kind.LAYOUT,
        Kind.CAPTION,
        Kind.CREDIT,
        Kind.MASTHEAD,
        Kind.POINTER,
        Kind.JUMP,
        Kind.SLOGAN,
        Kind.DUPLICATE,
    }
)


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


def decks_of(items: Sequence[Item]) -> list[Deck]:
    """Every deck of a page, judged; a deck with `points` of 0 or less heads a section, or nothing."""
    decks = [deck for group in _groups(items) for deck in _units(items, group)]
    judge = _Judge(items, decks)
    return [judge.judged(deck) for deck in decks]


def _groups(items: Sequence[Item]) -> Iterator[list[int]]:
    """Places of headline lines that stand together, with the bylines between or right below them."""
    group: list[int] = []
    for at, item in enumerate(items):
        if item.kind in _DECK or (group and item.kind is Kind.BYLINE and not _pictures(items, group[-1], at)):
            group.append(at)
        elif group and item.kind not in _WITHIN:
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
    nearer = [_in_common(items[at].text, below[0]) - _in_common(items[at].text, below[1]) for at in heads]
    cut = max(range(1, len(heads)), key=lambda at: sum(nearer[:at]) - sum(nearer[at:]))
    yield heads[:cut]
    yield heads[cut:]


def _in_common(line: str, text: str) -> int:
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
    def those(*marks: Mark | None) -> tuple[int, ...]:
        return tuple(at for at in heads if items[at].mark in marks)

    return Deck(
        column, those(Mark.KICKER), those(Mark.TITLE, Mark.HEADING, None), (*those(Mark.SUBTITLE), *dashes), bylines
    )


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
    ratio = len(second) / max(1, len(first))
    points -= 1.2 if ratio > 1.9 and len(second) >= 18 else 0.6 if ratio > 1.2 and len(second) >= 16 else 0.0
    return points > 0


def _has_number(line: str) -> bool:
    """True for a line with a figure: what a subtitle, being concrete, has more often than a title."""
    return bool(re.search(r"\d|[一二三四五六七八九十百千万]{2,}[余多]?[个户人名元度吨家项所亩]", line))


def _aside(line: str) -> float:
    """How much a line speaks like a kicker or subtitle rather than a title."""
    points = 0.4 if "，" in line else 0.0
    points += 1.5 if signs.is_feature_line(line) else 0.0
    return points + (0.7 if line.endswith("的") else 0.0)


@dataclass(slots=True)
class _Judge:
    """Weighs for every deck whether it opens a story."""

    items: Sequence[Item]
    decks: Sequence[Deck]
    shapes: Counter[tuple[object, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.shapes = Counter(self._shape(deck) for deck in self.decks if self._plain_points(deck) <= 0)

    def judged(self, deck: Deck) -> Deck:
        points = self._plain_points(deck)
        why = "stands as headlines do" if points > 0 else "stands as headings inside a story do"
        alone = self._opens_report(deck) or self._parts_bylines(deck) or self._told_below(deck)
        if points <= 2 and self.shapes[self._shape(deck)] >= 2 and not alone:
            points -= 2.5
            why = "others on the page have the same form"
        return replace(deck, points=points, why=why)

    def _plain_points(self, deck: Deck) -> float:
        title = "".join(self.items[at].text for at in deck.title)
        return self._around(deck) + self._of_form(deck, title)

    def _opens_report(self, deck: Deck) -> bool:
        after = self._body_after(deck)
        return after is not None and bool(
            signs.dateline_of(after.text) or signs.jump_at_head(after.text) or signs.jump_alone(after.text)
        )

    def _around(self, deck: Deck) -> float:
        """What stands above and below."""
        points = 0.0
        if self._opens_report(deck):
            points += 5.0
        before = self._before(deck)
        if before is None:
            points += 3.0
        elif before.kind is Kind.BYLINE or (before.kind is Kind.BODY and sign_off(before.text)):
            points += 3.5
        elif before.kind is Kind.BODY and not signs.ends_whole(before.text):
            points += 1.0
        elif before.kind is Kind.JUMP:
            points += 2.0
        after = self._body_after(deck)
        if after is None or signs.is_lead(after.text):
            points += 3.0 if self._told_below(deck) else 1.0
        if deck.bylines:
            points += 3.0
        if deck.last + 1 < len(self.items) and self.items[deck.last + 1].why == IN_PICTURE_STORY:
            points += 4.0
        title = "".join(self.items[at].text for at in deck.title)
        if len(title) >= 12 and self._follows_brief(deck):
            points += 1.0
        if points <= 2 and self._parts_bylines(deck):
            points += 2.0
        return points + self._change(deck)

    def _parts_bylines(self, deck: Deck) -> bool:
        """True for the longest headline between a report whose dateline names its reporters and another sign-off."""
        if not deck.title:
            return False
        above = self._until_byline(deck.first, -1)
        below = self._until_byline(deck.last, 1)
        if above is None or below is None:
            return False
        own = len("".join(self.items[at].text for at in deck.title))
        between = [d for d in self.decks if above < d.first < below and d.title]
        return own >= 10 and all(own >= len("".join(self.items[at].text for at in d.title)) for d in between)

    def _until_byline(self, at: int, step: int) -> int | None:
        """The place of a dateline with reporters above, or of a sign-off below, before any other."""
        at += step
        while 0 <= at < len(self.items):
            item = self.items[at]
            if item.kind is Kind.BYLINE:
                return at if step > 0 else None
            if item.kind is Kind.BODY and sign_off(item.text):
                return at if step > 0 else None
            if item.kind is Kind.BODY and (found := signs.dateline_of(item.text)):
                return at if step < 0 and found[1] else None
            at += step
        return None

    def _change(self, deck: Deck) -> float:
        """How far the text below speaks of other things than the text above, by the pairs of characters they share."""
        above, below = self._run(deck.first, -1), self._run(deck.last, 1)
        if len(above) < 80 or len(below) < 60:
            return 0.0
        pairs = {below[at : at + 2] for at in range(len(below) - 1)} - _COMMON_PAIRS
        held = {above[at : at + 2] for at in range(len(above) - 1)}
        share = len(pairs & held) / max(1, len(pairs))
        return 0.8 if share < 0.02 else 0.0

    def _run(self, at: int, step: int) -> str:
        """Some 600 characters of running text above or below a deck, without marks and digits."""
        text = ""
        at += step
        while 0 <= at < len(self.items) and len(text) < 600 and self.items[at].kind not in (Kind.HEAD, Kind.DASH):
            if self.items[at].kind is Kind.BODY:
                text = self.items[at].text + text if step < 0 else text + self.items[at].text
            at += step
        text = text[-600:] if step < 0 else text[:600]
        return re.sub(r"[^\u3400-\u9fff]", "", text)

    def _told_below(self, deck: Deck) -> bool:
        """True if the text below begins as a report does, and says what the title says."""
        after = self._body_after(deck)
        title = "".join(self.items[at].text for at in deck.title)
        if after is None or len(title) < 8 or not signs.is_lead(after.text):
            return False
        return _in_common(title, after.text[:120]) >= 0.4 * (len(title) - 1)

    def _follows_brief(self, deck: Deck) -> bool:
        """True below a short report: what opened with a dateline and has said little needs no headings."""
        length, at = 0, deck.first - 1
        while at >= 0 and self.items[at].kind is Kind.BODY and length <= _BRIEF:
            length += len(self.items[at].text)
            if signs.dateline_of(self.items[at].text):
                return length <= _BRIEF
            at -= 1
        return False

    def _of_form(self, deck: Deck, title: str) -> float:
        """What the deck itself says."""
        marks = {self.items[at].mark for at in deck.title} - {None}
        if marks:
            return -6.0 if marks == {Mark.HEADING} else 8.0
        levels = [self.items[at].level for at in deck.title if self.items[at].level]
        points = -1.5
        if levels:
            points += self._level_points(min(levels))
        if signs.NUMBERED.match(title):
            points -= 4.0
        if signs.is_notice(title):
            points += 3.0
        dashes = [self.items[at].text.lstrip("—") for at in deck.subtitle if self.items[at].kind is Kind.DASH]
        if any(map(signs.is_feature_line, dashes)):
            points += 3.0
        if deck.kicker or any(self.items[at].kind is Kind.HEAD for at in deck.subtitle):
            points += 3.0
        if deck.column:
            points += 2.0
        points += 0.7 if len(title) >= 13 else -0.7 if len(title) <= 8 else 0.0
        return points - (1.0 if "——" in title else 0.0)

    def _level_points(self, level: int) -> float:
        """`#` is a title; what `##` is depends on whether there is a `#`, and on what stands around."""
        if level == 1:
            return 4.0
        levels = [self.items[at].level for deck in self.decks for at in deck.title if self.items[at].level]
        return -1.0 if min(levels) < level else 1.5

    def _before(self, deck: Deck) -> Item | None:
        at = deck.first - 1
        while at >= 0 and self.items[at].kind in _WITHIN - {Kind.BYLINE, Kind.JUMP}:
            at -= 1
        return self.items[at] if at >= 0 else None

    def _body_after(self, deck: Deck) -> Item | None:
        at = deck.last + 1
        while at < len(self.items) and self.items[at].kind in _WITHIN:
            jump = signs.jump_alone(self.items[at].text) if self.items[at].kind is Kind.JUMP else None
            if jump and not jump.away:
                return self.items[at]
            at += 1
        return self.items[at] if at < len(self.items) and self.items[at].kind is Kind.BODY else None

    def _shape(self, deck: Deck) -> tuple[object, ...]:
        """The form by which headings of one story are alike."""
        title = "".join(self.items[at].text for at in deck.title)
        dash = any(self.items[at].kind is Kind.DASH for at in deck.subtitle)
        if signs.NUMBERED.match(title):
            return ("numbered",)
        level = max((self.items[at].level for at in deck.title), default=0)
        parts = [len(part) for part in re.split("[ \u3000，——]+", title) if part]
        return level, dash, "——" in title, len(parts), bool(deck.kicker), sum(parts) // 5
