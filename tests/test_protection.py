"""Protected terms of a whole volume: who settles a name, and where it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookmaker.content.body import plain_text
from bookmaker.script.convert import convert_manuscript
from bookmaker.script.scripts import Script
from tests.projects import PLAN, article, read

BRIDGE = "content/articles/bridge.md"
NAMES = "content/names.toml"
VOLUME = '[volume]\ntitle = "书"\ndate = 2026-05-01\n[[chapter]]\ntheme = "city"\n[[chapter]]\ntheme = "trade"\n'


def converted(folder: Path, files: dict[str, str], script: Script = Script.HANT_TW) -> dict[str, str]:
    """The text of every article by its slug."""
    manuscript = convert_manuscript(read(folder, files), script)
    return {
        piece.slug: "\n".join(plain_text(block.xhtml) for block in piece.body.blocks()) for piece in manuscript.articles
    }


def test_a_form_of_names_toml_holds_in_its_region(tmp_path: Path) -> None:
    files = {NAMES: '[[person]]\nname = "卢俊峰"\nhk = "盧俊峰"\n', BRIDGE: article("卢俊峰来了。")}
    assert converted(tmp_path, files, Script.HANT_HK)["bridge"] == "盧俊峰來了。"


def test_a_header_that_only_names_somebody_leaves_the_form_to_names_toml(tmp_path: Path) -> None:
    header = article("卢俊峰来了。", more="names: [卢俊峰]\n")
    files = {NAMES: '[[person]]\nname = "卢俊峰"\nhk = "盧俊峰"\n', BRIDGE: header}
    assert converted(tmp_path, files, Script.HANT_HK)["bridge"] == "盧俊峰來了。"


def test_a_header_with_a_form_goes_before_names_toml_and_holds_in_its_article_only(tmp_path: Path) -> None:
    header = article("李杰来了。", more="names: [{name: 李杰, tw: 李杰}]\n")
    files = {BRIDGE: header, NAMES: '[[person]]\nname = "李杰"\ntw = "李傑"\n'}
    files["content/articles/other.md"] = article("李杰走了。", title="走了")
    found = converted(tmp_path, files)
    assert (found["bridge"], found["other"]) == ("李杰來了。", "李傑走了。")


@pytest.mark.parametrize(("name", "form"), [("钟志岳", "鍾志岳"), ("钟楼街", "鐘樓街"), ("干部学院", "幹部學院")])
def test_a_name_in_a_header_is_a_person_only_if_it_looks_like_one(tmp_path: Path, name: str, form: str) -> None:
    files = {BRIDGE: article(f"看见{name}了。", more=f"names: [{name}]\n")}
    assert converted(tmp_path, files)["bridge"] == f"看見{form}了。"


def test_who_is_known_in_one_article_is_known_in_all(tmp_path: Path) -> None:
    files = {
        BRIDGE: article("记者 范思远 报道。"),
        "content/articles/other.md": article("有范思远的文章。", title="有"),
    }
    assert converted(tmp_path, files)["other"] == "有范思遠的文章。"


def test_who_wrote_is_somebody(tmp_path: Path) -> None:
    more = "bylines:\n  - {name: 于潜, role: 记者}\n"
    assert converted(tmp_path, {BRIDGE: article("于潜说过。", more=more)})["bridge"] == "于潛說過。"


def test_terms_and_glossary_of_a_volume(tmp_path: Path) -> None:
    said = (
        '[traditional.terms]\n"太重" = "太重"\n[traditional.glossary]\n"打印机" = { tw = "印表機" }\n"软件" = "軟體"\n'
    )
    files = {PLAN: VOLUME + said, BRIDGE: article("太重的打**印机**和软件。")}
    assert converted(tmp_path, files)["bridge"] == "太重的印表機和軟體。"
    assert converted(tmp_path / "hk", files, Script.HANT_HK)["bridge"] == "太重的打印機和軟體。"


def test_short_names_of_places_are_the_volumes_choice(tmp_path: Path) -> None:
    files = {BRIDGE: article("来并创业。")}
    assert converted(tmp_path, files)["bridge"] == "來并創業。"
    files = {PLAN: VOLUME + "[traditional]\nshort_names = []\n", BRIDGE: article("来并创业。")}
    assert converted(tmp_path / "none", files)["bridge"] == "來並創業。"
