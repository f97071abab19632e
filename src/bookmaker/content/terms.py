"""Words with Traditional forms of their own, as plans and `names.toml` list them: `"好干部" = "好幹部"`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator

from bookmaker.content.schema import Lines, Path, Record, line_of
from bookmaker.content.source import Source
from bookmaker.problems import Place, Problem
from bookmaker.script.han import is_han
from bookmaker.script.scripts import Script


class TermForms(Record):
    """A word's forms for Taiwan and Hong Kong; one that is left out is converted as usual."""

    tw: str = ""
    hk: str = ""

    def form(self, script: Script) -> str:
        """The form in a script; empty if it has none of its own."""
        return {Script.HANT_TW: self.tw, Script.HANT_HK: self.hk}.get(script, "")


def _one_for_both(value: Any) -> Any:
    """`"好幹部"` is as good as `{ tw = "好幹部", hk = "好幹部" }`."""
    return {"tw": value, "hk": value} if isinstance(value, str) else value


#: Word in the sources → its Traditional forms.
Terms: TypeAlias = Mapping[str, Annotated[TermForms, BeforeValidator(_one_for_both)]]


def length_problems(word: str, forms: Iterable[str], place: Place) -> Iterator[Problem]:
    """A problem for every form that is not as long as its word; an empty one is none."""
    for form in dict.fromkeys(forms):
        if form and len(form) != len(word):
            what = f"“{form}” is not as long as “{word}”"
            yield Problem(place, "bad-value", what, "other words go into [traditional.glossary] of a plan")


def term_problems(terms: Terms, path: Path, source: Source, lines: Lines) -> Iterator[Problem]:
    """What is wrong with protected terms: they are Chinese characters, and stay as long as they were."""
    for word, forms in terms.items():
        place = source.place(line_of((*path, word), lines))
        if not is_han(word):
            what = f"the term “{word}” is not Chinese characters alone"
            yield Problem(place, "bad-value", what, "protect the Chinese part; all else stays as it is anyway")
        elif not forms.tw and not forms.hk:
            yield Problem(place, "bad-value", f"the term “{word}” has no form", _forms_hint(word))
        yield from length_problems(word, (forms.tw, forms.hk), place)


def glossary_problems(glossary: Terms, path: Path, source: Source, lines: Lines) -> Iterator[Problem]:
    """What is wrong with a glossary: an empty word, or one without a form."""
    for word, forms in glossary.items():
        if not word.strip() or not (forms.tw or forms.hk):
            place = source.place(line_of((*path, word), lines))
            yield Problem(place, "bad-value", f"the word “{word}” has no form", _forms_hint(word))


def _forms_hint(word: str) -> str:
    return f'write "{word}" = "…", or {{ tw = "…", hk = "…" }}'
