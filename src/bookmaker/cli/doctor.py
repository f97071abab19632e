"""`bookmaker doctor`."""

import typer

from bookmaker.cli.answers import MISSING_PART, say
from bookmaker.cli.options import RootOption
from bookmaker.cli.places import project_at
from bookmaker.project import NoProjectError


def doctor(root: RootOption = None) -> None:
    """Say what this machine has and lacks."""
    from bookmaker.doctor import examine

    try:
        project = project_at(root)
    except NoProjectError:
        project = None  # the machine can be looked at from anywhere
    lacking = False
    for finding in examine(project):
        mark = "ok " if finding.good else "NO " if finding.needed else "-- "
        say(f"{mark} {finding.name}: {finding.seen}")
        if not finding.good:
            lacking = lacking or finding.needed
            say(f"    hint: {finding.cure}")
    if lacking:
        raise typer.Exit(MISSING_PART)
