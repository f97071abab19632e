"""`bookmaker new`."""

from typing import Annotated

import typer

from bookmaker.cli.answers import answering, say
from bookmaker.cli.options import RootOption
from bookmaker.cli.places import project_at


def new(
    slug: Annotated[
        str,
        typer.Argument(
            metavar="SLUG", help="The article's name: letters, digits, hyphens; folders/ before it, if you like."
        ),
    ],
    root: RootOption = None,
    theme: Annotated[str | None, typer.Option("--theme", help="The theme's id.")] = None,
) -> None:
    """Start an article: a file with the header ready to fill, as a draft."""
    from bookmaker.new_project import start_article

    with answering():
        project = project_at(root)
        say(f"wrote {project.name_of(start_article(project, slug, theme))}")
        say(
            "next: fill in the header, write the text, and take out “draft: true”; bookmaker check says what is missing"
        )
