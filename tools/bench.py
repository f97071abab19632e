"""Time the press on a synthetic volume: `tools/bench.py [ARTICLES]` (300 if left out).

The articles recombine the sentences of the project's own, always in the same way, so that two runs, on
two versions of the program, set the same book. The last lines set it by WeasyPrint as it is, its lines broken by Pango
with `chws` on, in turn with ours: the machine may be busy, so only what is measured side by side compares.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
THEMES = ("projects", "investment", "environment", "talent", "innovation")


def main() -> None:
    """Make the project, run each command in a process of its own, and say what it took."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        characters = write_project(project, number)
        print(f"{number} articles, {characters} characters")
        for command in (["pdf"], ["pdf"], ["epub"], ["pdf", "--script", "zh-Hant-TW"], ["check"]):
            seconds, processor, peak = timed([*command, "--root", str(project)])
            said = f"{seconds:.1f} s, {processor:.1f} s of processor, peak {peak:.0f} MB"
            print(f"bookmaker {' '.join(command)}: {said}")
        pdf = ["pdf", "--root", str(project)]
        pairs = [(timed(pdf)[1], timed(pdf, plain=True)[1]) for _ in range(3)]
        ours, plain = zip(*pairs, strict=True)
        ratio = median(one / other for one, other in pairs)
        print(f"processor: ours {min(ours):.1f} s, WeasyPrint as it is {min(plain):.1f} s, ratio {ratio:.2f}")


def timed(arguments: list[str], *, plain: bool = False) -> tuple[float, float, float]:
    """Wall seconds, seconds of processor and peak memory (MB) of one run of the command."""
    wall, before = time.perf_counter(), os.times()
    command = [sys.executable, "-c", (_PLAIN if plain else "") + _CHILD, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - wall, processor, int(done.stdout.split()[-1]) / 1024


_PLAIN = """
from bookmaker.composition import grid, joint
from bookmaker.pdf import leaders, references, shortcuts
from bookmaker.pdf import proof as printing
for part in (joint, grid, leaders, references, shortcuts):
    part.install = lambda *given: False
css = printing.print_css
printing.print_css = lambda *given: css(*given) + 'html { font-feature-settings: "chws" }'
"""


_CHILD = """
import resource, sys
from bookmaker.cli import app
try:
    app(sys.argv[1:])
except SystemExit as end:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    raise
"""


def write_project(folder: Path, number: int) -> int:
    """A project with one volume of `number` articles; gives the number of characters."""
    shutil.copytree(ROOT / "content" / "themes", folder / "content" / "themes")
    sentences = _sentences()
    dice = random.Random(20260501)
    articles = folder / "content" / "articles"
    articles.mkdir()
    characters = 0
    for index in range(number):
        text = _article(index, dice, sentences)
        characters += len(text)
        (articles / f"article-{index:05}.md").write_text(text, encoding="utf-8")
    plan = ['[volume]\ntitle = "试验卷"\ndate = 2026-05-01\n']
    plan += [f'[[chapter]]\ntheme = "{theme}"\n' for theme in THEMES]
    (folder / "content" / "volumes").mkdir()
    (folder / "content" / "volumes" / "bench.toml").write_text("\n".join(plan), encoding="utf-8")
    return characters


def _sentences() -> list[str]:
    text = "\n".join(path.read_text(encoding="utf-8").split("---\n", 2)[2] for path in _sources())
    lines = (line for line in text.split("\n") if line and line[0] not in "#>|-![ 123456789*" and "[" not in line)
    return sorted({f"{sentence}。" for line in lines for sentence in line.split("。") if 12 < len(sentence) < 80})


def _sources() -> list[Path]:
    return sorted((ROOT / "content" / "articles").rglob("*.md"))


def _article(index: int, dice: random.Random, sentences: list[str]) -> str:
    day = f"2022-{index % 12 + 1:02}-{index % 28 + 1:02}"
    header = f"---\ntitle: 第{index + 1}篇试验文章的标题\ndate: {day}\nthemes: [{THEMES[index % 5]}]\n"
    header += f"source: {{headline: 第{index % 20 + 1}个来源}}\nevents:\n  - {{date: {day}, text: 试验事件}}\n---\n\n"
    paragraphs = ["".join(dice.choices(sentences, k=dice.randint(2, 5))) for _ in range(dice.randint(4, 9))]
    paragraphs.insert(len(paragraphs) // 2, "## 小标题")
    return header + "\n\n".join(paragraphs) + "\n"


if __name__ == "__main__":
    main()
