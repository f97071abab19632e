"""Characters in their context: OpenCC's choice, corrected by words, grammar, places, people and protected terms.

Each says more than the one before: a word more than a phrase of the table (`evidence.py`), a part of speech more
than a word (`grammar.py`), a place or a person more than these, and a protected term has the last word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bookmaker.script.evidence import by_words
from bookmaker.script.grammar import by_grammar
from bookmaker.script.lexicon import LEXICON
from bookmaker.script.people import SURNAMES, Person, find_people, has_candidates, in_name
from bookmaker.script.places import short_names, villages
from bookmaker.script.scripts import Script
from bookmaker.script.tables import REGIONS, is_traditional, opencc, phrases, several_forms
from bookmaker.script.terms import Authority, Protected, Term, Terms
from bookmaker.script.words import Segmenter, Word

#: In the place of protected terms, so that no phrase reaches over their edge.
_CUT = "\n"


#: Points of evidence that a likely name may lack.
_NEARLY = 1.0


class Reason(StrEnum):
    """Why a character was chosen against the table."""

    TERM = "term"
    PERSON = "person"
    PLACE = "place"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Choice:
    """A character for which the table's word was not taken: where, what the table says, what was chosen and why."""

    at: int
    simplified: str
    table: str
    chosen: str
    reason: Reason
    authority: Authority | None = None


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted text: for every Simplified character its form (empty inside a term of another length)."""

    source: str
    forms: tuple[str, ...]
    words: tuple[Word, ...] = ()
    choices: tuple[Choice, ...] = ()
    protected: tuple[Protected, ...] = ()

    @property
    def text(self) -> str:
        """The whole in the script."""
        return "".join(self.forms)


@dataclass(slots=True)
class _Draft:
    """A text while its forms are being chosen, and why each was that is not the table's."""

    text: str
    forms: list[str]
    reasons: dict[int, tuple[Reason, Authority | None]] = field(default_factory=dict)

    def choose(self, at: int, form: str, reason: Reason, authority: Authority | None = None) -> None:
        self.forms[at] = form
        self.reasons[at] = reason, authority


class Characters:
    """Simplified to Traditional characters of one script.

    `short` are characters that are also the short name of a place (并 for Taiyuan), where the words around say so.
    """

    def __init__(self, script: Script, terms: Iterable[Term] = (), *, short: Iterable[str] = ("并",)) -> None:
        self._script = script
        self._segmenter = Segmenter()
        self._terms = Terms([*terms, *_built_in(script)])
        self._short = frozenset(short)

    def with_terms(self, terms: Iterable[Term]) -> "Characters":
        """The same with more protected terms; itself if there are none."""
        more = list(terms)
        return Characters(self._script, [*more, *self._terms], short=self._short) if more else self

    @property
    def terms(self) -> Terms:
        """All protected terms."""
        return self._terms

    def _to_region(self, common: str) -> str:
        return opencc(REGIONS[self._script])(common)

    def knows(self, word: str) -> bool:
        """True for a protected term."""
        return word in self._terms

    def convert(self, text: str) -> Conversion:
        """The text in the script, with every choice that was made against the table."""
        if not text or text.isascii() or is_traditional(text):
            return Conversion(text, tuple(text))
        words, table = self._segmenter.words(text), self.by_table(text)
        protected = self._terms.find(text, words)
        common = list(by_words(_masked(text, protected), words, self._segmenter))
        for at, form in by_grammar(text, words):
            common[at] = form
        draft = _Draft(text, self._regional(text, "".join(common)))
        draft.reasons = {at: (Reason.WORDS, None) for at in range(len(text)) if draft.forms[at] != table[at]}
        self._places(draft, words)
        self._people(draft, words)
        self._settle(draft, protected)
        return Conversion(text, tuple(draft.forms), tuple(words), _choices(draft, table), tuple(protected))

    def people(self, text: str) -> list[str]:
        """Names of people in a text, surname and given name, that the table would write otherwise."""
        if not text or text.isascii():
            return []
        table = self.by_table(text)
        if not has_candidates(text, table):
            return []
        found = self._find_people(text, self._segmenter.words(text), table)
        return [text[person.start : person.end] for person in found if person.end - person.start > person.surname]

    def name(self, name: str) -> str:
        """The name of a person."""
        return in_name(name, self.by_table)

    def by_table(self, text: str) -> str:
        """What OpenCC's tables say of a text by itself."""
        return "".join(self._regional(text, opencc("s2t")(text)))

    def forms_of(self, character: str) -> tuple[str, ...]:
        """What a Simplified character may be in this script, the table's choice first."""
        return tuple(dict.fromkeys(map(self._to_region, several_forms().get(character, ()))))

    def _regional(self, text: str, common: str) -> list[str]:
        forms = list(self._to_region(common))
        if "蔘" in forms:
            # Hong Kong's table keeps the 蔘 of ginseng, which 常用字字形表 writes 參.
            forms = ["參" if form == "蔘" and old == "参" else form for old, form in zip(text, forms, strict=True)]
        return forms

    def likely_people(self, conversion: Conversion) -> list[Person]:
        """Names for which the evidence was not quite enough."""
        return self._find_people(conversion.source, list(conversion.words), conversion.forms, short_of=_NEARLY)

    def _find_people(
        self, text: str, words: list[Word], forms: Sequence[str], *, short_of: float = 0.0
    ) -> list[Person]:
        def differs(at: int, form: str) -> bool:
            return forms[at] != form

        known, phrase = self._segmenter.is_word, phrases().__contains__
        return list(find_people(text, words, differs, known, phrase, short_of=short_of))

    def _people(self, draft: _Draft, words: list[Word]) -> None:
        for person in self._find_people(draft.text, words, draft.forms):
            for at, form in enumerate(self.name(draft.text[person.start : person.end]), person.start):
                draft.choose(at, form, Reason.PERSON)

    def _places(self, draft: _Draft, words: list[Word]) -> None:
        for at in short_names(draft.text, words, self._short):
            draft.choose(at, draft.text[at], Reason.PLACE)
        for at, form in villages(draft.text, SURNAMES):
            draft.choose(at, form, Reason.PLACE)

    @staticmethod
    def _settle(draft: _Draft, protected: list[Protected]) -> None:
        """Put the terms in, whatever else was found there."""
        for hit in protected:
            forms = list(hit.term.form)
            if len(forms) != hit.end - hit.start:
                forms = [hit.term.form, *[""] * (hit.end - hit.start - 1)]
            for at, form in enumerate(forms, hit.start):
                draft.choose(at, form, Reason.TERM, hit.term.authority)


def _masked(text: str, protected: list[Protected]) -> str:
    for hit in protected:
        text = text[: hit.start] + _CUT * (hit.end - hit.start) + text[hit.end :]
    return text


def _choices(draft: _Draft, table: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(at, draft.text[at], table[at], draft.forms[at], reason, authority)
        for at, (reason, authority) in sorted(draft.reasons.items())
        if draft.forms[at] != table[at]
    )


def _built_in(script: Script) -> list[Term]:
    column = 0 if script is Script.HANT_TW else 1
    return [Term(word, forms[column], Authority.BUILT_IN) for word, forms in LEXICON.items()]
