"""Texts made comparable: what an import may change (widths, white space, kinds of marks) makes no difference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tests.clippings.notation import ExpectedStory

ONE_KIND = str.maketrans(
    dict.fromkeys("“”„‟〝〞「」『』", '"') | dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("―–─⸺⸻‒", "—") | {"⋯": "..."}
)


@lru_cache(maxsize=20_000)
def normal(text: str) -> str:
    """`text` in NFKC, without white space and invisible characters; quotation marks, dashes, dots of one kind."""
    text = unicodedata.normalize("NFKC", text).translate(ONE_KIND)
    text = "".join(char for char in text if not char.isspace() and unicodedata.category(char) not in {"Cf", "Cc"})
    text = re.sub("—+|-{2,}", "—", text)
    return re.sub(r"\.{3,}", "…", text)


def names_in(credit: str) -> Iterator[str]:
    """The names of a credit line, without what they did (摄, 供图, 提供)."""
    for word in re.split(r"[\s、，,；;：:（）()]+", unicodedata.normalize("NFKC", credit)):
        if name := DONE.sub("", word):
            yield name


DONE = re.compile(r"(?:文/?[摄图]|图/?文|摄影报道|摄影|供图|提供|摄|本报记者|记者|通讯员|图片?|报道)+$")


# What a paragraph's lines hold besides the paragraph

JUMP = re.compile(
    r"[(\[【](?:上接|下转|紧接|转|接|续)[^()\[\]【】]{0,30}版[^()\[\]【】]{0,30}[)\]】]"
    r"|[◀▶▲▼■]*(?:上接|下转)第?[A-Za-z]?[\d一二三四五六七八九十]{1,3}版[◀▶▲▼■]*"
)
ROLES = re.compile(
    "责任编辑|评论员|通讯员|实习生|全媒体|本报|本刊|特约|实习|见习|首席|融媒|特派|记者|記者|摄影|文字|图片|撰文|采写|整理|供稿|供图"
    "|提供|报道|責編|责编|编辑|校对|制图|综合|消息|作者|来源|摄|攝|文|图|圖|据|讯|訊|电|電"
)
BETWEEN = "()[]【】《》:、,;/—|"
BRACKET = r"\([^()]+\)"


def is_apart(text: str, story: ExpectedStory) -> bool:
    """True if `text` (normal) holds nothing but the story's dateline, names with their roles, and jump notes."""
    rest, jumps = JUMP.subn("", text)
    before = rest
    for word in by_length(normal(word) for word in (story.dateline, *(name for name, _ in story.bylines))):
        rest = rest.replace(word, "")
    known = bool(jumps) or rest != before
    for word in by_length(normal(role) for _, role in story.bylines):
        rest = rest.replace(word, "")
    return not text or (known and not ROLES.sub("", rest).strip(BETWEEN))


def bare(text: str, story: ExpectedStory) -> str:
    """A paragraph (normal) without dateline, reporters and jump note at its head, sign-off and jump note at its end."""
    dateline = re.compile(rf"[\[【(]?{re.escape(normal(story.dateline) or '∅')}[\]】)]?[:—]*")
    while True:
        before = text
        head = JUMP.match(text) or dateline.match(text) or re.match(BRACKET, text)
        tail = re.search(f"(?:{JUMP.pattern}|{BRACKET})$", text)
        if head and is_apart(head[0], story):
            text = text[head.end() :]
        elif tail and is_apart(tail[0], story):
            text = text[: tail.start()]
        if text == before:
            return text


def same(expected: str, found: str, story: ExpectedStory) -> bool:
    """True if `found` is the whole paragraph `expected` (both normal) and nothing that belongs in the header."""
    if not found or bare(found, story) != found:
        return False
    starts = (spot.start() for spot in re.finditer(f"(?={re.escape(found)})", expected))
    return any(
        is_apart(expected[:start], story) and is_apart(expected[start + len(found) :], story) for start in starts
    )


def by_length(words: Iterable[str]) -> list[str]:
    """The words that are not empty, the longest first: so that none is found inside another."""
    return sorted(filter(None, words), key=len, reverse=True)
