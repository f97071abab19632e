"""`bookmaker pdf`."""

from bookmaker.cli.editions import issue_volumes
from bookmaker.cli.options import OutputOption, QuietOption, RootOption, ScriptOption, StrictOption, VolumeArgument
from bookmaker.script.scripts import Script


def pdf(
    volume: VolumeArgument = None,
    root: RootOption = None,
    script: ScriptOption = Script.HANS,
    output: OutputOption = None,
    strict: StrictOption = False,
    quiet: QuietOption = False,
) -> None:
    """Print volumes as PDF."""
    issue_volumes(volume, root, script, "pdf", output, strict, quiet)
