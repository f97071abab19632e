"""What an editor should look at in an imported article, in Chinese, for the `note` of its header."""

from collections.abc import Iterator

from bookmaker.clippings.batch import Imported
from bookmaker.clippings.model import Guess, Story

_FIELDS = {
    "kicker": "引题",
    "title": "标题",
    "subtitle": "副题",
    "column": "栏目",
    "dateline": "电头",
    "date": "日期",
    "bylines": "署名",
    "caption": "图片说明",
    "heading": "小标题",
}
#: More of one kind say no more.
_MOST = 12
_PLACES = 4


def note_of(article: Imported) -> str:
    """All that is doubtful in an article, one sentence after another; empty where nothing is."""
    return "".join(dict.fromkeys([*_of_story(article.story), *_of_doubts(article), *_of_reprints(article)]))


def _of_story(story: Story) -> Iterator[str]:
    if story.is_pictures:
        yield "版面上只有图片和说明：补上图片后去掉draft。"
    if story.supplied:
        yield "题目为导入时所补：版面上没有这一篇的标题。"
    for guess in story.guesses:
        if guess.field == "jump":
            yield f"由两版拼接：接缝“{guess.value}”，后半篇在{_places(story)}。"
        elif guess.field == "title" and story.supplied:
            continue
        elif guess.doubtful:
            yield _sentence(guess)


def _places(story: Story) -> str:
    """Where the other parts stood."""
    return "、".join(
        f"{part.file}（{part.continued_from or '他版'}）" + (f"《{part.title}》" if not part.supplied else "")
        for part in story.continued
    )


def _sentence(guess: Guess) -> str:
    lines = _lines(guess.lines)
    match guess.field:
        case "junction":
            return f"{lines}的接缝“{guess.value}”是推断，请核。"
        case "truncated":
            return f"正文到“{guess.value}”处中断，版面上没有下文。"
        case _:
            name = _FIELDS.get(guess.field, guess.field)
            return (
                f"{name}“{guess.value}”（{lines}）是推断，请核。" if lines else f"{name}“{guess.value}”是推断，请核。"
            )


def _lines(lines: tuple[int, ...]) -> str:
    return f"第{'、'.join(map(str, lines[:4]))}行" if lines else ""


def _of_doubts(article: Imported) -> Iterator[str]:
    for doubt in article.doubts[:_MOST]:
        places = "、".join(f"{place.file}第{place.line}行" for place in doubt.places[:_PLACES])
        yield f"{doubt.what}（{places}）。"
    if len(article.doubts) > _MOST:
        yield f"另有{len(article.doubts) - _MOST}处存疑，见导入报告。"


def _of_reprints(article: Imported) -> Iterator[str]:
    for story in article.reprints:
        first = min((account.line for account in story.accounts), default=0)
        where = f"{story.file}第{first}行" if first else story.file
        yield f"又见{where}，题为《{story.title}》，未重复收入。"
