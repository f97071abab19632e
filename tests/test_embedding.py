"""Fonts in the PDF: pages look as with WeasyPrint's own subsets, whatever became of a glyph on its way there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
import uharfbuzz

from bookmaker.fonts import read_type_case
from bookmaker.makeup.printing import print_pdf
from bookmaker.pdf.cover import draw_cover
from bookmaker.pdf.engine import PrintError
from bookmaker.press import make_galley
from bookmaker.script.scripts import Script
from tests.madefonts import make_cff, make_layered, make_variable
from tests.projects import PLAN, lay_project

ROOT = Path(__file__).parents[1]
CASE = read_type_case(ROOT / "fonts")

#: Run in a process of its own, because WeasyPrint's own way is never given back.
BOTH_WAYS = """
import sys
from pathlib import Path
from bookmaker.composition import grid, joint
from bookmaker.pdf import embedding, engine
fonts, folder = Path(sys.argv[1]), Path(sys.argv[2])
engine._shut_fonts_in(fonts, folder)
from weasyprint import HTML
joint.install(), grid.install()
def print_as(name):
    document = HTML(string=(folder / "page.html").read_text("utf-8"), base_url="https://book.invalid/").render()
    document.write_pdf(folder / name, pdf_variant="pdf/ua-1", uncompressed_pdf=True)
print_as("before.pdf")
assert embedding.install()
print_as("after.pdf")
"""

STYLE = f"""
@page {{ size: 300px 400px; margin: 30px }}
html {{ font: 16px/24px {CASE.css_stack("zh-Hans", "serif")} }}
.lining {{ font-variant-numeric: lining-nums tabular-nums }} .old {{ font-variant-numeric: oldstyle-nums }}
.chws {{ font-feature-settings: "chws" 1 }} .wide {{ font-feature-settings: "vert" 1, "halt" 1 }}
.small {{ font-variant-caps: small-caps }}
.kai {{ font-family: {CASE.css_stack("zh-Hans", "kai")} }}
.variable {{ font-family: "Made Variable" }} .layers {{ font-family: "Made Layers" }} .cff {{ font-family: "Made CFF" }}
"""
BODY = """
<p class="lining">2022年12月31日</p><p class="old">2022年12月31日</p><p class="small">Small Caps</p>
<p class="chws">他说：“（大桥）《通车》了。”</p><p class="wide">（大桥）——「通车」</p>
<p class="kai">楷体字，々</p><p>é ǖ ﬁ ½ ① → 𬭎 <b>粗体</b> <i>italic</i></p>
<p class="variable">ABC <b>ABC</b></p><p class="layers">ABC</p><p class="cff">ABC</p>
"""

#: The program on a machine without libharfbuzz-subset.
BARE = """
import cffi
def dlopen(self, name, flags=0, old=cffi.FFI.dlopen):
    if "harfbuzz-subset" in name:
        raise OSError(name)
    return old(self, name, flags)
cffi.FFI.dlopen = dlopen
from weasyprint.text.ffi import harfbuzz_subset
assert harfbuzz_subset is None
from bookmaker.cli import main
main()
"""
#: The program as it is.
WHOLE = "from bookmaker.cli import main; main()"


def both_ways(folder: Path, style: str, body: str, fonts: Path = CASE.folder) -> tuple[bytes, bytes]:
    """The PDF with WeasyPrint's own subsets, and with ours."""
    html = f"<html lang=zh-Hans><head><title>书</title><style>{style}</style></head><body>{body}</body></html>"
    (folder / "page.html").write_text(html, "utf-8")
    command = [sys.executable, "-c", BOTH_WAYS, str(fonts), str(folder)]
    subprocess.run(command, check=True, env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""})
    return (folder / "before.pdf").read_bytes(), (folder / "after.pdf").read_bytes()


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The type case with three fonts of other kinds."""
    folder = tmp_path_factory.mktemp("fonts")
    for path in CASE.folder.glob("*.*"):
        (folder / path.name).symlink_to(path)
    make_variable(folder / "MadeVariable.ttf")
    make_layered(folder / "MadeLayers.ttf")
    make_cff(folder / "MadeCFF.otf")
    return folder


def test_pages_look_as_with_weasyprints_own_subsets(tmp_path: Path, fonts: Path) -> None:
    before, after = map(pypdfium2.PdfDocument, both_ways(tmp_path, STYLE, BODY, fonts))
    assert len(after) == len(before) == 2
    for old, new in zip(before, after, strict=True):
        assert new.render(scale=4).to_pil().tobytes() == old.render(scale=4).to_pil().tobytes()
        assert new.get_textpage().get_text_range() == old.get_textpage().get_text_range()


def test_a_book_is_printed_without_the_systems_subsetter_and_is_the_same(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    made = [_print_as(program, project.root) for program in (WHOLE, BARE)]
    assert made[0] == made[1]


def test_a_font_that_cannot_be_subset_stops_the_printing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    project = lay_project(tmp_path)
    galley, case = make_galley(project, project.root / PLAN, Script.HANS)
    monkeypatch.setattr(uharfbuzz, "subset", fail)
    for verb in (print_pdf, draw_cover):
        with pytest.raises(PrintError, match=r"the font “[^”]+” cannot be put into the PDF: HarfBuzz"):
            verb(galley, case, tmp_path / "cache")


def _print_as(program: str, root: Path) -> bytes:
    """The volume's PDF as a program made it, without a word."""
    command = [sys.executable, "-c", program, "pdf", "--root", str(root), "-q", "-o", str(root / "made.pdf")]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert done.stderr == ""
    return (root / "made.pdf").read_bytes()
