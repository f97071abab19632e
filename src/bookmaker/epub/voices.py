"""Voices of the EPUB: which role and weight of the type case sets which elements, by the layout's `epub/voices.j2`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cssselect2
from jinja2 import Environment
from lxml import etree

#: What a reader draws itself: list numbers and bullets, a hyphen, an ellipsis.
DRAWN_BY_READERS = "0123456789.•◦▪-‐… "


@dataclass(frozen=True, slots=True)
class Voice:
    """What sets some elements: a role of the type case and a weight."""

    role: str
    weight: int
    selectors: str


def read_voices(environment: Environment) -> tuple[Voice, ...]:
    """The layout's table of voices."""
    table: Iterable[tuple[str, int, str]] = environment.get_template("epub/voices.j2").module.voices  # type: ignore[attr-defined]
    return tuple(Voice(*row) for row in table)


class Choir:
    """All voices, and which characters of a page each of them sets.

    Found as a browser finds the style of an element: by rule, else inherited. `said` tells one choir from another.
    """

    def __init__(self, voices: tuple[Voice, ...]) -> None:
        self._voices = voices
        self.said = repr(voices)
        self._rules: cssselect2.Matcher | None = None

    def heard(self, root: etree._Element) -> tuple[str, ...]:
        """The characters of every voice, each once and in order."""
        spoken: dict[Voice, set[str]] = {voice: set() for voice in self._voices}
        for voice, text in _heard(cssselect2.ElementWrapper.from_xml_root(root), self._matcher(), self._voices[0]):
            spoken[voice].update(text)
        return tuple("".join(sorted(characters)) for characters in spoken.values())

    def _matcher(self) -> cssselect2.Matcher:
        if self._rules is None:
            self._rules = cssselect2.Matcher()
            for voice in self._voices:
                for selector in cssselect2.compile_selector_list(voice.selectors):
                    self._rules.add_selector(selector, voice)
        return self._rules


def _heard(
    element: cssselect2.ElementWrapper, matcher: cssselect2.Matcher, inherited: Voice
) -> Iterator[tuple[Voice, str]]:
    if element.local_name == "head" or element.etree_element.get("hidden"):
        return
    matches = matcher.match(element)
    voice: Voice = matches[-1][3] if matches else inherited  # sorted by specificity, then by row
    yield voice, element.etree_element.text or ""
    for child in element.iter_children():
        yield from _heard(child, matcher, voice)
        yield voice, child.etree_element.tail or ""
