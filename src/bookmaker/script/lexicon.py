"""Words that OpenCC 1.4 writes wrongly in whatever context, each with its forms for Taiwan and Hong Kong.

Only words whose meaning decides: where the words around decide, `evidence.py` does. Forms are those of the
Ministry of Education's dictionaries (Taiwan) and of the Education Bureau's 常用字字形表 (Hong Kong).
"""

#: Simplified: Taiwan, Hong Kong. A word stands here only as a whole word.
LEXICON: dict[str, tuple[str, str]] = {
    "并州": ("并州", "并州"),
    "总台": ("總臺", "總台"),
    "点赞": ("點讚", "點讚"),
    "并轨": ("併軌", "併軌"),
    "面食": ("麵食", "麪食"),
    "控制台": ("控制台", "控制台"),
    "玩忽": ("玩忽", "玩忽"),
    "湿地": ("濕地", "濕地"),
    "折子戏": ("折子戲", "折子戲"),
    "马里": ("馬里", "馬里"),
    "个旧": ("個舊", "個舊"),
    "家具": ("家具", "家具"),
    "准入": ("准入", "准入"),
    "里耶": ("里耶", "里耶"),
    "周例会": ("週例會", "週例會"),
}
