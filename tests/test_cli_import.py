"""`bookmaker import` and `bookmaker classify`: what they print, where, what they write, and with which exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from typer.testing import CliRunner, Result

from bookmaker.cli.program import app

PAGES = Path(__file__).parent / "clippings" / "pages"
FRONT, INSIDE, BRIEFS = (str(PAGES / name) for name in ("front.txt", "inside.txt", "briefs.txt"))

CITY = 'title = "城市"\nkeyword = [{ text = "项目", weight = 3.0 }, { text = "开工", weight = 3.0 }]\n'
TRADE = 'title = "商贸"\nkeyword = [{ text = "蔬菜", weight = 3.0 }, { text = "直通车", weight = 3.0 }]\n'
PLAN = """[volume]
title = "北岸"
date = 2026-05-01

[select]
unclassified = "appendix"

[[chapter]]
theme = "city"
optional = true

[[chapter]]
theme = "trade"
optional = true
"""
PROJECT = {
    "content/themes/city.toml": CITY,
    "content/themes/trade.toml": TRADE,
    "content/volumes/small.toml": PLAN,
}

Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two themes and a plan, without an article."""
    for name, text in PROJECT.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "project"


@pytest.fixture
def run(project: Path) -> Run:
    """`run("import", FRONT)`: a command in the project, whatever folder it is typed in."""

    def command(*words: str) -> Result:
        return CliRunner().invoke(app, [*words, "--root", str(project)])

    return command


def typed(*words: str) -> Result:
    """A command without --root."""
    return CliRunner().invoke(app, list(words))


def articles(project: Path) -> dict[str, str]:
    """The text of every article, by its file's name."""
    found = sorted((project / "content" / "articles").rglob("*.md"))
    return {path.name: path.read_bytes().decode() for path in found}


def themes_of(text: str) -> str:
    (line,) = [line for line in text.split("\n") if line.startswith("themes:")]
    return line


# import


def test_import_writes_into_the_projects_articles(run: Run, project: Path) -> None:
    found = run("import", FRONT, INSIDE)
    assert found.exit_code == 0
    assert found.stdout == ""
    assert len(articles(project)) == 4
    assert "2 pages: 4 articles (4 written), 1 to look at" in found.stderr


def test_import_says_every_article_with_its_file_and_its_lines(run: Run, project: Path) -> None:
    said = run("import", FRONT, INSIDE).stderr
    assert "全市“一老一小”服务设施建设现场会召开" in said
    assert "20-28" in said
    assert all(name.removesuffix(".md") in said for name in articles(project))


def test_verbose_says_every_guess_and_every_line(run: Run) -> None:
    short, long = run("import", BRIEFS).stderr, run("import", BRIEFS, "-v").stderr
    assert len(long.splitlines()) > 2 * len(short.splitlines())
    assert "body: " in long
    assert "masthead: " in long
    assert "body: " not in short


def test_quiet_says_nothing_when_nothing_is_wrong(run: Run, project: Path) -> None:
    found = run("import", FRONT, "-q")
    assert (found.exit_code, found.stdout, found.stderr) == (0, "", "")
    assert articles(project)


def test_json_is_one_list_of_the_articles_and_nothing_else(run: Run) -> None:
    found = run("import", FRONT, INSIDE, "--json")
    records = json.loads(found.stdout)
    assert found.exit_code == 0
    assert isinstance(records, list)
    assert len(records) == 4
    assert "4 articles" in found.stderr
    for record in records:
        text = Path(record["file"]).read_text(encoding="utf-8")
        assert record["status"] == "written"
        assert f"title: {record['title']}\n" in text
        assert record["lines"]
        assert all(line["file"] and line["line"] and line["use"] for line in record["lines"])
        assert record["source"]["publication"] == "北岸日报"
        assert isinstance(record["guesses"], list)
    assert run("import", FRONT, INSIDE, "--json", "-q").stderr == ""


def test_a_page_without_an_article_is_told_of(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "slogans.txt"
    page.write_text("北岸日报 2026年4月18日 星期六 第3版\n\n文明出行 从我做起\n", encoding="utf-8")
    found = run("import", FRONT, str(page))
    assert "slogans.txt" in found.stderr
    assert "no article" in found.stderr
    record = json.loads(run("import", str(page), "--json").stdout)[-1]
    assert (record["file"], record["status"]) == (None, "no-article")
    assert [line["line"] for line in record["around"]] == [1, 3]


def test_json_of_a_second_import_says_that_nothing_changed(run: Run) -> None:
    run("import", FRONT)
    assert {record["status"] for record in json.loads(run("import", FRONT, "--json").stdout)} == {"unchanged"}


def test_json_of_an_unreadable_page_prints_nothing_on_standard_output(run: Run, tmp_path: Path) -> None:
    found = run("import", FRONT, str(tmp_path / "missing.txt"), "--json")
    assert (found.exit_code, found.stdout) == (3, "")
    assert "missing.txt" in found.stderr


def test_an_unreadable_file_is_status_3_with_file_and_hint_and_nothing_written(
    run: Run, project: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "paper.pdf"
    bad.write_bytes(b"%PDF-1.7\n")
    found = run("import", FRONT, str(bad))
    assert found.exit_code == 3
    assert found.stderr.splitlines()[0].startswith(f"{bad}: ")
    assert "[unreadable-page]" in found.stderr
    assert "    hint: " in found.stderr
    assert found.stderr.endswith("1 error, 0 warnings\n")
    assert articles(project) == {}


def test_a_folder_is_no_page(run: Run, project: Path) -> None:
    found = run("import", str(PAGES))
    assert found.exit_code == 3
    assert "this is a folder [unreadable-page]" in found.stderr
    assert articles(project) == {}


def test_import_without_a_file_is_a_wrong_command_line(run: Run) -> None:
    assert run("import").exit_code == 2


def test_into_names_another_folder(run: Run, project: Path) -> None:
    into = project / "content" / "articles" / "2026" / "04"
    assert run("import", FRONT, "--into", str(into)).exit_code == 0
    assert {path.parent for path in (project / "content").rglob("*.md")} == {into}


def test_into_needs_no_project(tmp_path: Path) -> None:
    found = typed("import", FRONT, "--into", str(tmp_path / "anywhere" / "else"))
    assert found.exit_code == 0
    assert len(list((tmp_path / "anywhere" / "else").iterdir())) == 2


def test_into_a_file_is_a_wrong_command_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file.md"
    file.write_text("甲", encoding="utf-8")
    found = run("import", FRONT, "--into", str(file))
    assert found.exit_code == 2
    assert str(file) in found.stderr
    assert file.read_text(encoding="utf-8") == "甲"


def test_into_a_folder_below_a_file_is_a_wrong_command_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file.md").write_text("x")
    found = run("import", FRONT, "--into", str(tmp_path / "file.md" / "deep"))
    assert found.exit_code == 2
    assert "file.md is a file: --into names a folder" in found.stderr


def test_without_a_project_and_without_into_import_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = typed("import", FRONT)
    assert found.exit_code == 2
    assert "content/" in found.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_project_is_found_from_a_folder_below(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "content" / "themes")
    assert typed("import", FRONT).exit_code == 0
    assert len(articles(project)) == 2


def test_an_edited_article_is_kept_and_said_to_be_and_force_overwrites_it(run: Run, project: Path) -> None:
    run("import", FRONT)
    before = articles(project)
    path = next((project / "content" / "articles").glob("全市*.md"))
    path.write_text(path.read_text(encoding="utf-8") + "\n编者按。\n", encoding="utf-8")
    kept = run("import", FRONT)
    assert "(1 kept, 1 unchanged)" in kept.stderr
    assert "编者按。" in path.read_text(encoding="utf-8")
    assert "1 written" in run("import", FRONT, "--force").stderr
    assert articles(project) == before


# classify


@pytest.fixture
def imported(run: Run, project: Path) -> Path:
    """The project with the four articles of two pages."""
    assert run("import", FRONT, INSIDE, "-q").exit_code == 0
    return project


def test_classify_writes_the_themes_that_it_found(run: Run, imported: Path) -> None:
    found = run("classify")
    assert found.exit_code == 0
    assert found.stdout == ""
    written = {name: themes_of(text) for name, text in articles(imported).items()}
    assert written == {
        "北岸-把项目-施工图-变成发展-实景图.md": "themes: [city] # classify",
        "全市-一老一小-服务设施建设现场会召开.md": "themes: [] # classify: none",
        "山门开了-乡亲富了.md": "themes: [] # classify: none",
        "首批-数字菜篮子-直通车进社区.md": "themes: [trade] # classify",
    }
    assert "4 articles, 2 without a theme" in found.stderr


def test_classify_changes_nothing_but_the_themes(run: Run, imported: Path) -> None:
    before = articles(imported)
    run("classify")
    for name, text in articles(imported).items():
        assert (
            "".join(line for line in text.splitlines(keepends=True) if not line.startswith("themes:")) == before[name]
        )


def test_a_second_classify_changes_nothing(run: Run, imported: Path) -> None:
    run("classify")
    files = sorted((imported / "content" / "articles").iterdir())
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in files]
    run("classify")
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in files] == before


def test_a_dry_run_writes_nothing(run: Run, imported: Path) -> None:
    before = articles(imported)
    found = run("classify", "--dry-run")
    assert articles(imported) == before
    assert "city" in found.stderr


def test_the_editors_word_wins(run: Run, imported: Path) -> None:
    path = next((imported / "content" / "articles").glob("首批*.md"))
    text = path.read_text(encoding="utf-8").replace("clipping:", "themes: [city]\nclipping:")
    path.write_text(text, encoding="utf-8")
    records = json.loads(run("classify", "--json").stdout)
    (record,) = [record for record in records if record["title"].startswith("首批")]
    assert (record["theme"], record["decided_by"], record["scored"]) == ("city", "editor", "trade")
    assert path.read_text(encoding="utf-8") == text


def test_explain_shows_the_words_that_counted(run: Run, imported: Path) -> None:
    found = run("classify", "--explain", "--dry-run", "-q")
    assert found.exit_code == 0
    assert "项目 ×" in found.stdout
    assert "section “干部围着项目转”: city" in found.stdout
    assert "none of them" in found.stdout
    assert found.stderr == ""


def test_classify_json_is_a_list_with_files(run: Run, imported: Path) -> None:
    found = run("classify", "--json", "-q")
    records = json.loads(found.stdout)
    assert (found.exit_code, found.stderr) == (0, "")
    assert isinstance(records, list)
    assert {record["file"] for record in records} == {f"content/articles/{name}" for name in articles(imported)}
    assert all((imported / record["file"]).is_file() for record in records)


def test_quiet_classify_says_nothing_but_writes(run: Run, imported: Path) -> None:
    found = run("classify", "-q")
    assert (found.exit_code, found.stdout, found.stderr) == (0, "", "")
    assert all("# classify" in text for text in articles(imported).values())


def test_an_import_keeps_what_classify_wrote(run: Run, imported: Path) -> None:
    run("classify")
    before = articles(imported)
    assert "4 kept" in run("import", FRONT, INSIDE).stderr
    assert articles(imported) == before


def test_a_theme_that_classify_wrote_and_that_has_gone_is_written_anew(run: Run, imported: Path) -> None:
    run("classify")
    assert any("city" in text for text in articles(imported).values())
    (imported / "content" / "themes" / "city.toml").unlink()
    assert run("classify").exit_code == 0
    assert not any("city" in text for text in articles(imported).values())


def test_classify_without_themes_says_what_to_write(run: Run, imported: Path) -> None:
    for path in (imported / "content" / "themes").iterdir():
        path.unlink()
    before = articles(imported)
    found = run("classify")
    assert found.exit_code == 3
    assert "hint: write content/themes/<id>.toml" in found.stderr
    assert articles(imported) == before


def test_classify_of_a_broken_article_is_status_3_and_writes_nothing(run: Run, imported: Path) -> None:
    (imported / "content" / "articles" / "broken.md").write_text("甲。\n", encoding="utf-8")
    before = articles(imported)
    found = run("classify")
    assert found.exit_code == 3
    assert "content/articles/broken.md:1: " in found.stderr
    assert articles(imported) == before


def test_classify_needs_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert typed("classify").exit_code == 2


# The whole road


def test_pages_become_a_printed_book_without_a_hand(run: Run, project: Path) -> None:
    for words in (["import", FRONT, INSIDE], ["classify"], ["pdf"]):
        found = run(*words)
        assert found.exit_code == 0, found.stderr
    book = pypdfium2.PdfDocument(project / "build" / "small" / "small.zh-Hans.pdf")
    try:
        printed = "".join(page.get_textpage().get_text_range() for page in book)
    finally:
        book.close()
    printed = "".join(printed.split())
    for words in ("城市", "商贸", "附录", "山门开了乡亲富了", "首批“数字菜篮子”直通车进社区"):
        assert words in printed
    assert "全部用在了基础施工上" in printed  # over the seam of two pages
