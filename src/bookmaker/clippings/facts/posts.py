"""One post with two names, and one person with two posts that hardly differ.

Two names of one character's difference are an error of somebody; two wholly different ones may be two holders one
after the other, so that they are told only of an organisation that is named in full and like no other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bookmaker.clippings.facts.alike import are_alike, are_near
from bookmaker.clippings.facts.doubts import Doubt, Kind, Place, Text, doubt, odd_ones
from bookmaker.clippings.facts.holders import OF_A_LEVEL, Holder, find_holders
from bookmaker.clippings.facts.ordinary import is_word, segmenter
from bookmaker.script.vocabulary import listed

_SHORTEST_ORGANISATION = 4
_SHORTEST_TITLE = 6
#: So many characters of two titles of one person are equal before they differ.
_EQUAL = 3
#: More titles than these are not compared.
_MOST_TITLES = 30
#: An organisation that is named so could be that of any city.
_RELATIVE = frozenset("省市区县镇乡村我全该本各某")
#: What an organisation's name ends in and what stands before it in many: 化工集团 is the short form of none.
_ENDINGS = listed("集团公司 有限公司 集团 公司 银行 大学 学院 医院 中学 小学")
_ORDINARY = 60.0
#: A title with or without these is the same, only shorter.
_LEFT_OUT = frozenset("省市区县州镇乡副")


def find_names(texts: Sequence[Text]) -> Iterator[Doubt]:
    """A doubt for every organisation and pair of names that hold the same post."""
    found: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    places: dict[tuple[str, str], dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for (organisation, post), holders in _by_organisation(find_holders(texts)).items():
        for holder in holders:
            places[organisation, post][holder.name].append(holder.place)
        for first, second in _pairs(organisation, post, holders):
            found[organisation, first, second][post] = None
    for (organisation, first, second), posts in found.items():
        named = places[organisation, next(iter(posts))]
        yield _two_names(organisation + "、".join(posts), first, second, odd_ones([named[first], named[second]]))


def find_posts(texts: Sequence[Text]) -> Iterator[Doubt]:
    """A doubt for every person whose post is written in two ways that differ by a character."""
    titles: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for holder in find_holders(texts):
        if len(holder.title) >= _SHORTEST_TITLE - 1:
            titles[holder.name][holder.title].append(holder.place)
    for name, places in titles.items():
        several = sorted(places)[:_MOST_TITLES]
        for index, one in enumerate(several):
            for other in several[index + 1 :]:
                if _differ_slightly(one, other):
                    what = f"{name}的职务两处写法不同：“{one}”与“{other}”"
                    hint = "one person, two posts that hardly differ: look up which is right"
                    yield doubt(Kind.TWO_POSTS, what, hint, odd_ones([places[one], places[other]]))


def _two_names(title: str, first: str, second: str, places: Iterable[Place]) -> Doubt:
    sure = are_near(first, second)
    what = f"{title}的姓名两处不同：“{first}”与“{second}”" + ("" if sure else "（也可能已换人）")
    hint = "one post, two names: look up which is right" if sure else "one post, two names: or another holds it now"
    return doubt(Kind.TWO_NAMES, what, hint, places)


def _by_organisation(holders: Iterable[Holder]) -> dict[tuple[str, str], list[Holder]]:
    """Holders by organisation and post; a short name goes to the long one that ends in it, if there is but one."""
    groups: dict[tuple[str, str], list[Holder]] = defaultdict(list)
    for holder in holders:
        groups[holder.organisation, holder.post].append(holder)
    long_names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for organisation, post in groups:
        for start in range(1, len(organisation) - _SHORTEST_ORGANISATION + 1):
            if (organisation[start:], post) in groups:
                long_names[organisation[start:], post].append(organisation)
    for (short, post), names in long_names.items():
        longest = max(names, key=len)
        if all(longest.endswith(name) for name in names) and (short, post) in groups:
            groups[longest, post] += groups.pop((short, post))
    return groups


def _pairs(organisation: str, post: str, holders: Sequence[Holder]) -> Iterator[tuple[str, str]]:
    """The pairs of names that should be one."""
    names = list(dict.fromkeys(holder.name for holder in holders))
    if len(names) < 2 or len(names) > _MOST_TITLES:
        return
    of_a_place = post in OF_A_LEVEL and is_word(organisation)
    unlike = of_a_place or all(_is_own(holder.organisation) for holder in holders)
    own = of_a_place or len(organisation) >= _SHORTEST_ORGANISATION
    for index, first in enumerate(names):
        for second in names[index + 1 :]:
            near = are_near(first, second) and (own or (post in OF_A_LEVEL and are_alike(first, second)))
            if near or unlike:
                yield first, second


def _is_own(organisation: str) -> bool:
    """True for a name that is one organisation's alone: 焦煤集团, but not 化工集团, 集团公司 and 市公安局."""
    if len(organisation) < _SHORTEST_ORGANISATION or organisation[0] in _RELATIVE:
        return False
    ending = next((ending for ending in _ENDINGS if organisation.endswith(ending)), "")
    stem = organisation.removesuffix(ending)
    if not ending:
        return len(stem) >= _SHORTEST_TITLE
    return len(stem) > 2 or (len(stem) == 2 and segmenter().frequency(stem) < _ORDINARY)


def _differ_slightly(one: str, other: str) -> bool:
    """True if a character more makes one title of the other: 党工委书记, 党委书记."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) != 1 or len(long) < _SHORTEST_TITLE:
        return False
    at = next((index for index, character in enumerate(short) if character != long[index]), len(short))
    return at >= _EQUAL and short[at:] == long[at + 1 :] and long[at] not in _LEFT_OUT
