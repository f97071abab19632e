"""Headlines judged: a deck opens a story, heads a section inside one, or belongs to none (a standing head, a slogan).

What tells is what stands above and below it (a sign-off, a dateline), its own form (a dash with 访…), and whether
others look like it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bookmaker.clippings import signs
from bookmaker.clippings.bylines import sign_off
from bookmaker.clippings.decks import WITHIN, Deck, cut_decks, in_common
from bookmaker.clippings.items import IN_PICTURE_STORY, Item, Kind
from bookmaker.clippings.model import Mark
from bookmaker.script.vocabulary import listed

_COMMON_PAIRS = frozenset(
    listed(
        "记者 本报 表示 介绍 我们 他们 一个 今年 "
        "目前 可以 进行 工作 市民 全市 时间 已经 "
        "就是 这个 没有 不是 以及 通过 同时"
    )
)
#: A report of so many characters has no headings inside.
_BRIEF = 700


def decks_of(items: Sequence[Item]) -> list[Deck]:
    """Every deck of a page, judged; a deck with `points` of 0 or less heads a section, or nothing."""
    decks = cut_decks(items)
    judge = _Judge(items, decks)
    plain = [judge.plain_points(deck) for deck in decks]
    judge.shapes = Counter(judge.shape(deck) for deck, points in zip(decks, plain, strict=True) if points <= 0)
    return [judge.judged(deck, points) for deck, points in zip(decks, plain, strict=True)]


@dataclass(slots=True)
class _Judge:
    """Weighs for every deck whether it opens a story."""

    items: Sequence[Item]
    decks: Sequence[Deck]
    #: How many decks that seem to head sections have each form.
    shapes: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def judged(self, deck: Deck, points: float) -> Deck:
        """The deck with its points, less where others that seem to head sections look like it."""
        why = "stands as headlines do" if points > 0 else "stands as headings inside a story do"
        alone = self._opens_report(deck) or self._parts_bylines(deck) or self._told_below(deck)
        if points <= 2 and self.shapes[self.shape(deck)] >= 2 and not alone:
            points -= 2.5
            why = "others on the page have the same form"
        return replace(deck, points=points, why=why)

    def plain_points(self, deck: Deck) -> float:
        """What speaks for a story's headline, by what stands around and by the deck's own form."""
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
        return in_common(title, after.text[:120]) >= 0.4 * (len(title) - 1)

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
        while at >= 0 and self.items[at].kind in WITHIN - {Kind.BYLINE, Kind.JUMP}:
            at -= 1
        return self.items[at] if at >= 0 else None

    def _body_after(self, deck: Deck) -> Item | None:
        at = deck.last + 1
        while at < len(self.items) and self.items[at].kind in WITHIN:
            jump = signs.jump_alone(self.items[at].text) if self.items[at].kind is Kind.JUMP else None
            if jump and not jump.away:
                return self.items[at]
            at += 1
        return self.items[at] if at < len(self.items) and self.items[at].kind is Kind.BODY else None

    def shape(self, deck: Deck) -> tuple[object, ...]:
        """The form by which headings of one story are alike."""
        title = "".join(self.items[at].text for at in deck.title)
        dash = any(self.items[at].kind is Kind.DASH for at in deck.subtitle)
        if signs.NUMBERED.match(title):
            return ("numbered",)
        level = max((self.items[at].level for at in deck.title), default=0)
        parts = [len(part) for part in re.split("[ \u3000，——]+", title) if part]
        return level, dash, "——" in title, len(parts), bool(deck.kicker), sum(parts) // 5
