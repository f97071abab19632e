"""The review report: what an editor is shown of a conversion, and that what she settles stays settled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bookmaker.cli.program import app
from bookmaker.press import review_volume
from bookmaker.project import Project
from bookmaker.review.page import review_html, review_json
from bookmaker.review.report import Entry, Review, review_manuscript, review_text
from bookmaker.review.spellings import Kind
from bookmaker.script.convert import convert_manuscript
from bookmaker.script.proof import proofread_manuscript
from bookmaker.script.scripts import Script
from bookmaker.script.tables import opencc
from tests.projects import PLAN, Files, article, lay_project, read

TAIWAN, HONG_KONG = Script.HANT_TW, Script.HANT_HK
BRIDGE, NAMES = "content/articles/bridge.md", "content/names.toml"
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
STREET = "一批企业在并投资，干就干成。来自向下游延伸的链条。他在并工作。"


def reviewed(
    folder: Path, body: str = STREET, more: str = "", script: Script = TAIWAN, files: Files | None = None
) -> Review:
    return review_manuscript(read(folder, {BRIDGE: article(body, more=more), **(files or {})}), script)


def entry(review: Review, term: str) -> Entry:
    (found,) = (entry for entry in review.entries if entry.term == term)
    return found


def terms(review: Review) -> list[str]:
    return [entry.term for entry in review.entries]


def spelt(review: Review) -> list[tuple[Kind, str, str]]:
    return [(pair.kind, pair.first.name, pair.second.name) for pair in review.spellings]


# Doubtful characters


def test_a_doubtful_character_is_shown_with_its_place_its_words_and_its_forms(tmp_path: Path) -> None:
    found = entry(reviewed(tmp_path), "在并")
    spot = found.spots[0]
    assert (found.character, found.chosen, found.others) == ("并", "并", ("並",))
    assert (str(spot.place), spot.left, spot.text) == ("content/articles/bridge.md:6", "一批企业在", "并")
    assert spot.right == "投资，干就干成。来自向下"
    assert len(found.spots) == 2


def test_a_place_is_found_behind_half_width_marks_that_were_widened(tmp_path: Path) -> None:
    project = lay_project(tmp_path, files={BRIDGE: article("甲,乙,丙。\n丁,企业在并,投资。")})
    review, _ = review_volume(project, project.root / PLAN, TAIWAN, write=False)
    assert str(entry(review, "在并").spots[0].place) == "content/articles/bridge.md:7"


def test_what_only_plain_opencc_writes_otherwise_is_shown_too() -> None:
    review = review_text("商会负责人参加会议。", "a.txt", HONG_KONG)
    assert (entry(review, "参加").chosen, entry(review, "参加").others) == ("參", ("蔘",))


def test_counts_are_those_of_the_characters_shown(tmp_path: Path) -> None:
    review = reviewed(tmp_path)
    assert review.flags == sum(len(entry.spots) for entry in review.entries) == sum(review.counts.values())
    assert review.flags_per_10000 == round(review.flags * 10_000 / review.characters, 1)


def test_the_same_sources_give_the_same_page(tmp_path: Path) -> None:
    assert review_html(reviewed(tmp_path / "a")) == review_html(reviewed(tmp_path / "b"))


# Settling


def edition(folder: Path, script: Script, files: Files) -> str:
    """All text of an edition's articles."""
    manuscript = convert_manuscript(read(folder, files), script)
    return "\n".join(block.xhtml for piece in manuscript.pieces() for block in piece.body.blocks())


@pytest.mark.parametrize("script", [TAIWAN, HONG_KONG])
def test_every_line_offered_settles_its_entry_and_changes_nothing_else(tmp_path: Path, script: Script) -> None:
    files = {BRIDGE: article(STREET)}
    review = reviewed(tmp_path, script=script)
    assert len(review.entries) >= 3
    for number, each in enumerate(review.entries):
        lines = [settlement.line for settlement in each.settlements if not settlement.inline]
        pasted = {**files, NAMES: "[terms]\n" + "\n".join(lines) + "\n"}
        after = review_manuscript(read(tmp_path / f"{number}", pasted), script)
        assert [e.term for e in review.entries if e.term != each.term] == terms(after)
        for edited in (TAIWAN, HONG_KONG):
            assert edition(tmp_path, edited, files) == edition(tmp_path / f"{number}", edited, pasted)


def test_the_other_line_changes_the_places_shown_and_no_other(tmp_path: Path) -> None:
    files = {BRIDGE: article(STREET)}
    (settlement,) = entry(reviewed(tmp_path), "在并").settlements
    (other,) = settlement.others
    assert (settlement.line, other.line) == (
        '"在并" = { tw = "在并", hk = "在并" }',
        '"在并" = { tw = "在並", hk = "在並" }',
    )
    changed = edition(tmp_path / "b", TAIWAN, {**files, NAMES: f"[terms]\n{other.line}\n"})
    assert changed == edition(tmp_path / "a", TAIWAN, files).replace("在并", "在並")


def test_where_no_line_is_safe_a_mark_for_the_text_is_offered() -> None:
    (settlement,) = entry(review_text("干！", "a.txt", TAIWAN), "干").settlements
    assert (settlement.inline, settlement.line) == (True, "[干]{tw=幹 hk=幹}")


def test_both_regions_have_their_own_form_in_a_line() -> None:
    review = review_text("市里把企业和院校拉到一起。区里加强企业同科研院所的联系。", "a.txt", TAIWAN)
    (settlement,) = entry(review, "区里").settlements
    assert settlement.line == '"区里" = { tw = "區裡", hk = "區裏" }'


@pytest.mark.parametrize(
    ("more", "files"),
    [
        ("names: [{name: 在并, tw: 在并}]\n", {}),
        ("", {NAMES: '[terms]\n"在并" = "在并"\n'}),
        ("", {NAMES: '[[place]]\nname = "在并"\ntw = "在并"\n'}),
        ("", {PLAN: '[volume]\ntitle = "书"\ndate = 2026-05-01\n[[chapter]]\ntheme = "city"\n'
                    '[[chapter]]\ntheme = "trade"\n[traditional.terms]\n"在并" = "在并"\n'}),
    ],
    ids=["header", "terms", "name", "plan"],
)  # fmt: skip
def test_what_is_settled_is_not_shown(tmp_path: Path, more: str, files: Files) -> None:
    assert "在并" in terms(reviewed(tmp_path / "before"))
    assert "在并" not in terms(reviewed(tmp_path / "after", more=more, files=files))


@pytest.mark.parametrize("mark", ["{.keep}", "{tw=并 hk=并}"])
def test_a_mark_in_the_text_settles_its_place(tmp_path: Path, mark: str) -> None:
    assert "在并" in terms(reviewed(tmp_path / "a", "企业在并投资。"))
    assert terms(reviewed(tmp_path / "b", f"企业在[并]{mark}投资。")) == []


def test_a_form_for_one_region_settles_that_region_alone(tmp_path: Path) -> None:
    body = "企业在[并]{tw=并}投资。"
    assert terms(reviewed(tmp_path / "tw", body)) == []
    assert terms(reviewed(tmp_path / "hk", body, script=HONG_KONG)) == ["在并"]


# One word in two ways


def test_a_word_converted_in_two_ways_is_listed_with_the_places_of_the_rarer(tmp_path: Path) -> None:
    body = "总台的记者来了。\n\n总台的记者走了。\n\n总台的记者又来了。"
    market = article("总台的记者没有来。", more="names: [{name: 总台, tw: 總台}]\n", title="集市", themes="[trade]")
    review = reviewed(tmp_path, body, files={"content/articles/market.md": market})
    (word,) = review.two_ways
    assert (word.word, [(way.form, way.count) for way in word.ways]) == ("总台", [("總臺", 3), ("總台", 1)])
    assert [str(spot.place) for way in word.ways for spot in way.spots] == ["content/articles/market.md:7"]


def test_a_text_written_in_one_way_has_no_word_in_two(tmp_path: Path) -> None:
    assert reviewed(tmp_path).two_ways == ()


# One name in two spellings


def test_two_people_with_one_post_and_most_of_a_name_are_one() -> None:
    text = "山西焦煤集团党委书记、董事长赵建洋出席。\n3月29日，山西焦煤集团党委书记、董事长赵建泽一行来访。"
    assert spelt(review_text(text, "a.txt", TAIWAN)) == [(Kind.PERSON, "赵建洋", "赵建泽")]


def test_two_people_with_other_posts_are_two() -> None:
    text = "省属企业副总经理李国成出席。\n化工学院党委副书记李国彪说。"
    assert spelt(review_text(text, "a.txt", TAIWAN)) == []


def test_two_entries_are_two_people(tmp_path: Path) -> None:
    names = '[[person]]\nname = "赵建洋"\n[[person]]\nname = "赵建泽"\n'
    body = "董事长赵建洋出席。\n\n董事长赵建泽一行来访。"
    assert spelt(reviewed(tmp_path, body, files={NAMES: names})) == []


def test_a_place_with_a_look_alike_is_listed_with_where_it_stands(tmp_path: Path) -> None:
    body = "大盂产业新城开工。\n\n大孟产业新城开工。"
    (pair,) = reviewed(tmp_path, body, files={NAMES: '[[place]]\nname = "大盂"\n'}).spellings
    assert (pair.kind, pair.first.name, pair.second.name) == (Kind.LOOK_ALIKE, "大盂", "大孟")
    assert [str(spot.place) for spot in pair.second.spots] == ["content/articles/bridge.md:8"]


def test_a_name_in_mixed_script_is_listed(tmp_path: Path) -> None:
    names = '[[person]]\nname = "刘鹄"\naliases = ["刘鵠"]\n'
    review = reviewed(tmp_path, "秘书长刘鵠出席。刘鹄讲话。", files={NAMES: names})
    assert spelt(review) == [(Kind.SCRIPT, "刘鹄", "刘鵠")]


def test_a_spelling_kept_on_purpose_is_not_listed(tmp_path: Path) -> None:
    body = "大盂有的版面印作“[大孟]{.keep}”。"
    assert reviewed(tmp_path, body, files={NAMES: '[[place]]\nname = "大盂"\n'}).spellings == ()


# Names that nobody can know


def test_a_name_that_nobody_can_know_is_listed_once_and_is_no_doubt(tmp_path: Path) -> None:
    more = "bylines: [{name: 李杰华, role: 记者}]\n"
    review = reviewed(tmp_path, "记者李杰华来了。", more=more)
    (name,) = review.unknown
    assert (name.name, name.character, name.chosen, name.others) == ("李杰华", "杰", "李傑華", ("杰",))
    assert [spot.place.line for spot in name.spots] == [4, 7]
    assert "李杰华" not in terms(review)


def test_a_header_that_only_names_somebody_says_nothing_of_the_form(tmp_path: Path) -> None:
    body = "记者李杰华来了。"
    assert [name.name for name in reviewed(tmp_path / "a", body, more="names: [李杰华]\n").unknown] == ["李杰华"]
    assert reviewed(tmp_path / "b", body, more="names: [{name: 李杰华, tw: 李杰華}]\n").unknown == ()


def test_a_name_with_its_own_forms_is_known(tmp_path: Path) -> None:
    names = '[[person]]\nname = "李杰华"\ntw = "李杰華"\n'
    more = "bylines: [{name: 李杰华, role: 记者}]\n"
    assert reviewed(tmp_path / "a", more=more, files={NAMES: names}).unknown == ()
    assert len(reviewed(tmp_path / "b", more=more, files={NAMES: names}, script=HONG_KONG).unknown) == 1


# Warnings, page and document


def test_warnings_about_marks_and_script_are_in_the_report(tmp_path: Path) -> None:
    manuscript = read(tmp_path, {BRIDGE: article("他说：“中來很好。")})
    codes = {warning.code for warning in review_manuscript(proofread_manuscript(manuscript), TAIWAN).warnings}
    assert codes == {"mixed-script", "unbalanced-quote"}


def test_the_page_escapes_the_text_and_loads_nothing() -> None:
    page = review_html(review_text("<b>&在并投资", "<a>.txt", TAIWAN))
    assert "&lt;b&gt;&amp;在<b>【并】</b>投资" in page
    assert "&lt;a&gt;.txt:1" in page
    assert not any(outside in page for outside in ("<script", "http:", "https:", "<link", "@import", "url("))


def test_the_document_has_the_fields_that_the_readme_names() -> None:
    record = json.loads(review_json(review_text("企业在并投资。", "a.txt", TAIWAN)))
    assert list(record) == [
        "volume", "script", "characters", "flags", "flags_per_10000", "counts",
        "doubts", "two_ways", "two_spellings", "unknown_names", "warnings",
    ]  # fmt: skip
    (doubt,) = record["doubts"]
    assert doubt == {
        "term": "在并",
        "character": "并",
        "chosen": "并",
        "others": ["並"],
        "cause": "place",
        "count": 1,
        "places": [{"file": "a.txt", "line": 1, "left": "企业在", "text": "并", "right": "投资。"}],
        "settle": [
            {
                "line": '"在并" = { tw = "在并", hk = "在并" }',
                "others": [{"form": "並", "line": '"在并" = { tw = "在並", hk = "在並" }'}],
                "count": 1,
                "inline": False,
            }
        ],
    }


# The command


def run(project: Project, *words: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(app, ["convert", *words, "--root", str(project.root)])
    return found.exit_code, found.stdout, found.stderr


def test_the_command_writes_the_page_of_a_volume(tmp_path: Path) -> None:
    project = lay_project(tmp_path, files={BRIDGE: article("企业在并投资。")})
    status, out, err = run(project, "small", "--review", "--script", "zh-Hant-HK")
    page = tmp_path / "build/small/small.zh-Hant-HK.review.html"
    assert (status, out) == (0, "")
    assert err.startswith("build/small/small.zh-Hant-HK.review.html: 1 doubtful character, ")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [path.name for path in page.parent.iterdir()] == [page.name]


def test_the_command_prints_one_document(tmp_path: Path) -> None:
    project = lay_project(tmp_path, files={BRIDGE: article("企业在并投资。")})
    status, out, err = run(project, "small", "--review", "--json")
    assert (status, json.loads(out)["flags"], err) == (0, 1, "")
    assert not (tmp_path / "build").exists()


def test_the_command_reports_on_a_file_outside_any_project(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("企业在并投资。\n", encoding="utf-8")
    found = CliRunner().invoke(app, ["convert", str(tmp_path / "a.txt"), "--review"])
    assert (found.exit_code, found.stderr) == (0, "")
    assert "<code>a.txt:1</code>" in found.stdout
    CliRunner().invoke(app, ["convert", str(tmp_path / "a.txt"), "--review", "-o", str(tmp_path / "a.html")])
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == found.stdout


@pytest.mark.parametrize(
    "words", [("small",), ("other", "--review"), ("small", "--review", "--script", "zh-Hans"), ("small", "--json")]
)
def test_a_wrong_command_line_is_status_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run(lay_project(tmp_path), *words)[:2] == (2, "")


def test_broken_sources_are_status_3_and_leave_the_last_page(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    page = tmp_path / "build/small/small.zh-Hant-TW.review.html"
    assert run(project, "small", "--review")[0] == 0
    before = page.read_bytes()
    (tmp_path / BRIDGE).write_text(article("甲。", more="date: 明天\n"), encoding="utf-8")
    assert run(project, "small", "--review")[0] == 3
    assert page.read_bytes() == before


# The seeds


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the newspaper pages are not part of the repository")
@pytest.mark.parametrize("script", [TAIWAN, HONG_KONG])
def test_the_report_on_newspaper_pages_is_short_and_misses_nothing(script: Script) -> None:
    characters = flags = 0
    for seed in sorted(SEEDS.glob("*.txt")):
        text = seed.read_text(encoding="utf-8-sig")
        review = review_text(text, seed.name, script)
        characters, flags = characters + review.characters, flags + review.flags
        shown = {(s.place.line, s.left, s.text, s.right) for e in review.entries for s in e.spots}
        assert differing(text, seed.name, script) <= shown
    assert flags * 27_000 <= 60 * characters


def differing(text: str, file: str, script: Script) -> set[tuple[int | None, str, str, str]]:
    """The characters that plain OpenCC writes otherwise than we do."""
    from bookmaker.review.rereading import reread_text

    plain = opencc("s2tw" if script is TAIWAN else "s2hk")
    found = set()
    for reading in reread_text(text, file, script).readings:
        for at, (theirs, ours) in enumerate(zip(plain(reading.stretch.text), reading.forms, strict=True)):
            if theirs != ours:
                spot = reading.spot(at, at + 1)
                found.add((spot.place.line, spot.left, spot.text, spot.right))
    return found
