"""The project's own volume, made once in every edition, and small projects that a test may spoil."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from bookmaker.galley import Galley, Medium
from bookmaker.press import Edition, issue_editions, make_galley
from bookmaker.project import Project
from bookmaker.script.scripts import Script
from tests.whole.volume import ROOT, copy_content


@dataclass(frozen=True, slots=True)
class Library:
    """Every edition of the project's volume, and the galleys they were made from."""

    editions: dict[tuple[Script, Medium], Edition]
    galleys: dict[Script, Galley]

    def pdf(self, script: Script) -> Path:
        return self.editions[script, Medium.PDF].path

    def epub(self, script: Script) -> Path:
        return self.editions[script, Medium.EPUB].path


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The volume in three scripts and two media, made in a folder of its own."""
    project = copy_content(ROOT, tmp_path_factory.mktemp("library"))
    plan = project.volumes / "taixin-2022.toml"
    editions = issue_editions(project, plan, tuple(Script), tuple(Medium))
    galleys = {script: make_galley(project, plan, script)[0] for script in Script}
    return Library({(e.script, e.medium): e for e in editions}, galleys)


@pytest.fixture
def starter(tmp_path: Path) -> Project:
    """The project that `bookmaker init` makes."""
    from bookmaker.new_project import start_project

    start_project(tmp_path / "starter")
    return Project(tmp_path / "starter")
