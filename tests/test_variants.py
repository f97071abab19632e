"""Switches between two good forms: the defaults change nothing, each other value what it names."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookmaker.content.plan import HongKongForms, TaiwanForms, TraditionalEntry
from bookmaker.script.convert import convert_manuscript
from bookmaker.script.converter import Converter
from bookmaker.script.scripts import Script
from bookmaker.script.variants import Choices, apply, variant_choices
from tests.projects import PLAN, article, read

FORMS = {"tw": (TaiwanForms, Script.HANT_TW), "hk": (HongKongForms, Script.HANT_HK)}
SWITCHES = [
    (region, name, value)
    for region, (model, _) in FORMS.items()
    for name, field in model.model_fields.items()
    for value in get_args(field.annotation)
    if value != field.default
]


def choices(region: str, **switches: str) -> Choices:
    return variant_choices(TraditionalEntry.model_validate({region: switches}), FORMS[region][1])


def test_the_defaults_change_nothing() -> None:
    assert all(variant_choices(TraditionalEntry(), script) == Choices() for script in Script)


@pytest.mark.parametrize(("region", "name", "value"), SWITCHES)
def test_every_other_value_has_its_rows_and_no_row_changes_a_length(region: str, name: str, value: str) -> None:
    rows = choices(region, **{name: value}).rows
    assert rows
    assert all(len(old) == len(new) for old, new in rows)


@pytest.mark.parametrize(
    ("region", "switches", "simplified", "traditional"),
    [
        ("tw", {"platform": "台", "week": "周"}, "平台本周", "平台本周"),
        ("tw", {"utmost": "盡"}, "尽快尽管尽量", "盡快儘管盡量"),
        ("tw", {"know": "了解"}, "了解明了瞭望", "了解明瞭瞭望"),
        ("tw", {"spread": "布", "occupy": "占", "report": "匯報"}, "发布占地汇报词汇", "發布占地匯報詞彙"),
        ("hk", {"glyphs": "common"}, "说卫峰启温户税锐群脱阅悦", "說衛峰啟溫戶稅銳群脫閱悅"),
        ("hk", {"progress": "著", "inside": "裡"}, "沿着里面", "沿著裡面"),
        ("hk", {"line": "綫", "noodle": "麵"}, "线路、面粉", "綫路、麵粉"),
    ],
)
def test_a_switch_chooses(region: str, switches: dict[str, str], simplified: str, traditional: str) -> None:
    converter = Converter(FORMS[region][1], choices=choices(region, **switches))
    assert converter.text(simplified) == traditional


def test_a_plan_chooses_for_each_region(tmp_path: Path) -> None:
    plan = (
        '[volume]\ntitle = "书"\ndate = 2026-05-01\n[[chapter]]\ntheme = "city"\n[[chapter]]\ntheme = "trade"\n'
        '[traditional.tw]\nplatform = "台"\n[traditional.hk]\nglyphs = "common"\n'
    )
    manuscript = read(tmp_path, {PLAN: plan, "content/articles/bridge.md": article("平台说。")})
    found = {
        script: {
            piece.slug: next(piece.body.blocks()).xhtml for piece in convert_manuscript(manuscript, script).articles
        }
        for script in (Script.HANT_TW, Script.HANT_HK)
    }
    assert [blocks["bridge"] for blocks in found.values()] == ["<p>平台說。</p>", "<p>平台說。</p>"]


@given(st.text("臺台週佈瞭解佔儘管彙報秘裡裏麵着線樑標誌菸説衞a, ", max_size=20))
def test_no_text_changes_its_length_and_a_second_time_changes_nothing(text: str) -> None:
    for region, name, value in SWITCHES:
        once = apply(text, choices(region, **{name: value}))
        assert len(once) == len(text)
        assert apply(once, choices(region, **{name: value})) == once
