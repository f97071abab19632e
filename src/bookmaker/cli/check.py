"""`bookmaker check`."""

from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from bookmaker.cli.answers import BAD_SOURCES, answering, print_json, report_problems, say, summary
from bookmaker.cli.options import JsonOption, RootOption, StrictOption, VolumeArgument
from bookmaker.cli.places import plans_at, project_at
from bookmaker.problems import Problem, Severity, SourceError, in_reading_order
from bookmaker.project import Project
from bookmaker.script.scripts import Script


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
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Say which sections WeasyPrint prints, and by which rule.")
    ] = False,
) -> None:
    """Look for problems in the sources, and for bad lines in the pages, without making a book."""
    found: list[Problem] = []
    with answering():
        project = project_at(root)
        try:
            for plan in plans_at(project, volume):
                _check(project, plan, (script,) if script else None, not no_lines, verbose, found)
        except Exception:
            # What stopped the check is said after what it has found so far.
            report_problems(found)
            raise
    problems = in_reading_order(found)
    if as_json:
        print_json([problem.as_record() for problem in problems])
    else:
        report_problems(problems)
        say(summary(problems))
    if any(problem.severity is Severity.ERROR or strict for problem in problems):
        raise typer.Exit(BAD_SOURCES)


def _check(
    project: Project,
    plan: Path,
    scripts: tuple[Script, ...] | None,
    lines: bool,
    verbose: bool,
    found: list[Problem],
) -> None:
    """Add what is wrong with a volume to `found`, and say how long its pages took."""
    from bookmaker.press import check_volume

    start = monotonic()
    try:
        for checked in check_volume(project, plan, scripts, lines=lines):
            found.extend(checked.problems)
            if checked.pages:
                seconds = monotonic() - start
                say(f"{checked.volume}, {checked.script}: {checked.pages} pages laid out in {seconds:.1f} s")
            for section, rule in checked.foreign if verbose else ():
                say(f"{checked.volume}, {checked.script}: the section {section} is printed by WeasyPrint: {rule}")
            start = monotonic()
    except SourceError as error:
        found.extend(error.problems)
