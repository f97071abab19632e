"""The whole road from a galley to a PDF: sections set, pages broken, runs placed, heads added, the file written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bookmaker.composition.laid import LaidLine
from bookmaker.composition.paging import Page, PageCosts
from bookmaker.composition.spacing import SpacingTable
from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley, Medium, Numbering, Section
from bookmaker.makeup.blocks import Grid, SectionSetter, baseline_of
from bookmaker.makeup.book import About, Book, Labels
from bookmaker.makeup.book import Placed as PlacedRun
from bookmaker.makeup.faces import Faces
from bookmaker.makeup.file import write_book
from bookmaker.makeup.folios import folios_of
from bookmaker.makeup.foreign import folios_asked_for, print_sections
from bookmaker.makeup.heads import HeadSetter
from bookmaker.makeup.inline import Folios
from bookmaker.makeup.model import Glyphs, Hole, Run, Sheet
from bookmaker.makeup.pagestyles import PageStyle, PageStyles
from bookmaker.makeup.parts import SetSection
from bookmaker.makeup.pictures import PictureObject, picture_object
from bookmaker.makeup.placing import place_sections
from bookmaker.makeup.sheets import Frame, SheetMaker
from bookmaker.makeup.styles import Cascade, ForeignError
from bookmaker.makeup.stylesheet import StyleSheet
from bookmaker.makeup.words import Compositor
from bookmaker.pdf.style import print_css

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

    sections: list[Section]
    made: list[SetSection] = field(default_factory=list)
    glyphs: Glyphs = field(default_factory=dict)
    reason: str = ""
    run: Run | None = None
    page: int = 0

    @property
    def is_foreign(self) -> bool:
        return not self.made


class Shelf(Mapping[str, PictureObject]):
    """The pictures of a galley by their source, each made when it is first asked for."""

    def __init__(self, galley: Galley, case: TypeCase, cache: Path) -> None:
        self._pictures = {f"images/{picture.name}": picture for picture in galley.pictures}
        self._case = case
        self._cache = cache
        self._made: dict[str, PictureObject] = {}

    def __getitem__(self, source: str) -> PictureObject:
        if source not in self._made:
            self._made[source] = picture_object(self._pictures[source], self._case, self._cache)
        return self._made[source]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pictures)

    def __len__(self) -> int:
        return len(self._pictures)


class BookMaker:
    """Makes up one galley; what it learns of faces and styles serves the next time, too."""

    def __init__(self, galley: Galley, case: TypeCase, cache: Path) -> None:
        self._galley = galley
        self._case = case
        self._cache = cache
        self._css = print_css(galley, case)
        page = galley.layout.page
        area = page.area_width * 72 / 25.4
        self._sheet = StyleSheet(self._css)
        self._cascade = Cascade(self._sheet, area)
        self._styles = PageStyles(self._sheet, self._cascade)
        self.faces = Faces(case, galley.script)
        lines = galley.layout.lines
        self._compositor = Compositor(self.faces, SpacingTable(galley.script, lines.style), lines)
        self._area = area
        self._shelf = Shelf(galley, case, cache)
        self._figures: dict[str, int] = {}
        self._pieces: list[_Piece] = []
        self.pages: dict[str, list[Page]] = {}
        sections = galley.sections_for(Medium.PDF)
        self._befores = {
            one.id: other for one, other in zip(sections, ["", *(each.xhtml for each in sections)], strict=False)
        }

    def make(self) -> MadeBook:
        """The book, laid out until the page numbers in it are right."""
        self._set_all()
        for _ in range(_ROUNDS):
            self._place_all()
            if not self._renumber():
                break
        return self._bound()

    # ---- setting

    def _set_all(self) -> None:
        for section in self._galley.sections_for(Medium.PDF):
            glyphs: Glyphs = {}
            try:
                made = self._straight(section, glyphs)
            except ForeignError as error:
                self._pieces.append(_Piece([section], reason=str(error)))
                continue
            last = self._pieces[-1] if self._pieces else None
            runs_on = made.blocks and made.blocks[0].opens in ("article", "page") and made.page == "body"
            if last is not None and last.made and last.made[0].page == made.page and runs_on:
                last.sections.append(section)
                last.made.append(made)
                _join(last.glyphs, glyphs)
            else:
                self._pieces.append(_Piece([section], [made], glyphs))

    def _straight(self, section: Section, glyphs: Glyphs) -> SetSection:
        grid = self._grid()
        setter = SectionSetter(self._cascade, self._compositor, grid, self._shelf, Folios(self._figures))
        return setter.set(section.xhtml, self._before(section), glyphs)

    def _before(self, section: Section) -> str:
        """The section before one; the first has none."""
        return self._befores[section.id]

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
            page += self._blank_before(piece, page)
            piece.page = page
            recto = page % 2 == 0
            if piece.is_foreign:
                if piece.run is None:
                    piece.run = self._foreign(piece, {}, recto, page)
            else:
                piece.run = self._run(piece, recto)
            page += len(piece.run.sheets)

    def _blank_before(self, piece: _Piece, page: int) -> int:
        wanted = self._side(piece.sections[0])
        if wanted == "right":
            return page % 2
        return 1 - page % 2 if wanted == "left" else 0

    def _side(self, section: Section) -> str:
        """On which side a section begins: "right", "left" or "" for either."""
        style = self._cascade.style_of(section.xhtml, self._before(section))
        return {"right": "right", "recto": "right", "left": "left", "verso": "left"}.get(style.before, "")

    def _run(self, piece: _Piece, recto: bool) -> Run:
        frame = self._frame(piece.made[0])
        ids = [(section.id,) for section in piece.sections]
        above = self._styles.of(piece.made[0].page, recto=True).notes.margin[0] + frame.note_padding + frame.note_rule
        pages = place_sections(
            piece.made, lines=frame.lines, leading=frame.leading, above_notes=above, costs=PageCosts(), recto=recto
        )  # fmt: skip
        self.pages[piece.sections[0].id] = pages
        return SheetMaker(frame, piece.made, ids, self._shelf).make(pages, piece.glyphs, recto=recto)

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

    def _foreign(self, piece: _Piece, folios: Mapping[str, str], recto: bool, page: int) -> Run:
        asked = folios_asked_for(self._galley, piece.sections, self._css)
        given = {name: folios.get(name, "1") for name in asked}
        return print_sections(
            self._galley, piece.sections, self._css, self._case, self._cache, folios=given, recto=recto, number=page + 1
        )

    # ---- page numbers

    def _renumber(self) -> bool:
        """Whether a page number in the text has another number of figures than it was set with."""
        folios = self._folios_by_id()
        changed = False
        for piece in self._pieces:
            if piece.is_foreign:
                continue
            for name in _holes(piece.run):
                figures = len(folios.get(name, "1"))
                if self._figures.get(name, 1) != figures:
                    self._figures[name] = figures
                    changed = True
        if changed:
            for piece in self._pieces:
                if not piece.is_foreign and any(_holes(piece.run)):
                    piece.glyphs = {}
                    piece.made = [self._straight(section, piece.glyphs) for section in piece.sections]
        return changed

    def _folios_by_id(self) -> dict[str, str]:
        printed = self._printed()
        return {
            anchor.id: printed[piece.page + anchor.sheet]
            for piece in self._pieces
            if piece.run is not None
            for anchor in piece.run.anchors
        }

    def _printed(self) -> tuple[str, ...]:
        """What is printed as page number; the cover has none."""
        found = list(folios_of(self._labels(), self._count()))
        front = self._first(Numbering.FRONT)
        return tuple("" if front is None or index < min(front, index + 1) else each for index, each in enumerate(found))

    def _count(self) -> int:
        last = self._pieces[-1]
        return last.page + (len(last.run.sheets) if last.run else 0)

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
        pages = (
            piece.page
            for piece in self._pieces
            if piece.sections[0].numbering is part and piece.sections[0].kind != "cover"
        )
        return next(pages, None)

    # ---- binding

    def _bound(self) -> MadeBook:
        folios = self._folios_by_id()
        for piece in self._pieces:
            if piece.is_foreign and folios_asked_for(self._galley, piece.sections, self._css):
                piece.run = self._foreign(piece, folios, piece.page % 2 == 0, piece.page)
        glyphs: Glyphs = {}
        printed = self._printed()
        heads = self._heads(printed, HeadSetter(self._compositor, glyphs))
        placed = tuple(PlacedRun(piece.run, piece.page) for piece in self._pieces if piece.run)
        page = self._galley.layout.page.trim
        blank = (page[0] * 72 / 25.4, page[1] * 72 / 25.4)
        book = Book(self._about(), placed, heads, glyphs, self._labels(), blank)
        lines = [replace(line, page=piece.page + line.page) for piece in self._pieces for line in _lines(piece.run)]
        why = tuple((piece.sections[0].id, piece.reason) for piece in self._pieces if piece.is_foreign)
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


def print_book(galley: Galley, case: TypeCase, cache: Path) -> tuple[bytes, MadeBook]:
    """The galley as PDF/UA-1."""
    maker = BookMaker(galley, case, cache)
    made = maker.make()
    return write_book(made.book, maker.faces), made


def _holes(run: Run | None) -> Iterator[str]:
    for sheet in _sheets(run):
        for part in sheet.content:
            if isinstance(part, Hole):
                yield part.target


def _sheets(run: Run | None) -> Sequence[Sheet]:
    return run.sheets if run is not None else ()


def _lines(run: Run | None) -> Iterable[LaidLine]:
    return run.lines if run is not None else ()


def _join(glyphs: Glyphs, more: Glyphs) -> None:
    for face, own in more.items():
        known = glyphs.setdefault(face, {})
        for glyph, text in own.items():
            known.setdefault(glyph, text)
