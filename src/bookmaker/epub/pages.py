"""Pages of the EPUB: every section of the galley becomes one well-formed XHTML file whose links arrive."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree
from markupsafe import Markup

from bookmaker.galley import Galley, Medium, Section
from bookmaker.problems import BuildError

COVER_IMAGE = "images/cover.png"
STYLE_SHEET = "style/book.css"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)


class BindingError(BuildError):
    """A galley that cannot be bound: a fault of the program or a layout, never of the editor's text."""


@dataclass(frozen=True, slots=True)
class Page:
    """One XHTML file: its path in the package, and its content as parsed."""

    file: str
    root: etree._Element

    def xhtml(self) -> bytes:
        """The file's bytes; no white space is added, for between Chinese characters it would show."""
        return etree.tostring(self.root, xml_declaration=True, encoding="utf-8", doctype="<!DOCTYPE html>")

    def properties(self) -> list[str]:
        """What the manifest must say of it (EPUB 3.3 §D.6.2)."""
        drawn = next(self.root.iter("{http://www.w3.org/2000/svg}svg"), None)
        return [] if drawn is None else ["svg"]

    def pictures(self) -> set[str]:
        """The names of the pictures it shows."""
        shown = (str(image.get("src")) for image in self.root.iter("{*}img"))
        return {source.rpartition("images/")[2] for source in shown}


def page_file(section: Section) -> str:
    """The path of a section's page in the package."""
    return f"text/{section.id}.xhtml"


def set_pages(galley: Galley) -> tuple[Page, ...]:
    """One page a section, in reading order; `BindingError` if one is ill-formed or a link goes nowhere."""
    template = galley.layout.environment().get_template("epub/section.xhtml.j2")
    pages = []
    for section in galley.sections_for(Medium.EPUB):
        title = section.title or galley.volume.manuscript.plan.entries.volume.title
        content = Markup(section.xhtml) if section.kind != "cover" else _cover(galley, section)
        xhtml = template.render(
            language=galley.script.value, title=title, style_sheet=f"../{STYLE_SHEET}", content=content
        )
        pages.append(Page(page_file(section), parse_page(xhtml, section.id)))
    _join_links(pages)
    return tuple(pages)


def parse_page(xhtml: str, name: str) -> etree._Element:
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


def _join_links(pages: Sequence[Page]) -> None:
    """`#id` becomes `file#id` where the id stands on another page, and pictures are found from text/."""
    homes: dict[str, str] = {}
    for page in pages:
        for identifier in _identifiers(page):
            homes.setdefault(identifier, page.file.removeprefix("text/"))
    for page in pages:
        own = _identifiers(page)
        for element in page.root.iter("{*}a"):
            target = element.get("href") or ""
            if target.startswith("#") and target[1:] not in own:
                if target[1:] not in homes:
                    raise BindingError(f"{page.file} links to “{target}”, which no section of the EPUB holds")
                element.set("href", homes[target[1:]] + target)
        for image in page.root.iter("{*}img"):
            source = image.get("src") or ""
            if source.startswith("images/"):
                image.set("src", f"../{source}")


def _identifiers(page: Page) -> set[str]:
    return {identifier for element in page.root.iter("{*}*") if (identifier := element.get("id"))}
