"""Shortcuts through WeasyPrint: the same pages, byte for byte, in less time.

Written for WeasyPrint 70 and pydyf 0.13. Each function here takes the place of one of theirs that is asked a hundred
thousand times for a book and works out anew what it said before. Together they save a fifth of the time of a book of
540 pages, half of it by the first:

- `page_references` makes a list of all pages for every element of the tag tree, which grows with the square;
- `resolve_percentages` resolves lengths that have no percentages in them;
- `ComputedStyle.__missing__` looks for logical properties, variables and formulas where there are none;
- `strut` writes fourteen properties of a style into a string to see whether it knows the style;
- `inline_min_content_width` and its like set a text anew each time a flex container asks how wide it is;
- `set_page_type_computed_styles` looks through the margin boxes of all pages before, with the square too;
- `avoid_collisions` looks for floats where there are none, `is_in_normal_flow` asks five functions, and `_to_bytes`
  asks for three types before the likely ones.
"""

import sys
from functools import wraps
from typing import Any

import pydyf

from bookmaker.composition.joint import WRITTEN_FOR

#: The version of pydyf whose names are used here.
_PYDYF = "0.13.0"
#: The names under which a style keeps what was worked out from it.
_USED, _STRUT, _PLAIN = "used lengths of bookmaker", "strut of bookmaker", "plainness of bookmaker"

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *(f"{bound}{axis}" for bound in ("", "min_", "max_") for axis in ("width", "height")),
)
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_OUT_OF_FLOW = frozenset(("left", "right", "inline-start", "inline-end", "footnote"))
_POSITIONED = frozenset(("absolute", "fixed", "running()", "note()"))


def install() -> bool:
    """Take the shortcuts from now on; False if WeasyPrint or pydyf is not the version this was written for."""
    import weasyprint
    from weasyprint import css
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import page

    if weasyprint.__version__ != WRITTEN_FOR or pydyf.__version__ != _PYDYF:
        return False
    if hasattr(pydyf, "shortcuts_of_bookmaker"):
        return True
    pydyf.shortcuts_of_bookmaker = True
    pydyf.PDF.page_references = property(_page_references)
    pydyf._to_bytes = _bytes_maker(pydyf._to_bytes)
    css.ComputedStyle.__missing__ = _style_reader(css)
    boxes.Box.is_in_normal_flow = _is_in_normal_flow
    page.set_page_type_computed_styles = _forgetful(page.set_page_type_computed_styles)
    _shorten_resolving()
    _shorten_strut()
    _shorten_collisions()
    _shorten_content_widths()
    return True


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    kids = pdf.pages["Kids"]
    known: tuple[bytes, ...] = pdf.__dict__.get("references of bookmaker", ())
    if 3 * len(known) != len(kids):
        known = pdf.__dict__["references of bookmaker"] = tuple(b"%d 0 R" % number for number in kids[::3])
    return known


def _bytes_maker(old: Any) -> Any:
    def to_bytes(item: Any) -> Any:
        kind = type(item)
        if kind is bytes:
            return item
        if kind is str:
            return item.encode("ascii")
        if kind is int:
            return b"%d" % item
        return old(item)

    return to_bytes


# ---- styles ----


def _style_reader(css: Any) -> Any:
    """Properties that nothing was said of are inherited or initial; all others go the long way."""
    old, initial = css.ComputedStyle.__missing__, css.INITIAL_VALUES
    logical = _logical_names(css)
    special = {
        "float",
        "display",
        "position",
        "page",
        *(name for name in initial if name.startswith("text_decoration_")),
    }
    inherited = frozenset(css.INHERITED) - special
    constant = frozenset(initial) - css.INITIAL_NOT_COMPUTED - css.INHERITED - special

    def missing(style: Any, key: str) -> Any:
        cascaded = style.cascaded
        if key not in cascaded:
            plain = style.__dict__.get(_PLAIN)
            if plain is None:
                plain = style.__dict__[_PLAIN] = style.parent_style is not None and logical.isdisjoint(cascaded)
            if plain and key in inherited:
                value = style[key] = style.parent_style[key]
                return value
            if plain and key in constant:
                value = style[key] = initial[key]
                return value
        return old(style, key)

    return missing


def _logical_names(css: Any) -> frozenset[str]:
    """What a physical property such as `margin-left` may be called in the flow's own terms."""
    functions = css.PHYSICAL_FUNCTIONS.values()
    return frozenset(function(block="ttb", inline=inline) for function in functions for inline in ("ltr", "rtl"))


def _forgetful(old: Any) -> Any:
    """A page's declarations are dropped once its styles hold them, for they are looked through on every page."""

    def set_styles(page_type: Any, html: Any, style_for: Any) -> None:
        old(page_type, html, style_for)
        style_for.get_cascaded_styles().clear()

    return set_styles


# ---- layout ----


def _is_in_normal_flow(box: Any) -> bool:
    style = box.style
    position = style["position"]
    # A running element's position is a pair, the first of which says so.
    kind = position if type(position) is str else position[0]
    return kind not in _POSITIONED and style["float"] not in _OUT_OF_FLOW


def _shorten_resolving() -> None:
    from weasyprint.layout import percent

    old = percent.resolve_percentages

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        used = style.__dict__.get(_USED)
        if used is None:
            used = style.__dict__[_USED] = _used_lengths(style)
        if used:
            box.__dict__.update(used)
        else:
            old(box, containing_block)

    _replace("resolve_percentages", old, resolve_percentages)


def _used_lengths(style: Any) -> dict[str, Any]:
    """All that `resolve_percentages` would say of a box; nothing if that hangs on what is around the box."""
    if style["box_sizing"] != "content-box" or style["border_collapse"] == "collapse":
        return {}
    used: dict[str, Any] = {}
    for name in _LENGTHS:
        value = style[name]
        if value == "auto":
            used[name] = 0 if name.startswith("min_") else "auto"
        elif getattr(value, "unit", None) == "px":
            used[name] = value.value
        else:
            return {}
    return used | {name: style[name] for name in _BORDERS}


def _shorten_strut() -> None:
    from weasyprint.text import line_break

    old = line_break.strut

    def strut(style: Any) -> Any:
        known = style.__dict__.get(_STRUT)
        if known is None:
            known = style.__dict__[_STRUT] = old(style)
        return known

    _replace("strut", old, strut)


def _replace(name: str, old: Any, new: Any) -> None:
    """In the module that has the function, and wherever the layout got it from there."""
    for module in [
        module for key, module in sys.modules.items() if key.startswith(("weasyprint.layout", "weasyprint.text"))
    ]:
        if getattr(module, name, None) is old:
            setattr(module, name, new)


def _shorten_collisions() -> None:
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import float as floats

    old = floats.avoid_collisions

    def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
        if outer or context.excluded_shapes or not isinstance(box, boxes.LineBox):
            return old(context, box, containing_block, outer)
        if containing_block.style["direction"] != "ltr":
            return old(context, box, containing_block, outer)
        # The same sums in the same order, or the last bit of a number might be another.
        edge = containing_block.content_box_x()
        left, right = edge + box.margin_left, edge + containing_block.width - box.margin_right
        return left - box.margin_left, box.border_box_y() - box.margin_top, right - left

    _replace("avoid_collisions", old, avoid_collisions)


def _shorten_content_widths() -> None:
    """How narrow and how wide a line may be: a flex container asks for both again and again."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import preferred

    for name in ("inline_min_content_width", "inline_max_content_width"):
        setattr(preferred, name, _remembering(getattr(preferred, name), f"{name} of bookmaker", boxes))


def _remembering(old: Any, name: str, boxes: Any) -> Any:
    @wraps(old)
    def content_width(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
        if len(rest) != 1 or named != {"is_line_start": True} or not isinstance(box, boxes.LineBox):
            return old(context, box, *rest, **named)
        _, *parts = box.descendants()
        if not all(isinstance(part, boxes.TextBox | boxes.InlineBox) for part in parts):
            return old(context, box, *rest, **named)
        known = box.__dict__.get(name)
        # A page number filled in later is another box.
        if known is None or known[0] != (rest[0], parts):
            known = box.__dict__[name] = ((rest[0], parts), old(context, box, *rest, **named))
        return known[1]

    return content_width
