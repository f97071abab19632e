"""The sentences of the project's own articles, as they can stand in any paragraph of any language of markup."""

import re
from functools import cache
from pathlib import Path

_ARTICLES = Path(__file__).parents[2] / "content" / "articles"
_SENTENCE = re.compile(r"[^。！？]+[。！？][”’）》]*")
#: Nothing that Markdown, Typst, LaTeX (but for %) or HTML would read as markup.
_PLAIN = re.compile(r"[\w，、；：。！？“”‘’（）《》％%·—…．.℃+]+")
_HAN = re.compile("[\u4e00-\u9fff]{4,}")
_PAIRS = (("“", "”"), ("‘", "’"), ("（", "）"), ("《", "》"))
_LENGTHS = range(12, 90)


@cache
def sentences() -> tuple[str, ...]:
    """Every sentence once, sorted."""
    texts = (path.read_text(encoding="utf-8").split("---\n", 2)[2] for path in sorted(_ARTICLES.rglob("*.md")))
    paragraphs = (block.replace("\n", "") for text in texts for block in text.split("\n\n"))
    found = (sentence for paragraph in paragraphs for sentence in _SENTENCE.findall(paragraph))
    return tuple(sorted({sentence for sentence in found if _is_usable(sentence)}))


@cache
def phrases() -> tuple[str, ...]:
    """Runs of Chinese characters between marks: what titles and cells of tables are made of."""
    runs = {run for sentence in sentences() for run in _HAN.findall(sentence)}
    return tuple(sorted(run for run in runs if 6 <= len(run) <= 16))


def han_run(sentence: str) -> re.Match[str] | None:
    """The first run of Chinese characters in a sentence."""
    return _HAN.search(sentence)


def _is_usable(sentence: str) -> bool:
    if len(sentence) not in _LENGTHS or not _PLAIN.fullmatch(sentence) or "_" in sentence:
        return False
    return all(sentence.count(opening) == sentence.count(closing) for opening, closing in _PAIRS)
