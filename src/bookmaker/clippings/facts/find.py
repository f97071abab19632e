"""All finders, one after another, over all stories of an import."""

from collections.abc import Callable, Iterable, Sequence

from bookmaker.clippings.facts.doubling import find_doubled
from bookmaker.clippings.facts.doubts import Doubt, Text, read_texts
from bookmaker.clippings.facts.figures import find_figures
from bookmaker.clippings.facts.marks import find_unbalanced
from bookmaker.clippings.facts.mixture import find_mixed
from bookmaker.clippings.facts.posts import find_names, find_posts
from bookmaker.clippings.facts.spellings import find_spellings
from bookmaker.clippings.model import Story

#: What looks for what, in the order in which an editor is told.
_FINDERS: tuple[Callable[[Sequence[Text]], Iterable[Doubt]], ...] = (
    find_names,
    find_posts,
    find_spellings,
    find_figures,
    find_mixed,
    find_doubled,
)


def find_doubts(stories: Sequence[Story]) -> tuple[Doubt, ...]:
    """Everything in the stories that an editor should look at; the texts themselves are never changed."""
    texts = read_texts(stories)
    found = [doubt for finder in _FINDERS for doubt in finder(texts)]
    return (*found, *find_unbalanced(stories, texts))
