"""The gates bite: each judge passes what is good and names what is broken."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from weasyprint import HTML

from tests.gates import Finding, jvm, poppler

Gate = Callable[..., list[Finding]]

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""

PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="zh-Hans">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:00000000-0000-5000-8000-000000000000</dc:identifier>
<dc:title>示例</dc:title><dc:language>zh-Hans</dc:language>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>
<spine><itemref idref="nav"/></spine></package>"""

NAVIGATION = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
lang="zh-Hans" xml:lang="zh-Hans"><head><title>目录</title></head>
<body><nav epub:type="toc"><ol><li><a href="nav.xhtml">目录</a></li></ol></nav></body></html>"""


def test_epubcheck_passes_a_small_good_book(tmp_path: Path, check_epub: Gate) -> None:
    assert check_epub(write_epub(tmp_path / "好书.epub")) == []


def test_epubcheck_names_a_missing_language(tmp_path: Path, check_epub: Gate) -> None:
    package = PACKAGE.replace("<dc:language>zh-Hans</dc:language>", "")
    findings = check_epub(write_epub(tmp_path / "broken.epub", package=package))
    assert [(finding.severity, finding.id) for finding in findings] == [("ERROR", "RSC-005")]
    assert "dc:language" in findings[0].message
    assert findings[0].location.endswith("book.opf:6")  # where the metadata end


def test_epubcheck_names_a_dead_link(tmp_path: Path, check_epub: Gate) -> None:
    navigation = NAVIGATION.replace('href="nav.xhtml"', 'href="nav.xhtml#nowhere"')
    assert "RSC-012" in ids(check_epub(write_epub(tmp_path / "broken.epub", navigation=navigation)))


def test_epubcheck_names_a_file_that_is_no_zip(tmp_path: Path, check_epub: Gate) -> None:
    broken = tmp_path / "broken.epub"
    broken.write_bytes("不是一本书".encode())
    assert "FATAL" in {finding.severity for finding in check_epub(broken)}


def test_verapdf_passes_a_small_good_pdf(tmp_path: Path, verify_pdf: Gate) -> None:
    good = tmp_path / "好书.pdf"
    page = "<!DOCTYPE html><html lang='en'><title>Sample</title><p>Sample</p></html>"
    HTML(string=page).write_pdf(good, pdf_variant="pdf/ua-1")
    assert verify_pdf(good) == []


def test_verapdf_names_what_an_untagged_pdf_lacks(tmp_path: Path, verify_pdf: Gate) -> None:
    findings = verify_pdf(write_pdf(tmp_path / "untagged.pdf"))
    no_metadata, no_structure, no_language = "7.1-8", "7.1-11", "7.2-34"
    assert {no_metadata, no_structure, no_language} <= set(ids(findings))
    assert all(finding.severity == "ERROR" and finding.message for finding in findings)


def test_verapdf_names_pdf_a_faults_too(tmp_path: Path, verify_pdf: Gate) -> None:
    assert "6.6.2.1-1" in ids(verify_pdf(write_pdf(tmp_path / "plain.pdf"), "3a"))


def test_verapdf_names_a_file_that_is_no_pdf(tmp_path: Path, verify_pdf: Gate) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes("不是一本书".encode())
    assert [finding.id for finding in verify_pdf(broken)] == ["unreadable"]


def test_a_file_that_is_not_there_is_our_mistake_not_a_finding(
    tmp_path: Path, verify_pdf: Gate, check_epub: Gate
) -> None:
    for gate in (verify_pdf, check_epub):
        with pytest.raises(FileNotFoundError):
            gate(tmp_path / "absent")


def test_without_java_the_gate_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_java() -> str:
        raise jvm.jpype.JVMNotFoundException("no Java here")

    monkeypatch.setattr(jvm.jpype, "getDefaultJVMPath", no_java)
    with pytest.raises(jvm.MissingJavaError, match="make test"):
        jvm.start.__wrapped__()


def test_poppler_reads_pages_texts_and_fonts(tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "两页.pdf", "first", "second")
    assert poppler.page_count(pdf) == 2
    assert [text.strip() for text in poppler.page_texts(pdf)] == ["first", "second"]
    (font,) = poppler.fonts_of(pdf)
    assert (font.name, font.kind, font.embedded, font.subset) == ("Helvetica", "Type 1", False, False)


def test_poppler_refuses_a_file_that_is_no_pdf(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_text("no pdf")
    with pytest.raises(ValueError, match=r"cannot read .*broken\.pdf"):
        poppler.page_count(broken)


def ids(findings: list[Finding]) -> list[str]:
    return [finding.id for finding in findings]


def write_epub(path: Path, *, package: str = PACKAGE, navigation: str = NAVIGATION) -> Path:
    """The smallest EPUB 3.3 there is: a contents page that lists itself."""
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("book.opf", package)
        book.writestr("nav.xhtml", navigation)
    return path


def write_pdf(path: Path, *texts: str) -> Path:
    """A PDF with a page for each text, without tags, language, metadata or embedded fonts."""
    with pikepdf.new() as pdf:
        name = pikepdf.Name
        font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
        for text in texts or ("text",):
            page = pdf.add_blank_page(page_size=(200, 100))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
            page.Contents = pdf.make_stream(f"BT /F1 12 Tf 10 50 Td ({text}) Tj ET".encode())
        pdf.save(path)
    return path
