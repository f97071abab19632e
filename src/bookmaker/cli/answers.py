"""What a verb answers: messages on standard error, JSON on standard output, and the exit status.

Exit status: 0 done, 1 the build failed, 2 wrong command line, 3 problems in the sources, 5 a system part is missing.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer

from bookmaker.fonts import FontError
from bookmaker.problems import BuildError, CommandError, Problem, Severity, SourceError, in_reading_order
from bookmaker.wording import BrokenLayoutError

BUILD_FAILED, WRONG_COMMAND, BAD_SOURCES, MISSING_PART = 1, 2, 3, 5


@contextmanager
def answering() -> Iterator[None]:
    """Turns what can go wrong into a message and an exit status; a traceback is our bug."""
    try:
        yield
    except typer.Exit:
        raise
    except SourceError as error:
        report_problems(error.problems)
        fail(summary(error.problems), BAD_SOURCES)
    except CommandError as error:
        fail(str(error), WRONG_COMMAND)
    except FontError as error:
        fail(f"{error}\n    hint: restore fonts/ from the repository", MISSING_PART)
    except BrokenLayoutError as error:
        fail(f"the layout cannot be used: {error}", BUILD_FAILED)
    except BuildError as error:
        fail(f"the build failed: {error}", BUILD_FAILED)
    except OSError as error:
        if "cannot load library" in str(error):
            fail("a system library is missing\n    hint: bookmaker doctor says which", MISSING_PART)
        fail(f"the build failed: {error.strerror or error}: {error.filename or ''}".rstrip(": "), BUILD_FAILED)
    except Exception as error:
        from jinja2 import TemplateError  # late: verbs without a template have no use for it

        if isinstance(error, TemplateError):
            fail(f"the layout cannot be used: {error}", BUILD_FAILED)
        raise


def report_problems(problems: Iterable[Problem]) -> None:
    """Each problem once, however many editions it holds for."""
    for problem in in_reading_order(problems):
        say(str(problem))


def print_json(records: list[dict[str, Any]]) -> None:
    """One document on standard output, for another program."""
    print(json.dumps(records, ensure_ascii=False, indent=2))


def summary(problems: tuple[Problem, ...] | list[Problem]) -> str:
    """How many errors and warnings there are."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return f"{count(errors, 'error')}, {count(len(problems) - errors, 'warning')}"


def count(number: int, noun: str) -> str:
    """A number of things, in English."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def say(message: str) -> None:
    """One message on standard error."""
    print(message, file=sys.stderr)


def fail(message: str, status: int) -> NoReturn:
    """Say what is wrong, and end with this exit status."""
    say(message)
    raise typer.Exit(status)
