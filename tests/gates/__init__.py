"""The judges our books go before: veraPDF and EPUBCheck in one Java machine, and poppler's tools.

They are the programs a printer, a library or a shop would use, so a fault they name is a fault of the book.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a judge says of one file."""

    severity: str  # FATAL, ERROR, WARNING, INFO or USAGE, in EPUBCheck's words
    id: str  # EPUBCheck's message id ("RSC-005") or veraPDF's clause and test ("7.1-9")
    message: str
    location: str = ""  # "OEBPS/ch1.xhtml:12", or veraPDF's path through the PDF's objects

    def __str__(self) -> str:
        return f"{self.severity} {self.id} {self.message}" + (f" at {self.location}" if self.location else "")


__all__ = ["Finding"]
