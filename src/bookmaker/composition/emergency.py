"""The line where nothing allowed fits: it ends too early, or inside a word."""

from bookmaker.composition import classes as c
from bookmaker.composition.breaking import FORBIDDEN
from bookmaker.composition.line_costs import EXACT, Costs
from bookmaker.composition.lines import Line, Stretch
from bookmaker.composition.paragraph import Paragraph

#: A word is cut only rather than leave more than this part of a line empty.
_EMPTY = 1 / 3


def emergency_line(paragraph: Paragraph, stretch: Stretch, start: int, costs: Costs, em: float) -> Line:
    """The last allowed break before the edge, or else a cut word, or one character; `em` is the stretch's."""
    row, prices, end = paragraph.row, paragraph.prices, stretch.end
    begin, width = row.begins[start], stretch.width(start)
    edge = row.starts[begin] + width + EXACT * em
    fit = begin + 1
    # A blank at the line's end needs no room.
    while fit < end and row.ends[max(row.lasts[fit + 1], begin)] <= edge:
        fit += 1
    fitting = [b for b in range(fit, begin, -1) if row.tips[max(row.lasts[b], begin)] <= edge] or [begin + 1]
    cut = next((b for b in fitting if _is_inside_word(paragraph, b)), fitting[0]), costs.gaping * 2
    allowed = next((b for b in fitting if prices[b] < FORBIDDEN or b == end), None)
    if allowed is None:
        return cut
    wasted = edge - row.ends[max(row.lasts[allowed], begin)]
    # A short line may be stretched or left short.
    if stretch.justified and wasted > width * _EMPTY:
        return cut
    return allowed, costs.gaping + (wasted / em) ** 2


def _is_inside_word(paragraph: Paragraph, at: int) -> bool:
    letters = paragraph.classes[at - 1 : at + 1]
    return len(letters) == 2 and _WORD.issuperset(letters)


_WORD = frozenset(c.LETTER + c.DIGIT + c.SIGN)
