"""Titles as a book shows them: broken by sense, shortened for the running head, quoted inside 《》."""

import re
from collections.abc import Iterable, Sequence
from math import ceil

_SPACE = re.compile(r"[ \u3000]+")
#: What has no gap of its own beside a word space: Latin letters, figures, and their signs.
_NARROW = re.compile("[!-\u024f\u0370-\u04ff]")
#: After these a title may break before anything else; the marks stay with the line they end.
_PAUSES = "，、；：。！？—…”’）》」』"
_NUMBERS = re.compile(r"[0-9A-Za-z.,%/−+~]+|[^0-9A-Za-z.,%/−+~]+")
_OPENERS = "“‘（《〈「『"
#: Marks that may not begin a line (GB/T 15834 §5.1.8).
_CLOSERS = "，、；：。！？”’）》〉」』·—…％%"


def break_title(title: str, length: int, names: Iterable[str] = ()) -> tuple[str, ...]:
    """A title in lines of at most `length` characters, as even as sense allows.

    A space between Chinese characters is where the paper broke its headline; else a break follows a mark, else it
    falls near the middle, but never inside a number, a Latin word, a pair of short quotation marks, or one of `names`.
    """
    pieces = spaced(title).split("\u3000")
    if len(pieces) > 1 and all(text_width(piece) <= length for piece in pieces):
        return tuple(_joined(pieces, length))
    whole = "\u3000".join(pieces)
    if text_width(whole) <= length:
        return (whole,)
    barred = _barred(whole, tuple(names))
    lines: list[str] = []
    rest, offset = whole, 0
    while text_width(rest) > length:
        at = _break_at(rest, length, {b - offset for b in barred})
        lines.append(rest[:at].strip("\u3000 "))
        rest, offset = rest[at:], offset + at
    return (*lines, rest.strip("\u3000 "))


def spaced(title: str) -> str:
    """A title with its spaces as they are set: an ideographic one between Chinese characters, one beside Latin words.

    What was typed as an ideographic space stays one.
    """
    title = title.strip()

    def settled(found: re.Match[str]) -> str:
        beside = title[found.start() - 1] + title[found.end()]
        return " " if "\u3000" not in found[0] and _NARROW.search(beside) else "\u3000"

    return _SPACE.sub(settled, title)


def fit_title(
    title: str, *, width: float, height: float, sizes: Sequence[int], step: float, names: Iterable[str] = ()
) -> tuple[int, tuple[str, ...]]:
    """The largest of some sizes at which a title stands in its room, and its lines; all in pt.

    A line is `step` times its size high. What fits at no size is set at the last.
    """
    names = tuple(names)
    for size in sizes:
        lines = break_title(title, max(1, int(width / size)), names)
        if len(lines) * size * step <= height and max(map(text_width, lines)) * size <= width:
            return size, lines
    return sizes[-1], break_title(title, max(1, int(width / sizes[-1])), names)


def shortened(title: str, length: int) -> str:
    """A title for a running head: whole if it has at most `length` characters, else cut with ……."""
    title = spaced(title)
    if text_width(title) <= length:
        return title
    width, kept = 0.0, ""
    for character in title:
        width += text_width(character)
        if width > length - 2:
            break
        kept += character
    return kept.rstrip(_PAUSES + _OPENERS + "\u3000 ") + "……"


def inner_title(title: str) -> str:
    """A title as it stands between 《 and 》: its own 《》 become 〈〉 (GB/T 15834 §4.15.3.4)."""
    return spaced(title).replace("《", "〈").replace("》", "〉")


#: What an institution, an agency or a site is called by, in either script; 《》 stand around what is published only.
_INSTITUTION = re.compile(
    r"(?:局|委|委员会|委員會|厅|廳|处|處|院|所|公司|集团|集團|政府|部|署|中心|协会|協會|学会|學會|大学|大學|社|办|辦|办公室|辦公室"
    r"|联合会|聯合會|研究会|研究會|银行|銀行|小组|小組|管委会|管委會|指挥部|指揮部|网|網|网站|網站|公众号|公眾號|客户端|客戶端"
    r"|频道|頻道|电视台|電視臺|電視台|电台|電臺|電台|档案馆|檔案館|图书馆|圖書館|博物馆|博物館)$"
)


def published(name: str) -> str:
    """Who printed something: a newspaper or a book between 《 and 》, an institution as it is."""
    return name if name.startswith("《") or _INSTITUTION.search(name) else f"《{name}》"


def inner_quotes(text: str) -> str:
    """A text as it stands between quotation marks: its own outer marks become inner ones."""
    if "「" in text or "『" in text:
        return text.translate(str.maketrans("「」『』", "『』「」"))
    return text.translate(str.maketrans("“”‘’", "‘’“”"))


def numbers_in(value: str) -> list[tuple[str, bool]]:
    """The parts of a key figure's value, each with whether it is the number to show large: 近|3, 400|余."""
    return [(part, part[0] < "\u2e80") for part in _NUMBERS.findall(value)]


#: Where Chinese and Latin meet, and a quarter em stands between them (CLREQ §3.2.2).
_MEETING = re.compile("[\u3400-\u9fff](?=[0-9A-Za-z])|[0-9A-Za-z%％](?=[\u3400-\u9fff])")


def text_width(text: str) -> float:
    """The width of a text in em: Latin letters and digits at half an em, a quarter where they meet Chinese."""
    wide = sum(0.5 if character < "\u2000" and character != "·" else 1.0 for character in text)
    return wide + 0.25 * sum(1 for _ in _MEETING.finditer(text))


def _joined(pieces: list[str], length: int) -> list[str]:
    """Short pieces share a line, parted by a full-width space."""
    lines = [pieces[0]]
    for piece in pieces[1:]:
        together = f"{lines[-1]}\u3000{piece}"
        if text_width(together) <= length:
            lines[-1] = together
        else:
            lines.append(piece)
    return lines


def _break_at(text: str, length: int, barred: set[int]) -> int:
    """Where the first line ends: at a pause near its even share, else at the even share itself.

    A number longer than the line is cut where the line is full.
    """
    share = text_width(text) / ceil(text_width(text) / length)
    best, cost = 1, float("inf")
    for at in range(1, len(text)):
        width = text_width(text[:at])
        if width > length:
            break
        if at in barred:
            if cost == float("inf") and text[at] not in _CLOSERS and text[at - 1] not in _OPENERS:
                best = at
            continue
        pause = text[at - 1] in _PAUSES or text[at] in _OPENERS
        price = abs(width - share) - (4 if pause else -2 if " " in text[at - 1 : at + 1] else 0)
        if price < cost:
            best, cost = at, price
    return best


def _barred(text: str, names: tuple[str, ...]) -> set[int]:
    """Positions where no line may end."""
    barred = {at for at in range(1, len(text)) if text[at] in _CLOSERS or text[at - 1] in _OPENERS}
    runs = [match.span() for match in re.finditer(r"[0-9A-Za-z.%％\-]+[个项亿万千百年月日家户名条％%]*", text)]
    runs += [match.span() for match in re.finditer(r"“[^”]{1,6}”|《[^》]{1,6}》|「[^」]{1,6}」", text)]
    for name in names:
        if len(name) > 1 and name in text:
            runs += [match.span() for match in re.finditer(re.escape(name), text)]
    for start, end in runs:
        barred.update(range(start + 1, end))
    return barred
