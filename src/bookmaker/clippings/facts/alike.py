"""Characters that are taken for each other: by eye (OCR, typing by shape), and in people's names by ear too."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from bookmaker.script.look_alikes import NAME_TWINS
from bookmaker.script.vocabulary import listed

#: Characters of one shape, as OCR and tired eyes confuse them.
_SHAPES = listed(
    "盂孟 祁祈 亳毫 睢雎 沁泌 鹄鸪 绛降 忻沂析 汾份 峙崎 潞璐 阳杨扬 梗硬 迎仰 徐除 尧兖 坪平评 冶治 侯候 佑祐 泽译择 "
    "洋祥 瑞端 崇祟 冷泠 莱菜 宾滨 圆园 潇萧 隰湿 芮内 朔塑 岚岗 岗冈 沪泸 榆愉 滦栾 淮准 淳谆 漳障 潼撞 郸弹 郊效 "
    "末未 己已巳 戊戌戍 日曰 士土 干千于 太大犬 人入 天夫无 木本术 白自 贝见 由田甲申 今令 免兔 析折拆 晴睛情 清请 "
    "辨辩辫 撤撒 问间 住往佳 侍待 陈阵 历厉 压庄 活话 洁沽沾 传伟 休体 技枝 拔拨 茶荼 徒徙 遣遗 博搏 墓幕慕暮 晋普 "
    "井并 宋宁 字宇 寨塞 贵责 辽近远 郑邓 钢纲 风凤 龙尤 延廷 旦且 自目 困因 刀力刁 厂广 乌鸟 亨享 券卷 壁璧 冒昌 "
    "昔皆 抑仰 拢扰 获荻 栗粟 哀衷 宜宣 官宫 治洽 洛络 泾径 淫浮 渑绳 渭谓 湾弯 灵炅 岭玲 峰锋 岳丘 垣恒 恒桓 埔浦 "
    "塘糖 堡保 奥粤 孚浮 寿春 屹吃 巢果 常堂 庐芦 弘私 彬杉 徽微 戎戒 拓柘 振振 捷睫 播潘 敖傲 斋齐 旌旗 昆毕 晓哓 "
    "柏拍 柳抑 栖牺 桂挂 桥侨 梓棒 椅崎 槐愧 榕溶 樟障 淄缁 渤勃 溧漂 滁涤 漯螺 濮璞 灞霸 琅狼 瓯欧 皖院 禹禺 稷谡"
)
#: So short a look-alike is a word of its own nearly everywhere; the words around must agree on both sides.
RARE = frozenset("盂孟祁祈亳睢雎沁泌忻沂析绛潞梗坪兖滦漳郸泸隰")


def _twins(groups: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for character in group:
            found[character].update(set(group) - {character})
    return {character: frozenset(twins) for character, twins in found.items()}


#: Each character with those that look like it.
TWINS = _twins(_SHAPES)
#: The same in people's names, with those that sound like it.
_NAME_TWINS = _twins((*_SHAPES, *NAME_TWINS))


def are_alike(first: str, second: str) -> bool:
    """True for two names of which one character differs, and looks or sounds like the other's."""
    differing = [(a, b) for a, b in zip(first, second, strict=False) if a != b]
    return len(first) == len(second) and len(differing) == 1 and differing[0][1] in _NAME_TWINS.get(differing[0][0], ())


def are_near(first: str, second: str) -> bool:
    """True for two names of which one character differs; of two characters only if they are alike."""
    differing = sum(a != b for a, b in zip(first, second, strict=False))
    return len(first) == len(second) and differing == 1 and (len(first) > 2 or are_alike(first, second))
