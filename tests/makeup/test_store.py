"""What is kept of a book between two runs never changes the book, and is never trusted."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from bookmaker.galley import Medium
from bookmaker.makeup.model import Anchor, Bookmark
from bookmaker.press import Press, issue_edition
from bookmaker.project import Project
from bookmaker.script.scripts import Script
from bookmaker.store import Store
from tests.projects import PLAN, article, lay_project

_LONG = "大桥今天通车，三万名市民从桥上走过，河两岸的老厂区由此连成一片。" * 9


def picture() -> bytes:
    """A photograph that cannot be packed any smaller."""
    data = io.BytesIO()
    Image.frombytes("RGB", (480, 360), os.urandom(480 * 360 * 3)).save(data, "JPEG", quality=95)
    return data.getvalue()


@pytest.fixture(scope="module")
def photograph() -> bytes:
    return picture()


@pytest.fixture
def project(tmp_path: Path, photograph: bytes) -> Project:
    files: dict[str, str | bytes] = {
        f"content/articles/a{number}.md": article(f"{_LONG}[^1]\n\n[^1]: 见第{number}版。\n", title=f"第{number}座桥")
        for number in range(6)
    }
    files["content/articles/a2.md"] = article(f"{_LONG}\n\n![桥](bridge-2.jpg)\n\n{_LONG}", title="有图的桥")
    return lay_project(tmp_path / "book", files={**files, "content/images/bridge-2.jpg": photograph})


def pdf(project: Project) -> bytes:
    return issue_edition(project, project.root / PLAN, Script.HANS, Medium.PDF).path.read_bytes()


def fresh(project: Project) -> bytes:
    """The book made with nothing kept."""
    shutil.rmtree(project.cache / "made", ignore_errors=True)
    return pdf(project)


def entries(project: Project) -> list[Path]:
    return sorted(path for path in (project.cache / "made").rglob("*") if path.is_file())


def add_a_word(project: Project, number: int = 4) -> None:
    path = project.root / f"content/articles/a{number}.md"
    path.write_text(path.read_text(encoding="utf-8").replace("三万名", "三万多名", 1), encoding="utf-8")


def test_a_book_made_again_is_the_same(project: Project) -> None:
    assert fresh(project) == pdf(project)


def test_after_an_edit_the_book_is_as_made_from_nothing(project: Project) -> None:
    fresh(project)
    add_a_word(project)
    again = pdf(project)
    assert again == fresh(project)


def test_after_an_edit_of_the_layout_the_book_is_as_made_from_nothing(project: Project) -> None:
    fresh(project)
    plan = project.root / PLAN
    plan.write_text(plan.read_text(encoding="utf-8") + "\n[typography]\nmeasure = 24\n", encoding="utf-8")
    again = pdf(project)
    assert again == fresh(project)


def test_a_press_that_is_kept_makes_the_same_after_every_edit(project: Project) -> None:
    press = Press(project)
    for number in (0, 1, 3, 4):
        add_a_word(project, number)
        edition = press.issue_edition(project.root / PLAN, Script.HANS, Medium.PDF)
        assert edition.path.read_bytes() == fresh(project)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:40] + bytes(200) + data[240:],
        lambda data: hashlib.sha256(data[32:50]).digest() + data[32:50],
        lambda data: (rest := b"\xff" * 8 + data[40:]) and hashlib.sha256(rest).digest() + rest,
    ],
    ids=["empty", "cut", "flipped", "cut with its sum", "wrong length with its sum"],
)
def test_damaged_entries_are_made_anew(project: Project, damage: Callable[[bytes], bytes]) -> None:
    right = fresh(project)
    for path in entries(project):
        path.write_bytes(damage(path.read_bytes()))
    assert pdf(project) == right


def test_a_section_whose_blocks_are_lost_is_set_anew(project: Project) -> None:
    """Its value can be read, its body cannot."""
    right = fresh(project)
    add_a_word(project)
    for path in entries(project):
        data = path.read_bytes()
        middle = 40 + int.from_bytes(data[32:40], "big")
        rest = data[32:middle] + zlib.compress(b"nothing")
        path.write_bytes(hashlib.sha256(rest).digest() + rest)
    assert pdf(project) != right
    assert pdf(project) == fresh(project)


def test_a_folder_that_cannot_be_written_stops_nothing(project: Project) -> None:
    right = fresh(project)
    shutil.rmtree(project.cache / "made")
    (project.cache / "made").write_text("no folder")
    assert pdf(project) == right


def test_a_photograph_is_kept_once(project: Project, photograph: bytes) -> None:
    fresh(project)
    for _ in range(3):
        add_a_word(project, 2)
        pdf(project)
    assert sum(path.stat().st_size for path in entries(project)) < 2 * len(photograph)


def test_nothing_but_values_is_made_of_an_entry(tmp_path: Path) -> None:
    class Stranger:
        def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
            return os.system, (f"touch {tmp_path / 'done'}",)

    store = Store(tmp_path, ())
    key = store.key("stranger")
    store.save(key, Stranger(), Stranger())
    assert store.load(key) is None
    assert store.body(key) is None
    assert not (tmp_path / "done").exists()


def test_what_is_lent_is_kept_by_its_name(tmp_path: Path) -> None:
    lent = Anchor("large", 0, 0.0)
    store = Store(tmp_path, ())
    store.lend("picture", lent)
    store.borrow({"picture": lent}.__getitem__)
    key = store.key("run")
    store.save(key, (lent, Bookmark(1, "桥", 0, 0.0)))
    assert store.load(key)[0] is lent
    other = Store(tmp_path, ())
    assert other.load(key) is None


def test_memory_holds_what_the_last_book_asked_for(tmp_path: Path) -> None:
    memory: dict[str, tuple[object, object]] = {}
    for name in ("first", "second"):
        store = Store(tmp_path, ())
        store.remember(memory)
        key = store.key(name)
        store.save(key, Anchor(name, 0, 0.0))
        store.tidy()
        assert list(memory) == [key]
