"""The text inside XHTML: which paragraphs follow one another, and that marks and attributes stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bookmaker.script.fragments import passages, rewrite, words_of
from bookmaker.script.punctuation import widen_passage
from bookmaker.script.quotation import corner_passage

WORDS = st.text("甲乙,:()“”‘’《》a8 &<", max_size=6)
SEEN = {"alt", "title"}


def texts(*fragments: str) -> list[list[str]]:
    return [[text for _, text in passage] for passage in passages(fragments)]


def test_running_text_is_one_passage_and_all_else_stands_alone() -> None:
    found = texts("<p>甲</p><h3>乙</h3>", "<ul><li>丙</li></ul>", '<blockquote><p>丁</p></blockquote><img alt="戊" />')
    assert found == [["甲", "丙", "丁"], ["乙"], ["戊"]]
    assert texts("<table><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>") == [[], ["甲"], ["乙"]]


def test_a_paragraph_leaves_out_code_readings_note_calls_and_what_is_kept() -> None:
    call = '<a epub:type="noteref" href="#b">1</a>'
    given_text = f'<p>甲<code>乙</code>丙<ruby>丁<rt>dīng</rt></ruby>{call}<span translate="no">戊</span>己</p>'
    assert texts(given_text) == [["甲丙丁己"]]


def test_a_heading_says_its_words_without_readings_and_calls() -> None:
    call = '<a epub:type="noteref" href="#b">1</a>'
    assert words_of(f"甲<ruby>乙<rt>yǐ</rt></ruby><b>丙&amp;</b>{call} ") == "甲乙丙&"


def test_what_does_not_change_comes_back_to_the_byte() -> None:
    given_fragments = ["<p>甲<br />乙</p>", "<p></p>", ""]
    assert rewrite(given_fragments, lambda paragraphs: paragraphs) == given_fragments


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> etree._Element:
    element = etree.Element(draw(st.sampled_from(["p", "b", "span", "code", "li", "blockquote", "td", "img"])))
    for name in draw(st.sets(st.sampled_from(["id", "href", "lang", "translate", "alt", "title", "data-tw"]))):
        element.set(name, draw(st.sampled_from(["甲,乙", "en", "zh", "no", "“甲”", "a&b"])))
    if element.tag != "img":
        element.text = draw(WORDS)
        for child in draw(st.lists(trees(depth - 1), max_size=3)) if depth else ():
            child.tail = draw(WORDS)
            element.append(child)
    return element


@pytest.mark.parametrize("rewriting", [widen_passage, lambda fragments: rewrite(fragments, corner_passage)])
@settings(max_examples=200, deadline=None)
@given(trees())
def test_marks_attributes_and_lengths_are_the_same(
    rewriting: Callable[[list[str]], list[str]], tree: etree._Element
) -> None:
    before = etree.tostring(tree, encoding="unicode")
    old, new = list(etree.fromstring(before).iter()), list(etree.fromstring(rewriting([before])[0]).iter())
    assert [element.tag for element in old] == [element.tag for element in new]
    for a, b in zip(old, new, strict=True):
        assert {k: v for k, v in a.items() if k not in SEEN} == {k: v for k, v in b.items() if k not in SEEN}
        assert (len(a.text or ""), len(a.tail or "")) == (len(b.text or ""), len(b.tail or ""))
        if a.tag == "code" or a.get("translate") == "no" or a.get("lang") == "en":
            assert "".join(a.itertext()) == "".join(b.itertext())
