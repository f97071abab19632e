"""Made pages hold their stories, each character once, and their truth names the lines it is on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from random import Random

import pytest

from bookmaker.clippings.model import Account, Caption, Name, Page, Paragraph, Part, Story, Use
from tests.clippings.expected import compare, text_of
from tests.clippings.normal import bare, normal
from tests.clippings.notation import Expected, ExpectedStory, numbers_of
from tests.clippings.pagemaker import ARTICLES, MANNERS, Copy, clipping_of, made_pages, make_page, stories_of

PAGES = 6


@cache
def articles() -> tuple[Copy, ...]:
    return stories_of(ARTICLES)


@cache
def pages(name: str) -> list[tuple[list[str], Expected]]:
    return [(text.split("\n"), truth) for text, truth in made_pages(MANNERS[name], PAGES, seed=3)]


def deck(story: ExpectedStory) -> list[str]:
    """The texts of a story that stand outside its body, names of a sign-off aside."""
    captions = [caption.text for caption in story.captions]
    return [normal(text) for text in (story.title, story.kicker, story.subtitle, story.column, *captions) if text]


def test_stories_hold_no_marks_of_markdown() -> None:
    texts = [block.removeprefix("# ") for story in articles() for block in story.body]
    assert len(articles()) > 20
    assert all(texts)
    assert [text for text in texts if any(mark in text for mark in ("*", "[^", "|", "{", "](", "\n"))] == []
    assert [text for text in texts if text.startswith(("#", "- ", "> "))] == []


@pytest.mark.parametrize("manner", MANNERS)
def test_every_paragraph_is_made_again_from_its_lines(manner: str) -> None:
    for lines, truth in pages(manner):
        for entry in (entry for story in truth.stories for entry in story.body):
            assert normal(text_of(lines, entry.spec)) == normal(entry.text)


@pytest.mark.parametrize("manner", MANNERS)
def test_every_line_has_one_owner(manner: str) -> None:
    for lines, truth in pages(manner):
        named = [entry.spec for story in truth.stories for entry in story.body]
        named += [*truth.standing, *truth.masthead_lines, *truth.dropped]
        owners = Counter(line for spec in named for line in numbers_of(spec))
        assert set(owners.values()) == {1}
        rest = "".join(normal(line).strip("#【】") for number, line in enumerate(lines, 1) if number not in owners)
        for text in sorted((text for story in truth.stories for text in deck(story)), key=len, reverse=True):
            assert text in rest
            rest = rest.replace(text, "", 1)
        words = {word for story in truth.stories for name, role in story.bylines for word in (name, *role.split())}
        for word in ("(上接第1版)", *sorted(words, key=len, reverse=True)):
            rest = rest.replace(word, "")
        assert rest == ""


@pytest.mark.parametrize("manner", MANNERS)
def test_the_same_seed_makes_the_same_page(manner: str) -> None:
    assert make_page(articles(), Random(5), MANNERS[manner]) == make_page(articles(), Random(5), MANNERS[manner])


def test_only_broken_manners_break_paragraphs() -> None:
    specs = {
        name: [e.spec for _, truth in pages(name) for story in truth.stories for e in story.body] for name in MANNERS
    }
    assert not any("+" in spec for spec in specs["TIDY"])
    assert all(any("+" in spec for spec in specs[name]) for name in MANNERS if name != "TIDY")
    assert any("[1-]" in spec for spec in specs["BROKEN"] + specs["NASTY"])


def test_interleaved_stories_begin_before_the_others_end() -> None:
    spans = [
        [(numbers_of(story.body[0].spec)[0], numbers_of(story.body[-1].spec)[-1]) for story in truth.stories]
        for _, truth in pages("INTERLEAVED")
    ]
    assert all(any(one[1] > after[0] for one, after in pairwise(span)) for span in spans)


@pytest.mark.parametrize("manner", MANNERS)
def test_an_import_that_finds_the_truth_has_all_facts_right(manner: str) -> None:
    for lines, truth in pages(manner):
        report = compare(truth, taken_apart(lines, truth))
        assert report.differences == ()
        assert (report.score, report.lost, report.invented) == (1.0, "", "")


def taken_apart(lines: list[str], truth: Expected) -> Page:
    """What a faultless import would make of a page."""
    outside = [(truth.standing, Use.STANDING_HEAD), (truth.masthead_lines, Use.MASTHEAD), (truth.dropped, Use.DROPPED)]
    accounts = [Account(line, use) for specs, use in outside for spec in specs for line in numbers_of(spec)]
    known = {account.line for account in accounts}
    accounts += [Account(line, Use.BODY) for line in range(1, len(lines)) if line not in known]
    stories = tuple(found(story, truth) for story in truth.stories)
    return Page(clipping_of("\n".join(lines)), stories, tuple(accounts))


def found(story: ExpectedStory, truth: Expected) -> Story:
    parts = [Part("", (), ())]
    for entry in story.body:
        if entry.heading:
            parts.append(Part(entry.text, (), ()))
        else:
            paragraph = Paragraph(bare(normal(entry.text), story), ())
            parts[-1] = replace(parts[-1], paragraphs=(*parts[-1].paragraphs, paragraph))
    return Story(
        file=truth.file,
        masthead=truth.masthead,
        title=story.title or "（无题）",
        supplied=not story.title,
        kicker=story.kicker,
        subtitle=story.subtitle,
        column=story.column,
        dateline=story.dateline,
        bylines=tuple(Name(name, role) for name, role in story.bylines),
        parts=tuple(parts),
        captions=tuple(
            Caption(normal(c.text).split(normal(c.credit))[0].strip("(") if c.credit else c.text, c.credit, ())
            for c in story.captions
        ),
        continued_from=story.continued_from,
        continued_on=story.continued_on,
        truncated=story.truncated,
    )


def test_heading_marks_become_levels() -> None:
    lines = clipping_of("# 题\n\n## 节\n正文。\n").lines
    assert [(line.number, line.text, line.level) for line in lines] == [
        (1, "题", 1),
        (2, "", 0),
        (3, "节", 2),
        (4, "正文。", 0),
    ]
