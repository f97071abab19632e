"""Words younger than the segmenter's dictionary (2013): the vocabulary of today's papers about a city.

Without them the segmenter cuts 光|谷物|联网 and 从源|头发|力. What a word means does not matter here, only that it
is one.
"""


def listed(words: str) -> tuple[str, ...]:
    """Words written in a row, with spaces between."""
    return tuple(words.split())


YOUNG_WORDS: tuple[str, ...] = (
    # Policy and administration
    *listed(
        "一网通办 一件事 放管服 放管 告知承诺 承诺制 跨省通办 好差评 最多跑一次 营商 营商环境 容缺 领办代办 "
        "全代办 帮办 干事创业 挂图作战 体制机制 复制推广 抢占先机 高质量发展 乡村振兴 脱贫攻坚 防返贫 网格员 "
        "托育 公租房 保租房 老旧小区 棚改 旧改 征拆 净地 拿地即开工 达效 复产 复工复产 综改 综改区 转型综改 "
        "获批 辟谣"
    ),
    # Industry and science
    *listed(
        "物联网 云计算 云平台 上云 大数据 区块链 大模型 算力 智算 超算 智造 智改数转 数转 赋能 发力 对标 占比 "
        "向好 向新 新动能 新质生产力 新基建 新业态 新模式 新赛道 新材料 合成生物 钙钛矿 手撕钢 碳达峰 碳中和 "
        "双碳 绿电 储能 氢能 充电桩 换电 源网荷储 并网 低空经济 科创 科创城 科创谷 科技城 科创板 北交所 "
        "新三板 天使投资 风投 专项债 独角兽 瞪羚 小巨人 专精特新 单项冠军 隐形冠军 链主 链长 链上 全链条 补链 "
        "强链 延链 建链 产业链 供应链 创新链 资金链 人才链 药企 道地药材 预制菜 冷链 物流港 陆港 综保区 "
        "跨境电商 中欧班列 一带一路 采煤沉陷区 管廊 综合管廊 海绵城市 干支线"
    ),
    # People and culture
    *listed(
        "双创 众创 文创 创客 创谷 揽才 引才 招才 育才 留才 聚才 用才 赛才 引商 亲商 安商 柔性引才 校友招商 "
        "院士工作站 人才公寓 网红 带货 微短剧 非遗 研学 康养 夜经济 首店 消费券 疫后 灾后 点赞 明了 钟灵 谷雨 "
        "不只 只会 只需 并不"
    ),
    # Places and houses
    *listed("太忻 尖草坪 杏花岭 万柏林 晋源 晋祠 晋商 晋药 晋创谷 同创谷 系舟山 光谷 硅谷 药谷 智谷 慧谷"),
    # Numbers with what they count
    *listed("千人 万人 百人 千名 百名 万名 千家 百家 万家 千户 万户 千企 万企 千亿 百亿"),
)
