"""What stands in a line: an element's inline content as spans, each of one style, with what it means to a reader."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bookmaker.makeup.styles import ForeignError, Style, Styled, content_of

_SPACES = re.compile(r"[ \t\n\r\f]+")
#: A forced break until white space is collapsed: a line end of the source is white space.
_LINE_BREAK = "\u2028"


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """An inline structure element: two of the same words are still two.

    `target` is where a link leads (`#id` or an address), `words` what it is called; `id` makes the place it begins at
    one that can be pointed at. `element` is no structure element if its name is empty.
    """

    name: str
    target: str = ""
    words: str = ""
    id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one style, and the inline elements around it, outermost first.

    `hole` is the id whose page number the text stands for. A `raised` span is a note's number, or letters above or
    below the line. `hand` is what is drawn by the characters (dots, a line, a wave), `reading` what stands over the one
    character of the span. `picture` is the source of a picture in the line, whose text is U+FFFC. `before` and `after`
    are margins around it, in pt.
    """

    text: str
    style: Style
    path: tuple[Tag, ...] = ()
    hole: str = ""
    raised: bool = False
    hand: tuple[str, Tag] | None = None
    reading: "Span | None" = None
    picture: str = ""
    language: str = ""
    note: str = ""
    before: float = 0.0
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Folios:
    """How a page number is written before the pages are known: as many noughts as it will have figures."""

    figures: Mapping[str, int]

    def stand_in(self, target: str) -> str:
        """What has the width of the number of the page on which a place will be."""
        return "0" * self.figures.get(target, 1)


class InlineReader:
    """Reads the inline content of block elements of one section; `styled` are its elements' styles."""

    def __init__(self, styled: Mapping[Any, Styled], folios: Folios) -> None:
        self._styled = styled
        self._folios = folios
        #: The ids whose page numbers were read.
        self.holes: list[str] = []

    def spans(self, element: Any, *, path: tuple[Tag, ...] = ()) -> list[Span]:
        """The spans of a block element's inline content, white space collapsed (CSS Text 3 §4.1).

        `path` are the inline elements that the whole of it stands in.
        """
        found = _parted(list(self._inside(element, self._styled[element].style, path, None)))
        style = self._styled[element].style
        if style.keep_spaces:
            return [replace(span, text=span.text.replace(_LINE_BREAK, "\n")) for span in found]
        return _collapsed(found)

    def parts(self, element: Any, blocks: frozenset[str]) -> Iterator[Any]:
        """What an element holds that has both: lists of spans, and the block elements between them."""
        style = self._styled[element].style
        group = list(self._pseudo(element, "before", ()))
        if element.text:
            group.append(Span(element.text, style))
        for child in element:
            if isinstance(child.tag, str) and child.tag in blocks:
                yield _collapsed(_parted(group))
                yield child
                group = []
            elif isinstance(child.tag, str):
                group += self._child(child, (), None)
            if child.tail:
                group.append(Span(child.tail, style))
        yield _collapsed(_parted(group))

    def _inside(
        self, element: Any, style: Style, path: tuple[Tag, ...], hand: tuple[str, Tag] | None
    ) -> Iterator[Span]:
        yield from self._pseudo(element, "before", path)
        if element.text:
            yield Span(element.text, style, path, hand=hand)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._child(child, path, hand)
            if child.tail:
                yield Span(child.tail, style, path, hand=hand)
        yield from self._pseudo(element, "after", path)

    def _pseudo(self, element: Any, name: str, path: tuple[Tag, ...]) -> Iterator[Span]:
        style = self._styled[element].pseudo.get(name)
        if style is None or style.content is None or style.display == "none":
            return
        for kind, words in content_of(style.content, element.attrib, "".join(element.itertext())):
            if kind == "text":
                yield Span(words, style, path)
            elif kind == "page":
                self.holes.append(words)
                yield Span(self._folios.stand_in(words), style, path, hole=words)
            else:
                raise ForeignError(f"content: counter({words}) in running text")

    def _child(self, child: Any, path: tuple[Tag, ...], hand: tuple[str, Tag] | None) -> Iterator[Span]:
        styled = self._styled[child]
        style = styled.style
        if style.display == "none":
            return
        if styled.foreign:
            raise ForeignError(styled.foreign)
        name, kind = child.tag, child.get("class") or ""
        if name == "br":
            yield Span(_LINE_BREAK, style, path)
        elif name == "img":
            yield Span(
                "\ufffc", style, (*path, Tag("Figure", words=child.get("alt", ""))), picture=child.get("src", "")
            )
        elif name in ("sup", "sub"):
            # As a note's number it clings to what stands before it, and no blank is set between.
            yield from (replace(span, raised=True) for span in self._inside(child, style, path, hand))
        elif name == "ruby":
            yield from self._ruby(child, style, path, hand)
        elif name == "a" and "note-call" in kind.split():
            yield self._call(child, path)
        elif name == "a":
            words = "".join(child.itertext())
            tag = Tag("Link", child.get("href", ""), words, id=child.get("id", ""))
            yield from self._inside(child, style, (*path, tag), hand)
        elif style.display not in ("inline", "block"):
            raise ForeignError(f"<{name}> in a line is {style.display}")
        else:
            own = (kind, Tag("")) if kind in _HANDS else hand
            yield from _surrounded(list(self._inside(child, style, path, own)), style)

    def _call(self, child: Any, path: tuple[Tag, ...]) -> Span:
        """A call of a note, styled as `.footnote::footnote-call` says; the section's first such element has it."""
        number = "".join(child.itertext())
        note = child.get("href", "").removeprefix("#")
        style = self._styled[child].pseudo.get("footnote-call", self._styled[child].style)
        tag = Tag("Link", f"#{note}", number, id=child.get("id", ""))
        left, right = style.margin[3] + style.padding[3], style.margin[1] + style.padding[1]
        return Span(number, style, (*path, Tag("Reference"), tag), raised=True, note=note, before=left, after=right)

    def _ruby(self, child: Any, style: Style, path: tuple[Tag, ...], hand: tuple[str, Tag] | None) -> Iterator[Span]:
        """A character and what stands over it (CLREQ §3.3.4); `Ruby` is a base and its reading (ISO 32000-1 §14.8)."""
        over = next((each for each in child if each.tag == "rt"), None)
        ruby = Tag("Ruby")
        inner = (*path, ruby)
        base = child.text or ""
        if over is None or len(base) != 1:
            yield from self._inside(child, style, path, hand)
            return
        reading = Span("".join(over.itertext()), self._styled[over].style, (*inner, Tag("RT")))
        yield Span(base, style, (*inner, Tag("RB")), hand=hand, reading=reading)


def _surrounded(spans: list[Span], style: Style) -> list[Span]:
    """The spans of an inline element with its margins and paddings before the first and behind the last."""
    left, right = style.margin[3] + style.padding[3], style.margin[1] + style.padding[1]
    if spans and (left or right) and style.display == "inline":
        spans[0] = replace(spans[0], before=spans[0].before + left)
        spans[-1] = replace(spans[-1], after=spans[-1].after + right)
    return spans


_HANDS = frozenset({"dots", "name-line", "title-line"})


#: What parts two calls side by side: 4 and 5 are not 45.
_BETWEEN_CALLS = ","


def _parted(spans: list[Span]) -> list[Span]:
    """Calls of notes side by side are parted, or they would read as one number."""
    found: list[Span] = []
    for span in spans:
        before = found[-1] if found else None
        if span.note and before is not None and before.note:
            found.append(Span(_BETWEEN_CALLS, span.style, span.path[:-2], raised=True))
        found.append(span)
    return found


def _collapsed(spans: list[Span]) -> list[Span]:
    """White space collapsed to one space, none at the ends."""
    found: list[Span] = []
    ends_in_space = True
    for span in spans:
        text = _SPACES.sub(" ", span.text).replace(_LINE_BREAK, "\n")
        if ends_in_space:
            text = text.lstrip(" ")
        if text:
            ends_in_space = text[-1] in " \n"
            found.append(replace(span, text=text) if text != span.text else span)
    while found and not found[-1].text.rstrip(" "):
        found.pop()
    if found and found[-1].text.endswith(" "):
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    return found
