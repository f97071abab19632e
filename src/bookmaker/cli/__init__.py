"""The command line: arguments in, messages and exit status out. Nothing else prints or exits.

One verb a file. A verb's file loads what only reads arguments; the stages come when the verb is done.
"""

import gc
import io
import sys

from bookmaker import __version__


def main() -> None:
    """The entry point of the `bookmaker` command; it writes UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if sys.argv[1:] == ["--version"]:
        print(__version__)  # the program below says the same, but loads Typer to say it
        return
    # Loading makes objects that stay: looking through them for garbage again and again costs a tenth of a run.
    gc.set_threshold(100_000)
    from bookmaker.cli.program import app

    app()
