"""`bookmaker convert`."""

from pathlib import Path
from typing import Annotated

import typer

from bookmaker.cli.answers import BAD_SOURCES, WRONG_COMMAND, answering, count, fail, say
from bookmaker.cli.options import JsonOption, OutputOption, QuietOption, RootOption, ScriptOption
from bookmaker.cli.places import plans_at, project_at, spare_sources
from bookmaker.script.scripts import Script


def convert(
    what: Annotated[
        str, typer.Argument(metavar="FILE|VOLUME", help="A .txt or .md file; with --review also the name of a plan.")
    ],
    root: RootOption = None,
    script: ScriptOption = Script.HANT_TW,
    full_width: Annotated[
        bool, typer.Option("--full-width/--no-full-width", help="Write , ; : ( ) ! ? of Chinese text full-width.")
    ] = False,  # unlike in a plan: in a Markdown file they can be marks of the language
    review: Annotated[
        bool, typer.Option("--review", help="Report what an editor should look at, as an HTML page.")
    ] = False,
    output: OutputOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Print a text file in another script, or report on what is doubtful in a conversion."""
    if (output or as_json) and not review:
        fail("-o and --json belong to --review", WRONG_COMMAND)
    if review and not script.traditional:
        fail("--review needs a Traditional script, zh-Hant-TW or zh-Hant-HK", WRONG_COMMAND)
    with answering():
        file = Path(what)
        if file.suffix in (".txt", ".md") or (file.suffix != ".toml" and file.is_file()):
            text = _text_of(file)
            if review:
                _review_file(file, text, script, output, full_width=full_width, as_json=as_json)
            else:
                _print_file(file, text, script, full_width=full_width)
        elif review:
            _review_volume(what, root, script, output, as_json=as_json, quiet=quiet)
        else:
            fail(f"“{what}” is no .txt or .md file; a volume is reported on with --review", WRONG_COMMAND)


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        fail(f"{file}: {error.strerror}", WRONG_COMMAND)
    except UnicodeDecodeError:
        fail(f"{file}: the file is not UTF-8", BAD_SOURCES)


def _print_file(file: Path, text: str, script: Script, *, full_width: bool) -> None:
    from bookmaker.script.plain import convert_text

    print(convert_text(text, script, full_width=full_width, markdown=file.suffix == ".md"), end="")


def _review_file(
    file: Path, text: str, script: Script, output: Path | None, *, full_width: bool, as_json: bool
) -> None:
    """A file may stand outside any project, so that its page goes to standard output unless -o names a place."""
    from bookmaker.output import write_beside
    from bookmaker.review.page import review_html, review_json
    from bookmaker.review.report import review_text
    from bookmaker.script.punctuation import widen

    if full_width:
        text = "\n".join(map(widen, text.split("\n")))
    review = review_text(text, file.name, script)
    page = f"{review_json(review)}\n" if as_json else review_html(review)
    if output and output.resolve() == file.resolve():
        fail(f"{output} is the file itself: -o names another", WRONG_COMMAND)
    if output:
        write_beside(output, page.encode())
    else:
        print(page, end="")


def _review_volume(
    volume: str, root: Path | None, script: Script, output: Path | None, *, as_json: bool, quiet: bool
) -> None:
    from bookmaker.press import review_volume
    from bookmaker.review.page import review_json

    project = project_at(root)
    spare_sources(project, output)
    (plan,) = plans_at(project, volume)
    review, path = review_volume(project, plan, script, output, write=not as_json)
    if as_json:
        print(review_json(review))
    elif not quiet:
        doubtful = count(review.flags, "doubtful character")
        say(f"{project.name_of(path)}: {doubtful}, {review.flags_per_10000} in 10,000")
