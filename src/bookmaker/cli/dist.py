"""`bookmaker dist`."""

from bookmaker.cli.answers import answering, report_problems, say
from bookmaker.cli.editions import report_lines
from bookmaker.cli.options import QuietOption, RootOption, StrictOption, VolumeArgument
from bookmaker.cli.places import plans_at, project_at


def dist(
    volume: VolumeArgument = None, root: RootOption = None, strict: StrictOption = False, quiet: QuietOption = False
) -> None:
    """Make a release of every edition in dist/, with checksums and a manifest."""
    from bookmaker.press import wanted_editions
    from bookmaker.release import release_volume

    with answering():
        project = project_at(root)
        for plan in plans_at(project, volume):
            scripts, media = wanted_editions(project, plan)
            folder, editions = release_volume(project, plan, scripts, media, strict=strict)
            report_problems(warning for edition in editions for warning in edition.warnings)
            if not quiet:
                say(f"{project.name_of(folder)}: {len(editions)} editions, SHA256SUMS, manifest.json")
            for edition in editions:
                report_lines(project, folder / edition.path.name, edition)
