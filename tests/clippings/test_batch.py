"""A whole import before anything is written: names, jumps, reprints, and the lines that are in no story."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bookmaker.clippings.batch import Batch, Imported, import_clippings
from bookmaker.clippings.model import Clipping, Line, Use
from bookmaker.clippings.readers.reading import read_clipping
from bookmaker.clippings.report import record_of, report_rows
from bookmaker.clippings.writing import body_text

PAGES = Path(__file__).parent / "pages"

BRIDGE = (
    "本报讯（记者 张波）东门桥昨天恢复通车，两侧的石栏换成了新的，桥面也重新铺过，附近的居民又可以走近路去菜市场。",
    "桥上装了三十二盏灯，天黑以后自己会亮，清早再自己熄灭。工地负责人说，灯杆是请本地的铁匠打的。",
)
SHOP = (
    "本报讯（记者 李明）城西的一家书店把打烊的时间推迟到了半夜，来读书的人多了起来，周末要提前占座位。",
    "老板说，灯亮着就有人进来，哪怕只是坐一坐也是好的。",
)
FERRY = (
    "本报讯（记者 王小燕）下游渡口昨起加开早班船，头班提前到五点半，船票仍是两元，学生凭证免费，骑车的人可以推车上船。",
)
FOLIO = "北岸日报 2026年4月17日 第1版"


def clipping(*texts: str, file: str = "page.txt") -> Clipping:
    """A page; a blank line stands between its lines."""
    lines = [Line(2 * number - 1, text) for number, text in enumerate(texts, 1)]
    return Clipping(file, tuple(lines))


def stories(*pages: Clipping) -> list[Imported]:
    return list(import_clippings(pages).articles)


def of_pages(*names: str) -> Batch:
    problems: list[object] = []
    read = [read_clipping(PAGES / name, name, problems) for name in names]  # type: ignore[arg-type]
    assert not problems
    return import_clippings([one for one in read if one is not None])


# Names of files


def test_a_story_is_called_by_its_title() -> None:
    found = stories(clipping(FOLIO, "东门桥 恢复通车", *BRIDGE, "城西书店开到半夜", *SHOP))
    assert [one.slug for one in found] == ["东门桥-恢复通车", "城西书店开到半夜"]


def test_two_stories_of_one_title_get_two_names() -> None:
    found = stories(clipping("夜里有灯", *BRIDGE, file="a.txt"), clipping("夜里有灯", *SHOP, file="b.txt"))
    assert [one.slug for one in found] == ["夜里有灯", "夜里有灯-2"]


def test_a_name_with_a_number_is_nobody_elses() -> None:
    found = stories(
        clipping("夜里有灯", *BRIDGE, file="a.txt"),
        clipping("夜里有灯", *SHOP, file="b.txt"),
        clipping("夜里有灯 2", *FERRY, file="c.txt"),
    )
    assert len({one.slug for one in found}) == 3


def test_an_import_of_nothing_is_empty() -> None:
    assert import_clippings([]) == Batch((), ())


# What becomes of the text


def test_lines_that_are_indented_are_paragraphs() -> None:
    first, second = BRIDGE
    (one,) = stories(clipping("东门桥恢复通车", f"    {first}", f"\u3000\u3000{second}"))
    told = body_text(one.story).strip().split("\n\n")
    assert [text[:4] for text in told] == ["东门桥昨", "桥上装了"]


def test_every_line_of_a_page_is_accounted_for_once() -> None:
    batch = of_pages("briefs.txt")
    (page,) = batch.pages
    used = Counter(account.line for story in page.stories for account in story.accounts)
    used.update(account.line for account in page.accounts)
    assert used == Counter(line.number for line in page.clipping.lines)


def test_lines_outside_all_stories_stand_beside_the_story_above() -> None:
    found = of_pages("briefs.txt").articles
    holder = next(one for one in found if any(account.line == 29 for account in one.around))
    assert max(holder.story.lines) < 29
    around = [account for one in found for account in one.around]
    assert {17, 18, 19, 29, 51} <= {account.line for account in around}
    assert len({account.line for account in around}) == len(around)
    assert Use.BLANK not in {account.use for account in around}


def test_an_article_is_as_sure_as_its_least_sure_guess() -> None:
    for one in of_pages("front.txt").articles:
        assert one.sure == min((guess.sure for guess in one.story.guesses), default=1.0)


# Jumps


def test_two_pages_that_are_imported_together_are_joined() -> None:
    apart = [story for page in of_pages("front.txt", "inside.txt").pages for story in page.stories]
    batch = of_pages("front.txt", "inside.txt")
    assert len(batch.articles) == len(apart) - 1
    (joined,) = [one.story for one in batch.articles if one.story.continued]
    assert (joined.file, joined.continued[0].file) == ("front.txt", "inside.txt")
    assert not joined.truncated
    assert [guess.field for guess in joined.guesses if guess.field == "jump"] == ["jump"]


def test_the_order_of_the_files_joins_no_other_pages() -> None:
    one, other = of_pages("front.txt", "inside.txt"), of_pages("inside.txt", "front.txt")
    bodies = [sorted(body_text(article.story) for article in batch.articles) for batch in (one, other)]
    assert bodies[0] == bodies[1]


def test_a_page_alone_says_where_its_story_goes_on() -> None:
    (away,) = [one.story for one in of_pages("front.txt").articles if one.story.continued_on]
    assert away.continued_on == "第3版"
    assert away.truncated


# Reprints


def test_a_text_in_two_papers_is_one_article_and_the_other_is_named() -> None:
    found = stories(clipping("东门桥恢复通车", *BRIDGE, file="a.txt"), clipping("老桥又能走了", *BRIDGE, file="b.txt"))
    (one,) = found
    assert (one.story.file, one.story.title) == ("a.txt", "东门桥恢复通车")
    assert [(other.file, other.title) for other in one.reprints] == [("b.txt", "老桥又能走了")]


def test_other_texts_are_no_reprints() -> None:
    found = stories(clipping("东门桥恢复通车", *BRIDGE, file="a.txt"), clipping("书店开到半夜", *SHOP, file="b.txt"))
    assert [one.reprints for one in found] == [(), ()]


# The report


def test_the_record_of_an_article_names_its_file_and_every_line_with_a_reason() -> None:
    (one,) = stories(clipping("东门桥恢复通车", *BRIDGE))
    record = record_of(one, "articles/bridge.md", "written")
    assert (record["file"], record["status"], record["title"]) == ("articles/bridge.md", "written", "东门桥恢复通车")
    assert record["bylines"] == [{"name": "张波", "role": "记者"}]
    assert [(line["line"], line["use"]) for line in record["lines"]] == [(1, "title"), (3, "body"), (5, "body")]
    assert all(line["why"] for line in record["lines"])
    assert all(guess["why"] and 0 <= guess["sure"] <= 1 for guess in record["guesses"])


def test_the_record_of_a_joined_story_holds_the_lines_of_both_pages() -> None:
    (joined,) = [one for one in of_pages("front.txt", "inside.txt").articles if one.story.continued]
    assert {line["file"] for line in record_of(joined, "a.md", "written")["lines"]} == {"front.txt", "inside.txt"}


def test_the_table_shows_the_doubtful_and_with_verbose_every_line() -> None:
    (one,) = stories(clipping("东门桥恢复通车", *BRIDGE))
    short = list(report_rows([(one, "bridge.md", "written")], verbose=False))
    long = list(report_rows([(one, "bridge.md", "written")], verbose=True))
    assert short[0] == ("东门桥恢复通车", "bridge.md (written)", "1-5", "", short[0][4])
    assert {row[2] for row in long} >= {"1", "3", "5"}
    assert len(short) == 1 + sum(guess.doubtful for guess in one.story.guesses)
    assert all(len(row) == 5 for row in long)
