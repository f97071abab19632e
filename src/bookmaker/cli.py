"""The command line: arguments in, messages and exit status out. Nothing else prints or exits.

Exit status: 0 done, 1 the build failed, 2 wrong command line, 3 problems in the sources, 5 a system
part is missing.
"""

import io
import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bookmaker import __version__
from bookmaker.content.manuscript import plans_of
from bookmaker.doctor import examine
from bookmaker.fonts import FontError
from bookmaker.galley import Medium
from bookmaker.new_project import CannotStartError, start_article, start_project
from bookmaker.problems import Problem, Severity, SourceError, in_reading_order
from bookmaker.project import NoProjectError, Project, find_project
from bookmaker.script.scripts import Script

if TYPE_CHECKING:
    from bookmaker.intake import Intake
    from bookmaker.press import Edition

app = typer.Typer(
    name="bookmaker",
    help="Compiles a pool of Chinese articles into themed volumes, as PDF and EPUB.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_BUILD_FAILED, _WRONG_COMMAND, _BAD_SOURCES, _MISSING_PART = 1, 2, 3, 5

VolumeArgument = Annotated[
    str | None, typer.Argument(metavar="[VOLUME]", help="The plan's name; all volumes if left out.")
]
RootOption = Annotated[
    Path | None,
    typer.Option("--root", metavar="DIR", help="The project (default: the nearest folder upward with content/)."),
]
ScriptOption = Annotated[Script, typer.Option("--script", help="The script to set the volume in.")]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write, instead of build/.")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Warnings are errors.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help="Say only what is wrong.")]


def main() -> None:
    """The entry point of the `bookmaker` command; it writes UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    app()


@app.command()
def pdf(
    volume: VolumeArgument = None,
    root: RootOption = None,
    script: ScriptOption = Script.HANS,
    output: OutputOption = None,
    strict: StrictOption = False,
    quiet: QuietOption = False,
) -> None:
    """Print volumes as PDF."""
    _issue(volume, root, script, Medium.PDF, output, strict, quiet)


@app.command()
def epub(
    volume: VolumeArgument = None,
    root: RootOption = None,
    script: ScriptOption = Script.HANS,
    output: OutputOption = None,
    strict: StrictOption = False,
    quiet: QuietOption = False,
) -> None:
    """Bind volumes as EPUB."""
    _issue(volume, root, script, Medium.EPUB, output, strict, quiet)


@app.command()
def build(
    volume: VolumeArgument = None, root: RootOption = None, strict: StrictOption = False, quiet: QuietOption = False
) -> None:
    """Make every edition the plans name, into build/."""
    from bookmaker.press import issue_editions, wanted_editions

    with _answering():
        project = _project(root)
        for plan in _plans(project, volume):
            scripts, media = wanted_editions(project, plan)
            editions = issue_editions(project, plan, scripts, media, strict=strict)
            _report_problems(warning for edition in editions for warning in edition.warnings)
            for edition in editions:
                _report_edition(project, edition.path, edition.pages, quiet)
                _report_lines(project, edition.path, edition)


@app.command()
def dist(
    volume: VolumeArgument = None, root: RootOption = None, strict: StrictOption = False, quiet: QuietOption = False
) -> None:
    """Make a release of every edition in dist/, with checksums and a manifest."""
    from bookmaker.press import wanted_editions
    from bookmaker.release import release_volume

    with _answering():
        project = _project(root)
        for plan in _plans(project, volume):
            scripts, media = wanted_editions(project, plan)
            folder, editions = release_volume(project, plan, scripts, media, strict=strict)
            _report_problems(warning for edition in editions for warning in edition.warnings)
            if not quiet:
                _say(f"{project.name_of(folder)}: {len(editions)} editions, SHA256SUMS, manifest.json")
            for edition in editions:
                _report_lines(project, folder / edition.path.name, edition)


@app.command("import")
def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Newspaper pages: .txt, .md, .html or .docx files.")
    ],
    into: Annotated[
        Path | None, typer.Option("--into", metavar="DIR", help="Where the articles go, instead of content/articles/.")
    ] = None,
    root: RootOption = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite articles that were imported before.")] = False,
    as_json: JsonOption = False,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Say every guess and every line, not only the doubtful ones.")
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Turn newspaper pages into article files, and say what was guessed."""
    from bookmaker.intake import import_pages

    with _answering():
        project = _project(root) if into is None or root is not None else _project_around(into)
        folder = into if into is not None or project is None else project.articles
        if folder is None:
            raise NoProjectError("there is no content/ folder here or above; name a folder with --into")
        for above in (folder, *folder.parents):
            if above.exists() and not above.is_dir():
                _fail(f"{above} is a file: --into names a folder", _WRONG_COMMAND)
        intake = import_pages(files, folder, project, force=force)
    if as_json:
        from bookmaker.clippings.report import record_of, record_of_nothing

        records = [record_of(one.article, str(one.path), str(one.status)) for one in intake.taken]
        _print_json([*records, *map(record_of_nothing, intake.pages_of_nothing)])
    elif not quiet:
        _report_intake(intake, verbose)
    if not quiet:
        _say(_intake_summary(intake))


@app.command()
def classify(
    root: RootOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the words that counted.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing into the articles.")] = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Score every article and headed section by theme, and write themes where the editor has written none."""
    from bookmaker.classification.explain import explain as explained
    from bookmaker.intake import classify_pool

    with _answering():
        found = classify_pool(_project(root), write=not dry_run)
    if as_json:
        _print_json([article.as_record() for article in found])
    elif explain:
        print("\n".join(explained(found)))
    elif not quiet:
        for article in found:
            _say(f"{article.file}: {', '.join(article.themes) or 'none'} ({article.decided_by})")
    if not quiet:
        none = sum(article.theme is None for article in found)
        _say(f"{_count(len(found), 'article')}, {none} without a theme")


def _print_json(records: list[dict[str, Any]]) -> None:
    """One document on standard output, for another program."""
    print(json.dumps(records, ensure_ascii=False, indent=2))


def _project_around(folder: Path) -> Project | None:
    """The project that a folder lies in; none is needed for an import into a folder of its own."""
    try:
        return find_project(folder if folder.is_dir() else folder.absolute().parent)
    except NoProjectError:
        return None


def _report_intake(intake: "Intake", verbose: bool) -> None:
    """A table on standard error: each article, and below it what was guessed of it."""
    from rich.console import Console
    from rich.table import Table

    from bookmaker.clippings.report import report_rows, rows_of_nothing

    table = Table(box=None, pad_edge=False, expand=False)
    for heading, style in (("article", ""), ("seen", ""), ("in line", ""), ("why", ""), ("sure", "")):
        table.add_column(heading, style=style, overflow="fold", justify="right" if heading == "sure" else "left")
    for row in report_rows(((one.article, str(one.path), str(one.status)) for one in intake.taken), verbose=verbose):
        table.add_row(*row)
    for row in rows_of_nothing(intake.pages_of_nothing, verbose=verbose):
        table.add_row(*row)
    Console(stderr=True, highlight=False, markup=False, width=None if sys.stderr.isatty() else 140).print(table)


def _intake_summary(intake: "Intake") -> str:
    from bookmaker.clippings.notes import note_of

    states = Counter(str(one.status) for one in intake.taken)
    counted = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    doubtful = sum(bool(note_of(one.article)) for one in intake.taken)
    articles = _count(len(intake.taken), "article")
    reprints = sum(len(one.article.reprints) for one in intake.taken)
    more = f"; {_count(reprints, 'reprint')} left out" if reprints else ""
    pages = _count(len(intake.pages), "page")
    return f"{pages}: {articles} ({counted or 'nothing to write'}), {doubtful} to look at{more}"


@app.command()
def check(
    volume: VolumeArgument = None,
    root: RootOption = None,
    script: Annotated[
        Script | None, typer.Option("--script", help="Look at this script only, instead of all that the plan issues.")
    ] = None,
    no_lines: Annotated[
        bool, typer.Option("--no-lines", help="Lay no pages out: quick, but blind to loose and tight lines.")
    ] = False,
    strict: StrictOption = False,
    as_json: JsonOption = False,
) -> None:
    """Look for problems in the sources, and for bad lines in the pages, without making a book."""
    found: list[Problem] = []
    with _answering():
        project = _project(root)
        try:
            for plan in _plans(project, volume):
                _check(project, plan, (script,) if script else None, not no_lines, strict, found)
        except Exception:
            # What stopped the check is said after what it has found so far.
            _report_problems(found)
            raise
    problems = in_reading_order(found)
    if as_json:
        _print_json([problem.as_record() for problem in problems])
    else:
        _report_problems(problems)
        _say(_summary(problems))
    if any(problem.severity is Severity.ERROR or strict for problem in problems):
        raise typer.Exit(_BAD_SOURCES)


@app.command()
def convert(
    what: Annotated[
        str, typer.Argument(metavar="FILE|VOLUME", help="A .txt or .md file; with --review also the name of a plan.")
    ],
    root: RootOption = None,
    script: ScriptOption = Script.HANT_TW,
    full_width: Annotated[
        bool, typer.Option("--full-width/--no-full-width", help="Write , ; : ( ) ! ? of Chinese text full-width.")
    ] = False,  # unlike in a plan: in a Markdown file they can be marks of the language
    review: Annotated[
        bool, typer.Option("--review", help="Report what an editor should look at, as an HTML page.")
    ] = False,
    output: OutputOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Print a text file in another script, or report on what is doubtful in a conversion."""
    from bookmaker.script.plain import convert_text

    if (output or as_json) and not review:
        _fail("-o and --json belong to --review", _WRONG_COMMAND)
    if review and not script.traditional:
        _fail("--review needs a Traditional script, zh-Hant-TW or zh-Hant-HK", _WRONG_COMMAND)
    with _answering():
        file = Path(what)
        if file.suffix in (".txt", ".md") or (file.suffix != ".toml" and file.is_file()):
            text = _text_of(file)
            if review:
                _review_file(file, text, script, output, full_width=full_width, as_json=as_json)
            else:
                print(convert_text(text, script, full_width=full_width, markdown=file.suffix == ".md"), end="")
        elif review:
            _review_volume(what, root, script, output, as_json=as_json, quiet=quiet)
        else:
            _fail(f"“{what}” is no .txt or .md file; a volume is reported on with --review", _WRONG_COMMAND)


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        _fail(f"{file}: {error.strerror}", _WRONG_COMMAND)
    except UnicodeDecodeError:
        _fail(f"{file}: the file is not UTF-8", _BAD_SOURCES)


def _review_file(
    file: Path, text: str, script: Script, output: Path | None, *, full_width: bool, as_json: bool
) -> None:
    """A file may stand outside any project, so that its page goes to standard output unless -o names a place."""
    from bookmaker.output import write_beside
    from bookmaker.review.page import review_html, review_json
    from bookmaker.review.report import review_text
    from bookmaker.script.punctuation import widen

    if full_width:
        text = "\n".join(map(widen, text.split("\n")))
    review = review_text(text, file.name, script)
    page = f"{review_json(review)}\n" if as_json else review_html(review)
    if output:
        write_beside(output, page.encode())
    else:
        print(page, end="")


def _review_volume(
    volume: str, root: Path | None, script: Script, output: Path | None, *, as_json: bool, quiet: bool
) -> None:
    from bookmaker.press import review_volume
    from bookmaker.review.page import review_json

    project = _project(root)
    (plan,) = _plans(project, volume)
    review, path = review_volume(project, plan, script, output, write=not as_json)
    if as_json:
        print(review_json(review))
    elif not quiet:
        count = _count(review.flags, "doubtful character")
        _say(f"{project.name_of(path)}: {count}, {review.flags_per_10000} in 10,000")


@app.command()
def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the new project.")]) -> None:
    """Make a small project that builds at once."""
    with _answering():
        for path in start_project(folder):
            _say(f"wrote {path}")
        _say(f"now type: bookmaker pdf --root {folder}")


@app.command()
def new(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="The article's name: letters, digits, hyphens.")],
    root: RootOption = None,
    theme: Annotated[str | None, typer.Option("--theme", help="The theme's id.")] = None,
) -> None:
    """Start an article: a file with the header ready to fill, as a draft."""
    with _answering():
        project = _project(root)
        _say(f"wrote {project.name_of(start_article(project, slug, theme))}")


@app.command()
def doctor(root: RootOption = None) -> None:
    """Say what this machine has and lacks."""
    try:
        project = _project(root)
    except NoProjectError:
        project = None  # the machine can be looked at from anywhere
    lacking = False
    for finding in examine(project):
        mark = "ok " if finding.good else "NO " if finding.needed else "-- "
        _say(f"{mark} {finding.name}: {finding.seen}")
        if not finding.good:
            lacking = lacking or finding.needed
            _say(f"    hint: {finding.cure}")
    if lacking:
        raise typer.Exit(_MISSING_PART)


@app.command()
def clean(root: RootOption = None) -> None:
    """Remove build/ and .bookmaker/; releases in dist/ stay."""
    with _answering():
        project = _project(root)
        for folder in (project.build, project.cache):
            shutil.rmtree(folder, ignore_errors=True)


@app.callback(invoke_without_command=True)
def _top(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        print(__version__)
        raise typer.Exit


def _check(
    project: Project,
    plan: Path,
    scripts: tuple[Script, ...] | None,
    lines: bool,
    strict: bool,
    found: list[Problem],
) -> None:
    """Add what is wrong with a volume to `found`, and say how long its pages took."""
    from bookmaker.press import check_volume

    start = monotonic()
    try:
        for checked in check_volume(project, plan, scripts, lines=lines, strict=strict):
            found.extend(checked.problems)
            if checked.pages:
                seconds = monotonic() - start
                _say(f"{checked.volume}, {checked.script}: {checked.pages} pages laid out in {seconds:.1f} s")
            start = monotonic()
    except SourceError as error:
        found.extend(error.problems)


def _issue(
    volume: str | None,
    root: Path | None,
    script: Script,
    medium: Medium,
    output: Path | None,
    strict: bool,
    quiet: bool,
) -> None:
    from bookmaker.press import issue_edition

    if output and output.is_dir():
        _fail(f"{output} is a folder: -o names a file", _WRONG_COMMAND)
    with _answering():
        project = _project(root)
        plans = _plans(project, volume)
        if output and len(plans) > 1:
            _fail("-o names one file, but the project has several volumes: name one", _WRONG_COMMAND)
        for plan in plans:
            edition = issue_edition(project, plan, script, medium, output, strict=strict)
            _report_problems(edition.warnings)
            _report_edition(project, edition.path, edition.pages, quiet)
            _report_lines(project, edition.path, edition)


def _report_problems(problems: Iterable[Problem]) -> None:
    """Each problem once, however many editions it holds for."""
    for problem in in_reading_order(problems):
        _say(str(problem))


def _report_edition(project: Project, path: Path, pages: int | None, quiet: bool) -> None:
    if not quiet:
        size = f"{path.stat().st_size / 1e6:.1f} MB"
        _say(f"{project.name_of(path)}: {f'{pages} pages, ' if pages else ''}{size}")


def _report_lines(project: Project, path: Path, edition: "Edition") -> None:
    """How many lines want a look; each with its place would bury what the command has to say."""
    kinds = Counter(line.code.removesuffix("-line") for line in edition.lines)
    if kinds:
        counted = ", ".join(_count(number, f"{kind} line") for kind, number in sorted(kinds.items()))
        where = f"bookmaker check {edition.volume} --script {edition.script} says where"
        _say(f"{project.name_of(path)}: {counted}; {where}")


def _project(root: Path | None) -> Project:
    if root is not None:
        if not (root / "content").is_dir():
            _fail(f"{root} has no content/ folder", _WRONG_COMMAND)
        return Project(root.resolve())
    return find_project(Path.cwd())


def _plans(project: Project, volume: str | None) -> list[Path]:
    plans = plans_of(project)
    if not plans:
        _fail("there is no plan in content/volumes/", _BAD_SOURCES)
    if volume is None:
        return plans
    slug = Path(volume).name.removesuffix(".toml")
    chosen = [plan for plan in plans if plan.stem == slug]
    if not chosen:
        known = ", ".join(plan.stem for plan in plans)
        _fail(f"there is no volume “{slug}”; known: {known}", _WRONG_COMMAND)
    return chosen


@contextmanager
def _answering() -> Iterator[None]:
    """Turns what can go wrong into a message and an exit status; a traceback is our bug."""
    from jinja2 import TemplateError

    from bookmaker.epub import BindingError
    from bookmaker.pdf import PrintError
    from bookmaker.wording import BrokenLayoutError

    try:
        yield
    except SourceError as error:
        for problem in error.problems:
            _say(str(problem))
        _fail(_summary(error.problems), _BAD_SOURCES)
    except (NoProjectError, CannotStartError) as error:
        _fail(str(error), _WRONG_COMMAND)
    except FontError as error:
        _fail(f"{error}\n    hint: restore fonts/ from the repository", _MISSING_PART)
    except (BrokenLayoutError, TemplateError) as error:
        _fail(f"the layout cannot be used: {error}", _BUILD_FAILED)
    except (PrintError, BindingError) as error:
        _fail(f"the build failed: {error}", _BUILD_FAILED)
    except OSError as error:
        if "cannot load library" in str(error):
            _fail("a system library is missing\n    hint: bookmaker doctor says which", _MISSING_PART)
        _fail(f"the build failed: {error.strerror or error}: {error.filename or ''}".rstrip(": "), _BUILD_FAILED)


def _summary(problems: tuple[Problem, ...] | list[Problem]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _fail(message: str, status: int) -> NoReturn:
    _say(message)
    raise typer.Exit(status)
