"""Lines an editor should look at: those whose characters stand too far apart, and those squeezed to the limit.

The composer has weighed the whole paragraph; where a line is still bad, only other words or another measure help.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from bookmaker.check.stretches import Stretch, stretches_of
from bookmaker.content.article import Article
from bookmaker.galley import Galley
from bookmaker.problems import Place, Problem, Severity

if TYPE_CHECKING:
    from bookmaker.composition.laid import LaidLine

LOOSE, TIGHT = "loose-line", "tight-line"
#: Characters of a line that a message quotes.
_QUOTED = 40
#: Fewer letters than this could stand anywhere.
_ENOUGH = 4

_MEND = "reword its paragraph, or set another measure in the plan's [typography]"
_HYPHENATE = ", or hyphenate = true in layout.toml where a long Latin word is in the way"


def check_lines(galley: Galley, lines: "Iterable[LaidLine]", folios: tuple[str, ...]) -> list[Problem]:
    """A warning for every line beyond the layout's limits; `folios` are the printed numbers of the pages."""
    reader = _Proofreader(galley, _articles(galley), folios)
    return [problem for line in lines for problem in reader.read(line)]


@dataclass(frozen=True, slots=True)
class _Proofreader:
    galley: Galley
    articles: dict[str, Article]
    folios: tuple[str, ...]

    def read(self, line: "LaidLine") -> Iterator[Problem]:
        """What is wrong with one line."""
        limits = self.galley.layout.limits
        if line.justified and line.gap > limits.loose:
            what = f"is loose: its characters stand {line.gap:.2f} em apart"
            hint = _MEND if self.galley.layout.lines.hyphenate else _MEND + _HYPHENATE
            yield self._problem(LOOSE, line, what, hint)
        if line.tight > limits.tight:
            what = f"is tight: marks in it have lost {line.tight:.0%} of their blanks"
            yield self._problem(TIGHT, line, what, _MEND)

    def _problem(self, code: str, line: "LaidLine", what: str, hint: str) -> Problem:
        article = next((self.articles[name] for name in line.ids if name in self.articles), None)
        place = _place(article, line.text) if article else self.galley.volume.manuscript.plan.source.place()
        folio = self.folios[line.page - 1]
        page = f"page {folio}" if folio else f"leaf {line.page}"
        where = f"on {page} of the PDF in {self.galley.script}"
        return Problem(place, code, f"{where}, the line “{_quoted(line.text)}” {what}", hint, Severity.WARNING)


def _quoted(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _QUOTED else text[: _QUOTED - 2] + "……"


def _articles(galley: Galley) -> dict[str, Article]:
    """What was written in a file of its own, by the ids of the sections it stands in and of its notes."""
    volume = galley.volume
    found = {entry.id: entry.article for chapter in volume.chapters for entry in chapter.entries}
    found |= {chapter.id: chapter.intro for chapter in volume.chapters if chapter.intro}
    if volume.manuscript.foreword:
        found["foreword"] = volume.manuscript.foreword
    # A note is laid out at the page's foot, outside its section.
    notes = ((f"{piece.identifier}-note-{note.number}", piece) for piece in found.values() for note in piece.body.notes)
    return found | dict(notes)


def _place(article: Article, text: str) -> Place:
    """The line of the file on which the set line's text begins; the file alone where the text is not found."""
    for letters in _needles(text):
        for stretch in stretches_of(article):
            if letters in _letters(stretch.text):
                return article.source.place(_line_in(stretch, letters))
    return article.source.place()


def _needles(text: str) -> Iterator[str]:
    """The line's letters, then its halves: a call of a note or a page number may stand in the middle."""
    letters = _letters(text)
    half = len(letters) // 2
    yield from (part for part in (letters, letters[:half], letters[half:]) if len(part) >= _ENOUGH)


def _line_in(stretch: Stretch, letters: str) -> int:
    """Where in the stretch the letters begin; in another script than the file's, where the stretch begins."""
    lines = stretch.article.source.text.split("\n")[stretch.first - 1 : stretch.last]
    parts = [_letters(line) for line in lines]
    at = "".join(parts).find(letters)
    ends = accumulate(map(len, parts))
    return next((number for number, end in enumerate(ends, stretch.first) if at < end), stretch.first)


def _letters(text: str) -> str:
    """Without spaces and marks, which markup and conversion change."""
    return "".join(filter(str.isalnum, text))
