"""`bookmaker epub`."""

from bookmaker.cli.editions import issue_volumes
from bookmaker.cli.options import OutputOption, QuietOption, RootOption, ScriptOption, StrictOption, VolumeArgument
from bookmaker.script.scripts import Script


def epub(
    volume: VolumeArgument = None,
    root: RootOption = None,
    script: ScriptOption = Script.HANS,
    output: OutputOption = None,
    strict: StrictOption = False,
    quiet: QuietOption = False,
) -> None:
    """Bind volumes as EPUB."""
    issue_volumes(volume, root, script, "epub", output, strict, quiet)
