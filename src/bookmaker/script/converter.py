"""Converting plain text, and what a reader sees of XHTML, from Simplified to Traditional.

Characters by `characters.py`, then the switches (`variants.py`) and the glossary of the volume. The vocabulary is
left alone otherwise: `s2twp` would make 项目 專案, which no official text means.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from bookmaker.script.characters import Characters, Conversion
from bookmaker.script.fragments import Paragraph, recut, rewrite
from bookmaker.script.scripts import Script
from bookmaker.script.variants import Choices, apply

_NO_CHOICES = Choices()
_NO_GLOSSARY: Mapping[str, str] = MappingProxyType({})


class Converter:
    """Converts to one Traditional script; `glossary` exchanges words (打印 for 列印), by explicit wish only."""

    def __init__(
        self,
        script: Script,
        characters: Characters | None = None,
        *,
        choices: Choices = _NO_CHOICES,
        glossary: Mapping[str, str] = _NO_GLOSSARY,
    ) -> None:
        self._script = script
        self._characters = characters or Characters(script)
        self._choices = choices
        self._glossary = dict(sorted(glossary.items(), key=lambda entry: -len(entry[0])))

    def text(self, text: str) -> str:
        """Plain text, as one paragraph."""
        return "".join(new for _, new in self._pieces(text))

    def passage(self, fragments: Sequence[str]) -> list[str]:
        """Fragments of XHTML blocks: what a reader sees is converted, marks and machine words are not."""
        return rewrite(fragments, lambda paragraphs: list(map(self.paragraph, paragraphs)), self._script)

    def paragraph(self, texts: Paragraph) -> Paragraph:
        """A paragraph's texts converted as one, so that words cross its inline marks."""
        return recut(texts, self._pieces("".join(texts)))

    def _pieces(self, text: str) -> Iterator[tuple[int, str]]:
        """The new text in pieces, each with the length of the old one."""
        conversion = self._characters.convert(text)
        kept = {at for hit in conversion.protected for at in range(hit.start, hit.end)}
        for start, end, word in self._exchanged(text, kept):
            if word is not None:
                yield end - start, word
            else:
                yield from self._chosen(conversion, start, end, kept)

    def _exchanged(self, text: str, kept: set[int]) -> Iterator[tuple[int, int, str | None]]:
        """The text cut where the glossary exchanges a word; `None` between."""
        done = at = 0
        while self._glossary and at < len(text):
            word = next((word for word in self._glossary if text.startswith(word, at)), None)
            if word is None or kept.intersection(range(at, at + len(word))):
                at += 1
                continue
            yield done, at, None
            yield at, at + len(word), self._glossary[word]
            done = at = at + len(word)
        yield done, len(text), None

    def _chosen(self, conversion: Conversion, start: int, end: int, kept: set[int]) -> Iterator[tuple[int, str]]:
        """A stretch with the switches applied to all but protected terms."""
        for first, last in _runs(start, end, kept):
            forms = conversion.forms[first:last]
            whole = "".join(forms)
            if len(whole) != last - first:
                yield from ((1, form) for form in forms)  # a term of another length
            else:
                yield last - first, whole if first in kept else apply(whole, self._choices)


def _runs(start: int, end: int, kept: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The stretch cut between what is kept and what is not."""
    within = set(kept)
    first = start
    for at in range(start + 1, end + 1):
        if at == end or (at in within) != (at - 1 in within):
            yield first, at
            first = at
