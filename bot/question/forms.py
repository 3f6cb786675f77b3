"""Where the forms of a glossary's terms stand in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from corpus.glossary import Glossary, Term
from index.words import fold_spelling

WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"\s{1,2}|[-/.'’+]?\Z|\s?[-/&+–]\s?|[.'’]")
_SHORTEST_PLURAL = 3
_SHORT_FORM = 5
"""Letters up to which a form in capitals alone may be an abbreviation that looks like a word."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A form of a term in a text."""

    term: Term
    form: str
    """The form as the glossary writes it."""
    start: int
    end: int


class Forms:
    """Finds every right form of a glossary's terms, in any case, singular or plural.

    ``is_ordinary`` says whether a word is a common one. An abbreviation in capitals that reads like
    such a word ("NICE", "FISH", "AI") is found in capitals alone, and not in a text all in capitals.
    """

    def __init__(self, glossary: Glossary, is_ordinary: Callable[[str], bool]) -> None:
        self._is_ordinary = is_ordinary
        self._by_words: dict[tuple[str, ...], list[tuple[str, Term]]] = {}
        for term in glossary.terms.values():
            for form in term.forms:
                if glossary.term_of(form) is term:
                    self._by_words.setdefault(_key(form), []).append((form, term))
        self._longest = max(map(len, self._by_words), default=0)

    def mentions(self, text: str) -> list[Mention]:
        """Return the forms in ``text`` from left to right, the longest first where two overlap."""
        words = list(WORD.finditer(text))
        singular = [_singular(word.group()) for word in words]
        shouted = text.isupper()
        found: list[Mention] = []
        n = 0
        while n < len(words):
            mention, used = self._at(text, words, singular, n, shouted=shouted)
            if mention:
                found.append(mention)
            n += used
        return found

    def _at(
        self,
        text: str,
        words: list[re.Match[str]],
        singular: list[str],
        first: int,
        *,
        shouted: bool,
    ) -> tuple[Mention | None, int]:
        for count in range(min(self._longest, len(words) - first), 0, -1):
            for form, term in self._by_words.get(tuple(singular[first : first + count]), ()):
                start, end = words[first].start(), words[first + count - 1].end()
                typed = text[start:end]
                if joined(text, words[first : first + count]) and self._fits(form, typed, shouted=shouted):
                    return Mention(term, form, start, end), count
        return None, 1

    def _fits(self, form: str, typed: str, *, shouted: bool) -> bool:
        if len(form) > _SHORT_FORM or not form.isalpha() or not form.isupper():
            return True
        if not self._is_ordinary(form.lower()):
            return True
        return typed == form and not shouted


def joined(text: str, words: list[re.Match[str]]) -> bool:
    """Whether nothing but spaces, hyphens and the like stands between ``words`` of ``text``."""
    gaps = (text[one.end() : two.start()] for one, two in pairwise(words))
    return all(_JOINED.fullmatch(gap) for gap in gaps)


def by_words(forms: Mapping[str, Term]) -> dict[tuple[str, ...], Term]:
    """Return the terms by the plain words of their forms, in small letters."""
    return {tuple(word_list(form)): term for form, term in forms.items()}


def word_list(text: str) -> list[str]:
    """Return the plain words of ``text`` in small letters."""
    return [word.group().lower() for word in WORD.finditer(text)]


def _key(form: str) -> tuple[str, ...]:
    return tuple(_singular(word) for word in WORD.findall(form))


def _singular(word: str) -> str:
    """Return a word in small letters, in one spelling, without a plural "s"."""
    plain = fold_spelling(word)
    return plain[:-1] if len(plain) > _SHORTEST_PLURAL and plain[-1] == "s" and plain[-2] != "s" else plain
