"""EPUBCheck: is an EPUB one that shops and readers accept? Written for EPUBCheck 5.3.0."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jpype

from tests.gates import Finding
from tests.gates.jvm import java


def check_epub(path: Path | str, *, usage: bool = False) -> list[Finding]:
    """What EPUBCheck finds, by EPUB 3.3; empty for a good file. `usage` adds its remarks on style."""
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    findings = _findings(_report(Path(path)))
    return [finding for finding in findings if usage or finding.severity != "USAGE"]


def _report(path: Path) -> dict[str, Any]:
    """EPUBCheck's own JSON report, kept in memory."""
    written = java("java.io.StringWriter")()
    printer = java("java.io.PrintWriter")(written)
    report = java("com.adobe.epubcheck.reporting.CheckingReport")(printer, str(path))
    report.initialize()
    try:
        java("com.adobe.epubcheck.api.EpubCheck")(java("java.io.File")(str(path)), report).doValidate()
    except jpype.JException as error:
        return {"messages": [{"severity": "FATAL", "ID": "unreadable", "message": str(error)}]}
    report.generate()
    printer.flush()
    document: dict[str, Any] = json.loads(str(written))
    return document


def _findings(report: dict[str, Any]) -> Iterator[Finding]:
    for message in report["messages"]:
        places = [f"{place['path']}:{place['line']}" for place in message.get("locations", ())]
        more = message.get("additionalLocations", 0)
        location = ", ".join(places) + (f" and {more} more" if more else "")
        yield Finding(message["severity"], message["ID"], message["message"], location)
