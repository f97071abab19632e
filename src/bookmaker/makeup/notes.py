"""Footnotes of a section: each is set where its first call is met, and brings the notes that are called in it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bookmaker.makeup.desk import Desk
from bookmaker.makeup.gridding import Around, Grid, grid_blocks, rows_of_block
from bookmaker.makeup.inline import Span, Tag
from bookmaker.makeup.parts import Form, Note, Place, Row, Text
from bookmaker.makeup.styles import Style, content_of
from bookmaker.makeup.typeline import TypeLine

#: The leading of a note that is not set yet, in pt.
_UNSET = 12.0


class Notes:
    """Sets notes; `elements` are those of the section, by their ids. `made` are in the order of their calls."""

    def __init__(self, desk: Desk, elements: dict[str, Any]) -> None:
        self._desk = desk
        self._elements = elements
        self.made: list[Note] = []
        self._numbers: dict[str, int] = {}
        #: The notes that a note's first call brings: itself, and those called in it.
        self._called: dict[str, tuple[int, ...]] = {}

    def calls(self, lines: Sequence[TypeLine], met: int) -> tuple[tuple[int, int], ...]:
        """(line, note) where a note is called first; those below `met` were called before these lines."""
        found: dict[int, int] = {}
        for at, line in enumerate(lines):
            for shown in line.shown:
                if not shown.note:
                    continue
                if shown.note not in self._numbers:
                    self._make(shown.note)
                for number in self._called.get(shown.note, ()):
                    if number >= met:
                        found.setdefault(number, at)
        return tuple(sorted(((at, number) for number, at in found.items()), key=lambda call: (call[0], call[1])))

    def _make(self, identifier: str) -> None:
        """Set a note whose call has been met; its number in the section is that of its first call."""
        element = self._elements.get(identifier)
        if element is None:
            self._numbers[identifier] = -1
            return
        number = self._numbers[identifier] = len(self.made)
        self.made.append(Note((), _UNSET))
        desk = self._desk
        style = desk.style(element)
        node = desk.node("Note", 0, id=identifier)
        label = next((child for child in element if child.get("class") == "note-number"), None)
        words = [child for child in element if child is not label]
        with desk.apart(self._grid(style), Place(ids=(identifier,))) as units:
            if label is not None:
                begins = bool(words) and words[0].tag == "p"
                self._first(element, label, words.pop(0) if begins else None, style, node)
            for child in words:
                desk.child(child, Around(style.padding[3], desk.grid.width - style.padding[3], node))
            blocks = grid_blocks(desk.grid, units)
        rows = [row for at, block in enumerate(blocks) for row in rows_of_block(block, at)]
        self.made[number] = Note(tuple(rows), style.leading)
        self._called[identifier] = number, *(note for block in blocks for _, note in block.forms[0].calls)

    def _grid(self, style: Style) -> Grid:
        """Notes have lines of their own leading; what stands in them takes whole ones."""
        return replace(self._desk.grid, leading=style.leading, baseline=self._desk.own_baseline(style))

    def _first(self, element: Any, label: Any, paragraph: Any, style: Style, node: int) -> None:
        """The number goes before the first words, in the same line; it is a link back to the call."""
        marker = self._desk.styles[element].pseudo.get("footnote-marker", style)
        back = next(iter(label), None)
        target = back.get("href", "") if back is not None else ""
        number = "".join(label.itertext())
        lbl = self._desk.node("Lbl", node)
        spans = [Span(number, marker, (Tag("Link", target, number),))]
        hang = style.padding[3] + style.indent
        line = self._desk.lengths(spans, replace(style, align="left", indent=0.0), 1000.0)[0][1][0][0]
        inset = hang + self._marker_width(marker, number) - style.padding[3]
        own = self._desk.style(paragraph) if paragraph is not None else style
        p = self._desk.node("P", node)
        text = self._desk.inline.spans(paragraph) if paragraph is not None else []
        if not text:
            row: Row = (*self._desk.take_places(), Text(line, hang, self._desk.baseline(own), lbl))
            self._desk.units.append(self._desk.unit(replace(own, margin=(0.0,) * 4), [Form(0.0, (row,))]))
            return
        room = Around(style.padding[3], self._desk.grid.width - style.padding[3], p)
        forms = self._desk.forms([text], replace(own, indent=inset), room, p, (lbl, line, hang))
        if forms is not None:
            self._desk.units.append(self._desk.unit(replace(own, margin=(0.0,) * 4), forms))

    def _marker_width(self, marker: Style, number: str) -> float:
        """How wide a note's number is with what the style sheet puts behind it, in pt."""
        said = "".join(
            number if kind == "number" else words for kind, words in content_of(marker.content, {}, "")
        )  # fmt: skip
        words = self._desk.compositor.set([Span(said or number, marker)])
        return words.paragraph.ends[-1]
