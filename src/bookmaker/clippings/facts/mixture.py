"""Traditional characters inside Simplified text (中來), once for each character and story."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bookmaker.clippings.facts.doubts import Doubt, Kind, Place, Text, doubt
from bookmaker.script.slips import traditional_slips
from bookmaker.script.tables import is_traditional

#: More different characters than these are told together: a passage in the other script, no slips.
_MANY = 5


def find_mixed(texts: Sequence[Text]) -> Iterator[Doubt]:
    """A doubt for every Traditional character of a Simplified story; one for a story that is Traditional as a whole."""
    for _, group in groupby(texts, lambda text: text.story):
        story = list(group)
        if is_traditional("".join(text.text for text in story)):
            yield _whole(story[0])
        else:
            yield from _slips(story)


def _whole(text: Text) -> Doubt:
    what = "本篇全文是繁体字，收入简体书前请先转换"
    hint = "the story is Traditional as a whole: convert it before it goes into a Simplified volume"
    return doubt(Kind.TRADITIONAL_TEXT, what, hint, [Place(text, 0)])


def _slips(texts: Iterable[Text]) -> Iterator[Doubt]:
    places: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for text in texts:
        for at, old, new in traditional_slips(text.text):
            places[old, new].append(Place(text, at))
    if len(places) > _MANY:
        characters = "".join(dict.fromkeys(old for old, _ in places))
        what = f"简体文中夹有{len(places)}个繁体字：{characters[:20]}"
        hint = "part of the story is Traditional: convert that part"
        yield doubt(Kind.MIXED_SCRIPT, what, hint, [found[0] for found in places.values()])
        return
    for (old, new), found in places.items():
        what = f"简体文中夹有繁体字“{old}”，简体作“{new}”"
        yield doubt(Kind.MIXED_SCRIPT, what, f"write “{new}”, unless it is how a name is written", found)
