"""A small book in which everything stands that a section by WeasyPrint may hold."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from PIL import Image

from bookmaker.fonts import TypeCase
from bookmaker.galley import Galley
from bookmaker.press import make_galley
from bookmaker.script.scripts import Script
from tests.projects import PLAN, STOCK, article, lay_project

LONG = "今年春天，江上的大桥通车，人们天没有亮就赶来了：“要看一看这座等了10年的桥！”全长2.35公里，office也搬了。"
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120" viewBox="0 0 240 120">
<linearGradient id="g"><stop offset="0" stop-color="#1f5c57"/><stop offset="1" stop-color="#fff"/></linearGradient>
<rect width="240" height="60" fill="url(#g)"/><circle cx="200" cy="80" r="30" fill="#c33" fill-opacity=".4"/>
<g opacity=".5"><text x="10" y="40" font-family="Noto Serif SC" font-size="20">图中文字</text></g>
<text x="10" y="100" font-family="Bookmaker Sans, Noto Sans SC" font-weight="bold">Office 2026年</text>
</svg>"""
_BRIDGE = f"""{LONG}叫了注[^1]，又叫一条[^2]。{LONG * 2}

| 时间 | 座位 | 说明 |
| --- | --- | --- |
| 上午 | 120 | [盂]{{ruby=yú}}县 |
| 下午 | 85 | {LONG} |

![一块半透明的颜色](colour.png)

{LONG * 3}

![一张照片](photo.jpg)

![一幅图](drawing.svg)

## 第一节

1. {LONG * 3}
2. 从[太原]{{.name}}读[北引擎]{{.title}}，[要紧的话]{{.dots}}。

> {LONG}

见[《集市》](market.md)，[上一节](#第一节)，[网站](https://example.org/一)。{LONG * 9}

## 讲集市的一节 {{theme=trade}}

{LONG}

[^1]: 第一条注。{LONG}
[^2]: 第二条注。
"""
_HEADER = """kicker: 引题一行
subtitle: 副题一行
dateline: 本报讯
bylines: [{name: 张三, role: 记者}]
column: 城市笔记
source: {publication: 示例晚报, page: "3"}
events: [{date: 2026-04-18, text: 大桥通车}]
figures: [{label: 桥长, value: 2.35, unit: 公里}]
images:
  - {file: colour.png, alt: 一块半透明的颜色, caption: 说明文字, credit: 张三}
"""


@cache
def book_of_everything(folder: Path) -> tuple[Galley, TypeCase]:
    """The galley of the book, and the type case."""
    plan = (
        (STOCK / PLAN)
        .read_text("utf-8")
        .replace('title = "小书"', 'title = "小书"\nsubtitle = "样样都有"\nseries = "丛书"')
    )
    files = {
        PLAN: plan,
        "content/articles/bridge.md": article(_BRIDGE, more=_HEADER),
        "content/articles/market.md": article(
            f"{LONG * 30}\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |", "集市", "[trade]"
        ),
        "content/images/colour.png": _png(),
        "content/images/photo.jpg": _jpeg(),
        "content/images/drawing.svg": DRAWING,
    }
    project = lay_project(folder, files=files)
    return make_galley(project, project.root / PLAN, Script.HANS)


def _png() -> bytes:
    image = Image.new("RGBA", (120, 60))
    image.putdata([(x * 2, y * 4, 90, min(255, x + y * 2)) for y in range(60) for x in range(120)])
    return _saved(image, "PNG")


def _jpeg() -> bytes:
    image = Image.new("RGB", (90, 60))
    image.putdata([(x * 2, 255 - x, y * 4) for y in range(60) for x in range(90)])
    return _saved(image, "JPEG")


def _saved(image: Image.Image, kind: str) -> bytes:
    target = io.BytesIO()
    image.save(target, kind)
    return target.getvalue()
