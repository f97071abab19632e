"""Text files in another script: what a machine reads of them stays."""

from __future__ import annotations

import pytest

from bookmaker.script.plain import convert_text
from bookmaker.script.scripts import Script


def markdown(text: str) -> str:
    return convert_text(text, Script.HANT_TW, markdown=True)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("发展`发展`发展", "發展`发展`發展"),
        ("``发`展``发展", "``发`展``發展"),
        ("[发展](文章/发展.md)与![图](图/发展.png)", "[發展](文章/发展.md)與![圖](图/发展.png)"),
        ("[范]{.keep}家与[台]{tw=臺 hk=台}", "[范]{.keep}家與[台]{tw=臺 hk=台}"),
        ("## 发展 {theme=investment}", "## 發展 {theme=investment}"),
        ("见<https://example.org/发展>", "見<https://example.org/发展>"),
        ("  - file: 图/发展.png", "  - file: 图/发展.png"),
        ("    caption: 发展", "    caption: 發展"),
        ("“发展`code`发展”", "「發展`code`發展」"),
        ("计算**机制**造", "計算**機製**造"),
    ],
)
def test_of_markdown_words_are_converted_and_what_machines_read_is_not(text: str, right: str) -> None:
    assert markdown(text) == right


@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_fenced_code_is_kept(fence: str) -> None:
    assert markdown(f"发\n{fence} 发\n发\n{fence}\n发") == f"發\n{fence} 发\n发\n{fence}\n發"


def test_in_plain_text_only_addresses_are_kept() -> None:
    assert (
        convert_text("`发展`见https://example.org/a，发展。", Script.HANT_TW) == "`發展`見https://example.org/a，發展。"
    )


def test_who_is_known_in_one_line_is_known_in_all() -> None:
    assert convert_text("记者 范思远\n有范思远的文章\n", Script.HANT_TW) == "記者 范思遠\n有范思遠的文章\n"


def test_a_quotation_runs_over_lines() -> None:
    assert convert_text("他说：“甲。\n“乙。”", Script.HANT_TW) == "他說：「甲。\n「乙。」"


def test_full_width_marks_serve_simplified_text_too() -> None:
    assert convert_text("好,来吧!见1,000", Script.HANS, full_width=True) == "好，来吧！见1,000"


@pytest.mark.parametrize("text", ["", "\n", "发", "发\r\n展\r\n"])
def test_lines_stay_lines(text: str) -> None:
    assert convert_text(text, Script.HANT_TW).count("\n") == text.count("\n")
