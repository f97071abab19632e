"""`bookmaker classify`."""

from typing import Annotated

import typer

from bookmaker.cli.answers import answering, count, print_json, say
from bookmaker.cli.options import JsonOption, QuietOption, RootOption
from bookmaker.cli.places import project_at


def classify(
    root: RootOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the words that counted.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing into the articles.")] = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Score every article and headed section by theme, and write themes where the editor has written none."""
    from bookmaker.classification.explain import explain as explained
    from bookmaker.classifying import classify_pool

    with answering():
        found = classify_pool(project_at(root), write=not dry_run)
    if as_json:
        print_json([article.as_record() for article in found])
    elif explain:
        print("\n".join(explained(found)))
    elif not quiet:
        for article in found:
            say(f"{article.file}: {', '.join(article.themes) or 'none'} ({article.decided_by})")
    if not quiet:
        none = sum(article.theme is None for article in found)
        say(f"{count(len(found), 'article')}, {none} without a theme")
