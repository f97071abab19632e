"""Hostile imports: whatever stands on a page, the import takes it apart without a fault, soon, and tells every line."""

from __future__ import annotations

import re
import signal
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from bookmaker.clippings.batch import Batch, import_clippings
from bookmaker.clippings.model import Clipping, Line, Mark, Story
from bookmaker.clippings.readers.reading import read_clipping
from bookmaker.intake import Status, import_pages
from tests.clippings.notation import SEEDS
from tests.clippings.pagemaker import MANNERS, clipping_of, made_pages

PAGES = Path(__file__).parent / "pages"
SENTENCE = "北岸大桥昨天通车，早高峰不再绕行。"
#: Lines that mean something to the import, and such that mean nothing.
LINES = (
    *("", "\u3000", "大桥通车", "——访桥梁工程师", "【城事】", "政务之要", "北岸晚报 2026年4月18日 星期六 第2版 城事"),
    *("本报讯（记者 林晚舟）北岸大桥昨天通车。", "本报记者 张 波 文/摄", "（下转第3版）", "（上接第1版）", "责编 张波"),
    *("工作人员正在检查设备。张波 摄", "图为新桥。", "一、通车以后", "问：何时通车？", "答：昨天。", "详见第3版"),
    *("（记者 张波 通讯员 李明）", "2026年4月18日", "来源：北岸晚报", "□张波", "早高峰不再绕", "行，市民说", SENTENCE),
    *("晴 12℃ 风力3级", "赵亮 12 34", "绿色出行", "■", "……", "。", "，", "“", "”", "（", "）", "的", "1", "a", "电"),
    *(f"{SENTENCE}“{SENTENCE}”{SENTENCE}" * 3, "　　" + SENTENCE * 2, "# 大桥", "张三、李四、王五、赵六", "A1版", "\0"),
    *("作者：张波  来源：晚报", f"{SENTENCE}\u3000\u3000{SENTENCE}"),
    f"{SENTENCE}\u3000\u3000本报讯（记者 李明）{SENTENCE}",
)  # fmt: skip
#: Ranges of characters: Latin, marks, Han (also rare and compatible), Hangul, joiners, private, emoji, controls.
RANGES = (
    *((0x20, 0x7E), (0xA0, 0x24F), (0x2000, 0x206F), (0x3000, 0x303F), (0x4E00, 0x9FFF), (0x4E00, 0x9FFF)),
    *((0x300, 0x36F), (0x600, 0x6FF), (0xAC00, 0xD7A3), (0xE000, 0xF8FF), (0xF900, 0xFAFF), (0xFE00, 0xFEFF)),
    *((0xFF00, 0xFFEF), (0x1F300, 0x1FAFF), (0x20000, 0x2A6DF), (0xE0100, 0xE01EF), (0, 0x1F), (0x7F, 0x9F)),
)  # fmt: skip
WIDE = re.compile(r"\S[ \u3000]{2,}\S")


# What holds for every import


def assert_told(batch: Batch) -> None:
    """Every line of every page is accounted for once, and every story of a page is in one article.

    Only a line of two paragraphs, with a wide blank between, may be in two stories.
    """
    for page in batch.pages:
        told = [account for part in (page, *page.stories) for account in part.accounts]
        numbers = Counter(account.line for account in told)
        assert numbers.keys() == {line.number for line in page.clipping.lines}
        assert [
            line.text for line in page.clipping.lines if numbers[line.number] > 1 + bool(WIDE.search(line.text))
        ] == []
        for story in page.stories:
            own = {account.line for account in story.accounts}
            used = [line for part in story.parts for line in (*part.heading_lines, *_lines_of(part.paragraphs))]
            assert own >= set(used) and story.title
    whole = [story for article in batch.articles for story in (article.story, *article.reprints)]
    held = sorted((part.file, part.lines) for story in whole for part in _with_continued(story))
    assert held == sorted((story.file, story.lines) for page in batch.pages for story in page.stories)


def _lines_of(paragraphs: Sequence[object]) -> list[int]:
    return [line for paragraph in paragraphs for line in paragraph.lines]  # type: ignore[attr-defined]


def _with_continued(story: Story) -> Iterator[Story]:
    yield story
    for other in story.continued:
        yield from _with_continued(other)


def clipping(lines: Sequence[str], file: str = "page.txt") -> Clipping:
    return Clipping(file, tuple(Line(number, text) for number, text in enumerate(lines, 1)))


# Random pages


def whole_pages() -> tuple[tuple[str, ...], ...]:
    """The suite's pages, the real ones where they are, and made ones, as lines."""
    paths = [*sorted(PAGES.glob("*.txt")), *(sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else ())]
    texts = [path.read_bytes().decode(errors="replace") for path in paths]
    texts += [text for manner in MANNERS.values() for text, _ in made_pages(manner, 3, seed=9)]
    return tuple(tuple(text.split("\n")) for text in texts)


def noise(random: Random, most: int) -> str:
    ranges = random.sample(RANGES, random.randint(1, 4))
    return "".join(chr(random.randint(*random.choice(ranges))) for _ in range(random.randrange(most)))


def damaged(random: Random, lines: Sequence[str]) -> list[str]:
    """Lines changed in one of the ways a page can be: cut, shuffled, doubled, broken, mixed."""
    found = list(lines)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(found) + 1)
        match random.randrange(8):
            case 0:
                found = found[: at + 1]
            case 1:
                found = found[at:]
            case 2:
                random.shuffle(found)
            case 3:
                found[at:at] = random.choices(LINES, k=random.randint(1, 6))
            case 4:
                found[at:at] = [noise(random, 60) for _ in range(random.randint(1, 4))]
            case 5:
                found[at:at] = found[at : at + random.randint(1, 12)]
            case 6:
                found = [part for line in found for part in _cut(random, line)]
            case _:
                found = [_mutated(random, line) for line in found]
    return found or [""]


def _cut(random: Random, line: str) -> Iterator[str]:
    at = random.randrange(len(line) + 1) if random.random() < 0.3 else 0
    yield from filter(None, (line[:at], line[at:])) if line else ("",)


def _mutated(random: Random, line: str) -> str:
    if random.random() > 0.3:
        return line
    at = random.randrange(len(line) + 1)
    put = random.choice(
        (noise(random, 4), random.choice("，。、；：“”（）《》——…0123 \u3000"), "", random.choice(LINES))
    )
    return line[:at] + put + line[at + random.randrange(4) :]


def random_page(random: Random, pages: Sequence[Sequence[str]], turn: int) -> Clipping:
    """One hostile page: whole ones damaged, lines in any order, noise; some with marks and levels that a file gave."""
    if turn % 4 == 0:
        lines = random.choices(LINES, k=random.randint(1, 40))
    elif turn % 8 == 1:
        lines = [noise(random, 80) for _ in range(random.randint(1, 30))]
    else:
        lines = damaged(random, random.choice(pages))
    if random.random() < 0.3:
        return clipping_of("\n".join(line.replace("\n", "") for line in lines), f"{turn}.txt")
    made = clipping(lines, f"{turn}.txt")
    return made if random.random() < 0.7 else _marked(random, made)


def _marked(random: Random, made: Clipping) -> Clipping:
    marks = (None, None, None, *Mark)
    return Clipping(
        made.file,
        tuple(
            Line(line.number, line.text, random.choice(marks), random.choice((0, 0, 0, 1, 2)), random.random() < 0.3)
            for line in made.lines
        ),
    )


@pytest.fixture(scope="module")
def pages() -> tuple[tuple[str, ...], ...]:
    return whole_pages()


@contextmanager
def over_within(seconds: float) -> Iterator[None]:
    """Stops what takes longer, so that a slow import fails a test and does not hold up the others."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"not over within {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("seed", range(4))
def test_random_pages_are_taken_apart_and_told_whole(pages: tuple[tuple[str, ...], ...], seed: int) -> None:
    random = Random(seed)
    with over_within(20):
        for turn in range(16):
            assert_told(import_clippings([random_page(random, pages, turn)]))


def test_random_pages_are_imported_together(pages: tuple[tuple[str, ...], ...]) -> None:
    random = Random(99)
    with over_within(20):
        assert_told(import_clippings([random_page(random, pages, turn) for turn in range(16)]))


def test_random_files_are_written_as_articles_and_a_second_import_changes_nothing(
    pages: tuple[tuple[str, ...], ...], tmp_path: Path
) -> None:
    random = Random(7)
    files = [tmp_path / f"{turn}{random.choice(('.txt', '.md'))}" for turn in range(16)]
    for turn, path in enumerate(files):
        lines = (line.text for line in random_page(random, pages, turn).lines)
        path.write_text("\n".join(("北岸大桥", *lines)).replace("\0", ""), encoding="utf-8")
    files = [path for path in files if read_clipping(path, path.name, []) is not None]
    with over_within(30):
        first = import_pages(files, tmp_path / "articles", None)
        again = import_pages(files, tmp_path / "articles", None)
    assert {one.status for one in first.taken} == {Status.WRITTEN}
    assert {one.status for one in again.taken} == {Status.UNCHANGED}
    written = {path.name for path in (tmp_path / "articles").iterdir()}
    assert written == {one.path.name for one in first.taken} and len(written) == len(first.taken)


@pytest.mark.parametrize("lines", [("停水通知", "明天停水。", "请备水。", "特此通知。"), ("”", "2026年4月1")])
def test_a_text_of_short_paragraphs_is_known_again(lines: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n\n".join(lines), encoding="utf-8")
    import_pages([tmp_path / "a.txt"], tmp_path / "articles", None)
    again = import_pages([tmp_path / "a.txt"], tmp_path / "articles", None)
    assert [one.status for one in again.taken] == [Status.UNCHANGED]


def test_a_marked_paragraph_that_ends_as_half_a_sentence_above_a_headline_is_no_fault() -> None:
    marked = Clipping(
        "a.html", (Line(1, "向着大桥的", Mark.BODY), Line(2, "滨水新城奋进"), Line(3, ""), Line(4, SENTENCE))
    )
    assert_told(import_clippings([marked]))


def test_a_paragraph_of_layout_characters_below_a_headline_is_no_fault() -> None:
    marked = Clipping("a.html", (Line(1, "北岸大桥"), Line(2, "■", Mark.BODY)))
    assert_told(import_clippings([marked]))


# Large pages of one kind


def text_of(number: int, marks: str = "，。") -> str:
    """Running text that repeats no line: the digits of a number as words."""
    words = ["大桥", "通车", "市民", "早高峰", "绕行", "工程", "图纸", "步道", "钢梁", "书屋"]
    return "".join(words[int(digit)] for digit in str(number * 7919)) + marks[0] + words[number % 10] * 3 + marks[1]


#: Pages of `size` lines or characters; each is nasty to some step.
GROWING: dict[str, Callable[[int], list[str]]] = {
    "lines of one character": lambda size: [chr(0x4E00 + at % 5000) for at in range(size)],
    "one line": lambda size: ["".join(text_of(at) for at in range(size // 20))],
    "one line without a mark": lambda size: ["桥" * size],
    "one line of opening brackets": lambda size: ["（" * size],
    "one line of brackets": lambda size: ["（" * (size // 2) + "）" * (size // 2)],
    "one line of quotes": lambda size: ["“" * (size // 2) + '"' * (size // 2)],
    "one line of apostrophes": lambda size: ["'" * size],
    "one line of dashes": lambda size: ["—" * size + "桥"],
    "one line of blanks in Han": lambda size: ["桥 " * (size // 2)],
    "one line of wide blanks": lambda size: ["桥" + "\u3000" * size + "桥"],
    "one line of digits": lambda size: ["1" * size],
    "one line of Latin": lambda size: ["ab " * (size // 3)],
    "one line of stops": lambda size: ["。" * size],
    "one line of commas": lambda size: ["、" * size],
    "one line of names": lambda size: ["记者 " + "张波 " * (size // 3)],
    "one line of jumps": lambda size: ["（下转第3版" * (size // 6)],
    "one line of credits": lambda size: ["张波 摄 " * (size // 5)],
    "one line of marks above": lambda size: ["桥" + "\u0301" * size],
    "headlines": lambda size: [f"大桥{text_of(at, '的路')}"[:14] for at in range(size)],
    "headlines apart": lambda size: [part for at in range(size // 2) for part in ("", text_of(at, "的路")[:12])],
    "identical lines": lambda size: [SENTENCE * 2] * size,
    "identical paragraphs": lambda size: [SENTENCE * 2, ""] * (size // 2),
    "different lines": lambda size: [text_of(at) for at in range(size)],
    "different paragraphs": lambda size: [part for at in range(size // 2) for part in (text_of(at) * 3, "")],
    "broken paragraphs": lambda size: [part for at in range(size // 2) for part in (text_of(at, "，桥") * 3, "")],
    "datelines": lambda size: [f"本报讯（记者 张波）{text_of(at)}" for at in range(size)],
    "stories": lambda size: [
        part
        for at in range(size // 5)
        for part in (text_of(at, "的路")[:12], "", f"本报讯（记者 张波）{text_of(at)}", text_of(at + 1) * 3, "")
    ],
    "broken stories": lambda size: [
        part for at in range(size // 3) for part in (text_of(at, "的路")[:12], text_of(at, "，桥") * 3, "")
    ],
    "headlines and then texts": lambda size: [
        *(part for at in range(size // 4) for part in (text_of(at, "的路")[:12], "")),
        *(part for at in range(size // 4) for part in (text_of(at) * 3, "")),
    ],
    "bylines": lambda size: [f"本报记者 {'张李王赵'[at % 4]}{chr(0x4E00 + at % 3000)}" for at in range(size)],
    "captions": lambda size: [f"图为{text_of(at)}张波 摄" for at in range(size)],
    "credits": lambda size: ["张波 摄"] * size,
    "captions with text": lambda size: [
        part for at in range(size // 3) for part in (text_of(at) * 3, f"图为{text_of(at)}张波 摄", "")
    ],
    "jumps": lambda size: ["（下转第3版）", "（上接第1版）"] * (size // 2),
    "columns": lambda size: [f"【{text_of(at)[:6]}】" for at in range(size)],
    "dash lines": lambda size: [f"——访{text_of(at)[:8]}" for at in range(size)],
    "folio lines": lambda size: ["北岸晚报 2026年4月18日 星期六 第2版 城事"] * size,
    "layout lines": lambda size: ["■"] * size,
    "lines of an opening bracket": lambda size: ["（"] * size,
    "lines of a stop": lambda size: ["。"] * size,
    "lines of digits": lambda size: [str(at) for at in range(size)],
    "rows of a table": lambda size: [f"赵亮 {at} {at}" for at in range(size)],
    "blank lines": lambda size: ["桥", *[""] * size, "桥"],
    "wrapped lines": lambda size: [text_of(at, "桥桥").ljust(20, "路")[:20] for at in range(size)],
    "questions": lambda size: ["问：何时通车？", "答：昨天。"] * (size // 2),
    "glued lines": lambda size: ["桥" + "  作者：张波" * size],
}
#: So many lines, or characters of one line.
SIZE, CHARACTERS = 800, 40_000


@pytest.mark.parametrize("name", GROWING)
def test_a_large_page_of_one_kind_is_over_within_seconds(name: str) -> None:
    lines = GROWING[name](CHARACTERS if name.startswith("one line") else SIZE)
    with over_within(6):
        batch = import_clippings([clipping(lines)])
    assert_told(batch)


def test_a_page_of_many_broken_paragraphs_fills_no_memory() -> None:
    lines = GROWING["broken paragraphs"](160)
    tracemalloc.start()
    import_clippings([clipping(lines)])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * 2**20
