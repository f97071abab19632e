"""How far an import is from what a page should become: fact by fact, with every difference.

Texts are compared by `normal`: widened commas and closed-up spaces make no difference, lost and doubled characters do.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from bookmaker.clippings.model import Caption, Masthead, Page, Story, Use
from tests.clippings.bodies import Pairs, compare_bodies, shingles
from tests.clippings.normal import BETWEEN, DONE, ROLES, by_length, names_in, normal
from tests.clippings.notation import (
    MASTHEAD_KEYS,
    Expected,
    ExpectedCaption,
    ExpectedStory,
    numbers_of,
    read_expected,
    text_of,
)
from tests.clippings.report import Report, Tally, short

__all__ = ["Expected", "Report", "compare", "read_expected", "text_of"]


def compare(expected: Expected, page: Page) -> Report:
    """Every fact of `expected` against `page`, story by story: stories are matched by the body text they share."""
    tally = Tally(unsaid=expected.unsaid)
    pairs = _matched(expected.stories, page.stories)
    _compare_masthead(tally, expected.masthead, page)
    for story, found in pairs:
        _compare_story(tally, story, found)
    for extra in _left(page.stories, [found for _, found in pairs]):
        tally.fact("stories", False, "story invented", extra.title, found=_first_text(extra))
    compare_bodies(tally, pairs, page)
    _compare_accounts(tally, expected, page)
    return Report(expected.file, tally.facts, tuple(tally.differences), tally.lost, tally.invented)


def _matched(expected: Sequence[ExpectedStory], found: Sequence[Story]) -> Pairs:
    """Each expected story with the found one that shares most body text with it, one to one; None for a missed one."""
    wanted = [shingles(entry.text for entry in story.body) for story in expected]
    held = [shingles(paragraph.text for paragraph in story.paragraphs()) for story in found]
    scores = [
        (len(wanted[i] & held[j]) or 0.5 * _same_title(story, other), -i, -j)
        for i, story in enumerate(expected)
        for j, other in enumerate(found)
    ]
    partner: dict[int, int] = {}
    for score, i, j in sorted(scores, reverse=True):
        if score and -i not in partner and -j not in partner.values():
            partner[-i] = -j
    return [(story, found[partner[i]] if i in partner else None) for i, story in enumerate(expected)]


def _same_title(expected: ExpectedStory, found: Story) -> bool:
    return bool(expected.title) and normal(expected.title) == normal(found.title)


def _left(stories: Sequence[Story], used: Sequence[Story | None]) -> Iterator[Story]:
    taken = {id(story) for story in used}
    yield from (story for story in stories if id(story) not in taken)


def _first_text(story: Story) -> str:
    return next((paragraph.text for paragraph in story.paragraphs()), "")


def _compare_masthead(tally: Tally, expected: Masthead, page: Page) -> None:
    found = page.stories[0].masthead if page.stories else page.clipping.masthead
    for name in sorted(MASTHEAD_KEYS):
        pair = [_text(getattr(expected, name)), _text(getattr(found, name))]
        if any(pair):
            tally.fact("masthead", normal(pair[0]) == normal(pair[1]), f"masthead's {name}", "", *pair)


# The fields of a story


def _compare_story(tally: Tally, expected: ExpectedStory, found: Story | None) -> None:
    tally.fact("stories", found is not None, "story missed", expected.name)
    _compare_title(tally, expected, found)
    for name in ("kicker", "subtitle", "column", "dateline", "date", "continued_from", "continued_on", "truncated"):
        wanted, held = _text(getattr(expected, name)), _text(getattr(found, name, None))
        if (wanted or held) and name not in expected.unsaid:
            tally.fact(_plural(name), _plain(wanted) == _plain(held), name, expected.name, wanted, held)
    if "bylines" not in expected.unsaid:
        _compare_bylines(tally, expected, found)
    _compare_captions(tally, expected, found)
    _compare_headings(tally, expected, found)


def _compare_title(tally: Tally, expected: ExpectedStory, found: Story | None) -> None:
    held = "" if found is None or found.supplied else found.title
    right = found is not None and _plain(expected.title) == _plain(held)
    tally.fact("titles", right, "title", expected.name, expected.title or "(none of its own)", held or "(none)")


def _compare_bylines(tally: Tally, expected: ExpectedStory, found: Story | None) -> None:
    """Names are compared with their inner spaces: closing them up is part of the work."""
    wanted = _roles(expected.bylines)
    held = _roles((name.name, name.role) for name in found.bylines) if found else {}
    for name in sorted(wanted.keys() | held.keys()):
        right = wanted.get(name) == held.get(name)
        tally.fact("bylines", right, "byline", expected.name, _signed(name, wanted), _signed(name, held))


def _roles(bylines: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    roles: dict[str, set[str]] = {}
    for name, role in bylines:
        roles.setdefault(unicodedata.normalize("NFKC", name).strip(), set()).add(normal(role).removeprefix("本报"))
    return roles


def _signed(name: str, roles: dict[str, set[str]]) -> str:
    return f"{name} ({', '.join(sorted(roles[name])) or 'no role'})" if name in roles else "(none)"


def _compare_captions(tally: Tally, expected: ExpectedStory, found: Story | None) -> None:
    left = list(found.captions) if found else []
    for wanted in expected.captions:
        held = _nearest_caption(wanted, left)
        if held:
            left.remove(held)
        right = held is not None and _same_caption(wanted, held)
        tally.fact("captions", right, "caption", expected.name, wanted.text, held.text if held else "(none)")
        names = set(names_in(held.credit)) if held else set()
        if wanted.credit or names:
            pair = (wanted.credit, held.credit if held else "(none)")
            tally.fact("credits", set(names_in(wanted.credit)) == names, "credit", expected.name, *pair)
    for extra in left:
        tally.fact("captions", False, "caption invented", expected.name, found=extra.text)


def _nearest_caption(wanted: ExpectedCaption, found: Sequence[Caption]) -> Caption | None:
    shared = [(len(shingles([wanted.text]) & shingles([caption.text])), -at) for at, caption in enumerate(found)]
    score, at = max(shared, default=(0, 0))
    return found[-at] if score else None


def _same_caption(wanted: ExpectedCaption, found: Caption) -> bool:
    """True if `found` is the caption without its credit: only names and what they did are left over."""
    whole, held = normal(wanted.text).strip("()[]"), normal(found.text).rstrip("。")
    if not held or not whole.startswith(held):
        return False
    names = [normal(name) for name in names_in(wanted.credit)]
    rest = whole[len(held) :]
    for name in by_length(names):
        rest = rest.replace(name, "")
    return not ROLES.sub("", rest).strip(BETWEEN + "。") and not any(
        DONE.sub("", held).endswith(name) for name in names
    )


def _compare_headings(tally: Tally, expected: ExpectedStory, found: Story | None) -> None:
    """A heading is right if it stands over the right paragraph, too."""
    left = [(part.heading, part.paragraphs[0].text if part.paragraphs else "") for part in found.parts] if found else []
    left = [(heading, below) for heading, below in left if heading]
    for at, entry in enumerate(expected.body):
        if entry.heading:
            below = next((after.text for after in expected.body[at + 1 :] if not after.heading), "")
            held = next((other for other in left if normal(other[0]) == normal(entry.text)), None)
            if held:
                left.remove(held)
            right = held is not None and _touch(below, held[1])
            shown = "(none)" if held is None else f"{held[0]} over {short(held[1], 16)}"
            tally.fact("headings", right, "heading", expected.name, entry.text, shown)
    for heading, _ in left:
        tally.fact("headings", False, "heading invented", expected.name, found=heading)


def _touch(one: str, other: str) -> bool:
    return normal(one) == normal(other) or bool(shingles([one]) & shingles([other]))


def _plain(text: str) -> str:
    """A field without the marks that only show what it is: dashes before a subtitle, brackets round a column."""
    return normal(text).strip("—【】[]")


def _plural(name: str) -> str:
    return name + "s" if name in {"kicker", "subtitle", "column", "dateline", "date"} else name.replace("_", " ")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


# The accounts


def _compare_accounts(tally: Tally, expected: Expected, page: Page) -> None:
    """Every line that is not blank has a use, and the lines outside all stories have the right one."""
    filled = {line.number: line.text for line in page.clipping.lines if normal(line.text)}
    accounts = [account for story in page.stories for account in story.accounts] + list(page.accounts)
    known = {account.line for account in accounts if account.use is not Use.BLANK}
    for number, text in filled.items():
        tally.fact("accounts", number in known, "line without account", f"line {number}", text)
    for number in sorted({account.line for account in accounts} - {line.number for line in page.clipping.lines}):
        tally.fact("accounts", False, "account of no line", f"line {number}")
    outside: dict[Use, tuple[str, ...]] = {
        Use.STANDING_HEAD: expected.standing,
        Use.MASTHEAD: expected.masthead_lines,
        Use.DROPPED: expected.dropped,
    }
    for use, specs in outside.items():
        inside = [] if use is Use.STANDING_HEAD else accounts  # a standing head is in no story
        held = {account.line for account in (*page.accounts, *inside) if account.use is use and account.line in filled}
        wanted = {number for spec in specs for number in _lines_named(spec, filled)}
        for number in sorted(wanted | held):
            pair = (use if number in wanted else "another use", use if number in held else _uses(number, page))
            right = number in wanted and number in held
            tally.fact(f"{use} lines", right, f"{use} line", f"line {number}: {filled.get(number, '')}", *pair)


def _lines_named(spec: str, filled: dict[int, str]) -> Iterator[int]:
    if spec.startswith("="):
        return (number for number, text in filled.items() if normal(text) == normal(spec[1:]))
    return (number for number in numbers_of(spec) if number in filled)


def _uses(number: int, page: Page) -> str:
    inside = [f"{a.use} of {short(s.title, 16)}" for s in page.stories for a in s.accounts if a.line == number]
    return ", ".join([*inside, *(account.use for account in page.accounts if account.line == number)]) or "none"
