"""The scripts a volume can be issued in, as BCP 47 language tags (EPUB 3.3, PDF/UA-1 §7.2)."""

from enum import StrEnum


class Script(StrEnum):
    """One way of writing Chinese; the value is the language tag of everything set in it."""

    HANS = "zh-Hans"
    HANT_TW = "zh-Hant-TW"
    HANT_HK = "zh-Hant-HK"

    @property
    def traditional(self) -> bool:
        return self is not Script.HANS
