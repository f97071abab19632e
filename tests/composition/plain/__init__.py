"""The line model as plain as it can be said, a character and a line at a time: what the fast one is held against."""

from tests.composition.plain.breaking import break_prices
from tests.composition.plain.paragraph import PlainParagraph, plain_paragraph
from tests.composition.plain.search import plain_breaks, plain_cost, plain_searches
from tests.composition.plain.setting import PlainLine, plain_line

__all__ = [
    "PlainLine",
    "PlainParagraph",
    "break_prices",
    "plain_breaks",
    "plain_cost",
    "plain_line",
    "plain_paragraph",
    "plain_searches",
]
