"""Page styles: what `@page` rules say of a page's size, its margins, its running head, its folio and its notes' area.

CSS Paged Media 3 for the pages, CSS GCPM 3 for the strings and the area of the notes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bookmaker.makeup.styles import Cascade, ForeignError, Style, read_style
from bookmaker.makeup.stylesheet import Declaration, PageRule, StyleSheet, Tokens

#: Where a margin box stands: left, centre or right of the area, above or below it.
_BOXES = {
    f"{edge}-{place}": (edge, place) for edge in ("top", "bottom") for place in ("left", "center", "right")
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MarginBox:
    """A running head or folio: its style, what it says, its edge ("top", "bottom") and its place there."""

    style: Style
    content: Tokens
    edge: str
    place: str


@dataclass(frozen=True, slots=True)
class PageStyle:
    """One kind of page, in pt: its size, its margins (top, right, bottom, left), what stands in them."""

    width: float
    height: float
    margin: tuple[float, float, float, float]
    boxes: tuple[MarginBox, ...]
    notes: Style = field(default_factory=Style)


class PageStyles:
    """The page styles of a style sheet, by name, side and whether the page is blank."""

    def __init__(self, sheet: StyleSheet, cascade: Cascade) -> None:
        self._rules = sheet.pages
        self._cascade = cascade
        self._known: dict[tuple[str, bool, bool], PageStyle] = {}

    def of(self, name: str, *, recto: bool, blank: bool = False) -> PageStyle:
        """The style of a page; `ForeignError` where it asks for what is not done here."""
        key = name, recto, blank
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._made(name, recto, blank)
        return known

    def _made(self, name: str, recto: bool, blank: bool) -> PageStyle:
        rules = [rule for rule in self._rules if _applies(rule, name, recto, blank)]
        rules.sort(key=lambda rule: rule.specificity)
        declarations = [declaration for rule in rules for declaration in rule.declarations]
        size = next((d.value for d in reversed(declarations) if d.name == "size"), None)
        base = self._cascade.root
        if size is None or len(size) != 2:
            raise ForeignError("@page { size }")
        width, height = (self._cascade.length(token, base) for token in size)
        others = [d for d in declarations if d.name not in ("size", "counter-reset")]
        style = read_style(base.inherited(), others, base, width)
        boxes: dict[str, list[Declaration]] = {}
        for rule in rules:
            for box, own in rule.boxes.items():
                boxes.setdefault(box, []).extend(own)
        notes = read_style(base.inherited(), boxes.pop("footnote", []), base, width)
        made = tuple(self._box(box, own, base, width) for box, own in boxes.items())
        return PageStyle(width, height, style.margin, tuple(box for box in made if box is not None), notes)

    def _box(self, name: str, declarations: Iterable[Declaration], base: Style, width: float) -> MarginBox | None:
        start = replace(base.inherited(), align={"left": "left", "center": "center"}.get(name.split("-")[-1], "right"))
        style = read_style(start, list(declarations), base, width)
        if style.content is None:
            return None
        if name not in _BOXES:
            raise ForeignError(f"@{name}")
        return MarginBox(style, style.content, *_BOXES[name])


def _applies(rule: PageRule, name: str, recto: bool, blank: bool) -> bool:
    if rule.name and rule.name != name:
        return False
    sides = {"right": recto, "left": not recto, "blank": blank}
    # `:nth()` only resets counters here, and pages are numbered by what is in them.
    return all(sides.get(word, False) for word in rule.pseudo)
