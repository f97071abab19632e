"""`bookmaker import`."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bookmaker.cli.answers import WRONG_COMMAND, answering, count, fail, print_json, say
from bookmaker.cli.options import JsonOption, QuietOption, RootOption
from bookmaker.cli.places import project_around, project_at
from bookmaker.project import NoProjectError

if TYPE_CHECKING:
    from bookmaker.intake import Intake


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

    with answering():
        project = project_at(root) if into is None or root is not None else project_around(into)
        folder = into if into is not None or project is None else project.articles
        if folder is None:
            raise NoProjectError("there is no content/ folder here or above; name a folder with --into")
        for above in (folder, *folder.parents):
            if above.exists() and not above.is_dir():
                fail(f"{above} is a file: --into names a folder", WRONG_COMMAND)
        intake = import_pages(files, folder, project, force=force)
    if as_json:
        from bookmaker.clippings.report import record_of, record_of_nothing

        records = [record_of(one.article, str(one.path), str(one.status)) for one in intake.taken]
        print_json([*records, *map(record_of_nothing, intake.pages_of_nothing)])
    elif not quiet:
        _report_intake(intake, verbose)
    if not quiet:
        say(_summary(intake))


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


def _summary(intake: "Intake") -> str:
    from bookmaker.clippings.notes import note_of

    states = Counter(str(one.status) for one in intake.taken)
    counted = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    doubtful = sum(bool(note_of(one.article)) for one in intake.taken)
    articles = count(len(intake.taken), "article")
    reprints = sum(len(one.article.reprints) for one in intake.taken)
    more = f"; {count(reprints, 'reprint')} left out" if reprints else ""
    pages = count(len(intake.pages), "page")
    return f"{pages}: {articles} ({counted or 'nothing to write'}), {doubtful} to look at{more}"
