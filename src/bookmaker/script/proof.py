"""Proofreading: what an editor should look at in the Simplified sources, as warnings of the Manuscript.

Quotation marks without their other half, straight ones beside Chinese characters, and Traditional
characters that slipped into Simplified text.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import TypeAlias

from bookmaker.content.article import Article
from bookmaker.content.manuscript import Manuscript
from bookmaker.problems import Problem, Severity
from bookmaker.script.keeping import KeptWarnings
from bookmaker.script.quotation import Fault, find_faults
from bookmaker.script.reading import Stretch, piece_passages, plan_passages
from bookmaker.script.slips import traditional_slips
from bookmaker.store import Bundle, Store

#: What is called a name, once it is asked for.
_Declared: TypeAlias = Callable[[], re.Pattern[str] | None]

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_STRAIGHT = re.compile(rf"[{_HAN}，。：；！？、][\"']|(?<!\d)[\"'][{_HAN}]")
_AROUND = 6
#: Faults of one paragraph that are told: more say no more.
_ENOUGH = 20
_FAULTS = {
    "unclosed": ("is opened and never closed", "close it; a quotation of several paragraphs opens at each of them"),
    "unopened": ("closes nothing", "open it where the quotation begins, or take it out"),
    "crossed": ("is closed only behind the mark around it", "close the inner mark before the outer one"),
}


def proofread_manuscript(manuscript: Manuscript, store: Store | None = None) -> Manuscript:
    """The manuscript with a warning for everything in its text that an editor should look at."""
    declared = cache(lambda: _declared(manuscript))
    found = list(_warnings(plan_passages(manuscript.plan), declared))
    kept = store.bundle("proof", manuscript.plan.slug) if store else None
    for piece in manuscript.pieces():
        found += _piece_warnings(piece, declared, kept)
    if kept:
        kept.close()
    return replace(manuscript, warnings=(*manuscript.warnings, *dict.fromkeys(found)))


def _piece_warnings(piece: Article, declared: "_Declared", kept: Bundle | None) -> tuple[Problem, ...]:
    """An article's warnings, found or kept; only where it has a slip they depend on what the others call a name."""
    key = kept.key("proof", piece.stamp) if kept and piece.stamp else ""
    known = kept.find(key) if kept and key else None
    if isinstance(known, KeptWarnings):
        return known.warnings
    passages = list(piece_passages(piece))
    found = tuple(_warnings(passages, declared))
    if kept and key and not any(_slips(stretch.text) for passage in passages for stretch in passage):
        kept.keep(key, KeptWarnings(found))
    return found


def _warnings(passages: Iterable[Sequence[Stretch]], declared: "_Declared") -> Iterator[Problem]:
    for passage in passages:
        yield from _mark_warnings(passage)
        yield from _mixed(passage, declared)


def _mark_warnings(passage: Sequence[Stretch]) -> Iterator[Problem]:
    told: Counter[int] = Counter()
    for fault in find_faults([stretch.text for stretch in passage]):
        told[fault.paragraph] += 1
        if told[fault.paragraph] <= _ENOUGH:
            yield _fault(passage[fault.paragraph], fault)
    for stretch in passage:
        if found := _STRAIGHT.search(stretch.text):
            at = found.start() + (found[0][0] not in "\"'")
            what = f"a straight quotation mark stands in “{_excerpt(stretch.text, at)}”"
            yield _warning(stretch, at, "straight-quote", what, "write “ ” or ‘ ’: a straight mark has no corner form")


def _fault(stretch: Stretch, fault: Fault) -> Problem:
    says, hint = _FAULTS[fault.kind]
    what = f"the mark {fault.mark} in “{_excerpt(stretch.text, fault.offset)}” {says}"
    return _warning(stretch, fault.offset, "unbalanced-quote", what, hint)


@lru_cache(maxsize=1000)
def _slips(text: str) -> tuple[tuple[int, str, str], ...]:
    """Asked twice of every text of an article."""
    return tuple(traditional_slips(text))


def _mixed(passage: Iterable[Stretch], declared: "_Declared") -> Iterator[Problem]:
    for stretch in passage:
        slips = _slips(stretch.text)
        names = declared() if slips else None
        named = {i for m in names.finditer(stretch.text) for i in range(*m.span())} if names else set()
        told: set[str] = set()
        for index, old, new in slips:
            if old in told or index in named:
                continue
            told.add(old)
            what = f"“{old}” in “{_excerpt(stretch.text, index)}” is a Traditional character"
            hint = f"write “{new}”; a name is kept by [{old}]{{.keep}} or an entry in content/names.toml"
            yield _warning(stretch, index, "mixed-script", what, hint)


def _declared(manuscript: Manuscript) -> re.Pattern[str] | None:
    """Everything that the project's names and the articles' headers call a name."""
    names = manuscript.names
    known = {
        form for entry in (*names.person, *names.organisation, *names.place) for form in (entry.name, *entry.aliases)
    }
    known |= {name.name for piece in manuscript.pieces() for name in piece.header.names}
    known |= {*names.terms, *manuscript.plan.entries.traditional.terms}
    return re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True)))) if known else None


def _warning(stretch: Stretch, offset: int, code: str, what: str, hint: str) -> Problem:
    return Problem(stretch.place_at(offset), code, what, hint, Severity.WARNING)


def _excerpt(text: str, offset: int) -> str:
    return text[max(0, offset - _AROUND) : offset + _AROUND + 1].strip()
