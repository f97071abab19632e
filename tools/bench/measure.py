"""Runs a program and says what it cost: the process with all that it starts."""

import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

_PROC = Path("/proc")
#: Seconds between two looks at the memory of a tree of processes; a look takes a millisecond or two.
_PAUSE = 0.1
#: Starts the command, for Linux counts the peak of who starts a program as the program's own: this one is small.
_LAUNCHER = """
import os, sys, time
begin = time.perf_counter()
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
_, status, usage = os.wait4(process, 0)
seconds = time.perf_counter() - begin
print(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock; seconds of processor, user and system; peak memory in MB; the file that was made."""

    seconds: float
    processor: float
    peak: float
    pages: int | None
    size: int


class FailedError(Exception):
    """A program failed; the words are the last it said."""


class Watch:
    """Looks at the memory of several processes, one started by the other; `peak` is the most it saw, in MB.

    Of one process alone it says nothing, for there the kernel knows better. `itself` says if the first one counts.
    """

    def __init__(self, process: int, *, itself: bool = True) -> None:
        self.peak = 0.0
        self._process = process
        self._first = 0 if itself else 1
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Watch":
        if _PROC.is_dir():
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_PAUSE):
            tree = _tree(self._process)[self._first :]
            if len(tree) > 1:
                self.peak = max(self.peak, sum(map(_memory, tree)) / 1024)


def run(command: Sequence[str], folder: Path, *outputs: Path) -> Cost:
    """What the command costs in `folder`, and the pages and bytes of what it makes."""
    launcher = (sys.executable, "-I", "-S", "-c", _LAUNCHER, *command)
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(launcher, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said)
        with Watch(process.pid, itself=False) as watch:
            answer, _ = process.communicate()
        seconds, processor, peak, status = map(float, answer.split())
        if status:
            said.seek(0)
            raise FailedError(f"{command[0]} ended with {status:.0f}: {said.read().decode()[-2000:]}")
    return Cost(seconds, processor, max(watch.peak, peak), pages_of(*outputs), size_of(*outputs))


def pages_of(*outputs: Path) -> int | None:
    """The pages of the PDFs among these files, if there are any."""
    counts = []
    for output in outputs:
        if output.suffix == ".pdf":
            with pikepdf.open(output) as pdf:
                counts.append(len(pdf.pages))
    return sum(counts) if counts else None


def size_of(*outputs: Path) -> int:
    return sum(output.stat().st_size for output in outputs)


def _tree(root: int) -> list[int]:
    """A process and all that it and they have started."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            try:
                # Behind the name in brackets: state, parent.
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):  # it has just ended
                continue
            children[parent].append(int(entry.name))
    tree = [root]
    for process in tree:
        tree += children[process]
    return tree


def _memory(process: int) -> int:
    """KB of a process, what it shares with others divided among them."""
    try:
        lines = (_PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
