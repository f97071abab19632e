"""Building: the items of one story become a `Story`: its fields, its paragraphs mended, every line accounted for."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bookmaker.clippings import signs
from bookmaker.clippings.bylines import bylines_of, closed_names, is_commentator, sign_off
from bookmaker.clippings.captions import credit_for_all, credit_of, without_arrow
from bookmaker.clippings.heads import Deck
from bookmaker.clippings.junctions import Joiner
from bookmaker.clippings.kinds import Item, Kind
from bookmaker.clippings.mending import closed, mended
from bookmaker.clippings.model import Account, Caption, Guess, Masthead, Name, Paragraph, Part, Story, Use

_LONGEST_SUPPLIED = 26
_LEADING_COLUMN = re.compile(r"^【([^【】]{2,14})】[ \u3000]*(?=.)")
_LEAD_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")


@dataclass(slots=True)
class Draft:
    """What has been found to belong to one story, by the places of the items; `body` in reading order."""

    deck: Deck | None = None
    body: list[int] = field(default_factory=list)
    bylines: list[int] = field(default_factory=list)
    captions: list[tuple[int, ...]] = field(default_factory=list)
    credits: list[int] = field(default_factory=list)
    jumps: list[int] = field(default_factory=list)
    subtitles: list[int] = field(default_factory=list)
    column: str = ""
    column_sure: float = 0.9
    moved: frozenset[int] = frozenset()
    beside: bool = True


def story_of(draft: Draft, items: Sequence[Item], joiner: Joiner, file: str, masthead: Masthead) -> Story:
    """The story of a draft."""
    return _Builder(draft, items, joiner, file, masthead).story()


@dataclass(slots=True)
class _Builder:
    draft: Draft
    items: Sequence[Item]
    joiner: Joiner
    file: str
    masthead: Masthead
    guesses: list[Guess] = field(default_factory=list)
    accounts: dict[int, Account] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)
    dateline: str = ""
    column: str = ""
    continued_from: str = ""
    continued_on: str = ""
    broken: bool = False

    def story(self) -> Story:
        self.column = self.draft.column
        kicker, title, subtitle = self._deck()
        self._read_bylines(self.draft.deck.bylines if self.draft.deck else ())
        parts = self._parts()
        self._read_bylines(self.draft.bylines)
        self._read_jumps()
        supplied = not title
        if supplied:
            title = self._supplied_title(parts)
        if self.column:
            self._guess("column", self.column, self._column_lines(), "a column's name above", self.draft.column_sure)
        return Story(
            file=self.file,
            masthead=self.masthead,
            title=title,
            supplied=supplied,
            kicker=kicker,
            subtitle=subtitle,
            column=self.column,
            date=self._date(parts),
            dateline=self.dateline,
            bylines=tuple(dict.fromkeys(self.names)),
            parts=parts,
            captions=self._captions(),
            continued_from=self.continued_from,
            continued_on=self.continued_on,
            truncated=self.broken,
            guesses=tuple(self.guesses),
            accounts=tuple(sorted(self.accounts.values(), key=lambda account: account.line)),
        )

    # --- the deck ---

    def _deck(self) -> tuple[str, str, str]:
        deck = self.draft.deck
        if deck is None:
            return "", "", self._headline(self.draft.subtitles, Use.SUBTITLE)
        for at in deck.column:
            self._account(at, Use.COLUMN, "the column's name")
        kicker = self._headline(deck.kicker, Use.KICKER)
        title = self._headline(deck.title, Use.TITLE)
        if found := _LEADING_COLUMN.match(title):
            self.column, title = self.column or found[1], title[found.end() :]
        subtitle = self._headline((*deck.subtitle, *self.draft.subtitles), Use.SUBTITLE)
        self._guess_deck(deck, kicker, title, subtitle)
        return kicker, title, subtitle

    def _headline(self, places: Iterable[int], use: Use) -> str:
        places = list(places)
        for at in places:
            self._account(at, use, self.items[at].why)
        return " ".join(re.sub("[ \u3000]+", " ", self.items[at].text).strip() for at in places)

    def _guess_deck(self, deck: Deck, kicker: str, title: str, subtitle: str) -> None:
        marked = any(self.items[at].mark for at in deck.title)
        sure = (
            1.0 if marked else 0.95 if self.draft.beside and deck.points > 1.5 else 0.75 if self.draft.beside else 0.6
        )
        where = "right above its text" if self.draft.beside else "away from its text, which speaks of the same things"
        if title:
            self._guess("title", title, self._lines(deck.title), f"{deck.why}; {where}", sure)
        plain = [at for at in deck.subtitle if self.items[at].kind is Kind.HEAD]
        if kicker:
            self._guess(
                "kicker", kicker, self._lines(deck.kicker), "above or beside the title", 0.75 if not marked else 1.0
            )
        if subtitle:
            why = "begins with a dash" if not plain else "below the title, and says more of it"
            self._guess(
                "subtitle", subtitle, self._lines(deck.subtitle), why, 1.0 if marked else 0.9 if not plain else 0.75
            )

    def _column_lines(self) -> tuple[int, ...]:
        return self._lines(self.draft.deck.column) if self.draft.deck else ()

    def _supplied_title(self, parts: Sequence[Part]) -> str:
        first = next((p for part in parts for p in part.paragraphs), None)
        text = first.text if first else next((self.items[places[0]].text for places in self.draft.captions), "")
        title = supplied_title(text)
        lines = first.lines if first else ()
        self._guess("title", title, lines, "the page holds no headline of this text; made of its first words", 0.2)
        return title

    # --- the text ---

    def _parts(self) -> tuple[Part, ...]:
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
        self._end()
        return tuple(parts)

    def _grouped(self) -> list[list[int]]:
        """The body's items: headings of one or two lines, and the pieces of one paragraph, together."""
        groups: list[list[int]] = []
        for at in self.draft.body:
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
            self._account(at, Use.HEADING, self.items[at].why)
        text = "".join(re.sub("[ \u3000]+", " ", self.items[at].text).strip() for at in heading)
        if heading:
            sure = 1.0 if self.items[heading[0]].mark else 0.9 if self.items[heading[0]].level else 0.8
            self._guess("heading", text, self._lines(heading), "stands as headings inside a story do", sure)
        return Part(text, self._lines(heading), tuple(paragraphs))

    def _paragraph(self, group: Sequence[int], *, first: bool) -> Paragraph:
        text = ""
        for index, at in enumerate(group):
            piece = self.items[at].text
            self._account(at, Use.BODY, "running text" if not index else "goes on the sentence above")
            if index:
                piece = self._joined(text, piece, group[index - 1], at)
                text = text[: len(text) - self.joiner.joint(text, self.items[at].text).cut]
            text += piece
        text = self._without_jumps(text, first=first)
        if first:
            text = self._without_dateline(text)
        text = self._without_sign_off(text, group[-1])
        return Paragraph(closed(mended(text)), self._lines(group))

    def _joined(self, text: str, piece: str, before: int, at: int) -> str:
        """A piece without what the break doubled; the junction is told where it is in doubt."""
        joint = self.joiner.joint(text, piece)
        points = self.joiner.points(text, piece)
        lines = (self.items[before].lines[-1], self.items[at].lines[0])
        seam = f"{text[-6:]}|{piece[:6]}"
        if joint.why:
            self._guess("junction", seam, lines, joint.why, 0.6 if joint.cut else 0.75)
        elif at in self.draft.moved:
            self._guess("junction", seam, lines, "the sentence goes on elsewhere on the page", _sure(points) - 0.1)
        else:
            self._guess("junction", seam, lines, "the sentence goes on behind a break", _sure(points) + 0.15)
        return piece[joint.skip :]

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
        self.names += names
        self._guess("dateline", self.dateline, (), "the report's first words", 0.95)
        return rest

    def _without_sign_off(self, text: str, at: int) -> str:
        found = sign_off(text)
        if not found:
            return text
        names = bylines_of(found[1])
        self.names += names
        said = " ".join(f"{name.role} {name.name}".strip() for name in names)
        self._guess("bylines", said, self.items[at].lines[-1:], "names in brackets at the text's end", 0.9)
        return text[: found.start()].rstrip(" \u3000")

    def _end(self) -> None:
        """Whether the text breaks off."""
        pieces = [at for at in self.draft.body if self.items[at].kind is Kind.BODY]
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
                self._guess("truncated", text[-12:], last.lines[-1:], "the last sentence does not end", 0.7)

    # --- who, where, when ---

    def _read_bylines(self, places: Iterable[int]) -> None:
        for at in places:
            item = self.items[at]
            names = bylines_of(item.text) or (Name(closed(item.text)),)
            self._account(at, Use.BYLINE, item.why)
            self.names += names
            if not self.column and (found := is_commentator(item.text)) and not found[1] and "评论员" not in item.text:
                self.column = item.text
            said = " ".join(f"{name.role} {name.name}".strip() for name in names)
            self._guess("bylines", said, item.lines, item.why, item.sure)

    def _read_jumps(self) -> None:
        for at in self.draft.jumps:
            jump = signs.jump_alone(self.items[at].text)
            self._account(at, Use.JUMP, "a jump line")
            if jump and jump.away:
                self.continued_on = jump.page
            elif jump:
                self.continued_from = jump.page

    def _captions(self) -> tuple[Caption, ...]:
        """Every caption; one credit for several pictures goes to all that have none."""
        found = [self._caption(places) for places in self.draft.captions]
        for at in self.draft.credits:
            self._account(at, Use.CAPTION, "one credit for several pictures")
            credit = credit_for_all(self.items[at].text)
            found = [caption if caption.credit else replace(caption, credit=credit) for caption in found]
        return tuple(found)

    def _caption(self, places: tuple[int, ...]) -> Caption:
        text, credit = "", ""
        for at in places:
            item = self.items[at]
            self._account(at, Use.CAPTION, item.why)
            found = credit_of(item.text) if len(item.text) <= 260 else None
            before, own = found if found else (item.text, "")
            text = text + before
            credit = credit or own
        text = closed(mended(without_arrow(text)))
        credit = closed_names(credit).strip()
        self._guess("caption", text, self._lines(places), self.items[places[0]].why, self.items[places[0]].sure)
        return Caption(text, credit, self._lines(places))

    def _date(self, parts: Sequence[Part]) -> datetime.date | None:
        """The day of the report; its year only where the page says it (folio, or the text itself)."""
        printed = self.masthead.date
        first = next((p for part in parts for p in part.paragraphs), None)
        found = _LEAD_DAY.search(self.dateline) or (_LEAD_DAY.search(first.text[:28]) if first else None)
        if found is None:
            return None
        year, month, day = (int(value) if value else 0 for value in found.groups())
        lines = first.lines if first else ()
        if year:
            said = _day(year, month, day)
            if said is None or (printed and said > printed):
                return None
            self._guess("date", said.isoformat(), lines, "the text says the year", 0.95)
            return said
        if printed is None:
            return None
        guessed = _day(printed.year, month, day)
        if guessed and guessed > printed:
            guessed = _day(printed.year - 1, month, day)
        if guessed is None or (printed - guessed).days > 60:
            return None
        self._guess("date", guessed.isoformat(), lines, "the day of the text, the year of the folio", 0.9)
        return guessed

    # --- accounts ---

    def _guess(self, name: str, value: str, lines: Sequence[int], why: str, sure: float) -> None:
        self.guesses.append(Guess(name, value, tuple(lines), why, max(0.0, min(1.0, round(sure, 2)))))

    def _account(self, at: int, use: Use, why: str) -> None:
        for line in self.items[at].lines:
            self.accounts[line] = Account(line, use, why)

    def _lines(self, places: Iterable[int]) -> tuple[int, ...]:
        return tuple(line for at in places for line in self.items[at].lines)


def _sure(points: float) -> float:
    """How sure a junction with so many points is."""
    return min(0.95, 0.6 + 0.08 * points)


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def supplied_title(text: str) -> str:
    """A working title in 〔〕 from a text's first words: what an editor has to replace."""
    words = re.split("[，。；：！？…]", text.strip("“”‘’ "), maxsplit=1)[0]
    words = re.sub("[“”‘’]", "", words)[:_LONGEST_SUPPLIED]
    return f"〔{words or '无题'}〕"
