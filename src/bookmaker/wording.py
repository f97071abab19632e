"""The book's fixed words in one script, and the ways a date is written with them."""

import datetime
from collections.abc import Iterator, Mapping


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

    def day(self, date: datetime.date) -> str:
        """A full date, as in 2022年3月15日."""
        return self["date"].format(year=date.year, month=date.month, day=date.day)

    def month_day(self, date: datetime.date) -> str:
        """A day within a known year, as in 3月15日."""
        return self["month_day"].format(month=date.month, day=date.day)
