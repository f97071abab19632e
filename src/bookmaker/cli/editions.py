"""Editions made and told of: what `pdf`, `epub`, `build` and `dist` have in common."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bookmaker.cli.answers import WRONG_COMMAND, answering, count, fail, report_problems, say
from bookmaker.cli.places import plans_at, project_at, spare_sources
from bookmaker.project import Project
from bookmaker.script.scripts import Script

if TYPE_CHECKING:
    from bookmaker.press import Edition


def issue_volumes(
    volume: str | None, root: Path | None, script: Script, medium: str, output: Path | None, strict: bool, quiet: bool
) -> None:
    """Make one edition of a volume, or of every volume, and say what was made."""
    if output and output.is_dir():
        fail(f"{output} is a folder: -o names a file", WRONG_COMMAND)
    with answering():
        project = project_at(root)
        spare_sources(project, output)
        plans = plans_at(project, volume)
        if output and len(plans) > 1:
            fail("-o names one file, but the project has several volumes: name one", WRONG_COMMAND)
        from bookmaker.galley import Medium
        from bookmaker.press import issue_edition

        for plan in plans:
            edition = issue_edition(project, plan, script, Medium(medium), output, strict=strict)
            report_problems(edition.warnings)
            report_edition(project, edition.path, edition.pages, quiet)
            report_lines(project, edition.path, edition)


def report_edition(project: Project, path: Path, pages: int | None, quiet: bool) -> None:
    """The file that was made, its pages and its size."""
    if not quiet:
        size = f"{path.stat().st_size / 1e6:.1f} MB"
        say(f"{project.name_of(path)}: {f'{pages} pages, ' if pages else ''}{size}")


def report_lines(project: Project, path: Path, edition: "Edition") -> None:
    """How many lines want a look; each with its place would bury what the command has to say."""
    kinds = Counter(line.code.removesuffix("-line") for line in edition.lines)
    if kinds:
        counted = ", ".join(count(number, f"{kind} line") for kind, number in sorted(kinds.items()))
        where = f"bookmaker check {edition.volume} --script {edition.script} says where"
        say(f"{project.name_of(path)}: {counted}; {where}")
