"""Words settled for Traditional editions: in plans, in names.toml, in a header's names and in the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookmaker.content.terms import TermForms
from bookmaker.script.convert import convert_manuscript
from bookmaker.script.converter import Converter
from bookmaker.script.fragments import recut
from bookmaker.script.scripts import Script
from tests.projects import PLAN, article, problems_of, read

VOLUME = '[volume]\ntitle = "书"\ndate = 2026-05-01\n[[chapter]]\ntheme = "city"\n[[chapter]]\ntheme = "trade"\n'
BRIDGE = "content/articles/bridge.md"


def test_a_term_has_one_form_for_both_editions_or_one_for_each(tmp_path: Path) -> None:
    said = (
        '[traditional.terms]\n"好干部" = "好幹部"\n"总台" = { tw = "總臺" }\n[traditional.glossary]\n"软件" = "軟體"\n'
    )
    entries = read(tmp_path, {PLAN: VOLUME + said}).plan.entries.traditional
    assert entries.terms == {"好干部": TermForms(tw="好幹部", hk="好幹部"), "总台": TermForms(tw="總臺")}
    assert [entries.terms["总台"].form(script) for script in Script] == ["", "總臺", ""]
    assert entries.glossary["软件"].hk == "軟體"
    assert entries.short_names == ("并",)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ('[traditional.terms]\n"好干部" = "幹部"', "10: “幹部” is not as long as “好干部” [bad-value]"),
        ('[traditional.terms]\n"U盘" = "U盤"', "10: the term “U盘” is not Chinese characters alone [bad-value]"),
        ('[traditional.terms]\n"盘" = ""', "10: the term “盘” has no form [bad-value]"),
        ('[traditional.terms]\n"盘" = {}', "10: the term “盘” has no form [bad-value]"),
        ('[traditional.terms]\n"盘" = 1', "10: “traditional.terms.盘” cannot be “1” [bad-value]"),
        (
            '[traditional.terms]\n"盘" = {tv = "盤"}',
            "10: the key “traditional.terms.盘.tv” means nothing here [unknown-key]",
        ),
        ('[traditional.glossary]\n"打印" = ""', "10: the word “打印” has no form [bad-value]"),
        ('[traditional]\nshort_names = ["太原"]', "10: “traditional.short_names” cannot be a list [bad-value]"),
        ('[traditional.tw]\nweek = "星"', "10: “traditional.tw.week” cannot be “星” [bad-value]"),
        ('[traditional.tw]\nweak = "周"', "10: the key “traditional.tw.weak” means nothing here [unknown-key]"),
        ("[text]\nfull_width = true", "10: the key “text.full_width” means nothing here [unknown-key]"),
    ],
)
def test_what_a_plan_may_not_say(tmp_path: Path, said: str, message: str) -> None:
    assert problems_of(tmp_path, {PLAN: f"{VOLUME}\n{said}\n"}) == [f"{PLAN}:{message}"]


def test_a_wrong_key_of_a_term_is_answered_with_the_nearest(tmp_path: Path) -> None:
    from bookmaker.problems import SourceError

    with pytest.raises(SourceError) as caught:
        read(tmp_path, {PLAN: VOLUME + '[traditional.terms]\n"盘" = {tv = "盤"}\n'})
    assert caught.value.problems[0].hint in ("did you mean “tw”?", "known here: hk, tw")


def test_names_toml_lists_terms_of_every_volume(tmp_path: Path) -> None:
    names = read(tmp_path, {"content/names.toml": '[terms]\n"好干部" = "好幹部"\n'}).names
    assert names.terms["好干部"].tw == "好幹部"


def test_a_name_and_its_form_are_equally_long(tmp_path: Path) -> None:
    found = problems_of(tmp_path, {"content/names.toml": '[[person]]\nname = "张干"\ntw = "張"\n'})
    assert found == ["content/names.toml:3: “張” is not as long as “张干” [bad-value]"]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("范文君", [("范文君", "", "")]),
        ("[范文君, 于谦]", [("范文君", "", ""), ("于谦", "", "")]),
        ("[{name: 范文君, tw: 范文君}, 于谦]", [("范文君", "范文君", ""), ("于谦", "", "")]),
        ("{name: 李杰, hk: 李杰}", [("李杰", "", "李杰")]),
        ("", []),
    ],
)
def test_a_header_lists_names_with_or_without_forms(
    tmp_path: Path, written: str, names: list[tuple[str, str, str]]
) -> None:
    manuscript = read(tmp_path, {BRIDGE: article("甲。", more=f"names: {written}\n")})
    (found,) = (piece.header.names for piece in manuscript.articles if piece.slug == "bridge")
    assert [(name.name, name.tw, name.hk) for name in found] == names


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[{name: 范文君, tw: 范}]", "“范” is not as long as “范文君” [bad-value]"),
        ("[{name: 范文君, kh: 范文君}]", "the key “names.1.kh” means nothing here [unknown-key]"),
        ("[{tw: 范文君}]", "the key “names.1.name” is missing [missing-key]"),
    ],
)
def test_what_a_name_of_a_header_may_not_be(tmp_path: Path, written: str, message: str) -> None:
    assert problems_of(tmp_path, {BRIDGE: article("甲。", more=f"names: {written}\n")}) == [f"{BRIDGE}:4: {message}"]


# In the text


@pytest.mark.parametrize(("script", "form"), [(Script.HANT_TW, "甲"), (Script.HANT_HK, "台")])
def test_the_editors_form_stands_in_its_edition(script: Script, form: str) -> None:
    given = '<p>头<span translate="no">发后</span><b><span data-tw="甲">台</span></b></p>'
    expected = f'<p>頭<span translate="no">发后</span><b><span data-tw="甲">{form}</span></b></p>'
    assert Converter(script).passage([given])[0] == expected


def test_a_form_may_have_another_length() -> None:
    given = '<p>后<span data-tw="計程車" data-hk="的士">出租车</span>后</p>'
    found = '<p>後<span data-tw="計程車" data-hk="的士">{}</span>後</p>'
    assert Converter(Script.HANT_TW).passage([given])[0] == found.format("計程車")
    assert Converter(Script.HANT_HK).passage([given])[0] == found.format("的士")


def test_a_form_inside_code_stays() -> None:
    given = '<p><code><span data-tw="甲">台</span></code></p>'
    assert Converter(Script.HANT_TW).passage([given])[0] == given


def test_a_heading_reads_as_it_is_set(tmp_path: Path) -> None:
    files = {BRIDGE: article("甲。\n\n## [后]{.keep}面[台]{tw=甲}的[盂]{ruby=yú}\n\n乙。")}
    (found,) = (p for p in convert_manuscript(read(tmp_path, files), Script.HANT_TW).articles if p.slug == "bridge")
    assert found.body.sections[1].plain_heading == "后面甲的盂"


@pytest.mark.parametrize(
    ("texts", "pieces", "expected"),
    [
        (["头发", "后"], [(3, "頭髮後")], ["頭髮", "後"]),
        (["出", "租车", "来"], [(3, "計程車"), (1, "來")], ["計", "程車", "來"]),
        (["用软", "件来"], [(1, "用"), (2, "應用程式"), (1, "來")], ["用應用程式", "來"]),
        (["", "短信", ""], [(2, "簡訊息")], ["", "簡訊息", ""]),
        ([], [], []),
    ],
)
def test_texts_are_cut_anew_when_words_change_their_length(
    texts: list[str], pieces: list[tuple[int, str]], expected: list[str]
) -> None:
    assert recut(texts, pieces) == expected
