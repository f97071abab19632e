"""What belongs to a number: its measure word or unit, its thousands, its 第, the other end of its range.

CLREQ has no more than a title for this (“Digits and their prefix and suffix”). Most of it is dear, not forbidden, so
that very short lines still find an end.
"""

import re
from math import inf

#: A number parted from its Han unit or measure word; only an overfull line is worse.
_NUMBER_UNIT = 3_200.0
#: Inside a measure word: as bad as Han a tenth of an em apart.
_MEASURE_WORD = 200.0
#: Inside 第12届, and between the ends of a range.
_TOGETHER = 15.0

#: Measure words and units of one character that stay with their number: 9个, 3.5亿元, 2024年, 35户.
_MEASURES = (
    "年月日号时分秒点个位名人户家所座栋幢套台辆架条项件批次届期版页章节款种类亩米吨克元角公里小局封盏"
    "倍成度岁天周层级组队支只头匹枚张片块根部本册卷篇首句字口具艘列趟轮笔桩间处厘平立斤升场楼"
    "號時點個戶棟臺輛條項屆頁節種類畝噸歲週層級組隊隻頭張塊冊間處盞場樓"
)
#: Those of several, which stay whole as well: 平方公里, 小时, 个百分点.
_LONG_MEASURES = (
    "公里 千米 厘米 釐米 毫米 微米 纳米 奈米 公尺 公分 海里 海浬 英里 英尺 英寸 平方米 平方公里 平方千米 平方厘米 "
    "平方公尺 平方英里 平米 立方米 立方厘米 立方公尺 公顷 公頃 英亩 英畝 公斤 千克 毫克 公吨 公噸 毫升 公升 加仑 加侖 "
    "小时 小時 分钟 分鐘 秒钟 秒鐘 个小时 個小時 个半小时 個半小時 个月 個月 个半月 個半月 个星期 個星期 个世纪 個世紀 "
    "世纪 世紀 年代 周年 週年 周岁 週歲 季度 月份 工作日 个工作日 個工作日 千瓦 千瓦时 千瓦時 兆瓦 伏特 安培 赫兹 赫茲 "
    "分贝 分貝 摄氏度 攝氏度 华氏度 華氏度 百分点 百分點 个百分点 個百分點 人次 人份 车次 車次 班次 架次 场次 場次 "
    "美元 港元 港币 港幣 欧元 歐元 日元 日圓 英镑 英鎊 澳元 加元 韩元 韓元 卢布 盧布 法郎 人民币 人民幣 新台币 新臺幣 "
    "块钱 塊錢"
)
_FIGURE = "[0-9０-９]"
_ALL_MEASURES = f"(?:{'|'.join(sorted(_LONG_MEASURES.split(), key=len, reverse=True))}|[{_MEASURES}])"
#: A text without one has no number for these rules.
_NUMBER = re.compile("[0-9０-９第]")
#: 9个, 3.5亿元, 30多万人次, 35 人.
_COUNTED = re.compile(rf"{_FIGURE}[ \u00a0]?[多余餘]?(?:[十百万萬亿億]|千(?![米克瓦]))*[多余餘]?({_ALL_MEASURES})?")
#: ２０２４: of full-width figures; those of Latin width are a Latin token.
_WIDE_FIGURES = re.compile("[０-９]{2,}")
#: 1 000 000.
_THOUSANDS = re.compile(r"(?<![0-9] )(?<![0-9])[0-9]{1,3}(?:[ \u00a0][0-9]{3})+(?![0-9])")
#: 512 MB: the unit follows.
_SPACED_UNIT = re.compile(
    r"[0-9][ \u00a0](?="
    r"(?:[mcdk]?m|[mk]?g|m?s|min|h|[KMGT]i?B|[kMG]?W|[kM]?V|m?A|[kMG]?Hz|k?Pa|dB|px|pt|em|B|m?L)(?![A-Za-z0-9]))"
)
#: 3至5个, 20%—30%: the second number follows.
_RANGE = re.compile(rf"{_FIGURE}[%％‰℃°]?[—–~～－至到-](?={_FIGURE})")
#: 第12届, 第三届.
_ORDINAL = re.compile(rf"第 ?(?:{_FIGURE}|[一二三四五六七八九十百千零〇两兩]+{_ALL_MEASURES}?)")


def keep_numbers_together(text: str, prices: list[float]) -> None:
    """A number stays with what it counts (9个, 3.5亿元, 512 MB), with its 第, and with the other end of a range."""
    if not _NUMBER.search(text):
        return
    if " " in text or "\u00a0" in text:
        for match in _SPACED_UNIT.finditer(text):
            prices[match.end()] = inf
        for match in _THOUSANDS.finditer(text):
            _raise(prices, match.start() + 1, match.end(), _NUMBER_UNIT)
    for match in _COUNTED.finditer(text):
        word = match.start(1) if match[1] else match.end()
        _raise(prices, match.start() + 1, min(word + 1, match.end()), _NUMBER_UNIT)
        _raise(prices, word + 1, match.end(), _MEASURE_WORD)
    for match in _WIDE_FIGURES.finditer(text):
        _raise(prices, match.start() + 1, match.end(), inf)
    if "第" in text:
        for match in _ORDINAL.finditer(text):
            _raise(prices, match.start() + 1, match.end(), _TOGETHER)
    for match in _RANGE.finditer(text):
        _raise(prices, match.end() - 1, match.end() + 1, _TOGETHER)


def _raise(prices: list[float], start: int, end: int, least: float) -> None:
    """No price from `start` to `end` (excluded) is lower."""
    for i in range(start, end):
        prices[i] = max(prices[i], least)
