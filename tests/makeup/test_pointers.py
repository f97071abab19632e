"""Which page numbers a section asks for, and what is printed for them."""

from __future__ import annotations

import pytest
from lxml import etree

from bookmaker.makeup.pointers import ids_asked_for, with_written_folios, write_folios

TREE = """<root><section class="a" id="s"><p><a class="see" href="#one">甲</a><a href="#two">乙</a></p>
<p class="b"><span data-to="#three"/><a class="see" href="https://example.org/#four">丙</a></p></section></root>"""
ASK = "content: '第' target-counter(attr(href), page) '页'"


def asked(css: str) -> tuple[str, ...]:
    return ids_asked_for([etree.fromstring(TREE)], css)


@pytest.mark.parametrize(
    ("css", "ids"),
    [
        (f".see::after {{ {ASK} }}", ("one",)),
        (f"body > section.a .see:first-child::before {{ {ASK} }}", ("one",)),
        (f"a::after {{ {ASK} }}", ("one", "two")),
        (f"section + section a::after {{ {ASK} }}", ()),
        (f"@media print {{ a::after {{ {ASK} }} }}", ("one", "two")),
        (f"p {{ color: red; a::after {{ {ASK} }} }}", ("one", "two")),
        (f"a:nonsense(::after {{ {ASK} }}", ()),
        ("span::after { content: target-counter( attr( data-to url ) , page , lower-roman ) }", ("three",)),
        ("span::after { content: target-counters(attr(data-to), PAGE, '.') }", ("three",)),
        ("span::after { content: target-counter(attr(data-to), chapter) }", ()),
        ("span::after { content: target-counter(attr(data-to), page-of-all) }", ()),
        ("span::after { content: target-text(attr(data-to)) attr(data-to) }", ()),
    ],
)
def test_a_style_sheet_asks_for_the_pages_of_what_its_selectors_match(css: str, ids: tuple[str, ...]) -> None:
    assert asked(css) == ids


def test_the_style_sheet_prints_what_is_written_into_the_elements() -> None:
    css = "a::after { content: '（' target-counter(attr(href url), page, lower-roman) '）' target-text(attr(href)) }"
    assert with_written_folios(css) == (
        "a::after { content: '（' attr(data-folio-of-href) '）' target-text(attr(href)) }"
    )
    tree = etree.fromstring(TREE)
    write_folios(tree, css, {"one": "xii"})
    assert [element.get("data-folio-of-href") for element in tree.iter("a")] == ["xii", None, None]


def test_a_style_sheet_that_asks_for_no_page_stays_as_it_is() -> None:
    css = "p { content: counter(page) } /* attr(href) */"
    assert with_written_folios(css) == css
