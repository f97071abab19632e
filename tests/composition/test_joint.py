"""The joint to WeasyPrint: what comes out of the PDF is what went in, flush, on any page, and guarded."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bookmaker.composition import joint
from bookmaker.composition.beside import Call
from bookmaker.composition.plan import is_planned
from bookmaker.script.scripts import Script
from tests.composition.printing import FLUSH, LONG, ROOT, Book, Printed, inner_rag, plain, reads
from tests.gates.poppler import page_texts

# ---------------------------------------------------------------- text in, text out

INLINE = {
    "plain": LONG,
    "bold": f"甲<b>{LONG[:40]}</b>{LONG[40:]}",
    "emphasis": f"甲<em>{LONG[:40]}</em>，{LONG[40:]}",
    "link": f'甲<a href="#x">{LONG[:40]}</a>{LONG[40:]}<span id="x">乙</span>',
    "code": f"用<code>make test</code>，又用<code>git commit</code>；{LONG}",
    "padded code": f'用<code style="padding: 0 3px; border: 1px solid">make test</code>，{LONG}',
    "smaller and larger": f"甲<small>{LONG[:30]}</small><big>{LONG[30:50]}</big>{LONG[50:]}",
    "nested": f'甲<b>乙<em>丙<a href="#y">{LONG[:30]}</a></em>丁</b>{LONG[30:]}<i id="y">戊</i>',
    "nested with padding": f'甲<b style="padding: 0 2px">乙<em style="padding: 0 2px">{LONG[:45]}</em></b>{LONG[45:]}',
    "empty spans": f"<span></span>甲<span></span>{LONG[:30]}<b></b>{LONG[30:]}<span></span>",
    "an empty padded span": f'甲{LONG[:30]}<span style="padding: 0 3px"></span>{LONG[30:]}',
    "a forced break": f"{LONG}<br>{LONG[:20]}<br>乙",
    "two forced breaks": f"甲乙<br><br>{LONG[:40]}",
    "forced break last": f"{LONG[:40]}<br>",
    "forced break in emphasis": f"甲<em>乙<br>丙</em>{LONG}",
    "a long address": f"{LONG[:20]}见https://www.example.org/photos/2024/bridge/index.html吧，{LONG[20:]}",
    "an address as a link": f'见<a href="https://www.w3.org/TR/clreq/">https://www.w3.org/TR/clreq/</a>。{LONG}',
    "an e-mail address": f"写信到editor@example.com，{LONG}",
    "Latin words": f"用Tekla Structures，由Bridge and Tunnel Engineering Consultants派人来教，{LONG}",
    "ligatures and kerning": f"The office of AVATAR offers affluent waffles，{LONG}",
    "letters with accents": f"在café里读Brontë，naïve的Dvořák，{LONG}",
    "rare ideographs": f"㐂𬭎野家，{LONG}",
    "an ideograph no font has": f"𠮷野家，{LONG}",
    "spaces around markup": f"甲 <b>Bold words</b> 乙 <em>and more</em>，{LONG}",
    "a line of marks": f"“‘（《》）’”，。！？——……·{LONG}",
    "only Latin and one mark": "The bridge is open，and everybody came to look at it on the first day of spring.",
    "another language": f'甲<i lang="de">Donaudampfschiffahrt</i>，<i lang="ja">橋</i>，{LONG}',
    "superscript": f"面积35 m<sup>2</sup>，{LONG}",
    "underline": f"甲<u>{LONG[:40]}</u>{LONG[40:]}",
    "struck out": f"甲<s>{LONG[:40]}</s>{LONG[40:]}",
    "one character": "甲",
    "one mark": "。",
    "letter spacing": f'甲<span style="letter-spacing: 0.5px">乙丙</span>{LONG}',
    "no wrapping": f'甲<span style="white-space: nowrap">{LONG[:12]}</span>{LONG[12:]}',
    "no wrapping but a forced break": f'<span style="white-space: nowrap">{LONG[:9]}<br>{LONG[9:14]}</span>{LONG[14:]}',
}


@pytest.mark.parametrize("html", INLINE.values(), ids=INLINE)
def test_a_paragraph_reads_as_it_was_written(html: str, printed: Printed) -> None:
    text = printed(f"<p>{html}</p>").text
    assert reads(text, *plain(html)), text


RAGGED = {"an ideograph no font has", "only Latin and one mark"}  # the first is left to WeasyPrint
FLUSH_INLINE = [name for name in INLINE if name not in RAGGED]


@pytest.mark.parametrize("name", FLUSH_INLINE)
def test_its_lines_are_flush(name: str, printed: Printed) -> None:
    rag = printed(f"<p>{INLINE[name]}</p>").rag()
    forced = INLINE[name].count("<br>")
    assert sum(abs(value) > FLUSH for value in rag) <= forced, rag


def test_a_soft_hyphen_loses_no_text(printed: Printed) -> None:
    text = printed(f"<p>{LONG[:30]}Donau\xaddampf\xadschiff，{LONG[30:]}</p>").text
    assert reads(re.sub(r"\xad\n?|-\n|‐\n", "", text), f"{LONG[:30]}Donaudampfschiff，{LONG[30:]}"), text


def test_a_reading_in_letter_spaced_words_leaves_them_planned(printed: Printed) -> None:
    css = "p { letter-spacing: 1px } rt { font-size: 5px; line-height: 0; vertical-align: 1.95em }"
    book = printed(f"<p>{LONG[:20]}<ruby>盂<rt>yú</rt></ruby>{LONG[20:]}</p>", css)
    assert all(is_planned(line) for _, line in book.lines())
    assert all(abs(value) < FLUSH for value in book.rag()), book.rag()


@pytest.mark.parametrize("before", range(14, 20))
def test_words_that_may_not_wrap_stay_together_whatever_is_marked_in_them(before: int, printed: Printed) -> None:
    kept = '<span style="white-space: nowrap">两座<a href="#x">新桥</a><b>（甲）</b></span>'
    book = printed(f'<p id="x">{LONG[:before]}{kept}{LONG[before:]}</p>')
    assert "两座新桥（甲）" in book.text.replace(" ", ""), book.text


@pytest.mark.parametrize("mark", ['em class="dots"', 'span class="name-line"'])
def test_a_block_and_a_picture_may_stand_in_words_with_marks(mark: str, printed: Printed) -> None:
    block = '<span style="display: inline-block; text-indent: 0">丙</span>'
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"></svg>'
    words = f"甲<{mark}>乙{block}{picture}丁</{mark.split()[0]}>戊"
    book = printed(f"<p>{words}</p>")
    assert reads(book.text, *plain(words)), book.text


BLOCKS = {
    "list": (f"<ul><li>{LONG}</li><li>乙</li></ul>", ["•", LONG, "•", "乙"]),
    "numbered list": (f"<ol><li>{LONG}</li><li>乙</li></ol>", ["1.", LONG, "2.", "乙"]),
    "quotation": (f"<blockquote><p>{LONG}</p></blockquote>", [LONG]),
    "heading": (f"<h1>{LONG[:40]}</h1><p>{LONG}</p>", [LONG[:40], LONG]),
    "centred": (f'<p style="text-align: center">{LONG}</p>', [LONG]),
    "right-aligned": (f'<p style="text-align: right">{LONG}</p>', [LONG]),
    "footnote": (
        f'<p>甲{LONG[:30]}<span class="note">{LONG}</span>{LONG[30:]}</p>',
        [f"甲{LONG[:30]}1{LONG[30:]}", "1.", LONG],
    ),
    "two footnotes": (
        f'<p>甲<span class="note">注一。</span>，{LONG}<span class="note">注二。</span></p>',
        [f"甲1，{LONG}2", "1.", "注一。", "2.", "注二。"],
    ),
    "text straight in the body": (LONG, [LONG]),
    "no paragraph": ("", []),
    "empty paragraph": ("<p></p><p> </p><p>甲</p>", ["甲"]),
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_a_block_reads_as_it_was_written(block: tuple[str, list[str]], printed: Printed) -> None:
    text = printed(block[0]).text
    assert reads(text, *block[1]), text


def test_a_table_reads_as_it_was_written(printed: Printed) -> None:
    cells = [LONG[:22], "35个", "BIM，好", LONG[22:47]]
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in (cells[:2], cells[2:]))
    text = re.sub(r"\s", "", printed(f"<table>{rows}</table>").text)
    assert sorted(text) == sorted("".join(cells))


def test_a_narrow_table_cell_holds_its_lines(printed: Printed) -> None:
    book = printed(f'<table style="width: 100px"><tr><td>{LONG}</td><td>甲</td></tr></table>')
    assert all(value > -FLUSH for value in book.rag()), book.rag()


@pytest.mark.parametrize("script", Script)
def test_every_script_reads_as_it_was_written(script: Script, printed: Printed) -> None:
    words = "「你來了？」她問。「來了，」他說，「路上看見大橋，人真多；走了35分鐘：用BIM技術——真的……」" * 2
    book = printed(f"<p>{words}</p>", script=script)
    assert reads(book.text, words), book.text
    assert all(abs(value) < FLUSH for value in book.rag())
    assert len(book.planned_lines()) == len(list(book.lines())) > 3


def test_pre_line_text_keeps_its_lines(printed: Printed) -> None:
    book = printed(f'<p style="white-space: pre-line">甲乙\n丙丁\n{LONG}</p>')
    assert reads(book.text, "甲乙", "丙丁", LONG), book.text


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("height", [72, 88, 104, 120])
def test_a_paragraph_over_pages_keeps_every_character_once(height: int, printed: Printed) -> None:
    css = f"@page {{ size: 240px {height}px }}"
    text = "".join(f"{number}、{LONG}" for number in range(1, 4))
    book = printed(f"<p>{text}</p><p>{LONG}</p>", css)
    assert book.pages > 3
    assert reads(book.text, text, LONG), book.text
    assert all(abs(value) < FLUSH for value in inner_rag(book))


@pytest.mark.parametrize("markup", ["b", "em", "a href='#x'"])
def test_markup_over_pages_keeps_every_character_once(markup: str, printed: Printed) -> None:
    body = f"<p id='x'>{LONG[:15]}<{markup}>{LONG}</{markup.split()[0]}>{LONG}</p>"
    book = printed(body, "@page { size: 240px 88px }")
    assert reads(book.text, LONG[:15] + LONG + LONG), book.text


@pytest.mark.parametrize("script", Script)
def test_lines_are_flush_when_the_measure_changes_between_pages(script: Script, printed: Printed) -> None:
    css = "@page { size: 240px 88px } @page :left { margin-left: 47px } @page :first { margin-right: 61px }"
    book = printed(f"<p>{LONG * 3}</p>", css, script)
    assert book.pages > 5
    # Blanks aside: lines are broken before WeasyPrint says how wide the next page is. The last of a wide page was
    # chosen for a wide one after it, and on the narrow one a line is left 0.18 em loose, where poppler reads blanks.
    assert "".join(book.text.split()) == LONG * 3, book.text
    assert all(abs(value) < FLUSH for value in inner_rag(book)), inner_rag(book)
    assert all(is_planned(line) for _, line in book.lines())


def test_marked_up_lines_are_flush_when_the_measure_changes_between_pages(printed: Printed) -> None:
    css = "@page { size: 240px 88px } @page :left { margin-left: 47px }"
    body = f"<p>{LONG[:20]}<b>{LONG[:50]}<em>{LONG[50:]}{LONG}</em></b>{LONG}</p>"
    book = printed(body, css)
    assert reads(book.text, LONG[:20] + LONG * 3), book.text
    assert all(abs(value) < FLUSH for value in inner_rag(book)), inner_rag(book)


def test_a_running_head_is_set_by_plan_too(printed: Printed) -> None:
    book = printed("<p>甲</p>", "@page { @top-left { content: '读《大桥》，2024年'; width: auto } }")
    assert reads(book.text, "读《大桥》，2024年", "甲"), book.text
    assert len(book.planned_lines()) == 2


def test_columns_keep_every_character_once(printed: Printed) -> None:
    book = printed(f"<div><p>{LONG * 2}</p></div>", "div { columns: 2; column-gap: 10px }")
    assert sorted(re.sub(r"\s", "", book.text)) == sorted(re.sub(r"\s", "", LONG * 2))
    assert all(value > -FLUSH for value in book.rag()), book.rag()


def test_pages_laid_out_twice_come_out_the_same(printed: Printed) -> None:
    """Page numbers in the text make WeasyPrint lay the pages out again."""
    css = "@page { size: 240px 88px } .to::after { content: target-counter(attr(href), page) }"
    book = printed(f'<p>见第<a class="to" href="#end">：</a>页。{LONG * 3}</p><p id="end">完。</p>', css)
    assert reads(book.text, f"见第：{book.pages}页。{LONG * 3}", "完。"), book.text
    assert all(abs(value) < FLUSH for value in inner_rag(book)), inner_rag(book)


def test_a_paragraph_pushed_to_a_page_with_a_float_does_not_run_over_it(printed: Printed) -> None:
    css = "@page { size: 240px 120px } .f { float: left; width: 80px; height: 60px } p { break-inside: avoid }"
    body = f'<p>{LONG[:70]}</p><div class="f"></div><p>{LONG[:60]}</p>'
    book = printed(body, css)
    assert reads(book.text, LONG[:70], LONG[:60]), book.text
    assert all(value > -FLUSH for value in book.rag()), book.rag()


# ---------------------------------------------------------------- what is left to WeasyPrint


def _untouched(printed: Printed, body: str, css: str = "", script: str = Script.HANS) -> Book:
    book = printed(body, css, script)
    assert not book.planned_lines()
    return book


def test_english_is_left_alone(printed: Printed) -> None:
    words = "The bridge is open to everybody today, and so is the road that leads to it. " * 3
    assert reads(_untouched(printed, f"<p>{words}</p>", script="en").text, words.strip())


def test_an_english_paragraph_in_a_chinese_book_is_left_alone(printed: Printed) -> None:
    words = "The bridge is open to everybody today, and so is the road that leads to it. " * 3
    assert reads(_untouched(printed, f'<p lang="en">{words}</p>').text, words.strip())
    assert reads(_untouched(printed, f"<p>{words}</p>").text, words.strip())


def test_right_to_left_text_is_left_alone(printed: Printed) -> None:
    book = _untouched(printed, f'<p dir="rtl" style="direction: rtl">{LONG}</p>')
    assert sorted(re.sub(r"\s", "", book.text)) == sorted(re.sub(r"\s", "", LONG))


# ---------------------------------------------------------------- drawing


def test_glyphs_stand_where_the_plan_says(printed: Printed, tmp_path: Path) -> None:
    """The last character's cell of a full line ends at the measure, as another program sees it."""
    import pypdfium2

    printed(f"<p>{LONG * 2}</p>")
    page = pypdfium2.PdfDocument(tmp_path / "book.pdf")[0]
    text = page.get_textpage()
    height = page.get_height()
    rights: dict[int, float] = {}
    for index in range(text.count_chars()):
        if text.get_text_range(index, 1).strip():
            _, bottom, right, _ = text.get_charbox(index, loose=True)
            character = text.get_text_range(index, 1)
            edge = right - (3.75 if character in "，。：！”）》" else 0.0)  # half an em, in pt
            row = round((height - bottom) / 12)
            rights[row] = max(rights.get(row, 0.0), edge)
    full = list(rights.values())[:-1]
    assert len(full) > 8
    assert all(edge == pytest.approx(220 * 0.75, abs=0.05) for edge in full), full


def test_the_file_hardly_grows(printed: Printed, tmp_path: Path, fonts_cache: Path) -> None:
    """Places cost a number each; fonts, which make most of a book's file, cost the same."""
    body = f"<p>{LONG * 20}</p>"
    printed(body)
    planned = (tmp_path / "book.pdf").stat().st_size
    printed(f'<div style="white-space: pre-wrap">{body}</div>')  # what the joint leaves alone
    assert planned <= (tmp_path / "book.pdf").stat().st_size * 1.1


# ---------------------------------------------------------------- the guard


def test_every_private_name_the_joint_wraps_is_there() -> None:
    """When a new WeasyPrint fails here, look through `joint.py` before you change `WRITTEN_FOR`."""
    import weasyprint
    from weasyprint.css import properties
    from weasyprint.draw import text as draw
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import block, inline, percent, preferred, replaced, table
    from weasyprint.text import ffi, line_break

    assert weasyprint.__version__ == joint.WRITTEN_FOR
    wanted = {
        inline: "iter_line_boxes split_inline_box split_text_box justify_line inline_block_width",
        block: "iter_line_boxes",
        preferred: "inline_max_content_width max_content_width",
        draw: "draw_first_line",
        percent: "resolve_percentages resolve_one_percentage",
        replaced: "inline_replaced_box_layout",
        table: "table_wrapper_width",
        properties: "INHERITED",
        line_break: "create_layout strut",
        ffi: "FROM_UNITS ffi pango",
        boxes: "TextBox InlineBox LineBox AtomicInlineLevelBox ReplacedBox",
    }
    for module, names in wanted.items():
        for name in names.split():
            assert hasattr(module, name), f"{module.__name__}.{name}"


def test_the_joint_is_in_the_way_of_every_caller(printed: Printed) -> None:
    """`from x import name` copies a name: WeasyPrint must not call a function of its own behind our back."""
    printed("<p>甲</p>")
    from weasyprint.layout import block, inline, preferred

    assert block.iter_line_boxes == inline.iter_line_boxes
    wrapped = {inline: "split_inline_box split_text_box justify_line", preferred: "inline_max_content_width"}
    for module, name in ((module, name) for module, names in wrapped.items() for name in names.split()):
        assert getattr(module, name).__module__ == joint.__name__


def test_wrapped_functions_take_what_the_joint_gives_them() -> None:
    """The arguments as they were when the joint was written, read from WeasyPrint's sources."""
    import ast

    import weasyprint

    folder = Path(weasyprint.__file__).parent
    wanted = {
        "layout/inline.py": {
            "iter_line_boxes": (
                "context box position_y bottom_space skip_stack containing_block "
                "absolute_boxes fixed_boxes first_letter_style first_line_style"
            ),
            "split_inline_box": " ".join(Call._fields),
            "split_text_box": "context box available_width skip is_line_start",
            "justify_line": "context line extra_width",
        },
        "layout/preferred.py": {"inline_max_content_width": "context box outer is_line_start"},
        "draw/text.py": {"draw_first_line": "stream textbox text_overflow block_ellipsis matrix"},
    }
    for file, functions in wanted.items():
        tree = ast.parse((folder / file).read_text(encoding="utf-8"))
        found = {f.name: [a.arg for a in f.args.args] for f in ast.walk(tree) if isinstance(f, ast.FunctionDef)}
        for name, arguments in functions.items():
            first = arguments.split()
            assert found[name] == first, (file, name)


def test_installing_twice_is_installing_once(printed: Printed) -> None:
    from weasyprint.layout import inline

    assert joint.install()
    before = inline.split_text_box
    assert joint.install()
    assert inline.split_text_box == before


OTHER_VERSION = """
import sys
from pathlib import Path

import weasyprint

weasyprint.__version__ = "71.0"
from weasyprint.layout import inline

own = inline.split_text_box
from bookmaker.composition.joint import install
from bookmaker.fonts import read_type_case
from bookmaker.pdf.engine import render

root, folder = Path(sys.argv[1]), Path(sys.argv[2])
html = '<html lang="zh-Hans"><head><title>书</title></head><body><p>大桥，今天通车。</p></body></html>'
fonts = read_type_case(root / "fonts")
render(html, "html { font-family: Noto Serif SC }", {}, fonts, folder).write_pdf(folder / "a.pdf")
assert install() is False
assert inline.split_text_box is own, "something was wrapped all the same"
"""


@pytest.fixture(scope="module")
def other_version(fonts_cache: Path) -> subprocess.CompletedProcess[str]:
    """A book printed with a WeasyPrint that says it is another version."""
    command = [sys.executable, "-c", OTHER_VERSION, str(ROOT), str(fonts_cache)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_with_another_weasyprint_the_book_is_still_printed(
    other_version: subprocess.CompletedProcess[str], fonts_cache: Path
) -> None:
    assert other_version.returncode == 0, other_version.stderr
    assert page_texts(fonts_cache / "a.pdf")[0].strip() == "大桥，今天通车。"


def test_with_another_weasyprint_the_user_is_told(other_version: subprocess.CompletedProcess[str]) -> None:
    assert "71.0" in other_version.stderr
