"""Quotation and title marks: which belong together, in one paragraph and over several, and their corner forms.

Simplified text follows GB/T 15834-2011: “ ” outside, ‘ ’ inside, “ ” again (§4.8); 《 》 outside, 〈 〉 inside
(§4.15). Taiwan and Hong Kong reverse the quotation marks: 「 」 outside, 『 』 inside, 「 」 again.

A quotation of several paragraphs opens anew at each and closes once, at the last (§4.8.3.5), or opens once
and closes paragraphs later. It is taken for one only where it begins as speech does, at a paragraph's head
or behind a stop, where it is closed, and where nothing between contradicts; else its mark was forgotten.

A ‘ outside all others marks a word (so-called) or comes from within a longer quotation. It becomes 『: one
mark for one mark, so that the editions say the same; what stands inside it alternates from there.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import Literal

_CLOSING: Mapping[str, str] = MappingProxyType({"“": "”", "‘": "’", "《": "》", "〈": "〉", "「": "」", "『": "』"})
_OPENING = {close: opening for opening, close in _CLOSING.items()}
_QUOTES, _TITLES = "“‘", "《〈"
_MARK = re.compile("[“”‘’《》〈〉]")
_CORNER = {"“": "「", "‘": "『"}
#: Where a quotation that runs on can begin: at a paragraph's head, behind a stop, inside another mark.
_SPEECH = frozenset("：:，,。！？；!?;—…“‘（(")
#: Paragraphs one quotation is looked for in; a forgotten mark must not be searched for through a whole book.
_LONGEST = 40
#: Marks that may be open at once at a paragraph's end.
_DEEPEST = 3
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]")
_ALPHANUMERIC = re.compile(r"[0-9A-Za-zÀ-ɏ]")
_SHORT_YEAR = re.compile(r"\d\d(?:s(?![A-Za-z])|(?![\dA-Za-z]))")
#: Behind a plural inside ‘ ’: the words go on, and another ’ closes the quotation.
_PLURAL = re.compile(r" [A-Za-z][^‘’]{0,200}(?:[A-Za-z]’[A-Za-z][^‘’]{0,200}){0,9}’")
_DECADE = re.compile(r"\d0s(?![A-Za-z’])")

FaultKind = Literal["unclosed", "unopened", "crossed"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A mark without its other half, or one that crosses another pair; `paragraph` counts from 0."""

    paragraph: int
    offset: int
    mark: str
    kind: FaultKind


@dataclass(frozen=True, slots=True)
class _Mark:
    paragraph: int
    offset: int
    mark: str


@dataclass(slots=True)
class _Scan:
    """One paragraph read: its marks, what closes or repeats what, and what is still open at its end."""

    marks: list[_Mark] = field(default_factory=list)
    closed: dict[_Mark, _Mark] = field(default_factory=dict)
    repeated: dict[_Mark, _Mark] = field(default_factory=dict)
    open_marks: list[_Mark] = field(default_factory=list)
    open_kinds: Counter[str] = field(default_factory=Counter)
    faults: dict[_Mark, FaultKind] = field(default_factory=dict)
    contradicts: bool = False

    def push(self, mark: _Mark) -> None:
        self.open_marks.append(mark)
        self.open_kinds[mark.mark] += 1

    def pop(self) -> _Mark:
        mark = self.open_marks.pop()
        self.open_kinds[mark.mark] -= 1
        return mark


def corner_quotes(texts: Iterable[str]) -> list[str]:
    """The texts of one paragraph, in order, with corner marks; depth is kept across its inline marks.

    ’ as an apostrophe stays: between Latin letters, in students’ and ’90s.
    """
    return corner_passage([list(texts)])[0]


def corner_passage(paragraphs: Sequence[Sequence[str]]) -> list[list[str]]:
    """Paragraphs that follow one another, each as its texts, with corner marks and title marks by depth."""
    return _with_marks(paragraphs, _corner_forms)


def nest_titles(paragraphs: Sequence[Sequence[str]]) -> list[list[str]]:
    """The same with a 《 inside 《 》 as 〈; quotation marks stay."""
    return _with_marks(paragraphs, _title_forms)


def find_faults(paragraphs: Sequence[str]) -> list[Fault]:
    """Every mark of the passage without its other half, in reading order."""
    if not any(map(_MARK.search, paragraphs)):
        return []
    found = [fault for scan in _read(paragraphs) for fault in scan.faults.items()]
    faults = (Fault(mark.paragraph, mark.offset, mark.mark, kind) for mark, kind in found)
    return sorted(faults, key=lambda fault: (fault.paragraph, fault.offset))


def _with_marks(
    paragraphs: Sequence[Sequence[str]], forms: Callable[[list[_Scan]], dict[_Mark, str]]
) -> list[list[str]]:
    whole = ["".join(texts) for texts in paragraphs]
    if not any(map(_MARK.search, whole)):
        return [list(texts) for texts in paragraphs]
    letters = [list(text) for text in whole]
    for mark, form in forms(_read(whole)).items():
        letters[mark.paragraph][mark.offset] = form
    return [_cut(text, texts) for text, texts in zip(letters, paragraphs, strict=True)]


def _cut(letters: list[str], texts: Sequence[str]) -> list[str]:
    rest = iter(letters)
    return ["".join(islice(rest, len(text))) for text in texts]


def _corner_forms(scans: list[_Scan]) -> dict[_Mark, str]:
    """The corner form of every quotation mark, and the forms of title marks."""
    return {**_forms(scans, _QUOTES, _corner_form), **_title_forms(scans)}


def _title_forms(scans: list[_Scan]) -> dict[_Mark, str]:
    return _forms(scans, _TITLES, lambda mark, around: "〈" if around == "《" else mark)


def _corner_form(mark: str, around: str) -> str:
    if not around:
        return _CORNER[mark]
    return "『" if around == "「" else "「"


def _forms(scans: list[_Scan], kinds: str, form: Callable[[str, str], str]) -> dict[_Mark, str]:
    """Each mark of these kinds with its form, which depends on the form of the pair around it.

    A mark without its other half is no depth: one that was forgotten turns no other inside out.
    """
    closed = {close: opening for scan in scans for close, opening in scan.closed.items()}
    repeated = {mark: opening for scan in scans for mark, opening in scan.repeated.items()}
    paired = set(closed.values())
    found: dict[_Mark, str] = {}
    around: list[_Mark] = []
    for mark in (mark for scan in scans for mark in scan.marks):
        if (_OPENING.get(mark.mark) or mark.mark) not in kinds:
            continue
        if mark in repeated:
            found[mark] = found[repeated[mark]]
        elif mark in closed:
            around.pop()  # pairs lie within one another: a mark that crosses is in none
            found[mark] = _CLOSING[found[closed[mark]]]
        elif mark.mark in kinds:
            found[mark] = form(mark.mark, found[around[-1]] if mark in paired and around else "")
            if mark in paired:
                around.append(mark)
        else:
            found[mark] = _CLOSING[form(_OPENING[mark.mark], "")]
    return found


def _read(paragraphs: Sequence[str]) -> list[_Scan]:
    """Every paragraph read, quotations that run on joined."""
    scans: list[_Scan] = []
    index = 0
    while index < len(paragraphs):
        scan = _scan(paragraphs[index], index, [])
        scans.append(scan)
        index += 1
        while runs := _run(paragraphs, index, _running(scan, paragraphs)):
            scans += runs
            index += len(runs)
            scan = runs[-1]
        scan.faults.update(dict.fromkeys(scan.open_marks, "unclosed"))
    return scans


def _running(scan: _Scan, paragraphs: Sequence[str]) -> list[_Mark]:
    """What is open at the paragraph's end, if it can be a quotation that runs on."""
    opened = scan.open_marks
    if not opened or len(opened) > _DEEPEST or any(mark.mark not in _QUOTES for mark in opened):
        return []
    first = opened[0]
    before = paragraphs[first.paragraph][: first.offset].rstrip()
    return opened if not before or before[-1] in _SPEECH else []


def _run(paragraphs: Sequence[str], index: int, carried: list[_Mark]) -> list[_Scan]:
    """The paragraphs from `index` on to the one that closes what is carried; none if there is no such."""
    scans: list[_Scan] = []
    first = carried[:1]
    while carried and index < len(paragraphs) and len(scans) < _LONGEST:
        scan = _scan(paragraphs[index], index, carried)
        if scan.contradicts:
            return []
        scans.append(scan)
        if first[0] not in scan.open_marks:
            return scans
        carried = scan.open_marks
        index += 1
    return []


def _scan(text: str, paragraph: int, carried: list[_Mark]) -> _Scan:
    scan = _Scan()
    for opening in carried:
        scan.push(opening)
    start = _repeat(text, paragraph, carried, scan)
    crossed: dict[str, list[_Mark]] = defaultdict(list)
    for found in _MARK.finditer(text, start):
        offset, character = found.start(), found[0]
        if character in "‘’" and _is_apostrophe(text, offset, bool(scan.open_kinds["‘"])):
            continue
        mark = _Mark(paragraph, offset, character)
        scan.marks.append(mark)
        if character in _CLOSING:
            top = scan.open_marks[-1] if scan.open_marks else None
            # Within a quotation nobody opens the same mark again, but for a new paragraph.
            scan.contradicts = scan.contradicts or (top in carried and top is not None and top.mark == character)
            scan.push(mark)
        else:
            _close(mark, scan, crossed)
    if carried:
        ours = [mark for mark in scan.open_marks if mark not in carried]
        scan.contradicts = scan.contradicts or bool(scan.faults) or any(mark.mark not in _QUOTES for mark in ours)
    return scan


def _repeat(text: str, paragraph: int, carried: list[_Mark], scan: _Scan) -> int:
    """Take the marks at the paragraph's head that open the running quotation anew; where the rest begins."""
    offset = len(text) - len(text.lstrip())
    for opening in carried:
        if text.startswith(opening.mark, offset):
            mark = _Mark(paragraph, offset, opening.mark)
            scan.marks.append(mark)
            scan.repeated[mark] = opening
            offset += 1
    return offset


def _close(mark: _Mark, scan: _Scan, crossed: dict[str, list[_Mark]]) -> None:
    """Close the nearest mark of the kind; what was opened behind it crosses, or was forgotten."""
    kind = _OPENING[mark.mark]
    if not scan.open_kinds[kind]:
        if crossed[kind]:
            scan.faults[crossed[kind].pop()] = "crossed"
        else:
            scan.faults[mark] = "unopened"
        return
    while (opening := scan.pop()).mark != kind:
        scan.faults[opening] = "unclosed"
        crossed[opening.mark].append(opening)
    scan.closed[mark] = opening


def _is_apostrophe(text: str, offset: int, within: bool) -> bool:
    """Don’t, students’, ’90s, rock ’n’ roll, and the ‘90s that typing programs make of it."""
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    latin_before, latin_after = bool(_LATIN.fullmatch(before)), bool(_LATIN.fullmatch(after))
    if text[offset] == "‘":
        return not _ALPHANUMERIC.match(before) and bool(_DECADE.match(text, offset + 1))
    if latin_before and latin_after:
        return True
    if within:
        return latin_before and bool(_PLURAL.match(text, offset + 1))
    if latin_before:
        return before == "s" or not after or after.isspace()
    return (latin_after and before.isspace()) or (
        not _ALPHANUMERIC.match(before) and bool(_SHORT_YEAR.match(text, offset + 1))
    )
