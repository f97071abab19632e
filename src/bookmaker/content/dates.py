"""Dates as newspapers and chronologies give them: a day, a month, a quarter or a year."""

import datetime
import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_QUARTER = re.compile(r"(\d{4})[-/.年 ]?(?:[Qq]|第?)([1-4一二三四])(?:季度)?")
_YEAR = re.compile(r"(\d{4})年?")
_FIGURES = {"一": 1, "二": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True)
class When:
    """A day of the calendar, or a month, a quarter or a year; what is not said is 0."""

    year: int
    month: int = 0
    day: int = 0
    quarter: int = 0

    def __str__(self) -> str:
        if self.quarter:
            return f"{self.year}-Q{self.quarter}"
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])

    @property
    def first(self) -> datetime.date:
        """The first day of it."""
        month = self.month or max(1, 3 * self.quarter - 2)
        return datetime.date(self.year, month, self.day or 1)

    @property
    def place(self) -> tuple[datetime.date, int]:
        """Where it stands in a chronology: by its first day, the longer before the shorter."""
        return self.first, 3 if self.day else 2 if self.month else 1 if self.quarter else 0


def read_when(value: object) -> object:
    """A date as an editor writes it; `ValueError` for what is none."""
    if value is None or isinstance(value, When):
        return value
    if isinstance(value, datetime.date):
        return When(value.year, value.month, value.day)
    text = str(value).strip()
    if found := _DAY.fullmatch(text):
        year, month, day = map(int, found.groups())
        when = When(year, month, day)
    elif (found := _QUARTER.fullmatch(text)) and ("季" in text or "q" in text.lower()):
        when = When(int(found[1]), quarter=int(_FIGURES.get(found[2], found[2])))
    elif found := _MONTH.fullmatch(text):
        when = When(int(found[1]), int(found[2]))
    elif found := _YEAR.fullmatch(text):
        when = When(int(found[1]))
    else:
        raise ValueError("not a day or month")
    if 0 in (when.month if _MONTH.fullmatch(text) else 1, when.day if _DAY.fullmatch(text) else 1):
        raise ValueError("not a day or month")
    try:
        when.first.isoformat()
    except ValueError:
        raise ValueError("not a day or month") from None
    return when


#: 2026-02-28 (also 2026/2/28 or 2026年2月28日), 2026-02 (2026年2月), 2026Q1 (2026年第一季度), 2026.
Date = Annotated[When, BeforeValidator(read_when)]
