"""What `cjkcheck.py` of `../shared` finds in a printed book, against the targets the composer has to meet.

Three things are counted here, because the checker cannot know them: note calls are text of their line, though their
baseline is raised; a centred mark (Taiwan, Hong Kong) keeps a quarter em beside it, where the checker waits for half
an em; and text is compared body with body and notes with notes, since a note stands elsewhere than its call.
"""

from __future__ import annotations

import importlib.util
import math
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pymupdf

from tests.typography.book import CALL_SIZE, NOTE_SIZE, SHARED, Book

CHECKER = SHARED / "tools" / "cjkcheck.py"

#: A closing mark too narrow to be squeezed: like a note call it begins no line, makes no runt less short, and takes
#: part in no gap.
_CALL = "\uff63"
#: Words that count or measure, in both ways of writing; a figure before one must not end a line.
_MEASURE_WORDS = frozenset(
    "个年月日时分秒元角亿万千百条台次页本人家户项公里米吨小天岁届版号级倍局组封盏张间位名只件种类场篇卷册周层栋所座辆户"
    "個時億萬條臺頁戶項噸歲屆號級組盞張間隻種類場冊週層棟輛"
)
_NATURAL = 0.03  # em; as in the checker
_QUARTER = 0.25  # em on either side of a centred mark, inside its cell: what is less overlaps the cell


@dataclass(frozen=True, slots=True)
class Typography:
    """The facts the targets are about. Lengths in em, shares in percent; `None` where a book has no such place."""

    pages: int
    lines: int
    flush: float
    ragged: float
    overfull: int
    kinsoku: int
    line_start_dashes: int
    number_unit_splits: int
    measure_word_splits: int
    adjacent_marks: float | None
    line_end_marks: float | None
    line_start_marks: float | None
    inconsistent_paragraph_starts: int
    unequal_pauses: int
    widest_pause: float
    wide_pauses: float
    natural_pauses: float
    crowded_pauses: float
    loose_lines: float
    very_loose_lines: float
    uneven_lines: int
    evenness: float
    marked_lines: float
    han_latin_in_range: float
    largest_han_latin_gap: float
    runts: int
    on_grid: float
    in_register: float
    cer_mupdf: float
    cer_poppler: float
    cer_notes_mupdf: float
    cer_notes_poppler: float
    defects: dict[str, int] = field(repr=False)
    report: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Target:
    """One fact and what it must be."""

    fact: str
    wording: str
    met: Callable[[float], bool]

    def holds(self, measured: Typography) -> bool:
        value = getattr(measured, self.fact)
        return value is None or self.met(value)


def _exactly(fact: str, value: float) -> Target:
    return Target(fact, f"= {value:g}", lambda found: found == value)


def _at_least(fact: str, value: float) -> Target:
    return Target(fact, f">= {value:g}", lambda found: found >= value)


def _at_most(fact: str, value: float) -> Target:
    return Target(fact, f"<= {value:g}", lambda found: found <= value)


#: What holds at every measure.
_ALWAYS = (
    _exactly("flush", 100),
    _at_most("ragged", 0.001),
    _exactly("overfull", 0),
    _exactly("kinsoku", 0),
    _exactly("line_start_dashes", 0),
    _exactly("number_unit_splits", 0),
    _exactly("measure_word_splits", 0),
    _exactly("adjacent_marks", 100),
    _exactly("line_end_marks", 100),
    _exactly("line_start_marks", 100),
    _exactly("inconsistent_paragraph_starts", 0),
    _exactly("unequal_pauses", 0),
    _exactly("uneven_lines", 0),
    _at_most("largest_han_latin_gap", 0.35),
    _exactly("runts", 0),
    _exactly("on_grid", 100),
    _exactly("in_register", 100),
    _exactly("cer_mupdf", 0),
    _exactly("cer_poppler", 0),
    _exactly("cer_notes_mupdf", 0),
    _exactly("cer_notes_poppler", 0),
)
#: How even lines are, by their measure in em: a short line has fewer places that can give.
_EVEN = {
    27: (
        _at_most("widest_pause", 0.14),
        _at_most("wide_pauses", 0.3),
        _at_least("natural_pauses", 75),
        _at_most("crowded_pauses", 3),
        _at_most("loose_lines", 1.2),
        _at_most("very_loose_lines", 0.6),
        _at_least("han_latin_in_range", 96),
        _at_most("evenness", 0.3),
        _at_most("marked_lines", 2.5),
    ),
    20: (_at_most("widest_pause", 0.17), _at_most("evenness", 0.55), _at_most("marked_lines", 7.5)),
}
#: What the composer has to meet, by the measure in em.
TARGETS = {measure: (*_ALWAYS, *even) for measure, even in _EVEN.items()}


def examples(measured: Typography, limit: int = 3) -> list[str]:
    """Lines that show what the checker complains about."""
    return [
        f"{kind}: p. {place['page']} {place['text']} {place['note']}".rstrip()
        for kind, places in measured.report["examples"].items()
        for place in places[:limit]
        if kind != "uneven_pause"  # no target, and on every page
    ]


def measure(pdf: Path, book: Book) -> Typography:
    """Measure a book printed from `book`."""
    checker = load_checker()
    left, right = book.page.edges
    # Without the edges the checker would look for them in the lines, and find others in ragged ones.
    report = checker.check(str(pdf), book.text, str(book.script), measure=(left, right), use_pdftotext=False)
    lines = list(_body_lines(checker, pdf, book))
    cuts = _cuts(pdf, book)
    mupdf, poppler = _with_mupdf(pdf, cuts), _with_poppler(pdf, cuts)
    blanks, even = report["after_pause_blank_em"], report["evenness"]
    natural, pauses, crowded = 0.5, blanks["natural_pct"], blanks["lt_0.25_pct"]
    if book.script.traditional:
        natural = 0.25
        pauses, crowded = _centred_pauses(checker, lines)
    kinsoku, flush, gaps, auto = report["kinsoku"], report["flush"], report["han_gap"], report["autospace"]
    return Typography(
        pages=report["pages"],
        lines=report["body_lines"],
        flush=flush["share_pct"],
        ragged=flush["rag_std_em"],
        overfull=flush["over"] + flush["last_line_overfull"],
        kinsoku=kinsoku["violations"],
        line_start_dashes=kinsoku["line_start_strict"],
        number_unit_splits=kinsoku["split_number_unit"],
        measure_word_splits=_measure_word_splits(lines, book),
        adjacent_marks=report["adjacent_marks"]["squeezed_pct"],
        line_end_marks=report["line_end_punct"]["trimmed_pct"],
        line_start_marks=report["line_start_open"]["trimmed_pct"],
        inconsistent_paragraph_starts=report["line_start_open"]["para_start_inconsistent"],
        unequal_pauses=blanks["lines_with_unequal_pauses"],
        widest_pause=round(blanks["max"] - natural, 3),
        wide_pauses=even["pauses_gt_natural+0.1_pct"],
        natural_pauses=pauses,
        crowded_pauses=crowded,
        loose_lines=gaps["gt_0.05_pct"],
        very_loose_lines=gaps["gt_0.10_pct"],
        uneven_lines=gaps["uneven_lines_gt_0.02"],
        evenness=even["score"],
        marked_lines=even["marked_pct"],
        han_latin_in_range=auto["in_1/8_to_1/4_pct"],
        largest_han_latin_gap=auto["max_em"],
        runts=report["runts"]["count"],
        on_grid=report["grid"]["aligned_pct"],
        in_register=report["grid"]["facing_register_pct"],
        cer_mupdf=_cer(checker, book.text, mupdf[0]),
        cer_poppler=_cer(checker, book.text, poppler[0]),
        cer_notes_mupdf=_cer(checker, book.notes, mupdf[1]),
        cer_notes_poppler=_cer(checker, book.notes, poppler[1]),
        defects={name: count for name, count in report["defects"].items() if count},
        report=report,
    )


@cache
def load_checker() -> Any:
    """`cjkcheck.py`, with note calls as part of their lines."""
    spec = importlib.util.spec_from_file_location("cjkcheck", CHECKER)
    assert spec is not None and spec.loader is not None
    checker: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(checker)
    extract = checker.extract

    def extract_with_calls(doc: Any, pages: Any) -> Any:
        glyphs, odd = extract(doc, pages)
        for page in glyphs.values():
            _lower_calls(page)
        return glyphs, odd

    checker.extract = extract_with_calls
    return checker


def _lower_calls(glyphs: list[Any]) -> None:
    before = None
    for glyph in glyphs:
        if abs(glyph.size - CALL_SIZE) > 0.05 or before is None:
            before = glyph
        elif 0 < before.y - glyph.y < before.size and glyph.x > before.x:
            glyph.y, glyph.c = before.y, _CALL


# ---------------------------------------------------------------- lines


def _body_lines(checker: Any, pdf: Path, book: Book) -> Iterator[list[Any]]:
    """The glyphs of every line that is mostly of the body size, top to bottom, without outer spaces."""
    body = book.page.body
    with pymupdf.open(pdf) as document:
        glyphs, _ = checker.extract(document, range(len(document)))
    for page in glyphs.values():
        for line in checker.make_lines(page):
            inked = [glyph for glyph in line if glyph.c.strip()]
            if inked and 2 * sum(abs(glyph.size - body) < 0.03 * body for glyph in inked) >= len(inked):
                yield inked


def _centred_pauses(checker: Any, lines: list[list[Any]]) -> tuple[float, float]:
    """Of pauses between characters: how many keep the room their centred mark has by nature, on both sides.

    The second figure is how many have less than half of it on either side.
    """
    natural = crowded = counted = 0
    for line in lines:
        for before, mark, after in zip([None, *line], line, line[1:], strict=False):
            wide = mark.c in checker.PAUSE_STOP and mark.adv > 0.8 * mark.size
            if not wide or not (checker.is_han(after.c) or checker.is_latin(after.c)):
                continue
            counted += 1
            rooms = [after.x - mark.end]
            if before is not None and checker.is_han(before.c):
                rooms.append(mark.x - before.end)
            natural += all(abs(room) < _NATURAL * mark.size for room in rooms)
            crowded += any(room < -_QUARTER / 2 * mark.size for room in rooms)
    return round(100 * natural / counted, 2), round(100 * crowded / counted, 2)


def _measure_word_splits(lines: list[list[Any]], book: Book) -> int:
    """Lines that end in a figure whose measure word begins the next one."""
    left, _ = book.page.edges
    return sum(
        above[-1].c.isdigit() and below[0].c in _MEASURE_WORDS and below[0].x < left + book.page.body
        for above, below in pairwise(lines)
    )


# ---------------------------------------------------------------- text


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a page's body begins, its notes begin, and both end (pt from the top; baselines are compared)."""

    top: float
    notes: float
    foot: float


def _cuts(pdf: Path, book: Book) -> list[_Cut]:
    top, foot = book.page.head, book.page.head + book.page.lines * book.page.leading + 3
    cuts = []
    with pymupdf.open(pdf) as document:
        for page in document:
            baselines = [
                span["chars"][0][2][1] for span in page.get_texttrace() if abs(span["size"] - NOTE_SIZE) < 0.05
            ]
            cuts.append(_Cut(top, min([y - NOTE_SIZE for y in baselines if top < y < foot], default=foot), foot))
    return cuts


def _with_mupdf(pdf: Path, cuts: list[_Cut]) -> tuple[str, str]:
    """Body and notes as MuPDF reads them, in its own order."""
    body: list[str] = []
    notes: list[str] = []
    flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_PRESERVE_LIGATURES
    with pymupdf.open(pdf) as document:
        for page, cut in zip(document, cuts, strict=True):
            for block in page.get_text("rawdict", flags=flags)["blocks"]:
                for line in block.get("lines", ()):
                    for character in (c for span in line["spans"] for c in span["chars"]):
                        baseline = character["origin"][1]
                        if cut.top < baseline < cut.foot:
                            (body if baseline < cut.notes else notes).append(character["c"])
    return "".join(body), "".join(notes)


def _with_poppler(pdf: Path, cuts: list[_Cut]) -> tuple[str, str]:
    """Body and notes as `pdftotext` reads them; pages without notes go together."""
    body, notes, first = [], [], 0
    while first < len(cuts):
        last = first
        while last + 1 < len(cuts) and cuts[last + 1] == cuts[first]:
            last += 1
        cut = cuts[first]
        body.append(_pdftotext(pdf, first, last, cut.top, cut.notes))
        if cut.notes < cut.foot:
            notes.append(_pdftotext(pdf, first, last, cut.notes, cut.foot))
        first = last + 1
    return "".join(body), "".join(notes)


def _pdftotext(pdf: Path, first: int, last: int, top: float, foot: float) -> str:
    pages = ["-f", str(first + 1), "-l", str(last + 1)]
    area = ["-x", "0", "-y", str(round(top)), "-W", "2000", "-H", str(math.ceil(foot - top))]
    command = ["pdftotext", "-nopgbrk", *pages, *area, str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def _cer(checker: Any, wanted: str, found: str) -> float:
    """The share of characters that are wrong, white space aside, in percent."""
    wanted, found = (re.sub(r"[\s\u200b\u00ad\ufeff]+", "", text) for text in (wanted, found))
    if not wanted:
        return 0.0
    return round(100 * int(checker.edit_distance(wanted, found)) / len(wanted), 4)
