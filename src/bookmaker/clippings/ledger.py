"""The ledger of one story: what became of each of its lines, and how sure each of its fields is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bookmaker.clippings.items import Item
from bookmaker.clippings.model import Account, Guess, Name, Use


@dataclass(slots=True)
class Ledger:
    """Accounts and guesses of a story, and the names found in it, as its building goes on."""

    items: Sequence[Item]
    guesses: list[Guess] = field(default_factory=list)
    accounts: dict[int, Account] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)

    def guess(self, name: str, value: str, lines: Sequence[int], why: str, sure: float) -> None:
        """A field was found in lines; `sure` from 0 to 1."""
        self.guesses.append(Guess(name, value, tuple(lines), why, max(0.0, min(1.0, round(sure, 2)))))

    def account(self, at: int, use: Use, why: str) -> None:
        """The lines of an item went there."""
        for line in self.items[at].lines:
            self.accounts[line] = Account(line, use, why)

    def lines(self, places: Iterable[int]) -> tuple[int, ...]:
        """The numbers of the lines of items."""
        return tuple(line for at in places for line in self.items[at].lines)

    def sign(self, names: Sequence[Name], lines: Sequence[int], why: str, sure: float) -> None:
        """Somebody signs the story."""
        self.names += names
        self.guess("bylines", " ".join(f"{name.role} {name.name}".strip() for name in names), lines, why, sure)
