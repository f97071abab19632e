"""Makes the book: the same one for the same number of articles, on every machine and day.

Short news, middling and long articles come as the dice fall; what else an article has (`SHARES`) goes by its place,
so that a book of six articles has everything already. Each article has dice of its own: it is the same in a small
book as in a large one, but for the articles that it refers to.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tools.bench.book import (
    Article,
    Block,
    Book,
    Call,
    Chapter,
    Emphasis,
    Figure,
    Heading,
    Items,
    Paragraph,
    Quotation,
    See,
    Span,
    Strong,
    Table,
    Words,
)
from tools.bench.sentences import han_run, phrases, sentences

THEMES = Path(__file__).parents[2] / "content" / "themes"
#: The chapters, in order.
ORDER = ("projects", "investment", "environment", "talent", "innovation")
TITLE = "试验样书"
#: What every so manieth article has, and the first that has it.
SHARES = {
    "notes": (3, 0),
    "second call": (6, 3),
    "table": (10, 1),
    "figure": (10, 2),
    "drawing": (50, 5),
    "reference": (5, 4),
    "key figure": (8, 3),
    "event": (3, 1),
}
#: Characters of an article, and how many in a hundred are so long.
LENGTHS = ((30, (150, 350)), (58, (350, 800)), (12, (1500, 2300)))
_AUTHORS = ("张三", "李四", "王五")
_FIRST_DAY = date(2022, 1, 1)
#: Characters after which a section of an article ends.
_SECTION = 450


def make_book(number: int, *, plain: bool = False) -> Book:
    """A book of so many articles; a plain one has running text, headings, lists and quotations alone."""
    articles = [_article(index, number, plain) for index in range(number)]
    chapters = (
        Chapter(_title_of(theme), theme, tuple(article for article in articles if article.theme == theme))
        for theme in ORDER
    )
    return Book(TITLE, tuple(chapter for chapter in chapters if chapter.articles))


def edited(book: Book, number: int) -> tuple[Book, Article]:
    """The book with a few words more in one paragraph, and the article that has them: an edit of that number."""
    articles = book.articles
    old = articles[(len(articles) // 2 + 7 * number) % len(articles)]
    at = next(place for place, block in enumerate(old.blocks) if isinstance(block, Paragraph))
    paragraph = old.blocks[at]
    assert isinstance(paragraph, Paragraph)
    longer = Paragraph((*paragraph.spans, Words(f"这是编者第{number + 1}次补充。")))
    new = replace(old, blocks=(*old.blocks[:at], longer, *old.blocks[at + 1 :]))
    chapters = (
        replace(chapter, articles=tuple(new if article is old else article for article in chapter.articles))
        for chapter in book.chapters
    )
    return replace(book, chapters=tuple(chapters)), new


def _title_of(theme: str) -> str:
    return str(tomllib.loads((THEMES / f"{theme}.toml").read_text(encoding="utf-8"))["title"])


def _slug(index: int) -> str:
    return f"article-{index:05}"


def _headline(index: int) -> str:
    dice = Random(f"headline {index}")
    return f"{dice.choice(phrases())}之{index + 1}"


def _article(index: int, number: int, plain: bool) -> Article:
    dice = Random(f"article {index}")
    has = {what: not plain and index % every == first for what, (every, first) in SHARES.items()}
    length = dice.choices([length for _, length in LENGTHS], [share for share, _ in LENGTHS])[0]
    text = _Text(dice, dice.randint(*length))
    text.write()
    notes = text.add_notes(has["second call"]) if has["notes"] else ()
    if has["reference"]:
        other = dice.choice([place for place in range(number) if place != index] or [index])
        text.add_reference(See(_slug(other), _headline(other)))
    if has["table"]:
        text.add_table()
    if has["figure"] or has["drawing"]:
        text.add_figure(f"chart-{index:05}", has["drawing"])
    return Article(
        slug=_slug(index),
        title=_headline(index),
        kicker="" if plain or dice.random() < 0.4 else dice.choice(phrases()),
        author=dice.choice(_AUTHORS),
        day=_FIRST_DAY + timedelta(days=index * 37 % 365),
        # The places that have a table, a figure or a reference fall into every chapter.
        theme=ORDER[(2 * index + index // 10 + index // 50) % len(ORDER)],
        source="" if plain or dice.random() < 0.1 else f"{dice.choice(phrases())}之{index // 6 + 1}",
        event=dice.choice(phrases()) if has["event"] else "",
        key_figure=(dice.choice(phrases()), str(dice.randint(3, 900)), "亿元") if has["key figure"] else None,
        blocks=text.blocks(),
        notes=notes,
    )


@dataclass(slots=True)
class _Text:
    """An article being written: blocks, and paragraphs as lists of sentences that can still get calls."""

    dice: Random
    length: int
    parts: list[Block | list[list[Span]]] = field(default_factory=list)

    def write(self) -> None:
        written = since = 0
        while written < self.length:
            if since > _SECTION and self.length - written > _SECTION / 3:
                self.parts.append(Heading(self.dice.choice(phrases())))
                since = 0
            size = self._add_block(first=not self.parts or isinstance(self.parts[-1], Heading))
            written, since = written + size, since + size

    def _add_block(self, first: bool) -> int:
        """A quotation, a list or, most often, a paragraph; gives its characters."""
        chance = 1 if first else self.dice.random()
        if chance < 0.05:
            self.parts.append(Quotation(text := "".join(self._sentences(2))))
            return len(text)
        if chance < 0.12:
            items = self._sentences(self.dice.randint(2, 4))
            self.parts.append(Items(self.dice.random() < 0.5, tuple(items)))
            return sum(map(len, items))
        chosen = self._sentences(self.dice.choice((1, 2, 2, 3, 3, 4)))
        self.parts.append([self._spans(sentence) for sentence in chosen])
        return sum(map(len, chosen))

    def _sentences(self, number: int) -> list[str]:
        return [self.dice.choice(sentences()) for _ in range(number)]

    def _spans(self, sentence: str) -> list[Span]:
        """A sentence, now and then with some words in bold or in kai."""
        chance, run = self.dice.random(), han_run(sentence)
        if chance > 0.08 or run is None:
            return [Words(sentence)]
        words = run[0][:6]
        marked: Span = Strong(words) if chance > 0.03 else Emphasis(words)
        around = (sentence[: run.start()], sentence[run.start() + len(words) :])
        return [Words(around[0]), marked, Words(around[1])] if around[0] else [marked, Words(around[1])]

    def add_notes(self, second_call: bool) -> tuple[str, ...]:
        """Calls behind sentences, each behind another one; with `second_call` the first note is called once more."""
        ends = self._paragraphs()
        number = min(self.dice.choice((1, 1, 2, 3, 4)), len(ends) - second_call)
        chosen = sorted(self.dice.sample(range(len(ends)), number + second_call))
        for note, place in enumerate(chosen[:number], 1):
            ends[place].append(Call(note))
        if second_call:
            ends[chosen[-1]].append(Call(1, again=True))
        return tuple("".join(self._sentences(self.dice.choice((1, 1, 1, 2, 3)))) for _ in range(number))

    def add_reference(self, see: See) -> None:
        self.dice.choice(self._paragraphs()).extend((Words("详见"), see, Words("。")))

    def add_table(self) -> None:
        columns = self.dice.choice((("数量",), ("数量", "金额")))
        rows = [("项目", *columns)]
        for _ in range(self.dice.choice((3, 4, 4, 5, 6, 8, 12))):
            rows.append((self.dice.choice(phrases()), *(str(self.dice.randint(2, 9000)) for _ in columns)))
        lead = self._after_paragraph()
        self.parts[lead:lead] = [[[Words("各项进展见下表：")]], Table(tuple(rows))]

    def add_figure(self, name: str, drawing: bool) -> None:
        bars = tuple(self.dice.randint(10, 100) for _ in range(self.dice.randint(5, 9)))
        figure = Figure(name, bars, drawing, f"{len(bars)}根柱子", self.dice.choice(phrases()), "本刊制图")
        place = self._after_paragraph()
        self.parts[place:place] = [figure]

    def blocks(self) -> tuple[Block, ...]:
        return tuple(_paragraph(part) if isinstance(part, list) else part for part in self.parts)

    def _paragraphs(self) -> list[list[Span]]:
        """The sentences of all paragraphs, in order."""
        return [sentence for part in self.parts if isinstance(part, list) for sentence in part]

    def _after_paragraph(self) -> int:
        """A place behind some paragraph."""
        return 1 + self.dice.choice([place for place, part in enumerate(self.parts) if isinstance(part, list)])


def _paragraph(sentences: Sequence[Sequence[Span]]) -> Paragraph:
    """One paragraph; words beside words are one span."""
    spans: list[Span] = []
    for span in (span for sentence in sentences for span in sentence):
        if isinstance(span, Words) and spans and isinstance(last := spans[-1], Words):
            spans[-1] = Words(last.text + span.text)
        else:
            spans.append(span)
    return Paragraph(tuple(spans))
