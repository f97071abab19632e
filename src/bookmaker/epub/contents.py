"""Finding one's way in the EPUB: contents, landmarks, and what older readers use in their place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ebooklib import epub

from bookmaker.epub.pages import STYLE_SHEET, Page, page_file, single_page
from bookmaker.epub.voices import Choir
from bookmaker.galley import Galley, Medium, Numbering, Section
from bookmaker.store import Bundle

NAV_FILE = "nav.xhtml"
#: Which kinds of section are landmarks: the EPUB 3 term, the guide's term (OPF 2.0.1 §2.6), the wording.
_LANDMARKS = {
    "cover": ("cover", "cover", "cover"),
    "title-page": ("titlepage", "title-page", "title_page"),
    "imprint": ("copyright-page", "copyright-page", "imprint"),
    "foreword": ("foreword", "foreword", "foreword"),
    "sources": ("bibliography", "bibliography", "sources"),
    "colophon": ("colophon", "colophon", "colophon"),
}


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of the contents with the lines below it."""

    title: str
    file: str
    below: list["ContentsEntry"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place a reader can be sent to straight away."""

    term: str
    guide: str
    title: str
    file: str


def contents_of(galley: Galley) -> list[ContentsEntry]:
    """The sections with a level, nested by it; a level that was skipped counts as the next deeper one."""
    top: list[ContentsEntry] = []
    open_lines: list[tuple[int, list[ContentsEntry]]] = [(0, top)]
    for section in galley.sections_for(Medium.EPUB):
        if section.level == 0:
            continue
        while open_lines[-1][0] >= section.level:
            open_lines.pop()
        title = f"{section.number}\u3000{section.title}" if section.number else section.title
        entry = ContentsEntry(title, page_file(section))
        open_lines[-1][1].append(entry)
        open_lines.append((section.level, entry.below))
    return top


def landmarks_of(galley: Galley) -> Iterator[Landmark]:
    """The landmarks in reading order; every kind once."""
    words = galley.wording
    sections = galley.sections_for(Medium.EPUB)
    first = first_of_body(sections)
    seen: set[str] = set()
    for index, section in enumerate(sections):
        if index == first:
            yield Landmark("toc", "toc", words["contents"], f"{NAV_FILE}#contents")
            yield Landmark("bodymatter", "text", words["epub_body"], page_file(section))
        if section.kind in _LANDMARKS and section.kind not in seen:
            seen.add(section.kind)
            term, guide, word = _LANDMARKS[section.kind]
            yield Landmark(term, guide, words[word], page_file(section))


def first_of_body(sections: Sequence[Section]) -> int:
    """Where the front matter ends: the contents stand before this section."""
    body = (index for index, section in enumerate(sections) if section.numbering is Numbering.BODY)
    return next(body, len(sections))


def nav_page(galley: Galley, choir: Choir, kept: Bundle | None = None) -> Page:
    """The navigation document (EPUB 3.3 §7), which is also the contents a reader leafs to."""
    template = galley.layout.environment().get_template("epub/nav.xhtml.j2")
    xhtml = template.render(
        language=galley.script.value,
        title=galley.wording["contents"],
        style_sheet=STYLE_SHEET,
        wording=galley.wording,
        contents=contents_of(galley),
        landmarks=list(landmarks_of(galley)),
    )
    return single_page(NAV_FILE, xhtml, choir, kept)


def ncx_of(entries: Sequence[ContentsEntry], prefix: str = "nav") -> list[object]:
    """The contents as EbookLib wants them for the NCX of EPUB 2 readers; every link has its own id."""
    return [_ncx_line(entry, f"{prefix}-{number}") for number, entry in enumerate(entries, 1)]


def _ncx_line(entry: ContentsEntry, uid: str) -> object:
    if not entry.below:
        return epub.Link(entry.file, entry.title, uid)
    return (epub.Section(entry.title, entry.file), ncx_of(entry.below, uid))
