"""An imported article as the text of its file: the YAML header with every field, and the body in Markdown.

What stands in the text stays text: characters that Markdown would read as marks are escaped (CommonMark 0.31 §2.4).
"""

import re
from collections.abc import Iterator

from bookmaker.clippings.batch import Imported
from bookmaker.clippings.model import Caption, Name, Part, Story
from bookmaker.clippings.notes import note_of

#: What begins a block in Markdown where a line begins with it.
_BLOCK = re.compile(r"^(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|[-*_=](?:\s*[-*_=])+\s*$|~~~|:\s|\|)")
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")
_INLINE = re.compile(r"[\\`*_\[\]<&]|~~|\^(?=\[)")
#: A plain scalar of YAML that cannot be taken for anything else, in a list or a group too.
_PLAIN = re.compile(r"[\u3400-\u9fff《“‘（〔\U00020000-\U0003ffff][^\n\r\t:#,\[\]{}\"'&*!|>%@`?]*(?<! )")
#: Words that YAML takes for values are not Chinese; a plain scalar begins with a Chinese character.
_TRUNCATED = "（原报此处残缺）"


def article_text(article: Imported) -> str:
    """The whole file of an imported article."""
    header = "\n".join(_header(article))
    return f"---\n{header}\n---\n\n{body_text(article.story)}"


def body_text(story: Story) -> str:
    """The story's text in Markdown: `##` headings, paragraphs with blank lines between."""
    blocks = [block for part in story.parts for block in _blocks(part)]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _blocks(part: Part) -> Iterator[str]:
    if part.heading:
        yield f"## {escaped(part.heading, heading=True)}"
    yield from (escaped(paragraph.text) for paragraph in part.paragraphs)


def escaped(text: str, *, heading: bool = False) -> str:
    """A text as Markdown that means nothing but itself."""
    text = _INLINE.sub(lambda found: "\\" + "\\".join(found[0]), text.replace("\n", " "))
    if heading:
        return re.sub(r"([{}])|(#+)$", lambda found: f"\\{found[1]}" if found[1] else "\\" + "\\".join(found[2]), text)
    return _NUMBERED.sub(r"\1\\", _BLOCK.sub(r"\\", text))


def _header(article: Imported) -> Iterator[str]:
    story = article.story
    yield from _line("kicker", story.kicker)
    yield from _line("title", story.title)
    yield from _line("subtitle", story.subtitle)
    day = story.date or story.masthead.date
    if story.is_pictures:
        yield "draft: true"
    if day:
        yield f"date: {day.isoformat()}"
    yield from _line("dateline", story.dateline)
    if story.bylines:
        yield "bylines:"
        yield from (f"  - {_byline(name)}" for name in story.bylines)
    yield from _source(story)
    yield from _line("column", story.column)
    if story.captions:
        yield "images:"
        yield from (f"  - {_caption(caption)}" for caption in story.captions)
    yield from _line("continued_from", story.continued_from)
    if story.continued_on:
        yield from _line("truncated", f"（下转{story.continued_on}）")
    elif story.truncated:
        yield from _line("truncated", _TRUNCATED)
    yield f"clipping: {{file: {_scalar(story.file)}, lines: {_quoted(lines_of(story))}}}"
    yield from _line("note", note_of(article))


def _line(key: str, value: str) -> Iterator[str]:
    if value:
        yield f"{key}: {_scalar(value)}"


def _source(story: Story) -> Iterator[str]:
    """Where it stood, as far as the page shows: paper, day, page."""
    head = story.masthead
    cited = next((name.name.strip("《》") for name in story.bylines if name.role == "据"), "")
    entries = {
        "publication": head.publication or cited,
        "date": head.date.isoformat() if head.date else "",
        "page": head.page,
        "section": head.section,
    }
    found = {key: value for key, value in entries.items() if value}
    if found:
        written = (f"{key}: {value if key == 'date' else _scalar(value)}" for key, value in found.items())
        yield f"source: {{{', '.join(written)}}}"


def _byline(name: Name) -> str:
    role = f", role: {_scalar(name.role)}" if name.role else ""
    return f"{{name: {_scalar(name.name)}{role}}}"


def _caption(caption: Caption) -> str:
    words = {"caption": caption.text, "credit": caption.credit}
    return f"{{{', '.join(f'{key}: {_scalar(value)}' for key, value in words.items() if value)}}}"


def lines_of(story: Story) -> str:
    """The lines of a story's own page: 7-133, or 15-17, 48-56."""
    runs: list[list[int]] = []
    for line in story.lines:
        if runs and line - runs[-1][1] <= 2:  # blank lines part paragraphs
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _scalar(value: str) -> str:
    return value if _PLAIN.fullmatch(value) and len(value) <= 200 else _quoted(value)


def _quoted(value: str) -> str:
    """A double-quoted scalar of YAML 1.1 §5.7."""
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(c, c) for c in value) + '"'
