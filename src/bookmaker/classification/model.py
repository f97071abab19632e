"""The models of a classification: what spoke for each theme, what follows from it, and who decided."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Evidence:
    """One word of a text and what it says for a theme: how often it stands there, its weight, its points.

    A pattern shows the first text that it met. Words that speak against the theme have negative points.
    """

    word: str
    times: int
    weight: float
    points: float


@dataclass(frozen=True, slots=True)
class Score:
    """What a text says for one theme: the points of its evidence summed, the strongest evidence first."""

    theme: str
    points: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the score alone says of a text: a theme, or `None` for none of them.

    `scores` are those of all themes, best first; `margin` is the best one's lead over the second, in points;
    `sure` runs from 0 (a coin) to 1.
    """

    theme: str | None
    margin: float
    sure: float
    scores: tuple[Score, ...]

    def points_of(self, theme: str | None) -> float:
        """The points of one theme; 0 for none."""
        return next((score.points for score in self.scores if score.theme == theme), 0.0)

    def as_record(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "scored": self.theme,
            "margin": round(self.margin, 2),
            "sure": round(self.sure, 2),
            "scores": {score.theme: round(score.points, 2) for score in self.scores},
            "evidence": {
                score.theme: [{"word": e.word, "times": e.times, "points": round(e.points, 2)} for e in score.evidence]
                for score in self.scores
                if score.evidence
            },
        }


class DecidedBy(StrEnum):
    """Whose word counts: the editor's always does."""

    EDITOR = "editor"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class ClassifiedSection:
    """One headed section, or the lead (`number` 0, no heading), and the line of the file it begins on.

    `theme` is what counts, `sent` the theme of another chapter that its heading is to name, if any.
    """

    number: int
    heading: str
    line: int
    theme: str | None
    decided_by: DecidedBy
    verdict: Verdict
    sent: str | None = None

    def as_record(self) -> dict[str, Any]:
        """For `--json`."""
        whose = {"theme": self.theme, "decided_by": str(self.decided_by), "sent": self.sent}
        return {"heading": self.heading, "line": self.line, **whose, **self.verdict.as_record()}


@dataclass(frozen=True, slots=True)
class ClassifiedParagraph:
    """One paragraph of a long article."""

    line: int
    verdict: Verdict

    def as_record(self) -> dict[str, Any]:
        """For `--json`."""
        return {"line": self.line, "theme": self.verdict.theme, **self.verdict.as_record()}


@dataclass(frozen=True, slots=True)
class Classified:
    """One article: its themes as decided (none is an answer), by whom, and what the score says.

    `marks_sections` is false where the headings' themes are the editor's.
    """

    slug: str
    file: str
    title: str
    themes: tuple[str, ...]
    decided_by: DecidedBy
    verdict: Verdict
    sections: tuple[ClassifiedSection, ...]
    paragraphs: tuple[ClassifiedParagraph, ...]
    marks_sections: bool = True

    @property
    def theme(self) -> str | None:
        """The theme whose chapter it goes to."""
        return self.themes[0] if self.themes else None

    def as_record(self) -> dict[str, Any]:
        """For `--json`: one JSON object."""
        return {
            "file": self.file,
            "title": self.title,
            "theme": self.theme,
            "themes": list(self.themes),
            "decided_by": str(self.decided_by),
            **self.verdict.as_record(),
            "sections": [section.as_record() for section in self.sections],
            "paragraphs": [paragraph.as_record() for paragraph in self.paragraphs],
        }
