"""The road of classifying: articles of the pool in, themes written into their headers out. Beside `intake.py`."""

from pathlib import Path

from bookmaker.classification.classify import classify_articles
from bookmaker.classification.model import Classified
from bookmaker.classification.writing import Hand, hand_of, write_themes
from bookmaker.content.manuscript import read_pool
from bookmaker.content.themes import read_themes
from bookmaker.output import write_beside
from bookmaker.problems import Place, Problem, raise_errors
from bookmaker.project import Project


def classify_pool(project: Project, *, write: bool) -> tuple[Classified, ...]:
    """Every article of the pool against the themes; with `write`, headers without a theme of the editor's get one."""
    problems: list[Problem] = []
    themes = read_themes(project, problems)
    pool = read_pool(project, problems)
    # What it wrote itself is written anew: a theme that has gone since is no fault of the editor's.
    own = {article.source.place(1).file for article in pool if hand_of(article) is Hand.MACHINE}
    problems = [one for one in problems if one.code != "unknown-theme" or one.place.file not in own]
    if not themes:
        place = Place(project.name_of(project.themes))
        problems.append(
            Problem(place, "unknown-theme", "there is no theme to classify by", "write content/themes/<id>.toml")
        )
    raise_errors(problems)
    classified = classify_articles(pool, themes)
    if write:
        for article in classified:
            _write_theme(project.root / article.file, article)
    return classified


def _write_theme(path: Path, article: Classified) -> None:
    """Only where it changes something; line ends and a BOM stay."""
    text = path.read_bytes().decode()
    written = write_themes(text, article)
    if written != text:
        write_beside(path, written.encode())
