"""A release: every edition of a volume in `dist/<volume>/`, with checksums and a manifest."""

import hashlib
import json
import os
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bookmaker import __version__
from bookmaker.galley import Medium
from bookmaker.press import Edition, issue_editions
from bookmaker.project import Project
from bookmaker.script.scripts import Script

#: The libraries whose version can change what a reader sees.
_TOOLS = ("weasyprint", "ebooklib", "opencc", "uharfbuzz", "pydyf")


def release_volume(
    project: Project,
    plan: Path,
    scripts: tuple[Script, ...],
    media: tuple[Medium, ...],
    *,
    strict: bool = False,
) -> tuple[Path, list[Edition]]:
    """Make all editions and put them into `dist/<volume>/`, replacing the last release as a whole."""
    editions = issue_editions(project, plan, scripts, media, strict=strict)
    folder = project.dist / plan.stem
    project.dist.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=project.dist, prefix=f".{plan.stem}."))
    try:
        _fill(beside, editions)
        _replace(folder, beside)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder, editions


def _fill(folder: Path, editions: list[Edition]) -> None:
    records = []
    for edition in editions:
        data = edition.path.read_bytes()
        (folder / edition.path.name).write_bytes(data)
        records.append(_record(edition, hashlib.sha256(data).hexdigest()))
    manifest = {
        "volume": editions[0].volume,
        "made_with": {"bookmaker": __version__, **{tool: version(tool) for tool in _TOOLS}},
        "editions": records,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    names = sorted(path.name for path in folder.iterdir())
    sums = "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")
    folder.chmod(0o755)


def _record(edition: Edition, checksum: str) -> dict[str, Any]:
    return {
        "file": edition.path.name,
        "title": edition.title,
        "script": str(edition.script),
        "medium": str(edition.medium),
        "edition": "screen",
        "pages": edition.pages,
        "size": edition.size,
        "sha256": checksum,
        "fonts": list(edition.fonts),
    }


def _replace(folder: Path, new: Path) -> None:
    """The new release takes the old one's place; the old one goes only when the new one stands."""
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        os.replace(folder, old)
    os.replace(new, folder)
    shutil.rmtree(old, ignore_errors=True)
