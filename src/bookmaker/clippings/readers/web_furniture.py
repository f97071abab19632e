"""What is no text of the paper on a web page: menus, buttons, the way to the page, rights, the name of the site.

Each judge looks at one block and says why it is furniture, or nothing; what a page marks as its story is not judged.
"""

import re
from collections.abc import Callable

from bookmaker.clippings.readers.web_masthead import is_edge, is_paper
from bookmaker.clippings.readers.web_page import Piece, Room, WebPage, words

_LISTS = frozenset(("ul", "ol", "dl", "menu", "aside", "header"))  # short ones are not menus for that
_LITTLE = 60  # letters that are no links, in a menu or form
_SHORT = 120  # the longest line of buttons

_BUTTONS = words(
    "上一篇 下一篇 上一版 下一版 上一条 下一条 上一页 下一页 上一期 下一期 放大 缩小 默认 朗读 分享"
    " 分享到 打印 打印本页 关闭 关闭窗口 返回 返回目录 返回首页 返回顶部 首页 字号 字体 大 中 小 全文复制"
    " 复制 收藏 微信 微博 新浪微博 朋友圈 QQ QQ空间 导航 版面导航 标题导航 往期回顾 版面概览 目录"
    " 扫一扫 点击下载 下载 更多 相关新闻 相关阅读 相关推荐 热门推荐 热点新闻 推荐阅读 热门排行"
    " 新闻排行 猜你喜欢 友情链接 登录 注册 搜索 语音播报 PDF版 上一版面 下一版面 纠错 我要纠错 点赞 举报"
    " 分享让更多人看到 关于我们 网站首页 广告服务 联系我们 网站地图 版权声明 数字报首页 返回"
)
_PARTED = re.compile(r"[\s|｜·/>»›:：,，、()（）\[\]【】«‹<+-]+")
_NEIGHBOUR = re.compile("(?:上|下)一(?:篇|条|版|页|期)[:：\\s]")
_COUNT = re.compile("(?:阅读|浏览|点击|点赞|评论|转发)(?:量|数|次数)?[:：]? ?[0-9.]+ ?[万次]{0,2}|标签[:：].{1,40}")
_SCAN = re.compile("打开微信.*扫一扫.*分享")
_WHERE = re.compile("(?:当前|您的|你的|现在)的?位置[:：]|首页[ \u3000]*[>»›]")
_RIGHTS = re.compile(
    "版权所有|ICP备|ICP证|公网安备|备案号|备案序号|许可证|[Cc]opyright|©|All [Rr]ights [Rr]eserved|[Pp]owered by"
)
_WARNING = re.compile("(?:未经|不得|严禁|禁止).{0,20}(?:转载|复制|镜像|摘编|链接)")
_WARNED = re.compile("[（(【]?(?:声明|版权|未经|本[网报站]|凡|注)")


def leave_out_furniture(page: WebPage) -> None:
    """Write into every block that is furniture the reason why it is left out."""
    _judge_rooms(page)
    for why in _JUDGES:
        for piece in page.pieces:
            if piece.is_loose:
                piece.why = why(page, piece)


def leave_out_site_name(page: WebPage) -> None:
    """An h1 that names the paper or the section, as the window does, above headings that have the text."""
    kept = page.kept
    parts = page.window_parts
    headings = sum(piece.level > 0 for piece in kept)
    for piece, following in zip(kept, [*kept, None][1:], strict=True):
        if piece.level != 1 or piece.text not in parts or (following and not following.level):
            continue
        if piece.article == 0 and page.articles > 1 and not is_paper(piece.text):
            piece.why = "the name of the page"
            page.said.say("section", piece.text, 6)
        elif headings > 1 and ((len(parts) > 1 and piece.text == parts[-1]) or is_paper(piece.text)):
            piece.why = "the name of the site"


def _judge_rooms(page: WebPage) -> None:
    for room in page.rooms[1:]:
        room.why = "a menu, list of links or form" if _is_menu(room) else page.rooms[room.above].why


def _is_menu(room: Room) -> bool:
    """What is mostly links is a menu, and so is a form, or what is called one, with few other words."""
    few = room.letters - room.linked <= _LITTLE and not room.headed and room.tag not in _LISTS
    if few and (room.is_edge or not room.sentences):
        return True
    return room.linked * 2 >= room.letters and not (room.headed and room.tag == "header")


def _why_menu(page: WebPage, piece: Piece) -> str:
    return page.rooms[piece.setting.room].why


def _why_button(page: WebPage, piece: Piece) -> str:
    return button_in(piece.text, piece.runs)


def furniture_in(text: str) -> str:
    """Why a line of plain text, copied from a web page with its menus, is none of the paper's; empty if it may be."""
    return button_in(text, (text,)) or place_in(text) or rights_in(text)


def button_in(text: str, runs: tuple[str, ...]) -> str:
    """Why a block is a button or a link to a neighbour; `runs` are its texts, links apart."""
    if len(text) > _SHORT:
        return ""
    if _are_buttons(runs) or _COUNT.fullmatch(text) or _SCAN.match(text):
        return "a button or link of the page"
    return "a link to another story" if _NEIGHBOUR.match(text) else ""


def _are_buttons(runs: tuple[str, ...]) -> bool:
    """True if each text of a block, links apart, is the name of a button; there are few of them."""
    if len(runs) > 60 or sum(map(len, runs)) > 300:
        return False
    return all(word in _BUTTONS for run in runs for word in _PARTED.split(run.strip()) if word)


def _why_place(page: WebPage, piece: Piece) -> str:
    return place_in(piece.text)


def place_in(text: str) -> str:
    """Why a line is the way to the page, 首页 > 要闻."""
    return "the way to the page" if len(text) <= _SHORT and _WHERE.search(text) and "。" not in text else ""


def _why_rights(page: WebPage, piece: Piece) -> str:
    return "" if piece.level else rights_in(piece.text)


def rights_in(text: str) -> str:
    """Why a line is about rights: 版权所有, 未经授权不得转载."""
    if len(text) <= 200 and _RIGHTS.search(text) and not text.endswith(("。", "”")):
        return "a copyright line"
    warned = len(text) <= _SHORT and _WARNING.search(text) and _WARNED.match(text)
    return "a copyright line" if warned else ""


def _why_edge(page: WebPage, piece: Piece) -> str:
    return "the paper, day and page" if not piece.level and is_edge(piece.text) else ""


_JUDGES: tuple[Callable[[WebPage, Piece], str], ...] = (_why_menu, _why_button, _why_place, _why_rights, _why_edge)
