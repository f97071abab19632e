"""Explaining a classification: for every article a block of lines that say what was decided and why."""

from collections.abc import Iterable, Iterator

from bookmaker.classification.model import Classified, DecidedBy, Score, Verdict

#: Words shown for a theme, and themes shown for a text.
_WORDS, _THEMES = 8, 2


def explain(articles: Iterable[Classified]) -> Iterator[str]:
    """The lines of `classify --explain`; a blank one between two articles."""
    for index, article in enumerate(articles):
        if index:
            yield ""
        yield f"{article.file}: {article.title}"
        yield f"    {_decision(article.themes, article.decided_by, article.verdict)}"
        yield from _reasons(article.verdict, " " * 8)
        for section in article.sections:
            if section.heading:
                sent = f", sent with {{theme={section.sent}}}" if section.sent else ""
                themes = (section.theme,) if section.theme else ()
                decision = _decision(themes, section.decided_by, section.verdict)
                yield f"    line {section.line}, section “{section.heading}”: {decision}{sent}"
                yield from _reasons(section.verdict, " " * 8)
        for paragraph in article.paragraphs:
            verdict = paragraph.verdict
            words = _words(verdict.scores[0]) if verdict.theme else "nothing enough"
            yield f"    line {paragraph.line}, paragraph: {verdict.theme or 'none of them'} — {words}"


def _decision(themes: tuple[str, ...], decided_by: DecidedBy, verdict: Verdict) -> str:
    said = ", ".join(themes) or "none of them"
    counted = f"margin {verdict.margin:.1f}, sure {verdict.sure:.2f}"
    if decided_by is DecidedBy.SCORE:
        return f"{said} ({counted})"
    return f"{said}, the editor's word (the score says {verdict.theme or 'none of them'}; {counted})"


def _reasons(verdict: Verdict, indent: str) -> Iterator[str]:
    """The words that counted for the best theme and for its rival."""
    for score in verdict.scores[:_THEMES]:
        if score.evidence:
            yield f"{indent}{score.theme} {score.points:.1f}: {_words(score)}"


def _words(score: Score) -> str:
    shown = [
        f"{one.word}{f' ×{one.times}' if one.times > 1 else ''} {one.points:+.1f}" for one in score.evidence[:_WORDS]
    ]
    more = len(score.evidence) - _WORDS
    return "、".join(shown) + (f" and {more} more" if more > 0 else "")
