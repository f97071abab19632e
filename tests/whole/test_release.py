"""A release holds every edition the plan names, and says truly what it holds."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys

from bookmaker.project import Project


def _dist(project: Project) -> None:
    subprocess.run([sys.executable, "-m", "bookmaker", "dist", "--root", str(project.root), "-q"], check=True)


def test_the_checksums_and_the_manifest_are_those_of_the_files(starter: Project) -> None:
    _dist(starter)
    folder = starter.dist / "first"
    sums = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    names = {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    assert set(sums) == names == {"first.zh-Hans.pdf", "first.zh-Hans.epub", "manifest.json"}
    for name, checksum in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == checksum

    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["volume"] == "first"
    for edition in manifest["editions"]:
        assert edition["sha256"] == sums[edition["file"]]
        assert edition["size"] == (folder / edition["file"]).stat().st_size
    pdf = next(edition for edition in manifest["editions"] if edition["medium"] == "pdf")
    assert pdf["pages"] > 8
    assert "NotoSerifSC-Regular" in pdf["fonts"]


def test_a_release_replaces_the_last_one_and_a_failed_one_leaves_it(starter: Project) -> None:
    _dist(starter)
    folder = starter.dist / "first"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    article = starter.articles / "bookshop.md"
    article.write_text(article.read_text("utf-8").replace("2026-04-02", "2026-4-31"), encoding="utf-8")
    failed = subprocess.run(
        [sys.executable, "-m", "bookmaker", "dist", "--root", str(starter.root)], capture_output=True, text=True
    )
    assert failed.returncode == 3
    assert "[bad-date]" in failed.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in starter.dist.iterdir()] == ["first"], "nothing half-made is left beside it"
