"""`bookmaker init`."""

from pathlib import Path
from typing import Annotated

import typer

from bookmaker.cli.answers import answering, say


def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the new project.")]) -> None:
    """Make a small project that builds at once."""
    from bookmaker.new_project import start_project

    with answering():
        for path in start_project(folder):
            say(f"wrote {path}")
        say(f"now type: bookmaker pdf --root {folder}")
