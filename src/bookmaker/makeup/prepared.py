"""A section's tree as the style sheet and the page maker want it, before any of it is set."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from lxml import etree

from bookmaker.makeup.pictures import PictureObject

#: A picture higher than so many lines stands alone, except in these.
_HIGH = 2.0
_LINES = ("figure", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "dt")


def prepare(root: Any, pictures: Mapping[str, PictureObject], leading: float, left_out: Collection[str]) -> None:
    """The tree as the style sheet knows it: classes of calls and notes, no class where the layout draws no line.

    Pictures too large for a line of `leading` pt become figures. `left_out` are classes of spans without their lines.
    """
    for image in reversed(list(root.iter("img"))):
        picture = pictures[image.get("src", "")]
        if not picture.is_sized or picture.height > _HIGH * leading:
            _stand_alone(image)
    for span in root.iter("span"):
        if span.get("class") in left_out:
            del span.attrib["class"]
    for call in root.iter("a"):
        if call.get("class") == "note-call":
            call.set("class", "note-call footnote")
    for note in root.iter("aside"):
        note.set("class", "note footnote")


def _stand_alone(image: Any) -> None:
    """A picture that is too large for its line stands as a figure below its paragraph; in a table it is made small."""
    top = image
    while top.getparent() is not None and top.tag not in ("p", "li", "dd", *_LINES):
        top = top.getparent()
    if top.tag in _LINES or top.getparent() is None:
        return
    figure = etree.Element("figure")
    parent, before = image.getparent(), image.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (image.tail or "")
    else:
        parent.text = (parent.text or "") + (image.tail or "")
    # In an item it follows what it stands in, before the item goes on.
    holder = top if top.tag == "p" else next((child for child in top if image in child.iter()), image)
    at = holder.getparent().index(holder)
    place = holder.getparent()
    image.tail = None
    parent.remove(image)
    figure.append(image)
    place.insert(at if holder is image else at + 1, figure)
    if top.tag == "p" and not len(top) and not (top.text or "").strip():
        place.remove(top)


def words_of(element: Any) -> Iterator[str]:
    """What a heading says, readings and calls of notes left out."""
    yield element.text or ""
    for child in element:
        if child.tag != "rt" and "note-call" not in (child.get("class") or "").split():
            yield from words_of(child)
        yield child.tail or ""
