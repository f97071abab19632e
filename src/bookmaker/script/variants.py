"""Switches between two good forms of a character, after conversion: 臺 or 台, 週 or 周, 説 or 說.

The default of every switch is what OpenCC writes for the region, so that only another choice has a row.
The models with the switches' names and values are in `content/plan.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from bookmaker.script.scripts import Script

if TYPE_CHECKING:
    from bookmaker.content.plan import HongKongForms, TaiwanForms, TraditionalEntry

#: Switch and value → what OpenCC wrote → what the editor wants. A longer row goes first; never another length.
_ROWS: Mapping[tuple[str, str], Mapping[str, str]] = MappingProxyType(
    {
        ("platform", "台"): {"臺": "台"},
        ("week", "周"): {"週": "周"},
        ("spread", "布"): {"佈": "布"},
        ("know", "了解"): {"瞭解": "了解"},
        ("occupy", "占"): {"佔": "占"},
        ("utmost", "盡"): {"儘管": "儘管", "儘": "盡"},  # 儘管 is another word
        ("report", "匯報"): {"彙報": "匯報"},
        ("secret", "祕"): {"秘": "祕"},
        ("inside", "裏"): {"裡": "裏"},
        ("inside", "裡"): {"裏": "裡"},
        ("noodle", "麪"): {"麵": "麪"},
        ("noodle", "麵"): {"麪": "麵"},
        ("dirty", "污"): {"汙": "污"},
        ("beam", "梁"): {"樑": "梁"},
        ("sign", "志"): {"標誌": "標志"},
        ("tobacco", "煙"): {"菸": "煙"},
        ("progress", "著"): {"着": "著"},
        ("line", "綫"): {"線": "綫"},
        # The standard of Hong Kong (常用字字形表) on the left; newspapers mostly type the right.
        ("glyphs", "common"): dict(
            zip(
                "兑啓囱媪峯悦愠户敍枴棁氲温煴税緼羣脱腽卧葱藴蜕衞説醖鈎鋭閲鰛",
                "兌啟囪媼峰悅慍戶敘拐梲氳溫熅稅縕群脫膃臥蔥蘊蛻衛說醞鉤銳閱鰮",
                strict=True,
            )
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Choices:
    """The rows that a volume's switches ask for; none changes nothing."""

    rows: tuple[tuple[str, str], ...] = ()


def variant_choices(traditional: "TraditionalEntry", script: Script) -> Choices:
    """What a plan's `[traditional.tw]` or `[traditional.hk]` asks for in a script."""
    forms: dict[Script, TaiwanForms | HongKongForms] = {
        Script.HANT_TW: traditional.tw,
        Script.HANT_HK: traditional.hk,
    }
    if script not in forms:
        return Choices()
    chosen = forms[script]
    defaults = type(chosen)()
    rows = [
        row
        for switch, value in chosen.model_dump().items()
        if value != getattr(defaults, switch)
        for row in _ROWS[switch, value].items()
    ]
    return Choices(tuple(sorted(rows, key=lambda row: -len(row[0]))))


def apply(text: str, choices: Choices) -> str:
    """Converted text with the forms chosen, as long as before; not for what the editor protected."""
    if not choices.rows:
        return text
    forms = dict(choices.rows)
    return re.sub("|".join(forms), lambda found: forms[found[0]], text)  # Han needs no escaping
