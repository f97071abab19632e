"""Binding: a small galley made by hand becomes an EPUB, which is opened and looked into."""

from __future__ import annotations

import datetime
import hashlib
import io
import os
import posixpath
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image

from bookmaker.content.manuscript import Manuscript
from bookmaker.content.names import Names
from bookmaker.content.pictures import Picture
from bookmaker.content.plan import Contributor, Imprint, Plan, PlanFile, Typography, VolumeEntry
from bookmaker.content.source import Source
from bookmaker.epub import BindingError, bind_epub
from bookmaker.epub.style import accent_by_night
from bookmaker.fonts import read_type_case
from bookmaker.galley import Galley, Medium, Numbering, Section
from bookmaker.layout import read_layout
from bookmaker.script.scripts import Script
from bookmaker.volume.model import Chapter, Volume
from tests.gates import Finding

ROOT = Path(__file__).resolve().parents[1]
BOTH, PDF = frozenset(Medium), frozenset({Medium.PDF})
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="3"/></svg>'
XHTML = {"x": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}
OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
NCX = {"ncx": "http://www.daisy.org/z3986/2005/ncx/"}
FRONT, BODY = Numbering.FRONT, Numbering.BODY

COVER = '<section id="cover"><svg xmlns="http://www.w3.org/2000/svg" /></section>'
FOREWORD = '<section id="foreword" epub:type="foreword"><h1>前言</h1><p>起</p></section>'
OPENER = """
<section id="chapter-1" epub:type="chapter">
<h1 class="title">项目</h1>
<p>见<a class="see" href="#two">《次篇》</a></p>
</section>
"""
ONE = """
<section class="article" id="one">
<h2 class="title">“首”篇</h2>
<p>甲<em>楷</em><strong>粗</strong><a epub:type="noteref" id="one-call" href="#one-note">1</a>，Ab。</p>
<p><code>href="#two"</code></p>
<figure><img src="images/dot.svg" alt="一点" /></figure>
<aside epub:type="footnote" id="one-note"><a href="#one-call">1</a><p>注</p></aside>
</section>
"""
TWO = """
<section class="article" id="two">
<h2 class="title">次篇</h2>
<h3>黑</h3>
<table><tr><th scope="col">数</th></tr><tr><td class="number">7</td></tr></table>
</section>
"""
SOURCES = '<section id="sources" epub:type="bibliography"><h1>来源</h1><p>尾</p></section>'
SECTIONS = (
    Section("cover", "cover", "封面", 0, FRONT, BOTH, COVER),
    Section("foreword", "foreword", "前言", 1, FRONT, BOTH, FOREWORD),
    Section("contents", "contents", "目录", 1, FRONT, PDF, '<section id="contents"><p>印</p></section>'),
    Section("chapter-1", "chapter-opener", "项目", 1, BODY, BOTH, OPENER),
    Section("one", "article", "“首”篇", 2, BODY, BOTH, ONE),
    Section("two", "article", "次篇", 2, BODY, BOTH, TWO),
    Section("sources", "sources", "来源", 1, BODY, BOTH, SOURCES),
)


@dataclass(frozen=True, slots=True)
class OnePicture(Picture):
    """A picture that lies in no file."""

    def read(self) -> bytes:
        return DOT


def make_galley(script: Script = Script.HANS, sections: tuple[Section, ...] = SECTIONS, isbn: str = "") -> Galley:
    entry = VolumeEntry(
        title="小书",
        subtitle="副题",
        series="丛书甲",
        date=datetime.date(2022, 6, 30),
        description="说明。",
        contributors=(Contributor(name="李甲"), Contributor(name="王乙", role="摄影")),
        imprint=Imprint(publisher="某社"),
        isbn=isbn,
    )
    plan = Plan("small", Source("small.toml", ""), PlanFile(volume=entry), {})
    manuscript = Manuscript(script, plan, (), {}, Names(), None, {})
    chapter = Chapter(1, "chapter-1", "projects", "项目", None, (), ())
    dot = OnePicture("dot.svg", "dot.svg", "image/svg+xml", Path("dot.svg"))
    layout = read_layout(ROOT / "layouts" / "book", Typography())
    volume = Volume(manuscript, (chapter,), (), (), 9)
    return Galley(volume, layout, sections, (dot, replace(dot, name="unused.svg")))


@cache
def cover() -> bytes:
    image = io.BytesIO()
    Image.new("RGB", (1600, 2560), "#1f5c57").save(image, "PNG")
    return image.getvalue()


@cache
def bound(script: Script = Script.HANS) -> bytes:
    return bind_epub(make_galley(script), read_type_case(ROOT / "fonts"), cover())


@cache
def opened() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bound())) as book:
        return {name.removeprefix("EPUB/"): book.read(name) for name in book.namelist()}


def parsed(name: str) -> etree._Element:
    return etree.fromstring(opened()[name])


def found(root: etree._Element, path: str, names: dict[str, str]) -> list[str]:
    values = root.xpath(path, namespaces=names)
    assert isinstance(values, list)
    return [str(value) for value in values]


def test_the_mimetype_stands_first_and_unpacked() -> None:
    with zipfile.ZipFile(io.BytesIO(bound())) as book:
        first = book.infolist()[0]
    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    assert not first.extra


@pytest.mark.parametrize("script", Script)
def test_epubcheck_finds_nothing(script: Script, tmp_path: Path, check_epub: Callable[..., list[Finding]]) -> None:
    path = tmp_path / "小书.epub"
    path.write_bytes(bound(script))
    assert [str(finding) for finding in check_epub(path)] == []


def test_every_link_and_picture_is_there() -> None:
    pages = {name: parsed(name) for name in opened() if name.endswith(".xhtml")}
    ids = {name: set(found(page, "//@id", XHTML)) for name, page in pages.items()}
    for name, page in pages.items():
        for target in found(page, "//@href | //@src", XHTML):
            file, _, fragment = target.partition("#")
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), file)) if file else name
            assert path in opened(), f"{name} wants {target}"
            assert not fragment or fragment in ids[path], f"{name} wants {target}"


def test_a_link_to_another_section_names_its_file_and_one_within_does_not() -> None:
    assert found(parsed("text/chapter-1.xhtml"), "//x:a/@href", XHTML) == ["two.xhtml#two"]
    assert found(parsed("text/one.xhtml"), "//x:a/@href", XHTML) == ["#one-note", "#one-call"]


def test_text_that_looks_like_a_link_stays_as_it_is() -> None:
    assert found(parsed("text/one.xhtml"), "//x:code/text()", XHTML) == ['href="#two"']


def test_chinese_characters_in_neighbouring_elements_have_no_space_between() -> None:
    assert "甲<em>楷</em><strong>粗</strong><a".encode() in opened()["text/one.xhtml"]


def test_the_cover_page_shows_the_cover_and_not_the_drawing_for_print() -> None:
    page = parsed("text/cover.xhtml")
    assert found(page, "//x:img/@alt", XHTML) == ["封面：小书"]
    assert opened()["images/cover.png"] == cover()
    assert b"<svg" not in opened()["text/cover.xhtml"]


def test_the_print_contents_stay_out_and_the_nav_stands_before_the_first_chapter() -> None:
    package = parsed("content.opf")
    files = dict(zip(found(package, "//opf:item/@id", OPF), found(package, "//opf:item/@href", OPF), strict=True))
    spine = [files[item] for item in found(package, "//opf:itemref/@idref", OPF)]
    assert spine == [
        "text/cover.xhtml",
        "text/foreword.xhtml",
        "nav.xhtml",
        *(f"text/{name}.xhtml" for name in ("chapter-1", "one", "two", "sources")),
    ]


def test_the_contents_nest_by_level() -> None:
    nav = parsed("nav.xhtml")
    assert found(nav, "//x:nav[1]/x:ol/x:li/x:a/text()", XHTML) == ["前言", "项目", "来源"]
    assert found(nav, "//x:nav[1]/x:ol/x:li[2]/x:ol/x:li/x:a/text()", XHTML) == ["“首”篇", "次篇"]
    assert found(nav, "//x:h1/text()", XHTML) == ["目录"]


def test_landmarks_lead_to_cover_contents_and_text() -> None:
    terms = found(parsed("nav.xhtml"), "//x:nav[2]//x:a/@epub:type", XHTML)
    assert terms == ["cover", "foreword", "toc", "bodymatter", "bibliography"]


def test_the_ncx_counts_every_place_once() -> None:
    ncx = parsed("toc.ncx")
    assert found(ncx, "//ncx:navPoint/@playOrder", NCX) == ["1", "2", "3", "4", "5"]
    assert len(set(found(ncx, "//ncx:navPoint/@id", NCX))) == 5


def test_the_package_says_what_the_book_is() -> None:
    package = parsed("content.opf")
    said = {
        name: found(package, f"//dc:{name}/text()", OPF)
        for name in ("title", "creator", "contributor", "language", "publisher", "date", "subject")
    }
    assert said == {
        "title": ["小书", "副题"],
        "creator": ["李甲"],
        "contributor": ["王乙"],
        "language": ["zh-Hans"],
        "publisher": ["某社"],
        "date": ["2022-06-30"],
        "subject": ["项目"],
    }
    assert found(package, "//opf:meta[@property='role']/text()", OPF) == ["edt", "pht"]
    assert found(package, "//opf:meta[@property='dcterms:modified']/text()", OPF) == ["2022-06-30T00:00:00Z"]
    assert found(package, "//opf:meta[@property='belongs-to-collection']/text()", OPF) == ["丛书甲"]
    assert found(package, "/opf:package/@xml:lang", OPF) == ["zh-Hans"]
    assert found(package, "//opf:spine/@page-progression-direction", OPF) == ["ltr"]


def test_accessibility_is_told() -> None:
    package = parsed("content.opf")
    assert found(package, "//opf:meta[@property='schema:accessMode']/text()", OPF) == ["textual", "visual"]
    (claim,) = found(package, "//opf:meta[@property='dcterms:conformsTo']/text()", OPF)
    assert claim == "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"


def identifier(galley: Galley) -> str:
    data = bind_epub(galley, read_type_case(ROOT / "fonts"), cover())
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return found(etree.fromstring(book.read("EPUB/content.opf")), "//dc:identifier/text()", OPF)[0]


def test_every_script_has_its_own_identifier() -> None:
    assert len({identifier(make_galley(script)) for script in Script}) == 3


def test_an_isbn_is_the_identifier_of_the_simplified_edition_alone() -> None:
    assert identifier(make_galley(isbn="978-7-00-000000-1")) == "urn:isbn:9787000000001"
    assert identifier(make_galley(Script.HANT_TW, isbn="978-7-00-000000-1")).startswith("urn:uuid:")


def characters(file: str) -> set[str]:
    with TTFont(io.BytesIO(opened()[f"fonts/{file}.ttf"])) as font:
        return {chr(code) for code in font.getBestCmap()}


def test_each_face_holds_exactly_the_characters_it_sets() -> None:
    assert characters("LXGWWenKai-Regular") == {"楷"}
    assert characters("NotoSansSC-Bold") == set("前言项目来源黑数")
    assert characters("NotoSerifSC-Bold") == set("目录前言项首篇次来源“”粗")
    assert characters("BookmakerSerif-Regular") >= set("Ab17#")
    assert "粗" not in characters("NotoSerifSC-Regular")
    assert "fonts/BookmakerSerif-Italic.ttf" not in opened()


def test_a_face_keeps_its_spacing_its_digits_and_its_licence() -> None:
    with TTFont(io.BytesIO(opened()["fonts/NotoSerifSC-Regular.ttf"])) as font:
        assert {"chws", "halt"} <= {r.FeatureTag for r in font["GPOS"].table.FeatureList.FeatureRecord}
        assert "Open Font" in font["name"].getDebugName(13)
    with TTFont(io.BytesIO(opened()["fonts/BookmakerSerif-Regular.ttf"])) as font:
        assert {"lnum", "tnum"} <= {r.FeatureTag for r in font["GSUB"].table.FeatureList.FeatureRecord}


def test_the_style_sheet_names_every_face_and_leaves_colour_and_ground_to_the_reader() -> None:
    style = opened()["style/book.css"].decode()
    assert style.count("@font-face") == sum(name.startswith("fonts/") for name in opened())
    body = style.split("\nbody {", 1)[1].split("}", 1)[0]
    assert "color" not in body and "background" not in body and "font-size" not in body
    assert "!important" not in style


@pytest.mark.parametrize("colour", ["#1f5c57", "#000000", "#a23b2a"])
def test_a_dark_accent_is_lightened_by_night(colour: str) -> None:
    assert accent_by_night(colour) > colour
    assert accent_by_night("#ffffff") == "#ffffff"


def test_only_pictures_that_pages_show_are_packed() -> None:
    assert opened()["images/dot.svg"] == DOT
    assert "images/unused.svg" not in opened()


@pytest.mark.parametrize(
    ("xhtml", "said"),
    [
        ("<section><p>甲</section>", "“one” is ill-formed"),
        ('<section><a href="#nowhere">甲</a></section>', "“#nowhere”"),
        ('<section><a href="#contents">甲</a></section>', "“#contents”"),
        ('<section><img src="images/lost.png" alt="" /></section>', "“images/lost.png”"),
    ],
)
def test_a_faulty_section_is_refused(xhtml: str, said: str) -> None:
    sections = tuple(replace(s, xhtml=xhtml) if s.id == "one" else s for s in SECTIONS)
    with pytest.raises(BindingError, match=said):
        bind_epub(make_galley(sections=sections), read_type_case(ROOT / "fonts"), cover())


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_galley_gives_the_same_bytes_in_another_place_and_hour(seed: str, tmp_path: Path) -> None:
    said = "import hashlib; from tests.test_epub import bound; print(hashlib.sha256(bound()).hexdigest())"
    environment = os.environ | {
        "PYTHONHASHSEED": seed,
        "TZ": "Asia/Shanghai" if seed == "1" else "UTC",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
    done = subprocess.run(
        [sys.executable, "-c", said], cwd=tmp_path, env=environment, capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == hashlib.sha256(bound()).hexdigest()
