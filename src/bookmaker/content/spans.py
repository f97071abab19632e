"""Words with a mark: `[重点]{.dots}`, `[太原]{.name}`, `[北引擎]{.title}`, `[大盂]{ruby="Dà yú"}`.

And words the editor settles for Traditional editions: `[范]{.keep}`, `[台]{tw=臺 hk=台}`.

The bracketed span of Pandoc and djot. mdit-py-plugins has one, too, but reads unquoted values in ASCII only
(`{ruby=yú}` would stay text) and puts any class on any element; here only what a book can show is a mark.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from bookmaker.content.emphasis import is_cjk

#: Class of the source → element and attribute of the book.
_MARKS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "dots": ("em", "class", "dots"),
        "name": ("span", "class", "name-line"),
        "title": ("span", "class", "title-line"),
        "keep": ("span", "translate", "no"),
    }
)
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_CLASS = re.compile(r"\s*\.([\w-]+)\s*")
_RUBY = re.compile(r'\s*ruby=(?:"([^"]+)"|([^\s"=]+))\s*')
_FORMS = re.compile(r'(?:\s*(?:tw|hk)=(?:"[^"]+"|[^\s"=]+)(?=\s|$))+\s*')
_FORM = re.compile(r'(tw|hk)=(?:"([^"]+)"|([^\s"=]+))')
_MARKED = re.compile(r"[*_`\[\]\\<~]")
_KNOWN = "write {.dots}, {.name}, {.title}, {.keep}, {ruby=…} or {tw=… hk=…} behind the brackets, one of them"


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
        tag, attribute, value = _MARKS[mark[1]]
        state.push("mark_open", tag, 1).attrs[attribute] = value
        _push_words(state, start, end)
        state.push("mark_close", tag, -1)
    elif _FORMS.fullmatch(said):
        _push_forms(state, state.src[start:end], said)
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


def _push_forms(state: StateInline, words: str, said: str) -> None:
    """Words with their Traditional forms; plain words, because a form says nothing of marks within."""
    forms = {key: quoted or bare for key, quoted, bare in _FORM.findall(said)}
    if len(forms) < len(_FORM.findall(said)):
        _push_fault(state, f"“{{{said}}}” gives one script two forms", "write each of tw and hk once")
    if _MARKED.search(words):
        what = f"“{words}” has marks of its own, which its forms cannot keep"
        _push_fault(state, what, "put the marks around: **[台]{tw=臺}**")
    opening = state.push("mark_open", "span", 1)
    opening.attrs.update({f"data-{key}": form for key, form in sorted(forms.items(), reverse=True)})
    state.push("text", "", 0).content = words
    state.push("mark_close", "span", -1)


def _push_fault(state: StateInline, what: str, hint: str) -> None:
    state.push("span_fault", "", 0).meta.update(what=what, hint=hint)
