"""The road of an import: which files are written, kept and left alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bookmaker.content.article import read_article
from bookmaker.content.pictures import PictureShelf
from bookmaker.intake import Intake, Status, import_pages
from bookmaker.problems import SourceError
from bookmaker.project import Project
from tests.projects import lay_project

#: Two stories under a folio; {} is the first one's headline.
PAGE = """北岸日报 2026年4月17日 第1版

{}

本报讯（记者 张波）东门桥昨天恢复通车，两侧的石栏换成了新的，桥面也重新铺过，附近的居民又可以走近路去菜市场。

桥上装了三十二盏灯，天黑以后自己会亮，清早再自己熄灭。工地负责人说，灯杆是请本地的铁匠打的。

城西书店开到半夜

本报讯（记者 李明）城西的一家书店把打烊的时间推迟到了半夜，来读书的人多了起来，周末要提前占座位。

老板说，灯亮着就有人进来，哪怕只是坐一坐也是好的。
"""
BRIDGE = "东门桥恢复通车"
BOTH = {"东门桥恢复通车.md", "城西书店开到半夜.md"}

#: Another day's page: the same headline over other news.
NEXT_DAY = f"""北岸日报 2026年4月18日 第1版

{BRIDGE}

本报讯（记者 王小燕）因为检修，这座老桥的东半幅昨夜再度封闭，公共汽车改走下游的渡口，预计五天以后才能放行。

交通部门提醒，早晚高峰时渡口要排队，最好提前半个钟头出门，或者绕行城北的高架路。
"""


def page(folder: Path, text: str = PAGE.format(BRIDGE), name: str = "page.txt") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def statuses(intake: Intake) -> list[Status]:
    return [one.status for one in intake.taken]


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of every file below a folder."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def aged(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The state of a folder whose files were last written long ago."""
    for path in folder.rglob("*.md"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return state(folder)


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "articles"


# The first import and the second


def test_every_article_of_a_page_gets_a_file(tmp_path: Path, into: Path) -> None:
    intake = import_pages([page(tmp_path)], into, None)
    assert statuses(intake) == [Status.WRITTEN] * 2
    assert {one.path.name for one in intake.taken} == files_in(into) == BOTH
    assert len(intake.pages) == 1


def test_what_was_written_can_be_read_by_bookmaker(tmp_path: Path, into: Path) -> None:
    intake = import_pages([page(tmp_path)], into, None)
    project = Project(tmp_path)
    for one in intake.taken:
        problems: list[object] = []
        read = read_article(project, one.path, PictureShelf(project), problems)  # type: ignore[arg-type]
        assert not problems
        assert read is not None
        assert read.header.title == one.article.story.title


def test_a_second_import_changes_nothing(tmp_path: Path, into: Path) -> None:
    import_pages([page(tmp_path)], into, None)
    before = aged(into)
    intake = import_pages([page(tmp_path)], into, None)
    assert statuses(intake) == [Status.UNCHANGED] * 2
    assert state(into) == before


def test_a_second_import_with_force_changes_nothing_either(tmp_path: Path, into: Path) -> None:
    import_pages([page(tmp_path)], into, None)
    before = aged(into)
    assert statuses(import_pages([page(tmp_path)], into, None, force=True)) == [Status.UNCHANGED] * 2
    assert state(into) == before


def test_an_edited_article_is_kept(tmp_path: Path, into: Path) -> None:
    import_pages([page(tmp_path)], into, None)
    edited = into / f"{BRIDGE}.md"
    edited.write_text(edited.read_text(encoding="utf-8").replace("三十二盏", "三十三盏"), encoding="utf-8")
    before = aged(into)
    intake = import_pages([page(tmp_path)], into, None)
    assert {one.path.stem: one.status for one in intake.taken}[BRIDGE] is Status.KEPT
    assert state(into) == before


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_an_article_saved_by_another_editor_is_kept(tmp_path: Path, into: Path, change: object) -> None:
    import_pages([page(tmp_path)], into, None)
    edited = into / f"{BRIDGE}.md"
    edited.write_bytes(change(edited.read_text(encoding="utf-8")).encode())  # type: ignore[operator]
    import_pages([page(tmp_path)], into, None)
    assert files_in(into) == BOTH


def test_an_article_with_a_new_title_in_its_header_is_kept(tmp_path: Path, into: Path) -> None:
    import_pages([page(tmp_path)], into, None)
    edited = into / f"{BRIDGE}.md"
    edited.write_text(edited.read_text(encoding="utf-8").replace(f"title: {BRIDGE}", "title: 桥"), encoding="utf-8")
    import_pages([page(tmp_path)], into, None)
    assert "title: 桥\n" in edited.read_text(encoding="utf-8")
    assert files_in(into) == BOTH


def test_force_overwrites_an_edited_article(tmp_path: Path, into: Path) -> None:
    import_pages([page(tmp_path)], into, None)
    first = state(into)[f"{BRIDGE}.md"][0]
    (into / f"{BRIDGE}.md").write_bytes(first.replace("三十二盏".encode(), "三十三盏".encode()))
    intake = import_pages([page(tmp_path)], into, None, force=True)
    assert {one.path.stem: one.status for one in intake.taken}[BRIDGE] is Status.WRITTEN
    assert state(into)[f"{BRIDGE}.md"][0] == first


def test_a_deleted_article_is_written_again(tmp_path: Path, into: Path) -> None:
    import_pages([page(tmp_path)], into, None)
    (into / f"{BRIDGE}.md").unlink()
    intake = import_pages([page(tmp_path)], into, None)
    assert sorted(statuses(intake)) == [Status.UNCHANGED, Status.WRITTEN]
    assert files_in(into) == BOTH


# Names


@pytest.mark.parametrize("moved", ["2026/桥.md", "另一个名字.md", f"2026/{BRIDGE}.md"])
def test_an_article_that_the_editor_moved_or_called_otherwise_is_not_written_again(tmp_path: Path, moved: str) -> None:
    project = lay_project(tmp_path / "project")
    into = project.articles / "inbox"
    import_pages([page(tmp_path)], into, project)
    place = into / moved if "/" not in moved else project.articles / moved
    place.parent.mkdir(exist_ok=True)
    (into / f"{BRIDGE}.md").rename(place)
    before = aged(project.articles)
    assert set(statuses(import_pages([page(tmp_path)], into, project))) == {Status.UNCHANGED}
    assert state(project.articles) == before


@pytest.mark.parametrize(
    "clipping", ["{file: [a], lines: 1}", "{file: 2026-13-45}", "{" * 5000 + "}", "{file: page.txt}"]
)
def test_a_clipping_that_somebody_wrote_wrongly_is_nobodys(tmp_path: Path, into: Path, clipping: str) -> None:
    into.mkdir()
    (into / "other.md").write_text(f"---\ntitle: 桥\nclipping: {clipping}\n---\n\n桥通了。\n", encoding="utf-8")
    assert set(statuses(import_pages([page(tmp_path)], into, None))) == {Status.WRITTEN}


def test_a_file_that_was_written_by_hand_is_never_touched(tmp_path: Path, into: Path) -> None:
    into.mkdir()
    own = into / f"{BRIDGE}.md"
    own.write_text("---\ntitle: 我的桥\n---\n\n甲。\n", encoding="utf-8")
    import_pages([page(tmp_path)], into, None, force=True)
    assert "我的桥" in own.read_text(encoding="utf-8")
    assert files_in(into) == {*BOTH, f"{BRIDGE}-2.md"}


def test_another_article_of_the_same_title_on_another_page_gets_another_name(tmp_path: Path, into: Path) -> None:
    import_pages([page(tmp_path)], into, None)
    before = aged(into)
    intake = import_pages([page(tmp_path, NEXT_DAY, "next.txt")], into, None)
    assert [one.path.name for one in intake.taken] == [f"{BRIDGE}-2.md"]
    assert before.items() <= state(into).items()


def test_two_articles_of_one_title_keep_their_names_on_a_second_import(tmp_path: Path, into: Path) -> None:
    pages = [page(tmp_path), page(tmp_path, NEXT_DAY, "next.txt")]
    import_pages(pages, into, None)
    before = aged(into)
    assert len(before) == 3
    assert set(statuses(import_pages(pages, into, None))) == {Status.UNCHANGED}
    assert statuses(import_pages([pages[1]], into, None)) == [Status.UNCHANGED]
    assert state(into) == before


def test_the_next_days_page_of_the_same_file_name_is_another_page(tmp_path: Path, into: Path) -> None:
    import_pages([page(tmp_path / "17")], into, None)
    intake = import_pages([page(tmp_path / "18", NEXT_DAY)], into, None)
    assert statuses(intake) == [Status.WRITTEN]
    assert len(files_in(into)) == 3


def test_a_name_that_stands_elsewhere_in_the_pool_is_taken(tmp_path: Path) -> None:
    project = lay_project(tmp_path / "project", files={f"content/articles/2025/{BRIDGE}.md": "---\ntitle: 桥\n---\n"})
    into = project.articles / "2026"
    for status in (Status.WRITTEN, Status.UNCHANGED):
        intake = import_pages([page(tmp_path)], into, project)
        assert set(statuses(intake)) == {status}
        assert files_in(into) == {f"{BRIDGE}-2.md", "城西书店开到半夜.md"}


def test_two_pages_of_one_base_name_in_two_folders_are_told_apart(tmp_path: Path, into: Path) -> None:
    pages = [page(tmp_path / "17"), page(tmp_path / "18", NEXT_DAY)]
    intake = import_pages(pages, into, None)
    assert {one.article.story.file for one in intake.taken} == {"17/page.txt", "18/page.txt"}
    before = aged(into)
    assert len(before) == 3
    assert set(statuses(import_pages(pages, into, None))) == {Status.UNCHANGED}
    assert state(into) == before


def test_two_pages_in_folders_of_one_name_are_told_apart(tmp_path: Path, into: Path) -> None:
    intake = import_pages([page(tmp_path / "17" / "a"), page(tmp_path / "18" / "a", NEXT_DAY)], into, None)
    assert len({clipping.clipping.file for clipping in intake.pages}) == 2


def test_a_page_named_twice_is_imported_once(tmp_path: Path, into: Path) -> None:
    one = page(tmp_path)
    intake = import_pages([one, one], into, None)
    assert len(intake.pages) == 1
    assert files_in(into) == BOTH


@pytest.mark.parametrize("title", ["../../外面", "/外面", "..", "../外面.md", "a/b/c", "外面\\里面", "~/外面"])
def test_no_title_leads_out_of_the_folder(tmp_path: Path, into: Path, title: str) -> None:
    given = page(tmp_path / "in" / "deep", PAGE.format(title))
    before = state(tmp_path)
    intake = import_pages([given], into, None)
    assert all(one.path.parent == into for one in intake.taken)
    after = state(tmp_path)
    new = after.keys() - before.keys()
    assert len(new) == len(intake.taken) == 2
    assert {Path(name).parent for name in new} == {Path("articles")}
    assert before.items() <= after.items()


def test_nothing_but_articles_is_left_in_the_folder(tmp_path: Path, into: Path) -> None:
    import_pages([page(tmp_path)], into, None)
    assert all(name.endswith(".md") for name in os.listdir(into))


@pytest.mark.parametrize(
    "name",
    [
        "北岸日报.txt",
        "北岸, 日报: 4月.txt",
        "北岸 #1.txt",
        "{北岸}.txt",
        "'北岸'.txt",
        "-.txt",
        '北岸"日报".txt',
        "a\\b.txt",
    ],
)
def test_a_page_is_known_again_whatever_its_file_is_called(tmp_path: Path, into: Path, name: str) -> None:
    given = page(tmp_path, name=name)
    import_pages([given], into, None)
    assert set(statuses(import_pages([given], into, None))) == {Status.UNCHANGED}
    assert files_in(into) == BOTH


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            os.fsdecode(b"\xb1\xb1\xb0\xb6.txt"),
            id="gbk",
        ),
        pytest.param(
            "北\x01岸.txt",
            id="control",
        ),
        pytest.param(
            "北\u2028岸.txt",
            id="line-separator",
        ),
    ],
)
def test_a_page_with_a_strange_file_name_becomes_articles_that_can_be_read(
    tmp_path: Path, into: Path, name: str
) -> None:
    intake = import_pages([page(tmp_path, name=name)], into, None)
    project = Project(tmp_path)
    problems: list[object] = []
    for one in intake.taken:
        read_article(project, one.path, PictureShelf(project), problems)  # type: ignore[arg-type]
    assert not problems


UNSEEN = "\x01\x1b\x7f\x85\xad\u061c\u200b\u200e\u2028\u2029\u202e\u2066\ufeff\ufffe\U000e0041"


@pytest.mark.parametrize("ending", ["txt", "md", "html"])
def test_what_shows_nothing_on_a_page_does_not_break_its_articles(tmp_path: Path, into: Path, ending: str) -> None:
    lines = PAGE.format(BRIDGE).split("\n\n")
    dirty = [f"{line[:6]}{UNSEEN if at == 1 else ''}{line[6:]}" for at, line in enumerate(lines)]
    body = "".join(f"<p>{line}</p>" for line in dirty)
    text = f"<html><body>{body}</body></html>" if ending == "html" else "\n\n".join(dirty)
    intake = import_pages([page(tmp_path, text, f"page.{ending}")], into, None)
    project, problems = Project(tmp_path), list[object]()
    read = [read_article(project, one.path, PictureShelf(project), problems) for one in intake.taken]  # type: ignore[arg-type]
    assert not problems
    assert all(read)


# What cannot be read


def unreadable(folder: Path) -> Iterator[Path]:
    yield folder
    yield folder / "missing.txt"
    for name, data in {"a.pdf": b"%PDF-1.7\n", "b.txt": b"", "c.txt": b"\x00\x01\x02" * 400, "d.doc": b"abc"}.items():
        (folder / name).write_bytes(data)
        yield folder / name


def test_an_unreadable_file_stops_the_whole_import(tmp_path: Path, into: Path) -> None:
    (tmp_path / "bad").mkdir()
    for bad in unreadable(tmp_path / "bad"):
        with pytest.raises(SourceError) as stopped:
            import_pages([page(tmp_path), bad], into, None)
        (problem,) = stopped.value.problems
        assert problem.code == "unreadable-page"
        assert bad.name in str(problem)
        assert problem.hint
        assert not into.exists()


def test_all_unreadable_files_are_told_of_at_once(tmp_path: Path, into: Path) -> None:
    (tmp_path / "bad").mkdir()
    bad = list(unreadable(tmp_path / "bad"))
    with pytest.raises(SourceError) as stopped:
        import_pages(bad, into, None)
    assert len(stopped.value.problems) == len(bad)


def test_an_unreadable_file_leaves_earlier_articles_alone(tmp_path: Path, into: Path) -> None:
    import_pages([page(tmp_path)], into, None)
    before = aged(into)
    with pytest.raises(SourceError):
        import_pages([page(tmp_path), tmp_path / "missing.txt"], into, None, force=True)
    assert state(into) == before
