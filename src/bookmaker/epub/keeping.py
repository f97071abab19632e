"""What binding made of one section, kept between two runs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was written, with what the book must know of it.

    `homes` are the links to other pages, each with the file that it was given; `spoken` the characters of every voice.
    """

    xhtml: bytes
    properties: tuple[str, ...]
    pictures: tuple[str, ...]
    identifiers: tuple[str, ...]
    homes: tuple[tuple[str, str], ...]
    spoken: tuple[str, ...]
