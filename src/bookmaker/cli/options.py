"""Arguments and options that several verbs take."""

from pathlib import Path
from typing import Annotated

import typer

from bookmaker.script.scripts import Script

VolumeArgument = Annotated[
    str | None, typer.Argument(metavar="[VOLUME]", help="The plan's name; all volumes if left out.")
]
RootOption = Annotated[
    Path | None,
    typer.Option("--root", metavar="DIR", help="The project (default: the nearest folder upward with content/)."),
]
ScriptOption = Annotated[Script, typer.Option("--script", help="The script to set the volume in.")]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write, instead of build/.")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Warnings are errors.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help="Say only what is wrong.")]
