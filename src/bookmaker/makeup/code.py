"""Code: lines as they were written, each with its own indent."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bookmaker.makeup.desk import Desk
from bookmaker.makeup.gridding import Around
from bookmaker.makeup.inline import Span
from bookmaker.makeup.parts import Form, Row, Text
from bookmaker.makeup.styles import Style

#: A tab goes to the next of so many columns.
_TAB = 4


def set_code(desk: Desk, element: Any, style: Style, around: Around) -> None:
    """Lines as they were written, each with its own indent; what is longer than the measure goes on below."""
    desk.place(element, style)
    node = desk.node("P", around.node)
    around = desk.indented(style, around)
    down = desk.baseline(style)
    rows: list[Row] = []
    for spans in _code_lines(desk.inline.spans(element)):
        lead, spans = _without_lead(spans)
        indent = min(_space(desk, style) * lead, around.width / 2)
        set_lines = desk.lengths(spans, replace(style, indent=indent), around.width)[0][1]
        rows += [(Text(line, around.left + x, down, node),) for line, x in set_lines] or [()]
    while rows and not rows[-1]:
        rows.pop()
    if rows:
        rows[0] = (*desk.take_places(), *rows[0])
        desk.units.append(desk.unit(style, [Form(0.0, tuple(rows))]))


def _space(desk: Desk, style: Style) -> float:
    """How wide a space is, in pt."""
    (piece,) = desk.compositor.set([Span(" ", style)]).pieces
    return sum(cluster.advance for cluster in piece.clusters) * style.size


def _code_lines(spans: list[Span]) -> Iterator[list[Span]]:
    """The spans of each line of code, tabs as spaces."""
    line: list[Span] = []
    for span in spans:
        first, *others = span.text.expandtabs(_TAB).split("\n")
        line.append(replace(span, text=first))
        for text in others:
            yield line
            line = [replace(span, text=text)]
    yield line


def _without_lead(spans: list[Span]) -> tuple[int, list[Span]]:
    """How many spaces a line of code begins with, and what stands behind them."""
    lead = 0
    found = [span for span in spans if span.text]
    while found and found[0].text.startswith(" "):
        text = found[0].text.lstrip(" ")
        lead += len(found[0].text) - len(text)
        found[:1] = [replace(found[0], text=text)] if text else []
    while found and not found[-1].text.rstrip(" "):
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    return lead, found
