"""Beginnings: a small project that builds at once, and a new article's file."""

import re
from pathlib import Path

from bookmaker.content.article import Header
from bookmaker.content.schema import did_you_mean
from bookmaker.problems import CommandError
from bookmaker.project import Project, said_name

_STARTER = Path(__file__).parent / "starter"


class CannotStartError(CommandError):
    """A new thing cannot be made as asked: something stands there, or its name will not do."""


def start_project(folder: Path) -> list[Path]:
    """Copy the starter project into `folder`; nothing that is there is overwritten."""
    if folder.exists() and not folder.is_dir():
        raise CannotStartError(f"{folder} is a file")
    if (folder / "content").exists():
        raise CannotStartError(f"{folder}/content is already there")
    written: list[Path] = []
    for source in sorted(path for path in _STARTER.rglob("*") if path.is_file()):
        target = folder / source.relative_to(_STARTER)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
        written.append(target)
    return written


def start_article(project: Project, name: str, theme: str | None) -> Path:
    """Write `content/articles/<name>.md` with the commonest keys of the header ready to fill.

    The name may begin with folders (`collection/bronze-bell`); its last part is the article's slug.
    """
    parts = name.split("/")
    if not all(re.fullmatch(r"[^\s/\\.][^/\\]*", part) for part in parts) or said_name(name) != name:
        raise CannotStartError(f"“{said_name(name)}” cannot be a slug: use letters, digits and hyphens")
    if any(path.stem == parts[-1] for path in project.articles.rglob("*.md")):
        raise CannotStartError(f"there is already an article “{parts[-1]}”")
    themes = sorted(path.stem for path in project.themes.glob("*.toml"))
    if theme and theme not in themes:
        raise CannotStartError(f"there is no theme “{theme}”; {did_you_mean(theme, themes)}")
    path = project.articles.joinpath(*parts[:-1], f"{parts[-1]}.md")
    if not project.holds(path):
        raise CannotStartError(f"“{name}” lies outside content/articles/")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_article(theme), encoding="utf-8")
    return path


def _article(theme: str | None) -> str:
    keys = {
        "title": "标题",
        "subtitle": "''",
        "date": "",
        "themes": f"[{theme}]" if theme else "[]",
        "bylines": "[]",
        "source": "{publication: '', page: '', headline: ''}",
        "images": "[]",
        "draft": "true",
    }
    unknown = set(keys) - set(Header.model_fields)
    if unknown:
        raise AssertionError(f"the header has no keys {unknown}")
    header = "\n".join(f"{key}: {value}".rstrip() for key, value in keys.items())
    return f"---\n{header}\n---\n\n正文。\n"
