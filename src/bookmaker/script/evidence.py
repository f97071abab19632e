"""Words against phrases: which of two segmentations decides a character.

OpenCC takes the longest phrase of its table from the left, so it cuts 向下游 into 向下·游 and writes 遊. A second
segmentation, by the frequencies of words, says where words end. Where both agree on a character, nothing is to be
decided; where they don't, a phrase that cuts a word at least as long is no evidence.
"""

from dataclasses import dataclass

from bookmaker.script.tables import opencc, phrases_over
from bookmaker.script.words import Segmenter, Word

#: Between words that are converted apart: in no phrase of any table.
_BETWEEN = "\n\n"
#: No phrase that could decide is longer.
_LONGEST = 8
#: jieba's tags of words whose one character is evidence enough: auxiliary, preposition, conjunction, adverb …
_FUNCTION_TAGS = frozenset("upcydrf")
#: The frequency that a phrase of the table has for the segmenter if it does not know it.
_ORDINARY = 100.0


@dataclass(frozen=True, slots=True)
class _Cut:
    """A text cut into words: their edges, and the characters that no word of their own speaks for.

    These are words of one character that are no function words, and what the segmenter has only guessed.
    """

    text: str
    words: list[Word]
    edges: frozenset[int]
    alone: frozenset[int]


def by_words(text: str, words: list[Word], segmenter: Segmenter) -> str:
    """The text in common Traditional, each character by the phrase or the word that has more evidence."""
    to_common = opencc("s2t")
    whole, apart = to_common(text), _apart(text, words)
    if len(whole) != len(text) or len(apart) != len(text) or whole == apart:
        return whole
    cut = _cut(text, words)
    chosen = list(whole)
    for at, (phrase, word) in enumerate(zip(whole, apart, strict=True)):
        if phrase != word and not _is_evidence(cut, at, phrase, segmenter):
            chosen[at] = word
    return "".join(chosen)


def _apart(text: str, words: list[Word]) -> str:
    """Every word converted by itself."""
    converted = opencc("s2t")(_BETWEEN.join(text[word.start : word.end] for word in words))
    parts, at = [], 0
    for word in words:
        parts.append(converted[at : at + len(word.text)])
        at += len(word.text) + len(_BETWEEN)
    return "".join(parts)


def _cut(text: str, words: list[Word]) -> _Cut:
    edges = frozenset(word.start for word in words) | {len(text)}
    alone = (
        at
        for word in words
        if not word.known or (len(word.text) == 1 and word.tag[0] not in _FUNCTION_TAGS)
        for at in range(word.start, word.end)
    )
    return _Cut(text, words, edges, frozenset(alone))


def _is_evidence(cut: _Cut, at: int, form: str, segmenter: Segmenter) -> bool:
    """True if a phrase that gives `form` is made of whole words, or says more than the words it cuts."""
    text = cut.text
    for a, b in phrases_over(text, at, _LONGEST):
        if opencc("s2t")(text[a:b])[at - a] != form:
            continue
        if a in cut.edges and b in cut.edges:
            return True
        over = [word for word in cut.words if word.start < b and word.end > a]
        if _outweighs(text[a:b], over, segmenter, alone=at in cut.alone):
            return True
    return False


def _outweighs(phrase: str, over: list[Word], segmenter: Segmenter, *, alone: bool) -> bool:
    """True if a phrase says more than the words it cuts."""
    longest = max((len(word.text) for word in over if word.known or not alone), default=0)
    if not alone:
        # The segmenter has weighed the phrases it knows itself.
        return len(phrase) > longest and not segmenter.is_word(phrase)
    rival = max((segmenter.frequency(word.text) for word in over if len(word.text) > 1), default=0.0)
    return len(phrase) > longest or max(segmenter.frequency(phrase), _ORDINARY) >= rival
