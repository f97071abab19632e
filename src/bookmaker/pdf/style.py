"""The style sheet of the printed book: the layout's `print.css.j2` with this volume's page and fonts."""

from importlib.metadata import version

from bookmaker.composition.joint import WRITTEN_FOR
from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley


def print_css(galley: Galley, case: TypeCase) -> str:
    """CSS for WeasyPrint."""
    template = galley.layout.environment().get_template("css/print.css.j2")
    volume = galley.volume.manuscript.plan.entries.volume
    return template.render(
        page=galley.layout.page,
        accent=galley.layout.accent,
        composed=version("weasyprint") == WRITTEN_FOR,
        serif=case.css_stack(galley.script, "serif"),
        sans=case.css_stack(galley.script, "sans"),
        kai=case.css_stack(galley.script, "kai"),
        volume_title=css_string(volume.title),
        page_before=css_string(galley.wording["page_before"]),
        page_after=css_string(galley.wording["page_after"]),
    )


def css_string(text: str) -> str:
    """Text as a CSS string, quotation marks included (CSS Syntax 3 §4.3.5)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")
    return f'"{escaped}"'
