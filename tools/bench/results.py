"""What the runs cost as a table in Markdown, and what of the machine and the versions matters."""

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from tools.bench.measure import Cost
from tools.bench.rounds import STATES, Costs

_ROOT = Path(__file__).parents[2]
_HEAD = ("what", "state", "by", "s", "cpu s", "peak MB", "pages", "KB", "× s", "× cpu", "× MB")
#: Columns that hold words.
_WORDS = 3
_FACTS: tuple[Callable[[Cost], float], ...] = (
    lambda cost: cost.seconds,
    lambda cost: cost.processor,
    lambda cost: cost.peak,
)
_PACKAGES = ("weasyprint", "typst")
_OURS = "Bookmaker"
LEGEND = """\
s: seconds on the clock; cpu s: seconds of processor, user and system, of the process and all it starts; medians of
the rounds. × : Bookmaker's divided by this program's, pair by pair, as median (least–most)."""


def table(costs: Costs) -> str:
    """A row for everything made, in every state, by every program."""
    rows = [_row(key, found, costs.get((*key[:2], _OURS), [])) for key, found in _sorted(costs)]
    widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]
    rules = ["-" * width if place < _WORDS else "-" * (width - 1) + ":" for place, width in enumerate(widths)]
    return "\n".join(f"| {' | '.join(_filled(row, widths))} |" for row in (_HEAD, rules, *rows))


def machine() -> str:
    """What the figures depend on; no name of the machine or of who uses it."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    system = f"{platform.system()} {platform.machine()}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return "; ".join((f"{cores} cores{_processor()}", system, python, *_versions()))


def _sorted(costs: Costs) -> list[tuple[tuple[str, str, str], list[Cost]]]:
    """By what was made and in which state; the programs of one state together."""
    states = [(what, state) for what, those in STATES.items() for state in those]
    return sorted(costs.items(), key=lambda item: states.index(item[0][:2]))


def _row(key: tuple[str, str, str], found: Sequence[Cost], ours: Sequence[Cost]) -> tuple[str, ...]:
    seconds, processor, peak = (median(map(fact, found)) for fact in _FACTS)
    last = found[-1]
    facts = (f"{seconds:.2f}", f"{processor:.2f}", f"{peak:.0f}", str(last.pages or ""), f"{last.size / 1024:.0f}")
    return (*key, *facts, *(_ratio(fact, ours, found) if key[2] != _OURS else "" for fact in _FACTS))


def _ratio(fact: Callable[[Cost], float], ours: Sequence[Cost], theirs: Sequence[Cost]) -> str:
    pairs = [fact(one) / fact(other) for one, other in zip(ours, theirs, strict=False)]
    return f"{median(pairs):.2f} ({min(pairs):.2f}–{max(pairs):.2f})" if pairs else ""


def _filled(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = enumerate(zip(row, widths, strict=True))
    return [cell.ljust(width) if place < _WORDS else cell.rjust(width) for place, (cell, width) in cells]


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return ""
    return f" ({found[1]})" if found else ""


def _versions() -> list[str]:
    """Bookmaker with its commit, the packages, and the first line of what other programs say of themselves."""
    commit = _said("git", "-C", str(_ROOT), "describe", "--always", "--dirty")
    found = [f"bookmaker {version('bookmaker')}{f' at {commit}' if commit else ''}"]
    for package in _PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    others = (_said("xelatex", "--version"), _said("chromium", "--version"))
    return [*found, *(said.splitlines()[0] for said in others if said)]


def _said(program: str, *arguments: str) -> str:
    if shutil.which(program) is None:
        return ""
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False).stdout.strip()
