"""What a comparison found: facts counted by name, and every difference in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

UNSCORED = {"placed", "characters"}  # they repeat what the paragraphs say


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as expected: what kind of thing, in which story, and both values."""

    kind: str
    story: str
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        values = [
            f"{word} “{short(value)}”" for word, value in (("expected", self.expected), ("found", self.found)) if value
        ]
        return f"{self.kind} [{short(self.story, 24)}]" + (": " + ", ".join(values) if values else "")


@dataclass(frozen=True)
class Report:
    """How far a page is from what was expected: facts by name as (right, total), and every difference.

    `lost` and `invented` are the characters of body text that the import lost or added, over the whole page.
    """

    file: str
    facts: dict[str, tuple[int, int]]
    differences: tuple[Difference, ...]
    lost: str = ""
    invented: str = ""

    @property
    def score(self) -> float:
        """The share of all facts that are right, 0 to 1."""
        counted = [fact for name, fact in self.facts.items() if name not in UNSCORED]
        total = sum(total for _, total in counted)
        return sum(right for right, _ in counted) / total if total else 1.0

    @cached_property
    def kinds(self) -> Counter[str]:
        """How many differences of each kind."""
        return Counter(difference.kind for difference in self.differences)

    def __str__(self) -> str:
        facts = " · ".join(f"{name} {right}/{total}" for name, (right, total) in self.facts.items() if total)
        lines = [f"{self.file}: {self.score:.3f}", f"  {facts}"]
        if self.lost or self.invented:
            lost, invented = short(self.lost, 60), short(self.invented, 60)
            lines.append(
                f"  body text: {len(self.lost)} characters lost ({lost}), {len(self.invented)} invented ({invented})"
            )
        return "\n".join([*lines, *(f"  - {difference}" for difference in self.differences)])


@dataclass
class Tally:
    """Facts and differences as they are found."""

    unsaid: frozenset[str] = frozenset()
    facts: dict[str, tuple[int, int]] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    lost: str = ""
    invented: str = ""

    def fact(self, name: str, right: bool, kind: str, story: str, expected: str = "", found: str = "") -> None:
        """Counts one fact, and keeps the difference if it is wrong."""
        if name in self.unsaid:
            return
        self.count(name, int(right), 1)
        if not right:
            self.differences.append(Difference(kind, story, expected, found))

    def count(self, name: str, right: int, total: int) -> None:
        before = self.facts.get(name, (0, 0))
        self.facts[name] = (before[0] + right, before[1] + total)


def short(text: str, length: int = 48) -> str:
    """`text` with its middle left out if it is long."""
    return text if len(text) <= length else f"{text[: length // 2]}…{text[-length // 3 :]}"
