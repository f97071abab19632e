"""Hostile and odd input: whatever an article, plan or picture holds, it is read, or refused with a problem."""

from __future__ import annotations

import base64
import io
import os
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image, ImageFile

from bookmaker.content.article import Article, read_article
from bookmaker.content.manuscript import read_manuscript
from bookmaker.content.pictures import PictureShelf
from bookmaker.galley import Medium
from bookmaker.press import issue_edition, make_galley
from bookmaker.problems import Place, Problem, SourceError
from bookmaker.project import Project
from bookmaker.script.scripts import Script
from tests.projects import PLAN, article, lay_project, problems_of

BRIDGE = "content/articles/bridge.md"
VOLUME = '[volume]\ntitle = "小书"\ndate = 2026-05-01\n'
EPUB = "http://www.idpf.org/2007/ops"
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FEW = settings(MANY, max_examples=60)

#: Pieces that mean something to Markdown, YAML, TOML or XML, and characters that are often mishandled.
PIECES = (Path(__file__).parent / "fixtures" / "pieces.txt").read_text(encoding="utf-8").split()
SPACES = [" ", "\n", "\n\n", "\t", "\u3000", "\u00a0", "\u200b", "    "]
CONTROLS = ["\x00", "\x0b", "\x0c", "\x1b", "\x85", "\u2028", "\u202e", "\ufeff", "\r"]
SHOWN = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=4)
TEXTS = st.lists(st.sampled_from(PIECES) | st.sampled_from(SPACES) | SHOWN, max_size=40).map("".join)
WILD = st.lists(st.sampled_from(PIECES + SPACES + CONTROLS) | st.text(max_size=4), max_size=30).map("".join)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return lay_project(tmp_path)


def read(project: Project, data: bytes) -> tuple[Article | None, list[Problem]]:
    path = project.root / BRIDGE
    path.write_bytes(data)
    problems: list[Problem] = []
    return read_article(project, path, PictureShelf(project), problems), problems


def fragments(found: Article) -> Iterator[str]:
    for section in found.body.sections:
        yield section.heading
        yield from (block.xhtml for block in section.blocks)
    yield from (note.xhtml for note in found.body.notes)


def assert_sound(found: Article | None, problems: list[Problem]) -> None:
    """What is wrong can be told in two lines; an article is well-formed XHTML, unless of characters XML forbids."""
    for problem in problems:
        assert len(str(problem).split("\n")) == 2
    if found is not None and "control-character" not in {problem.code for problem in problems}:
        for fragment in fragments(found):
            etree.fromstring(f'<div xmlns:epub="{EPUB}">{fragment}</div>')


@MANY
@given(TEXTS)
def test_any_text_is_an_article_or_a_problem(project: Project, text: str) -> None:
    assert_sound(*read(project, article(text).encode("utf-8", "surrogatepass")))


@FEW
@given(WILD)
def test_any_wild_text_is_an_article_or_a_problem(project: Project, text: str) -> None:
    assert_sound(*read(project, article(text).encode("utf-8", "surrogatepass")))


@FEW
@given(WILD)
def test_any_header_is_an_article_or_a_problem(project: Project, text: str) -> None:
    assert_sound(*read(project, f"---\n{text}\n---\n\n甲。\n".encode("utf-8", "surrogatepass")))


@FEW
@given(TEXTS)
def test_any_value_of_a_header_is_an_article_or_a_problem(project: Project, text: str) -> None:
    quoted = text.replace("'", "''").replace("\n", " ")
    assert_sound(*read(project, article("甲。", more=f"kicker: '{quoted}'\n").encode("utf-8", "surrogatepass")))


@FEW
@given(st.binary(max_size=80))
def test_any_bytes_are_an_article_or_a_problem(project: Project, data: bytes) -> None:
    assert_sound(*read(project, data))


@FEW
@given(TEXTS)
def test_any_plan_is_a_plan_or_a_problem(project: Project, text: str) -> None:
    (project.root / PLAN).write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(SourceError):
        read_manuscript(project, project.root / PLAN)


@FEW
@given(WILD)
def test_any_pattern_of_articles_selects_or_is_a_problem(tmp_path: Path, text: str) -> None:
    written = text.encode("unicode_escape").decode().replace("\\x", "\\u00").replace('"', '\\"')
    plan = VOLUME + f'[select]\narticles = ["{written}"]\n'
    problems_of(tmp_path, {PLAN: plan})


@pytest.mark.parametrize("pattern", ["", ".", "/", "**/", "//", "a/../b", "[", "*" * 50])
def test_an_odd_pattern_selects_nothing(tmp_path: Path, pattern: str) -> None:
    plan = VOLUME + f'[select]\narticles = ["{pattern}"]\n[[chapter]]\ntheme = "city"\n'
    assert [line.split("[")[-1] for line in problems_of(tmp_path, {PLAN: plan})] in (
        ["no-articles]", "unknown-article]"],
        ["empty-chapter]"],
    ) or pattern.startswith("*")


@pytest.mark.parametrize(
    "value",
    ['"\\uD800"', '"\\0"', '"\\x1b[2J"', '"\\UFFFFFFFF"', "[" * 3000, "{a: " * 500, "!!python/object:os.system x"],
    ids=["surrogate", "nul", "escape", "too high", "brackets", "braces", "object"],
)
def test_a_hostile_value_is_refused_or_text(project: Project, value: str) -> None:
    assert_sound(*read(project, article("甲。", more=f"kicker: {value}\n").encode()))


def test_a_bomb_of_aliases_is_refused_at_once(project: Project) -> None:
    bomb = "a0: &a0 [哈, 哈]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    start = time.perf_counter()
    found, problems = read(project, article("甲。", more=bomb).encode())
    assert time.perf_counter() - start < 2
    assert found is None
    assert "broken-yaml" in {problem.code for problem in problems}


def test_an_alias_of_itself_is_refused(project: Project) -> None:
    _, problems = read(project, article("甲。", more="names: &n [*n]\n").encode())
    assert "broken-yaml" in {problem.code for problem in problems}


@pytest.mark.parametrize("text", ["> " * 2000 + "甲", "[" * 5000, "- " * 500 + "甲", "**甲" * 2000, "`" * 5000 + "甲"])
def test_a_deep_text_is_read_in_time(project: Project, text: str) -> None:
    start = time.perf_counter()
    assert_sound(*read(project, article(text).encode()))
    assert time.perf_counter() - start < 4


# Pictures


def shown(project: Project, file: str) -> list[str]:
    """The code and message of a picture that is refused; none for one that is taken."""
    problems: list[Problem] = []
    found = PictureShelf(project).find(file, Place("a.md", 1), problems)
    assert (found is None) == bool(problems)
    return [f"{problem.what} [{problem.code}]" for problem in problems]


@pytest.mark.parametrize(
    "file",
    ["../../../etc/passwd", "/etc/passwd", "..", "../articles/bridge.md", "a/../../names.toml", "a\0b.png", "\ud800"],
)
def test_a_picture_outside_the_pictures_is_refused(project: Project, file: str) -> None:
    assert [line.split("[")[-1] for line in shown(project, file)] == ["outside-project]"]


@pytest.mark.parametrize("file", ["", ".", "甲" * 200 + ".png", "a/" * 3000, "no.png"])
def test_a_picture_that_cannot_be_is_missing(project: Project, file: str) -> None:
    assert [line.split("[")[-1] for line in shown(project, file)] == ["missing-image]"]


def test_a_picture_that_links_out_of_the_project_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.svg"
    outside.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    project = lay_project(tmp_path / "project")
    project.images.mkdir()
    (project.images / "in.svg").symlink_to(outside)
    assert [line.split("[")[-1] for line in shown(project, "in.svg")] == ["outside-project]"]


def test_a_folder_of_pictures_that_links_out_of_the_project_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "in.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    project = lay_project(tmp_path / "project")
    project.images.symlink_to(outside)
    assert [line.split("[")[-1] for line in shown(project, "in.svg")] == ["outside-project]"]


def test_an_article_that_links_out_of_the_project_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(article("秘密。"), encoding="utf-8")
    project = lay_project(tmp_path / "project")
    (project.articles / "secret.md").symlink_to(outside)
    with pytest.raises(SourceError) as caught:
        read_manuscript(project, project.root / PLAN)
    assert [problem.code for problem in caught.value.problems] == ["outside-project"]


def test_links_in_a_circle_are_no_articles(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    (project.articles / "one.md").symlink_to(project.articles / "two.md")
    (project.articles / "two.md").symlink_to(project.articles / "one.md")
    assert len(read_manuscript(project, project.root / PLAN).articles) == 2


def test_a_foreword_that_is_a_circle_of_links_is_refused(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    (project.content / "loop.md").symlink_to(project.content / "loop.md")
    text = (project.root / PLAN).read_text(encoding="utf-8")
    (project.root / PLAN).write_text(f'{text}\n[front]\nforeword = "content/loop.md"\n', encoding="utf-8")
    with pytest.raises(SourceError):
        read_manuscript(project, project.root / PLAN)


def drawing(inner: str, before: str = "") -> bytes:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inner}</svg>'.encode()


@pytest.mark.parametrize(
    "data",
    [
        drawing('<rect fill="url(#a)"/>'),
        drawing("<style>rect { fill: url('#a') } text { content: \"甲\" }</style>"),
        drawing('<use href="#a"/><text>引用 “href” &lt;script&gt;</text>'),
        drawing(
            "", '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">\n'
        ),
        b"\xef\xbb\xbf" + drawing("<desc>说明</desc>"),
        drawing('<g xmlns:i="urn:i" i:file="C:\\drawings\\a.svg"/>'),
    ],
    ids=["paint", "style", "use", "doctype", "byte order mark", "editor's path"],
)
def test_a_plain_drawing_is_taken(tmp_path: Path, data: bytes) -> None:
    assert shown(lay_project(tmp_path, files={"content/images/a.svg": data}), "a.svg") == []


@pytest.mark.parametrize(
    "inner",
    [
        "<style>rect { fill: url(  'https://example.org/a') }</style>",
        "<style>@IMPORT 'a.css';</style>",
        "<style>g{}<!-- --><![CDATA[ @import 'a.css'; ]]></style>",
        "<style>g { fill: u\\72l(a.svg) }</style>",
        "<g style='mask: image-set(\"a.png\" 1x)'/>",
        "<a href=' javascript:alert(1)'/>",
        "<image href='data:image/svg+xml,&lt;svg/>'/>",
        "<set attributeName=' HREF' to='x'/>",
        "<x:script xmlns:x='http://www.w3.org/2000/svg'/>",
        "<g ONLOAD='x'/>",
    ],
)
def test_a_drawing_that_reaches_out_is_refused(tmp_path: Path, inner: str) -> None:
    project = lay_project(tmp_path, files={"content/images/a.svg": drawing(inner)})
    assert [line.split("[")[-1] for line in shown(project, "a.svg")] == ["unsafe-image]"]


@pytest.mark.parametrize("use", ["<text>&a9;</text>", '<text id="&a9;"/>'], ids=["in text", "in an attribute"])
def test_a_drawing_of_a_billion_laughs_is_refused_at_once(tmp_path: Path, use: str) -> None:
    entities = '<!ENTITY a0 "哈哈哈哈">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 10))
    data = drawing(use, f"<!DOCTYPE svg [{entities}]>\n")
    start = time.perf_counter()
    refused = shown(lay_project(tmp_path, files={"content/images/a.svg": data}), "a.svg")
    assert time.perf_counter() - start < 2
    assert refused and refused[0].split("[")[-1] in ("unsafe-image]", "unreadable-image]")


def test_a_drawing_loads_no_entity_from_outside(tmp_path: Path) -> None:
    for declared in ('<!ENTITY x SYSTEM "secret.txt">', '<!ENTITY % x SYSTEM "secret.dtd"> %x;'):
        data = drawing("<text>甲</text>", f"<!DOCTYPE svg [{declared}]>\n")
        refused = shown(lay_project(tmp_path, files={"content/images/a.svg": data}), "a.svg")
        assert [line.split("[")[-1] for line in refused] == ["unsafe-image]"]


def png(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds almost nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(10_001, 10_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1), (2**30, 1)])
def test_a_picture_that_would_fill_the_memory_is_refused(tmp_path: Path, width: int, height: int) -> None:
    project = lay_project(tmp_path, files={"content/images/a.png": png(width, height)})
    refused = shown(project, "a.png")
    assert len(refused) == 1 and "too large" in refused[0] and refused[0].endswith("[unreadable-image]")


def test_half_a_picture_is_refused_even_after_weasyprint_allowed_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = io.BytesIO()
    Image.effect_noise((64, 64), 50).save(whole, "PNG")
    project = lay_project(tmp_path, files={"content/images/a.png": whole.getvalue()[:2000]})
    assert shown(project, "a.png") == ["the picture “a.png” is damaged [unreadable-image]"]
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


@FEW
@given(
    st.binary(max_size=60),
    st.sampled_from([b"", b"<svg ", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"%!PS-Adobe-3.0 EPSF-3.0\n"]),
)
def test_any_bytes_are_a_picture_or_a_problem(project: Project, data: bytes, start: bytes) -> None:
    project.images.mkdir(exist_ok=True)
    (project.images / "a.png").write_bytes(start + data)
    shown(project, "a.png")


# The whole way to the galley

NASTY = "甲<b>&\"'{{ 7 * 7 }}{0}{title}%s</b>"


def test_no_text_of_the_editor_becomes_markup_or_template(tmp_path: Path) -> None:
    quoted = "'" + NASTY.replace("'", "''") + "'"
    keys = ("kicker", "subtitle", "dateline", "column", "continued_from", "truncated")
    more = "".join(f"{key}: {quoted}\n" for key in keys) + (
        f"bylines: [{{name: {quoted}, role: {quoted}}}]\nevents: [{{date: 2026-05-01, text: {quoted}}}]\n"
        f"source: {{publication: {quoted}, headline: {quoted}, page: {quoted}, section: {quoted}, note: {quoted}}}\n"
        f"figures: [{{label: {quoted}, value: {quoted}, unit: {quoted}}}]\n"
        f"images: [{{file: a.svg, alt: {quoted}, caption: {quoted}, credit: {quoted}}}]\n"
    )
    literal = NASTY.replace("\\", "\\\\").replace('"', '\\"')
    plan = (
        f'[volume]\ntitle = "{literal}"\nsubtitle = "{literal}"\ndate = 2026-05-01\n'
        f'contributors = [{{ name = "{literal}" }}]\nimprint = {{ rights = "{literal}", publisher = "{literal}" }}\n'
        f'[[chapter]]\ntheme = "city"\ntitle = "{literal}"\n[[chapter]]\ntheme = "trade"\n'
    )
    text = article(f"{NASTY}[^1]\n\n## {NASTY}\n\n| {NASTY} |\n| - |\n| 3 |\n\n[^1]: {NASTY}", quoted, more=more)
    project = lay_project(tmp_path, files={BRIDGE: text, PLAN: plan, "content/images/a.svg": drawing("")})
    for script in Script:
        galley, _ = make_galley(project, project.root / PLAN, script)
        for section in galley.sections:
            root = etree.fromstring(f'<div xmlns:epub="{EPUB}">{section.xhtml}</div>')
            assert list(root.iter("b")) == []
        assert "49" not in "".join(section.xhtml for section in galley.sections if section.kind != "colophon")


@pytest.mark.parametrize("folder", ["articles", "volumes"])
@pytest.mark.parametrize("verb", ["check", "pdf", "epub"])
def test_a_file_name_of_another_encoding_is_a_problem_with_its_bytes(tmp_path: Path, folder: str, verb: str) -> None:
    """As Windows' archives bring them: 中 in GBK, which is no UTF-8."""
    root = lay_project(tmp_path).root
    source = next((root / "content" / folder).glob("*.*"))
    named = os.fsencode(source.parent) + b"/\xd6\xd0" + os.fsencode(source.suffix)
    os.rename(source, named)
    command = [sys.executable, "-m", "bookmaker", verb, "--root", str(root)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 3
    said = done.stdout + done.stderr
    assert f"content/{folder}/\\xd6\\xd0{source.suffix}: " in said and "[bad-file-name]" in said


_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="50"{}>'
    "{}</svg>"
)
_USES = "".join(f'<g id="u{n}">' + f'<use xlink:href="#u{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))


@pytest.mark.parametrize(
    ("attributes", "inside", "fault"),
    [
        ("", '<use id="a" xlink:href="#a"/>', "has a part that shows itself"),
        ("", '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "has a part that shows itself"),
        ("", '<clipPath id="c"><rect clip-path="url(#c)"/></clipPath>', "has a part that shows itself"),
        ("", f'<g id="u0"><rect/></g>{_USES}', "shows its parts far too often"),
        (' viewBox="0 0 ten 10"', "<rect/>", "has a viewBox that is none (“0 0 ten 10”)"),
        (' viewBox="0 0 0 10"', "<rect/>", "has a viewBox that is none (“0 0 0 10”)"),
        ("", "<rect/>" * 100_001, "has far too many parts"),
        ("", '<rect style="fill:src(&quot;http://example.org/a&quot;)"/>', "has an active attribute “style”"),
    ],
)
def test_a_drawing_that_no_program_draws_is_refused_in_bounded_time(
    tmp_path: Path, attributes: str, inside: str, fault: str
) -> None:
    begun = time.process_time()
    files: dict[str, str | bytes] = {
        "content/articles/bridge.md": article("![图](d.svg)"),
        "content/images/d.svg": _SVG.format(attributes, inside),
    }
    (found,) = problems_of(tmp_path, files)
    assert fault in found
    assert time.process_time() - begun < 5


def _drawn(folder: Path, inside: str) -> Project:
    return lay_project(
        folder,
        files={"content/articles/bridge.md": article("![图](d.svg)"), "content/images/d.svg": _SVG.format("", inside)},
    )


def test_a_picture_within_a_drawing_is_printed(tmp_path: Path) -> None:
    data = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(data, "PNG")
    png = base64.b64encode(data.getvalue()).decode()
    project = _drawn(tmp_path, f'<image width="40" height="40" xlink:href="data:image/png;base64,{png}"/>')
    edition = issue_edition(project, project.root / PLAN, Script.HANS, Medium.PDF)
    with pikepdf.open(edition.path) as pdf:
        images = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
    assert len(images) == 1


def test_a_drawing_that_cannot_be_printed_is_named(tmp_path: Path) -> None:
    project = _drawn(tmp_path, '<text x="5" y="20">🏙</text>')
    with pytest.raises(SourceError) as refused:
        issue_edition(project, project.root / PLAN, Script.HANS, Medium.PDF)
    (problem,) = refused.value.problems
    assert (problem.place.file, problem.code) == ("content/images/d.svg", "unreadable-image")
    assert "U+1F3D9" in problem.what
