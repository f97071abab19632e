"""The review report as an editor reads it: one HTML page, or one JSON document. A `Review` in, text out."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from bookmaker.problems import Place
from bookmaker.review.report import Review
from bookmaker.review.rereading import Spot
from bookmaker.review.spellings import Kind, Spelling
from bookmaker.script.doubts import Cause
from bookmaker.script.scripts import Script

#: The page is read by the editor of a Chinese book: it speaks Chinese, while messages and README are English.
CAUSES: Mapping[Cause, tuple[str, str]] = {
    Cause.TERM: ("专名与固定词", "程序的词表、名录或上下文认定的词，与通用词表的写法不同"),
    Cause.PERSON: ("人名", "可能是人名；人名中的写法与普通词不同"),
    Cause.PLACE: ("地名简称", "认作地名或地名简称（如“并”指太原），否则写法不同"),
    Cause.WORDS: ("断词", "按断词和语法定字，与通用词表从左取最长词的结果不同"),
    Cause.PHRASES: ("词语重叠", "另有一个词也盖住此字，那个词里写法不同"),
    Cause.ALONE: ("单字", "单字成词，前后文不足以定字"),
}
_KINDS: Mapping[Kind, str] = {
    Kind.ALIAS: "名录里是同一条目的别名，正文仍在使用",
    Kind.LOOK_ALIKE: "只差一个形近或音近的字",
    Kind.SCRIPT: "只差一个字的繁简",
    Kind.PERSON: "同姓，名中又有一字相同",
}
_WARNINGS = {
    "mixed-script": "简体稿里有繁体字",
    "unbalanced-quote": "引号或书名号不成对",
    "straight-quote": "汉字旁有直引号",
}
_SCRIPTS = {Script.HANT_TW: "繁体·台湾", Script.HANT_HK: "繁体·香港"}


def review_html(review: Review) -> str:
    """One self-contained page: no script, nothing from the network."""
    environment = Environment(
        loader=PackageLoader("bookmaker.review", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["together"] = _together
    page = environment.get_template("review.html.j2")
    return page.render(
        review=review, causes=CAUSES, kinds=_KINDS, warnings=_WARNINGS, script_name=_SCRIPTS[review.script]
    )


def _together(spots: Iterable[Spot]) -> list[tuple[Spot, list[Place]]]:
    """Places with the same words around them shown as one: the same line of a source stands under many articles."""
    found: dict[tuple[str, str, str], tuple[Spot, list[Place]]] = {}
    for spot in spots:
        found.setdefault((spot.left, spot.text, spot.right), (spot, []))[1].append(spot.place)
    return list(found.values())


def review_json(review: Review) -> str:
    """The same as one JSON document; field names are told in the README."""
    return json.dumps(_record(review), ensure_ascii=False, indent=2)


def _record(review: Review) -> dict[str, Any]:
    return {
        "volume": review.volume,
        "script": str(review.script),
        "characters": review.characters,
        "flags": review.flags,
        "flags_per_10000": review.flags_per_10000,
        "counts": {str(cause): count for cause, count in review.counts.items()},
        "doubts": [
            {
                "term": entry.term,
                "character": entry.character,
                "chosen": entry.chosen,
                "others": list(entry.others),
                "cause": str(entry.cause),
                "count": len(entry.spots),
                "places": list(map(_place, entry.spots)),
                "settle": [
                    {
                        "line": settlement.line,
                        "others": [{"form": other.form, "line": other.line} for other in settlement.others],
                        "count": settlement.count,
                        "inline": settlement.inline,
                    }
                    for settlement in entry.settlements
                ],
            }
            for entry in review.entries
        ],
        "two_ways": [
            {
                "word": word.word,
                "ways": [
                    {"form": way.form, "count": way.count, "places": list(map(_place, way.spots))} for way in word.ways
                ],
            }
            for word in review.two_ways
        ],
        "two_spellings": [
            {"kind": str(pair.kind), "spellings": [_spelling(pair.first), _spelling(pair.second)]}
            for pair in review.spellings
        ],
        "unknown_names": [
            {
                "name": name.name,
                "character": name.character,
                "chosen": name.chosen,
                "others": list(name.others),
                "places": list(map(_place, name.spots)),
                "line": name.line,
            }
            for name in review.unknown
        ],
        "warnings": [warning.as_record() for warning in review.warnings],
    }


def _spelling(spelling: Spelling) -> dict[str, Any]:
    return {"name": spelling.name, "declared": spelling.declared, "places": list(map(_place, spelling.spots))}


def _place(spot: Spot) -> dict[str, Any]:
    return {
        "file": spot.place.file,
        "line": spot.place.line,
        "left": spot.left,
        "text": spot.text,
        "right": spot.right,
    }
