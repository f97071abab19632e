"""Letters and figures above and below the line, as Pandoc writes them: `m^2^`, `CO~2~`, `10^−3^`.

Only letters, figures and signs are raised and lowered: in “3~5天，6~8天” the tilde is a range, and in Chinese text
that is what it mostly is.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_MARKS = {"~": "sub", "^": "sup"}
#: What is between the marks, and that no figure follows, which would be the end of a range.
_WORDS = re.compile(r"([~^])([0-9A-Za-zα-ωΑ-Ω+\-−=()′*.]{1,12})\1(?![~^0-9])")


def raised_letters(markdown: MarkdownIt) -> None:
    """Let letters be raised and lowered."""
    markdown.inline.ruler.before("strikethrough", "raised", _tokenize)


def _tokenize(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src[start] not in _MARKS or start == 0:
        return False
    before = state.src[start - 1]
    found = _WORDS.match(state.src, start, state.posMax)
    if found is None or before.isspace() or before in _MARKS:
        return False
    if not silent:
        tag = _MARKS[found[1]]
        state.push(f"{tag}_open", tag, 1)
        state.push("text", "", 0).content = found[2]
        state.push(f"{tag}_close", tag, -1)
    state.pos = found.end()
    return True
