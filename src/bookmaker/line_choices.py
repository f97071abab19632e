"""The table `[lines]` of a `layout.toml`: what it chooses about its lines, and which of them an editor is told of."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from bookmaker.composition.breaking import Kinsoku
from bookmaker.composition.choices import Choices
from bookmaker.composition.spacing import Style
from bookmaker.content.schema import did_you_mean
from bookmaker.wording import BrokenLayoutError

#: Widths a layout may choose, in em; more than an em is a slip of the decimal point.
_WIDTHS = tuple(field.name for field in fields(Style))
#: The space character itself, which the fonts make about this wide (em): word spaces do not grow to less.
_WORD_SPACE = 0.25


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on a line is reported; 1 reports none.

    `loose` is the stretch between two Han characters in em: CLREQ §3.1.10.2 lets them give last, and from a tenth on
    a reader sees grey lines beside black ones. `tight` is the part of its blank that a mark has lost. Half-width
    pauses are good style, and the composer squeezes all marks of a line alike; but a line that took everything
    has nothing left, and its commas no longer part anything.
    """

    loose: float = 0.1
    tight: float = 0.98


_LIMITS = tuple(field.name for field in fields(Limits))
_KEYS = ("kinsoku", "hyphenate", *_WIDTHS, *_LIMITS)


def read_line_choices(table: object) -> tuple[Choices, Limits]:
    """The choices and limits of the table, with defaults for what it leaves out; `BrokenLayoutError` for a fault."""
    if not isinstance(table, Mapping):
        raise BrokenLayoutError("“lines” in layout.toml is not a table: write [lines] above its keys")
    for key in table:
        if key not in _KEYS:
            raise BrokenLayoutError(f"the key “lines.{key}” in layout.toml means nothing: {did_you_mean(key, _KEYS)}")
    numbers = {key: _number(key, table[key]) for key in (*_WIDTHS, *_LIMITS) if key in table}
    style = Style(**{key: numbers[key] for key in _WIDTHS if key in numbers})
    _check_order(style)
    choices = Choices(_kinsoku(table.get("kinsoku", "strict")), style, _switch("hyphenate", table))
    return choices, Limits(**{key: numbers[key] for key in _LIMITS if key in numbers})


def _number(key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise _refused(key, value, "a number from 0 to 1")
    return float(value)


def _kinsoku(value: object) -> Kinsoku:
    if not isinstance(value, str) or value not in list(Kinsoku):
        raise _refused("kinsoku", value, ", ".join(f'"{level}"' for level in reversed(Kinsoku)))
    return Kinsoku(value)


def _switch(key: str, table: Mapping[str, object]) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise _refused(key, value, "true or false")
    return value


def _check_order(style: Style) -> None:
    """A space shrinks from its natural width to its least one, and grows to its most."""
    for less, more in (("latin_least", "latin_gap"), ("latin_gap", "latin_most")):
        low, high = getattr(style, less), getattr(style, more)
        if low > high:
            raise BrokenLayoutError(f"“lines.{less}” ({low:g}) in layout.toml is more than “lines.{more}” ({high:g})")
    if style.word_most < _WORD_SPACE:
        raise BrokenLayoutError(
            f"“lines.word_most” ({style.word_most:g}) in layout.toml is less than the space itself ({_WORD_SPACE:g})"
        )


def _refused(key: str, value: object, wanted: str) -> BrokenLayoutError:
    given = str(value).lower() if isinstance(value, bool) else str(value)
    return BrokenLayoutError(f"“lines.{key}” in layout.toml cannot be “{given}”: write {wanted}")
