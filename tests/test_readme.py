"""README.md says what the program does: its commands, keys, codes and targets, and an example that builds."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
import typer
from PIL import Image
from pydantic.fields import FieldInfo

from bookmaker.cli.program import app
from bookmaker.content.article import Header
from bookmaker.content.header import read_header
from bookmaker.content.names import Names
from bookmaker.content.plan import PlanFile, Typography
from bookmaker.content.schema import Record, validate
from bookmaker.content.source import Source
from bookmaker.content.themes import Theme
from bookmaker.galley import Galley
from bookmaker.press import make_galley
from bookmaker.problems import CODES, Problem
from bookmaker.project import Project
from bookmaker.script.scripts import Script

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
FENCE = re.compile(r"^```(?:markdown|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PICTURE = "content/images/night-hall.png"


def rows() -> list[list[str]]:
    """The cells of every table row; `\\|` is a bar of the text."""
    lines = (line for line in README.splitlines() if line.startswith("| "))
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def rows_of(*first: str) -> list[list[str]]:
    """The rows that begin with these cells."""
    return [row for row in rows() if row[: len(first)] == list(first)]


def part(heading: str) -> str:
    """The text below a heading, up to the next one of its level or above."""
    level = heading.split()[0]
    found = re.search(rf"^{re.escape(heading)}$(.*?)(?=^#{{2,{len(level)}}} |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"README.md has no heading “{heading}”"
    return found[1]


# --- commands and targets ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_stands_in_the_table_with_all_its_options_and_no_others(name: str) -> None:
    (row,) = (row for row in rows() if re.match(rf"`bookmaker {name}[ `]", row[0]))
    parameters = COMMANDS[name].params
    options = {text for p in parameters for text in (*p.opts, *p.secondary_opts) if text.startswith("-")}
    assert set(re.findall(r"`(--?[a-z-]+)", row[1])) == options


def test_the_table_of_commands_names_no_other() -> None:
    named = {row[0].split()[1].rstrip("`") for row in rows() if row[0].startswith("`bookmaker ")}
    assert named == set(COMMANDS)


def test_every_make_target_is_named_and_no_other() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {row[0] for row in rows() if row[0].startswith("`make ")} == {f"`make {name}`" for name in phony.split()}


def test_every_exit_status_is_told() -> None:
    told = {row[0] for row in rows() if row[0].isdigit()}
    source = (ROOT / "src/bookmaker/cli/answers.py").read_text(encoding="utf-8")
    (statuses,) = re.findall(r"^BUILD_FAILED, .* = ([\d, ]+)$", source, re.MULTILINE)
    assert told == {"0", *statuses.split(", ")}


# --- codes and keys ---------------------------------------------------------------------------------------


def test_every_problem_code_stands_in_the_table_with_its_sentence_and_no_other() -> None:
    table = [(row[0].strip("`"), row[1]) for row in rows() if re.fullmatch(r"`[a-z0-9]+(-[a-z0-9]+)+`", row[0])]
    assert table == list(CODES.items())


@pytest.mark.parametrize("key", Header.model_fields)
def test_a_key_of_the_header_stands_in_the_table_with_an_example_that_can_be_read(key: str) -> None:
    (row,) = (row for row in rows_of(f"`{key}`") if row[1].startswith(f"`{key}: "))
    text = row[1].strip("`")
    problems: list[Problem] = []
    source = Source("README.md", text)
    found = read_header(text if key == "title" else f"title: 标题\n{text}", source, problems)
    assert found is not None
    assert validate(Header, *found, source, problems) is not None, problems
    assert problems == []


def test_the_header_table_names_no_key_that_does_not_exist() -> None:
    table = [row[0].strip("`") for row in rows() if re.match(r"`([a-z_]+): ", row[1]) and len(row) == 3]
    assert table == list(Header.model_fields)


@pytest.mark.parametrize("key", Header.model_fields)
def test_the_keys_within_a_key_of_the_header_are_named(key: str) -> None:
    for inner in record_keys(Header.model_fields[key]):
        assert f"`{inner}`" in part("#### The header"), inner


def test_every_key_of_a_plan_stands_in_the_table_with_its_default_and_no_other() -> None:
    table = [tuple(row[:3]) for row in rows() if re.match(r"`\[", row[0])]
    assert sorted(table) == sorted(plan_rows())


@pytest.mark.parametrize(("model", "heading"), [(Theme, "### A theme"), (Names, "### Names")])
def test_every_key_of_themes_and_names_is_named(model: type[Record], heading: str) -> None:
    text = part(heading)
    for name, field in model.model_fields.items():
        for key in (field.alias or name, *record_keys(field)):
            assert re.search(rf"`{key}`|^{key} = |\[{key}\]", text, re.MULTILINE), key


def test_every_key_of_a_layout_stands_in_the_table_with_its_value() -> None:
    layout = tomllib.loads((ROOT / "layouts/book/layout.toml").read_text(encoding="utf-8"))
    keys = {f"`{table}.{key}`": value for table, entries in layout.items() for key, value in entries.items()}
    table = {row[0]: row[1].strip("`") for row in rows() if re.fullmatch(r"`[a-z_]+\.[a-z_]+`", row[0])}
    told = {key: written(value) for key, value in keys.items()}
    assert {key: table.get(key) for key in keys} == told


def written(value: object) -> str:
    """A value as the README writes it."""
    if isinstance(value, list):
        return " × ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


# --- places -----------------------------------------------------------------------------------------------


def test_what_is_linked_exists() -> None:
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", README, flags=re.MULTILINE | re.DOTALL)
    headings = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.*)$", text, re.M)
    }
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert "docs/spread.png" in targets
    for target in targets:
        assert target.removeprefix("#") in headings if target.startswith("#") else (ROOT / target).exists(), target


def test_the_picture_is_light() -> None:
    assert (ROOT / "docs/spread.png").stat().st_size < 250_000


def test_every_room_is_named_and_no_other() -> None:
    package = ROOT / "src/bookmaker"
    told = part("## How it is built inside").partition("Where a new thing goes")[0].partition("| Room of")[2]
    rooms = {path.name for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    modules = {path.name for path in package.glob("*/*.py")}
    named = set(re.findall(r"`([a-z_]+\.py)`", told))
    assert named == {name for name in rooms | modules if name.endswith(".py")} - {"__init__.py"}
    assert {f"`{name}/`" for name in rooms if not name.endswith(".py")} <= set(re.findall(r"`[a-z_]+/`", told))


def test_every_file_of_a_layout_is_told() -> None:
    told = part("## A layout")
    for path in (ROOT / "layouts/book").rglob("*.*"):
        name = path.relative_to(ROOT / "layouts/book").as_posix()
        kind = name.removeprefix("sections/").removesuffix(".html.j2")
        assert f"`{name}`" in told or (name.startswith("sections/") and f"`{kind}`" in told), name


# --- the example ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", Script)
def test_the_example_is_a_project_that_builds(script: Script, tmp_path: Path) -> None:
    galley = example(tmp_path, script)
    assert galley.volume.manuscript.warnings == ()
    kinds = [section.kind for section in galley.sections]
    assert kinds.count("chapter-opener") == 2
    assert kinds.count("article") == 3  # the third is the section that went to the other chapter
    assert {"foreword", "chronology", "sources"} <= set(kinds)


def test_the_example_shows_what_its_article_holds(tmp_path: Path) -> None:
    galley = example(tmp_path, Script.HANS)
    (night,) = (section.xhtml for section in galley.sections if section.id == "library-nights")
    for shown in ("<figure>", "<table", "<blockquote>", "<em>每晚</em>", "note-call", 'href="#bookshop"', "本报讯"):
        assert shown in night
    assert "灯还亮着" in night
    assert len(galley.pictures) == 1


def example(folder: Path, script: Script) -> Galley:
    """The galley of the project that the README's fenced blocks make; each names its file in its first lines."""
    files: dict[str, str] = {}
    for block in FENCE.findall(README):
        named = re.match(r"(?:---\n)?# (content/\S+)\n", block)
        assert named, f"a fenced block does not say which file it is: {block[:60]}"
        files[named[1]] = block
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert PICTURE in README
    (folder / PICTURE).parent.mkdir(parents=True)
    picture = io.BytesIO()
    Image.new("RGB", (6, 4)).save(picture, "PNG")
    (folder / PICTURE).write_bytes(picture.getvalue())
    project = Project(folder.resolve())
    (plan,) = project.volumes.glob("*.toml")
    galley, _ = make_galley(project, plan, script)
    return galley


# --- models as tables -------------------------------------------------------------------------------------


def plan_rows() -> Iterator[tuple[str, str, str]]:
    """Table, key and default of every key of a plan, as the README writes them."""
    for name, field in PlanFile.model_fields.items():
        yield from table_rows(name, field)


def table_rows(path: str, field: FieldInfo) -> Iterator[tuple[str, str, str]]:
    model, many = record_in(field.annotation)
    assert model is not None
    table = f"`[[{path}]]`" if many else f"`[{path}]`"
    for name, inner in model.model_fields.items():
        if get_origin(inner.annotation) is Mapping:
            yield f"`[{path}.{name}]`", "any word", "none"
        elif record_in(inner.annotation)[0]:
            yield from table_rows(f"{path}.{name}", inner)
        else:
            yield table, f"`{name}`", default_of(model, inner)


def default_of(model: type[Record], field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    match field.default:
        case None:
            return "the layout's" if model is Typography else "none"
        case "":
            return "empty"
        case bool(value):
            return f"`{str(value).lower()}`"
        case tuple(items):
            return f"`[{', '.join(map(quoted, items))}]`"
        case value:
            return f"`{quoted(value)}`"


def quoted(value: object) -> str:
    return f'"{value}"'


def record_keys(field: FieldInfo) -> list[str]:
    model, _ = record_in(field.annotation)
    return list(model.model_fields) if model else []


def record_in(annotation: Any) -> tuple[type[Record] | None, bool]:
    """The model inside an annotation, if there is one, and whether there are several of it."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation, False
    many = get_origin(annotation) not in (Union, UnionType)
    found = next((model for model, _ in map(record_in, get_args(annotation)) if model), None)
    return found, many and found is not None
