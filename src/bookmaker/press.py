"""The whole run of the press, one line a stage. Only this room and `release.py` write outputs.

The last stages (printing, binding, reviewing) are loaded where a run comes to them: most runs come to one only.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bookmaker.check.glyphs import check_glyphs
from bookmaker.check.lines import check_lines
from bookmaker.content.manuscript import Manuscript, read_manuscript
from bookmaker.content.plan import read_plan
from bookmaker.fonts import TypeCase, read_type_case
from bookmaker.galley import Galley, Medium
from bookmaker.layout import Layout, LayoutError, NoRoomError, read_layout
from bookmaker.output import write_beside
from bookmaker.problems import Problem, SourceError, raise_errors
from bookmaker.project import Project
from bookmaker.script.convert import convert_manuscript
from bookmaker.script.proof import proofread_manuscript
from bookmaker.script.scripts import Script
from bookmaker.script.widening import widen_manuscript
from bookmaker.store import Store, libraries_digest
from bookmaker.typeset import typeset_galley
from bookmaker.volume.assemble import assemble_volume

if TYPE_CHECKING:
    from bookmaker.makeup.printing import Warm
    from bookmaker.review.report import Review


@dataclass(frozen=True, slots=True)
class Edition:
    """One volume in one script and one medium, made: its file, its size, and what an editor should see.

    `warnings` are of the sources, `lines` of the lines as printed.
    """

    volume: str
    title: str
    script: Script
    medium: Medium
    path: Path
    size: int
    pages: int | None
    fonts: tuple[str, ...]
    warnings: tuple[Problem, ...]
    lines: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with one volume in one script, and how many pages were laid out to see it.

    `foreign` are the sections that WeasyPrint printed, each with the rule that sent it there.
    """

    volume: str
    script: Script
    problems: tuple[Problem, ...]
    pages: int | None = None
    foreign: tuple[tuple[str, str], ...] = ()


class Press:
    """A press that is kept: it issues the same volumes again and again, and remembers what did not change."""

    def __init__(self, project: Project) -> None:
        from bookmaker.makeup.printing import Warm

        self._project = project
        self._warm = Warm()
        self._memories: dict[tuple[Path, Script, Medium], dict[str, tuple[Any, Any]]] = {}

    def issue_edition(
        self, plan: Path, script: Script, medium: Medium, output: Path | None = None, *, strict: bool = False
    ) -> Edition:
        """As the function of this name, the faster the less has changed since the last time."""
        store = _store(self._project)
        store.remember(self._memories.setdefault((plan, script, medium), {}))
        galley = _galley_of(self._project, _source_of(self._project, plan, store), script, store)
        (edition,) = _issue(self._project, [galley], (medium,), output, strict, store, self._warm)
        return edition


def issue_edition(
    project: Project,
    plan: Path,
    script: Script,
    medium: Medium,
    output: Path | None = None,
    *,
    strict: bool = False,
) -> Edition:
    """From the sources to one file. `SourceError` leaves the last good file untouched."""
    store = _store(project)
    galley = _galley_of(project, _source_of(project, plan, store), script, store)
    (edition,) = _issue(project, [galley], (medium,), output, strict, store)
    return edition


def issue_editions(
    project: Project,
    plan: Path,
    scripts: tuple[Script, ...],
    media: tuple[Medium, ...],
    *,
    strict: bool = False,
) -> list[Edition]:
    """Every script in every medium; the sources are read once, and nothing is written before all are right."""
    store = _store(project)
    manuscript = _source_of(project, plan, store)
    galleys = [_galley_of(project, manuscript, script, store) for script in scripts]
    return _issue(project, galleys, media, None, strict, store)


def check_volume(
    project: Project,
    plan: Path,
    scripts: tuple[Script, ...] | None = None,
    *,
    lines: bool = True,
) -> Iterator[Checked]:
    """What is wrong with a volume, script by script: those given, or all that the plan issues.

    With `lines`, and if the plan makes a PDF, the pages are laid out and their lines looked at.
    """
    store = _store(project)
    manuscript = _source_of(project, plan, store)
    editions = manuscript.plan.entries.editions
    lines = lines and Medium.PDF in editions.media
    if lines:
        from bookmaker.makeup.printing import pull_proof
    for script in scripts or editions.scripts:
        try:
            galley, case = _galley_of(project, manuscript, script, store)
        except SourceError as error:
            yield Checked(plan.stem, script, error.problems)
            continue
        warnings = galley.volume.manuscript.warnings
        if lines:
            proof = pull_proof(galley, case, project.cache)
            found = check_lines(galley, proof.lines, proof.folios)
            yield Checked(plan.stem, script, (*warnings, *found), len(proof.folios), proof.foreign)
        else:
            yield Checked(plan.stem, script, warnings)


def review_volume(
    project: Project, plan: Path, script: Script, output: Path | None = None, *, write: bool = True
) -> "tuple[Review, Path]":
    """What an editor should see of a volume in a Traditional script, and the page that says so."""
    from bookmaker.review.page import review_html
    from bookmaker.review.report import review_manuscript

    review = review_manuscript(_source_of(project, plan, _store(project)), script)
    path = output or project.build / review.volume / f"{review.volume}.{script}.review.html"
    if write:
        write_beside(path, review_html(review).encode())
    return review, path


def wanted_editions(project: Project, plan: Path) -> tuple[tuple[Script, ...], tuple[Medium, ...]]:
    """The scripts and media a plan asks for."""
    problems: list[Problem] = []
    read = read_plan(project, plan, problems)
    if read is None:
        read_manuscript(project, plan)  # says all that is wrong, not with the plan alone
        raise SourceError(problems)
    editions = read.entries.editions
    return editions.scripts, tuple(map(Medium, editions.media))


def make_galley(project: Project, plan: Path, script: Script) -> tuple[Galley, TypeCase]:
    """Read, convert, assemble, typeset: all that both media share."""
    store = _store(project)
    return _galley_of(project, _source_of(project, plan, store), script, store)


def _store(project: Project) -> Store:
    """What the last run knew of articles that are still the same."""
    return Store(project.cache / "made", (libraries_digest(),))


def _source_of(project: Project, plan: Path, store: Store) -> Manuscript:
    """Read, proofread, write full-width marks: all that every script shares."""
    return widen_manuscript(proofread_manuscript(read_manuscript(project, plan, store), store), store)


def _galley_of(project: Project, simplified: Manuscript, script: Script, store: Store) -> tuple[Galley, TypeCase]:
    case = read_type_case(project.fonts)
    layout = _layout(project, simplified)
    manuscript = convert_manuscript(simplified, script, store)
    volume = assemble_volume(manuscript)
    galley = typeset_galley(volume, layout, case, store)
    raise_errors(check_glyphs(galley, case, store))
    return galley, case


def _layout(project: Project, manuscript: Manuscript) -> Layout:
    """The plan's layout; one that cannot serve is a problem of the plan."""
    plan = manuscript.plan
    try:
        return read_layout(project.layout(plan.entries.volume.layout), plan.entries.typography)
    except NoRoomError as error:
        place, code = plan.line("typography"), "bad-value"
        hint, fault = "change [typography]: fewer, smaller, or a larger page", str(error)
    except LayoutError as error:
        place, code = plan.line("volume", "layout"), "unknown-layout"
        hint, fault = 'write layout = "book", or add the layout', str(error)
    raise SourceError([Problem(plan.source.place(place), code, fault, hint)])


def _issue(
    project: Project,
    galleys: list[tuple[Galley, TypeCase]],
    media: tuple[Medium, ...],
    output: Path | None,
    strict: bool,
    store: Store,
    warm: "Warm | None" = None,
) -> list[Edition]:
    """Make every galley in every medium, then write: what `strict` refuses, and what fails, leaves all files alone."""
    _refuse((w for galley, _ in galleys for w in galley.volume.manuscript.warnings), strict)
    made = [_make(project, galley, case, medium, output, store, warm) for galley, case in galleys for medium in media]
    store.tidy()
    _refuse((line for edition, _ in made for line in edition.lines), strict)
    for edition, data in made:
        write_beside(edition.path, data)
    return [edition for edition, _ in made]


def _refuse(warnings: Iterable[Problem], strict: bool) -> None:
    """With --strict, what an editor should look at stops the edition."""
    found = list(warnings) if strict else []
    if found:
        raise SourceError(found)


def _make(
    project: Project,
    galley: Galley,
    case: TypeCase,
    medium: Medium,
    output: Path | None,
    store: Store,
    warm: "Warm | None",
) -> tuple[Edition, bytes]:
    pages: int | None = None
    lines: list[Problem] = []
    if medium is Medium.PDF:
        from bookmaker.makeup.printing import print_pdf

        printed = print_pdf(galley, case, project.cache, warm)
        data, pages, fonts = printed.data, printed.pages, printed.fonts
        lines = check_lines(galley, printed.proof.lines, printed.proof.folios)
    else:
        from bookmaker.epub import bind_epub, embedded_fonts
        from bookmaker.pdf.cover import draw_cover

        data = bind_epub(galley, case, draw_cover(galley, case, project.cache, store), store)
        fonts = embedded_fonts(data)
    slug = galley.volume.slug
    path = output or project.build / slug / f"{slug}.{galley.script}.{medium}"
    manuscript = galley.volume.manuscript
    title = manuscript.plan.entries.volume.title
    edition = Edition(
        slug, title, galley.script, medium, path, len(data), pages, fonts, manuscript.warnings, tuple(lines)
    )
    return edition, data
