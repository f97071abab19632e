"""The `Galley`: a volume set in type, section by section, not yet cut into pages or bound.

PDF and EPUB start from the same galley. What differs between them is style (`print.css`, `epub.css`) and
which sections each takes.
"""

from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from bookmaker.content.pictures import Picture
from bookmaker.layout import Layout
from bookmaker.script.scripts import Script
from bookmaker.volume.model import Volume


class Numbering(StrEnum):
    """Which row of folios a section counts in."""

    FRONT = "front"
    BODY = "body"


class Medium(StrEnum):
    """What a section can be shown on."""

    PDF = "pdf"
    EPUB = "epub"


@dataclass(frozen=True, slots=True)
class Section:
    """One piece of the book in reading order.

    `kind` is its template's name, `title` its plain title, `number` what a chapter is called before it
    (第一章), `level` its depth in the navigation (0: not in it). `xhtml` is one <section> element: EPUB 3
    content whose links to other sections are `#id`, whose pictures are `images/<name>`, and whose
    footnotes are <aside epub:type="footnote"> at its end.
    """

    id: str
    kind: str
    title: str
    level: int
    numbering: Numbering
    media: frozenset[Medium]
    xhtml: str
    number: str = ""


def part_calls(root: etree._Element) -> None:
    """Put a comma between calls of notes that stand side by side, or they would read as one number."""
    for call in list(root.iter("{*}a")):
        following = call.getnext()
        if call.get("class") != "note-call" or call.tail or following is None:
            continue
        if following.get("class") == "note-call":
            parting = etree.Element(str(call.tag).replace("}a", "}span") if "}" in str(call.tag) else "span")
            parting.set("class", "parting")
            parting.text = ","
            call.addnext(parting)


@dataclass(frozen=True, slots=True)
class Galley:
    """All sections, the volume they came from, and the layout they were set with."""

    volume: Volume
    layout: Layout
    sections: tuple[Section, ...]
    pictures: tuple[Picture, ...]

    @property
    def script(self) -> Script:
        return self.volume.script

    @property
    def wording(self) -> dict[str, str]:
        """The book's fixed words in its script."""
        return self.layout.wording[self.script]

    def sections_for(self, medium: Medium) -> tuple[Section, ...]:
        """The sections a medium takes."""
        return tuple(section for section in self.sections if medium in section.media)
