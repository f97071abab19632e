"""Word files become clippings: the paragraphs of a .docx in the order of its body, and what their styles say.

ECMA-376 part 1 (WordprocessingML) gives the elements; word_package unpacks the file, word_styles reads the styles.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from bookmaker.clippings.masthead import is_masthead
from bookmaker.clippings.model import Clipping
from bookmaker.clippings.readers.encodings import shown
from bookmaker.clippings.readers.plain import Block, lay_out
from bookmaker.clippings.readers.word_package import name_of, read_parts, value_of
from bookmaker.clippings.readers.word_styles import Style, named_style, outlined, read_styles

_WORDS = frozenset(
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
)
#: Elements whose text is not on the page: what was struck out or moved away, field codes, readings, settings.
_PASSED_OVER = frozenset(
    (
        "del",
        "moveFrom",
        "instrText",
        "delInstrText",
        "delText",
        "rt",
        "pPr",
        "rPr",
        "sdtPr",
        "tblPr",
        "trPr",
        "tcPr",
        "sectPr",
    )
)
_NOTES = frozenset(("footnoteReference", "endnoteReference"))
_OFF = frozenset(("0", "false", "off", "none"))


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read; paragraphs of text boxes that hang on it come after it."""

    style: Style
    texts: list[str | None] = field(default_factory=list)  # None is a line break
    boxed: list["_Paragraph"] = field(default_factory=list)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple("".join("\n" if text is None else text for text in self.texts).split("\n"))


def read_word(data: bytes, file: str) -> Clipping:
    """The clipping of a .docx. Raises `UnreadableError` if it is damaged, locked, or would grow beyond bounds."""
    parts = read_parts(data)
    dropped: Counter[tuple[str, str]] = Counter()
    paragraphs = list(_flattened(_paragraphs(parts.body, read_styles(parts.styles), dropped)))
    lines = lay_out(_blocks(paragraphs, dropped))
    return Clipping(file, lines, dropped=tuple(_listed(dropped)))


def _paragraphs(
    root: etree._Element, styles: dict[str, Style], dropped: Counter[tuple[str, str]]
) -> Iterator[_Paragraph]:
    """The paragraphs of the body as they end, tables and content controls gone into, in the order of the file."""
    within: list[_Paragraph] = []
    hidden = False
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = name_of(element)
        if event == "end":
            if name == "p" and within and _is_of_word(element):
                ended = within.pop()
                if within:
                    within[-1].boxed.append(ended)
                else:
                    yield ended
        elif name in _PASSED_OVER or (name == "Fallback" and _has_choice(element)):
            walk.skip_subtree()
        elif name == "p" and _is_of_word(element):
            within.append(_Paragraph(_style_of(element, styles, dropped)))
        elif within and name == "r":
            hidden = _is_hidden(element)
        elif within:
            _read_piece(name, element, within[-1], hidden, dropped)


def _read_piece(
    name: str, element: etree._Element, paragraph: _Paragraph, hidden: bool, dropped: Counter[tuple[str, str]]
) -> None:
    if name == "t" and hidden:
        dropped[shown(element.text or ""), "hidden text"] += 1
    elif name == "t":
        paragraph.texts.append(shown(element.text or "").replace("\n", " "))
    elif name in ("tab", "ptab"):
        paragraph.texts.append(" ")
    elif name == "noBreakHyphen":
        paragraph.texts.append("-")
    elif name in ("br", "cr"):
        paragraph.texts.append(None)
    elif name in _NOTES:
        dropped["", "notes at the foot of the page or the end"] += 1
    elif name == "sym":
        dropped[f"sign {value_of(element, 'char')}", f"a sign of the font “{value_of(element, 'font')}”, no text"] += 1


def _style_of(paragraph: etree._Element, styles: dict[str, Style], dropped: Counter[tuple[str, str]]) -> Style:
    properties = paragraph[0] if len(paragraph) and name_of(paragraph[0]) == "pPr" else None
    style = Style()
    for child in () if properties is None else properties:
        if name_of(child) == "pStyle":
            style = styles.get(value_of(child)) or named_style(value_of(child))
        elif name_of(child) == "numPr":
            dropped["", "numbers that Word sets by itself, which are no text"] += 1
    return style if properties is None or style.mark or style.title else outlined(properties, style)


def _is_hidden(run: etree._Element) -> bool:
    properties = run[0] if len(run) and name_of(run[0]) == "rPr" else ()
    return any(name_of(child) == "vanish" and value_of(child) not in _OFF for child in properties)


def _has_choice(fallback: etree._Element) -> bool:
    """True if the same content stands before it in a form for newer programs (ECMA-376 part 3 §7.5)."""
    return any(name_of(sibling) == "Choice" for sibling in fallback.itersiblings(preceding=True))


def _flattened(paragraphs: Iterator[_Paragraph]) -> Iterator[_Paragraph]:
    """Paragraphs, each followed by those of the text boxes that hang on it."""
    waiting: list[_Paragraph] = []
    for paragraph in paragraphs:
        waiting.append(paragraph)
        while waiting:
            ended = waiting.pop()
            yield ended
            waiting.extend(reversed(ended.boxed))


def _blocks(paragraphs: list[_Paragraph], dropped: Counter[tuple[str, str]]) -> Iterator[Block]:
    """The paragraphs as blocks; where the document has a title (Word's style of that name), headings are its parts."""
    is_titled = any(map(_is_title, paragraphs))
    for paragraph in paragraphs:
        style = paragraph.style
        if style.contents:
            dropped["".join(paragraph.lines), "a table of contents"] += 1
        else:
            is_part = is_titled and style.level > 0 and not style.title
            yield Block(paragraph.lines, style.mark, min(style.level + is_part, 6))


def _is_title(paragraph: _Paragraph) -> bool:
    """True for the title of a story; the paper's name and day in that style are none."""
    text = " ".join(paragraph.lines).strip()
    return paragraph.style.title and text != "" and not is_masthead(text)


def _listed(dropped: Counter[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What was left out, each once; what has no text of its own with its number."""
    for (text, why), count in dropped.items():
        yield text or f"{count}", why


def _is_of_word(element: etree._Element) -> bool:
    """True for an element of WordprocessingML; drawings have paragraphs (`a:p`) of their own."""
    return isinstance(element.tag, str) and element.tag[1:].partition("}")[0] in _WORDS
