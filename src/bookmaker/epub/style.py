"""The style sheet of the EPUB, from the layout's `css/epub.css.j2`."""

from bookmaker.composition.breaking import Kinsoku
from bookmaker.epub.faces import Face
from bookmaker.epub.voices import Voice
from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley

#: What a reader without the embedded faces falls back to.
_GENERIC = {
    "serif": '"Songti SC", "Songti TC", serif',
    "sans": "sans-serif",
    "kai": '"Kaiti SC", "Kaiti TC", KaiTi, serif',
}
#: CSS Text 3 §5.2. There, too, each step lets more marks stand at a line's edge; but the last one, `anywhere`, would
#: cut Latin words as well, so that a reader keeps a little even where the layout asks for nothing.
_LINE_BREAK = {Kinsoku.STRICT: "strict", Kinsoku.GB: "normal", Kinsoku.BASIC: "loose", Kinsoku.NONE: "loose"}
#: Relative luminance of the darkest ground readers use in their night mode (#000) to the lightest (#2b2b2b).
_NIGHT = 0.024


def style_sheet(galley: Galley, case: TypeCase, voices: tuple[Voice, ...], faces: tuple[Face, ...]) -> str:
    """The style sheet; an accent that is legible on paper is lightened until it is so by night."""
    stacks = {voice.role: f"{case.css_stack(galley.script, voice.role)}, {_GENERIC[voice.role]}" for voice in voices}
    return (
        galley.layout.environment()
        .get_template("css/epub.css.j2")
        .render(
            faces=faces,
            voices=voices,
            stacks=stacks,
            accent=galley.layout.accent,
            accent_by_night=accent_by_night(galley.layout.accent),
            name_lines=galley.layout.name_lines,
            title_lines=galley.layout.title_lines,
            line_break=_LINE_BREAK[galley.layout.lines.kinsoku],
            hyphenate=galley.layout.lines.hyphenate,
        )
    )


def accent_by_night(colour: str) -> str:
    """A `#rrggbb` colour mixed with white until it has 4.5:1 on a dark ground (WCAG 2.1, 1.4.3)."""
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    for white in range(101):
        mixed = [round(part + (255 - part) * white / 100) for part in parts]
        if (_luminance(mixed) + 0.05) / (_NIGHT + 0.05) >= 4.5:
            break
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _luminance(colour: list[int]) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.1)."""
    shares = (part / 255 for part in colour)
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
