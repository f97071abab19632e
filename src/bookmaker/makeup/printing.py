"""The whole road from a galley to a PDF: sections set, pages broken, runs placed, heads added, the file written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bookmaker.composition.laid import LaidLine
from bookmaker.composition.spacing import SpacingTable
from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley, Medium, Numbering, Section
from bookmaker.makeup.blocks import SectionSetter
from bookmaker.makeup.book import About, Book, Labels
from bookmaker.makeup.book import Placed as PlacedRun
from bookmaker.makeup.descriptors import postscript_name
from bookmaker.makeup.faces import Faces
from bookmaker.makeup.file import write_book
from bookmaker.makeup.folios import folios_of
from bookmaker.makeup.foreign import folios_asked_for, print_sections
from bookmaker.makeup.gridding import Grid, baseline_of
from bookmaker.makeup.heads import HeadLines, HeadSetter
from bookmaker.makeup.inline import Folios
from bookmaker.makeup.keeping import KeptRuns
from bookmaker.makeup.kept import Kept
from bookmaker.makeup.model import Glyphs, Run, Sheet
from bookmaker.makeup.pagestyles import PageStyle, PageStyles
from bookmaker.makeup.parts import SetSection
from bookmaker.makeup.placing import place_sections
from bookmaker.makeup.proof import Printed, Proof, undisturbed
from bookmaker.makeup.sections import Ready, Sections
from bookmaker.makeup.sheets import Frame, SheetMaker
from bookmaker.makeup.shelf import Shelf
from bookmaker.makeup.splitting import split_run
from bookmaker.makeup.styles import Cascade
from bookmaker.makeup.stylesheet import StyleSheet
from bookmaker.makeup.words import Compositor
from bookmaker.pdf.engine import refuse_others
from bookmaker.pdf.style import print_css
from bookmaker.script.scripts import Script
from bookmaker.store import Store

#: How often page numbers in the text may change the pages they count before they are taken as they are.
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class MadeBook:
    """A book made up: the file's contents, its pages, their printed folios, the lines, and what went to WeasyPrint."""

    book: Book
    folios: tuple[str, ...]
    lines: tuple[LaidLine, ...]
    foreign: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Piece:
    """What becomes one run: sections that follow each other, set straight or by WeasyPrint."""

    ready: list[Ready]
    run: Run | None = None
    page: int = 0
    key: str = ""

    @property
    def first(self) -> Section:
        return self.ready[0].section

    @property
    def is_foreign(self) -> bool:
        return self.ready[0].is_foreign

    @property
    def count(self) -> int:
        """How many pages it takes; what is not printed yet is taken for one page."""
        return len(self.run.sheets) if self.run else 1


class Warm:
    """What a process that stays keeps from one printing to the next: faces, values in memory, packed streams."""

    def __init__(self) -> None:
        self.faces: dict[tuple[Path, str], Faces] = {}
        self.memories: dict[str, dict[str, tuple[Any, Any]]] = {}
        self.files: dict[str, Kept] = {}
        self.heads: dict[str, HeadLines] = {}

    def faces_of(self, case: TypeCase, script: Script) -> Faces:
        """The faces of a case in a script, with all that they have shaped."""
        return self.faces.setdefault((case.folder, str(script)), Faces(case, script))

    def memory_of(self, name: str) -> dict[str, tuple[Any, Any]]:
        """What was made for an edition."""
        return self.memories.setdefault(name, {})

    def heads_of(self, name: str) -> HeadLines:
        """The running heads and folios of an edition, set."""
        return self.heads.setdefault(name, {})

    def file_of(self, name: str) -> Kept:
        """What the last writing of an edition left."""
        return self.files.setdefault(name, Kept())


class BookMaker:
    """Makes up one galley; what it learns of faces and styles serves the next time, too."""

    def __init__(self, galley: Galley, case: TypeCase, cache: Path, warm: Warm | None = None) -> None:
        refuse_others()
        self._galley = galley
        self._case = case
        self._cache = cache
        self._css = print_css(galley, case)
        page = galley.layout.page
        area = page.area_width * 72 / 25.4
        self._sheet = StyleSheet(self._css)
        self._cascade = Cascade(self._sheet, area)
        self._styles = PageStyles(self._sheet, self._cascade)
        self.faces = warm.faces_of(case, galley.script) if warm else Faces(case, galley.script)
        lines, pages = galley.layout.lines, galley.layout.pages
        self._compositor = Compositor(self.faces, SpacingTable(galley.script, lines.style), lines)
        self._area = area
        fonts = (case.folder / "fonts.toml").read_text(encoding="utf-8")
        about = repr((galley.layout.page, lines, pages, sorted(self._left_out()), str(galley.script)))
        self._store = Store(cache / "made", (fonts, self._css, about))
        if warm:
            self._store.remember(warm.memory_of(edition_name(galley)))
        self._head_lines = warm.heads_of(edition_name(galley)) if warm else None
        self._shelf = Shelf(galley, case, cache, self._store)
        self._figures: dict[str, int] = {}
        setter = SectionSetter(
            self._cascade, self._compositor, self._grid(), self._shelf, Folios(self._figures), self._left_out()
        )
        self._sections = Sections(galley, setter, self._store, self._figures)
        self._pieces: list[_Piece] = []
        self._runs: dict[str, Run] = {}
        self._asked: dict[str, str] | None = None

    def make(self) -> MadeBook:
        """The book, laid out until the page numbers in it are right."""
        self._set_all()
        for _ in range(_ROUNDS):
            self._place_all()
            # What WeasyPrint prints may tell of places that nobody knew before.
            if not self._renumber() and not self._print_foreign() and not self._renumber():
                break
        return self._bound()

    # ---- setting

    def _set_all(self) -> None:
        """All sections set, the lists of page numbers last: then the pages are known that they name."""
        sections = self._galley.sections_for(Medium.PDF)
        ready = {section.id: self._sections.first(section) for section in sections if not _is_list(section)}
        if len(ready) < len(sections):
            self._pieces = self._gathered(ready.values())
            self._place_all()
            known = {name: len(folio) for name, folio in self._folios_by_id().items() if folio}
            ready |= {s.id: self._sections.first(s, known) for s in sections if s.id not in ready}
        self._pieces = self._gathered(ready[section.id] for section in sections)

    def _gathered(self, ready: Iterable[Ready]) -> list[_Piece]:
        """Sections that run on together."""
        pieces: list[_Piece] = []
        for one in ready:
            if pieces and self._runs_on(pieces[-1], one):
                pieces[-1].ready.append(one)
            else:
                pieces.append(_Piece([one]))
        return pieces

    def _runs_on(self, last: _Piece, one: Ready) -> bool:
        """Whether a section goes on where the last one ends, or on the next page: then pages are broken together."""
        before = last.ready[-1]
        if one.is_foreign or before.is_foreign or one.front.is_empty:
            return False
        alike = before.front.page == one.front.page and before.front.leading == one.front.leading
        return alike and self._side(one.section) == ""

    def _left_out(self) -> frozenset[str]:
        layout = self._galley.layout
        wanted = {"name-line": layout.name_lines, "title-line": layout.title_lines}
        return frozenset(name for name, is_wanted in wanted.items() if not is_wanted)

    def _grid(self) -> Grid:
        self._cascade.style_of("<section>")
        root = self._cascade.root
        face = self._compositor.stack(root).first
        page = self._galley.layout.page
        return Grid(self._area, page.leading, page.lines, baseline_of(root, face.ascent, face.descent))

    # ---- placing

    def _place_all(self) -> None:
        """Runs made and put one behind the other; a section that must begin on a side leaves a blank page."""
        page = 0
        for piece in self._pieces:
            wanted = self._side(piece.first)
            if wanted:
                page += page % 2 if wanted == "right" else 1 - page % 2
            piece.page = page
            if not piece.is_foreign:
                key = self._store.key("run", str(page % 2), *(one.mark for one in piece.ready))
                if piece.key != key:
                    piece.run, piece.key = self._run(piece, key, recto=page % 2 == 0), key
            page += piece.count

    def _side(self, section: Section) -> str:
        """On which side a section begins: "right", "left" or "" for either."""
        style = self._cascade.style_of(section.xhtml, self._sections.before(section))
        return {"right": "right", "recto": "right", "left": "left", "verso": "left"}.get(style.before, "")

    def _run(self, piece: _Piece, key: str, *, recto: bool) -> Run:
        """The pages of sections set straight, or as they were made before."""
        if key in self._runs:
            return self._runs[key]
        kept = self._store.load(key)
        run = self._runs[key] = kept.runs[0] if isinstance(kept, KeptRuns) else self._paged(piece, key, recto=recto)
        return run

    def _paged(self, piece: _Piece, key: str, *, recto: bool) -> Run:
        bodies = [self._sections.body(one) for one in piece.ready]
        sections = [body.made for body in bodies]
        frame = self._frame(sections[0])
        above = self._styles.of(sections[0].page, recto=True).notes.margin[0] + frame.note_padding + frame.note_rule
        costs = self._galley.layout.pages
        pages = place_sections(
            sections, lines=frame.lines, leading=frame.leading, above_notes=above, costs=costs, recto=recto
        )  # fmt: skip
        glyphs: Glyphs = {}
        for body in bodies:
            _join(glyphs, body.glyphs)
        ids = [(one.section.id,) for one in piece.ready]
        run = SheetMaker(frame, sections, ids, self._shelf).make(pages, glyphs, recto=recto)
        self._store.save(key, KeptRuns((run,)), shared=False)
        return run

    def _frame(self, section: SetSection) -> Frame:
        name = section.page
        recto, verso = (self._styles.of(name, recto=side) for side in (True, False))
        notes, page = recto.notes, self._galley.layout.page
        rule = notes.border[0]
        return Frame(
            width=recto.width,
            height=recto.height,
            recto=recto.margin[3],
            verso=verso.margin[3],
            top=recto.margin[0],
            area=self._area,
            leading=section.leading,
            lines=int((page.lines * page.leading + 0.01) / section.leading),
            note_rule=rule.width if rule else 0.0,
            note_colour=rule.colour if rule else "0 g",
            note_padding=notes.padding[0],
        )

    def _print_foreign(self) -> bool:
        """Print by WeasyPrint what is not straight, all at once; whether it takes other pages than was thought."""
        pieces = [piece for piece in self._pieces if piece.is_foreign]
        if not pieces:
            return False
        folios, sections = self._folios_by_id(), [piece.first for piece in pieces]
        asked = {name: folios.get(name, "") for name in folios_asked_for(self._galley, sections, self._css)}
        if asked == self._asked:
            return False
        self._asked = asked
        before = [piece.count for piece in pieces]
        for piece, own in zip(pieces, self._printed_sections(sections, asked, pieces[0].page % 2 == 0), strict=True):
            piece.run = own
        return before != [piece.count for piece in pieces]

    def _printed_sections(self, sections: list[Section], folios: dict[str, str], recto: bool) -> Sequence[Run]:
        """The runs of sections by WeasyPrint, or as they were kept."""
        said = [f"{name}={folio}" for name, folio in folios.items()]
        pictures = [picture.name for picture in self._galley.pictures]
        key = self._store.key("foreign", str(recto), *said, *pictures, *(section.xhtml for section in sections))
        kept = self._store.load(key)
        if isinstance(kept, KeptRuns):
            return kept.runs
        run = print_sections(
            self._galley, sections, self._css, self._case, self._cache, folios=folios, recto=recto
        )  # fmt: skip
        runs = tuple(split_run(run, [section.id for section in sections]))
        self._store.save(key, KeptRuns(runs))
        return runs

    # ---- page numbers

    def _renumber(self) -> bool:
        """Whether a page number in the text has another number of figures than it was set with; it is set anew then."""
        folios = self._folios_by_id()
        changed = False
        for piece in self._pieces:
            for index, one in enumerate(piece.ready):
                right = {name: len(folios.get(name, "1")) for name in one.front.figures}
                if one.front.figures != right:
                    piece.ready[index] = self._sections.again(one.section, right)
                    changed = True
        return changed

    def _folios_by_id(self) -> dict[str, str]:
        printed = self._printed()
        begun = {piece.first.id: printed[piece.page] for piece in self._pieces if piece.run is None}
        return begun | {
            anchor.id: printed[piece.page + anchor.sheet]
            for piece in self._pieces
            if piece.run is not None
            for anchor in piece.run.anchors
        }

    def _printed(self) -> tuple[str, ...]:
        """What is printed as page number; the cover has none."""
        begun = min((page for part in Numbering if (page := self._first(part)) is not None), default=self._count())
        return tuple("" if page < begun else each for page, each in enumerate(folios_of(self._labels(), self._count())))

    def _count(self) -> int:
        return self._pieces[-1].page + self._pieces[-1].count if self._pieces else 0

    def _labels(self) -> tuple[Labels, ...]:
        front, body = self._first(Numbering.FRONT), self._first(Numbering.BODY)
        found = []
        if front != 0 and body != 0:
            found.append(Labels(0, "D", "C"))
        if front is not None:
            found.append(Labels(front, "r"))
        if body is not None:
            found.append(Labels(body, "D"))
        return tuple(found)

    def _first(self, part: Numbering) -> int | None:
        pages = (piece.page for piece in self._pieces if piece.first.numbering is part and piece.first.kind != "cover")
        return next(pages, None)

    # ---- binding

    def _bound(self) -> MadeBook:
        glyphs: Glyphs = {}
        printed = self._printed()
        heads = self._heads(printed, HeadSetter(self._compositor, glyphs, self._head_lines))
        placed = tuple(PlacedRun(piece.run, piece.page) for piece in self._pieces if piece.run)
        self._store.tidy()
        page = self._galley.layout.page.trim
        blank = (page[0] * 72 / 25.4, page[1] * 72 / 25.4)
        book = Book(self._about(), placed, heads, glyphs, self._labels(), blank)
        lines = [replace(line, page=piece.page + line.page) for piece in self._pieces for line in _lines(piece.run)]
        why = tuple((piece.first.id, piece.ready[0].front.reason) for piece in self._pieces if piece.is_foreign)
        return MadeBook(book, printed, tuple(lines), why)

    def _heads(self, printed: Sequence[str], setter: HeadSetter) -> tuple[bytes, ...]:
        count = self._count()
        heads = [b""] * count
        strings: dict[str, str] = {}
        sheets = {piece.page + n: sheet for piece in self._pieces for n, sheet in enumerate(_sheets(piece.run))}
        for index in range(count):
            sheet = sheets.get(index)
            if sheet is None or not sheet.style:
                continue
            style = self._page_style(sheet.style, index)
            # GCPM 3 §1.2: the first value set on the page, else what it was before.
            shown = {**strings, **sheet.first}
            heads[index] = setter.set(style, printed[index], shown)
            strings |= sheet.last
        return tuple(heads)

    def _page_style(self, name: str, index: int) -> PageStyle:
        return self._styles.of(name, recto=index % 2 == 0)

    def _about(self) -> About:
        volume = self._galley.volume.manuscript.plan.entries.volume
        title = f"{volume.title}：{volume.subtitle}" if volume.subtitle else volume.title
        return About(
            title=title,
            language=str(self._galley.script),
            day=volume.date,
            generator="Bookmaker",
            authors=tuple(person.name for person in volume.contributors),
            description=volume.description or "",
            keywords=tuple(chapter.title for chapter in self._galley.volume.chapters if chapter.number),
        )


def print_pdf(galley: Galley, case: TypeCase, cache: Path, warm: Warm | None = None) -> Printed:
    """The galley as PDF/UA-1; `PrintError` if a font or picture is not what the layout asked for.

    `cache` is a folder for what serves the next printing, `warm` what the last one of this process left.
    """
    with undisturbed():
        maker = BookMaker(galley, case, cache, warm)
        made = maker.make()
        kept = warm.file_of(edition_name(galley)) if warm else None
        data = write_book(made.book, maker.faces, kept)
    fonts = sorted({postscript_name(maker.faces[number]) for number in used_faces(made.book)})
    return Printed(data, len(made.folios), tuple(fonts), Proof(made.folios, made.lines, made.foreign))


def pull_proof(galley: Galley, case: TypeCase, cache: Path) -> Proof:
    """Lay the pages out, and write nothing."""
    with undisturbed():
        made = BookMaker(galley, case, cache).make()
    return Proof(made.folios, made.lines, made.foreign)


def edition_name(galley: Galley) -> str:
    """What tells an edition from the others of a project."""
    return f"{galley.volume.slug}.{galley.script}"


def used_faces(book: Book) -> set[int]:
    """The numbers of the faces that set something in a book."""
    runs = (placed.run.glyphs for placed in book.placed)
    return {number for glyphs in (*runs, book.head_glyphs) for number, own in glyphs.items() if own}


#: So many links to places of the book make a list of them (contents, sources, a chronology).
_MANY = 12


def _is_list(section: Section) -> bool:
    """Whether a section is likely to print the numbers of many pages."""
    return section.xhtml.count('href="#') - section.xhtml.count('class="note-call"') > _MANY


def _sheets(run: Run | None) -> Sequence[Sheet]:
    return run.sheets if run is not None else ()


def _lines(run: Run | None) -> Iterable[LaidLine]:
    return run.lines if run is not None else ()


def _join(glyphs: Glyphs, more: Glyphs) -> None:
    for face, own in more.items():
        known = glyphs.setdefault(face, {})
        for glyph, text in own.items():
            known.setdefault(glyph, text)
