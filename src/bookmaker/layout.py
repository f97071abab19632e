"""A layout: one book design, read from `layouts/<name>/`.

`layout.toml` holds the page and the switches, `wording.toml` the book's fixed words for each script,
`sections/` a Jinja2 template for every kind of section, `css/` the style sheets (Jinja2 templates too).
"""

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.bccache import Bucket
from jinja2.sandbox import SandboxedEnvironment

from bookmaker.composition.choices import Choices
from bookmaker.composition.feet import PageCosts
from bookmaker.content.plan import Typography
from bookmaker.line_choices import Limits, read_line_choices
from bookmaker.page_choices import read_page_choices
from bookmaker.script.scripts import Script
from bookmaker.wording import BrokenLayoutError

_MM_PER_PT = 25.4 / 72
#: What a template takes from another, where it says so by a name alone.
_TAKEN = re.compile(
    r"\{%[-+]?\s*(?:from|import|include|extends)\b"
    r"""(?:\s*["']([^"']+)["']\s*(?=(?:import|as|ignore|with|without)\b|[-+]?%\}))?"""
)


@dataclass(frozen=True, slots=True)
class Page:
    """The page from the type area outward: trim and head margin in mm, type in pt.

    `measure` characters of `body` pt by `lines` lines of `leading` pt is the type area (版心, CLREQ §2.2);
    `back` is the inner margin (订口) in mm; what is left goes to the fore edge and the foot.
    """

    trim: tuple[float, float]
    measure: int
    lines: int
    body: float
    leading: float
    head: float
    back: float

    @property
    def area_width(self) -> float:
        """Width of the type area in mm."""
        return self.measure * self.body * _MM_PER_PT

    @property
    def area_height(self) -> float:
        """Height of the type area in mm."""
        return self.lines * self.leading * _MM_PER_PT

    @property
    def fore(self) -> float:
        """The outer margin (切口) in mm."""
        return self.trim[0] - self.back - self.area_width

    @property
    def foot(self) -> float:
        """The foot margin (地脚) in mm."""
        return self.trim[1] - self.head - self.area_height


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover's parts in mm: a field of colour down to `field` of its height, words from `top` on, bars at its foot.

    `side` is left free on either side of the words and the bars, which are `pattern` high.
    """

    top: float = 27.0
    side: float = 19.0
    field: float = 0.62
    pattern: float = 34.0

    def words_width(self, page: Page) -> float:
        """How wide the words may be."""
        return page.trim[0] - 2 * self.side

    def words_height(self, page: Page) -> float:
        """How high they may be above the highest bar."""
        return self.field * page.trim[1] - self.top - self.pattern


COVER = Cover()


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout as read, its page as the volume wants it.

    `lines` is what it chooses about its lines, `limits` from where on an editor is told of one; `pages` is what may
    give on its pages, and what their faults cost.
    """

    name: str
    folder: Path
    page: Page
    accent: str
    long_article: int
    head_length: int
    name_lines: bool
    title_lines: bool
    lines: Choices
    limits: Limits
    pages: PageCosts
    wording: dict[Script, dict[str, str]]

    def environment(self) -> Environment:
        """Jinja2 for this layout's templates: sandboxed, escaping, and strict about missing values."""
        return SandboxedEnvironment(
            loader=FileSystemLoader(self.folder),
            autoescape=select_autoescape(enabled_extensions=("html.j2", "xhtml.j2", "svg.j2")),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )

    def template(self, name: str) -> str | None:
        """The text of a template with all that it takes from others; `None` if it may take what it does not name."""
        texts: dict[str, str] = {}
        wanted = [name]
        while wanted:
            name = wanted.pop()
            if name in texts:
                continue
            path = self.folder / name
            if not path.is_file():
                return None
            texts[name] = path.read_text(encoding="utf-8")
            for named in _TAKEN.findall(texts[name]):
                if not named:
                    return None
                wanted.append(named)
        return "\0".join(f"{name}\0{text}" for name, text in sorted(texts.items()))


class _Compiled(BytecodeCache):
    """Templates compiled by this process; Jinja2 compares their text."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class LayoutError(Exception):
    """A layout is missing, or does not hold the page a volume asks for: the plan must change."""


class NoRoomError(LayoutError):
    """The type area that the plan asks for leaves the page no margins."""


def read_layout(folder: Path, typography: Typography) -> Layout:
    """The layout of a folder, with what a volume's plan changes of its page."""
    if not (folder / "layout.toml").is_file():
        raise LayoutError(f"there is no layout “{folder.name}”: {folder.name}/layout.toml is missing")
    try:
        return _layout(folder, typography)
    except KeyError as error:
        raise BrokenLayoutError(f"the layout “{folder.name}” lacks the key {error}") from error
    except BrokenLayoutError as error:
        raise BrokenLayoutError(f"the layout “{folder.name}”: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise BrokenLayoutError(f"the layout “{folder.name}” has a TOML file that cannot be read: {error}") from error


def _layout(folder: Path, typography: Typography) -> Layout:
    data = tomllib.loads((folder / "layout.toml").read_text(encoding="utf-8"))
    words = tomllib.loads((folder / "wording.toml").read_text(encoding="utf-8"))
    page = Page(
        trim=(float(data["page"]["trim"][0]), float(data["page"]["trim"][1])),
        measure=int(data["page"]["measure"]),
        lines=int(data["page"]["lines"]),
        body=float(data["page"]["body"]),
        leading=float(data["page"]["leading"]),
        head=float(data["page"]["head"]),
        back=float(data["page"]["back"]),
    )
    marks = data.get("marks", {})
    lines, limits = read_line_choices(data.get("lines", {}))
    return Layout(
        name=folder.name,
        folder=folder,
        page=_wanted(page, typography),
        accent=data["colour"]["accent"],
        long_article=int(data["articles"]["new_page_from"]),
        head_length=int(data["running_head"]["length"]),
        name_lines=bool(marks.get("name_lines", False)),
        title_lines=bool(marks.get("title_lines", False)),
        lines=lines,
        limits=limits,
        pages=read_page_choices(data.get("pages", {})),
        wording={script: dict(words[script]) for script in Script},
    )


def _wanted(page: Page, typography: Typography) -> Page:
    """The layout's page with the plan's changes; margins keep the proportions the layout gave them."""
    changes = {name: value for name, value in typography.model_dump().items() if value is not None}
    wanted = replace(page, **changes)
    if not changes:
        return page
    across = (wanted.trim[0] - wanted.area_width) / (page.trim[0] - page.area_width)
    down = (wanted.trim[1] - wanted.area_height) / (page.trim[1] - page.area_height)
    wanted = replace(wanted, back=page.back * across, head=page.head * down)
    if min(wanted.back, wanted.fore, wanted.foot, wanted.head) < 8:
        raise NoRoomError(
            f"the type area of {wanted.measure} characters × {wanted.lines} lines "
            f"({wanted.area_width:.0f} × {wanted.area_height:.0f} mm) leaves less than 8 mm of margin "
            f"on a page of {wanted.trim[0]:g} × {wanted.trim[1]:g} mm"
        )
    return wanted
