"""Assembling: articles and their sections in chapters, with order, references, notes and apparatus."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bookmaker.content.body import plain_text
from bookmaker.content.dates import When
from bookmaker.press import make_galley
from bookmaker.problems import SourceError
from bookmaker.script.scripts import Script
from bookmaker.volume.model import Chapter, Entry, Volume
from bookmaker.volume.numerals import chinese_number, chinese_year
from tests.projects import PLAN, Files, article, assemble, lay_project, problems_of, read

A = "content/articles/"
VOLUME = '[volume]\ntitle = "小书"\ndate = 2026-05-01\n'
SPLIT = article("通车。\n\n## 买卖 {theme=trade}\n\n开张。\n\n## 夜景\n\n灯亮。")


def plan(city: str = "", trade: str = "", more: str = "") -> str:
    return f'{VOLUME}{more}\n[[chapter]]\ntheme = "city"\n{city}\n[[chapter]]\ntheme = "trade"\n{trade}\n'


def slugs(chapter: Chapter) -> list[str]:
    return [entry.article.slug for entry in chapter.entries]


def entry_of(volume: Volume, identifier: str) -> Entry:
    return next(entry for chapter in volume.chapters for entry in chapter.entries if entry.id == identifier)


def words(entry: Entry) -> str:
    return "".join(block.xhtml for section in entry.sections for block in section.blocks)


def test_an_article_goes_to_the_chapter_of_its_first_theme_that_has_one(tmp_path: Path) -> None:
    files: Files = {
        A + "bridge.md": article("甲。", themes="[farm, trade, city]"),
        "content/themes/farm.toml": 'title = "农"',
    }
    volume = assemble(tmp_path, {**files, A + "more.md": article("乙。")})
    assert [slugs(chapter) for chapter in volume.chapters] == [["more"], ["bridge", "market"]]


def test_a_chapter_has_its_own_title_or_its_themes(tmp_path: Path) -> None:
    volume = assemble(tmp_path, {PLAN: plan(city='title = "城里"')})
    assert [(c.number, c.id, c.title) for c in volume.chapters] == [(1, "chapter-1", "城里"), (2, "chapter-2", "商贸")]


# Sections that go elsewhere


def test_a_section_with_another_theme_becomes_an_entry_of_that_chapter(tmp_path: Path) -> None:
    volume = assemble(tmp_path, {A + "bridge.md": SPLIT})
    assert [entry.id for entry in volume.chapters[1].entries] == ["bridge-s1", "market"]
    assert words(entry_of(volume, "bridge")) == "<p>通车。</p><p>灯亮。</p>"
    assert words(entry_of(volume, "bridge-s1")) == "<p>开张。</p>"


def test_the_heading_of_a_section_sent_elsewhere_becomes_the_entrys_title(tmp_path: Path) -> None:
    sent = entry_of(assemble(tmp_path, {A + "bridge.md": SPLIT}), "bridge-s1")
    assert sent.title == "买卖"
    assert [section.heading for section in sent.sections] == [""]


def test_an_article_and_its_section_point_at_each_other(tmp_path: Path) -> None:
    volume = assemble(tmp_path, {A + "bridge.md": SPLIT})
    (there,) = entry_of(volume, "bridge").elsewhere
    back = entry_of(volume, "bridge-s1").taken_from
    assert (there.id, there.title, there.chapter) == ("bridge-s1", "买卖", "商贸")
    assert back is not None
    assert (back.id, back.title, back.chapter) == ("bridge", "桥通车了", "城市")


def test_sections_in_a_row_that_go_to_one_chapter_stay_together(tmp_path: Path) -> None:
    text = article("甲。\n\n## 一 {theme=trade}\n\n乙。\n\n## 二 {theme=trade}\n\n丙。")
    sent = entry_of(assemble(tmp_path, {A + "bridge.md": text}), "bridge-s1")
    assert [section.heading for section in sent.sections] == ["", "二"]


def test_an_article_whose_every_section_goes_elsewhere_leaves_nothing_behind(tmp_path: Path) -> None:
    text = article("## 一 {theme=trade}\n\n乙。")
    volume = assemble(tmp_path, {A + "bridge.md": text, A + "other.md": article("丁。")})
    assert slugs(volume.chapters[0]) == ["other"]
    assert entry_of(volume, "bridge-s1").taken_from is None


def test_many_sections_sent_to_one_chapter_keep_their_order(tmp_path: Path) -> None:
    sections = "\n\n".join(f"## 送{n} {{theme=trade}}\n\n甲。\n\n## 留{n}\n\n乙。" for n in range(1, 8))
    volume = assemble(tmp_path, {A + "bridge.md": article(f"起。\n\n{sections}")})
    assert [e.title for e in volume.chapters[1].entries] == [*(f"送{n}" for n in range(1, 8)), "集市开张"]


def test_a_section_without_a_chapter_stays_with_a_warning(tmp_path: Path) -> None:
    text = article("甲。\n\n## 稻田 {theme=farm}\n\n乙。")
    volume = assemble(tmp_path, {A + "bridge.md": text, "content/themes/farm.toml": 'title = "农"'})
    assert words(entry_of(volume, "bridge")) == "<p>甲。</p><p>乙。</p>"
    assert [problem.code for problem in volume.manuscript.warnings] == ["article-in-no-chapter"]


def test_a_note_follows_the_section_that_calls_it_and_is_numbered_there(tmp_path: Path) -> None:
    text = article("甲[^1]。\n\n## 买卖 {theme=trade}\n\n乙[^2]。\n\n[^1]: 一。\n[^2]: 二。")
    volume = assemble(tmp_path, {A + "bridge.md": text})
    notes = {name: entry_of(volume, name).notes for name in ("bridge", "bridge-s1")}
    assert {name: [(n.number, plain_text(n.xhtml)) for n in own] for name, own in notes.items()} == {
        "bridge": [(1, "一。")],
        "bridge-s1": [(1, "二。")],
    }
    assert 'id="bridge-s1-call-1" href="#bridge-s1-note-1">1</a>' in words(entry_of(volume, "bridge-s1"))


def test_a_note_called_from_two_entries_stands_with_both(tmp_path: Path) -> None:
    text = article(
        "甲[^1]。\n\n## 买卖 {theme=trade}\n\n乙[^2]，又[^1]，再[^2]，见[^3]。\n\n"
        "[^1]: 一。\n[^2]: 二。\n[^3]: 三[^2]，四[^4]。\n[^4]: 五。"
    )
    volume = assemble(tmp_path, {A + "bridge.md": text})
    moved = entry_of(volume, "bridge-s1")
    assert [plain_text(note.xhtml) for note in entry_of(volume, "bridge").notes] == ["一。"]
    assert [plain_text(note.xhtml) for note in moved.notes] == ["二。", "一。", "三1，四4。", "五。"]
    called = re.findall(r'id="bridge-s1-call-([0-9-]+)" href="#bridge-s1-note-(\d)">(\d)<', words(moved))
    assert called == [("1", "1", "1"), ("2", "2", "2"), ("1-2", "1", "1"), ("3", "3", "3")]


def test_a_note_called_from_a_note_is_not_lost(tmp_path: Path) -> None:
    text = article("甲[^1]。\n\n[^1]: 见[^2]。\n[^2]: 二。")
    assert [note.number for note in entry_of(assemble(tmp_path, {A + "bridge.md": text}), "bridge").notes] == [1, 2]


# Order


def dated(title: str, date: str) -> str:
    return article("甲。", title=title, more=f"date: {date}\n" if date else "")


ORDERED: Files = {
    A + "bridge.md": dated("桥", "2026-03-01"),
    A + "alley.md": dated("巷", ""),
    A + "dock.md": dated("码头", "2026-01-01"),
    A + "canal.md": dated("河", "2026-03-01"),
}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["dock", "bridge", "canal", "alley"]),
        ('order = "date"', ["dock", "bridge", "canal", "alley"]),
        ('order = "slug"', ["alley", "bridge", "canal", "dock"]),
        ('order = ["canal", "alley"]', ["canal", "alley", "dock", "bridge"]),
    ],
    ids=["unsaid", "date", "slug", "list"],
)
def test_entries_come_in_the_order_the_plan_asks_for(tmp_path: Path, order: str, expected: list[str]) -> None:
    assert slugs(assemble(tmp_path, {**ORDERED, PLAN: plan(city=order)}).chapters[0]) == expected


# Selection


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        ("", ["alley", "bridge", "canal", "dock"]),
        ('articles = ["bridge.md", "alley", "market"]', ["alley", "bridge"]),
        ('articles = ["*.md"]', ["alley", "bridge", "canal", "dock"]),
        ('exclude = ["c*.md", "dock"]', ["alley", "bridge"]),
        ('themes = ["city"]\nuntil = 2026-02-01\n', ["dock"]),
        ("since = 2026-01-02", ["bridge", "canal"]),
        ("since = 2026-01-01\nuntil = 2026-01-01", ["dock"]),
    ],
    ids=["all", "names", "pattern", "exclude", "theme and until", "since", "one day"],
)
def test_the_plan_selects_articles(tmp_path: Path, select: str, expected: list[str]) -> None:
    text = f'{VOLUME}[select]\n{select}\n[[chapter]]\ntheme = "city"\norder = "slug"\n[[chapter]]\ntheme = "trade"\n'
    files = {**ORDERED, PLAN: text, A + "market.md": article("乙。", themes="[trade]", more="date: 2026-01-01\n")}
    found = read(tmp_path, files).articles
    assert [piece.slug for piece in found if piece.slug != "market"] == expected


def test_an_article_that_cannot_be_read_is_not_said_to_be_missing_too(tmp_path: Path) -> None:
    text = plan(more='[select]\narticles = ["bridge.md"]')
    found = problems_of(tmp_path, {PLAN: text, A + "bridge.md": article("甲。", more="date: 明天\n")})
    assert found == ["content/articles/bridge.md:4: the date “明天” is not a day [bad-date]"]


def test_a_theme_whose_file_is_broken_is_not_said_to_be_unknown_too(tmp_path: Path) -> None:
    found = problems_of(tmp_path, {"content/themes/city.toml": "title = “城市”\n"})
    assert [line.split(": ")[0] for line in found] == ["content/themes/city.toml:1"]


# Links


def test_a_link_to_an_article_leads_to_its_id(tmp_path: Path) -> None:
    volume = assemble(tmp_path, {A + "bridge.md": article("见[集市](market.md)。")})
    assert words(entry_of(volume, "bridge")) == '<p>见<a class="link" href="#market">集市</a>。</p>'


@pytest.mark.parametrize("slug", ["集市", "a&b", "it's", "2026", "a b"])
def test_a_link_finds_an_article_of_any_name(tmp_path: Path, slug: str) -> None:
    files = {A + "bridge.md": article(f"见[集市](<{slug}.md>)。"), f"{A}{slug}.md": article("乙。", themes="[trade]")}
    volume = assemble(tmp_path, files)
    target = next(e for e in volume.chapters[1].entries if e.article.slug == slug)
    assert f'href="#{target.id}"' in words(entry_of(volume, "bridge"))


def test_links_in_notes_headings_forewords_and_intros_lead_to_ids_too(tmp_path: Path) -> None:
    text = "见[集市](market.md)。"
    files = {
        A + "bridge.md": article(f"甲[^1]。\n\n## {text}\n\n乙。\n\n[^1]: {text}"),
        "content/foreword.md": f"---\ntitle: 前言\n---\n\n{text}\n",
        PLAN: plan(city='intro = "content/foreword.md"') + '[front]\nforeword = "content/foreword.md"\n',
    }
    volume = assemble(tmp_path, files)
    entry, foreword, intro = entry_of(volume, "bridge"), volume.manuscript.foreword, volume.chapters[0].intro
    assert foreword is not None and intro is not None
    pieces = (next(foreword.body.blocks()).xhtml, next(intro.body.blocks()).xhtml)
    for xhtml in (entry.notes[0].xhtml, entry.sections[1].heading, *pieces):
        assert 'href="#market"' in xhtml


def test_words_that_look_like_a_link_stay_as_they_are(tmp_path: Path) -> None:
    text = article('写`href="article:nowhere"`或href="article:nowhere"，见[集市](market.md)。')
    assert words(entry_of(assemble(tmp_path, {A + "bridge.md": text}), "bridge")).count('href="article:nowhere"') == 2


def test_a_link_to_an_article_outside_the_volume_is_broken(tmp_path: Path) -> None:
    files = {
        A + "bridge.md": article("见[集市](market.md)。"),
        PLAN: f'{VOLUME}[select]\nexclude = ["market"]\n[[chapter]]\ntheme = "city"\n',
    }
    assert problems_of(tmp_path, files) == [
        "content/articles/bridge.md:6: the link to “market” points to no article of this volume [broken-link]"
    ]


# Apparatus


def test_articles_from_one_source_are_listed_under_it_once(tmp_path: Path) -> None:
    paper = "source: {publication: 晚报, date: 2026-01-02, page: A3}\n"
    files = {
        A + "bridge.md": article("甲。", more=paper),
        A + "canal.md": article("乙。", title="河", more="source: {publication: 日报}\n"),
        A + "market.md": article("丙。", title="集市开张", themes="[trade]", more=paper),
    }
    found = [(g.source.publication, [r.title for r in g.entries]) for g in assemble(tmp_path, files).sources]
    assert found == [("晚报", ["桥通车了", "集市开张"]), ("日报", ["河"])]


def test_a_section_sent_elsewhere_does_not_name_its_source_again(tmp_path: Path) -> None:
    text = SPLIT.replace("themes:", "source: {publication: 晚报}\nthemes:")
    assert [len(group.entries) for group in assemble(tmp_path, {A + "bridge.md": text}).sources] == [1]


def test_the_chronology_is_in_order_of_days_and_tells_nothing_twice(tmp_path: Path) -> None:
    events = "events:\n  - {date: 2026-05-02, text: 庆祝}\n  - {date: 2026-05-01, text: 通车}\n"
    more = "events:\n  - {date: 2026-05-01, text: 通车}\n  - {date: 2026-05-01, text: 开张}\n"
    files = {
        A + "bridge.md": article("甲。", more=events),
        A + "market.md": article("乙。", themes="[trade]", more=more),
    }
    found = [(o.date.day, o.text, o.origin.id) for o in assemble(tmp_path, files).chronology]
    assert found == [(1, "通车", "bridge"), (1, "开张", "market"), (2, "庆祝", "bridge")]


def test_the_chronology_tells_of_years_quarters_months_and_days_in_order(tmp_path: Path) -> None:
    events = ["2026-05-02", "2026年5月", "2026Q2", "2026", "2026-04-30", "2025年第四季度", "2026-01-01"]
    more = "events:\n" + "".join(f"  - {{date: {date}, text: 事{n}}}\n" for n, date in enumerate(events))
    files = {A + "bridge.md": article("甲。", more=more)}
    told = [o.date for o in assemble(tmp_path / "volume", files).chronology]
    assert [(w.year, w.quarter, w.month, w.day) for w in told] == [
        (2025, 4, 0, 0), (2026, 0, 0, 0), (2026, 0, 1, 1), (2026, 2, 0, 0), (2026, 0, 4, 30), (2026, 0, 5, 0),
        (2026, 0, 5, 2),
    ]  # fmt: skip
    project = lay_project(tmp_path / "book", files=files)
    sections = make_galley(project, project.root / PLAN, Script.HANS)[0].sections
    shown = next(section.xhtml for section in sections if section.kind == "chronology")
    assert re.findall("<dt>(.*?)</dt>", shown) == ["第四季度", "", "1月1日", "第二季度", "4月30日", "5月", "5月2日"]


def test_dates_of_the_chronology_are_days(tmp_path: Path) -> None:
    more = "events:\n  - {date: 2026年5月1日, text: 通车}\n"
    (found,) = assemble(tmp_path, {A + "bridge.md": article("甲。", more=more)}).chronology
    assert found.date == When(2026, 5, 1)


FIGURES = "figures:\n  - {label: 桥长, value: '3', unit: 公里}\n  - {label: 桥宽, value: '30', unit: 米}\n"


def test_an_opener_shows_the_key_figures_the_plan_chooses(tmp_path: Path) -> None:
    files = {
        A + "bridge.md": article("甲。", more=FIGURES),
        PLAN: plan(city='figures = ["bridge#桥宽", "bridge#桥长"]'),
    }
    chapter = assemble(tmp_path, files).chapters[0]
    assert [(shown.figure.label, shown.origin.id) for shown in chapter.figures] == [
        ("桥宽", "bridge"),
        ("桥长", "bridge"),
    ]


def test_an_opener_shows_the_first_figure_of_four_articles_if_the_plan_is_silent(tmp_path: Path) -> None:
    files = {f"{A}n{n}.md": article("甲。", more=FIGURES.replace("'3'", f"'{n}'")) for n in range(1, 7)}
    chapter = assemble(tmp_path, files).chapters[0]
    assert [shown.figure.value for shown in chapter.figures] == ["1", "2", "3", "4"]


def test_characters_are_counted_as_a_reader_reads_them(tmp_path: Path) -> None:
    files = {
        A + "bridge.md": article("**甲**，乙 丙\n\n| 一 |\n| - |\n| 二 |", title="桥"),
        A + "market.md": article("&lt;", title="集市", themes="[trade]"),
    }
    assert assemble(tmp_path, files).characters == len("桥甲，乙丙一二" + "集市<")


def test_the_volume_is_not_made_while_anything_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        assemble(tmp_path, {A + "bridge.md": article("见[甲](nowhere.md)。", themes="[]")})
    assert [problem.code for problem in caught.value.problems] == [
        "article-without-theme",
        "broken-link",
        "empty-chapter",
    ]


# What no chapter takes

HOMELESS: Files = {
    A + "rain.md": article("下雨。", title="雨", themes="[]", more="date: 2026-04-02\n"),
    A + "wheat.md": article("麦熟。", title="麦", themes="[farm]", more="date: 2026-04-01\n"),
    "content/themes/farm.toml": 'title = "农"',
}


def unclassified(what: str) -> Files:
    return {**HOMELESS, PLAN: plan(more=f'[select]\nunclassified = "{what}"\n')}


@pytest.mark.parametrize("files", [HOMELESS, unclassified("refuse")], ids=["unsaid", "said"])
def test_an_article_that_no_chapter_takes_is_refused(tmp_path: Path, files: Files) -> None:
    with pytest.raises(SourceError) as caught:
        assemble(tmp_path, files)
    assert [problem.code for problem in caught.value.problems] == ["article-without-theme", "article-in-no-chapter"]


def test_the_appendix_takes_what_no_chapter_takes_by_date_and_has_no_number(tmp_path: Path) -> None:
    *_, last = assemble(tmp_path, unclassified("appendix")).chapters
    assert (last.number, slugs(last)) == (0, ["wheat", "rain"])


def test_a_volume_whose_articles_all_have_chapters_has_no_appendix(tmp_path: Path) -> None:
    files = {PLAN: plan(more='[select]\nunclassified = "appendix"\n')}
    assert [chapter.number for chapter in assemble(tmp_path, files).chapters] == [1, 2]


def test_a_section_with_a_chapter_goes_there_from_the_appendix(tmp_path: Path) -> None:
    split = article("下雨。\n\n## 伞市 {theme=trade}\n\n卖伞。", title="雨", themes="[]")
    volume = assemble(tmp_path, {**unclassified("appendix"), A + "rain.md": split})
    assert words(entry_of(volume, "rain")) == "<p>下雨。</p>"
    back = entry_of(volume, "rain-s1").taken_from
    assert back is not None
    assert back.id == "rain"


def test_what_is_left_out_stands_nowhere_and_counts_nowhere(tmp_path: Path) -> None:
    whole = assemble(tmp_path / "whole", {PLAN: plan()})
    volume = assemble(tmp_path / "less", unclassified("leave-out"))
    assert [slugs(chapter) for chapter in volume.chapters] == [slugs(chapter) for chapter in whole.chapters]
    assert volume.characters == whole.characters
    assert volume.manuscript.warnings == ()


def test_of_an_article_left_out_the_section_with_a_chapter_stays(tmp_path: Path) -> None:
    split = article("下雨。\n\n## 伞市 {theme=trade}\n\n卖伞。", title="雨", themes="[]")
    volume = assemble(tmp_path, {**unclassified("leave-out"), A + "rain.md": split})
    assert [(entry.id, entry.taken_from) for entry in volume.chapters[1].entries][-1] == ("rain-s1", None)
    assert "rain" not in [entry.id for chapter in volume.chapters for entry in chapter.entries]


def test_a_link_to_what_is_left_out_is_broken_and_one_from_it_is_nobodys(tmp_path: Path) -> None:
    away = article("见[甲](nowhere.md)。", title="雨", themes="[]")
    assert problems_of(tmp_path / "from", {**unclassified("leave-out"), A + "rain.md": away}) == []
    towards = article("见[雨](rain.md)。")
    (problem,) = problems_of(tmp_path / "to", {**unclassified("leave-out"), A + "bridge.md": towards})
    assert "[broken-link]" in problem


@pytest.mark.parametrize(
    ("script", "title"), [(Script.HANS, "附录"), (Script.HANT_TW, "附錄"), (Script.HANT_HK, "附錄")]
)
def test_the_appendix_is_called_so_in_every_script(tmp_path: Path, script: Script, title: str) -> None:
    project = lay_project(tmp_path, files=unclassified("appendix"))
    galley, _ = make_galley(project, project.root / PLAN, script)
    openers = [section for section in galley.sections if section.kind == "chapter-opener"]
    assert [(opener.number, opener.title) for opener in openers[-1:]] == [("", title)]
    assert 'class="number"' not in openers[-1].xhtml
    assert 'role="doc-appendix"' in openers[-1].xhtml


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"), (2, "二"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"),
        (90, "九十"), (99, "九十九"), (100, "一百"), (101, "一百零一"), (109, "一百零九"), (110, "一百一十"),
        (111, "一百一十一"), (120, "一百二十"), (199, "一百九十九"),
    ],
)  # fmt: skip
def test_a_number_is_said_in_chinese(number: int, said: str) -> None:
    assert chinese_number(number) == said


def test_no_two_numbers_are_said_alike() -> None:
    assert len({chinese_number(number) for number in range(1, 1000)}) == 999


def test_a_year_is_said_digit_by_digit() -> None:
    assert chinese_year(2026) == "二〇二六"
