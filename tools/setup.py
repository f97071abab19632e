"""Makes this machine ready: system parts, .venv and the locked packages. `python3 tools/setup.py [run|test|bench]`

Runs under the system's python3 with the standard library only, and says what it does on stderr. `run` is what
making books needs; `test` adds what `make test` needs, `bench` what `make bench` needs. Once everything is in place it
only compares a stamp.
Exit: 0 ready · 2 wrong command line · 5 a missing system part, with the one line to type where there is one.
"""

from __future__ import annotations

import ctypes.util
import fcntl
import hashlib
import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = {
    "run": ROOT / "requirements.lock",
    "test": ROOT / "requirements-test.lock",
    "bench": ROOT / "requirements-bench.lock",
}
OLDEST_PYTHON = (3, 11)
OLDEST_JAVA = 11
MISSING_SYSTEM_PART = 5

# What must be there, by the Debian package that brings it. WeasyPrint opens the libraries by these names.
LIBRARIES = {
    "gobject-2.0": "libglib2.0-0",
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz": "libharfbuzz0b",
    "fontconfig": "libfontconfig1",
}
POPPLER = ("pdfinfo", "pdftotext", "pdftoppm", "pdffonts")


def main(arguments: list[str]) -> int:
    """Make the machine ready for the mode named on the command line, `run` if none is."""
    mode = arguments[0] if arguments else "run"
    if len(arguments) > 1 or mode not in LOCKS:
        say(f"type: python3 tools/setup.py [{'|'.join(LOCKS)}]")
        return 2
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        say(f"Python {'.'.join(map(str, OLDEST_PYTHON))} or newer is needed, and {sys.executable} is {found}")
        return MISSING_SYSTEM_PART
    stamp = current_stamp()
    if is_fresh(mode, stamp):
        return 0
    with only_one_at_a_time():
        if is_fresh(mode, stamp):  # another run made it while this one waited
            return 0
        missing = missing_parts(mode)
        if missing and not install_parts(missing, mode):
            return MISSING_SYSTEM_PART
        return make_environment(mode, stamp)


def say(words: str) -> None:
    print(f"setup: {words}", file=sys.stderr, flush=True)


# --- the stamp: what .venv was made from ------------------------------------------------------------------


def current_stamp() -> str:
    """A hash of all that .venv depends on: the locks, the project's table, the Python and the folder."""
    import tomllib  # not before the version of Python is known

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    # Tool settings (ruff, pytest …) change nothing that is installed.
    installed = [project["project"], project["build-system"], project["tool"]["hatch"]]
    parts = [repr(installed), sys.version, sys.executable, str(ROOT)]
    parts += [lock.read_text(encoding="utf-8") for lock in LOCKS.values()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def is_fresh(mode: str, stamp: str) -> bool:
    try:
        return stamp_of(mode).read_text(encoding="utf-8") == stamp
    except OSError:
        return False


def stamp_of(mode: str) -> Path:
    return VENV / f".bookmaker-{mode}"


@contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Two makes in two terminals must not build the same .venv."""
    with open(ROOT / "pyproject.toml", "rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


# --- system parts -----------------------------------------------------------------------------------------


def missing_parts(mode: str) -> dict[str, str]:
    """What the system lacks for this mode: a name for people, and the Debian package that brings it."""
    importlib.invalidate_caches()  # so that ensurepip is seen once it has been installed
    missing = {f"lib{name}": package for name, package in LIBRARIES.items() if not has_library(name)}
    wanted: list[tuple[str, str, Callable[[], bool]]] = [
        ("the Python module venv", "python3-venv", has_venv),
        ("certificates for https", "ca-certificates", has_certificates),
    ]
    if mode == "test":
        wanted += [(f"Java {OLDEST_JAVA} or newer", "default-jre-headless", has_java)]
        wanted += [("poppler's tools", "poppler-utils", has_poppler)]
        # Books are subset by uharfbuzz; WeasyPrint itself, to which tests compare them, by this.
        wanted += [("libharfbuzz-subset", "libharfbuzz-subset0", lambda: has_library("harfbuzz-subset"))]
    return missing | {name: package for name, package, is_there in wanted if not is_there()}


def has_library(name: str) -> bool:
    return ctypes.util.find_library(name) is not None


def has_venv() -> bool:
    """Debian ships `venv` with python3 but `ensurepip`, which it needs, apart."""
    return all(importlib.util.find_spec(module) for module in ("venv", "ensurepip"))


def has_certificates() -> bool:
    """Debian's pip reads the system's certificates, not a bundle of its own."""
    if not is_debian():
        return True
    own = [os.environ.get(name) for name in ("PIP_CERT", "SSL_CERT_FILE")]
    return any(Path(path).is_file() for path in [*own, "/etc/ssl/certs/ca-certificates.crt"] if path)


def has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    java = (shutil.which("java", path=f"{home}/bin") if home else None) or shutil.which("java")
    if java is None:
        return False
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(?:1\.)?(\d+)', said)
    return version is not None and int(version[1]) >= OLDEST_JAVA


def has_poppler() -> bool:
    return all(shutil.which(tool) for tool in POPPLER)


def is_debian() -> bool:
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def install_parts(missing: dict[str, str], mode: str) -> bool:
    """Install the missing parts with apt-get, or say in one line what to do; true when all are there."""
    if not is_debian():
        say(f"missing on this system: {', '.join(missing)} (install them the way your system does)")
        return False
    packages = sorted(set(missing.values()))
    waiting = ["-qq", "-o", "DPkg::Lock::Timeout=300"]
    by_hand = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
    root = as_root()
    if root is None:
        say(f"missing system parts, which only root may install; type: {by_hand}")
        return False
    say(f"installing system parts: {' '.join(packages)}")
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *waiting]
    succeeds([*apt, "update"])  # may fail for a source that has nothing to do with us
    if not succeeds([*apt, "install", "-y", "--no-install-recommends", *packages]):
        say(f"could not install the system parts above; type: {by_hand}")
        return False
    still = missing_parts(mode)
    if still:
        say(f"still missing after installing {' '.join(packages)}: {', '.join(still)}")
    return not still


def as_root() -> list[str] | None:
    """The words before a command that make it run as root, or None when this user may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    may = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    return ["sudo", "-n"] if may else None


def succeeds(command: list[str]) -> bool:
    """Run quietly; on failure show the end of what the command said."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", check=False,
    )  # fmt: skip
    if done.returncode != 0:
        for line in done.stdout.splitlines()[-15:]:
            say(f"    {line}")
    return done.returncode == 0


# --- .venv ------------------------------------------------------------------------------------------------


def make_environment(mode: str, stamp: str) -> int:
    """Make .venv anew (or add a mode's packages to a fresh one) and leave the stamps as the last act."""
    if not is_fresh("run", stamp):
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        elif VENV.exists():
            say("making .venv again (the locks or Python changed, or it was not finished)")
            shutil.rmtree(VENV)
        if not succeeds([sys.executable, "-m", "venv", str(VENV)]):
            return MISSING_SYSTEM_PART
    there = {old for old in LOCKS if is_fresh(old, stamp)}  # and stays: the locks agree
    for old in LOCKS:  # from here to the end .venv is half-made
        stamp_of(old).unlink(missing_ok=True)
    lock = LOCKS[mode]
    say(f"installing the {count_of(lock)} packages of {lock.name} (about half a minute the first time)")
    # The lock is complete: pip has nothing to resolve, and the project is built with the locked hatchling.
    if not (pip("--require-hashes", "-r", str(lock)) and pip("--no-build-isolation", "-e", str(ROOT))):
        say("could not install the packages: is the network there? then type the same command again")
        return 1
    point_to_source()
    for done in {*there, "run", mode}:  # every lock has all of `run`
        stamp_of(done).write_text(stamp, encoding="utf-8")
    say("ready")
    return 0


def point_to_source() -> None:
    """Make the link to src/ relative: Python 3.11 cannot read 我的书 in a .pth file under LC_ALL=C."""
    (link,) = VENV.glob("lib/python*/site-packages/_bookmaker.pth")
    link.write_text(os.path.relpath(ROOT / "src", link.parent) + "\n", encoding="ascii")


def pip(*arguments: str) -> bool:
    """Install exactly what is named; Python compiles what is really imported when it is first imported."""
    options = ["-qq", "--no-input", "--no-compile", "--no-deps"]
    return succeeds([str(VENV / "bin" / "python"), "-m", "pip", "install", *options, *arguments])


def count_of(lock: Path) -> int:
    lines = lock.read_text(encoding="utf-8").splitlines()
    return sum("==" in line and not line.startswith(("#", " ")) for line in lines)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("stopped; the same command takes it up again")
        sys.exit(130)
