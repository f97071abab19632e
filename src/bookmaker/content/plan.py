"""The plan of one volume, `content/volumes/<slug>.toml`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from bookmaker.content.schema import Day, Lines, Record, line_of, validate
from bookmaker.content.source import Source, read_source
from bookmaker.content.toml import read_toml
from bookmaker.problems import Problem
from bookmaker.project import Project
from bookmaker.script.scripts import Script

FrontPiece = Literal["cover", "half-title", "title-page", "imprint", "foreword", "contents"]
BackPiece = Literal["chronology", "sources", "colophon"]


class Contributor(Record):
    """Who made the volume, and as what (编, 编者, 责任编辑)."""

    name: str = Field(min_length=1)
    role: str = "编"


class Imprint(Record):
    """What the imprint (版权页, GB/T 12450) states beyond what the volume knows of itself.

    `permit` is the 准印证 number an internal volume must show; `cip` is printed as it was issued.
    """

    rights: str = ""
    publisher: str = ""
    address: str = ""
    printer: str = ""
    edition: str = ""
    print_run: str = ""
    price: str = ""
    recipients: str = ""
    permit: str = ""
    cip: str = ""
    note: str = ""


class VolumeEntry(Record):
    """`[volume]`: what the book is."""

    title: str = Field(min_length=1)
    subtitle: str = ""
    series: str = ""
    period: str = ""
    kind: Literal["public", "internal", "plain"] = "plain"
    language: Literal["zh-Hans"] = "zh-Hans"
    date: Day
    identifier: str = ""
    isbn: str = ""
    description: str = ""
    layout: str = "book"
    contributors: tuple[Contributor, ...] = ()
    imprint: Imprint = Imprint()


class Selection(Record):
    """`[select]`: which articles of the pool the volume takes; all that is given must hold."""

    articles: tuple[str, ...] = ("**/*.md",)
    exclude: tuple[str, ...] = ()
    since: Day | None = None
    until: Day | None = None
    themes: tuple[str, ...] = ()


class ChapterEntry(Record):
    """`[[chapter]]`: one theme's chapter; `order` is "date", "slug", or slugs that come first."""

    theme: str
    title: str = ""
    intro: str = ""
    order: Literal["date", "slug"] | tuple[str, ...] = "date"
    figures: tuple[str, ...] = ()


class Front(Record):
    """`[front]`: the pieces before the first chapter, in this order."""

    pieces: tuple[FrontPiece, ...] = ("cover", "half-title", "title-page", "imprint", "foreword", "contents")
    foreword: str = ""


class Back(Record):
    """`[back]`: the pieces after the last chapter."""

    pieces: tuple[BackPiece, ...] = ("chronology", "sources", "colophon")


def _sensible_trim(value: tuple[float, float]) -> tuple[float, float]:
    if not all(60 <= side <= 450 for side in value):
        raise ValueError("a page between 60 and 450 mm a side, as [width, height]")
    return value


class Typography(Record):
    """`[typography]`: what a volume changes of its layout's page; mm for the trim, pt for type."""

    trim: Annotated[tuple[float, float], AfterValidator(_sensible_trim)] | None = None
    measure: int | None = Field(default=None, ge=10, le=60)
    lines: int | None = Field(default=None, ge=8, le=80)
    body: float | None = Field(default=None, ge=6, le=24)
    leading: float | None = Field(default=None, ge=7, le=48)


class Editions(Record):
    """`[editions]`: what `build` and `dist` make."""

    scripts: tuple[Script, ...] = (Script.HANS,)
    media: tuple[Literal["pdf", "epub"], ...] = ("pdf", "epub")

    @field_validator("scripts")
    @classmethod
    def _some(cls, value: tuple[Script, ...]) -> tuple[Script, ...]:
        if not value:
            raise ValueError('name at least one script, as in scripts = ["zh-Hans"]')
        return value


class Traditional(Record):
    """`[traditional]`: choices for the Traditional editions."""

    quotes: Literal["corner", "curly"] = "corner"


class PlanFile(Record):
    """The whole file."""

    volume: VolumeEntry
    select: Selection = Selection()
    chapter: tuple[ChapterEntry, ...] = ()
    front: Front = Front()
    back: Back = Back()
    typography: Typography = Typography()
    editions: Editions = Editions()
    traditional: Traditional = Traditional()


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as read; `slug` names the volume's outputs."""

    slug: str
    source: Source
    entries: PlanFile
    lines: Lines

    def line(self, *path: str | int) -> int | None:
        """The line of a key."""
        return line_of(path, self.lines)


def read_plan(project: Project, path: Path, problems: list[Problem]) -> Plan | None:
    """Read one plan; `None` with problems if it cannot be used."""
    source = read_source(project, path, problems)
    found = read_toml(source, problems) if source else None
    if source is None or found is None:
        return None
    data, lines = found
    entries = validate(PlanFile, data, lines, source, problems)
    if entries is None:
        return None
    if not entries.chapter:
        problems.append(
            Problem(source.place(), "no-chapters", "the plan has no chapters", "add a table [[chapter]] with a “theme”")
        )
    return Plan(path.stem, source, entries, lines)
