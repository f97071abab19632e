"""What is made of a galley, beside the file: what there is to know of each page and line."""

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from bookmaker.composition.laid import LaidLine


@dataclass(frozen=True, slots=True)
class Proof:
    """What stands on the pages: the folio of each as printed (none on the cover), and every line set by plan.

    `foreign` are the sections that WeasyPrint printed, each with the rule or element that sent it there.
    """

    folios: tuple[str, ...]
    lines: tuple[LaidLine, ...]
    foreign: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed book: the PDF, its number of pages, the fonts in it, and its proof."""

    data: bytes
    pages: int
    fonts: tuple[str, ...]
    proof: Proof


#: After so many books a process that stays takes away what is left of them, which takes as long as an edit.
_BOOKS = 8
_MADE = count(1)


@contextmanager
def undisturbed() -> Iterator[None]:
    """No cyclic garbage collection while pages are made: a tenth faster for a few MB.

    Nor afterwards: most often the program ends there, and would take a book apart piece by piece first. It goes when
    some books more have been made. fontTools, too, logs every table it drops; nobody asked.
    """
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    was_enabled = gc.isenabled()
    if gc.get_freeze_count() and next(_MADE) % _BOOKS == 0:
        gc.unfreeze()
        gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
