"""The style sheet of the printed book: the layout's `print.css.j2` with this volume's page and fonts."""

from importlib.metadata import version
from math import ceil

from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley
from bookmaker.layout import COVER
from bookmaker.store import Bundle
from bookmaker.titles import shortened, text_width

_TEMPLATE = "css/print.css.j2"


def print_css(galley: Galley, case: TypeCase, kept: Bundle | None = None) -> str:
    """CSS for WeasyPrint."""
    volume = galley.volume.manuscript.plan.entries.volume
    told = {
        "page": galley.layout.page,
        "accent": galley.layout.accent,
        "serif": case.css_stack(galley.script, "serif"),
        "sans": case.css_stack(galley.script, "sans"),
        "kai": case.css_stack(galley.script, "kai"),
        "cover": COVER,
        "number_width": max(4, ceil(max((text_width(section.number) for section in galley.sections), default=0)) + 1),
        "volume_title": css_string(shortened(volume.title, galley.layout.head_length)),
        "page_before": css_string(galley.wording["page_before"]),
        "page_after": css_string(galley.wording["page_after"]),
    }
    text = galley.layout.template(_TEMPLATE) if kept else None
    key = kept.key("css", text, repr(told)) if kept and text is not None else ""
    found = kept.find(key) if kept and key else None
    if isinstance(found, str):
        return found
    from bookmaker.composition.joint import WRITTEN_FOR

    template = galley.layout.environment().get_template(_TEMPLATE)
    css = template.render(**told, composed=version("weasyprint") == WRITTEN_FOR)
    if kept and key:
        kept.keep(key, css)
    return css


def css_string(text: str) -> str:
    """Text as a CSS string, quotation marks included (CSS Syntax 3 §4.3.5)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")
    return f'"{escaped}"'
