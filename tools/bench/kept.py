"""A process that keeps its program warm and makes the book again for every line on its standard input.

`python -m tools.bench.kept bookmaker ROOT` or `… typst ROOT`; it answers each with seconds on the clock, seconds of
processor, and the most memory it has had so far, in MB.
"""

import importlib
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tools.bench.makers import FONTS
from tools.bench.write_bookmaker import SLUG

#: Its exit status where the program cannot be kept.
CANNOT = 3


def main() -> None:
    program, root = sys.argv[1:]
    make = {"bookmaker": kept_bookmaker, "typst": kept_typst}[program](Path(root))
    for _ in sys.stdin:
        clock, before = time.perf_counter(), os.times()
        make()
        seconds, after = time.perf_counter() - clock, os.times()
        print(seconds, sum(after[:4]) - sum(before[:4]), peak(), flush=True)


def peak() -> float:
    """Most memory of this process so far, in MB."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
    except (OSError, StopIteration):  # no Linux; this figure knows of the process before `exec`, too
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def kept_bookmaker(root: Path) -> Callable[[], object]:
    """Issues the volume's PDF by one press that is kept: the only place that knows how this is said."""
    press = importlib.import_module("bookmaker.press")
    if not hasattr(press, "Press"):
        sys.exit(CANNOT)
    from bookmaker.galley import Medium
    from bookmaker.project import Project
    from bookmaker.script.scripts import Script

    project = Project(root.resolve())
    kept = press.Press(project)
    return lambda: kept.issue_edition(project.volumes / f"{SLUG}.toml", Script.HANS, Medium.PDF)


def kept_typst(root: Path) -> Callable[[], object]:
    """Compiles by one compiler that is kept."""
    import typst

    compiler = typst.Compiler(str(root / "main.typ"), font_paths=[str(FONTS)], ignore_system_fonts=True)
    return lambda: compiler.compile(output=str(root / "main.pdf"))


if __name__ == "__main__":
    main()
