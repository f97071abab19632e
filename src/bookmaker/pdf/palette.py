"""A picture with a palette of few colours: the one of Pillow's median cut (Heckbert 1982), to the byte.

Pillow 13 looks at every point three times. In a drawing most rows are like the row above: here rows that are alike are
counted once.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from PIL.Image import Image

Colour: TypeAlias = tuple[int, int, int]

#: How much a difference in red, green and blue counts.
_WEIGHTS = (77, 150, 29)
_MANY = 65536


@dataclass(slots=True, eq=False)
class _Box:
    """Colours with the number of their points; the two boxes it was cut into, if it was."""

    colours: dict[Colour, int]
    points: int
    halves: "tuple[_Box, _Box] | None" = None

    def spans(self) -> list[int]:
        return [max(values) - min(values) for values in zip(*self.colours, strict=True)]

    def leaves(self) -> "Iterator[_Box]":
        if self.halves is None:
            yield self
        else:
            for half in self.halves:
                yield from half.leaves()


def with_palette(image: "Image", most: int) -> "Image":
    """An RGB image as `image.quantize(colors=most)` makes it."""
    from PIL import Image

    width = image.width * 3
    data = image.tobytes()
    rows = [data[at : at + width] for at in range(0, len(data), width)]
    if len(set(rows)) * 2 > len(rows):
        return image.quantize(colors=most)
    colours = _counted(rows, image.width)
    boxes = _cut(colours, most)
    # What stands in the rest of a palette, and how very many colours become fewer, is Pillow's affair.
    if len(boxes) < most or len(colours) > _MANY:
        return image.quantize(colors=most)
    palette = [_mean(box) for box in boxes]
    numbers = _nearest(boxes, palette)
    made = {row: _numbered(row, numbers) for row in set(rows)}
    flat = Image.frombytes("P", image.size, b"".join([made[row] for row in rows]))
    flat.putpalette([part for colour in palette for part in colour])
    return flat


def _counted(rows: Iterable[bytes], width: int) -> dict[Colour, int]:
    """How many points each colour has."""
    from PIL import Image

    alike: dict[int, list[bytes]] = defaultdict(list)
    for row, times in Counter(rows).items():
        alike[times].append(row)
    found: Counter[Colour] = Counter()
    for times, those in alike.items():
        part = Image.frombytes("RGB", (width, len(those)), b"".join(those))
        for count, colour in part.getcolors(width * len(those)) or ():
            found[colour] += count * times  # type: ignore[index]
    return dict(found)


def _cut(colours: dict[Colour, int], most: int) -> list[_Box]:
    """The boxes: that with the most points is cut again and again."""
    root = _Box(colours, sum(colours.values()))
    heap = _Heap()
    heap.add(root)
    for _ in range(most - 1):
        box = heap.take()
        while box is not None and len(box.colours) == 1:
            box = heap.take()
        if box is None:
            break
        box.halves = _halves(box)
        for half in box.halves:
            heap.add(half)
    return list(root.leaves())


def _halves(box: _Box) -> tuple[_Box, _Box]:
    """Cut where half of the points are on either side, along the axis on which colours differ most."""
    spread = [span * weight for span, weight in zip(box.spans(), _WEIGHTS, strict=True)]
    axis = spread.index(max(spread))
    points: Counter[int] = Counter()
    for colour, count in box.colours.items():
        points[colour[axis]] += count
    values = sorted(points, reverse=True)
    bright, last = 0, values[0]
    for last in values:
        bright += points[last]
        if bright * 2 > box.points:
            break
    if last == values[-1]:
        last = values[-2]
    above = {colour: count for colour, count in box.colours.items() if colour[axis] >= last}
    below = {colour: count for colour, count in box.colours.items() if colour[axis] < last}
    return _Box(above, sum(above.values())), _Box(below, sum(below.values()))


class _Heap:
    """Boxes by their points, the most first; of two with as many, the one that Pillow's heap gives."""

    def __init__(self) -> None:
        self._boxes: list[_Box] = []

    def add(self, box: _Box) -> None:
        boxes = self._boxes
        boxes.append(box)
        at = len(boxes)
        while at != 1 and box.points > boxes[at // 2 - 1].points:
            boxes[at - 1] = boxes[at // 2 - 1]
            at //= 2
        boxes[at - 1] = box

    def take(self) -> _Box | None:
        boxes = self._boxes
        if not boxes:
            return None
        first, moved = boxes[0], boxes.pop()
        at = 1
        while at * 2 <= len(boxes):
            below = at * 2
            if below < len(boxes) and boxes[below - 1].points < boxes[below].points:
                below += 1
            if moved.points > boxes[below - 1].points:
                break
            boxes[at - 1] = boxes[below - 1]
            at = below
        if boxes:
            boxes[at - 1] = moved
        return first


def _mean(box: _Box) -> Colour:
    red, green, blue = (
        int(0.5 + sum(colour[axis] * count for colour, count in box.colours.items()) / box.points) for axis in range(3)
    )
    return red, green, blue


def _nearest(boxes: list[_Box], palette: list[Colour]) -> dict[Colour, int]:
    """For every colour the nearest of the palette; of two as near, the one nearer to its own box's."""
    found: dict[Colour, int] = {}
    for own, box in enumerate(boxes):
        others = sorted((_apart(palette[own], colour), number) for number, colour in enumerate(palette))
        for colour in box.colours:
            best, least = own, _apart(palette[own], colour)
            reach = bisect_right(others, (4 * least, len(palette)))
            for _, number in others[:reach]:
                apart = _apart(palette[number], colour)
                if apart < least:
                    best, least = number, apart
            found[colour] = best
    return found


def _apart(one: Colour, other: Colour) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2


def _numbered(row: bytes, numbers: dict[Colour, int]) -> bytes:
    return bytes([numbers[point] for point in zip(row[::3], row[1::3], row[2::3], strict=True)])
