"""`bookmaker clean`."""

import shutil

from bookmaker.cli.answers import answering
from bookmaker.cli.options import RootOption
from bookmaker.cli.places import project_at


def clean(root: RootOption = None) -> None:
    """Remove build/ and .bookmaker/; releases in dist/ stay."""
    with answering():
        project = project_at(root)
        for folder in (project.build, project.cache):
            shutil.rmtree(folder, ignore_errors=True)
