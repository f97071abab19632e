"""The printed pages, by fact: what stands where, and what each page says of itself."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from bookmaker.content.body import plain_text
from bookmaker.galley import Galley, Medium, Numbering, Section
from bookmaker.script.scripts import Script
from tests.gates.poppler import page_texts
from tests.whole.conftest import Library

SCRIPTS = pytest.mark.parametrize("script", Script)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _destinations(pdf: Path) -> dict[str, int]:
    """Every named destination and the index of its page."""
    with pikepdf.open(pdf) as book:
        numbers = {page.obj.objgen: index for index, page in enumerate(book.pages)}
        names = book.Root.Names.Dests.Names
        return {str(names[at]): numbers[names[at + 1][0].objgen] for at in range(0, len(names), 2)}


def _labels(pdf: Path) -> list[str]:
    with pikepdf.open(pdf) as book:
        return [page.label for page in book.pages]


def _printed(galley: Galley, kind: str) -> list[Section]:
    return [section for section in galley.sections_for(Medium.PDF) if section.kind == kind]


@SCRIPTS
def test_chapters_and_title_leaves_start_recto(library: Library, script: Script) -> None:
    places = _destinations(library.pdf(script))
    for kind in ("half-title", "title-page", "foreword", "chapter-opener"):
        for section in _printed(library.galleys[script], kind):
            assert places[section.id] % 2 == 0, f"{section.title} starts on a left page"


@SCRIPTS
def test_an_opener_takes_one_page(library: Library, script: Script) -> None:
    galley, places = library.galleys[script], _destinations(library.pdf(script))
    sections = galley.sections_for(Medium.PDF)
    for section, following in pairwise(sections):
        if section.kind == "chapter-opener":
            assert places[following.id] == places[section.id] + 1


@SCRIPTS
def test_page_labels_say_what_is_printed(library: Library, script: Script) -> None:
    """Roman in the front matter, arabic from 1 at the first chapter, and at the foot of each page the same."""
    pdf, galley = library.pdf(script), library.galleys[script]
    labels, places, texts = _labels(pdf), _destinations(pdf), page_texts(pdf, layout=True)
    assert labels[places["half-title"]] == "i"
    assert labels[places["chapter-1"]] == "1"
    for section in galley.sections_for(Medium.PDF):
        if section.kind in ("article", "foreword", "contents", "sources"):
            page = places[section.id]
            assert texts[page].rstrip().split("\n")[-1].strip() == labels[page], section.title


@SCRIPTS
def test_the_contents_give_the_pages_where_things_stand(library: Library, script: Script) -> None:
    pdf, galley = library.pdf(script), library.galleys[script]
    labels, places = _labels(pdf), _destinations(pdf)
    first, last = places["contents"], places["chapter-1"]
    contents = _squeezed("".join(page_texts(pdf, layout=True)[first:last]))
    for section in galley.sections_for(Medium.PDF):
        if section.level and section.kind != "contents":
            line = _squeezed(section.title) + labels[places[section.id]]
            assert line in contents, section.title


@SCRIPTS
def test_running_heads_name_the_volume_on_the_left_and_the_article_on_the_right(
    library: Library, script: Script
) -> None:
    pdf, galley = library.pdf(script), library.galleys[script]
    texts, places = page_texts(pdf, layout=True), _destinations(pdf)
    volume = galley.volume.manuscript.plan.entries.volume.title
    openers = {places[section.id] for section in _printed(galley, "chapter-opener")}
    heads = {
        _squeezed(head) for section in galley.sections for head in re.findall(r'data-head="([^"]*)"', section.xhtml)
    } | {_squeezed(section.title) for section in galley.sections if section.kind in ("sources", "chronology")}
    checked = 0
    for page in range(places["chapter-1"], len(texts)):
        lines = texts[page].strip().split("\n")
        if page in openers or not texts[page].strip() or page >= places["colophon"]:
            continue
        if page % 2:
            assert lines[0].strip() == volume, f"page {page + 1}"
        else:
            assert _squeezed(lines[0]) in {plain_text(head) for head in heads}, f"page {page + 1}"
        checked += 1
    assert checked > 40


@SCRIPTS
def test_openers_title_leaves_and_blanks_carry_no_running_head(library: Library, script: Script) -> None:
    pdf, galley = library.pdf(script), library.galleys[script]
    texts, places = page_texts(pdf, layout=True), _destinations(pdf)
    volume = galley.volume.manuscript.plan.entries.volume.title
    for section in _printed(galley, "chapter-opener"):
        lines = [line.strip() for line in texts[places[section.id]].split("\n") if line.strip()]
        assert lines[0] == section.number
    assert _squeezed(texts[places["half-title"]]) == volume
    blanks = [page for page in range(1, places["chapter-1"]) if page not in places.values() and not texts[page].strip()]
    assert blanks, "the verso of the half title is blank"


@SCRIPTS
def test_no_heading_stands_at_a_page_foot(library: Library, script: Script) -> None:
    pdf, galley = library.pdf(script), library.galleys[script]
    headings = {
        _squeezed(plain_text(found))
        for section in galley.sections
        for found in re.findall(r'<h3 class="section-title"[^>]*>(.*?)</h3>', section.xhtml)
    }
    assert len(headings) > 30
    for number, text in enumerate(page_texts(pdf, layout=True), 1):
        lines = [_squeezed(line) for line in text.split("\n") if line.strip()]
        # The folio is the last line; what stands above it is the last of the text.
        assert len(lines) < 3 or lines[-2] not in headings, f"page {number}"


@SCRIPTS
def test_the_text_can_be_read_back_from_the_pdf(library: Library, script: Script) -> None:
    """Every paragraph that stands on one page comes out of poppler as it was written."""
    pdf, galley = library.pdf(script), library.galleys[script]
    whole = _squeezed("".join(page_texts(pdf)))
    found = paragraphs = 0
    for article in galley.volume.manuscript.articles:
        for block in article.body.blocks():
            if block.kind == "paragraph" and "note-call" not in block.xhtml:
                paragraphs += 1
                found += _squeezed(plain_text(block.xhtml)) in whole
    assert found / paragraphs > 0.8, "more paragraphs are torn than page breaks explain"


@SCRIPTS
def test_the_outline_lists_chapters_with_their_articles(library: Library, script: Script) -> None:
    galley = library.galleys[script]
    with pikepdf.open(library.pdf(script)) as book, book.open_outline() as outline:
        tops = [str(item.title) for item in outline.root]
        chapters = [item for item in outline.root if "\u3000" in str(item.title)]
        below = [[str(child.title) for child in item.children] for item in chapters]
    for chapter in galley.volume.chapters:
        assert any(title.endswith(f"\u3000{chapter.title}") for title in tops)
    assert list(map(len, below)) == [len(chapter.entries) for chapter in galley.volume.chapters]


@SCRIPTS
def test_the_metadata_are_in_the_script_of_the_edition(library: Library, script: Script) -> None:
    volume = library.galleys[script].volume.manuscript.plan.entries.volume
    with pikepdf.open(library.pdf(script)) as book:
        assert str(book.Root.Lang) == str(script)
        with book.open_metadata() as metadata:
            assert metadata["dc:title"] == f"{volume.title}：{volume.subtitle}"


def test_traditional_pages_hold_no_simplified_text_and_no_curly_quotes(library: Library) -> None:
    for script in (Script.HANT_TW, Script.HANT_HK):
        text = "".join(page_texts(library.pdf(script)))
        assert "項目" in text and "專案" not in text
        assert not set("项环营经济发") & set(text) - set("济"), "a Simplified character was left"
        assert not set("“”") & set(text)
        assert "「" in text and "目錄" in text and "大事記" in text


def test_a_section_sent_to_another_chapter_and_its_article_point_at_each_other(library: Library) -> None:
    galley = library.galleys[Script.HANS]
    pdf = library.pdf(Script.HANS)
    labels, places, texts = _labels(pdf), _destinations(pdf), page_texts(pdf)
    sent = [entry for chapter in galley.volume.chapters for entry in chapter.entries if entry.taken_from]
    assert sent
    for entry in sent:
        assert entry.taken_from is not None
        there, here = places[entry.taken_from.id], places[entry.id]
        around = _squeezed("".join(texts[here : here + 3]))
        assert f"本节原属第{labels[there]}页《" in around
        assert f"见第{labels[here]}页《" in _squeezed("".join(texts[there : there + 4]))


def test_front_matter_counts_apart_from_the_body(library: Library) -> None:
    galley, places = library.galleys[Script.HANS], _destinations(library.pdf(Script.HANS))
    front = [places[s.id] for s in galley.sections_for(Medium.PDF) if s.numbering is Numbering.FRONT]
    assert max(front) < places["chapter-1"]
