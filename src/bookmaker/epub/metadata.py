"""What the package says of the book: EPUB 3.3 §5.5 and EPUB Accessibility 1.1 §2."""

import datetime
import uuid

from ebooklib import epub

from bookmaker import __version__
from bookmaker.content.plan import Contributor, VolumeEntry
from bookmaker.galley import Galley
from bookmaker.script.scripts import Script

GENERATOR = f"Bookmaker {__version__}"
#: MARC relators by what a role's Chinese name holds; the first that fits. Who is none of these contributed.
_RELATORS = (
    (("译", "譯"), "trl"),
    (("摄", "攝"), "pht"),
    (("设计", "設計", "装帧", "裝幀"), "bkd"),
    (("插图", "插圖", "绘", "繪"), "ill"),
    (("校对", "校對"), "pfr"),
    (("序",), "aui"),
    (("编", "編"), "edt"),
    (("著", "作者", "撰", "采写", "採寫"), "aut"),
)
_CREATORS = frozenset({"edt", "aut"})
_FEATURES = (
    "alternativeText",
    "displayTransformability",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
)


def describe(book: epub.EpubBook, galley: Galley) -> None:
    """Write the metadata of a galley's volume into a package."""
    volume = galley.volume.manuscript.plan.entries.volume
    book.set_identifier(identifier_of(galley))
    book.set_language(galley.script.value)
    book.set_direction("ltr")
    _titles(book, volume)
    for number, contributor in enumerate(volume.contributors, 1):
        _contributor(book, contributor, number)
    _add(book, "publisher", volume.imprint.publisher)
    _add(book, "date", volume.date.isoformat())
    _add(book, "description", volume.description)
    _add(book, "rights", volume.imprint.rights)
    for subject in dict.fromkeys(chapter.title for chapter in galley.volume.chapters if chapter.number):
        _add(book, "subject", subject)
    if volume.series:
        _meta(book, "belongs-to-collection", volume.series, id="series")
        _meta(book, "collection-type", "series", refines="#series")
    _accessibility(book, galley)
    book.metadata[epub.NAMESPACES["OPF"]]["generator"] = [("", {"name": "generator", "content": GENERATOR})]


def identifier_of(galley: Galley) -> str:
    """The book's identifier: the plan's or its ISBN; a Traditional edition is another book and has its own.

    Without one, and for Traditional editions, it is a UUID of version 5 (RFC 9562) made from what the
    volume is, so that the same sources give the same book.
    """
    volume = galley.volume.manuscript.plan.entries.volume
    given = volume.identifier or (f"urn:isbn:{volume.isbn.replace('-', '')}" if volume.isbn else "")
    if given and galley.script is Script.HANS:
        return given
    seed = "\n".join(("bookmaker", given, galley.volume.slug, volume.title, galley.script.value))
    return uuid.uuid5(uuid.NAMESPACE_URL, seed).urn


def modified(galley: Galley) -> datetime.datetime:
    """The release's time: the volume's day at midnight UTC, for a stage knows no clock."""
    day = galley.volume.manuscript.plan.entries.volume.date
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)


def _titles(book: epub.EpubBook, volume: VolumeEntry) -> None:
    """Two titles with their types: readers that know one title only take the first, which is the main one."""
    book.title = volume.title
    _add(book, "title", volume.title, id="title")
    _meta(book, "title-type", "main", refines="#title")
    if volume.subtitle:
        _add(book, "title", volume.subtitle, id="subtitle")
        _meta(book, "title-type", "subtitle", refines="#subtitle")


def _contributor(book: epub.EpubBook, contributor: Contributor, number: int) -> None:
    relator = next((code for words, code in _RELATORS if any(w in contributor.role for w in words)), "ctb")
    identifier = f"contributor-{number}"
    _add(book, "creator" if relator in _CREATORS else "contributor", contributor.name, id=identifier)
    _meta(book, "role", relator, refines=f"#{identifier}", scheme="marc:relators")


def _accessibility(book: epub.EpubBook, galley: Galley) -> None:
    _meta(book, "schema:accessMode", "textual")
    if galley.pictures:
        _meta(book, "schema:accessMode", "visual")
    _meta(book, "schema:accessModeSufficient", "textual")
    for feature in _FEATURES:
        _meta(book, "schema:accessibilityFeature", feature)
    _meta(book, "schema:accessibilityHazard", "none")
    _meta(book, "schema:accessibilitySummary", galley.wording["epub_accessibility"])
    _meta(book, "dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA", id="conformance")
    # A claim must say whose it is (EPUB Accessibility 1.1 §5.4): it is made when the book is made.
    _meta(book, "a11y:certifiedBy", GENERATOR, refines="#conformance")


def _add(book: epub.EpubBook, name: str, value: str, **attributes: str) -> None:
    if value:
        book.add_metadata("DC", name, value, attributes)


def _meta(book: epub.EpubBook, name: str, value: str, **attributes: str) -> None:
    book.add_metadata(None, "meta", value, {"property": name, **attributes})
