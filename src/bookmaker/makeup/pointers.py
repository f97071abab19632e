"""Page numbers that a section prints: which places it asks for, and how WeasyPrint is told what stands there.

A style sheet prints them by `target-counter(attr(href), page)` (CSS GCPM 3 §4.1). Where a section is laid out without
the rest of the book, their targets are not in the document: the numbers become attributes of the elements that ask,
and the style sheet prints those, so that text and width are right at once.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list
from lxml import etree

_ASKS = re.compile(r"target-counters?\(\s*attr\(\s*([\w-]+)[^()]*\)\s*,\s*page\s*(?:,[^()]*)?\)", re.IGNORECASE)
_EVERYWHERE = "*"


class _Asking(NamedTuple):
    """The style sheet's selectors with the attributes that their rules take a target from."""

    matcher: Matcher
    attributes: frozenset[str]


def ids_asked_for(trees: Iterable[etree._Element], css: str) -> tuple[str, ...]:
    """The ids whose page numbers a style sheet prints in these sections (see `section_tree`), in reading order."""
    found = (name for tree in trees for name in _asked_in(tree, _asking(css)))
    return tuple(dict.fromkeys(found))


def with_written_folios(css: str) -> str:
    """The style sheet with the attributes that `write_folios` fills where it asked for a page number."""
    return _ASKS.sub(lambda found: f"attr({_written(found[1])})", css)


def write_folios(tree: etree._Element, css: str, folios: Mapping[str, str]) -> None:
    """Give every element of a section that may ask for a page's number the folio printed there."""
    for attribute in sorted(_asking(css).attributes):
        for element in tree.xpath(f"//*[starts-with(@{attribute}, '#')]"):
            folio = folios.get(element.get(attribute)[1:])
            if folio is not None:
                element.set(_written(attribute), folio)


def _written(attribute: str) -> str:
    return f"data-folio-of-{attribute}"


def _asked_in(tree: etree._Element, asking: _Asking) -> Iterator[str]:
    for element in ElementWrapper.from_html_root(_document(tree)).iter_subtree():
        for *_, attributes in asking.matcher.match(element):
            targets = [element.etree_element.get(attribute, "") for attribute in attributes]
            yield from (target[1:] for target in targets if target.startswith("#"))


def _document(tree: etree._Element) -> etree._Element:
    """The section where its selectors expect it: in the body of a page."""
    html = etree.Element("html")
    body = etree.SubElement(html, "body")
    body.extend(etree.fromstring(etree.tostring(child, with_tail=False)) for child in tree)
    return html


@lru_cache(maxsize=4)
def _asking(css: str) -> _Asking:
    matcher = Matcher()
    attributes: set[str] = set()
    for prelude, own in _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)):
        attributes |= own
        try:
            for selector in compile_selector_list(prelude):
                matcher.add_selector(selector, own)
        except SelectorError:
            continue  # WeasyPrint says so, and prints nothing there
    return _Asking(matcher, frozenset(attributes))


def _rules(rules: Iterable[object]) -> Iterator[tuple[str, frozenset[str]]]:
    """The selectors of every rule that asks for page numbers, and the attributes it names."""
    for rule in rules:
        if isinstance(rule, tinycss2.ast.QualifiedRule):
            attributes = frozenset(_ASKS.findall(tinycss2.serialize(rule.content)))
            # Whom a rule within a rule is for nobody says here.
            nested = any(token.type == "{} block" for token in rule.content)
            if attributes:
                yield _EVERYWHERE if nested else tinycss2.serialize(rule.prelude), attributes
        elif isinstance(rule, tinycss2.ast.AtRule) and rule.lower_at_keyword in ("media", "supports", "layer"):
            yield from _rules(tinycss2.parse_rule_list(rule.content or [], skip_comments=True, skip_whitespace=True))
