"""Sections set one by one, or taken as they were kept, with the page numbers in them as wide as they will be."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bookmaker.galley import Galley, Medium, Numbering, Section
from bookmaker.layout import Page
from bookmaker.makeup.blocks import SectionSetter
from bookmaker.makeup.keeping import KeptSection, SectionBody
from bookmaker.makeup.model import Glyphs
from bookmaker.makeup.styles import ForeignError, opening_of
from bookmaker.store import Store

_ID = re.compile(r'\bid="([^"]+)"')
_MARKUP = re.compile("<[^>]*>")
#: Which part of its type area a page of running text fills with characters.
_FILLED = 0.75


@dataclass(frozen=True, slots=True)
class Ready:
    """A section set, or found to be none that is set straight; its body stands in the store under its `key`."""

    section: Section
    front: KeptSection
    key: str

    @property
    def is_foreign(self) -> bool:
        """Whether WeasyPrint has to print it."""
        return bool(self.front.reason)

    @property
    def mark(self) -> str:
        """What tells it from itself with other figures."""
        return f"{self.key} {sorted(self.front.figures.items())}"


class Sections:
    """Sets the sections of a galley; `figures` says how many each page number has that is printed in them."""

    def __init__(self, galley: Galley, setter: SectionSetter, store: Store, figures: dict[str, int]) -> None:
        self._setter = setter
        self._store = store
        self._figures = figures
        sections = galley.sections_for(Medium.PDF)
        figures |= guess_figures(sections, galley.layout.page)
        self._befores = {one.id: before.xhtml for before, one in pairwise(sections)}
        self._bodies: dict[str, SectionBody] = {}

    def before(self, section: Section) -> str:
        """The section before one, as XHTML, which a style sheet may look at."""
        return self._befores.get(section.id, "")

    def first(self, section: Section, known: Mapping[str, int] | None = None) -> Ready:
        """A section set for the first time: what its numbers were like last time is the best guess, if none is known.

        `known` are the figures of the page numbers of places.
        """
        key = self._key(section)
        kept = self._store.load(key)
        if known:
            self._figures |= known
        elif isinstance(kept, KeptSection):
            self._figures |= kept.figures
        return self._kept(section, key, kept) or self._set(section, key)

    def again(self, section: Section, figures: dict[str, int]) -> Ready:
        """A section whose page numbers have other figures than was thought."""
        self._figures |= figures
        return self._set(section, self._key(section))

    def body(self, one: Ready) -> SectionBody:
        """The blocks of a section that is not foreign."""
        found = self._bodies.get(one.mark)
        if found is None:
            found = self._store.body(one.key)
            if not isinstance(found, SectionBody):
                # Its entry has gone since it was looked at.
                self._figures |= one.front.figures
                found = self._bodies[self._set(one.section, one.key).mark]
        return found

    def _key(self, section: Section) -> str:
        return self._store.key("section", section.xhtml, opening_of(self.before(section)), _bookmark(section))

    def _kept(self, section: Section, key: str, kept: object) -> Ready | None:
        """As it was kept, if that was with the same figures."""
        if isinstance(kept, KeptSection) and all(self._figures.get(n, 1) == kept.figures[n] for n in kept.figures):
            return Ready(section, kept, key)
        return None

    def _set(self, section: Section, key: str) -> Ready:
        glyphs: Glyphs = {}
        try:
            made = self._setter.set(section.xhtml, self.before(section), glyphs, _bookmark(section))
        except ForeignError as error:
            one = Ready(section, KeptSection("", 0.0, True, {}, str(error)), key)
            self._store.save(key, one.front)
            return one
        figures = {name: self._figures.get(name, 1) for name in made.holes}
        one = Ready(section, KeptSection(made.page, made.leading, not made.blocks, figures), key)
        body = self._bodies[one.mark] = SectionBody(made, glyphs)
        self._store.save(key, one.front, body)
        return one


def _bookmark(section: Section) -> str:
    """What the outline calls a section; nothing for one that is not in it."""
    number = f"{section.number}\u3000" if section.number else ""
    return number + section.title if section.level else ""


def guess_figures(sections: Sequence[Section], page: Page) -> dict[str, int]:
    """How many figures the page numbers of all places may have, before a page is made: right for most of them."""
    found: dict[str, int] = {}
    count, begun = 0.0, False
    for section in sections:
        if section.numbering is Numbering.BODY and not begun:
            count, begun = 0.0, True
        length = len(_MARKUP.sub("", section.xhtml)) / (page.measure * page.lines * _FILLED)
        for match in _ID.finditer(section.xhtml):
            within = length * match.start() / len(section.xhtml)
            found[match[1]] = len(str(int(count + within) + 1))
        count += max(1.0, length)
    return found
