"""The table `[pages]` of a `layout.toml`: what may give so that feet are full, and what each fault of a page costs."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from bookmaker.composition.feet import PageCosts
from bookmaker.content.schema import did_you_mean
from bookmaker.wording import BrokenLayoutError

_SWITCHES = ("lengths", "gaps")
_KEYS = tuple(field.name for field in fields(PageCosts))
#: Costs are weighed against each other; more than this is a slip of the decimal point.
_MOST = 1000


def read_page_choices(table: object) -> PageCosts:
    """The costs and switches of the table, with defaults for what it leaves out; `BrokenLayoutError` for a fault."""
    if not isinstance(table, Mapping):
        raise BrokenLayoutError("“pages” in layout.toml is not a table: write [pages] above its keys")
    for key in table:
        if key not in _KEYS:
            raise BrokenLayoutError(f"the key “pages.{key}” in layout.toml means nothing: {did_you_mean(key, _KEYS)}")
    read: dict[str, Any] = {key: _read(key, value) for key, value in table.items()}
    return PageCosts(**read)


def _read(key: str, value: object) -> float:
    return _switch(key, value) if key in _SWITCHES else _cost(key, value)


def _switch(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _refused(key, value, "true or false")
    return value


def _cost(key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST:
        raise _refused(key, value, f"a number from 0 to {_MOST}")
    return float(value)


def _refused(key: str, value: object, wanted: str) -> BrokenLayoutError:
    given = str(value).lower() if isinstance(value, bool) else str(value)
    return BrokenLayoutError(f"“pages.{key}” in layout.toml cannot be “{given}”: write {wanted}")
