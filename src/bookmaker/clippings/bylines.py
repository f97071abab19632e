"""Bylines: who made a story, and as what, by a line or bracket that says so (记者 王勇 文/摄, 据《…》, 太报评)."""

import re

from bookmaker.clippings.model import Name
from bookmaker.clippings.traditional import in_simple
from bookmaker.script.people import has_surname, looks_like_person
from bookmaker.script.vocabulary import listed

HAN = "\u3400-\u9fff\U00020000-\U0003ffff〇々"
_GAP = "[ \u3000]"

#: What people do for a page, the longest first.
ROLES: tuple[str, ...] = tuple(
    sorted(
        listed(
            "记者 通讯员 实习生 实习记者 见习记者 首席记者 特派记者 特约记者 全媒体记者 特约通讯员 摄影记者 文字记者 "
            "本报记者 评论员 特约评论员 责编 责任编辑 编辑 本版编辑 本版责编 美编 版式 校对 统筹 策划 主编 执行主编 "
            "执行编辑 值班主任 作者 撰文 文 图 摄 摄影 摄影报道 文/摄 文/图 图/文 文图 图文 文并摄 整理 供图 提供 供稿 "
            "口述 "
            "制图 漫画 绘 翻译 编译 视觉 设计 检校 实习编辑 见习编辑 记者/编辑 值班编委 值班总编 组版 审读 报道 采写"
        ),
        key=len,
        reverse=True,
    )
)
_ROLE = "|".join(map(re.escape, ROLES))
#: Roles of those who made the page, not the story.
EDITORS = frozenset(
    listed(
        "责编 责任编辑 编辑 本版编辑 本版责编 美编 版式 校对 统筹 策划 主编 执行主编 执行编辑 值班主任 视觉 设计 检校 "
        "实习编辑 见习编辑 值班编委 值班总编 组版 审读"
    )
)
_PAPER = r"(?:本报|本刊|本网|本台|新华社|[\u4e00-\u9fff]{1,5}报)?"
_LEAD_ROLE = re.compile(rf"[□■◇◆●○▲△\-—\s、，,；;]*{_PAPER}{_GAP}*({_ROLE}){_GAP}*[:：/|]?{_GAP}*")
_TAIL_ROLE = re.compile(rf"{_GAP}*(?:[/／]{_GAP}*)?({_ROLE})(?:报道)?$")
#: Reporters: the names stand right behind these, also without a blank.
_REPORTER = r"(?:[\u4e00-\u9fff]{2,3})?(?:记者|通讯员|实习生)"
_NEXT_ROLE = re.compile(rf"[ \u3000、，,；;/／□](?={_PAPER}(?:{_ROLE})[ \u3000：:/]|{_REPORTER}[{HAN}])")
#: Each name with what its bearer did behind it: 王勇/文 李明/图, 李明 口述 王勇 整理.
_NAME_AND_ROLE = re.compile(rf"([{HAN}]{{2,4}})(?:{_GAP}*[/／]{_GAP}*|{_GAP}+)({_ROLE})(?:[ \u3000、，,；;/／]+|$)")
_COMMENTATOR = re.compile(
    r"(?:本报|本刊|[\u4e00-\u9fff]{1,4}报)(?:特约)?(?:评论员|评论部|编辑部|评|短评|社论|时评|快评|锐评)"
    r"(?:[ \u3000：:]+(.{2,12}))?"
)
_CITED = (
    r"(?:《[^《》]{2,16}》|新华社|新华网|人民网|中新社|中新网|央视新闻|央视网"
    r"|[\u4e00-\u9fff]{2,8}?(?:日报|晚报|晨报|时报|网|发布|客户端))"
)
_AFTER = re.compile(
    r"[（(]?(?:据|转自|摘自|原载|综合)[:：]?[ \u3000]*"
    rf"({_CITED}(?:[、，和 ]{_CITED})*)(?:报道|讯|电|消息)?[）)]?"
)
#: Who speaks or writes, with his post: 磐州市市长 骆宾川.
_WITH_POST = re.compile(
    rf"([{HAN}]{{0,14}}(?:[省市县区镇乡]长|书记|主任|局长|主席|教授|院长|校长|代表|委员|厅长|部长|董事长|总经理|研究员|院士|作家|律师))"
    rf"[ \u3000]+([{HAN}][ \u3000]?[{HAN}]{{1,2}})"
)
_SEPARATORS = re.compile(r"[ \u3000、，,/／|｜；;：:□]+")
_NAME = re.compile(rf"[{HAN}]{{2,4}}(?:·[{HAN}]{{1,8}})*")
_SIGN_OFF = re.compile(r"[（(]([^（()）]{2,60})[）)][ \u3000]*$")
#: Surnames that `script/people.py`, which wants to be sure, does not list (百家姓).
_MORE_SURNAMES = frozenset(
    "米贝明梅林刁徐邱高夏蔡田樊胡丘支边贾窦骆卞戚云费廉岑滕罗郝邬卜顾孟平穆萧尹湛祁狄臧计伏成谈茅庞纪舒屈祝董杜阮蓝闵席季麻强危江童颜郭盛刁骆虞柯昝管经裘缪解"
    "应宗丁宣贲郁杭包诸左石吉钮龚滑裴翁荀羊惠甄麴封芮储靳汲邴糜井巫乌焦巴弓牧隗谷侯宓蓬全郗班仰仲宫宁仇栾暴甘厉戎祖符景詹"
    "束幸司韶郜黎蓟薄印宿怀蒲邰从鄂索咸籍卓蔺屠蒙池阴胥能苍双闻莘翟谭贡姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀郏浦尚农温别"
    "庄晏柴瞿阎充慕连茹习宦艾鱼容古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那"
    "简饶空曾沙养鞠丰巢关蒯相查后荆红游竺权逯盖益桓公付肖闫仝苑晋凌霍柏水昌花方俞任袁柳鲍史唐薛雷倪汤殷毕邹喻章云苏潘葛奚"
    "范彭郎鲁韦马苗凤唐陆白路娄凡车初代母原展冶买禹亓战税苟战佟伊刀佘"
)


def names_in(text: str) -> tuple[str, ...]:
    """People in a row, their padding closed: 贾 鹏 米国伟 牛利敏 is three, 冯 建 is one."""
    words = [word for word in _SEPARATORS.split(text.strip()) if word]
    names: list[str] = []
    index = 0
    while index < len(words):
        behind = words[index + 1] if index + 1 < len(words) else ""
        if len(words[index]) == 1 and len(behind) == 1:
            names.append(words[index] + behind)
            index += 1
        else:
            names.append(words[index])
        index += 1
    return tuple(names)


def is_name(text: str) -> bool:
    """True for what can be somebody's name, by its surname and length; foreign ones by their dot."""
    simple = in_simple(text)
    if not _NAME.fullmatch(simple):
        return False
    if "·" in simple or looks_like_person(simple):
        return True
    return len(simple) <= 3 and (has_surname(simple) or simple[0] in _MORE_SURNAMES) and simple[-1] not in _NO_NAME_ENDS


_NO_NAME_ENDS = frozenset("路街市县区镇乡村局厅部会司厂校院馆报网台")


def are_names(words: tuple[str, ...]) -> bool:
    """True if there are some and all can be people."""
    return bool(words) and len(words) <= 8 and all(map(is_name, words))


def bylines_of(text: str) -> tuple[Name, ...]:
    """Who made it, from a line or bracket that says so (记者 王勇 文/摄); empty if it is none."""
    text = text.strip().strip("（()）【】").strip()
    if not 2 <= len(text) <= 80 or re.search("[。！？“”]", text):
        return ()
    if papers := papers_cited(text):
        return tuple(Name(paper, "据") for paper in papers)
    if found := is_commentator(text):
        return (Name(closed_names(found[1]), "评论员") if found[1] else Name(text),)
    if found := _WITH_POST.fullmatch(in_simple(text)):
        name = closed_names(text[found.start(2) : found.end(2)])
        return (
            (Name(name.replace(" ", ""), text[found.start(1) : found.end(1)]),)
            if is_name(name.replace(" ", ""))
            else ()
        )
    return _by_roles(text)


def is_commentator(text: str) -> re.Match[str] | None:
    """本报评论员, 太报评; group 1 is a name, if one stands behind."""
    return _COMMENTATOR.fullmatch(in_simple(text))


def papers_cited(text: str) -> tuple[str, ...]:
    """The papers or agencies of （据《…》）."""
    found = _AFTER.fullmatch(in_simple(text))
    return tuple(re.split("(?<=[^、，和 ])[、，和 ]", text[found.start(1) : found.end(1)])) if found else ()


def sign_off(text: str) -> re.Match[str] | None:
    """The bracket of names at a paragraph's end: （张 波）, （本报记者 李明）, （据《…》）."""
    found = _SIGN_OFF.search(text, max(0, len(text) - 70))
    return found if found and bylines_of(found[1]) else None


def closed_names(text: str) -> str:
    """A credit with its padding closed: 贾 鹏 米国伟 摄 is 贾鹏 米国伟 摄."""
    return re.sub(rf"(?<![{HAN}])([{HAN}])[ \u3000]+([{HAN}])(?![{HAN}])", r"\1\2", text)


def _by_roles(text: str) -> tuple[Name, ...]:
    """Names with the roles around them; every word must be one or the other."""
    simple = in_simple(text)
    if each := _each_with_role(text, simple):
        return each
    tail = _TAIL_ROLE.search(simple)
    last = text[tail.start(1) : tail.end(1)] if tail and tail.start() else ""
    end = tail.start() if tail and last else len(text)
    found: list[Name] = []
    role, at = "", 0
    while at < end and text[at:end].strip():
        lead = _LEAD_ROLE.match(simple, at, end)
        if lead and lead.end() > at:
            role, at = text[lead.start(1) : lead.end(1)], lead.end()
        following = _next_role(simple, at, end)
        names = names_in(text[at:following])
        said = bool(last) or bool(lead and lead.end() > lead.end(1)) or bool(found and role)
        if not names or not all(_may_sign(name, said) for name in names):
            return ()
        if not role and not last and not are_names(names):
            return ()
        found += [Name(name, _joined_role(role, last if following >= end else "")) for name in names]
        at = following
    return tuple(found) if found and len(found) <= 12 else ()


def _each_with_role(text: str, simple: str) -> tuple[Name, ...]:
    """Two or more names, each with its role behind it; a role before all of them goes with the first."""
    lead = _LEAD_ROLE.match(simple)
    at = lead.end() if lead else 0
    role = text[lead.start(1) : lead.end(1)] if lead else ""
    found: list[Name] = []
    while one := _NAME_AND_ROLE.match(simple, at):
        name, last = text[one.start(1) : one.end(1)], text[one.start(2) : one.end(2)]
        if not is_name(name):
            return ()
        found.append(Name(name, last if found else _joined_role(role, last)))
        at = one.end()
    return tuple(found) if at == len(text) and len(found) > 1 else ()


def _joined_role(role: str, last: str) -> str:
    """记者 … 文/摄 is both; 本报记者 is 记者."""
    role = role.removeprefix("本报").removeprefix("本報")
    return f"{role} {last}".strip() if last and last != role else role


def _may_sign(name: str, with_role: bool) -> bool:
    """People, with a role any that are as short as names; and offices that supply pictures: 迎泽区新闻中心."""
    if is_name(name) or (with_role and re.fullmatch(rf"[{HAN}]{{2,3}}", name) and name[-1] not in _NO_NAME_ENDS):
        return True
    return with_role and is_office(name)


def is_office(name: str) -> bool:
    """True for an office that may supply a picture or sign a notice: 迎泽区新闻中心."""
    return bool(re.fullmatch(rf"[{HAN}（()）“”]{{3,24}}", name) and _OFFICE.search(in_simple(name)))


_OFFICE = re.compile("(?:中心|部|局|委|办|公司|集团|馆|院|会|社|网|台|站|处|校|厂|县|区|市|队|资料)$")


def _next_role(simple: str, at: int, end: int) -> int:
    """Where the next role with names behind it begins, or the end."""
    for found in _NEXT_ROLE.finditer(simple[:end]):
        if found.start() >= at and simple[at : found.start()].strip():
            return found.start()
    return end
