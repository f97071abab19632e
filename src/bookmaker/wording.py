"""The book's fixed words in one script, and the ways a date is written with them."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Protocol


class Dated(Protocol):
    """A day, or a month, a quarter or a year: what is not said is 0."""

    @property
    def year(self) -> int: ...
    @property
    def month(self) -> int: ...
    @property
    def day(self) -> int: ...
    @property
    def quarter(self) -> int: ...


class BrokenLayoutError(Exception):
    """A layout's own files are at fault: a key, a word or a template."""


class Wording(Mapping[str, str]):
    """The words of one script; a template reads `wording.contents`."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def __getitem__(self, key: str) -> str:
        try:
            return self._words[key]
        except KeyError:
            raise BrokenLayoutError(f"wording.toml lacks the word “{key}”") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def day(self, date: datetime.date | Dated) -> str:
        """A full date, as in 2022年3月15日, 2022年3月, 2022年第一季度 or 2022年."""
        if isinstance(date, datetime.date):
            return self["date"].format(year=date.year, month=date.month, day=date.day)
        within = self.month_day(date)
        return self["year"].format(year=date.year) + within

    def month_day(self, date: datetime.date | Dated) -> str:
        """A date within a known year, as in 3月15日, 3月 or 第一季度; nothing for the year itself."""
        if isinstance(date, datetime.date) or date.day:
            return self["month_day"].format(month=date.month, day=date.day)
        if date.month:
            return self["month"].format(month=date.month)
        return self["quarter"].format(quarter="一二三四"[date.quarter - 1]) if date.quarter else ""
