"""The program: its verbs, each loaded when it is called."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bookmaker import __version__

#: In the order of `--help`; each is a function in a file of its own.
VERBS = ("pdf", "epub", "build", "dist", "import", "classify", "check", "convert", "init", "new", "doctor", "clean")


class _Verbs(Mapping[str, Any]):
    """Typer's commands by name: one is loaded when it is asked for, and `--help` asks for all."""

    def __getitem__(self, name: str) -> Any:
        if name not in VERBS:
            raise KeyError(name)
        return _command(name)

    def __iter__(self) -> Iterator[str]:
        return iter(VERBS)

    def __len__(self) -> int:
        return len(VERBS)


class _Group(TyperGroup):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Verbs()  # type: ignore[assignment]  # Typer only reads it


app = typer.Typer(
    name="bookmaker",
    help="Compiles a pool of Chinese articles into themed volumes, as PDF and EPUB.",
    cls=_Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _top(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        print(__version__)
        raise typer.Exit


@cache
def _command(name: str) -> Any:
    function = f"{name}_" if name == "import" else name  # which Python keeps for itself
    verb = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    verb.command(name)(getattr(import_module(f"bookmaker.cli.{function}"), function))
    return typer.main.get_command(verb)
