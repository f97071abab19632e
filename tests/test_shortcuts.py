"""The shortcuts through WeasyPrint: whatever a page holds, the file is the same, byte for byte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bookmaker.fonts import read_type_case

ROOT = Path(__file__).parents[1]
CASE = read_type_case(ROOT / "fonts")

#: Run in a process of its own, because no shortcut is ever given back.
BOTH_WAYS = """
import sys
from importlib import import_module
from pathlib import Path
from bookmaker.composition import grid, joint
from bookmaker.pdf import engine
module, fonts, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
engine._shut_fonts_in(fonts, folder)
from weasyprint import HTML
joint.install(), grid.install()
def print_as(name):
    document = HTML(string=(folder / "page.html").read_text("utf-8"), base_url="https://book.invalid/").render()
    document.write_pdf(folder / name, pdf_variant="pdf/ua-1", uncompressed_pdf=True)
print_as("before.pdf")
assert import_module(f"bookmaker.pdf.{module}").install()
print_as("after.pdf")
"""

PARAGRAPH = "今年春天，江上的大桥正式通车，两岸的人们天没有亮就赶来了：“要看一看这座等了10年的桥！”全桥长2.35公里。" * 3
STYLE = f"""
:root {{ --wide: 30px }}
@page {{
  size: 300px 400px; margin: 40px 8%;
  @top-left {{ content: string(head) }} @bottom-center {{ content: counter(page) "/" counter(pages) }}
  @left-middle {{ content: "边"; width: 20px; height: 50% }}
  @footnote {{ border-top: 1px solid; padding-top: 3px }}
}}
@page wide {{ size: 500px 300px; margin: 30px }}
@page :nth(3) {{ @top-right {{ content: "三" }} }}
html {{ font: 10px/16px {CASE.css_stack("zh-Hans", "serif")}; text-align: justify }}
h2 {{ string-set: head content(); font: bold 14px/1.5 {CASE.css_stack("zh-Hans", "sans")}; break-after: avoid }}
p {{ margin: 0 0 .5em; text-indent: 2em; widows: 2 }}
p.quote {{ margin-inline: 2em; padding-block-start: 4px; border-inline-start: 2px dotted red; width: calc(100% - 9px) }}
p.narrow {{ margin-left: var(--wide); width: 50%; max-width: 120px; box-sizing: border-box; padding: 5% }}
.float {{ float: left; width: 40px; height: 50px; margin: 3px }}
.note {{ float: footnote; font-size: 8px }}
.wide {{ page: wide }}
.flex {{ display: flex; gap: 5px }} .flex :nth-child(2) {{ flex: 1; border-bottom: 1px dotted }}
.flex .number::after {{ content: target-counter(attr(data-to url), page) }}
table {{ border-collapse: collapse; width: 80%; --block-step-align: center }} td {{ border: 1px solid; padding: 2px }}
table.apart {{ border-collapse: separate }}
.columns {{ columns: 2; column-gap: 10% }}
.raised {{ position: relative; top: 10% }} .fixed {{ position: fixed; bottom: -20px; right: 5% }}
.first::first-line {{ font-weight: bold; line-height: 30px }} .first::first-letter {{ font-size: 20px }}
.hebrew {{ direction: rtl; line-height: normal }} .big {{ font-size: 150%; line-height: 1.2em }}
u {{ text-decoration: underline dotted }} .block {{ display: inline-block; min-width: 30%; margin: 0 auto }}
"""
BODY = f"""
<h2 id="one">一、桥</h2><div class="flex"><span>桥</span><span></span><a class="number" data-to="#two">页</a></div>
<p>{PARAGRAPH}<span class="note">注释，{PARAGRAPH[:40]}</span><u>划线</u><span class="block">块</span></p>
<p class="quote">{PARAGRAPH}</p><p class="narrow">{PARAGRAPH[:40]}</p>
<div class="float">浮</div><p>{PARAGRAPH}</p><p class="first">{PARAGRAPH}</p><p class="fixed">定</p>
<table><tr><td>一</td><td>{PARAGRAPH[:50]}</td></tr></table><table class="apart"><tr><td>二</td><td>三</td></tr></table>
<div class="columns"><p>{PARAGRAPH}</p><ul><li>一</li><li>{PARAGRAPH[:30]}</li></ul></div>
<section class="wide"><h2 id="two">二、路</h2><p class="raised">{PARAGRAPH * 6}</p></section>
<p class="hebrew">שלום {PARAGRAPH[:20]}</p><p class="big">大{PARAGRAPH}</p>
<ol><li><p>{PARAGRAPH}</p></li></ol><div class="flex"><p>{PARAGRAPH}</p><p>{PARAGRAPH[:20]}</p></div>
"""


def both_ways(module: str, folder: Path, style: str, body: str, fonts: Path = CASE.folder) -> tuple[bytes, bytes]:
    """The PDF without a module of `bookmaker.pdf` and with it."""
    html = f"<html lang=zh-Hans><head><title>书</title><style>{style}</style></head><body>{body}</body></html>"
    (folder / "page.html").write_text(html, "utf-8")
    command = [sys.executable, "-c", BOTH_WAYS, module, str(fonts), str(folder)]
    subprocess.run(command, check=True, env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""})
    return (folder / "before.pdf").read_bytes(), (folder / "after.pdf").read_bytes()


@pytest.mark.parametrize("module", ["shortcuts", "references"])
def test_the_file_is_the_same_to_the_byte(tmp_path: Path, module: str) -> None:
    before, after = both_ways(module, tmp_path, STYLE, BODY)
    assert before.count(b"/Type /Page\n") + before.count(b"/Type /Page/") > 5
    assert after == before


@pytest.mark.parametrize("module", ["shortcuts", "references", "leaders", "embedding"])
def test_another_weasyprint_is_left_alone(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    from importlib import import_module

    import weasyprint

    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    assert not import_module(f"bookmaker.pdf.{module}").install()


def test_another_pydyf_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import pydyf

    from bookmaker.pdf import shortcuts

    monkeypatch.setattr(pydyf, "__version__", "0.14.0")
    assert not shortcuts.install()
