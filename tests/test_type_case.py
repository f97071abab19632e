"""The type case in fonts/: what a reader sees of it, and where each face comes from."""

from __future__ import annotations

import ast
import hashlib
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import uharfbuzz as harfbuzz
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "fonts"
MANIFEST = tomllib.loads((FONTS / "fonts.toml").read_text(encoding="utf-8"))
FACES: list[dict[str, Any]] = MANIFEST["font"]
STACKS: dict[str, dict[str, list[str]]] = MANIFEST["stacks"]
LATIN = ("Bookmaker Serif", "Bookmaker Sans")
HAN = [face for face in FACES if face["family"].startswith("Noto ") and face["family"] != "Noto Serif"]

TAKEN = [(script, role) for script in STACKS for role in STACKS[script]]
# In 通用规范汉字表 and not in GB 2312: what Simplified names are written with.
RARE_NAMES = "㛃䶮喆堃犇玥曌翯𬭎𤩽𫖮𬀩𬴊瀞㐂"
PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】「」『』〔〕—…·～％℃‰×÷±§①⑩㎡○△□●■※→"


#: The International Phonetic Alphabet, letters and figures above and below the line, fractions.
SIGNS = "ɪəŋʃʒθˈːɑ̃₀₁₂₃ₙₓ⁰⁵⁻⁺ⁿ⅓⅔⅕⅛‱ˢᵗʰᵈ"


@pytest.mark.parametrize("script", STACKS)
@pytest.mark.parametrize("role", ["serif", "sans", "kai"])
def test_every_stack_has_letters_above_and_below_the_line(script: str, role: str) -> None:
    held = frozenset.union(*map(characters, STACKS[script][role]))
    assert {sign for sign in SIGNS if ord(sign) not in held} == set()


@cache
def opened(file: str) -> TTFont:
    return TTFont(FONTS / file, lazy=True)


@cache
def characters(family: str) -> frozenset[int]:
    files = (face["file"] for face in FACES if face["family"] == family)
    return frozenset.intersection(*(frozenset(opened(file).getBestCmap()) for file in files))


def writable(codec: str) -> set[str]:
    """The Han characters that a national character set can write."""
    han = (chr(code) for code in range(0x4E00, 0xFA2E) if not 0xA000 <= code < 0xF900)
    return {sign for sign in han if sign.encode(codec, "ignore")}


def missing(script: str, role: str, text: set[str]) -> set[str]:
    covered = frozenset[int]().union(*(characters(family) for family in STACKS[script][role]))
    return {sign for sign in text if ord(sign) not in covered}


def drawing(script: str, role: str, sign: str) -> str:
    """The family that draws `sign`: the first of the stack that has it."""
    return next(family for family in STACKS[script][role] if ord(sign) in characters(family))


def width(face: dict[str, Any], text: str, language: str = "zh-Hans", script: str = "Hani") -> float:
    """The advance of `text` in em, with `chws` on."""
    font = harfbuzz.Font(harfbuzz.Face(harfbuzz.Blob.from_file_path(str(FONTS / face["file"]))))
    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", script, language
    harfbuzz.shape(font, buffer, {"chws": True})
    return float(sum(position.x_advance for position in buffer.glyph_positions) / font.face.upem)


def each(faces: list[dict[str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("face", faces, ids=lambda face: face["file"])


every_stack = pytest.mark.parametrize(("script", "role"), TAKEN)


@each(FACES)
def test_a_face_is_the_one_that_was_made(face: dict[str, Any]) -> None:
    assert hashlib.sha256((FONTS / face["file"]).read_bytes()).hexdigest() == face["sha256"]


def test_the_case_holds_the_listed_faces_and_no_others() -> None:
    assert {path.name for path in FONTS.glob("*.[to]tf")} == {face["file"] for face in FACES}


def test_the_case_is_light_enough_to_carry() -> None:
    assert sum(path.stat().st_size for path in FONTS.rglob("*") if path.is_file()) <= 60_000_000


@each(FACES)
def test_a_face_may_be_embedded_and_is_truetype_without_hints(face: dict[str, Any]) -> None:
    font = opened(face["file"])
    assert font["OS/2"].fsType == 0
    assert "glyf" in font
    assert not {"CFF ", "fvar", "fpgm", "prep", "cvt "} & set(font.keys())


@each(FACES)
def test_a_face_says_itself_what_the_list_says_of_it(face: dict[str, Any]) -> None:
    font = opened(face["file"])
    italic = "italic" if font["OS/2"].fsSelection & 1 else "normal"
    found = (str(font["name"].getDebugName(1)), font["OS/2"].usWeightClass, italic)
    assert found == (face["family"], face["weight"], face["style"])


@each(FACES)
def test_a_face_comes_with_its_licence(face: dict[str, Any]) -> None:
    text = (FONTS / face["license"]).read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "Copyright" in text
    assert face["license"] == f"licenses/{face['family'].replace(' ', '')}.txt"


@each(FACES)
def test_no_face_goes_by_a_reserved_name(face: dict[str, Any]) -> None:
    names = (str(opened(face["file"])["name"].getDebugName(identifier)) for identifier in (1, 4, 6))
    assert not any("Source" in name or "Klee" in name for name in names)


@each(FACES)
def test_every_weight_of_a_family_has_the_same_characters(face: dict[str, Any]) -> None:
    assert frozenset(opened(face["file"]).getBestCmap()) == characters(face["family"])


def test_the_faces_come_from_the_packages_that_the_maker_locks() -> None:
    maker = ast.parse((ROOT / "tools" / "make_fonts.py").read_text(encoding="utf-8"))
    lock = next(
        ast.literal_eval(node.value)
        for node in maker.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "LOCK"
    )
    assert set(lock) == {face["package"] for face in FACES}
    assert all(integrity.startswith("sha512-") for integrity in lock.values())


@every_stack
def test_a_stack_names_only_families_of_the_case_and_ends_in_the_widest_and_the_signs(script: str, role: str) -> None:
    assert set(STACKS[script][role]) <= {face["family"] for face in FACES}
    assert STACKS[script][role][-2:] == ["Noto Serif SC", "Noto Serif"]


@pytest.mark.parametrize("role", STACKS["zh-Hans"])
def test_simplified_stacks_have_gb2312_and_rare_names(role: str) -> None:
    assert missing("zh-Hans", role, writable("gb2312") | set(RARE_NAMES)) == set()


@pytest.mark.parametrize("role", STACKS["zh-Hans"])
def test_simplified_stacks_have_the_common_traditional_characters(role: str) -> None:
    level_1 = {sign for sign in writable("big5") if sign.encode("big5") < b"\xc9"}
    assert missing("zh-Hans", role, level_1) == set()


@pytest.mark.parametrize(("script", "role"), [pair for pair in TAKEN if pair[0] != "zh-Hans"])
def test_traditional_stacks_have_big5_and_what_opencc_writes_besides(script: str, role: str) -> None:
    assert missing(script, role, writable("big5") | set("幷㐂爲羣衞")) == set()


@pytest.mark.parametrize("role", STACKS["zh-Hant-HK"])
def test_hong_kong_stacks_have_written_cantonese(role: str) -> None:
    assert missing("zh-Hant-HK", role, set("佢哋喺嗰度嘅咗冇嚟啲攞噉咁嘢嘥啱瞓㗎𨋢𠝹鰂涌埗滘")) == set()


@every_stack
def test_the_punctuation_of_a_stack_comes_from_one_han_family(script: str, role: str) -> None:
    families = {drawing(script, role, sign) for sign in PUNCTUATION}
    region = script[-2:] if "Hant" in script else "SC"
    design = "Sans" if role == "sans" else "Serif"
    assert families == {f"Noto {design} {region.replace('TW', 'TC')}"}


@every_stack
def test_letters_and_figures_come_from_the_latin_face(script: str, role: str) -> None:
    text = "AaZz0123456789.,%-–()[]$€éüǎǖńḿñ "
    assert {drawing(script, role, sign) for sign in text} <= set(LATIN)


@pytest.mark.parametrize("family", LATIN)
def test_latin_faces_leave_chinese_signs_to_the_han_face(family: str) -> None:
    assert not {sign for sign in "“”‘’—…·×÷°±§‰℃" if ord(sign) in characters(family)}


def test_kai_has_han_characters_and_blanks_and_nothing_else() -> None:
    names = {unicodedata.name(chr(code), "CJK") for code in characters("LXGW WenKai") - set(map(ord, "々〇 \u00a0"))}
    assert all(name.startswith("CJK") for name in names)


def test_a_blank_between_kai_characters_has_a_glyph() -> None:
    """Pango keeps the face of the character before a blank, even where that face lacks one."""
    assert ord(" ") in characters("LXGW WenKai")


def test_kai_writes_years_and_repeated_characters_itself() -> None:
    assert {drawing("zh-Hans", "kai", sign) for sign in "二〇二六年々"} == {"LXGW WenKai"}


@each(HAN)
def test_adjacent_full_width_signs_close_up(face: dict[str, Any]) -> None:
    for script in ("Hani", "Latn"):  # Pango gives signs the script of the letters before them
        assert width(face, "）《", script=script) == 1.5
    assert width(face, "中，国") == 3


@each(HAN)
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant-TW", "zh-Hant-HK", "en"])
def test_dashes_dots_and_quotes_are_full_width_in_every_language(face: dict[str, Any], language: str) -> None:
    for script in ("Hani", "Latn"):
        found = {text: width(face, text, language, script) for text in ("——", "—", "·", "“", "’")}
        assert found == {"——": 2, "—": 1, "·": 1, "“": 1, "’": 1}
