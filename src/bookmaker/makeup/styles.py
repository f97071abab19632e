"""The style of an element over a closed list of properties, and what the page maker cannot do.

A section in which a property outside the list applies is set by WeasyPrint; `ForeignError` says which rule sent it
there. Lengths are in points. Elements that stand alike (same tag, class and surroundings) are matched once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import cssselect2
from lxml import etree
from tinycss2.color3 import parse_color

from bookmaker.makeup.stylesheet import Declaration, StyleSheet, Tokens

_PT = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "px": 0.75, "pc": 12.0, "q": 18 / 25.4}


class ForeignError(Exception):
    """A section needs what the page maker does not do; the message says the rule or the element."""


@dataclass(frozen=True, slots=True)
class Border:
    """A solid rule at a box's edge: its width in pt and its colour."""

    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Style:
    """Computed values of one element. `colour` is a PDF operator; `None` for a width is `auto`.

    `step` is the word of `--block-step-align`, how a block that is not whole lines high stands on the grid.
    """

    families: tuple[str, ...] = ()
    size: float = 12.0
    weight: int = 400
    italic: bool = False
    leading: float = 14.4
    colour: str = "0 g"
    align: str = "left"
    indent: float = 0.0
    letter_spacing: float = 0.0
    features: tuple[str, ...] = ()
    keep_spaces: bool = False
    nowrap: bool = False
    hyphens: str = "manual"
    orphans: int = 2
    widows: int = 2
    list_style: str = "disc"
    line_through: bool = False
    # ---- not inherited
    display: str = "inline"
    margin: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    padding: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    border: tuple[Border | None, Border | None, Border | None, Border | None] = (None, None, None, None)
    width: float | None = None
    width_part: float | None = None
    height: float | None = None
    most_width: float | None = None
    most_height: float | None = None
    flex: float = 0.0
    #: Of a flex container: whether its boxes go on in rows below, and the room between them is shared out.
    wraps: bool = False
    between: bool = False
    before: str = "auto"
    after: str = "auto"
    inside: str = "auto"
    strings: tuple[tuple[str, Tokens], ...] = ()
    bookmark: Tokens | None = None
    bookmark_level: int = 0
    page: str = ""
    rise: float = 0.0
    content: Tokens | None = None
    step: str = ""
    vertical: str = "baseline"
    shrink_to: float = 1.0

    def inherited(self) -> "Style":
        """What a child starts from."""
        return replace(_INITIAL, **{name: getattr(self, name) for name in _INHERITED})


_INHERITED = (
    "families", "size", "weight", "italic", "leading", "colour", "align", "indent", "letter_spacing", "features",
    "keep_spaces", "nowrap", "hyphens", "orphans", "widows", "list_style", "line_through", "page",
)  # fmt: skip
_INITIAL = Style()

_BLOCKS = frozenset(
    ("html", "body", "section", "div", "header", "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol",
     "dl", "dt", "dd", "pre", "hr", "figure", "figcaption", "aside")
)  # fmt: skip
#: What WeasyPrint's own style sheet says that layouts rely on.
_OWN: dict[str, dict[str, Any]] = {
    "b": {"weight": 700}, "strong": {"weight": 700}, "th": {"weight": 700}, "s": {"line_through": True},
    "del": {"line_through": True}, "i": {"italic": True}, "li": {"display": "list-item"},
    "table": {"display": "table"}, "thead": {"display": "table-header-group"},
    "tbody": {"display": "table-row-group"}, "tr": {"display": "table-row"}, "td": {"display": "table-cell"},
    "ol": {"list_style": "decimal"}, "img": {"display": "inline"},
    **{f"h{level}": {"bookmark_level": level} for level in range(1, 7)},
}  # fmt: skip
_OWN["th"]["display"] = "table-cell"


def opening_of(xhtml: str) -> str:
    """A section without what is in it, as its neighbours' selectors see it."""
    return f"{xhtml[: xhtml.index('>')].rstrip('/')}/>" if xhtml else ""


@dataclass(frozen=True, slots=True)
class Styled:
    """An element's own style and those of its pseudo-elements, by name."""

    style: Style
    pseudo: Mapping[str, Style] = field(default_factory=dict)
    foreign: str = ""


class Cascade:
    """Computes styles; `root` is the style of the root element, whose leading is the grid."""

    def __init__(self, sheet: StyleSheet, media_width: float) -> None:
        self._sheet = sheet
        self._width = media_width
        self._known: dict[tuple[Any, ...], tuple[int, Styled]] = {}
        self.root = _INITIAL

    def length(self, token: Any, style: Style) -> float:
        """A length in pt."""
        return _Computer(style, self._width, self.root).length(token, style)

    def style_of(self, xhtml: str, before: str = "") -> Style:
        """The style of a section's own element, behind the section before it."""
        tree = etree.fromstring(
            f'<html><body xmlns:epub="e">{opening_of(before)}{opening_of(xhtml)}</body></html>'
        )  # fmt: skip
        return self.styles(cssselect2.ElementWrapper.from_html_root(tree))[tree[0][-1]].style

    def styles(self, tree: Any) -> dict[Any, Styled]:
        """The style of every element below (and of) the wrapped root of a document."""
        found: dict[Any, Styled] = {}
        keys: dict[Any, int] = {}
        for element in tree.iter_subtree():
            own, parent = element.etree_element, element.parent
            above = None if parent is None else parent.etree_element
            key = self._key(element, keys.get(above, -1))
            known = self._known.get(key)
            if known is None:
                base = found[above].style if above is not None else _INITIAL
                known = self._known[key] = len(self._known), self._styled(element, base)
            keys[own], found[own] = known
        return found

    def _key(self, element: Any, parent: int) -> tuple[Any, ...]:
        """What selectors can see of an element."""
        own, before, sheet = element.etree_element, element.previous, self._sheet
        beside = None if before is None else (before.etree_element.tag, before.etree_element.get("class"))
        attributes = tuple((name, own.get(name)) for name in own.keys() if name in sheet.attributes)  # noqa: SIM118
        number = own.get("id") if own.get("id") in sheet.ids else None
        last = own.getnext() is None if sheet.looks_ahead else None
        return own.tag, own.get("class"), attributes, parent, beside, min(element.index, 3), last, number

    def _styled(self, element: Any, parent: Style) -> Styled:
        declared = self._sheet.declared(element)
        own = element.etree_element
        start = parent.inherited()
        tag = own.tag if isinstance(own.tag, str) else ""
        start = replace(start, **{"display": "block" if tag in _BLOCKS else "inline", **_OWN.get(tag, {})})
        computer = _Computer(parent, self._width, self.root)
        style = computer.computed(start, declared.get(None, ()))
        if tag == "html":
            self.root = style
        pseudo = {}
        for name, declarations in declared.items():
            if name is not None:
                pseudo[name] = _Computer(style, self._width, self.root).computed(style.inherited(), declarations)
        return Styled(style, pseudo, computer.foreign)


def read_style(start: Style, declarations: Sequence[Declaration], parent: Style, width: float) -> Style:
    """A style of some declarations that no element has, as those of a page; `ForeignError` for what is not done."""
    computer = _Computer(parent, width, parent)
    style = computer.computed(start, declarations)
    if computer.foreign:
        raise ForeignError(computer.foreign)
    return style


class _Computer:
    """One element's declarations to values."""

    def __init__(self, parent: Style, width: float, root: Style) -> None:
        self._parent = parent
        self._width = width
        self._root = root
        self.foreign = ""

    def computed(self, style: Style, declarations: Any) -> Style:
        changes: dict[str, Any] = {}
        # Sizes first: em of the others are of the element's own size.
        for declaration in sorted(declarations, key=lambda d: d.name not in ("font", "font-size")):
            reader = _READERS.get(declaration.name)
            if reader is None:
                if declaration.name not in _IGNORED:
                    self._cannot(declaration)
                continue
            try:
                changes |= reader(declaration, replace(style, **changes), self)
            except (ValueError, IndexError, AttributeError, TypeError):
                self._cannot(declaration)
        return replace(style, **changes)

    def _cannot(self, declaration: Declaration) -> None:
        self.foreign = self.foreign or f"{declaration.rule} {{ {declaration.name} }}"

    # ---- values

    def length(self, token: Any, style: Style, of: float | None = None) -> float:
        """A length in pt; `of` is what a percentage is of (the type area's width if not told)."""
        if token.type == "number" and token.value == 0:
            return 0.0
        if token.type == "percentage":
            return float(token.value) / 100 * (self._width if of is None else of)
        if token.type != "dimension":
            raise ValueError(token)
        unit = token.lower_unit
        if unit == "em":
            return float(token.value) * style.size
        if unit == "rem":
            return float(token.value) * self._root.size
        if unit not in _PT:
            raise ValueError(unit)
        return float(token.value) * _PT[unit]

    def size(self, token: Any) -> float:
        if token.type == "ident" and token.lower_value == "inherit":
            return self._parent.size
        return self.length(token, self._parent, self._parent.size)

    def leading(self, token: Any, size: float) -> float:
        if token.type == "number":
            return float(token.value) * size
        if token.type == "ident":
            if token.lower_value == "inherit":
                return self._parent.leading
            raise ValueError(token.value)
        if token.type == "percentage":
            return float(token.value) / 100 * size
        return self.length(token, replace(_INITIAL, size=size))

    @property
    def parent(self) -> Style:
        return self._parent


Reader = Callable[[Declaration, Style, _Computer], dict[str, Any]]


def _font(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
    tokens = list(d.value)
    changes: dict[str, Any] = {"weight": 400, "italic": False}
    while tokens[0].type == "ident" or (tokens[0].type == "number" and tokens[0].value > 0):
        word = tokens.pop(0)
        if word.type == "number" or word.lower_value == "bold":
            changes["weight"] = int(word.value) if word.type == "number" else 700
        elif word.lower_value in ("italic", "oblique"):
            changes["italic"] = True
        elif word.lower_value != "normal":
            raise ValueError(word.value)
    changes["size"] = c.size(tokens.pop(0))
    if tokens[0].type == "literal" and tokens[0].value == "/":
        changes["leading"] = c.leading(tokens[1], changes["size"])
        tokens = tokens[2:]
    changes["families"] = _families(tokens)
    return changes


def _families(tokens: Any) -> tuple[str, ...]:
    names: list[str] = []
    words: list[str] = []
    for token in (*tokens, None):
        if token is None or (token.type == "literal" and token.value == ","):
            names.append(" ".join(words))
            words = []
        elif token.type in ("string", "ident"):
            words.append(token.value)
        else:
            raise ValueError(token)
    return tuple(names)


def _font_size(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
    return {"size": c.size(d.value[0])}


def _weight(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
    (token,) = d.value
    words = {"normal": 400, "bold": 700, "inherit": c.parent.weight}
    return {"weight": int(token.value) if token.type == "number" else words[_word(d)]}


def _line_height(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
    token = d.value[0]
    if token.type == "number" and token.value == 0:
        return {"leading": 0.0}
    return {"leading": c.leading(token, style.size)}


def _colour(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
    return {"colour": c.parent.colour if _word(d) == "inherit" else colour_of(d.value[0])}


def colour_of(token: Any) -> str:
    """The PDF operator that sets a colour for filling: DeviceGray where it is grey (ISO 32000-1 §8.6.4)."""
    colour = parse_color(token)
    if colour is None or isinstance(colour, str) or colour.alpha != 1:
        raise ValueError(token)
    parts = [f"{value:.6f}".rstrip("0").rstrip(".") or "0" for value in colour[:3]]
    return f"{parts[0]} g" if len(set(parts)) == 1 else f"{' '.join(parts)} rg"


def _variant(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
    words = {"lining-nums": "lnum", "tabular-nums": "tnum", "oldstyle-nums": "onum", "proportional-nums": "pnum"}
    names = [token.lower_value for token in d.value]
    return {"features": tuple(words[name] for name in names if name != "normal")}


def _word(d: Declaration) -> str:
    token = d.value[0]
    return str(token.lower_value) if token.type == "ident" else ""


def _one_of(name: str, *allowed: str) -> Reader:
    def read(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
        word = _word(d)
        if len(d.value) != 1 or word not in allowed:
            raise ValueError(word)
        return {name: word}

    return read


def _length(name: str) -> Reader:
    def read(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
        if _word(d) in ("normal", "none"):
            return {name: 0.0}
        (token,) = d.value
        return {name: c.length(token, style)}

    return read


def _bound(name: str, *, percent_is_none: bool = False) -> Reader:
    def read(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
        (token,) = d.value
        if _word(d) in ("auto", "none"):
            return {name: None}
        if token.type == "percentage" and name == "width":
            return {"width": None, "width_part": float(token.value) / 100}
        if token.type == "percentage" and percent_is_none and token.value == 100:
            return {name: None}
        return {name: c.length(token, style)}

    return read


def _four(name: str) -> Reader:
    def read(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
        values = [0.0 if t.type == "ident" and t.lower_value == "auto" else c.length(t, style) for t in d.value]
        top = values[0]
        right = values[1] if len(values) > 1 else top
        bottom = values[2] if len(values) > 2 else top
        return {name: (top, right, bottom, values[3] if len(values) > 3 else right)}

    return read


def _side(name: str, index: int) -> Reader:
    def read(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
        sides = list(getattr(style, name))
        sides[index] = 0.0 if _word(d) == "auto" else c.length(d.value[0], style)
        return {name: tuple(sides)}

    return read


def _border(index: int | None) -> Reader:
    def read(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
        found: Border | None = None
        lengths = [t for t in d.value if t.type in ("dimension", "number")]
        words = [t.lower_value for t in d.value if t.type == "ident"]
        width = c.length(lengths[0], style) if lengths else 0.0
        if width and "none" not in words:
            if not {"solid", "dotted"} & set(words):
                raise ValueError(words)
            colours = [t for t in d.value if t.type in ("hash", "function")]
            colour = colour_of(colours[0]) if colours else style.colour
            found = Border(width, colour if "solid" in words else f"dotted {colour}")
        sides = list(style.border)
        for side in range(4) if index is None else (index,):
            sides[side] = found
        return {"border": tuple(sides)}

    return read


def _integer(name: str) -> Reader:
    def read(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
        return {name: int(d.value[0].value)}

    return read


def _list_style(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
    (token,) = d.value
    return {"list_style": f'"{token.value}' if token.type == "string" else token.lower_value}


def _white_space(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
    word = _word(d)
    if word not in ("normal", "nowrap", "pre-wrap", "pre"):
        raise ValueError(word)
    return {"keep_spaces": word.startswith("pre"), "nowrap": word in ("nowrap", "pre")}


def _strings(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
    name, *value = d.value
    return {"strings": (*style.strings, (name.value, tuple(value)))}


def _vertical(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
    (token,) = d.value
    if token.type != "ident":
        return {"rise": c.length(token, style, style.leading)}
    word = token.lower_value
    # As WeasyPrint has it: half an em of its own.
    rises = {"super": style.size / 2, "sub": -style.size / 2}
    return {"rise": rises.get(word, 0.0), "vertical": word}


def _decoration(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
    word = _word(d)
    if word not in ("none", "line-through"):
        raise ValueError(word)
    return {"line_through": word == "line-through"}


def _float(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
    if _word(d) not in ("none", "footnote"):
        raise ValueError(_word(d))
    return {}


def _flex(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
    (token,) = d.value
    return {"flex": float(token.value)}


def _switch(name: str, *, on: str, off: str) -> Reader:
    """A property of two values."""

    def read(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
        if _word(d) not in (on, off):
            raise ValueError(_word(d))
        return {name: _word(d) == on}

    return read


def _tokens(name: str) -> Reader:
    return lambda d, style, c: {name: None if _word(d) in ("none", "normal") else d.value}


def _step(d: Declaration, style: Style, c: _Computer) -> dict[str, Any]:
    return {"step": _word(d)}


_SIDES = ("top", "right", "bottom", "left")
_BREAKS = ("auto", "avoid", "page", "right", "left", "recto", "verso", "always")
_READERS: dict[str, Reader] = {
    "font": _font,
    "font-family": lambda d, style, c: {"families": c.parent.families if _word(d) == "inherit" else _families(d.value)},
    "font-size": _font_size,
    "font-weight": _weight,
    "font-style": lambda d, style, c: {"italic": _word(d) in ("italic", "oblique")},
    "font-variant-numeric": _variant,
    "line-height": _line_height,
    "color": _colour,
    "text-align": _one_of("align", "left", "right", "center", "justify", "start", "end"),
    "text-indent": _length("indent"),
    "letter-spacing": _length("letter_spacing"),
    "margin": _four("margin"),
    "padding": _four("padding"),
    **{f"margin-{side}": _side("margin", index) for index, side in enumerate(_SIDES)},
    **{f"padding-{side}": _side("padding", index) for index, side in enumerate(_SIDES)},
    "border": _border(None),
    **{f"border-{side}": _border(index) for index, side in enumerate(_SIDES)},
    "width": _bound("width"),
    "height": _bound("height"),
    "max-width": _bound("most_width", percent_is_none=True),
    "max-height": _bound("most_height"),
    "flex": _flex,
    "flex-wrap": _switch("wraps", on="wrap", off="nowrap"),
    "justify-content": _switch("between", on="space-between", off="flex-start"),
    "break-before": _one_of("before", *_BREAKS),
    "break-after": _one_of("after", *_BREAKS),
    "break-inside": _one_of("inside", "auto", "avoid"),
    "orphans": _integer("orphans"),
    "widows": _integer("widows"),
    "string-set": _strings,
    "bookmark-label": _tokens("bookmark"),
    "bookmark-level": lambda d, style, c: {"bookmark_level": 0 if _word(d) == "none" else int(d.value[0].value)},
    "page": lambda d, style, c: {"page": "" if _word(d) == "auto" else d.value[0].value},
    "hyphens": _one_of("hyphens", "manual", "none", "auto"),
    "white-space": _white_space,
    "list-style-type": _list_style,
    "display": _one_of("display", "block", "inline", "flex", "none", "list-item"),
    "vertical-align": _vertical,
    "text-decoration": _decoration,
    "content": _tokens("content"),
    "float": _float,
    "--block-step-align": _step,
    "--shrink-to": lambda d, style, c: {"shrink_to": float(d.value[0].value)},
}
#: What says nothing that the page maker would do otherwise: it numbers notes and pages itself, drops spaces before
#: blocks at a page's head, and closes up tables and marks.
_IGNORED = frozenset(
    ("margin-break", "counter-reset", "border-collapse", "footnote-policy", "font-feature-settings", "bottom-of-notes")
)


def content_of(tokens: Tokens | None, attributes: Mapping[str, str], text: str) -> Iterator[tuple[str, str]]:
    """What a `content` value is made of: ("text", words), ("page", id) or ("number", name of the counter).

    `attributes` and `text` are the element's. Raises `ForeignError` for what else there is.
    """
    for token in tokens or ():
        if token.type == "string":
            yield "text", token.value
        elif token.type == "function" and token.lower_name == "attr":
            yield "text", attributes.get(token.arguments[0].value, "")
        elif token.type == "function" and token.lower_name == "content":
            yield "text", text
        elif token.type == "function" and token.lower_name == "counter":
            yield "number", token.arguments[0].value
        elif token.type == "function" and token.lower_name == "string":
            yield "string", token.arguments[0].value
        elif token.type == "function" and token.lower_name == "target-counter":
            yield "page", attributes.get(token.arguments[0].arguments[0].value, "").removeprefix("#")
        elif token.type != "literal":
            raise ForeignError(f"content: {token.serialize()}")
