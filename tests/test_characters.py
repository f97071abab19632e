"""Simplified to Traditional characters: words, people, places, protected terms.

The rows of `fixtures/traditional/` are our own sentences: Simplified, Taiwan, Hong Kong, note; {a|b} are both
right. Each set was written before the engine saw it; what is still wrong stands below by name.
"""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookmaker.script.characters import Characters, Reason
from bookmaker.script.doubts import find_doubts
from bookmaker.script.scripts import Script
from bookmaker.script.tables import is_traditional
from bookmaker.script.terms import Authority, Term

SHARED = Path(__file__).parents[2] / "shared"
SETS = Path(__file__).parent / "fixtures/traditional"
SCRIPTS = (Script.HANT_TW, Script.HANT_HK)

#: Rows that are still wrong: each is read in two ways, and the other one is likelier nearly everywhere.
STILL_WRONG = {
    "筑城贵阳举办大数据博览会",
    "不少企业家来筑投资大数据产业",
    "这批豆腐干预包装上标明了产地",
    "这艘船只能在内河航行",
    "这只有着百年历史的铜壶被捐给了博物馆",
    "这款手表面盘采用蓝宝石材质",
    "琵琶与二胡同台演出",
    "采访范台发时，他正和面做馒头",
    "走访于家庄期间，他看望了于大爷",
    "参赛者有范杰、游丰里和占志云",
    "汾酒以高粱为原料，用大麦、豌豆制曲",
}


@cache
def characters(script: Script) -> Characters:
    return Characters(script)


def convert(text: str, script: Script = Script.HANT_TW) -> str:
    return characters(script).convert(text).text


def rows(path: Path) -> list[tuple[str, dict[Script, str]]]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        simplified, tw, hk, *_ = line.split("\t")
        found.append((simplified, {Script.HANT_TW: tw, Script.HANT_HK: hk}))
    return found


def is_right(text: str, expected: str) -> bool:
    parts = re.split(r"\{([^}]*)\}", expected)
    pattern = "".join(
        f"(?:{'|'.join(map(re.escape, part.split('|')))})" if index % 2 else re.escape(part)
        for index, part in enumerate(parts)
    )
    return re.fullmatch(pattern, text) is not None


def wrong_rows(path: Path, script: Script) -> list[str]:
    return [simplified for simplified, forms in rows(path) if not is_right(convert(simplified, script), forms[script])]


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("name", ["first", "second", "third", "fourth"])
def test_sentences_come_out_right(name: str, script: Script) -> None:
    wrong = set(wrong_rows(SETS / f"{name}.tsv", script))
    known = {row for row, _ in rows(SETS / f"{name}.tsv")} & STILL_WRONG
    assert wrong == known


@pytest.mark.skipif(not SHARED.is_dir(), reason="the golden set is not here")
@pytest.mark.parametrize("script", SCRIPTS)
def test_at_most_two_percent_of_the_golden_rows_are_wrong(script: Script) -> None:
    golden = SHARED / "data/traditional-golden.tsv"
    assert len(wrong_rows(golden, script)) <= 0.02 * len(rows(golden))


@pytest.mark.skipif(not SHARED.is_dir(), reason="OpenCC's own cases are not here")
@pytest.mark.parametrize(("script", "name"), [(Script.HANT_TW, "s2tw"), (Script.HANT_HK, "s2hk")])
def test_cases_of_opencc_pass(script: Script, name: str) -> None:
    cases = json.loads((SHARED / "data/opencc-testcases.json").read_text(encoding="utf-8"))["cases"]
    told = {case["input"]: case["expected"][name] for case in cases if name in case["expected"]}
    assert {text: convert(text, script) for text in told} == told


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("正推动产业链向下游延伸", "正推動產業鏈向下游延伸"),
        ("发挥好干部考核", "發揮好幹部考核"),
        ("声明了立场", "聲明了立場"),
        ("负责人参加会议", "負責人參加會議"),
        ("老师傅读不准这把尺", "老師傅讀不準這把尺"),
        ("不准随意更改", "不准隨意更改"),
        ("研究并购买服务", "研究並購買服務"),
        ("并购重组与合并", "併購重組與合併"),
    ],
)
def test_words_decide_against_phrases_that_cut_them(text: str, right: str) -> None:
    assert convert(text) == right


@pytest.mark.parametrize("text", ["驻并企业", "来并创业", "返（抵）并人员", "全国在并高校", "京、津、并三地"])
def test_a_short_name_of_a_place_is_kept(text: str) -> None:
    assert "并" in convert(text)
    assert "並" in Characters(Script.HANT_TW, short=()).convert(text).text


@pytest.mark.parametrize("text", ["人才引得进来并留得住", "现在并不困难", "出席并讲话", "“拿来”和首创并举"])
def test_a_conjunction_is_no_place(text: str) -> None:
    assert "並" in convert(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("责编 范文君 曲文亮", "范文君"),
        ("市长于志强在会上讲话", "于志強"),
        ("工程师范仲明解决了难题", "范仲明"),
        ("评审会由于海波主持", "于海波"),
        ("余秋雨、余光中", "余光中"),
        ("小说家谷岳山朗读", "谷岳山"),
        ("示范单位负责人范某", "范某"),
    ],
)
def test_people_are_known_by_what_stands_around(text: str, name: str) -> None:
    assert name in convert(text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("结果小于等于零", "結果小於等於零"),
        ("负责人于当天赶到", "負責人於當天趕到"),
        ("党工委书记", "黨工委書記"),
        ("社区（村）党组织", "社區（村）黨組織"),
        ("不特定于某个账户", "不特定於某個賬戶"),
        ("记者范围广泛", "記者範圍廣泛"),
        ("其余海外企业", "其餘海外企業"),
    ],
)
def test_ordinary_words_are_no_people(text: str, right: str) -> None:
    assert convert(text) == right


def term(simplified: str, form: str, authority: Authority = Authority.VOLUME) -> Term:
    return Term(simplified, form, authority)


def test_a_term_is_kept_from_every_table() -> None:
    own = Characters(Script.HANT_TW, [term("范蠡湖", "范蠡湖")])
    assert own.convert("示范区的范蠡湖").text == "示範區的范蠡湖"


def test_the_longest_term_wins() -> None:
    own = Characters(Script.HANT_TW, [term("太重", "太重"), term("太重集团", "太重集糰")])
    assert own.convert("太重集团与太重").text == "太重集糰與太重"


def test_the_editors_word_goes_before_the_built_in_one() -> None:
    own = Characters(Script.HANT_TW, [term("总台", "總檯")])
    assert own.convert("打给总台").text == "打給總檯"


def test_the_article_goes_before_the_volume() -> None:
    own = Characters(Script.HANT_TW, [term("里耶", "裡耶"), term("里耶", "里耶", Authority.ARTICLE)])
    assert own.convert("到里耶去").text == "到里耶去"


@pytest.mark.parametrize(
    ("simplified", "text"), [("干部", "会大干部署会"), ("王建", "王建国说"), ("并", "合并与并购"), ("上海", "海上海风")]
)
def test_a_term_does_not_cut_a_word(simplified: str, text: str) -> None:
    marked = "〇" * len(simplified)
    assert "〇" not in Characters(Script.HANT_TW, [term(simplified, marked)]).convert(text).text


def test_a_term_may_change_the_length() -> None:
    own = Characters(Script.HANT_TW, [term("打印机", "印表機設備")])
    conversion = own.convert("一台打印机")
    assert conversion.text == "一臺印表機設備"
    assert len(conversion.forms) == len(conversion.source)


def test_every_choice_against_the_table_has_a_reason() -> None:
    choices = characters(Script.HANT_TW).convert("责编 范文君：在并项目向下游延伸，点赞").choices
    reasons = [(choice.simplified, choice.table, choice.chosen, choice.reason) for choice in choices]
    assert reasons == [
        ("范", "範", "范", Reason.PERSON),
        ("并", "並", "并", Reason.PLACE),
        ("游", "遊", "游", Reason.WORDS),
        ("赞", "贊", "讚", Reason.TERM),
    ]


def test_what_the_editor_settled_is_not_doubtful() -> None:
    text = "责编 范文君"
    plain = characters(Script.HANT_TW)
    settled = Characters(Script.HANT_TW, [term("范文君", "范文君", Authority.NAMES)])
    assert [doubt.simplified for doubt in find_doubts(plain.convert(text), plain)] == ["范"]
    assert not find_doubts(settled.convert(text), settled)


def test_rare_characters_are_not_lost() -> None:
    assert convert("武银光𠮷、😀太原") == "武銀光𠮷、😀太原"


_TEXTS = st.text(
    st.sampled_from("范于余干后里发面只并了制复向下游太原市长 记者说，。“”（）《》abc12\n\u3000𠮷"), max_size=60
)


@pytest.mark.parametrize("script", SCRIPTS)
@given(text=_TEXTS)
def test_no_character_is_lost_and_nothing_else_is_touched(script: Script, text: str) -> None:
    conversion = characters(script).convert(text)
    assert len(conversion.text) == len(text)
    assert [new for old, new in zip(text, conversion.text, strict=True) if not "\u3400" <= old <= "\u9fff"] == [
        old for old in text if not "\u3400" <= old <= "\u9fff"
    ]


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("name", ["first", "second", "third", "fourth"])
def test_traditional_text_is_left_alone(name: str, script: Script) -> None:
    for simplified, _ in rows(SETS / f"{name}.tsv"):
        once = convert(simplified, script)
        if is_traditional(once):
            assert convert(once, script) == once


def test_a_paragraph_of_traditional_text_is_known() -> None:
    lines = [convert(simplified) for simplified, _ in rows(SETS / "first.tsv")]
    assert all(is_traditional("。".join(lines[at : at + 4])) for at in range(0, len(lines), 4))
    assert not any(is_traditional(simplified) for simplified, _ in rows(SETS / "first.tsv"))
