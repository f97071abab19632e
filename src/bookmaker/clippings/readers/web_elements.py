"""What the elements of a web page say by their names, classes and styles of the text within them."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bookmaker.clippings.model import Mark
from bookmaker.clippings.readers.epaper import founder_setting
from bookmaker.clippings.readers.web_page import Room, Setting, WebPage, words

BLOCKS = words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup"
    " p pre section summary table tbody td tfoot th thead title tr ul"
)
SILENT = frozenset(("script", "style", "link", "svg"))  # what they hold is no words at all

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LEFT_OUT = {
    **dict.fromkeys(("script", "style", "noscript", "template", "link"), "a script or style"),
    **dict.fromkeys(("svg", "canvas", "object", "embed", "applet", "iframe", "audio", "video"), "a picture or player"),
    **dict.fromkeys(("select", "option", "button", "textarea", "datalist"), "a field of a form"),
    "nav": "a menu",
    "footer": "the foot of the page",
    "title": "the name of the window",
    "rt": "a reading above the text",
    "rp": "a reading above the text",
}
#: What says nothing of its own if it has no attributes.
_PLAIN = words("p div span br i em u font tr td th tbody thead li img hr center sup sub section html body")
_BOLD = words("b strong")
_WEIGHT = re.compile("font-weight:(?:(bold|[6-9]00)|normal|[1-5]00)")
#: Classes and ids that say what a part of the story is, without hyphens.
_CLASSES = {
    **dict.fromkeys(("picdesc", "imgdesc", "picexplain", "picinfo", "picnote", "imgnote", "pic", "pcic"), Mark.CAPTION),
    **dict.fromkeys(
        ("caption", "figcaption", "piccaption", "imgcaption", "imagecaption", "photocaption"), Mark.CAPTION
    ),
    **dict.fromkeys(("subtitle", "futi"), Mark.SUBTITLE),
    **dict.fromkeys(("kicker", "introtitle", "pretitle", "yinti", "jianti"), Mark.KICKER),
    "byline": Mark.BYLINE,
}
_CONTENT = frozenset(("ozoom", "articlecontent"))
#: Words in a class or id that make an element a menu or the page's edge, if it has little text but links.
_FURNITURE = words(
    "nav menu breadcrumb breadcrumbs crumb crumbs footer foot copyright share sharing toolbar tools"
    " search login pager pagination pagelist related recommend hot sidebar"
)
_EDGES = words("copyright footer foot")
_LISTS = frozenset(("ul", "ol", "dl", "menu", "aside", "header", "form"))
_NEVER_FURNITURE = frozenset(("html", "body", "main", "article", "td"))


def setting_within(tag: str, attributes: Mapping[str, str], above: Setting, page: WebPage) -> Setting:
    """What holds within an element that stands where `above` holds; notes in `page` the room and table it opens."""
    if not attributes and tag in _PLAIN:
        return above
    if not attributes and tag in _BOLD:
        return above if above.bold else replace(above, bold=True)
    if why := _why_left_out(tag, attributes):
        return replace(above, why=why)
    if tag.startswith("founder-"):
        return founder_setting(tag.removeprefix("founder-"), above)
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:500].lower()
    plain = names.replace("-", "").replace("_", "").split()
    if above.mark is Mark.BYLINE and "date" in plain:
        return replace(above, why="the paper, day and page", fact="all")
    setting = _marked(tag, attributes, plain, above, page)
    parts = set(re.split("[^a-z]+", names))
    if tag in _LISTS or (parts & _FURNITURE and tag not in _NEVER_FURNITURE):
        page.rooms.append(Room(above.room, tag, is_edge=not _EDGES.isdisjoint(parts)))
        setting = replace(setting, room=len(page.rooms) - 1)
    return setting


def _why_left_out(tag: str, attributes: Mapping[str, str]) -> str:
    if tag in _LEFT_OUT:
        return _LEFT_OUT[tag]
    style = _style(attributes)
    is_hidden = "hidden" in attributes or "display:none" in style or "visibility:hidden" in style
    return "hidden" if is_hidden else ""


def _marked(tag: str, attributes: Mapping[str, str], plain: list[str], above: Setting, page: WebPage) -> Setting:
    page.of_people |= "ozoom" in plain or "sec" in plain
    opens_table = tag in ("table", "figure")
    page.tables += opens_table
    return Setting(
        mark=_mark(tag, plain, above),
        level=_HEADINGS.get(tag, above.level),
        content=above.content or not _CONTENT.isdisjoint(plain),
        link=above.link or tag == "a",
        bold=_is_bold(tag, attributes, above),
        kept_lines=above.kept_lines or tag == "pre",
        deck="article" in plain or (above.deck and tag in _HEADINGS),
        room=above.room,
        table=page.tables if opens_table else above.table,
    )


def _mark(tag: str, plain: list[str], above: Setting) -> Mark | None:
    if tag == "figcaption":
        return Mark.CAPTION
    if above.deck and "sec" in plain:
        return Mark.BYLINE
    mark = next((_CLASSES[name] for name in plain if name in _CLASSES), above.mark)
    return None if tag in _HEADINGS and mark is Mark.CAPTION else mark


def _is_bold(tag: str, attributes: Mapping[str, str], above: Setting) -> bool:
    weight = _WEIGHT.search(_style(attributes)) if "style" in attributes else None
    return weight[1] is not None if weight else above.bold or tag in _BOLD


def _style(attributes: Mapping[str, str]) -> str:
    style = attributes.get("style") if attributes else ""
    return style[:2000].replace(" ", "").lower() if style else ""
