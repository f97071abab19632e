"""Building: the items of one story become a `Story`: its fields, its paragraphs mended, every line accounted for."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bookmaker.clippings import signs
from bookmaker.clippings.bylines import bylines_of, closed_names, is_commentator
from bookmaker.clippings.captions import credit_for_all, credit_of, without_arrow
from bookmaker.clippings.decks import Deck
from bookmaker.clippings.drafting import Draft
from bookmaker.clippings.items import Item, Kind
from bookmaker.clippings.junctions import Joiner
from bookmaker.clippings.ledger import Ledger
from bookmaker.clippings.masthead import day_of
from bookmaker.clippings.mending import closed, mended
from bookmaker.clippings.model import Caption, Masthead, Name, Part, Story, Use
from bookmaker.clippings.prose import Prose

_LONGEST_SUPPLIED = 26
_LEADING_COLUMN = re.compile(r"^【([^【】]{2,14})】[ \u3000]*(?=.)")
_LEAD_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")


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
    ledger: Ledger = field(init=False)
    prose: Prose = field(init=False)
    column: str = ""

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.items)
        self.prose = Prose(self.draft.body, self.draft.moved, self.items, self.joiner, self.ledger)

    def story(self) -> Story:
        self.column = self.draft.column
        kicker, title, subtitle = self._deck()
        self._read_bylines(self.draft.deck.bylines if self.draft.deck else ())
        parts = self.prose.parts()
        self._read_bylines(self.draft.bylines)
        self._read_jumps()
        self.prose.end()
        supplied = not title
        if supplied:
            title = self._supplied_title(parts)
        if self.column:
            self.ledger.guess(
                "column", self.column, self._column_lines(), "a column's name above", self.draft.column_sure
            )
        return Story(
            file=self.file,
            masthead=self.masthead,
            title=title,
            supplied=supplied,
            kicker=kicker,
            subtitle=subtitle,
            column=self.column,
            date=self._date(parts),
            dateline=self.prose.dateline,
            bylines=tuple(dict.fromkeys(self.ledger.names)),
            parts=parts,
            captions=self._captions(),
            continued_from=self.prose.continued_from,
            continued_on=self.prose.continued_on,
            truncated=self.prose.broken,
            guesses=tuple(self.ledger.guesses),
            accounts=tuple(sorted(self.ledger.accounts.values(), key=lambda account: account.line)),
        )

    # --- the deck ---

    def _deck(self) -> tuple[str, str, str]:
        deck = self.draft.deck
        if deck is None:
            return "", "", self._headline(self.draft.subtitles, Use.SUBTITLE)
        for at in deck.column:
            self.ledger.account(at, Use.COLUMN, "the column's name")
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
            self.ledger.account(at, use, self.items[at].why)
        return " ".join(re.sub("[ \u3000]+", " ", self.items[at].text).strip() for at in places)

    def _guess_deck(self, deck: Deck, kicker: str, title: str, subtitle: str) -> None:
        marked = any(self.items[at].mark for at in deck.title)
        where = "right above its text" if self.draft.beside else "away from its text, which speaks of the same things"
        if title:
            lines = self.ledger.lines(deck.title)
            self.ledger.guess("title", title, lines, f"{deck.why}; {where}", self._sure_of_title(deck, marked=marked))
        if kicker:
            lines = self.ledger.lines(deck.kicker)
            self.ledger.guess("kicker", kicker, lines, "above or beside the title", 1.0 if marked else 0.75)
        if subtitle:
            plain = any(self.items[at].kind is Kind.HEAD for at in deck.subtitle)
            why = "below the title, and says more of it" if plain else "begins with a dash"
            sure = 1.0 if marked else 0.75 if plain else 0.9
            self.ledger.guess("subtitle", subtitle, self.ledger.lines(deck.subtitle), why, sure)

    def _sure_of_title(self, deck: Deck, *, marked: bool) -> float:
        if not self.draft.beside:
            return 1.0 if marked else 0.6
        return 1.0 if marked else 0.95 if deck.points > 1.5 else 0.75

    def _column_lines(self) -> tuple[int, ...]:
        return self.ledger.lines(self.draft.deck.column) if self.draft.deck else ()

    def _supplied_title(self, parts: Sequence[Part]) -> str:
        first = next((p for part in parts for p in part.paragraphs), None)
        text = first.text if first else next((self.items[places[0]].text for places in self.draft.captions), "")
        title = supplied_title(text)
        lines = first.lines if first else ()
        self.ledger.guess(
            "title", title, lines, "the page holds no headline of this text; made of its first words", 0.2
        )
        return title

    # --- who, where, when ---

    def _read_bylines(self, places: Iterable[int]) -> None:
        for at in places:
            item = self.items[at]
            names = bylines_of(item.text) or (Name(closed(item.text)),)
            self.ledger.account(at, Use.BYLINE, item.why)
            if not self.column and (found := is_commentator(item.text)) and not found[1] and "评论员" not in item.text:
                self.column = item.text
            self.ledger.sign(names, item.lines, item.why, item.sure)

    def _read_jumps(self) -> None:
        for at in self.draft.jumps:
            jump = signs.jump_alone(self.items[at].text)
            self.ledger.account(at, Use.JUMP, "a jump line")
            if jump and jump.away:
                self.prose.continued_on = jump.page
            elif jump:
                self.prose.continued_from = jump.page

    def _captions(self) -> tuple[Caption, ...]:
        """Every caption; one credit for several pictures goes to all that have none."""
        found = [self._caption(places) for places in self.draft.captions]
        for at in self.draft.credits:
            self.ledger.account(at, Use.CAPTION, "one credit for several pictures")
            credit = credit_for_all(self.items[at].text)
            found = [caption if caption.credit else replace(caption, credit=credit) for caption in found]
        return tuple(found)

    def _caption(self, places: tuple[int, ...]) -> Caption:
        text, credit = "", ""
        for at in places:
            item = self.items[at]
            self.ledger.account(at, Use.CAPTION, item.why)
            found = credit_of(item.text) if len(item.text) <= 260 else None
            before, own = found if found else (item.text, "")
            text = text + before
            credit = credit or own
        text = closed(mended(without_arrow(text)))
        credit = closed_names(credit).strip()
        self.ledger.guess(
            "caption", text, self.ledger.lines(places), self.items[places[0]].why, self.items[places[0]].sure
        )
        return Caption(text, credit, self.ledger.lines(places))

    def _date(self, parts: Sequence[Part]) -> datetime.date | None:
        """The day of the report; its year only where the page says it (folio, or the text itself)."""
        printed = self.masthead.date
        first = next((p for part in parts for p in part.paragraphs), None)
        found = _LEAD_DAY.search(self.prose.dateline) or (_LEAD_DAY.search(first.text[:28]) if first else None)
        if found is None:
            return None
        year, month, day = (int(value) if value else 0 for value in found.groups())
        lines = first.lines if first else ()
        if year:
            said = day_of(year, month, day)
            if said is None or (printed and said > printed):
                return None
            self.ledger.guess("date", said.isoformat(), lines, "the text says the year", 0.95)
            return said
        if printed is None:
            return None
        guessed = day_of(printed.year, month, day)
        if guessed and guessed > printed:
            guessed = day_of(printed.year - 1, month, day)
        if guessed is None or (printed - guessed).days > 60:
            return None
        self.ledger.guess("date", guessed.isoformat(), lines, "the day of the text, the year of the folio", 0.9)
        return guessed


def supplied_title(text: str) -> str:
    """A working title in 〔〕 from a text's first words: what an editor has to replace."""
    words = re.split("[，。；：！？…]", text.strip("“”‘’ "), maxsplit=1)[0]
    words = re.sub("[“”‘’]", "", words)[:_LONGEST_SUPPLIED]
    return f"〔{words or '无题'}〕"
