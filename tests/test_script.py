"""Script: Simplified text and XHTML become Traditional; what a machine reads stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bookmaker.script.convert import convert_manuscript
from bookmaker.script.converter import Converter
from bookmaker.script.fragments import rewrite
from bookmaker.script.plain import convert_text
from bookmaker.script.quotation import corner_passage, corner_quotes
from bookmaker.script.scripts import Script
from bookmaker.volume.assemble import assemble_volume
from tests.projects import PLAN, article, assemble, read

TAIWAN, HONG_KONG = Converter(Script.HANT_TW), Converter(Script.HANT_HK)
EPUB = "http://www.idpf.org/2007/ops"
SEEN = ("alt", "title", "aria-label")


def set_in_corners(fragment: str) -> str:
    """The way of a fragment through `convert_manuscript`: its quotation marks first."""
    return TAIWAN.passage(rewrite([fragment], corner_passage))[0]


def root_of(fragment: str) -> etree._Element:
    return etree.fromstring(f'<root xmlns:epub="{EPUB}">{fragment}</root>')


# Characters and words


def test_characters_are_converted_by_the_words_they_stand_in() -> None:
    assert TAIWAN.text("头发发展，干部干净，皇后后来") == "頭髮發展，幹部乾淨，皇后後來"


def test_the_vocabulary_stays_that_of_the_mainland() -> None:
    assert TAIWAN.text("项目、软件、网络、信息") == "項目、軟件、網絡、信息"


def test_taiwan_and_hong_kong_have_their_own_characters() -> None:
    assert (TAIWAN.text("里面"), HONG_KONG.text("里面")) == ("裡面", "裏面")


def test_empty_text_stays_empty() -> None:
    assert (TAIWAN.text(""), TAIWAN.passage([""])[0]) == ("", "")


# Quotation marks


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("他说：“好。”", "他說：「好。」"),
        ("“甲‘乙’丙”", "「甲『乙』丙」"),
        ("“甲‘乙“丙”丁’戊”", "「甲『乙「丙」丁』戊」"),
        ("‘甲’", "『甲』"),
        ("“甲”“乙”", "「甲」「乙」"),
        ("“甲", "「甲"),
        ("甲”", "甲」"),
        ("it’s O’Brien", "it’s O’Brien"),
        ("“don’t”", "「don’t」"),
        ("\"甲\" '乙'", "\"甲\" '乙'"),
    ],
)
def test_quotation_marks_become_corner_marks_by_depth(simplified: str, traditional: str) -> None:
    assert convert_text(simplified, Script.HANT_TW) == traditional


def test_depth_is_kept_across_inline_marks() -> None:
    assert set_in_corners("<p>“甲<b>‘乙</b>’丙”</p>") == "<p>「甲<b>『乙</b>』丙」</p>"


def test_an_apostrophe_is_known_across_inline_marks() -> None:
    assert set_in_corners("<p>“<b>Don</b>’t”</p>") == "<p>「<b>Don</b>’t」</p>"


def test_every_block_begins_outside_quotation_marks() -> None:
    assert set_in_corners("<p>“甲</p><p>“乙”</p>") == "<p>「甲</p><p>「乙」</p>"


def test_curly_marks_stay_if_the_plan_says_so() -> None:
    assert TAIWAN.text("“甲”") == "“甲”"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("“”‘’甲a「」", max_size=6), max_size=5))
def test_corner_marks_change_nothing_but_marks(texts: list[str]) -> None:
    marks = str.maketrans("“”‘’「」『』", "????????")
    assert [t.translate(marks) for t in corner_quotes(texts)] == [t.translate(marks) for t in texts]


# XHTML


def test_a_phrase_is_read_across_inline_marks() -> None:
    assert TAIWAN.passage(["<p>头<b>发</b>，发<b>展</b></p>"])[0] == "<p>頭<b>髮</b>，發<b>展</b></p>"


def test_text_behind_a_mark_is_converted() -> None:
    assert TAIWAN.passage(["<p>甲<br />广东<b>广西</b>广州</p>"])[0] == "<p>甲<br/>廣東<b>廣西</b>廣州</p>"


def test_nested_blocks_are_converted_each_once() -> None:
    given = "<ul><li>发展<ul><li>头发</li></ul>后来</li></ul><blockquote><p>里面</p></blockquote>"
    expected = "<ul><li>發展<ul><li>頭髮</li></ul>後來</li></ul><blockquote><p>裡面</p></blockquote>"
    assert TAIWAN.passage([given])[0] == expected


@pytest.mark.parametrize(
    "kept",
    [
        "<code>发展“甲”</code>",
        "<pre><code>发展</code></pre>",
        '<span translate="no">发展“甲”</span>',
        '<span lang="en">Peking “发展”</span>',
        '<span lang="ja">発展</span>',
        '<p translate="no">发<b>展</b><img src="a.png" alt="发展"/></p>',
    ],
)
def test_what_is_no_chinese_prose_is_kept(kept: str) -> None:
    assert TAIWAN.passage([f"<p>{kept}发展</p>"])[0] == f"<p>{kept}發展</p>"


def test_text_marked_as_chinese_is_converted() -> None:
    assert TAIWAN.passage(['<p lang="zh-Hans">发展</p>'])[0] == '<p lang="zh-Hans">發展</p>'


def test_words_for_those_who_cannot_see_are_converted() -> None:
    found = set_in_corners('<figure><img src="发.png" alt="“发展”的图"/></figure>')
    assert found == '<figure><img src="发.png" alt="「發展」的圖"/></figure>'


def test_empty_elements_stay_open() -> None:
    assert TAIWAN.passage(["<table><tbody><tr><td></td><td>发</td></tr></tbody></table><p></p><hr />"])[0] == (
        "<table><tbody><tr><td></td><td>發</td></tr></tbody></table><p></p><hr/>"
    )


TAGS = ["p", "b", "em", "a", "span", "code", "ul", "li", "blockquote", "td", "img", "br"]
ATTRIBUTES = ["id", "href", "src", "class", "lang", "translate", "alt", "title", f"{{{EPUB}}}type", "data-text"]
VALUES = ["发展", "en", "zh", "no", "#a-发", "“里”", "a&b", "<"]
WORDS = st.text("发展里头干后“”‘’a &<甲，", max_size=6)


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> etree._Element:
    element = etree.Element(draw(st.sampled_from(TAGS)))
    for name in draw(st.sets(st.sampled_from(ATTRIBUTES), max_size=3)):
        element.set(name, draw(st.sampled_from(VALUES)))
    if element.tag not in ("img", "br"):
        element.text = draw(WORDS)
        for child in draw(st.lists(trees(depth - 1), max_size=3)) if depth else ():
            child.tail = draw(WORDS)
            element.append(child)
    return element


@settings(max_examples=200, deadline=None)
@given(trees())
def test_marks_and_what_machines_read_are_the_same_after_converting(tree: etree._Element) -> None:
    given_root = root_of(etree.tostring(tree, encoding="unicode"))
    found_root = root_of(TAIWAN.passage([etree.tostring(tree, encoding="unicode")])[0])
    before, after = list(given_root.iter()), list(found_root.iter())
    assert [element.tag for element in before] == [element.tag for element in after]
    for old, new in zip(before, after, strict=True):
        assert set(old.attrib) == set(new.attrib)
        for name in set(old.attrib) - set(SEEN):
            assert old.get(name) == new.get(name)
        if old.tag == "code" or old.get("translate") == "no" or old.get("lang") == "en":
            assert "".join(old.itertext()) == "".join(new.itertext())


@settings(max_examples=200, deadline=None)
@given(trees())
def test_text_keeps_its_length_and_its_place(tree: etree._Element) -> None:
    given_root = root_of(etree.tostring(tree, encoding="unicode"))
    found_root = root_of(TAIWAN.passage([etree.tostring(tree, encoding="unicode")])[0])
    for old, new in zip(given_root.iter(), found_root.iter(), strict=True):
        assert len(old.text or "") == len(new.text or "")
        assert len(old.tail or "") == len(new.tail or "")


# Manuscripts

TEXT = article(
    "“发展”见[集市](market.md)和[下文](#头发)[^1]。\n\n## 头发 {theme=trade}\n\n里面。\n\n[^1]: 干部。",
    title="发展",
    more="kicker: 里面\nsource: {publication: 晚报, headline: 头发}\nevents:\n  - {date: 2026-05-01, text: 开发}\n"
    "figures:\n  - {label: 头发, value: 三千, unit: 万根}\nbylines:\n  - {name: 张发, role: 记者}\n",
)


def test_everything_a_reader_sees_of_an_article_is_converted(tmp_path: Path) -> None:
    manuscript = convert_manuscript(read(tmp_path, {"content/articles/bridge.md": TEXT}), Script.HANT_TW)
    found = next(piece for piece in manuscript.articles if piece.slug == "bridge")
    header, section = found.header, found.body.sections[1]
    assert (header.title, header.kicker, header.source[0].headline) == ("發展", "裡面", "頭髮")
    assert (header.events[0].text, header.figures[0].label, header.figures[0].unit) == ("開發", "頭髮", "萬根")
    assert (header.bylines[0].name, header.bylines[0].role) == ("張發", "記者")
    assert (section.heading, section.plain_heading, found.body.notes[0].xhtml) == ("頭髮", "頭髮", "<p>幹部。</p>")
    assert next(found.body.blocks()).xhtml.startswith("<p>「發展」見")


def test_a_converted_manuscript_assembles_as_before(tmp_path: Path) -> None:
    simplified = read(tmp_path, {"content/articles/bridge.md": TEXT})
    volumes = [assemble_volume(convert_manuscript(simplified, script)) for script in Script]
    ids = [[[entry.id for entry in chapter.entries] for chapter in volume.chapters] for volume in volumes]
    assert ids[0] == ids[1] == ids[2]
    assert [chapter.title for chapter in volumes[1].chapters] == ["城市", "商貿"]


def test_a_key_figure_the_plan_chose_is_found_again(tmp_path: Path) -> None:
    plan = '[volume]\ntitle = "书"\ndate = 2026-05-01\n[[chapter]]\ntheme = "city"\nfigures = ["bridge#头发"]\n'
    files = {PLAN: f'{plan}[[chapter]]\ntheme = "trade"\n', "content/articles/bridge.md": TEXT}
    volume = assemble_volume(convert_manuscript(read(tmp_path, files), Script.HANT_HK))
    assert [shown.figure.label for shown in volume.chapters[0].figures] == ["頭髮"]


def test_the_manuscript_itself_is_the_simplified_one(tmp_path: Path) -> None:
    simplified = read(tmp_path)
    assert convert_manuscript(simplified, Script.HANS) is simplified


def test_converting_leaves_the_simplified_manuscript_as_it_was(tmp_path: Path) -> None:
    simplified = read(tmp_path, {"content/articles/bridge.md": TEXT})
    before = repr(simplified)
    convert_manuscript(simplified, Script.HANT_TW)
    assert repr(simplified) == before


def test_a_name_with_its_own_traditional_form_has_it(tmp_path: Path) -> None:
    names = '[[person]]\nname = "张干"\ntw = "張榦"\n\n[[place]]\nname = "后街"\n'
    converted = convert_manuscript(read(tmp_path, {"content/names.toml": names}), Script.HANT_TW).names
    assert (converted.person[0].name, converted.place[0].name) == ("張榦", "後街")


def test_the_count_of_characters_is_the_same_in_every_script(tmp_path: Path) -> None:
    files = {"content/articles/bridge.md": TEXT}
    converted = assemble_volume(convert_manuscript(read(tmp_path / "b", files), Script.HANT_TW))
    assert converted.characters == assemble(tmp_path / "a", files).characters
