"""The galley as the one HTML document that is cut into pages.

What paper needs and a screen does not: footnotes move to where they are called, to fall to the foot of
their page; every section is told apart for page styles; links keep their ids.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape

from lxml import etree

from bookmaker.galley import Galley, Medium, Section, part_calls
from bookmaker.layout import Layout

_EPUB = "http://www.idpf.org/2007/ops"
_SVG = "http://www.w3.org/2000/svg"


def page_html(galley: Galley, sections: tuple[Section, ...] | None = None) -> str:
    """HTML5 for WeasyPrint, of all printed sections or of the given ones."""
    chosen = galley.sections_for(Medium.PDF) if sections is None else sections
    return bound_html(galley, [section_tree(section, galley) for section in chosen])


def bound_html(galley: Galley, trees: Iterable[etree._Element]) -> str:
    """HTML5 for WeasyPrint, of sections made ready by `section_tree`."""
    volume = galley.volume.manuscript.plan.entries.volume
    stamp = f"{volume.date.isoformat()}T00:00:00Z"
    title = f"{volume.title}：{volume.subtitle}" if volume.subtitle else volume.title
    head = [
        '<meta charset="utf-8">',
        f"<title>{escape(title)}</title>",
        *(f'<meta name="author" content="{escape(person.name)}">' for person in volume.contributors),
        f'<meta name="dcterms.created" content="{stamp}">',
        f'<meta name="dcterms.modified" content="{stamp}">',
        '<meta name="generator" content="Bookmaker">',
    ]
    if volume.description:
        head.append(f'<meta name="description" content="{escape(volume.description)}">')
    keywords = ",".join(chapter.title for chapter in galley.volume.chapters if chapter.number)
    head.append(f'<meta name="keywords" content="{escape(keywords)}">')
    body = "\n".join(map(_written, trees))
    return f'<!DOCTYPE html>\n<html lang="{galley.script}"><head>{"".join(head)}</head>\n<body>{body}</body></html>'


def section_tree(section: Section, galley: Galley) -> etree._Element:
    """A section as it is printed, in an element of its own; nobody else holds the tree."""
    root = etree.fromstring(f'<root xmlns:epub="{_EPUB}">{section.xhtml}</root>')
    _move_notes(root)
    _label_bookmarks(root, section)
    _leave_out_lines(root, galley.layout)
    for element in root.iter():
        for name in [name for name in element.attrib if name.startswith(f"{{{_EPUB}}}")]:
            del element.attrib[name]
    etree.cleanup_namespaces(root)
    return root


def _written(root: etree._Element) -> str:
    html = "".join(etree.tostring(child, encoding="unicode", method="html", with_tail=False) for child in root)
    # lxml's HTML serialiser keeps the prefixless SVG namespace, which HTML5 knows by itself.
    return re.sub(rf' xmlns="{_SVG}"', "", html)


def _move_notes(root: etree._Element) -> None:
    """Each note's text goes where it is first called, as the element the style floats to the foot."""
    part_calls(root)
    notes = {note.get("id"): note for note in root.iter("aside")}
    for call in list(root.iter("a")):
        if call.get("class") != "note-call":
            continue
        note = notes.pop(call.get("href", "").removeprefix("#"), None)
        if note is None:
            continue
        span = etree.Element("span", {"class": "footnote", "id": note.get("id", "")})
        for block in [child for child in note if child.get("class") != "note-number"]:
            if block.tag != "p":
                span.append(block)
                continue
            inner = etree.SubElement(span, "span", {"class": "note-text"})
            inner.text = block.text
            inner.extend(list(block))
        _replace(call, span)
    for section in [s for s in root.iter("section") if s.get("class") == "notes"]:
        parent = section.getparent()
        if parent is not None:
            parent.remove(section)


def _replace(old: etree._Element, new: etree._Element) -> None:
    new.tail = old.tail
    parent = old.getparent()
    if parent is not None:
        parent.replace(old, new)


def _label_bookmarks(root: etree._Element, section: Section) -> None:
    """The outline says a heading's plain title, whatever marks and line breaks the heading holds."""
    for heading in root.iter("h1", "h2"):
        if heading.get("class") == "title" and section.level:
            number = f"{section.number}\u3000" if section.number else ""
            heading.set("data-bookmark", number + section.title)
    for heading in root.iter("h3", "h4", "h5", "h6"):
        if next(heading.iter("rt"), None) is not None:
            heading.set("data-bookmark", "".join(_without_readings(heading)))


def _without_readings(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag != "rt":
            yield from _without_readings(child)
        yield child.tail or ""


def _leave_out_lines(root: etree._Element, layout: Layout) -> None:
    """Names and titles stand plain unless the layout asks for their lines; `composition/marks.py` goes by class."""
    plain = {
        name for name, wanted in (("name-line", layout.name_lines), ("title-line", layout.title_lines)) if not wanted
    }
    for span in root.iter("span"):
        if span.get("class") in plain:
            del span.attrib["class"]
