"""Beginnings: a small project that builds at once, and a new article's file."""

import re
from pathlib import Path

from bookmaker.content.article import Header
from bookmaker.project import Project

_STARTER = Path(__file__).parent / "starter"


class ExistsError(Exception):
    """Something already stands where a new thing should go."""


def start_project(folder: Path) -> list[Path]:
    """Copy the starter project into `folder`; nothing that is there is overwritten."""
    if (folder / "content").exists():
        raise ExistsError(f"{folder}/content is already there")
    written: list[Path] = []
    for source in sorted(path for path in _STARTER.rglob("*") if path.is_file()):
        target = folder / source.relative_to(_STARTER)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
        written.append(target)
    return written


def start_article(project: Project, slug: str, theme: str | None) -> Path:
    """Write `content/articles/<slug>.md` with every common key of the header ready to fill."""
    if not re.fullmatch(r"[^\s/\\.][^/\\]*", slug):
        raise ExistsError(f"“{slug}” cannot be a slug: use letters, digits and hyphens")
    if any(path.stem == slug for path in project.articles.rglob("*.md")):
        raise ExistsError(f"there is already an article “{slug}”")
    path = project.articles / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_article(theme), encoding="utf-8")
    return path


def _article(theme: str | None) -> str:
    keys = {
        "title": "标题",
        "themes": f"[{theme or '…'}]",
        "source": "{publication: '', headline: ''}",
        "draft": "true",
    }
    unknown = set(keys) - set(Header.model_fields)
    if unknown:
        raise AssertionError(f"the header has no keys {unknown}")
    header = "\n".join(f"{key}: {value}" for key, value in keys.items())
    return f"---\n{header}\n---\n\n正文。\n"
