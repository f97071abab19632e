"""Sets a story in lines for a test page: dateline, sign-off, breaks, captions in them, columns; with its truth."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from tests.clippings.manners import COLUMNS, PROVIDERS, SECOND_HEADS, SUBTITLES, Chance, Manner
from tests.clippings.notation import Entry, ExpectedCaption, ExpectedStory
from tests.clippings.stories import Copy, is_heading

# Rows: lines that know whose they are

Place = tuple[int, str, int]  # the story (-1: the page), what of it, and which of these


@dataclass(frozen=True, slots=True)
class Row:
    """One line to be; `trim` is what the notation takes off it again."""

    text: str
    place: Place
    trim: str = ""


Block = tuple[Row, ...]  # rows with no blank line between


@dataclass(frozen=True, slots=True)
class SetStory:
    """A story set: its headline's blocks, its columns of blocks, and its truth, which knows no lines yet."""

    head: tuple[Block, ...]
    columns: tuple[tuple[Block, ...], ...]
    truth: ExpectedStory


@dataclass(slots=True)
class Sheet:
    """What is decided once for a page, and the names and pictures that are left."""

    random: Random
    manner: Manner
    marked: bool
    crowded: bool
    indent: str
    people: list[str] = field(default_factory=list)
    scenes: list[str] = field(default_factory=list)

    def happens(self, chance: Chance) -> bool:
        """True as often as `chance` says."""
        return self.random.random() < chance

    def name(self) -> str:
        """Another person's name."""
        return self.people.pop()

    def shown(self, name: str) -> str:
        """A name as it is set: of two characters often padded to three."""
        pad = self.random.choice((" ", "\u3000", " ")) if len(name) == 2 and self.happens(self.manner.padded) else ""
        return pad.join(name) if pad else name


# Setting a story


def set_story(page: Sheet, copy: Copy, at: int, *, last: bool) -> SetStory:
    """One story in rows, broken as the manner says; `at` is its number on the page."""
    manner, happens = page.manner, page.happens
    body = _chosen_body(page, copy)
    truth = ExpectedStory(
        title=copy.title,
        kicker=copy.kicker if happens(manner.kicker) else "",
        subtitle=page.random.choice(SUBTITLES) if happens(manner.subtitle) else "",
        column=page.random.choice(COLUMNS) if happens(manner.column_name) else "",
        continued_from="第1版" if happens(manner.jump_from) else "",
    )
    if truth.continued_from and happens(manner.untitled):
        truth = replace(truth, title="", kicker="", subtitle="", column="")
    if truth.subtitle and happens(manner.dashed):
        truth = replace(truth, subtitle="——" + truth.subtitle)
    body, truth = _ended(page, body, truth, last)
    body, truth, sign_off = _signed(page, body, truth)
    if happens(manner.half_width):
        body = [text.translate(HALF_WIDTH) for text in body]
    blocks, truth = _body_blocks(page, body, truth, at)
    if sign_off:
        blocks.append((Row(sign_off, (at, "byline", 0)),))
    return SetStory(_head(page, truth, at), _columns(page, blocks), truth)


HALF_WIDTH = str.maketrans("，；：（）！？", ",;:()!?")


def _chosen_body(page: Sheet, copy: Copy) -> list[str]:
    if page.happens(page.manner.briefs):
        return [block for block in copy.body if not is_heading(block)][: page.random.randint(1, 2)]
    keep = page.happens(page.manner.heading)
    return [block for block in copy.body if keep or not is_heading(block)]


def _ended(page: Sheet, body: list[str], truth: ExpectedStory, last: bool) -> tuple[list[str], ExpectedStory]:
    """The body with its jump notes, or broken off."""
    manner = page.manner
    if last and len(body[-1]) > 40 and page.happens(manner.truncated):
        body = [*body[:-1], body[-1][: _break_in(page.random, body[-1], 20)]]
        return body, replace(truth, truncated=True)
    if page.happens(manner.jump_on):
        body = [*body[:-1], body[-1] + "（下转第3版）"]
        truth = replace(truth, continued_on="第3版")
    return body, truth


def _signed(page: Sheet, body: list[str], truth: ExpectedStory) -> tuple[list[str], ExpectedStory, str]:
    """The body with jump note, dateline and sign-off, the bylines, and a sign-off that is a line of its own."""
    names = [page.name() for _ in range(page.random.randint(1, 2))]
    shown = " ".join(map(page.shown, names))
    if truth.continued_from:
        apart = page.happens(page.manner.jump_apart)
        body = [JUMP_NOTE, *body] if apart else [JUMP_NOTE + body[0], *body[1:]]
    elif page.happens(page.manner.dateline):
        truth = replace(truth, dateline="本报讯")
        if page.happens(0.6):
            body = [f"本报讯（记者 {shown}）{body[0]}", *body[1:]]
            return body, replace(truth, bylines=tuple((name, "记者") for name in names)), ""
        body = ["本报讯 " + body[0], *body[1:]]
    if truth.truncated or truth.continued_on or page.happens(0.2):
        return body, truth, ""
    if page.happens(0.5):
        return [*body[:-1], f"{body[-1]}（{shown}）"], replace(truth, bylines=tuple((name, "") for name in names)), ""
    role = page.random.choice(("记者", "记者", "记者 文/摄", "通讯员"))
    first, *rest = role.split()
    bylines = tuple((name, role) for name in names)
    return body, replace(truth, bylines=bylines), " ".join([first, shown, *rest])


JUMP_NOTE = "（上接第1版）"


def _head(page: Sheet, truth: ExpectedStory, at: int) -> tuple[Block, ...]:
    """The headline's lines, each a block or all in one."""
    if not truth.title:
        return ()
    title = Row(("# " if page.marked else "") + truth.title, (at, "title", 0))
    kicker = [Row(truth.kicker, (at, "kicker", 0))] if truth.kicker else []
    above, below = ([], kicker) if page.happens(page.manner.kicker_below) else (kicker, [])
    subtitle = [Row(truth.subtitle, (at, "subtitle", 0))] if truth.subtitle else []
    shown = f"【{truth.column}】" if page.happens(page.manner.bracketed) else truth.column
    column = [Row(shown, (at, "column", 0))] if truth.column else []
    rows = [*column, *above, title, *below, *subtitle]
    return (tuple(rows),) if page.happens(0.2) else tuple((row,) for row in rows)


# Paragraphs and their breaks


def _body_blocks(page: Sheet, body: list[str], truth: ExpectedStory, at: int) -> tuple[list[Block], ExpectedStory]:
    """The blocks of a body; the truth's entries are its texts, in order."""
    blocks: list[Block] = []
    entries: list[Entry] = []
    captions: list[ExpectedCaption] = []
    waiting = [_caption(page, truth, at)] if page.happens(page.manner.caption) and len(page.scenes) else []
    chosen = page.random.randrange(len(body)) if waiting else -1
    for number, text in enumerate(body):
        place = (at, "body", len(entries))
        if text.strip("()（）") == JUMP_NOTE.strip("（）"):  # on a line of its own
            blocks.append((Row(text, (at, "jump", 0)),))
            continue
        if is_heading(text):
            shown, rows = _heading(page, text[2:], (at, "heading", len(entries)))
            entries.append(Entry(shown, heading=True))
            blocks.extend(rows)
            continue
        entries.append(Entry(text))
        between: list[Block] = []
        if waiting and number >= chosen:
            truth_of, between = waiting.pop()
            captions.append(truth_of)
        blocks.extend(_paragraph(page, text, place, between))
    return blocks, replace(truth, body=tuple(entries), captions=tuple(captions))


def _heading(page: Sheet, text: str, place: Place) -> tuple[str, list[Block]]:
    mark = "## " if page.marked else ""
    if not page.happens(page.manner.paired):
        return text, [(Row(mark + text, place),)]
    second = "——" + page.random.choice(SECOND_HEADS)
    if page.happens(0.3):
        return text + second, [(Row(mark + text + second, place),)]
    rows = [Row(mark + text, place), Row(second, place)]
    return text + second, [tuple(rows)] if page.happens(0.3) else [(row,) for row in rows]


def _caption(page: Sheet, truth: ExpectedStory, at: int) -> tuple[ExpectedCaption, list[Block]]:
    random = page.random
    text = random.choice(("", "", "图为")) + page.scenes.pop() + random.choice(("。", "。", ""))
    name, credit = "", ""
    if page.happens(0.7):
        name = page.name() if page.happens(0.7) else random.choice(PROVIDERS)
        credit = f"{page.shown(name)} 摄" if name not in PROVIDERS else f"（{name}供图）"
    if credit.startswith("（") and page.happens(0.5):
        rows: Block = (Row(text, (at, "caption", 0)), Row(credit, (at, "caption", 0)))
    else:
        rows = (Row(text + (random.choice((" ", "\u3000")) + credit if credit else ""), (at, "caption", 0)),)
    return ExpectedCaption("".join(row.text for row in rows), name), [rows]


def _paragraph(page: Sheet, text: str, place: Place, between: list[Block]) -> list[Block]:
    """The paragraph's blocks: broken or not, with what stands in the break or after it."""
    manner = page.manner
    cut = page.happens(manner.caption_in_break) if between else page.happens(manner.broken)
    if not cut or len(text) < 70:
        return [_rows(page, text, place, start=True), *between]
    spot = _break_in(page.random, text, 25, step=manner.wrap, lead=len(page.indent))
    first, second, trim = text[:spot], text[spot:], ""
    if not manner.wrap and page.happens(manner.doubled) and first[-1] != second[0] and _is_han(first[-1]):
        second, trim = first[-1] + second, "[1-]"
    rest = _rows(page, second, place, start=False, trim=trim)
    return [_rows(page, first, place, start=True), *between, rest]


def _rows(page: Sheet, text: str, place: Place, *, start: bool, trim: str = "") -> Block:
    """A paragraph, or a part of one, in one line or hard-wrapped."""
    text = _strewn(page, text)
    if not page.manner.wrap:
        return (Row(text, place, trim),)
    lines, room = [], page.manner.wrap
    text = (page.indent if start else "") + text
    while text:
        end = min(room, len(text))
        while room // 2 < end < len(text) and (text[end] in CLOSING or text[end - 1] in OPENING):
            end -= 1
        lines.append(text[:end])
        text = text[end:]
    return tuple(Row(line, place, trim if number == 0 else "") for number, line in enumerate(lines))


CLOSING = "，。、；：？！）》”’」』】…—,;:?!)%"
OPENING = "（《“‘「『【("


def _break_in(random: Random, text: str, margin: int, step: int = 0, lead: int = 0) -> int:
    """A spot inside a sentence where a column may end: neither side shows a mark there (CLREQ §6.1.1)."""
    spots = [
        spot
        for spot in range(margin, len(text) - margin)
        if _is_plain(text[spot - 1]) and _is_plain(text[spot]) and (not step or (spot + lead) % step == 0)
    ]
    return random.choice(spots) if spots else len(text) // 2


def _is_plain(char: str) -> bool:
    return _is_han(char) or char.isdigit()


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _strewn(page: Sheet, text: str) -> str:
    """The text with an invisible character or a wide space at its end, as layout programs leave them."""
    if page.happens(page.manner.layout) and len(text) > 10:
        spot = page.random.randrange(1, len(text))
        return text[:spot] + page.random.choice(("\u200b", "\ufeff", "\u00ad")) + text[spot:]
    return text + page.random.choice(("", "", " ", "\u3000")) if page.happens(page.manner.layout) else text


# Columns


def _columns(page: Sheet, blocks: list[Block]) -> tuple[tuple[Block, ...], ...]:
    """The blocks in columns; a column may end in mid-sentence."""
    columns: list[list[Block]] = [[]]
    room = page.random.randint(*page.manner.column)
    for block, after in zip(blocks, [*blocks[1:], ()], strict=True):
        if cut := _cut_block(page, block, room) if _size(block) > room else None:
            columns[-1].append(cut[0])
            columns.append([cut[1]])
            room = page.random.randint(*page.manner.column) - _size(cut[1])
            continue
        columns[-1].append(block)
        room -= _size(block)
        captioned = bool(after) and after[0].place[1] == "caption"  # which stays in its column
        if room <= 0 and block[0].place[1] == "body" and not captioned:
            columns.append([])
            room = page.random.randint(*page.manner.column)
    if len(columns) > 1 and (not columns[-1] or columns[-1][0][0].place[1] == "byline"):
        columns[-2:] = [columns[-2] + columns[-1]]
    return tuple(map(tuple, columns))


def _cut_block(page: Sheet, block: Block, room: int) -> tuple[Block, Block] | None:
    """A paragraph cut where the column is full, or None where it stays whole."""
    text = block[0].text
    if page.manner.wrap or len(block) > 1 or block[0].place[1] != "body" or len(text) < 70 or room < 30:
        return None
    if not page.happens(page.manner.cut):
        return None
    spots = [s for s in range(25, len(text) - 25) if _is_plain(text[s - 1]) and _is_plain(text[s])]
    if not spots:
        return None
    spot = min(spots, key=lambda s: abs(s - room))
    return (replace(block[0], text=text[:spot]),), (replace(block[0], text=text[spot:], trim=""),)


def _size(block: Block) -> int:
    return sum(len(row.text) for row in block)
