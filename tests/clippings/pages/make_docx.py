"""Write report.docx, the Word page of the suite, anew: the same bytes on any day."""

import datetime
import io
import zipfile
from pathlib import Path

from docx import Document
from docx.document import Document as Manuscript
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

DAY = datetime.datetime(2026, 4, 18, 8, 0, 0, tzinfo=datetime.UTC)
FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)

# (style of Word, text)
LEAD = (
    ("Title", "云泽老火车站变身铁路主题书城"),
    ("Subtitle", "百年站房保留候车长椅与售票窗口 预计“五一”开放"),
    ("Normal", "记者 谷雨晴 通讯员 铁磊"),
    (
        "Normal",
        "4月17日，云泽市老火车站改造项目通过竣工验收。这座建于1921年、停用了十四年的站房，将以铁路主题书城的面貌与市民重新见面。"
        "记者从项目建设方云泽文旅投资公司获悉，书城总面积5200平方米，藏书12万册，预计“五一”假期对外开放。",
    ),
    ("Heading 1", "修旧如旧，留住老站的“骨头”"),
    (
        "Normal",
        "走进站房，抬头可见十二榀木屋架。施工单位云泽古建公司项目经理解立群说，屋架中有三榀已经糟朽，"
        "工人用同样的杉木、同样的榫卯重新做了一遍，“钉子没有多用一颗”。候车大厅的三十六条长椅、七个售票窗口和一座挂钟，全部留在原处。",
    ),
    ("Caption", "修缮后的候车大厅。铁磊 摄"),
)
REVISED = (
    ("kept", "挂钟停在2012年3月31日18时05分，那是最后一趟列车离站的时刻。有人建议修好它，"),
    ("deleted", "设计师没有表态，"),
    ("inserted", "设计师却坚持让它停着，"),
    ("kept", "“走进来的人，会自己想起那一天”。"),
)
REST = (
    ("Heading 1", "以书为媒，让老站“再发车”"),
    (
        "Normal",
        "书城由四节退役车厢和站房连成一体：车厢里是儿童绘本馆、咖啡座和旧书交换站，站台上每周六举办露天读书会。"
        "云泽市文化和旅游局副局长方若兰介绍，书城的运营收入将有一成用于乡村学校图书室建设，首批已确定26所学校。",
    ),
    (
        "Normal",
        "在这里工作了三十三年的老站长郎国栋，被聘为书城的“名誉站长”。他的任务是每天上午10时，在站台上吹响第一声哨子。"
        "“从前哨子一响，送走的是旅客；现在哨子一响，迎来的是读者。”郎国栋说，他把攒了半辈子的五百多张旧车票也捐给了书城。",
    ),
)
BOX = (
    ("Heading 1", "新闻链接"),
    ("Normal", "云泽老火车站1921年落成，1958年扩建，高峰时每日停靠旅客列车34趟；2012年新站启用后停止办理客运业务。"),
)
SECOND = (
    ("Title", "四月云泽三条旅游专列开行"),
    (
        "Normal",
        "本报讯（记者 闻涛）记者日前从云泽车务段获悉，4月25日起，云泽将开行至北岸、江口、梅屿方向的三条旅游专列，"
        "每逢周末往返，途中设置赏花、品茶、听曲三种主题车厢，票价与普通列车相同。",
    ),
    (
        "Normal",
        "车务段客运科科长靳海波表示，专列采用“慢车”模式，沿途停靠11个小站，让游客下车走一走、看一看。首趟列车的1180张车票已售出九成。",
    ),
)


def main() -> None:
    (Path(__file__).parent / "report.docx").write_bytes(with_fixed_dates(page()))


def page() -> Manuscript:
    """The manuscript: a lead story with a revision and a framed box, then a second story."""
    manuscript = Document()
    properties = manuscript.core_properties
    properties.author, properties.title = "云泽日报编辑部", "云泽日报 2026-04-18 第4版"
    properties.created = properties.modified = DAY
    add(manuscript, LEAD)
    paragraph = manuscript.add_paragraph()
    for fate, text in REVISED:
        revise(paragraph, fate, text)
    add(manuscript, REST)
    cell = manuscript.add_table(rows=1, cols=1).cell(0, 0)
    cell.paragraphs[0].text, cell.paragraphs[0].style = BOX[0][1], manuscript.styles[BOX[0][0]]
    cell.add_paragraph(BOX[1][1])
    add(manuscript, SECOND)
    return manuscript


def add(manuscript: Manuscript, paragraphs: tuple[tuple[str, str], ...]) -> None:
    for style, text in paragraphs:
        manuscript.add_paragraph(text, style=style)


def revise(paragraph: Paragraph, fate: str, text: str) -> None:
    """Add a run that was kept, inserted or deleted with Word's tracking of changes on (ECMA-376 17.13.5)."""
    run = paragraph.add_run(text)._r
    if fate == "kept":
        return
    change = OxmlElement("w:ins" if fate == "inserted" else "w:del")
    change.set(qn("w:id"), "1" if fate == "inserted" else "2")
    change.set(qn("w:author"), "编辑")
    change.set(qn("w:date"), "2026-04-18T08:00:00Z")
    if fate == "deleted":
        run.find(qn("w:t")).tag = qn("w:delText")
    run.addprevious(change)
    change.append(run)


def with_fixed_dates(manuscript: Manuscript) -> bytes:
    """The document's bytes, every entry of the archive dated alike: python-docx 1.2.0 takes the clock."""
    written, fixed = io.BytesIO(), io.BytesIO()
    manuscript.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, FIRST_DAY_OF_ZIP)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, source.read(name))
    return fixed.getvalue()


if __name__ == "__main__":
    main()
