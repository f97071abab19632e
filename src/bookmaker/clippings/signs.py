"""Signs by which a newspaper says what a line is: jump lines, datelines, columns, the manner of kickers and leads.

The forms are those of Chinese newspapers (本报讯, 下转第3版); every pattern is anchored or runs on a short line, so
that none is slow on a hostile one.
"""

import re
from dataclasses import dataclass

from bookmaker.clippings.bylines import bylines_of, sign_off
from bookmaker.clippings.masthead import number_of
from bookmaker.clippings.model import Name
from bookmaker.clippings.traditional import in_simple

_NUMBER = "[0-9０-９一二三四五六七八九十百]{1,4}"
_GAP = "[ \u3000]"

_JUMP = re.compile(
    rf"[（(【\[]?{_GAP}*(下转|上接|紧接|转|接|续)(?:本报)?{_GAP}*((?:[A-Da-d]{_NUMBER}|第{_GAP}*[A-Da-d]?{_NUMBER}|{_NUMBER}){_GAP}*版)"
    # A title may stand behind the page, but only inside a bracket: without one, the text begins there.
    rf"(?:[·•《“‘\w》”’]{{0,16}}{_GAP}*[）)】\]]|(?:[·•]\w{{1,8}}|《[^《》]{{1,16}}》)$)?"
)
_POINTER = re.compile(
    rf"(?:详见|见|请看|更多报道|相关报道|导读)[^，。]{{0,10}}?[A-D]?{_NUMBER}(?:[、—-]{_NUMBER})?{_GAP}*版"
    rf"|(?:^|[ \u3000→▶>])[A-D]?0?\d{{1,2}}{_GAP}*版[）)]?$|[>→▶]{_GAP}*第?[A-D]?{_NUMBER}{_GAP}*版[）)]?$"
)
_AGENCIES = "本报|本网|本台|晚报|日报|新华社|中新社|中新网|新华网|人民网|央视网|据新华社|据中新社"
#: What opens a report: 本报讯, 本报太原4月17日电, 新华社北京3月5日电.
_DATELINE = re.compile(
    rf"[【\[]?(?:{_AGENCIES}|[\u4e00-\u9fff]{{2,4}}(?:日报|晚报|晨报|时报))"
    r"[^\s，。：；、“”《》（()）【】的了在和发是]{0,12}?(?:讯|专电|电)[】\]]?"
    r"(?=$|[ \u3000（(:：,，“]|(?<=[讯】\]])|(?<=日电)|(?<=社电))"
)
_BRACKET = re.compile(r"[ \u3000]*[（(]([^（()）]{1,80})[）)][ \u3000]*")

_DASH = re.compile(r"^[\s\u3000]*(?:[-—–─－]{1,4}[\s\u3000]*(?=[^\s\u3000\d—–─－-])|[—─]{2}[\s\u3000]*(?=\d))")
NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部]"
    r"|\d{1,2}[、.．](?!\d)|(?:其)?[一二三四五六七八九十][ \u3000])"
)
_FEATURE = re.compile(
    r"^(?:访|记(?!者从)|写在|来自|致|走[进近]|对话|专访|献给|追记|解读)|(?:纪实|侧记|记事|访谈|综述|述评|纪略|见闻|观察|调查|札记|扫描|回眸"
    r"|透视|巡礼|纪事|速写|启示录|一瞥|启示|讲述|手记|之[一二三四五六七八九十])$"
)
_NOTICE = re.compile(r"^更正$|^勘误$|(?:公告|通告|启事|声明|通知|名单|公示|讣告|通报|倡议书|公开信|致歉)$")
_COLUMN_BRACKETS = re.compile(r"^[【\[〔［]([^【】\[\]〔〕［］]{2,20})[】\]〕］]$")
_COLUMN_ENDING = re.compile(
    r"(?:之要|之窗|之声|之光|之星|之路|视点|视线|聚焦|关注|观察|快讯|简讯|短讯|快报|要闻|速览|简报|集锦|一览|集萃|博览|调研行|基层行"
    r"|进行时|在路上|现场|走笔|专栏|导读|论坛|时评|评论|随笔|故事|人物|纪实|特刊|专刊|专版|专题|专访|访谈|对话|播报|资讯|新闻眼|新闻"
    r"|新视野|大家谈|百姓事|民生|动态|信箱|热线|直通车|回音壁|微议|短评|今评|报评|快评|快议|瞭望|巡礼|风采|看台|聚光灯|手记|会客厅"
    r"|茶座|周记|面孔|镜头|采风|看点|说法|讲堂|传真|掠影|点击|追踪|周刊|副刊|连线|天地|广角|纵横|之家|寻访|印象|记忆|笔记|来信|问政"
    r"|直播间|走基层|系列报道|开局起步|开新局|速递|快递|快线|直击|驿站|专递|每日一星|榜样|先锋|时代新人)$"
)
#: Columns that hold a row of briefs, not one story.
_BRIEFS = re.compile(
    r"(?:简讯|短讯|快讯|速览|集锦|一览|简报|集萃|播报|动态|资讯|要闻|之要|快报|传真|信息|速递|快递|快线)$"
)
_SUBTITLE_WORDS = re.compile(r"(?:出席|主持|讲话|致辞|参加|陪同|会见|见证|作出批示|列席|发言|宣布)")
_KICKER_WORDS = re.compile(r"(?:强调|指出|要求|提出|表示|时说|获悉|显示|期间|之际|以来|背景下)$")
#: What begins a report's first paragraph and hardly another's.
_LEAD = re.compile(
    r"(?:近日|日前|连日来|昨日|昨天|今日|今天|前日|\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月|记者(?:从|昨|近|日前|获悉|今)|[^，。]{2,14}(?:近日|日前|昨日))"
)
#: Turns of a conversation, and lines of a letter: running text, however short.
_SPEAKING = re.compile(r"^(?:问|答|记者|Q|A|主持人)[：:](?=.)|^[\u4e00-\u9fff]{2,8}[：:]$")
_WEATHER = re.compile(r"\d+ ?(?:℃|°C|摄氏度)|空气质量指数|降水概率|紫外线|^今日天气|^明日天气|风力?\d")
_SLOGAN = re.compile(
    r"从我做起|不忘初心|牢记使命|人人有责|你我同行|你我他|共建共享|众志成城|讲文明|树新风|光盘行动|珍惜粮食|节约用水|遵德守礼"
    r"|社会主义核心价值观|公益广告|争做文明|文明出行|慎终如始"
)
#: No sentence begins so.
_NEVER_FIRST = re.compile("[、，。；：！？）》”’」』】%％‰]|的(?![确士])")
_TERMINAL = frozenset("。！？；…!?;")
_CLOSERS = "”’」』）】》〉)\"'"
_BULLETS = "■◆●▲▼★☆□◇△▽※◎►▪▫◦"
_LAYOUT = re.compile(rf"[\s\u3000{_BULLETS}○◀▶◄•·.。…＊*=＝_＿~～|｜│┃━─—\-–#＃<>+]+")


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump line inside a text: `away` to another page (下转) or from one (上接), and where it stands."""

    away: bool
    page: str
    start: int
    end: int


def jump_alone(text: str) -> Jump | None:
    """The jump that a line is, or `None`."""
    found = _JUMP.fullmatch(in_simple(text).strip())
    return _jump(found) if found else None


def jump_at_head(text: str) -> Jump | None:
    """（上接第1版） before a text."""
    found = _JUMP.match(in_simple(text))
    return _jump(found) if found and found[1] in ("上接", "紧接") else None


def jump_at_tail(text: str) -> Jump | None:
    """（下转第3版） behind a text."""
    for found in _JUMP.finditer(in_simple(text), max(0, len(text) - 30)):
        if found.end() == len(text) and found[1] in ("下转", "转") and found.start():
            return _jump(found)
    return None


def _jump(found: re.Match[str]) -> Jump:
    return Jump(found[1] in ("下转", "转"), f"第{number_of(found[2])}版", found.start(), found.end())


def is_layout(text: str) -> bool:
    """True for a line of nothing but bullets, rules and blanks."""
    return bool(_LAYOUT.fullmatch(text)) and text.strip() not in ("……", "…", "———", "——")


def without_bullets(text: str) -> str:
    """A line without the layout characters at its ends; ▲ before a caption stays, for it says what it is."""
    bare = text.strip(" \u3000\t")
    if bare[:1] in "▲△▼▽◀▶" and len(bare) > 1:
        return bare.rstrip(_BULLETS + " \u3000")
    return bare.strip(_BULLETS + " \u3000\t")


def ends_whole(text: str) -> bool:
    """True where a sentence may end: behind a full stop, closing marks looked through; also behind a colon."""
    bare = text.rstrip(_CLOSERS)
    if bare and bare[-1] in _TERMINAL:
        return True
    return bool(re.search(r"(?<!\d)[：:]$", text)) or bool(sign_off(text))


def starts_badly(text: str) -> bool:
    """True for what no sentence begins with: 的, a comma, a closing mark."""
    return bool(_NEVER_FIRST.match(text))


def is_lead(text: str) -> bool:
    """True for the manner of a first paragraph: 近日, 4月17日, 记者从…获悉, or a dateline."""
    simple = in_simple(text[:60])
    return bool(_LEAD.match(simple.lstrip("“")) or _DATELINE.match(simple))


def is_speaking(text: str) -> bool:
    """True for a turn of a conversation (问：…) and for a letter's address (编辑同志：)."""
    return bool(_SPEAKING.match(in_simple(text)))


def is_list(text: str) -> bool:
    """True for a line that lists: 已故人物：甲、乙、丙."""
    if text.count("、") >= 6 and not re.search("[，。；：！？]", text):
        return True
    head, colon, rest = text.replace(":", "：").partition("：")
    return bool(colon) and len(head) <= 10 and rest.count("、") >= 2 and not re.search("[，。；！？]", rest)


def is_feature_line(text: str) -> bool:
    """True for what stands behind the dash of a story's subtitle, and not of a heading: 访…, …侧记."""
    return bool(_FEATURE.search(in_simple(text)))


def is_notice(text: str) -> bool:
    """True for the headline of a notice or list: …公告, …名单."""
    return bool(_NOTICE.search(in_simple(text).replace(" ", "")))


def is_subtitle_like(text: str) -> bool:
    """True for the manner of a subtitle: who took part, who presided."""
    return bool(_SUBTITLE_WORDS.search(in_simple(text)))


def is_kicker_like(text: str) -> bool:
    """True for the manner of a kicker: …时强调."""
    return bool(_KICKER_WORDS.search(in_simple(text)))


def is_dash_line(text: str) -> bool:
    """True for a line that begins with a dash and then words."""
    return bool(_DASH.match(text))


def column_name(text: str) -> str:
    """The name in 【…】, or empty."""
    found = _COLUMN_BRACKETS.match(text)
    return found[1] if found else ""


def is_column_like(text: str) -> bool:
    """True for a short line that ends as names of columns do: 政务之要, 高质量发展调研行."""
    return len(text) <= 12 and bool(_COLUMN_ENDING.search(in_simple(text))) and not re.search("[，。：！？]", text)


def holds_briefs(column: str) -> bool:
    """True for the name of a column that several short reports share: 简讯, 政务之要."""
    return bool(_BRIEFS.search(in_simple(column)))


def source_of(text: str) -> str:
    """The paper of a line 来源：…, or empty."""
    found = re.fullmatch(r"来源[：:][ \u3000]*(\S{2,16})", in_simple(text).strip("（()） "))
    return found[1] if found else ""


def is_weather(text: str) -> bool:
    """True for a line of the weather box."""
    return len(text) <= 60 and "。" not in text and bool(_WEATHER.search(in_simple(text)))


def is_slogan(text: str) -> bool:
    """True for a line of public advertising, which newspapers set between their stories: 文明城市 从我做起."""
    return len(text) <= 20 and text[-1] not in "。；，" and bool(_SLOGAN.search(in_simple(text)))


def is_contents(text: str) -> bool:
    """True for the name of the box that tells what stands on other pages: 今日导读."""
    return bool(re.fullmatch(r"(?:今日|本报|本期|版面)?(?:导读|看点|内容提要|要目)", in_simple(text).strip("【】 ")))


def is_pointer(text: str) -> bool:
    """True for a line that sends the reader to another page: 详见第3版."""
    simple = in_simple(text)
    return len(text) <= 60 and bool(_POINTER.search(simple)) and not _JUMP.fullmatch(simple)


def dateline_of(text: str) -> tuple[str, tuple[Name, ...], str] | None:
    """Dateline, the reporters in its bracket, and the text behind: 本报讯（记者 甲）12月8日…; `None` without one."""
    found = _DATELINE.match(in_simple(text[:60]))
    if found is None:
        return None
    rest = text[found.end() :]
    bracket = _BRACKET.match(rest)
    names = bylines_of(bracket[1]) if bracket else ()
    if bracket and names:
        rest = rest[bracket.end() :]
    return text[: found.end()].strip("【】[]"), names, rest.lstrip(" \u3000：:")
