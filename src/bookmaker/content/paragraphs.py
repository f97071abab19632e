"""Paragraphs as Chinese text is typed: a line that begins with two ideographic spaces begins a paragraph.

Markdown would join it to the line before. The spaces are the typewriter's indent, not words; the layout indents.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

_SPACE = "\u3000"
_INDENT = 2 * _SPACE


def indented_paragraphs(markdown: MarkdownIt) -> None:
    """Let such lines begin paragraphs, and drop their spaces."""
    markdown.block.ruler.before(
        "paragraph", "indented_paragraph", _begins, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    markdown.core.ruler.after("block", "indents", _drop)


def _begins(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Whether a paragraph before this line ends there; the paragraph itself is read by Markdown's own rule."""
    start = state.bMarks[line] + state.tShift[line]
    return silent and state.src.startswith(_INDENT, start)


def _drop(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.content = token.content.lstrip(_SPACE)
    for at in range(2, len(state.tokens) - 3):
        close, following = state.tokens[at : at + 2]
        if close.type == "paragraph_close" and following.type == "paragraph_open" and following.hidden:
            # Of an item without empty lines, whose paragraphs have no marks of their own: two would be one.
            for token in (*state.tokens[at - 2 : at + 2], state.tokens[at + 3]):
                token.hidden = False
