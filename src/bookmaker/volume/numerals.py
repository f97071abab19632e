"""Numbers as a book counts by them: chapters and dates in Chinese characters, the front matter in roman figures."""

_DIGITS = "〇一二三四五六七八九"
#: Enough for front matter.
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def chinese_number(number: int) -> str:
    """1 to 999 as one says it: 一, 十, 十一, 二十, 一百零二."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not number else "")


def chinese_year(year: int) -> str:
    """A year digit by digit: 二〇二六."""
    return "".join(_DIGITS[int(digit)] for digit in str(year))


def roman_number(number: int) -> str:
    """In small roman figures: xiv."""
    found = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        found += sign * count
    return found
