"""The charts of the generated book: bars on white, as PNG and as SVG."""

import io
from pathlib import Path

from PIL import Image, ImageDraw

from tools.bench.book import Figure

#: Pixels; at 96 to the inch somewhat wider than the type area.
SIZE = (480, 270)
_ACCENT = "#1f5c57"


def write_picture(figure: Figure, folder: Path) -> None:
    """The file that the book's text names."""
    data = _svg(figure) if figure.drawing else png(figure)
    (folder / figure.file).write_bytes(data)


def png(figure: Figure) -> bytes:
    """The chart as a picture."""
    picture = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(picture)
    for left, top, width, height in _bars(figure):
        draw.rectangle((left, top, left + width, top + height), fill=_ACCENT)
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def _svg(figure: Figure) -> bytes:
    width, height = SIZE
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    bars = (
        f'<rect x="{left}" y="{top}" width="{across}" height="{down}" fill="{_ACCENT}"/>'
        for left, top, across, down in _bars(figure)
    )
    return f"{head}{''.join(bars)}</svg>\n".encode()


def _bars(figure: Figure) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of each bar."""
    width, height = SIZE
    step = width // len(figure.bars)
    tops = (height - 10 - (height - 20) * bar // 100 for bar in figure.bars)
    return [(place * step + 4, top, step - 8, height - 10 - top) for place, top in enumerate(tops)]
