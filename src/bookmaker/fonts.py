"""The type case: which font files a project prints with, what they cover, and whether they are whole."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bookmaker.script.scripts import Script


class FontError(Exception):
    """A font of the type case is missing or is not the file it should be."""


@dataclass(frozen=True, slots=True)
class Font:
    """One font file; `weight` as in CSS (400, 700)."""

    path: Path
    family: str
    weight: int
    style: str
    version: str
    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class TypeCase:
    """All fonts, and for every script and role (serif, sans, kai) the families in order of preference."""

    folder: Path
    fonts: tuple[Font, ...]
    stacks: dict[Script, dict[str, tuple[str, ...]]]

    def stack(self, script: Script, role: str) -> tuple[str, ...]:
        """The families of a role, the first that has a character sets it."""
        return self.stacks[script][role]

    def css_stack(self, script: Script, role: str) -> str:
        """The stack as a CSS `font-family` value."""
        return ", ".join(f'"{family}"' for family in self.stack(script, role))

    def faces(self, script: Script, role: str, weight: int, style: str = "normal") -> tuple[Font, ...]:
        """The files that set a role at a weight, in order; a family without that weight gives its nearest."""
        return tuple(self._nearest(family, weight, style) for family in self.stack(script, role))

    def of_families(self, families: tuple[str, ...], weight: int, style: str = "normal") -> tuple[Font, ...]:
        """The file of each family of the case nearest to a weight and style; families of elsewhere left out."""
        own = self.families()
        return tuple(self._nearest(family, weight, style) for family in families if family in own)

    def families(self) -> frozenset[str]:
        """Every family of the case."""
        return frozenset(font.family for font in self.fonts)

    def check(self) -> None:
        """Raise `FontError` unless every file is there and has the checksum `fonts.toml` gives."""
        for font in self.fonts:
            if not font.path.is_file():
                raise FontError(f"the font {font.path.name} is missing from {self.folder}")
            if hashlib.sha256(font.path.read_bytes()).hexdigest() != font.sha256:
                raise FontError(f"the font {font.path.name} is not the file that fonts.toml describes")

    def _nearest(self, family: str, weight: int, style: str) -> Font:
        own = [font for font in self.fonts if font.family == family]
        missing = next((font.path for font in own if not font.path.is_file()), None)
        if missing:
            raise FontError(f"the font {missing.name} is missing from {self.folder}")
        if not own:
            raise FontError(f"fonts.toml names the family “{family}” in a stack, but no file of it")
        return min(own, key=lambda font: (font.style != style, abs(font.weight - weight)))


@cache
def read_type_case(folder: Path) -> TypeCase:
    """The type case of a folder with `fonts.toml`."""
    try:
        return _type_case(folder)
    except (KeyError, ValueError) as error:
        raise FontError(f"{folder}/fonts.toml cannot be used: {error}") from error


def _type_case(folder: Path) -> TypeCase:
    data = tomllib.loads((folder / "fonts.toml").read_text(encoding="utf-8"))
    fonts = tuple(_font(folder, entry) for entry in data["font"])
    stacks = {
        Script(script): {role: tuple(families) for role, families in roles.items()}
        for script, roles in data["stacks"].items()
    }
    return TypeCase(folder, fonts, stacks)


def _font(folder: Path, entry: dict[str, Any]) -> Font:
    return Font(
        folder / entry["file"],
        entry["family"],
        int(entry["weight"]),
        entry.get("style", "normal").lower().replace("regular", "normal"),
        str(entry["version"]),
        f"{entry['package']} {entry['member']}",
        entry["sha256"],
    )


@cache
def coverage(path: Path) -> frozenset[int]:
    """The code points a font file has glyphs for; `FontError` for a file that is no font."""
    import uharfbuzz  # late: 15 ms that only books have a use for

    found = frozenset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)).unicodes)
    if not found:
        raise FontError(f"the font {path.name} cannot be read")
    return found
