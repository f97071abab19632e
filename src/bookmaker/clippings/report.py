"""The report of an import: one record an article for `--json`, and rows for the terminal's table."""

from collections.abc import Iterable, Iterator
from typing import Any

from bookmaker.clippings.batch import Imported
from bookmaker.clippings.model import Account, Guess, Page, Use
from bookmaker.clippings.writing import lines_of


def record_of(article: Imported, file: str, status: str) -> dict[str, Any]:
    """All that an import knows of one article; `lines` and `around` account for the lines of its page."""
    story = article.story
    return {
        "file": file,
        "status": status,
        "title": story.title,
        "supplied_title": story.supplied,
        "kicker": story.kicker,
        "subtitle": story.subtitle,
        "column": story.column,
        "date": story.date.isoformat() if story.date else None,
        "dateline": story.dateline,
        "bylines": [{"name": name.name, "role": name.role} for name in story.bylines],
        "captions": [{"caption": caption.text, "credit": caption.credit} for caption in story.captions],
        "continued_from": story.continued_from,
        "continued_on": story.continued_on,
        "truncated": story.truncated,
        "source": {
            "file": story.file,
            "publication": story.masthead.publication,
            "date": story.masthead.date.isoformat() if story.masthead.date else None,
            "page": story.masthead.page,
            "section": story.masthead.section,
        },
        "sure": article.sure,
        "guesses": [_guess(guess) for guess in story.guesses],
        "doubts": [
            {"kind": str(doubt.kind), "what": doubt.what, "places": [place._asdict() for place in doubt.places]}
            for doubt in article.doubts
        ],
        "reprints": [
            {"file": other.file, "title": other.title, "lines": list(other.lines)} for other in article.reprints
        ],
        "lines": [line for part in story.with_continued for line in _accounts(part.file, part.accounts)],
        "around": list(_accounts(story.file, article.around)),
    }


def record_of_nothing(page: Page) -> dict[str, Any]:
    """A page of which no article was made, and what became of its lines."""
    told = [account for story in page.stories for account in story.accounts]
    return {
        "file": None,
        "status": "no-article",
        "title": "",
        "source": {"file": page.clipping.file},
        "guesses": [],
        "doubts": [],
        "reprints": [],
        "lines": _accounts(page.clipping.file, told),
        "around": _accounts(page.clipping.file, _not_blank(page)),
    }


def rows_of_nothing(pages: Iterable[Page], *, verbose: bool) -> Iterator[tuple[str, ...]]:
    """Rows for the pages of which no article was made."""
    for page in pages:
        why = "the text stands on another page" if page.stories else "nothing that could be an article"
        yield page.clipping.file, "no article", "", why, ""
        if verbose:
            for account in _not_blank(page):
                yield "", "", str(account.line), f"{account.use}: {account.why}".rstrip(": "), ""


def _not_blank(page: Page) -> list[Account]:
    return [account for account in page.accounts if account.use is not Use.BLANK]


def report_rows(articles: Iterable[tuple[Imported, str, str]], *, verbose: bool) -> Iterator[tuple[str, ...]]:
    """Rows of five cells for a terminal: an article with its file, then its doubtful guesses, or all and every line."""
    for article, file, status in articles:
        story = article.story
        yield f"{story.title}", f"{file} ({status})", lines_of(story), "", f"{article.sure:.2f}"
        for guess in story.guesses:
            if verbose or guess.doubtful:
                where = ", ".join(map(str, guess.lines[:6]))
                yield f"  {guess.field}", guess.value, where, guess.why, f"{guess.sure:.2f}"
        for doubt in article.doubts:
            places = "; ".join(f"{place.file}:{place.line}" for place in doubt.places[:4])
            yield f"  {doubt.kind}", doubt.what, places, doubt.hint, ""
        for other in article.reprints:
            yield "  reprint", other.title, f"{other.file}: {lines_of(other)}", "the same text; not written again", ""
        if verbose:
            for account in (*story.accounts, *article.around):
                yield "", "", str(account.line), f"{account.use}: {account.why}".rstrip(": "), ""


def _guess(guess: Guess) -> dict[str, Any]:
    return {
        "field": guess.field,
        "value": guess.value,
        "lines": list(guess.lines),
        "why": guess.why,
        "sure": guess.sure,
        "doubtful": guess.doubtful,
    }


def _accounts(file: str, accounts: Iterable[Account]) -> Iterable[dict[str, Any]]:
    return [{"file": file, "line": a.line, "use": str(a.use), "why": a.why} for a in accounts]
