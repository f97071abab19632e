"""The text inside XHTML fragments, as paragraphs that can be read and written while every mark stays.

A paragraph is a list of texts: those of one block in reading order, cut where inline marks stand.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from lxml import etree

from bookmaker.script.scripts import Script

#: The texts of one paragraph, cut where inline marks stand.
Paragraph: TypeAlias = list[str]
#: What is done to paragraphs that follow one another; the lengths of their texts may change, their number may not.
PassageFunction: TypeAlias = Callable[[list[Paragraph]], list[Paragraph]]

_EPUB = "http://www.idpf.org/2007/ops"
#: What a machine reads, or what is not Chinese prose.
_KEPT = frozenset({"code", "pre", "kbd", "samp", "script", "style", "math", "rt", "svg", "var"})
#: Blocks that follow one another as running text: a quotation may run on from one to the next.
_RUNNING = frozenset({"p", "li", "dd", "blockquote"})
_BLOCKS = _RUNNING | {"td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption", "dt", "root"}
_BLOCKS |= {"div", "section", "aside", "figure", "ul", "ol", "dl", "table", "thead", "tbody", "tr"}
_READ_ATTRIBUTES = ("alt", "title", "aria-label")
_VOID = frozenset({"br", "hr", "img", "col", "wbr"})

#: Where a span keeps its own form in a script: [台]{tw=臺 hk=台}.
_FORMS = {Script.HANT_TW: "data-tw", Script.HANT_HK: "data-hk"}

_Slot: TypeAlias = tuple[etree._Element, str]

#: What most fragments are, a paragraph of plain words, is read without a parser.
_PLAIN = re.compile(r"<p>([^<&]*[^<&\s][^<&]*)</p>")


@dataclass(frozen=True, slots=True)
class _Block:
    """The places of one block's own text."""

    running: bool
    slots: list[_Slot]

    def texts(self) -> Paragraph:
        return [getattr(element, side) for element, side in self.slots]

    def write(self, texts: Paragraph) -> None:
        for (element, side), text in zip(self.slots, texts, strict=True):
            setattr(element, side, text)


@dataclass(slots=True)
class _Plain:
    """A paragraph of plain words."""

    words: str
    running = True

    def texts(self) -> Paragraph:
        return [self.words]

    def write(self, texts: Paragraph) -> None:
        (self.words,) = texts


def rewrite(fragments: Sequence[str], function: PassageFunction, script: Script | None = None) -> list[str]:
    """Fragments that follow one another, with `function` done to what a reader sees of them.

    Running text is given to it as one passage; a heading, a cell, a caption and an alternative text is a
    passage of its own. A fragment in which nothing changes comes back as it was, to the byte. Words with a form
    of their own in `script` get that form.
    """
    plain = [_Plain(found[1]) if (found := _PLAIN.fullmatch(fragment)) else None for fragment in fragments]
    parsed = [None if words else _parse(fragment) for words, fragment in zip(plain, fragments, strict=True)]
    roots = [root for root in parsed if root is not None]
    before = {id(root): _all_texts(root) for root in roots}
    blocks: list[_Block | _Plain] = []
    for words, root in zip(plain, parsed, strict=True):
        blocks += [words] if words else [] if root is None else _blocks(root)
    running = [block for block in blocks if block.running]
    for block, texts in zip(running, function([block.texts() for block in running]), strict=True):
        block.write(texts)
    for block in blocks:
        if not block.running:
            block.write(function([block.texts()])[0])
    for root in roots:
        for element, name in _attributes(root):
            element.set(name, function([[element.get(name, "")]])[0][0])
        _write_forms(root, script)
    return [
        (fragment if fragment[3:-4] == words.words else f"<p>{escape(words.words, quote=False)}</p>")
        if words
        else (fragment if root is None or _all_texts(root) == before[id(root)] else _serialise(root))
        for fragment, words, root in zip(fragments, plain, parsed, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a fragment: its text, and which of its characters have a form of their own in a script."""

    fragment: int
    text: str
    settled: frozenset[int] = frozenset()


def passages_in(fragments: Sequence[str], script: Script | None = None) -> list[list[Passage]]:
    """The passages of fragments that follow one another, each as its paragraphs."""
    found: list[list[Passage]] = [[]]
    for index, fragment in enumerate(fragments):
        if words := _PLAIN.fullmatch(fragment):
            found[0].append(Passage(index, words[1]))
            continue
        root = _parse(fragment)
        for block in _blocks(root):
            paragraph = Passage(index, "".join(block.texts()), frozenset(_formed(block, script)))
            if block.running:
                found[0].append(paragraph)
            else:
                found.append([paragraph])
        found += [[Passage(index, element.get(name, ""))] for element, name in _attributes(root)]
    return found


def passages(fragments: Sequence[str]) -> list[list[tuple[int, str]]]:
    """The same as each paragraph's fragment and text alone."""
    return [[(paragraph.fragment, paragraph.text) for paragraph in passage] for passage in passages_in(fragments)]


def _formed(block: _Block, script: Script | None) -> Iterator[int]:
    """The characters of a block to which a span gives their form."""
    name, at = _FORMS.get(script) if script else None, 0
    for (element, side), text in zip(block.slots, block.texts(), strict=True):
        if name and side == "text" and element.get(name):
            yield from range(at, at + len(text))
        at += len(text)


def words_of(fragment: str) -> str:
    """What a heading says, without readings and note calls."""
    return "".join(_words(_parse(fragment))).strip()


def _write_forms(root: etree._Element, script: Script | None) -> None:
    """Give the words whose Traditional form the editor wrote that form, whatever stands there."""
    name = _FORMS.get(script) if script else None
    for element in root.iter("span") if name else ():
        if (form := element.get(str(name))) and not any(map(_is_kept, (element, *element.iterancestors()))):
            element.text = form


def recut(texts: Sequence[str], pieces: Iterable[tuple[int, str]]) -> Paragraph:
    """A paragraph's texts anew, when some words in it have become longer or shorter.

    `pieces` are the new words in order, each with the length of the old ones; together they cover all texts.
    A piece as long as before is cut where the texts were cut, another stands where it began.
    """
    ends, end = [], 0
    for text in texts:
        end += len(text)
        ends.append(end)
    found = [""] * len(texts)
    at = 0
    for length, new in pieces:
        if len(new) == length:
            for offset, character in enumerate(new):
                found[bisect_right(ends, at + offset)] += character
        elif found:
            found[min(bisect_right(ends, at), len(ends) - 1)] += new
        at += length
    return found


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag != "rt" and not _is_call(child):
            yield from _words(child)
        yield child.tail or ""


def _parse(fragment: str) -> etree._Element:
    return etree.fromstring(f'<root xmlns:epub="{_EPUB}">{fragment}</root>')


def _serialise(root: etree._Element) -> str:
    for element in root.iter():
        if element.text is None and element.tag not in _VOID:
            element.text = ""  # an empty element stays open: <td></td>
    inner = etree.tostring(root, encoding="unicode")
    return inner[inner.index(">") + 1 : inner.rindex("</root>")]


def _all_texts(root: etree._Element) -> list[str]:
    return ["".join(root.itertext()), *(element.get(name, "") for element, name in _attributes(root))]


def _blocks(element: etree._Element) -> Iterator[_Block]:
    """The blocks with text of their own, in reading order."""
    if _is_kept(element):
        return
    if element.tag in _BLOCKS:
        slots = list(_slots(element))
        if any(getattr(holder, side).strip() for holder, side in slots):
            yield _Block(element.tag in _RUNNING, slots)
    for child in element:
        yield from _blocks(child)


def _slots(block: etree._Element) -> Iterator[_Slot]:
    if block.text:
        yield block, "text"
    for child in block:
        if child.tag not in _BLOCKS and not _is_kept(child) and not _is_call(child):
            yield from _slots(child)
        if child.tail:
            yield child, "tail"


def _attributes(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    if _is_kept(element):
        return
    yield from ((element, name) for name in _READ_ATTRIBUTES if element.get(name))
    for child in element:
        yield from _attributes(child)


def _is_kept(element: etree._Element) -> bool:
    language = element.get("lang", "zh")
    return element.tag in _KEPT or element.get("translate") == "no" or not language.lower().startswith("zh")


def _is_call(element: etree._Element) -> bool:
    """The number that calls a footnote: it stands in the line, and is none of its words."""
    return element.get(f"{{{_EPUB}}}type") == "noteref"
