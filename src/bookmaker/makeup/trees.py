"""Trees of names and of numbers (ISO 32000-1 §7.9.6, §7.9.7): a reader finds a row without reading all."""

from collections.abc import Sequence

from bookmaker.makeup.objects import Objects
from bookmaker.makeup.values import array, reference, string_bytes, text_string

#: How many rows a leaf has.
_LEAF = 64


def number_tree(objects: Objects, rows: Sequence[tuple[int, str]]) -> int:
    """The number of a tree of rising numbers and what each stands for."""
    return _tree(objects, "Nums", [(str(number), value) for number, value in rows])


def name_tree(objects: Objects, values: dict[str, str]) -> int:
    """The number of a tree of names, in the order of their bytes."""
    return _tree(objects, "Names", [(text_string(name), values[name]) for name in sorted(values, key=string_bytes)])


def _tree(objects: Objects, kind: str, rows: Sequence[tuple[str, str]]) -> int:
    leaves = [_leaf(objects, kind, rows[at : at + _LEAF]) for at in range(0, len(rows), _LEAF)]
    return objects.put(f"<</Kids{array(map(reference, leaves))}>>")


def _leaf(objects: Objects, kind: str, rows: Sequence[tuple[str, str]]) -> int:
    inside = " ".join([f"{key} {value}" for key, value in rows])
    return objects.put(f"<</Limits[{rows[0][0]} {rows[-1][0]}]/{kind}[{inside}]>>")
