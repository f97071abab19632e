"""Pages of the EPUB: every section of the galley becomes one well-formed XHTML file whose links arrive."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from jinja2 import Environment
from lxml import etree
from markupsafe import Markup

from bookmaker.epub.keeping import KeptPage
from bookmaker.epub.voices import Choir
from bookmaker.galley import Galley, Medium, Section, part_calls
from bookmaker.problems import BuildError
from bookmaker.store import Bundle

COVER_IMAGE = "images/cover.png"
STYLE_SHEET = "style/book.css"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)


class BindingError(BuildError):
    """A galley that cannot be bound: a fault of the program or a layout, never of the editor's text."""


@dataclass(frozen=True, slots=True)
class Page:
    """One XHTML file: its path in the package, its bytes, and what the book must know of it.

    `properties` are for the manifest (EPUB 3.3 §D.6.2), `pictures` the names of those it shows, `spoken` the
    characters of every voice.
    """

    file: str
    xhtml: bytes
    properties: tuple[str, ...]
    pictures: tuple[str, ...]
    spoken: tuple[str, ...]


def page_file(section: Section) -> str:
    """The path of a section's page in the package."""
    return f"text/{section.id}.xhtml"


def set_pages(galley: Galley, choir: Choir, kept: Bundle | None = None) -> tuple[Page, ...]:
    """One page a section, in reading order; `BindingError` if one is ill-formed or a link goes nowhere."""
    environment = galley.layout.environment()
    sheets = [
        _Sheet(section.id, page_file(section), _written(galley, section, environment), choir, kept)
        for section in galley.sections_for(Medium.EPUB)
    ]
    homes: dict[str, str] = {}
    for sheet in sheets:
        for identifier in sheet.identifiers:
            homes.setdefault(identifier, sheet.file.removeprefix("text/"))
    return tuple(sheet.page(homes) for sheet in sheets)


class _Sheet:
    """A page on its way: parsed, or as it was kept; parsed after all where one of its links has moved."""

    def __init__(self, name: str, file: str, xhtml: str, choir: Choir, kept: Bundle | None) -> None:
        self.file = file
        self._name = name
        self._xhtml = xhtml
        self._choir = choir
        self._kept = kept
        self._key = kept.key("page", file, xhtml, choir.said) if kept else ""
        found = kept.find(self._key) if kept else None
        self._known = found if isinstance(found, KeptPage) else None
        self._root = None if self._known else _parse(xhtml, name)
        self.identifiers = self._known.identifiers if self._known else _identifiers(self._root)

    def page(self, homes: Mapping[str, str] | None) -> Page:
        """The page with its links, each to the file where it arrives; without `homes` they stay as they are."""
        known = self._known
        if known is None or any((homes or {}).get(target) != file for target, file in known.homes):
            known = self._made(_parse(self._xhtml, self._name) if self._root is None else self._root, homes)
            if self._kept:
                self._kept.keep(self._key, known)
        return Page(self.file, known.xhtml, known.properties, known.pictures, known.spoken)

    def _made(self, root: etree._Element, homes: Mapping[str, str] | None) -> KeptPage:
        part_calls(root)
        arrived = {} if homes is None else _join_links(self.file, root, self.identifiers, homes)
        drawn = next(root.iter("{http://www.w3.org/2000/svg}svg"), None)
        shown = {str(image.get("src")).rpartition("images/")[2] for image in root.iter("{*}img")}
        return KeptPage(
            # No white space is added, for between Chinese characters it would show.
            etree.tostring(root, xml_declaration=True, encoding="utf-8", doctype="<!DOCTYPE html>"),
            () if drawn is None else ("svg",),
            tuple(sorted(shown)),
            self.identifiers,
            tuple(sorted(arrived.items())),
            self._choir.heard(root),
        )


def single_page(file: str, xhtml: str, choir: Choir, kept: Bundle | None = None) -> Page:
    """A page that is no section; its links stay as they are."""
    return _Sheet(file, file, xhtml, choir, kept).page(None)


def _written(galley: Galley, section: Section, environment: Environment) -> str:
    template = environment.get_template("epub/section.xhtml.j2")
    title = section.title or galley.volume.manuscript.plan.entries.volume.title
    content = Markup(section.xhtml) if section.kind != "cover" else _cover(galley, section)
    told = {"language": galley.script.value, "title": title, "style_sheet": f"../{STYLE_SHEET}"}
    return template.render(**told, content=content)


def _parse(xhtml: str, name: str) -> etree._Element:
    """The root of a rendered page; `BindingError` says where it is ill-formed."""
    try:
        return etree.fromstring(xhtml.encode(), _PARSER)
    except etree.XMLSyntaxError as error:
        line = xhtml.splitlines()[(error.lineno or 1) - 1].strip()[:120]
        raise BindingError(f"the section “{name}” is ill-formed XHTML: {error.msg}, in: {line}") from error


def _cover(galley: Galley, section: Section) -> Markup:
    """The print cover is made for a page of paper; on screen its picture stands instead."""
    template = galley.layout.environment().get_template("epub/cover.xhtml.j2")
    title = galley.volume.manuscript.plan.entries.volume.title
    told = {"section": section, "wording": galley.wording, "title": title, "image": f"../{COVER_IMAGE}"}
    return Markup(template.render(told))


def _join_links(file: str, root: etree._Element, own: Collection[str], homes: Mapping[str, str]) -> dict[str, str]:
    """`#id` becomes `file#id` where the id stands on another page, and pictures are found from text/."""
    arrived: dict[str, str] = {}
    for element in root.iter("{*}a"):
        target = element.get("href") or ""
        if target.startswith("#") and target[1:] not in own:
            if target[1:] not in homes:
                raise BindingError(f"{file} links to “{target}”, which no section of the EPUB holds")
            arrived[target[1:]] = homes[target[1:]]
            element.set("href", homes[target[1:]] + target)
    for image in root.iter("{*}img"):
        source = image.get("src") or ""
        if source.startswith("images/"):
            image.set("src", f"../{source}")
    return arrived


def _identifiers(root: etree._Element | None) -> tuple[str, ...]:
    found = () if root is None else (element.get("id") for element in root.iter("{*}*"))
    return tuple(dict.fromkeys(filter(None, found)))
