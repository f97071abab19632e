"""The words of a newspaper's forms in Traditional characters: patterns are written once, in Simplified ones."""

_SIMPLE = str.maketrans(
    "訊報記員攝圖聯電責編輯對據轉續緊見習實評論專訪綜觀導詳線視聞網臺時間區縣長書讀簡要覽動態資於與會總統籌劃設計審閱組鏡"
    "頭邊後來開場錄調採親們個說話題號層樓務處關館廠鎮鄉黨團體協義經濟農漁業陳黃張劉楊趙吳鄭馮蔣韓許呂嚴華魏陶謝鄒竇蘇"
    "潘範魯韋馬鳳費賀湯羅畢齊顧傅龐藍項閔婁駱鐘盧鄧單龍葉謬喬陰應賈饒鞏聶盛廣東歐師獲悉顯圍繞問",
    "讯报记员摄图联电责编辑对据转续紧见习实评论专访综观导详线视闻网台时间区县长书读简要览动态资于与会总统筹划设计审阅组镜"
    "头边后来开场录调采亲们个说话题号层楼务处关馆厂镇乡党团体协义经济农渔业陈黄张刘杨赵吴郑冯蒋韩许吕严华魏陶谢邹窦苏"
    "潘范鲁韦马凤费贺汤罗毕齐顾傅庞蓝项闵娄骆钟卢邓单龙叶谬乔阴应贾饶巩聂盛广东欧师获悉显围绕问",
)


def in_simple(text: str) -> str:
    """A text of the same length in which the patterns also find the Traditional forms of their words."""
    return text.translate(_SIMPLE)
