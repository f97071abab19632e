"""Hostile pages: whatever a file given to import holds, it is read or refused with a problem, soon, and alone."""

from __future__ import annotations

import io
import os
import socket
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from bookmaker.clippings.model import Clipping
from bookmaker.clippings.readers.reading import read_clipping
from bookmaker.problems import Problem

SENTENCE = "北岸大桥昨天通车，早高峰不再绕行。"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = f"# 大桥通车\n\n本报讯（记者 林晚舟）{SENTENCE}\n\n**怎么办**\n> {SENTENCE}\n![桥](a.jpg)\n"
HEADER = f"---\ntitle: 大桥通车\ndate: 2026-04-18\n---\n{SENTENCE}\n"
FOUNDER = (
    "<html><head><meta charset=gbk><title>大桥通车--北岸晚报</title></head><body><ul><li><a>上一篇</a></ul>"
    "<!--enpproperty <date>2026-04-18 00:00:00:0</date><author>张波</author><title>大桥&lt;br&gt;通车</title>"
    f"<nodename>城事</nodename>/enpproperty--><!--enpcontent--><p>　　{SENTENCE}<br>　　{SENTENCE}</p>"
    "<!--/enpcontent--><table class=pic><tr><td><img src=a><td>新桥。张波 摄</table></body></html>"
)
PEOPLE = (
    "<div class=article><h3>引题</h3><h1>主题</h1><p class=sec>张波<span class=date>（2026年04月18日 第 02 版）</span>"
    f"</p><div id=ozoom><p>{SENTENCE}</p><pre>一\n二</pre></div></div><founder-title>题</founder-title>"
)
#: What means something to one of the readers, to be put where it does not belong.
MARKUP = (
    "< > & </ <!-- --> <![CDATA[ ]]> <!DOCTYPE <?xml &#0; &#x110000; &lt; <br> <p> </p> <td> <h1> <ul> <title> <pre>"
)
SIGNS = "# ## ** __ * > --- ![ ]( ``` \\ \0 \x0c \x1b \u200b \ufeff \u2028 \u202e \u3000 \r \r\n \n"
FOUNDERS = "<!--enpproperty <!--enpcontent--> <!--/enpcontent--> <founder-content> <!--enpproperty<title>"
PIECES = (*MARKUP.split(" "), *SIGNS.split(" "), *FOUNDERS.split(" "), SENTENCE)


def packed(parts: dict[str, str | bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", kind) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def word(body: str, before: str = "", **parts: str) -> bytes:
    xml = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": xml, **parts})


def paragraph(text: str) -> str:
    return f"<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


SEEDS: tuple[tuple[str, bytes], ...] = (
    ("page.txt", TEXT.encode()),
    ("page.txt", TEXT.encode("gb18030")),
    ("page.txt", "北岸大橋昨天通車，早高峰不再繞行。".encode("big5")),
    ("page.txt", TEXT.encode("utf-16")),
    ("page.md", TEXT.encode()),
    ("page.md", HEADER.encode()),
    ("page.html", FOUNDER.encode("gbk")),
    ("page.html", FOUNDER.encode()),
    ("page.html", PEOPLE.encode()),
    ("page.docx", word(paragraph(SENTENCE) * 2)),
    ("page.docx", packed({"[Content_Types].xml": "", "word/document.xml": paragraph(SENTENCE)}, zipfile.ZIP_STORED)),
)


@pytest.fixture
def attempt(tmp_path: Path) -> Callable[..., tuple[Clipping | None, list[Problem]]]:
    def read(data: bytes, name: str = "page.txt") -> tuple[Clipping | None, list[Problem]]:
        path = tmp_path / name
        path.write_bytes(data)
        problems: list[Problem] = []
        found = read_clipping(path, name, problems)
        assert_sound(found, problems)
        return found, problems

    return read


def assert_sound(found: Clipping | None, problems: list[Problem]) -> None:
    """A clipping with text and lines in order, or one problem that can be told."""
    if found is None:
        assert [problem.code for problem in problems] == ["unreadable-page"]
        assert len(str(problems[0]).split("\n")) == 2
    else:
        numbers = [line.number for line in found.lines]
        assert problems == [] and numbers == sorted(set(numbers)) and numbers[0] >= 1
        assert any(line.text for line in found.lines)
        assert not any("\n" in line.text or "\0" in line.text or "\ufffd" in line.text for line in found.lines)


def mutated(random: Random, data: bytes) -> bytes:
    """Some bytes changed, left out, doubled, or a piece that means something put in."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 8)):
        place = random.randrange(len(changed) + 1)
        match random.randrange(4):
            case 0:
                changed[place : place + 1] = bytes([random.randrange(256)])
            case 1:
                del changed[place : place + random.randint(1, 20)]
            case 2:
                changed[place:place] = changed[place : place + random.randint(1, 40)]
            case _:
                changed[place:place] = random.choice(PIECES).encode() * random.randint(1, 5)
    return bytes(changed)


def cases(random: Random, number: int) -> Iterator[tuple[str, bytes]]:
    endings = ("page.txt", "page.md", "page.html", "page.docx", "page", "page.pdf")
    for turn in range(number):
        name, data = random.choice(SEEDS)
        kind = turn % 5
        if kind == 0:
            yield name, data[: random.randrange(len(data))]
        elif kind == 1:
            yield random.choice(endings), random.randbytes(random.randrange(400))
        elif kind == 2:
            yield random.choice(endings), "".join(random.choices(PIECES, k=random.randrange(40))).encode()
        else:
            yield (name if kind == 3 else random.choice(endings)), mutated(random, data)


@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_damaged_pages_are_read_or_refused(attempt, seed: int) -> None:
    begin = time.perf_counter()
    for name, data in cases(Random(seed), 1000):
        attempt(data, name)
    assert time.perf_counter() - begin < 20


def test_a_word_file_with_damaged_xml_is_read_or_refused(attempt) -> None:
    random = Random(5)
    table = f"<w:tbl><w:tr><w:tc>{paragraph(SENTENCE)}</w:tc></w:tr></w:tbl>"
    xml = f'<w:document xmlns:w="{W}"><w:body>{paragraph(SENTENCE)}{table}</w:body></w:document>'
    for _ in range(300):
        parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": mutated(random, xml.encode())}
        attempt(packed(parts, zipfile.ZIP_STORED), "page.docx")


#: Bombs: each must be told apart from a page soon, or read.
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nested elements": ("a.html", lambda: b"<div>" * 100_000 + SENTENCE.encode()),
    "stray end tags at depth": ("a.html", lambda: b"<div>" * 900 + b"a</i>" * 60_000),
    "attributes": ("a.html", lambda: b"<p " + b" ".join(b"a%d=1" % i for i in range(200_000)) + b">x"),
    "tags": ("a.html", lambda: b"<p>a" * 2_000_000),
    "lists in lists": ("a.html", lambda: b"<ul><li>a" * 400 + b"<ul></ul>" * 40_000),
    "open comments": ("a.html", lambda: b"<p>x" + b"<!--" * 250_000),
    "open fields": ("a.html", lambda: b"<!--enpproperty " + b"<title>" * 300_000 + b"-->x"),
    "properties": ("a.html", lambda: b"<!--enpproperty <title>a</title>-->" * 20_000 + b"x"),
    "character references": ("a.html", lambda: b"<p>" + b"&amp;" * 500_000),
    "blank lines in a paragraph": ("a.html", lambda: ("<p>中" + "\n" * 2_000_000 + "a").encode()),
    "a title of parts": ("a.html", lambda: b"<title>" + b"a - " * 500_000 + b"</title>x"),
    "stars": ("a.md", lambda: b"*a" * 1_000_000),
    "brackets": ("a.md", lambda: b"![a](" * 400_000),
    "quotes": ("a.md", lambda: b"> " * 1_000_000 + b"x"),
    "hashes": ("a.txt", lambda: b"#" * 2_000_000),
    "pairs": ("a.txt", lambda: b"**a" * 700_000),
    "blanks": ("a.txt", lambda: b" " * 2_000_000 + b"a"),
    "line separators": ("a.txt", lambda: "a\u2028".encode() * 500_000),
    "lines": ("a.txt", lambda: b"a\n" * 1_000_000),
    "paragraphs of Word": ("a.docx", lambda: word("<w:p/>" * 300_000)),
    "runs of Word": ("a.docx", lambda: word("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 60_000 + "</w:p>")),
    "nested paragraphs of Word": ("a.docx", lambda: word("<w:p><w:r>" * 100_000)),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_over_within_seconds(attempt, bomb: str) -> None:
    name, make = BOMBS[bomb]
    data = make()
    begin = time.perf_counter()
    attempt(data, name)
    assert time.perf_counter() - begin < 5


@pytest.mark.parametrize("name", ["page.txt", "page.html", "page.docx"])
def test_a_file_of_fifty_megabytes_is_refused_without_a_look(attempt, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.truncate(50 * 2**20)
    problems: list[Problem] = []
    begin = time.perf_counter()
    assert read_clipping(path, name, problems) is None
    assert time.perf_counter() - begin < 0.1
    assert "larger than" in problems[0].what


def test_a_web_page_as_large_as_a_word_file_may_be_is_refused(attempt) -> None:
    found, problems = attempt(b"<p>" + b"a" * (17 * 2**20), "page.html")
    assert found is None and "larger than 16 MB" in problems[0].what


LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
DOCUMENT = f'<w:document xmlns:w="{W}"><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:document>'
OUTSIDE = "<!DOCTYPE l [<!ENTITY i SYSTEM 'file:///etc/passwd'>"


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE])
def test_no_entity_of_a_web_page_is_resolved(attempt, declared: str) -> None:
    found, _ = attempt(
        f"<?xml version='1.0'?>{declared}]><html><body><p>正文&i;</p></body></html>".encode(), "page.html"
    )
    assert found is not None
    text = "".join(line.text for line in found.lines)
    assert "正文&i;" in text and "root:" not in text and "haha" not in text


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-7"])
def test_a_word_file_with_a_document_type_is_refused(attempt, declared: str, codec: str) -> None:
    xml = f'<?xml version="1.0" encoding="{codec}"?>{declared}]>{DOCUMENT}'
    found, problems = attempt(packed({"[Content_Types].xml": "", "word/document.xml": xml.encode(codec)}), "page.docx")
    assert found is None and "damaged" in problems[0].what


def lying(data: bytes, size: int) -> bytes:
    """The archive with its last member's size in the directory made smaller than it is."""
    place = data.rfind(b"PK\x01\x02") + 24
    return data[:place] + size.to_bytes(4, "little") + data[place + 4 :]


def many_members() -> bytes:
    return packed(
        {"[Content_Types].xml": "", **{f"word/{number}.xml": "" for number in range(6000)}}, zipfile.ZIP_STORED
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda: word("", before=" " * (60 * 2**20)),
        lambda: word("", before="<!--" + " " * (60 * 2**20) + "-->"),
        lambda: lying(word("<w:p/>" + " " * (60 * 2**20)), 1000),
        lambda: packed({"[Content_Types].xml": "", "word/document.xml": b" " * 2**26}, zipfile.ZIP_BZIP2),
        lambda: packed({"[Content_Types].xml": "", "word/document.xml": b" " * 2**20}, zipfile.ZIP_LZMA),
        many_members,
    ],
)
def test_a_word_file_that_would_unpack_without_end_is_refused(attempt, make: Callable[[], bytes]) -> None:
    data = make()
    begin = time.perf_counter()
    found, _ = attempt(data, "page.docx")
    assert found is None and time.perf_counter() - begin < 1


def test_a_link_is_read_only_if_it_leads_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(SENTENCE, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    for target, is_read in (("page.txt", True), ("pipe", False), (".", False), ("gone", False), ("ring", False)):
        link = tmp_path / "ring"
        link.symlink_to(target)
        problems: list[Problem] = []
        assert (read_clipping(link, "link", problems) is not None) is is_read
        assert len(problems) == (not is_read)
        link.unlink()


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\nb\x1b[2J.txt", "", "长" * 5000, "C:\\x", "\ud800"])
def test_a_name_is_a_name_and_opens_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    found = read_clipping(path, name, [])
    assert found is not None and found.file == name
    path.write_bytes(b"%PDF-1.7")
    problems: list[Problem] = []
    assert read_clipping(path, name, problems) is None
    assert len(str(problems[0]).split("\n")) == 2


OPENED: list[str] = []
WATCHING: list[bool] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    if WATCHING and (event == "open" or event.startswith("socket.")):
        OPENED.append(str(arguments[0]) if event == "open" else event)


def test_no_socket_and_no_file_but_the_page_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket")

    address = "http://127.0.0.1:9/x"
    outside = f"file://{tmp_path / 'secret.txt'}"
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    web = (
        f"<!DOCTYPE html SYSTEM '{outside}'><html><head><base href='{address}'><link rel=stylesheet href='{outside}'>"
        f"<script src='{address}'></script></head><body background='{address}'><iframe src='{outside}'></iframe>"
        f"<img src='{address}'><object data='{outside}'></object><xi:include href='{outside}'/><p>正文</p>"
        "</body></html>"
    )
    relation = (
        f"<Relationships><Relationship Id='r1' Type='x/officeDocument' Target='{outside}' TargetMode='External'/>"
        f"<Relationship Id='r2' Type='x/attachedTemplate' Target='{address}' TargetMode='External'/></Relationships>"
    )
    pages = {
        "page.html": web.encode(),
        "page.txt": f"![图]({outside}) {address}".encode(),
        "page.md": f"![图]({outside}) {address}".encode(),
        "page.docx": word(paragraph("正文"), **{"_rels/.rels": relation, "word/_rels/document.xml.rels": relation}),
    }
    for name, data in pages.items():
        (tmp_path / name).write_bytes(data)
        assert read_clipping(tmp_path / name, name, []) is not None  # what Python loads late is loaded now
    monkeypatch.setattr(socket, "socket", refuse)
    sys.addaudithook(watch)
    for name in pages:
        OPENED.clear()
        WATCHING.append(True)
        found = read_clipping(tmp_path / name, name, [])
        WATCHING.clear()
        assert found is not None and "秘密" not in "".join(line.text for line in found.lines)
        assert [str(tmp_path / name)] == OPENED
