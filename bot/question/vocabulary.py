"""What the glossary of an index says of the words of a question: right spellings and other names."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property, lru_cache

from bot.question.expansion import Searched, expanded
from bot.question.forms import Forms, Mention, word_list
from bot.question.slips import Slips
from bot.question.spelling import Speller
from bot.question.strangers import looks_like_medicine
from corpus.glossary import Glossary, TermKind
from index.search import Index
from index.words import Alternatives, terms_of

_REMEMBERED = 20_000
_MENTIONS_REMEMBERED = 512
_NUMBERED = re.compile(r"([A-Z]{3,})\d")
_INCIDENTAL = frozenset({TermKind.WORD, TermKind.PERSON})
"""Terms that people name while they speak of something else."""
_SUBJECTS = frozenset(
    {TermKind.DRUG, TermKind.DRUG_CLASS, TermKind.GENE, TermKind.MARKER, TermKind.TEST, TermKind.SUBTYPE}
)
_HARMS = frozenset({TermKind.SIDE_EFFECT, TermKind.SYMPTOM})
_TOPICS = (
    _SUBJECTS
    | _HARMS
    | {TermKind.RECEPTOR, TermKind.TREATMENT, TermKind.TRIAL, TermKind.CARE, TermKind.BODY, TermKind.WORD}
)
"""Terms that a talk can be about."""
_TOO_WIDE = frozenset(
    """
    blood cancer drug drugs gene genes medicine medicines pill pills side-effects tablet tablets treatment
    treatments tumour tumor
    """.split()
)
"""Words that everything here is about, so that they are nobody's topic."""
_SORTS = {
    **dict.fromkeys((TermKind.DRUG, TermKind.DRUG_CLASS), "drug"),
    **dict.fromkeys((TermKind.GENE, TermKind.MARKER, TermKind.RECEPTOR, TermKind.SUBTYPE), "kind of cancer"),
    **dict.fromkeys((TermKind.SIDE_EFFECT, TermKind.SYMPTOM), "harm"),
    TermKind.WORD: "matter",
}
"""Kinds of terms that can take each other's place in a question."""


class Vocabulary:
    """The words of one index; without a glossary it leaves every question as it is."""

    def __init__(self, index: Index) -> None:
        everyday = lru_cache(maxsize=_REMEMBERED)(index.is_everyday)

        def is_right(word: str) -> bool:
            return all(map(index.words.known, terms_of(word))) or everyday(word)

        self._is_right = is_right
        self.glossary: Glossary = index.content.glossary()
        self._speller = Speller(self.glossary, is_right, everyday)
        forms = Forms(self.glossary, everyday)
        # Every turn of a talk is read again at the next one.
        self._mentions = lru_cache(maxsize=_MENTIONS_REMEMBERED)(forms.mentions)
        named = {word for form in self.glossary.forms for word in word_list(form)}
        self._slips = Slips(
            index.everyday_words,
            is_right=lambda word: word in named or is_right(word) or looks_like_medicine(word),
            is_told=lambda word: all(map(index.words.known, terms_of(word))),
        )

    def repaired(self, text: str) -> str:
        """Return ``text`` with misspelt terms of the glossary as they are written."""
        return self._speller.repaired(text) if self.glossary.terms else text

    def mentions(self, text: str) -> list[Mention]:
        """Return the terms of the glossary that ``text`` names, from left to right."""
        return list(self._mentions(text))

    def weight(self, sentence: str) -> float:
        """Return how many things that the articles may be about ``sentence`` names."""
        return float(sum(mention.term.kind not in _INCIDENTAL for mention in self.mentions(sentence)))

    def topics(self, text: str) -> list[tuple[int, int, str]]:
        """Return where ``text`` names what a talk can be about, and of which sort each thing is."""
        return [
            (one.start, one.end, _SORTS.get(one.term.kind, one.term.kind.value))
            for one in self.mentions(text)
            if one.term.kind in _TOPICS and one.form.lower() not in _TOO_WIDE
        ]

    def groups(self, text: str) -> frozenset[str]:
        """Return the sorts of things that ``text`` names; what can take each other's place is of one sort."""
        return frozenset(_SORTS.get(one.term.kind, one.term.kind.value) for one in self.mentions(text))

    def names_subject(self, text: str) -> bool:
        """Whether ``text`` names a drug, a gene, a test or the like."""
        return any(one.term.kind in _SUBJECTS for one in self.mentions(text))

    def drugs(self, text: str) -> list[str]:
        """Return the drugs that ``text`` names, in order, each once, as written."""
        named = {
            one.term.name: one for one in reversed(self.mentions(text)) if one.term.kind is TermKind.DRUG
        }
        return [text[one.start : one.end] for one in sorted(named.values(), key=lambda one: one.start)]

    @cached_property
    def drug_terms(self) -> frozenset[str]:
        """The terms by which the articles name drugs."""
        forms = (form for term in self.glossary.of_kind(TermKind.DRUG) for form in term.forms)
        return frozenset(term for form in forms for term in terms_of(form))

    def searched(self, question: str) -> Searched:
        """Return what to look for in the articles for ``question``."""
        mended = self._slips.mended(question)
        searched = expanded(mended, self.mentions(mended))
        families = [
            Alternatives(tuple(terms_of(word)), self._families[word])
            for word in dict.fromkeys(word_list(mended))
            if word in self._families and not self._is_right(word)
        ]
        return replace(searched, alternatives=(*searched.alternatives, *families))

    @cached_property
    def _families(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The terms of the names that begin with the same letters before a number, by these letters.

        People shorten such names to their letters: "CDK" for "CDK4/6".
        """
        families: dict[str, dict[tuple[str, ...], None]] = {}
        forms = (form for term in self.glossary.terms.values() for form in term.forms)
        for name in dict.fromkeys(name for form in forms for name in form.split()):
            if match := _NUMBERED.match(name):
                families.setdefault(match.group(1).lower(), {})[tuple(terms_of(name))] = None
        return {letters: tuple(names) for letters, names in families.items()}
