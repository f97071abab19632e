"""Stories for test pages: the project's own articles as a newspaper's text would hold them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Copy:
    """A story as written, before it is set: section headings of its body begin with `# `."""

    title: str
    kicker: str
    body: tuple[str, ...]


def stories_of(folder: Path) -> tuple[Copy, ...]:
    """The article files below `folder`, by path, without tables, lists, pictures, notes and Markdown's marks."""
    return tuple(_copy(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.md")))


def _copy(text: str) -> Copy:
    _, header, body = text.split("---\n", 2)
    data: dict[str, Any] = yaml.safe_load(header)
    blocks = (_unmarked(block) for block in re.split(r"\n\s*\n", body.strip()))
    return Copy(data["title"], data.get("kicker", ""), _without_empty_sections([block for block in blocks if block]))


def _unmarked(block: str) -> str:
    """A paragraph or `# heading` as plain text, empty for what a newspaper's text page does not hold."""
    if re.match(r"[-*+>|!]\s|\||!\[|\[\^|\d+\. |:::|```|<", block):
        return ""
    block = re.sub(r"\[\^[^\]]*\]|\{[^}]*\}", "", block)
    block = re.sub(r"!?\[([^\]]*)\](?:\([^)]*\))?", r"\1", block).replace("*", "").replace("`", "")
    block = re.sub(r"\s*\n\s*", "", block).strip()
    if block.startswith("#"):
        return "# " + block.lstrip("# ")
    return re.sub("[：，；]$", "。", block)  # what stood below it is left out


def _without_empty_sections(blocks: Sequence[str]) -> tuple[str, ...]:
    following = [*blocks[1:], "# "]
    return tuple(
        block for block, after in zip(blocks, following, strict=True) if not (is_heading(block) and is_heading(after))
    )


def is_heading(block: str) -> bool:
    """True for a section heading of a body."""
    return block.startswith("# ")
