"""Characters that are written or read for one another."""

from bookmaker.script.vocabulary import listed

#: Characters of names that are taken for each other by eye (typing, OCR), or sound the same.
NAME_TWINS = listed(
    "盂孟 祁祈 亳毫 睢雎 沁泌 鹄鸪 绛降 忻沂析 汾份 峙崎 潞璐 阳扬杨 梗硬 娄楼 迎仰 徐除 尧兖 玮炜伟纬 钰玉珏 婧靖 "
    "晨辰 昊吴 曦羲 晗含 烨晔 斌彬 皓浩 琪淇琦 俊峻骏竣 栋拣 洋祥 瑞端 鑫金 慧惠 莹萤 璐露 锋峰烽 宏洪红鸿 建健 志智 "
    "永咏泳 涛焘 刚钢 军君均 辉晖 敏闽 铨栓 燕雁 颖颍 冶治 侯候 佑祐 末未 己巳已 戊戌戍 土士 干千 太大 日曰 泽译择 "
    "崇祟 冷泠 昌晶 莱菜 宾滨 园圆 潇萧"
)
