"""The project's own volume, for tests that make whole books of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from bookmaker.project import Project

ROOT = Path(__file__).parents[2]


def copy_content(root: Path, folder: Path) -> Project:
    """A project elsewhere with nothing but this one's `content/`: layouts and fonts come with the program."""
    shutil.copytree(root / "content", folder / "content")
    return Project(folder)
