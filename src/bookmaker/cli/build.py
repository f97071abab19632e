"""`bookmaker build`."""

from bookmaker.cli.answers import answering, report_problems
from bookmaker.cli.editions import report_edition, report_lines
from bookmaker.cli.options import QuietOption, RootOption, StrictOption, VolumeArgument
from bookmaker.cli.places import plans_at, project_at


def build(
    volume: VolumeArgument = None, root: RootOption = None, strict: StrictOption = False, quiet: QuietOption = False
) -> None:
    """Make every edition the plans name, into build/."""
    from bookmaker.press import issue_editions, wanted_editions

    with answering():
        project = project_at(root)
        for plan in plans_at(project, volume):
            scripts, media = wanted_editions(project, plan)
            editions = issue_editions(project, plan, scripts, media, strict=strict)
            report_problems(warning for edition in editions for warning in edition.warnings)
            for edition in editions:
                report_edition(project, edition.path, edition.pages, quiet)
                report_lines(project, edition.path, edition)
