"""A layout's print.css taken apart: rules by selector, page styles, and the declarations of an element.

CSS stays the designer's source. tinycss2 and cssselect2 read it; what the page maker can do with it is a closed list
of properties in `styles.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cssselect2
import tinycss2

_ID = re.compile(r"#([\w-]+)")
_ATTRIBUTE = re.compile(r"\[\s*([\w-]+)")

#: A value as tinycss2 gives it, without white space and comments.
Tokens = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """One property, its value as tokens, and the selector of the rule it stands in."""

    name: str
    value: Tokens
    important: bool
    rule: str


@dataclass(frozen=True, slots=True)
class PageRule:
    """One `@page` rule: the page style's name, its pseudo-classes, what it says of the page and its margin boxes."""

    name: str
    pseudo: tuple[str, ...]
    declarations: tuple[Declaration, ...]
    boxes: dict[str, tuple[Declaration, ...]]

    @property
    def specificity(self) -> tuple[bool, int, int]:
        """CSS Paged Media 3 §5.4: a name counts most, `:first`, `:blank` and `:nth()` more than a side."""
        sides = sum(word in ("left", "right") for word in self.pseudo)
        return bool(self.name), len(self.pseudo) - sides, sides


class StyleSheet:
    """The rules of one style sheet, in order."""

    def __init__(self, css: str) -> None:
        self.pages: list[PageRule] = []
        self.unread: list[str] = []
        self._matcher = cssselect2.Matcher()
        #: What selectors look at beside tags, classes and the element before: ids, attributes, the last child.
        self.ids: set[str] = set()
        self.attributes: set[str] = set()
        self.looks_ahead = False
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                self._add(rule)
            elif rule.type == "at-rule" and rule.lower_at_keyword == "page":
                self.pages += _page_rules(rule)
            else:
                self.unread.append(tinycss2.serialize([rule]).strip()[:60])

    def _add(self, rule: Any) -> None:
        said = tinycss2.serialize(rule.prelude).strip()
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            self.unread.append(said)
            return
        self.ids |= set(_ID.findall(said))
        self.attributes |= set(_ATTRIBUTE.findall(said))
        self.looks_ahead |= any(word in said for word in ("last-", "only-", ":empty", ":has"))
        declarations = tuple(_declarations(rule.content, said))
        for selector in selectors:
            self._matcher.add_selector(selector, (selector.pseudo_element, declarations))

    def declared(self, element: Any) -> dict[str | None, list[Declaration]]:
        """What is declared for an element (a cssselect2 wrapper) and its pseudo-elements, the weakest first."""
        found: dict[str | None, list[Declaration]] = {}
        matched = sorted(self._matcher.match(element), key=lambda match: (match[0], match[1]))
        for _, _, _, (pseudo, declarations) in matched:
            found.setdefault(pseudo, []).extend(declarations)
        for declarations in found.values():
            declarations.sort(key=lambda declaration: declaration.important)
        return found


def _declarations(content: Any, rule: str) -> Iterator[Declaration]:
    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if part.type == "declaration":
            value = tuple(token for token in part.value if token.type not in ("whitespace", "comment"))
            name = part.name if part.name.startswith("--") else part.lower_name
            yield Declaration(name, value, part.important, rule)


def _page_rules(rule: Any) -> Iterator[PageRule]:
    parts = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    boxes = {
        part.lower_at_keyword: tuple(_declarations(part.content, f"@{part.lower_at_keyword}"))
        for part in parts
        if part.type == "at-rule"
    }
    said = tinycss2.serialize(rule.prelude).strip()
    declarations = tuple(_declarations(rule.content, f"@page {said}".strip()))
    for selector in said.split(","):
        name, *pseudo = selector.strip().split(":")
        yield PageRule(name.strip(), tuple(pseudo), declarations, boxes)
