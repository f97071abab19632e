"""What a Chinese character is."""


def is_han(text: str) -> bool:
    """True for Chinese characters alone (Unified Ideographs and their extensions, 〇)."""
    return bool(text) and all("\u3400" <= c <= "\u9fff" or c >= "\U00020000" or c in "〇々" for c in text)
