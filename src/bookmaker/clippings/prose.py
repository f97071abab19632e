"""Prose: the items of one story's text become its parts and paragraphs, joined where a break cut them and mended.

What stands in the text and is none of it goes where it belongs: the dateline, the names in brackets, the jump lines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bookmaker.clippings import signs
from bookmaker.clippings.bylines import bylines_of, sign_off
from bookmaker.clippings.items import Item, Kind
from bookmaker.clippings.junctions import Joiner
from bookmaker.clippings.ledger import Ledger
from bookmaker.clippings.mending import closed, mended
from bookmaker.clippings.model import Paragraph, Part, Use


@dataclass(slots=True)
class Prose:
    """The text of one story; `parts` reads it, and then the other fields say what it held.

    `body` are the places of its items in reading order, `moved` those that did not follow their forerunner on the page.
    """

    body: Sequence[int]
    moved: frozenset[int]
    items: Sequence[Item]
    joiner: Joiner
    ledger: Ledger
    dateline: str = ""
    continued_from: str = ""
    continued_on: str = ""
    broken: bool = False

    def parts(self) -> tuple[Part, ...]:
        parts: list[Part] = []
        paragraphs: list[Paragraph] = []
        heading: list[int] = []
        for group in self._grouped():
            if self.items[group[0]].kind in (Kind.HEAD, Kind.DASH):
                if paragraphs or heading:
                    parts.append(self._part(heading, paragraphs))
                heading, paragraphs = group, []
            else:
                paragraph = self._paragraph(group, first=not parts and not paragraphs)
                if paragraph.text:
                    paragraphs.append(paragraph)
        if paragraphs or heading:
            parts.append(self._part(heading, paragraphs))
        return tuple(parts)

    def _grouped(self) -> list[list[int]]:
        """The body's items: headings of one or two lines, and the pieces of one paragraph, together."""
        groups: list[list[int]] = []
        for at in self.body:
            item = self.items[at]
            last = self.items[groups[-1][-1]].kind if groups else None
            second_half = item.kind is Kind.DASH and last is Kind.HEAD
            if second_half or (item.kind is Kind.BODY is last and self._goes_on(groups[-1], at)):
                groups[-1].append(at)
            else:
                groups.append([at])
        return groups

    def _goes_on(self, group: Sequence[int], at: int) -> bool:
        """True if a piece continues the sentence of the one before."""
        before, item = self.items[group[-1]], self.items[at]
        if before.mark or item.mark or before.closes or signs.jump_at_tail(before.text):
            return False
        if signs.ends_whole(before.text):
            return signs.starts_badly(item.text) and not item.text.startswith("、")
        return self.joiner.points(before.text, item.text) > -1.5

    def _part(self, heading: Sequence[int], paragraphs: Sequence[Paragraph]) -> Part:
        for at in heading:
            self.ledger.account(at, Use.HEADING, self.items[at].why)
        text = "".join(re.sub("[ \u3000]+", " ", self.items[at].text).strip() for at in heading)
        if heading:
            sure = 1.0 if self.items[heading[0]].mark else 0.9 if self.items[heading[0]].level else 0.8
            self.ledger.guess("heading", text, self.ledger.lines(heading), "stands as headings inside a story do", sure)
        return Part(text, self.ledger.lines(heading), tuple(paragraphs))

    def _paragraph(self, group: Sequence[int], *, first: bool) -> Paragraph:
        text = ""
        for index, at in enumerate(group):
            piece = self.items[at].text
            self.ledger.account(at, Use.BODY, "running text" if not index else "goes on the sentence above")
            text = self._joined(text, piece, group[index - 1], at) if index else piece
        text = self._without_jumps(text, first=first)
        if first:
            text = self._without_dateline(text)
        text = self._without_sign_off(text, group[-1])
        return Paragraph(closed(mended(text)), self.ledger.lines(group))

    def _joined(self, text: str, piece: str, before: int, at: int) -> str:
        """Both without what the break doubled or left over; the junction is told where it is in doubt."""
        joint = self.joiner.joint(text, piece)
        points = self.joiner.points(text, piece)
        lines = (self.items[before].lines[-1], self.items[at].lines[0])
        seam = f"{text[-6:]}|{piece[:6]}"
        if joint.why:
            self.ledger.guess("junction", seam, lines, joint.why, 0.6 if joint.cut else 0.75)
        elif at in self.moved:
            self.ledger.guess(
                "junction", seam, lines, "the sentence goes on elsewhere on the page", _sure(points) - 0.1
            )
        else:
            self.ledger.guess("junction", seam, lines, "the sentence goes on behind a break", _sure(points) + 0.15)
        return text[: len(text) - joint.cut] + piece[joint.skip :]

    def _without_jumps(self, text: str, *, first: bool) -> str:
        head = signs.jump_at_head(text)
        if head:
            if first or not self.continued_from:
                self.continued_from = head.page
            text = text[head.end :].lstrip(" \u3000")
        tail = signs.jump_at_tail(text)
        if tail:
            self.continued_on = tail.page
            text = text[: tail.start].rstrip(" \u3000")
        return text

    def _without_dateline(self, text: str) -> str:
        found = signs.dateline_of(text)
        if not found:
            return text
        self.dateline, names, rest = found
        self.ledger.names += names
        self.ledger.guess("dateline", self.dateline, (), "the report's first words", 0.95)
        return rest

    def _without_sign_off(self, text: str, at: int) -> str:
        found = sign_off(text)
        if not found:
            return text
        names = bylines_of(found[1])
        self.ledger.sign(names, self.items[at].lines[-1:], "names in brackets at the text's end", 0.9)
        return text[: found.start()].rstrip(" \u3000")

    def end(self) -> None:
        """Whether the text breaks off; asked when it is known where it goes on."""
        pieces = [at for at in self.body if self.items[at].kind is Kind.BODY]
        if not pieces:
            return
        last = self.items[pieces[-1]]
        tail = signs.jump_at_tail(last.text)
        text = last.text[: tail.start].rstrip() if tail else last.text
        if last.closes:
            return
        if not signs.ends_whole(text) or text.endswith(("：", "，")):
            self.broken = True
            if not self.continued_on:
                self.ledger.guess("truncated", text[-12:], last.lines[-1:], "the last sentence does not end", 0.65)


def _sure(points: float) -> float:
    """How sure a junction with so many points is."""
    return min(0.95, 0.6 + 0.08 * points)
