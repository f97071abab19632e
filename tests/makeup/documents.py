"""Articles of every construct at random, and what must be read from their pages.

Body, notes and heads of tables are written in alphabets that share nothing: a program reads a page from top to
bottom, notes and repeated heads between the text, and so each can be compared with what was written.
"""

from __future__ import annotations

import re
from random import Random

from lxml import etree

BODY = "大桥今天通车河宽路平人来城里月日市场开张工厂学校老师生东西南北山水地用品买卖"
NOTE = "注释出处见于报载原文另有说法据称疑误勘"
HEAD = "栏目类别项序栋"
READING = "yú"
_MARKS = ("，", "。", "、", "：“", "”", "（", "）", "——", "……", "；")
_WHITE = re.compile(r"[\s\u00ad\u200b]+")
_EPUB = "http://www.idpf.org/2007/ops"


class Writer:
    """Writes one article."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._notes: list[str] = []
        self._count = 0

    def article(self) -> str:
        """Its Markdown, with the notes it calls."""
        found, level = [], 1
        for _ in range(self._random.randint(1, 10)):
            if self._random.random() < 0.25:
                level = min(level + 1, self._random.choice([2, 3, 4])) if level > 1 else 2
                found.append("#" * level + " " + self._words(BODY).replace("\\\n", ""))
            found.append(self._block(BODY, 0))
        return "\n\n".join([*found, *self._notes])

    def _han(self, alphabet: str, most: int) -> str:
        return "".join(self._random.choice(alphabet) for _ in range(self._random.randint(1, most)))

    def _words(self, alphabet: str) -> str:
        pieces = [self._piece(alphabet) for _ in range(self._random.randint(1, 6))]
        return "".join([alphabet[0], *pieces, alphabet[1]])

    def _piece(self, alphabet: str) -> str:
        draw = self._random.choice
        text = self._han(alphabet, draw([3, 8, 30]))
        plain = (text, text, text, draw(_MARKS), f"第{self._random.randint(1, 2999)}节", " BIM ", "The bridge is open")
        marked = (f"**{text}**", f"*{text}*", f"~~{text}~~", f"`{text}`", f"[{text}]{{.dots}}", f"[{text}]{{.name}}")
        other = (f"[{text[0]}]{{ruby={READING}}}", f"[{text}](https://example.org/)", "![图](tiny.png)", "\\\n")
        kind = self._random.random()
        if kind < 0.1 and alphabet is BODY:
            return self._call()
        return draw(plain if kind < 0.6 else marked if kind < 0.85 else other)

    def _call(self) -> str:
        if self._count and self._random.random() < 0.2:
            return f"[^{self._random.randint(1, self._count)}]"
        self._count += 1
        number = self._count
        words = "注" + self._words(NOTE) + self._han(NOTE, self._random.choice([1, 40, 40, 1500]))
        if self._random.random() < 0.3:
            words += "\n\n" + _indented(self._block(NOTE, 2), 4)
        self._notes.append(f"[^{number}]: {words}")
        return f"[^{number}]" + (self._call() if self._random.random() < 0.2 else "")

    def _block(self, alphabet: str, depth: int) -> str:
        kind = self._random.random()
        if depth > 3 or kind < 0.45:
            return self._words(alphabet)
        if kind < 0.62:
            return self._list(alphabet, depth)
        if kind < 0.72:
            return "\n".join(f"> {line}" for line in self._block(alphabet, depth + 1).split("\n"))
        if kind < 0.82:
            lines = (self._random.choice(["", "    ", "\t"]) + self._han(alphabet, 60) for _ in range(5))
            return "\n".join(["```", *lines, "x" * 90, "```"])
        if kind < 0.96:
            return self._table(alphabet)
        return "***" if depth == 0 else "![图](tiny.png)"

    def _list(self, alphabet: str, depth: int) -> str:
        mark = self._random.choice(["- ", "1. ", "7. ", "1998. "])
        items = []
        for _ in range(self._random.randint(1, 4)):
            more = "\n\n" + self._block(alphabet, depth + 1) if self._random.random() < 0.4 else ""
            items.append(mark + _indented(self._words(alphabet) + more, len(mark)).lstrip())
        return "\n".join(items)

    def _table(self, alphabet: str) -> str:
        columns = self._random.randint(1, 6)
        rows = [[self._han(HEAD, 6) for _ in range(columns)], ["---"] * columns]
        for _ in range(self._random.choice([3, 30])):
            rows.append([self._cell(alphabet) for _ in range(columns)])
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _cell(self, alphabet: str) -> str:
        if self._random.random() < 0.7:
            return self._random.choice([self._han(alphabet, 6), str(self._random.randint(1, 99999))])
        words = self._words(alphabet).replace("\\\n", "")
        # A note ends with the page wherever that is, even within a row of a table: then a number may be read in two.
        return words if alphabet is BODY else words.replace("节", "")


def written(xhtml: str) -> tuple[str, str]:
    """What a section says: its text and its notes, without white."""
    root = etree.fromstring(f'<root xmlns:epub="{_EPUB}">{xhtml}</root>')
    notes = "".join("".join(note.itertext()) for note in root.iter("aside"))
    for part in [*root.iter("aside"), *root.xpath("//section[@class='notes']")]:
        part.clear(keep_tail=True)
    return closed("".join(root.itertext())), closed(notes)


def closed(text: str) -> str:
    """The text without white and signs for breaks."""
    return _WHITE.sub("", text)


def numbers(text: str) -> list[str]:
    """The numbers that were written among the words, in order.

    A reading is read behind its line, which in a narrow cell may end between 第 and the number.
    """
    return re.findall(r"第(\d+)节", text.replace(READING, ""))


def only(text: str, alphabet: str) -> str:
    """The characters of an alphabet, in order."""
    return "".join(character for character in text if character in alphabet)


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line if line.strip() else line for line in text.split("\n"))
