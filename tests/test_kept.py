"""What is kept between two runs: a galley after an edit is the one that is made of nothing kept."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bookmaker.content.body import Note
from bookmaker.epub import bind_epub
from bookmaker.galley import Galley, Medium
from bookmaker.pdf.cover import draw_cover
from bookmaker.press import Press, make_galley
from bookmaker.problems import SourceError
from bookmaker.project import Project
from bookmaker.script.scripts import Script
from bookmaker.store import Store
from tests.projects import PLAN, article, lay_project


def picture(colour: str) -> bytes:
    """A small PNG."""
    target = BytesIO()
    Image.new("RGB", (4, 3), colour).save(target, "PNG")
    return target.getvalue()


ARTICLES = "content/articles"
PEOPLE = (
    "市委书记范文君说：“大桥今天通车,很好(一期)。”他问‘谁来’?\n\n## 后来\n\n"
    "范文君到了现场，见[大桥](bridge.md)与[后来](#后来)。[^一]\n\n[^一]: 范文君语。"
)
PLAIN = "记者见到范文君和于得水，看了看干部的面子，里程长。\n\n## 人 {theme=city}\n\n![图](a.png)\n\n也说“后面”。"
SLIP = "這個地方的後面有一座橋，里面很大。\n\n另一段，說明他人。"
FILES: dict[str, str | bytes] = {
    f"{ARTICLES}/people.md": article(PEOPLE, title="书记到桥头", more="bylines: [{name: 于得水, role: 记者}]\n"),
    f"{ARTICLES}/plain.md": article(PLAIN, title="干部到现场", more="events: [{date: 2022-03-01, text: 发展了}]\n"),
    f"{ARTICLES}/slip.md": article(SLIP, title="后面的桥"),
    "content/images/a.png": picture("red"),
    "content/names.toml": '[[place]]\nname = "里面"\ntw = "裡面"\nhk = "裏面"\n',
}
PLAN_TEXT = (Path(__file__).parent / "problems" / "stock" / PLAN).read_text(encoding="utf-8")
#: An edit: what it is called, and the files that it writes (or, with `None`, takes away).
EDITS: dict[str, dict[str, str | bytes | None]] = {
    "a word": {f"{ARTICLES}/plain.md": article(PLAIN.replace("看了看", "看了又看"), title="干部到现场")},
    "a person who is in another article goes": {f"{ARTICLES}/people.md": article("大桥今天通车。", title="书记到桥头")},
    "a person who is in another article comes": {
        f"{ARTICLES}/slip.md": article("通讯员范后来、记者于得水报道：书记范面子说，大桥通车。", title="后面的桥")
    },
    "a name in a header": {f"{ARTICLES}/plain.md": article(PLAIN, more="names: [{name: 面子, tw: 麵子}]\n")},
    "a name in a header elsewhere": {f"{ARTICLES}/people.md": article(PEOPLE, more="names: [後面]\n")},
    "a heading that a link names": {f"{ARTICLES}/people.md": article(PEOPLE.replace("后来", "尔后"))},
    "a draft": {f"{ARTICLES}/plain.md": article(PLAIN, more="draft: true\n")},
    "an article less": {f"{ARTICLES}/plain.md": None},
    "an article under another name": {
        f"{ARTICLES}/plain.md": None,
        f"{ARTICLES}/aaa.md": FILES[f"{ARTICLES}/plain.md"],
    },
    "another picture of the same name": {"content/images/a.png": picture("blue")},
    "a place in names.toml": {"content/names.toml": '[[place]]\nname = "后面"\ntw = "后面"\nhk = "后面"\n'},
    "a term": {PLAN: PLAN_TEXT + '\n[traditional.terms]\n"干部" = "干部"\n'},
    "a glossary": {PLAN: PLAN_TEXT + '\n[traditional.glossary]\n"记者" = "新聞記者"\n'},
    "curly quotes": {PLAN: PLAN_TEXT + '\n[traditional]\nquotes = "curly"\n'},
    "forms of Taiwan": {PLAN: PLAN_TEXT + '\n[traditional.tw]\ninside = "裏"\n'},
    "half-width marks": {PLAN: PLAN_TEXT + "\n[text]\nfull_width_marks = false\n"},
    "a title": {PLAN: PLAN_TEXT.replace('title = "', 'title = "新', 1)},
    "a theme": {"content/themes/city.toml": 'title = "城里"\n'},
}


def write(project: Project, files: dict[str, str | bytes | None]) -> None:
    for name, data in files.items():
        path = project.root / name
        if data is None:
            path.unlink()
        else:
            path.write_bytes(data if isinstance(data, bytes) else data.encode())


def galleys(project: Project) -> list[Galley]:
    """The galley of every script."""
    return [make_galley(project, project.root / PLAN, script)[0] for script in Script]


def anew(project: Project) -> list[Galley]:
    """The same with nothing kept."""
    shutil.rmtree(project.cache, ignore_errors=True)
    return galleys(project)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return lay_project(tmp_path / "project", files=FILES)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_after_an_edit_the_galley_is_as_if_nothing_had_been_kept(
    edit: dict[str, str | bytes | None], project: Project
) -> None:
    before = galleys(project)
    write(project, edit)
    after = galleys(project)
    assert [galley.sections for galley in after] != [galley.sections for galley in before]
    assert after == anew(project)
    assert galleys(project) == after


def test_an_edit_that_is_taken_back_is_as_if_it_had_not_been(project: Project) -> None:
    before = galleys(project)
    write(project, EDITS["a person who is in another article goes"])
    galleys(project)
    write(project, dict(FILES))
    assert galleys(project) == before


def test_warnings_come_out_of_what_is_kept_and_follow_the_names_of_other_articles(project: Project) -> None:
    first = galleys(project)[0].volume.manuscript.warnings
    assert [str(warning.place) for warning in first if warning.code == "mixed-script"]
    assert galleys(project)[0].volume.manuscript.warnings == first
    write(project, {f"{ARTICLES}/people.md": article("通车了。", more="names: [這個地方的後面]\n")})
    after = galleys(project)[0].volume.manuscript.warnings
    assert after != first
    assert anew(project)[0].volume.manuscript.warnings == after


def test_an_article_with_a_problem_is_read_each_time(project: Project) -> None:
    galleys(project)
    write(project, {f"{ARTICLES}/plain.md": article("![图](b.png)")})
    for _ in range(2):
        with pytest.raises(SourceError, match="missing-image"):
            galleys(project)
    write(project, {"content/images/b.png": picture("green")})
    assert galleys(project) == anew(project)


def test_a_picture_that_is_damaged_later_is_a_problem(project: Project) -> None:
    galleys(project)
    write(project, {"content/images/a.png": picture("red")[:40]})
    with pytest.raises(SourceError, match="unreadable-image"):
        galleys(project)


@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: data[:-9], lambda data: data[:60] + b"?" + data[61:]]
)
def test_a_damaged_entry_is_as_if_it_were_not_there(damage, project: Project) -> None:  # type: ignore[no-untyped-def]
    before = galleys(project)
    entries = [path for path in (project.cache / "made").rglob("*") if path.is_file()]
    assert entries
    for path in entries:
        path.write_bytes(damage(path.read_bytes()))
    assert galleys(project) == before


def test_where_nothing_can_be_written_nothing_is_kept(project: Project) -> None:
    before = galleys(project)
    shutil.rmtree(project.cache)
    project.cache.write_text("no folder")
    assert galleys(project) == before


def test_an_entry_makes_nothing_but_values_of_the_program(tmp_path: Path) -> None:
    store = Store(tmp_path, ())
    bundle = store.bundle("a")
    bundle.keep("good", Note(1, "<p>一</p>", 3))
    bundle.keep("bad", Trap(tmp_path / "sprung"))
    bundle.close()
    again = store.bundle("a")
    assert again.find("good") == Note(1, "<p>一</p>", 3)
    assert again.find("bad") is None
    store.save("bad", Trap(tmp_path / "sprung"))
    assert store.load("bad") is None
    assert not (tmp_path / "sprung").exists()


class Trap:
    """Writes a file where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return exec, (f"open({str(self.path)!r}, 'w').close()",)


def test_the_trap_is_one(tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(Trap(tmp_path / "sprung")))
    assert (tmp_path / "sprung").exists()


def test_a_bundle_lets_go_what_nobody_asked_for(tmp_path: Path) -> None:
    store = Store(tmp_path, ())
    for asked, name in (((), "a"), ((), "b"), (("b",), "c")):
        bundle = store.bundle("all")
        for key in asked:
            assert bundle.find(key)
        bundle.keep(name, name)
        bundle.close()
    bundle = store.bundle("all")
    assert [bundle.find(key) for key in "abc"] == [None, "b", "c"]


def test_values_in_memory_are_those_in_the_folder(tmp_path: Path) -> None:
    memory: dict[str, object] = {}
    for text in ("one", "two"):
        store = Store(tmp_path, ())
        store.remember(memory)
        bundle = store.bundle("all")
        bundle.keep("key", text)
        bundle.close()
        assert bundle.find("key") == Store(tmp_path, ()).bundle("all").find("key") == text


def test_an_epub_after_an_edit_has_the_bytes_of_one_made_anew(project: Project) -> None:
    def bound(*, keep: bool) -> bytes:
        store = Store(project.cache / "made", ()) if keep else None
        galley, case = make_galley(project, project.root / PLAN, Script.HANS)
        return bind_epub(galley, case, picture("red"), store)

    assert bound(keep=True) == bound(keep=True) == bound(keep=False)
    # A section that is linked to moves to a page of its own.
    write(project, {f"{ARTICLES}/bridge.md": article("见[书记](people.md)。", title="桥通车了")})
    first = bound(keep=True)
    write(project, {f"{ARTICLES}/people.md": article(PEOPLE.replace("到了", "又到了"), title="书记又到桥头")})
    assert bound(keep=True) == bound(keep=False) != first


def test_a_press_that_is_kept_issues_what_one_that_is_new_does(project: Project) -> None:
    plan, kept = project.root / PLAN, Press(project)

    def issued(press: Press) -> list[bytes]:
        scripts = (Script.HANT_TW, Script.HANS)
        return [press.issue_edition(plan, script, Medium.EPUB).path.read_bytes() for script in scripts]

    first = issued(kept)
    for edit in ("a word", "a person who is in another article goes", "a title", "a place in names.toml"):
        write(project, EDITS[edit])
        assert issued(kept) == issued(Press(project)) != first
    write(project, dict(FILES) | {PLAN: PLAN_TEXT})
    assert issued(kept) == first


def test_a_cover_with_other_bars_is_as_if_it_were_drawn_anew(project: Project) -> None:
    store = Store(project.cache / "made", ())
    galley, case = make_galley(project, project.root / PLAN, Script.HANS)
    first = draw_cover(galley, case, project.cache, store)
    assert first == draw_cover(galley, case, project.cache, store)
    write(project, EDITS["a person who is in another article goes"])
    galley, _ = make_galley(project, project.root / PLAN, Script.HANS)
    second = draw_cover(galley, case, project.cache, store)
    assert second == draw_cover(galley, case, project.cache) != first
    bare = tuple(
        replace(s, xhtml=s.xhtml.replace(' fill="#ffffff"', ' rx="1"  fill="#ffffff"')) for s in galley.sections
    )
    round_bars = replace(galley, sections=bare)
    assert draw_cover(round_bars, case, project.cache, store) == draw_cover(round_bars, case, project.cache) != second
