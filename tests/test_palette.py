"""The palette of a drawing is the one that Pillow finds, to the byte."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
from PIL import Image

from bookmaker.pdf.palette import with_palette


def png(image: Image.Image) -> bytes:
    target = BytesIO()
    image.save(target, "PNG", optimize=True)
    return target.getvalue()


def drawing(seed: int, colours: list[tuple[int, int, int]], *, rows: int) -> Image.Image:
    """So many different rows, each of them several times, and one colour before all others."""
    chance = Random(seed)
    made = []
    for _ in range(rows):
        row = bytes(part for _ in range(60) for part in chance.choice([colours[0], chance.choice(colours)]))
        made += [row] * chance.randint(2, 9)
    return Image.frombytes("RGB", (60, len(made)), b"".join(made))


def ramp() -> list[tuple[int, int, int]]:
    """From green to white, as at the edges of letters."""
    return [(31 + i, 92 + i * 3 // 4, 87 + i * 2 // 3) for i in range(217)]


def motley(number: int) -> list[tuple[int, int, int]]:
    chance = Random(number)
    return [(chance.randrange(256), chance.randrange(256), chance.randrange(256)) for _ in range(number)]


@pytest.mark.parametrize("colours", [ramp(), motley(40), motley(140), motley(900)], ids=len)
@pytest.mark.parametrize("seed", range(3))
def test_the_file_is_that_of_pillows_own_palette(seed: int, colours: list[tuple[int, int, int]]) -> None:
    image = drawing(seed, colours, rows=40)
    assert png(with_palette(image, 128)) == png(image.quantize(colors=128))


def test_a_photograph_is_pillows() -> None:
    chance = Random(1)
    image = Image.frombytes("RGB", (40, 40), chance.randbytes(4800))
    assert png(with_palette(image, 128)) == png(image.quantize(colors=128))
