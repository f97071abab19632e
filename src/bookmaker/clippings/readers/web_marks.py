"""What the blocks of a web page are by their place and looks, where no mark says it: captions, headlines, headings."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from bookmaker.clippings.model import Mark
from bookmaker.clippings.readers.web_page import Piece, WebPage, words

_CREDIT = re.compile("(?:摄|摄影|供图|制图|图)[）)]?$")
_LONGEST_HEADING = 40
_TOP_OF_PARTS = 3  # the level of a heading that only its looks tell; h1 and h2 have the stories
#: Elements whose bold lines may be headings; in a list or a table they head an entry or a column.
_RUNNING = words("p div section article main center blockquote body")
#: What is bold and stands alone, but heads no part: bylines, credits, the turns of an interview, what is bracketed.
_NO_HEADING = re.compile(
    "(?:问|答|记者|主持人|编者按|Q|A)[:：]|[（(].*[）)]$|本报|(?:实习)?(?:记者|通讯员|作者|编辑)[ \u3000]|图为"
    "|.*(?:摄|摄影|供图|制图)[）)]?$"
)


def mark_captions(page: WebPage) -> None:
    """What stands below a picture in its table, and reads like a caption, is one."""
    for piece in page.pieces:
        if piece.pictured and piece.is_loose and not piece.level and not piece.setting.link:
            text = piece.text
            if len(text) < 300 and (_CREDIT.search(text) or (len(text) >= 8 and text.endswith("。"))):
                piece.mark = Mark.CAPTION


def mark_titles(page: WebPage) -> None:
    """A heading right below a marked kicker, or above a marked subtitle, is their title."""
    kept = page.kept
    for above, piece, below in zip([None, *kept], kept, [*kept[1:], None], strict=False):
        is_headed = above is not None and above.mark is Mark.KICKER
        if piece.level and not piece.mark and (is_headed or (below is not None and below.mark is Mark.SUBTITLE)):
            piece.mark = Mark.TITLE


def find_headline(page: WebPage) -> None:
    """Where no heading is marked, a block that the window is named after is one."""
    if any(piece.level or piece.mark is Mark.TITLE for piece in page.kept):
        return
    first = page.window_parts[0]
    headline = next((piece for piece in page.kept if first and piece.text == first and not piece.mark), None)
    if headline:
        headline.level = 1


def find_bold_headings(page: WebPage) -> None:
    """Short bold lines are headings one level below the one they stand under, unless half of the page is bold."""
    heads = [_headings(piece) for piece in page.pieces]
    lines = sum(bool(line.strip()) for piece in page.kept if not piece.mark for line in piece.lines)
    if not 0 < 2 * sum(map(sum, heads)) <= lines:
        return
    found: list[Piece] = []
    level = _TOP_OF_PARTS
    for piece, are_heads in zip(page.pieces, heads, strict=True):
        if not piece.why and (piece.level or piece.mark is Mark.TITLE):
            level = min(max(_TOP_OF_PARTS, piece.level + 1), 6)
        found += _parted(piece, are_heads, level) if any(are_heads) else (piece,)
    page.pieces = found


def _headings(piece: Piece) -> tuple[bool, ...]:
    """For each line of a block whether it is a heading by its looks."""
    if piece.why or piece.mark or piece.level or not any(piece.bold):
        return ()
    if piece.tag not in _RUNNING and (piece.tag != "td" or all(piece.bold)):
        return ()
    return tuple(bold and _reads_like_heading(line.strip()) for line, bold in zip(piece.lines, piece.bold, strict=True))


def _reads_like_heading(text: str) -> bool:
    return (
        2 <= len(text) <= _LONGEST_HEADING
        and "。" not in text
        and text[-1] not in "；，、：;:,."
        and re.search(r"[^\W\d_]", text) is not None
        and not _NO_HEADING.match(text)
    )


def _parted(piece: Piece, are_heads: tuple[bool, ...], level: int) -> Iterator[Piece]:
    """A block cut into its headings and the text between them."""
    for is_head, run in groupby(zip(piece.lines, are_heads, strict=True), key=lambda pair: pair[1]):
        lines = [line for line, _ in run]
        if any(line.strip() for line in lines):
            yield replace(piece, lines=lines, bold=(), level=level if is_head else 0)
