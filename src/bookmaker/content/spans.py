"""Words with a mark: `[重点]{.dots}`, `[太原]{.name}`, `[北引擎]{.title}`, `[大盂]{ruby="Dà yú"}`.

The bracketed span of Pandoc and djot. mdit-py-plugins has one, too, but reads unquoted values in ASCII only
(`{ruby=yú}` would stay text) and puts any class on any element; here only what a book can show is a mark.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from bookmaker.content.emphasis import is_cjk

#: Class of the source → element and class of the book.
_MARKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"dots": ("em", "dots"), "name": ("span", "name-line"), "title": ("span", "title-line")}
)
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_CLASS = re.compile(r"\s*\.([\w-]+)\s*")
_RUBY = re.compile(r'\s*ruby=(?:"([^"]+)"|([^\s"=]+))\s*')
_KNOWN = "write {.dots}, {.name}, {.title} or {ruby=…} behind the brackets, one of them"


def marked_spans(markdown: MarkdownIt) -> None:
    """Let words in brackets carry a mark in braces."""
    markdown.inline.ruler.before("link", "marked_span", _tokenize)


def _tokenize(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src[start] != "[" or state.src.startswith("[^", start):
        return False
    end = state.md.helpers.parseLinkLabel(state, start)
    found = _BRACES.match(state.src, end + 1, state.posMax) if end > start + 1 else None
    # `{theme=…}` belongs to the heading.
    if found is None or found[1].lstrip().startswith("theme="):
        return False
    if not silent:
        _push(state, start + 1, end, found[1])
    state.pos = found.end()
    return True


def _push(state: StateInline, start: int, end: int, said: str) -> None:
    ruby, mark = _RUBY.fullmatch(said), _CLASS.fullmatch(said)
    if ruby:
        _push_ruby(state, state.src[start:end], (ruby[1] or ruby[2]).split())
    elif mark and mark[1] in _MARKS:
        tag, name = _MARKS[mark[1]]
        state.push("mark_open", tag, 1).attrs["class"] = name
        _push_words(state, start, end)
        state.push("mark_close", tag, -1)
    else:
        _push_fault(state, f"“{{{said}}}” behind a bracket means nothing here", _KNOWN)
        _push_words(state, start, end)


def _push_words(state: StateInline, start: int, end: int) -> None:
    whole = state.posMax
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.posMax = whole


def _push_ruby(state: StateInline, base: str, syllables: list[str]) -> None:
    """One syllable over each character, so that a line may end between two."""
    if len(base) != len(syllables) or not all(map(is_cjk, base)):
        what = f"over “{base}” stands “{' '.join(syllables)}”, not one syllable for each Chinese character"
        hint = 'put spaces between the syllables: [大盂]{ruby="Dà yú"}'
        _push_fault(state, what, hint)
        syllables = []
    for character, syllable in zip(base, syllables, strict=False):
        state.push("ruby_open", "ruby", 1)
        state.push("text", "", 0).content = character
        state.push("ruby_text", "rt", 0).meta["reading"] = syllable
        state.push("ruby_close", "ruby", -1)


def _push_fault(state: StateInline, what: str, hint: str) -> None:
    state.push("span_fault", "", 0).meta.update(what=what, hint=hint)
