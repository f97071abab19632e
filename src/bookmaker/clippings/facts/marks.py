"""Quotation marks, title marks and brackets without their other half, within one story."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from bookmaker.clippings.facts.doubts import Doubt, Field, Kind, Place, Text, doubt
from bookmaker.clippings.model import Story
from bookmaker.script.quotation import find_faults

_BRACKETS = {"）": "（", ")": "（", "】": "【", "〕": "〔"}
_BRACKET = re.compile("[（(）)【】〔〕]")
#: 1）, a), 一）: a number, or a letter, that counts what follows.
_COUNTING = re.compile(r"(?:^|[^\w（(])(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,2})$")
#: Faults of one story that are told: more say no more.
_ENOUGH = 20
_SAYS = {"unclosed": "只有前一半", "unopened": "只有后一半", "crossed": "与另一对标点交叉"}


def find_unbalanced(stories: Sequence[Story], texts: Sequence[Text]) -> Iterator[Doubt]:
    """A doubt for every mark without its other half; a cut at a story's edge explains those that stand there."""
    for index, group in groupby(texts, lambda text: text.story):
        story, whole = stories[index], list(group)
        body = [text for text in whole if text.field is Field.BODY]
        passages = [body, *([text] for text in whole if text.field is not Field.BODY)]
        faults = (
            _unbalanced(place, kind)
            for passage in filter(None, passages)
            for place, kind in (*_quotes(passage), *_brackets(passage))
            if not _is_cut(story, body, place, kind)
        )
        yield from islice(faults, _ENOUGH)


def _unbalanced(place: Place, kind: str) -> Doubt:
    mark = place.text.text[place.at]
    hint = {"unclosed": "close it", "unopened": "open it, or take it out"}.get(kind, "close the inner mark first")
    return doubt(Kind.UNBALANCED_QUOTE, f"标点 {mark} {_SAYS[kind]}", hint, [place])


def _quotes(passage: Sequence[Text]) -> Iterator[tuple[Place, str]]:
    for fault in find_faults([text.text for text in passage]):
        yield Place(passage[fault.paragraph], fault.offset), fault.kind


def _brackets(passage: Sequence[Text]) -> Iterator[tuple[Place, str]]:
    """Brackets close within their paragraph; （ and ) make a pair, for pages mix full and half width."""
    for text in passage:
        opened: list[tuple[int, str]] = []
        for found in _BRACKET.finditer(text.text):
            at, mark = found.start(), found[0]
            if mark not in _BRACKETS:
                opened.append((at, "（" if mark == "(" else mark))
            elif opened and opened[-1][1] == _BRACKETS[mark]:
                opened.pop()
            elif not _COUNTING.search(text.text[max(0, at - 3) : at]):
                yield Place(text, at), "unopened"
        yield from ((Place(text, at), "unclosed") for at, _ in opened)


def _is_cut(story: Story, body: Sequence[Text], place: Place, kind: str) -> bool:
    """True at the edge where the story is known to break off, or to begin in its midst."""
    if place.text.field is not Field.BODY:
        return False
    if kind == "unclosed":
        return bool(story.truncated or story.continued_on) and place.text is body[-1]
    return kind == "unopened" and bool(story.continued_from) and place.text is body[0]
