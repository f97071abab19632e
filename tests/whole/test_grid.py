"""Every line of the body stands on the grid of the type area, and facing pages are in register.

On the project's volume in three scripts, and on articles made of what leaves a grid: pictures, tables over two pages,
code, notes, decks of every height, mixed faces and sizes, each of them at many heights of the page.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest

from bookmaker.galley import Galley, Medium
from bookmaker.makeup.printing import print_pdf
from bookmaker.press import make_galley
from bookmaker.script.scripts import Script
from tests.gates.poppler import page_texts
from tests.projects import PLAN, article, lay_project
from tests.typography.grid import Grid, Line, crowded, facing, lines_of, of_body, off_grid, out_of_register
from tests.whole.conftest import Library
from tests.whole.test_pages import _destinations

SCRIPTS = pytest.mark.parametrize("script", Script)

#: Sections with running text.
TEXT = {"foreword", "article", "chronology", "sources", "colophon"}

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="{}"><rect width="300" height="{}"/></svg>'
SENTENCE = "第{}段说的是一条河、两座桥和三十里路，“路修到哪里，账就算到哪里”，2022年共用去4.5亿元。"
DECKS = (
    "",
    "kicker: 引题在上\n",
    "subtitle: 副题在下\n",
    "column: 栏目\nkicker: 引题在上\nsubtitle: 副题在下\ndate: 2022-05-01\nbylines: [{name: 张三}]\n",
)
TITLES = (
    "桥通车了",
    "大桥建成通车，两岸群众说起这条路来",
    "大桥建成通车两岸群众说起这条路来话长，从前过河要等渡船如今一脚油门就到了对岸",
)


def _grid(galley: Galley) -> Grid:
    page = galley.layout.page
    return Grid.of_page(page.head, page.leading, page.lines, page.body)


def _lines(pdf: Path, galley: Galley) -> list[Line]:
    """The lines of the sections with running text."""
    places = _destinations(pdf)
    starts = sorted((places[section.id], section.kind) for section in galley.sections_for(Medium.PDF))
    kinds = {page: {kind for _, kind in found} for page, found in groupby(starts, lambda start: start[0])}
    wanted: set[int] = set()
    kind = ""
    for page in range(max(line.page for line in lines_of(pdf))):
        if page in kinds:
            kind = next(iter(kinds[page] & TEXT), "")
        if kind:
            wanted.add(page + 1)
    return [line for line in lines_of(pdf) if line.page in wanted]


def _said(found: list[Line]) -> str:
    return "\n".join(map(str, found[:20]))


@SCRIPTS
def test_every_line_of_the_body_is_on_the_grid(library: Library, script: Script) -> None:
    galley = library.galleys[script]
    lines = _lines(library.pdf(script), galley)
    assert len(of_body(lines, _grid(galley))) > 900
    off = off_grid(lines, _grid(galley))
    assert not off, _said(off)


@SCRIPTS
def test_facing_pages_are_in_register(library: Library, script: Script) -> None:
    galley = library.galleys[script]
    lines = _lines(library.pdf(script), galley)
    assert len(list(facing(lines, _grid(galley)))) > 200
    assert out_of_register(lines, _grid(galley)) == []


@SCRIPTS
def test_no_line_runs_into_another(library: Library, script: Script) -> None:
    assert crowded(lines_of(library.pdf(script))) == []


# --- articles that would leave the grid -------------------------------------------------------------------


def _hard_article(number: int) -> str:
    """One of many: its text begins at another height, so that everything in it comes to stand everywhere."""
    said = iter(range(1, 1000))

    def paragraphs(count: int) -> str:
        return "\n\n".join(SENTENCE.format(next(said)) for _ in range(count))

    notes = ("说明写得长一些，长到一格里放不下，只好再转一行", "无", "无", "无")
    rows = "\n".join(f"| 第{row}座桥 | {row}.5 | {notes[row % 4]} |" for row in range(34))
    items = "\n".join(f"- 第{item}项，{'写得很长，' * (item * 3)}到此为止" for item in range(1, 4))
    body = f"""\
**粗体**与*楷体*和`code`同在一行。{paragraphs(1)}[^a]

{paragraphs(1 + number % 5)}

![河与桥](tall.svg)

{paragraphs(2)}

## 一个标题

{paragraphs(1 + number % 3)}

![三十里路](low.svg "低的一张")

### 又一个标题

> {SENTENCE.format(next(said))}

| 桥 | 亿元 | 说明 |
| --- | ---: | --- |
{rows}

## 表后的标题

```
if road:
    build(bridge)
    # 一行注释
```

{paragraphs(1)}[^b]

***

{items}

行里有图![小图](inline.svg)，也有![大图](low.svg)。{paragraphs(3)}

{paragraphs(number)}

![河与桥](tall.svg)

[^a]: 脚注一，{"说得长一些，" * 12}完。
[^b]: 脚注二。
"""
    more = DECKS[number % len(DECKS)]
    sources = [f"  - {{publication: 日报, headline: 第{source}篇报道的标题}}\n" for source in range(number % 5 + 1)]
    more += "source:\n" + "".join(sources)
    return article(body, TITLES[number % len(TITLES)] + str(number), more=more)


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Galley]:
    """A book of nothing but hard articles, printed."""
    folder = tmp_path_factory.mktemp("grid")
    files = {f"content/articles/hard-{number}.md": _hard_article(number) for number in range(12)}
    heights = {"tall": 211, "low": 47, "inline": 9}
    files |= {f"content/images/{name}.svg": DRAWING.format(height, height) for name, height in heights.items()}
    project = lay_project(folder / "book", files=files)
    galley, case = make_galley(project, project.root / PLAN, Script.HANS)
    pdf = folder / "hard.pdf"
    pdf.write_bytes(print_pdf(galley, case, folder / "cache").data)
    return pdf, galley


def test_hard_articles_keep_to_the_grid(hard: tuple[Path, Galley]) -> None:
    pdf, galley = hard
    lines, grid = _lines(pdf, galley), _grid(galley)
    # The asterism of a thematic break stands in the middle of its two lines.
    off = [line for line in off_grid(lines, grid) if line.text != "＊"]
    assert len(of_body(lines, grid)) > 500
    assert not off, _said(off)
    assert out_of_register([line for line in lines if line.text != "＊"], grid) == []


def test_hard_articles_overlap_nowhere_and_lose_nothing(hard: tuple[Path, Galley]) -> None:
    pdf, galley = hard
    assert crowded(lines_of(pdf)) == []
    lowest = _grid(galley).top + galley.layout.page.lines * galley.layout.page.leading
    foot = [line for line in lines_of(pdf) if lowest < line.baseline and not re.fullmatch(r"[\divx]+", line.text)]
    assert not foot, _said(foot)
    written = [
        number for section in galley.sections_for(Medium.PDF) for number in re.findall(r"第(\d+)段", section.xhtml)
    ]
    printed = re.findall(r"第(\d+)段", "".join("".join(page_texts(pdf)).split()))
    assert len(written) > 150
    assert printed == written


def test_another_weasyprint_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import weasyprint

    from bookmaker.composition import grid

    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    assert not grid.install()
