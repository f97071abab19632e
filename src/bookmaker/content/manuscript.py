"""The `Manuscript`: everything one volume is made from, read and checked, in one script."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from bookmaker.content.article import Article
from bookmaker.content.keeping import read_or_keep
from bookmaker.content.names import Names, read_names
from bookmaker.content.pictures import PictureShelf
from bookmaker.content.plan import Plan, Selection, read_plan
from bookmaker.content.schema import did_you_mean
from bookmaker.content.themes import Theme, read_themes
from bookmaker.problems import Place, Problem, raise_errors
from bookmaker.project import Project, said_name
from bookmaker.script.scripts import Script
from bookmaker.store import Bundle, Store


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One volume's sources.

    `articles` are the selected ones, `intros` the editor's notes by chapter (from 0), `warnings` what an
    editor should look at.
    """

    script: Script
    plan: Plan
    articles: tuple[Article, ...]
    themes: dict[str, Theme]
    names: Names
    foreword: Article | None
    intros: dict[int, Article]
    warnings: tuple[Problem, ...] = ()

    def pieces(self) -> Iterator[Article]:
        """Everything with text: foreword, editor's notes, articles."""
        if self.foreword:
            yield self.foreword
        yield from self.intros.values()
        yield from self.articles


def read_pool(project: Project, problems: list[Problem]) -> list[Article]:
    """Every article of the pool that can be read, without a plan; drafts are left out, faults go to `problems`."""
    return _Reader(project, problems, {}).pool()


def read_manuscript(project: Project, plan_path: Path, store: Store | None = None) -> Manuscript:
    """Read one volume's plan and all it names; `SourceError` with every problem if there is an error."""
    problems: list[Problem] = []
    plan = read_plan(project, plan_path, problems)
    kept = store.bundle("articles") if store else None
    reader = _Reader(project, problems, read_themes(project, problems, kept), kept)
    names = read_names(project, problems, kept)
    pool = reader.pool()
    if plan is None:
        raise_errors(problems)
        raise AssertionError("a plan that cannot be read is an error")
    articles = reader.select(pool, plan)
    foreword = reader.piece(plan, plan.entries.front.foreword, "front", "foreword")
    intros = reader.intros(plan)
    reader.check_chapters(plan)
    reader.close()
    raise_errors(problems)
    return Manuscript(Script.HANS, plan, tuple(articles), reader.themes, names, foreword, intros, tuple(problems))


@dataclass(slots=True)
class _Reader:
    project: Project
    problems: list[Problem]
    themes: dict[str, Theme]
    kept: Bundle | None = None
    shelf: PictureShelf = field(init=False)
    known: frozenset[str] = field(init=False)
    unread: int = 0

    def __post_init__(self) -> None:
        self.shelf = PictureShelf(self.project, self.kept)
        # By file name: a theme whose file is broken is named there once, not again wherever it is used.
        self.known = frozenset(path.stem for path in self.project.themes.glob("*.toml"))

    def pool(self) -> list[Article]:
        """Every article of the pool that can be read; two files of one name are a problem."""
        paths = sorted(p for p in self.project.articles.rglob("*.md") if p.is_file())
        for path in [path for path in paths if said_name(path.name) != path.name]:
            paths.remove(path)
            self.unread += 1
            what = "the file's name is not UTF-8, or holds a character that no name should have"
            self._report(Place(self.project.name_of(path)), "bad-file-name", what, "give the file another name")
        by_slug: dict[str, list[Path]] = defaultdict(list)
        for path in paths:
            by_slug[path.stem].append(path)
        for slug, twins in by_slug.items():
            for twin in twins[1:]:
                self._report(
                    Place(self.project.name_of(twin)),
                    "duplicate-slug",
                    f"the slug “{slug}” is already that of {self.project.name_of(twins[0])}",
                    "rename one of the two files: the name without .md is the article's slug",
                )
        articles: list[Article] = []
        for path in paths:
            before = len(self.problems)
            article = read_or_keep(self.project, path, self.shelf, self.problems, self.kept)
            if article is not None:
                articles.append(article)
                self._check_themes(article)
            elif len(self.problems) > before:
                self.unread += 1
        return articles

    def _check_themes(self, article: Article) -> None:
        for index, theme in enumerate(article.header.themes):
            if theme not in self.known:
                line = article.line("themes", index) or article.line("themes")
                self._unknown_theme(article.source.place(line), theme)
        for section in article.body.sections:
            if section.theme and section.theme not in self.known:
                self._unknown_theme(article.source.place(section.line), section.theme)

    def _unknown_theme(self, place: Place, theme: str) -> None:
        hint = did_you_mean(theme, self.known) if self.known else f"write content/themes/{theme}.toml, with a “title”"
        self._report(place, "unknown-theme", f"the theme “{theme}” has no file in content/themes/", hint)

    def check_chapters(self, plan: Plan) -> None:
        """Every theme the plan names exists, and only one chapter takes it."""
        for theme in plan.entries.select.themes:
            if theme not in self.known:
                self._unknown_theme(plan.source.place(plan.line("select", "themes")), theme)
        seen: dict[str, int] = {}
        for index, chapter in enumerate(plan.entries.chapter):
            place = plan.source.place(plan.line("chapter", index, "theme"))
            if chapter.theme not in self.known:
                self._unknown_theme(place, chapter.theme)
            if chapter.theme in seen:
                what = f"the theme “{chapter.theme}” already has chapter {seen[chapter.theme] + 1}"
                self._report(place, "bad-value", what, "one chapter takes a theme: join the two")
            seen.setdefault(chapter.theme, index)

    def select(self, pool: Iterable[Article], plan: Plan) -> list[Article]:
        """The articles the plan asks for; a pattern that finds nothing is a problem.

        Not while an article cannot be read: it may be the one that is missed, and its own problem is enough.
        """
        selection = plan.entries.select
        pool = list(pool)
        chosen = [article for article in pool if self._takes(selection, article)]
        if self.unread:
            return chosen
        for index, pattern in enumerate(selection.articles):
            if pool and not any(self._matches(article, pattern) for article in pool):
                place = plan.source.place(plan.line("select", "articles"))
                slugs = [article.slug for article in pool]
                near = difflib.get_close_matches(pattern.removesuffix(".md"), slugs, n=1)
                hint = f"did you mean “{near[0]}.md”?" if near else "patterns are paths below content/articles/"
                self._report(place, "unknown-article", f"no article matches “{pattern}” (pattern {index + 1})", hint)
        if not chosen:
            place = plan.source.place(plan.line("select"))
            what = "the plan selects no article"
            self._report(place, "no-articles", what, "put articles into content/articles/, or widen [select]")
        return chosen

    def _takes(self, selection: Selection, article: Article) -> bool:
        date = article.header.date.first if article.header.date else None
        return (
            any(self._matches(article, pattern) for pattern in selection.articles)
            and not any(self._matches(article, pattern) for pattern in selection.exclude)
            and (selection.since is None or (date is not None and date >= selection.since))
            and (selection.until is None or (date is not None and date <= selection.until))
            and (not selection.themes or bool(set(selection.themes) & set(article.header.themes)))
        )

    def _matches(self, article: Article, pattern: str) -> bool:
        """A glob below `content/articles/`, or a bare slug."""
        pattern = pattern.removeprefix("**/")
        if article.slug == pattern or pattern == "*.md":
            return True
        below = Path(article.source.file).relative_to("content/articles")
        return bool(PurePath(pattern).parts) and below.match(pattern)

    def intros(self, plan: Plan) -> dict[int, Article]:
        """The editor's notes of the chapters that have one."""
        found: dict[int, Article] = {}
        for index, chapter in enumerate(plan.entries.chapter):
            piece = self.piece(plan, chapter.intro, "chapter", index, "intro")
            if piece:
                found[index] = piece
        return found

    def piece(self, plan: Plan, file: str, *key: str | int) -> Article | None:
        """A text the plan names by its path from the project's root; `None` if it names none."""
        if not file:
            return None
        path = self.project.root / file
        place = plan.source.place(plan.line(*key))
        if not self.project.holds(path):
            what = f"“{file}” lies outside the project"
            self._report(place, "outside-project", what, "paths in a plan start at the project's root")
            return None
        if not self.project.has_file(path):
            what = f"the file “{file}” does not exist"
            self._report(place, "missing-file", what, "paths in a plan start at the project's root")
            return None
        return read_or_keep(self.project, path, self.shelf, self.problems, self.kept)

    def close(self) -> None:
        """Keep what was read for the next time."""
        if self.kept:
            self.kept.close()

    def _report(self, place: Place, code: str, what: str, hint: str) -> None:
        self.problems.append(Problem(place, code, what, hint))
