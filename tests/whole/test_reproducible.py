"""Same sources, same bytes: in another directory, another process, at another time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bookmaker.galley import Medium
from bookmaker.project import Project
from bookmaker.script.scripts import Script
from tests.whole.conftest import Library
from tests.whole.volume import ROOT, copy_content


def _make(project: Project, medium: Medium, script: Script, **environment: str) -> bytes:
    """An edition made by the command, in a process of its own."""
    command = [sys.executable, "-m", "bookmaker", str(medium), "--root", str(project.root), "--script", str(script)]
    subprocess.run([*command, "-q"], check=True, cwd="/", env={**os.environ, **environment})
    (made,) = project.build.glob(f"*/*.{script}.{medium}")
    return made.read_bytes()


@pytest.mark.parametrize("medium", Medium)
@pytest.mark.parametrize("script", Script)
def test_two_directories_two_times_same_bytes(starter: Project, tmp_path: Path, script: Script, medium: Medium) -> None:
    other = tmp_path / "另一个 目录" / "书"
    shutil.copytree(starter.content, other / "content")
    for path in other.rglob("*"):
        os.utime(path, (86_400, 86_400))
    one = _make(starter, medium, script, PYTHONHASHSEED="1", TZ="Asia/Shanghai", LC_ALL="C")
    two = _make(Project(other), medium, script, PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C.UTF-8")
    assert one == two


@pytest.mark.parametrize("medium", Medium)
def test_the_volume_with_its_pictures_is_the_same_again(library: Library, tmp_path: Path, medium: Medium) -> None:
    """Made by another process elsewhere, against what this process made together with five others."""
    again = _make(copy_content(ROOT, tmp_path), medium, Script.HANT_HK, PYTHONHASHSEED="7")
    assert again == library.editions[Script.HANT_HK, medium].path.read_bytes()
