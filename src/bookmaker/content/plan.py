"""The plan of one volume, `content/volumes/<slug>.toml`."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, field_validator

from bookmaker.content.schema import Day, Lines, Record, line_of, validate
from bookmaker.content.source import Source, read_source
from bookmaker.content.terms import Terms, glossary_problems, term_problems
from bookmaker.content.toml import read_toml
from bookmaker.problems import Place, Problem
from bookmaker.project import Project, said_name
from bookmaker.script.han import is_han
from bookmaker.script.scripts import Script

FrontPiece = Literal["cover", "half-title", "title-page", "imprint", "foreword", "contents"]
BackPiece = Literal["chronology", "sources", "colophon"]


def _each_once(value: tuple[Any, ...]) -> tuple[Any, ...]:
    twice = [entry for entry in value if value.count(entry) > 1]
    if twice:
        raise ValueError(f"“{twice[0]}” stands twice: keep one")
    return value


def _checked_isbn(value: str) -> str:
    """An ISBN with its check digit (ISO 2108), as it was written: 10 or 13 figures with hyphens or blanks."""
    figures = re.sub(r"^ISBN[:：]?|[\s–-]", "", value.strip(), flags=re.IGNORECASE)
    if not value.strip():
        return value
    if re.fullmatch(r"\d{13}", figures):
        right = sum(int(f) * (3 if at % 2 else 1) for at, f in enumerate(figures)) % 10 == 0
    elif re.fullmatch(r"\d{9}[\dXx]", figures):
        values = [10 if f in "Xx" else int(f) for f in figures]
        right = sum(v * (10 - at) for at, v in enumerate(values)) % 11 == 0
    else:
        raise ValueError("write the 13 figures of an ISBN (or the 10 of an old one), with hyphens between its parts")
    if not right:
        raise ValueError("the last figure of the ISBN does not fit the others: one of them is wrong")
    return value


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


def _folder_name(value: str) -> str:
    if not re.fullmatch(r"[\w-]+", value):
        raise ValueError("write the name of a folder in layouts/, not a path")
    return value


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
    isbn: Annotated[str, AfterValidator(_checked_isbn)] = ""
    description: str = ""
    layout: Annotated[str, AfterValidator(_folder_name)] = "book"
    contributors: tuple[Contributor, ...] = ()
    imprint: Imprint = Imprint()


class Selection(Record):
    """`[select]`: which articles of the pool the volume takes; all that is given must hold.

    `unclassified` says what becomes of a selected article that no chapter takes.
    """

    articles: tuple[str, ...] = ("**/*.md",)
    exclude: tuple[str, ...] = ()
    since: Day | None = None
    until: Day | None = None
    themes: tuple[str, ...] = ()
    unclassified: Literal["refuse", "appendix", "leave-out"] = "refuse"


class ChapterEntry(Record):
    """`[[chapter]]`: one theme's chapter; `order` is "date", "slug", or slugs that come first.

    An `optional` chapter that nothing belongs to is left out; any other that is empty is a problem.
    """

    theme: str
    optional: bool = False
    title: str = ""
    intro: str = ""
    order: Literal["date", "slug"] | tuple[str, ...] = "date"
    figures: tuple[str, ...] = ()


class Front(Record):
    """`[front]`: the pieces before the first chapter, in this order."""

    pieces: tuple[FrontPiece, ...] = ("cover", "half-title", "title-page", "imprint", "foreword", "contents")
    foreword: str = ""

    @field_validator("pieces")
    @classmethod
    def _once(cls, value: tuple[Any, ...]) -> tuple[Any, ...]:
        return _each_once(value)


class Back(Record):
    """`[back]`: the pieces after the last chapter."""

    pieces: tuple[BackPiece, ...] = ("chronology", "sources", "colophon")

    @field_validator("pieces")
    @classmethod
    def _once(cls, value: tuple[Any, ...]) -> tuple[Any, ...]:
        return _each_once(value)


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

    @field_validator("scripts", "media")
    @classmethod
    def _some(cls, value: tuple[Any, ...]) -> tuple[Any, ...]:
        if not value:
            raise ValueError("name at least one, or leave the key out")
        return _each_once(value)


class Text(Record):
    """`[text]`: what is done to the text of every edition.

    Full-width marks are the default: half-width ones between Chinese characters come from typing and from
    copying, no style wants them, and what is a number, a time or Latin stays.
    """

    full_width_marks: bool = True


class TaiwanForms(Record):
    """`[traditional.tw]`: which of two good characters a Taiwan edition writes (`script/variants.py`)."""

    platform: Literal["臺", "台"] = "臺"
    week: Literal["週", "周"] = "週"
    spread: Literal["佈", "布"] = "佈"
    know: Literal["瞭解", "了解"] = "瞭解"
    occupy: Literal["佔", "占"] = "佔"
    utmost: Literal["儘", "盡"] = "儘"
    report: Literal["彙報", "匯報"] = "彙報"
    secret: Literal["秘", "祕"] = "秘"
    inside: Literal["裡", "裏"] = "裡"
    noodle: Literal["麵", "麪"] = "麵"
    dirty: Literal["汙", "污"] = "汙"
    sign: Literal["誌", "志"] = "誌"
    tobacco: Literal["菸", "煙"] = "菸"


class HongKongForms(Record):
    """`[traditional.hk]`: the same for Hong Kong; `glyphs` are 説 衞 峯 or 說 衛 峰."""

    glyphs: Literal["standard", "common"] = "standard"
    week: Literal["週", "周"] = "週"
    spread: Literal["佈", "布"] = "佈"
    know: Literal["瞭解", "了解"] = "瞭解"
    occupy: Literal["佔", "占"] = "佔"
    utmost: Literal["儘", "盡"] = "儘"
    report: Literal["彙報", "匯報"] = "彙報"
    secret: Literal["秘", "祕"] = "秘"
    inside: Literal["裏", "裡"] = "裏"
    noodle: Literal["麪", "麵"] = "麪"
    progress: Literal["着", "著"] = "着"
    line: Literal["線", "綫"] = "線"
    beam: Literal["樑", "梁"] = "樑"
    sign: Literal["誌", "志"] = "誌"


def _one_han(value: tuple[str, ...]) -> tuple[str, ...]:
    wrong = [name for name in value if len(name) != 1 or not is_han(name)]
    if wrong:
        raise ValueError(f"“{wrong[0]}” is not one Chinese character")
    return value


class TraditionalEntry(Record):
    """`[traditional]`: choices for the Traditional editions.

    `terms` are kept from conversion and stay as long as they were; `glossary` exchanges words and may
    change their length; `short_names` are characters that stand for a place (并 is Taiyuan).
    """

    quotes: Literal["corner", "curly"] = "corner"
    short_names: Annotated[tuple[str, ...], AfterValidator(_one_han)] = ("并",)
    terms: Terms = Field(default_factory=dict)
    glossary: Terms = Field(default_factory=dict)
    tw: TaiwanForms = TaiwanForms()
    hk: HongKongForms = HongKongForms()


class PlanFile(Record):
    """The whole file."""

    volume: VolumeEntry
    select: Selection = Selection()
    chapter: tuple[ChapterEntry, ...] = ()
    front: Front = Front()
    back: Back = Back()
    typography: Typography = Typography()
    editions: Editions = Editions()
    text: Text = Text()
    traditional: TraditionalEntry = TraditionalEntry()


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
    if said_name(path.name) != path.name:
        what = "the plan's name is not UTF-8, or holds a character that no name should have"
        problems.append(Problem(Place(project.name_of(path)), "bad-file-name", what, "give the file another name"))
        return None
    source = read_source(project, path, problems)
    found = read_toml(source, problems) if source else None
    if source is None or found is None:
        return None
    data, lines = found
    entries = validate(PlanFile, data, lines, source, problems)
    if entries is None:
        return None
    problems.extend(_imprint_problems(entries.volume, source, lines))
    traditional = entries.traditional
    problems.extend(term_problems(traditional.terms, ("traditional", "terms"), source, lines))
    problems.extend(glossary_problems(traditional.glossary, ("traditional", "glossary"), source, lines))
    if not entries.chapter:
        problems.append(
            Problem(source.place(), "no-chapters", "the plan has no chapters", "add a table [[chapter]] with a “theme”")
        )
    return Plan(path.stem, source, entries, lines)


def _imprint_problems(volume: VolumeEntry, source: Source, lines: Lines) -> list[Problem]:
    """What the law asks of an internal volume (内部资料性出版物管理办法 §14–16): a permit, no price, no ISBN."""
    if volume.kind != "internal":
        return []
    problems: list[Problem] = []
    if not volume.imprint.permit:
        place = source.place(line_of(("volume", "kind"), lines))
        hint = "add “permit = …” under [volume.imprint], or say kind = “plain”"
        problems.append(Problem(place, "missing-key", "an internal volume needs its 准印证 number", hint))
    for key, value in (("price", volume.imprint.price), ("isbn", volume.isbn)):
        if value:
            path = ("volume", key) if key == "isbn" else ("volume", "imprint", key)
            place = source.place(line_of(path, lines))
            what = f"an internal volume may not have the key “{key}”"
            problems.append(Problem(place, "bad-value", what, "take it out, or say kind = “public”"))
    return problems
