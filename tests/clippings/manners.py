"""The manners in which test pages are made up, from tidy to nasty, and the invented words that stand on them."""

from __future__ import annotations

from dataclasses import dataclass, replace

Chance = float  # 0 never, 1 always


@dataclass(frozen=True, slots=True)
class Manner:
    """How pages of one kind are made up: numbers, and the chance of each thing that makes a page hard."""

    name: str
    stories: tuple[int, int] = (2, 4)
    briefs: Chance = 0.2  # a story is only its first paragraphs
    # the flow of the text
    interleaved: Chance = 0  # the stories' columns stand in turn
    column: tuple[int, int] = (120, 280)  # characters; the stories are short
    cut: Chance = 0  # a column ends in mid-sentence, not at a paragraph's end
    broken: Chance = 0  # a long paragraph is broken, with a blank line between
    doubled: Chance = 0  # the character at a break stands on both sides
    caption: Chance = 0  # a story has a caption
    caption_in_break: Chance = 0  # and it stands in mid-sentence
    truncated: Chance = 0  # the last story of the page breaks off
    # headlines
    after: Chance = 0  # the headline stands after its story
    astray: Chance = 0  # it stands between pieces of any story
    untitled: Chance = 0  # a story from another page has no headline
    kicker: Chance = 0.6
    kicker_below: Chance = 0
    subtitle: Chance = 0.4
    dashed: Chance = 0.6  # the subtitle begins with ——
    column_name: Chance = 0.2
    bracketed: Chance = 0.6  # 【…】
    marked: Chance = 0  # `#` before headlines and headings
    standing: Chance = 0
    slogan: Chance = 0
    folio: Chance = 0
    # the text
    dateline: Chance = 0.4
    padded: Chance = 0.3  # two-character names as 张 波
    half_width: Chance = 0
    heading: Chance = 1  # section headings are kept
    paired: Chance = 0  # they are two lines, the second with ——
    jump_from: Chance = 0
    jump_on: Chance = 0
    jump_apart: Chance = 0  # the jump note is a line of its own
    wrap: int = 0  # characters a line
    indented: Chance = 0.5
    crowded: Chance = 0  # no blank lines between paragraphs
    layout: Chance = 0  # stray characters of the layout program


TIDY = Manner("TIDY", folio=0.5)
BROKEN = Manner("BROKEN", broken=0.35, doubled=0.15, standing=0.3, jump_from=0.2, half_width=0.2, truncated=0.2)
CAPTIONED = replace(BROKEN, name="CAPTIONED", caption=0.9, caption_in_break=0.6, marked=0.4, slogan=0.3, padded=0.6)
INTERLEAVED = Manner("INTERLEAVED", stories=(2, 4), interleaved=1, cut=0.6, broken=0.1, briefs=0, caption=0.3)
SCATTERED = replace(
    INTERLEAVED, name="SCATTERED", interleaved=0.3, after=0.25, astray=0.25, kicker_below=0.1, slogan=0.3, standing=0.5
)
WRAPPED = Manner("WRAPPED", wrap=20, crowded=0.5, folio=0.6, caption=0.4, paired=0.2, layout=0.1, jump_on=0.2)
NASTY = Manner(
    "NASTY",
    stories=(3, 6),
    interleaved=0.5,
    cut=0.8,
    broken=0.3,
    doubled=0.15,
    caption=0.6,
    caption_in_break=0.6,
    truncated=0.2,
    after=0.15,
    astray=0.2,
    untitled=0.5,
    kicker_below=0.1,
    column_name=0.3,
    marked=0.2,
    standing=0.5,
    slogan=0.4,
    folio=0.5,
    padded=0.6,
    half_width=0.3,
    paired=0.4,
    jump_from=0.25,
    jump_on=0.15,
    jump_apart=0.4,
    layout=0.3,
)
MANNERS = {manner.name: manner for manner in (TIDY, BROKEN, CAPTIONED, INTERLEAVED, SCATTERED, WRAPPED, NASTY)}

# Invented people, papers and pictures
PEOPLE = (
    *("张波", "李明", "王小燕", "赵亮", "陆知秋", "何田", "欧阳锦", "孙一鸣", "周航"),
    *("许多", "顾晓岚", "马骁", "沈一舟", "白桦林", "田野", "方舟", "苏青", "林知夏"),
)
PAPERS = ("北岸晚报", "云泽日报", "河湾日报", "临川都市报")
SECTIONS = ("要闻", "城事", "综合", "民生")
COLUMNS = ("新区观察", "一线见闻", "城市会客厅", "经济漫步", "民生直通车", "调研手记")
SUBTITLES = (
    "城北新区采访札记",
    "来自一线的观察",
    "我市推进重点工作综述",
    "几位亲历者的讲述",
    "记者走访五个现场",
    "一项改革的前前后后",
)
SECOND_HEADS = (
    "先把路修通",
    "数字背后的变化",
    "一件事办到底",
    "从图纸到现场",
    "让等待变短",
    "看得见的账本",
    "一年三步走",
    "留得住，才用得上",
)
STANDING = ("聚焦重点工程 推动全面振兴", "开局之年看落实", "对标一流 奋勇争先", "践行新使命 建设新家园")
SLOGANS = (("讲文明树新风", "共建美好家园"), ("节约每一滴水",), ("绿色出行", "从我做起"), ("安全生产", "人人有责"))
SCENES = (
    "工作人员在车间里检查新到的设备",
    "市民在新开放的滨河步道上散步",
    "施工人员正在吊装第三段钢梁",
    "孩子们在社区书屋里看书",
    "技术员在温室中记录幼苗的长势",
    "夜色里的江北大桥",
    "货车排队驶出新建的物流园",
    "修缮后的老厂房成了展览馆",
)
PROVIDERS = ("市融媒体中心", "河湾街道办事处")
STRAY = ("■", "◆", "□", "▼")
