"""Small projects to read, check and print in a test: the stock project, with other files laid over it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from bookmaker.content.manuscript import Manuscript, read_manuscript
from bookmaker.problems import SourceError
from bookmaker.project import Project
from bookmaker.volume.assemble import assemble_volume
from bookmaker.volume.model import Volume

STOCK = Path(__file__).parent / "problems" / "stock"
PLAN = "content/volumes/small.toml"

Files = Mapping[str, str | bytes]


def lay_project(folder: Path, *over: Path, files: Files | None = None) -> Project:
    """The stock project in `folder`, then whole folders over it, then single files."""
    for source in (STOCK, *over):
        shutil.copytree(source, folder, dirs_exist_ok=True)
    for name, text in (files or {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Project(folder.resolve())


def article(body: str, title: str = "桥通车了", themes: str = "[city]", more: str = "") -> str:
    """An article's file; `more` are further lines of its header."""
    return f"---\ntitle: {title}\nthemes: {themes}\n{more}---\n\n{body}\n"


def read(folder: Path, files: Files | None = None) -> Manuscript:
    """The manuscript of the stock project with other files laid over it."""
    project = lay_project(folder, files=files)
    return read_manuscript(project, project.root / PLAN)


def assemble(folder: Path, files: Files | None = None) -> Volume:
    """The volume of the stock project with other files laid over it."""
    return assemble_volume(read(folder, files))


def problems_of(folder: Path, files: Files | None = None) -> list[str]:
    """What is wrong with the stock project under other files: a line “file:line: what [code]” each."""
    try:
        volume = assemble(folder, files)
    except SourceError as error:
        found = error.problems
    else:
        found = volume.manuscript.warnings
    return [str(problem).split("\n")[0] for problem in found]
