"""Repairing misspelt drug names and hard terms; a right word is never touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.question.forms import WORD, by_words, joined, word_list
from corpus.glossary import Glossary, Term, TermKind

_LEAST = 5
"""Letters from which on a word is compared with the glossary's; shorter ones resemble too much."""
_LONG = 9
"""Letters from which on two slips are allowed in a word; one below."""
_OTHER_START = 7
"""Letters from which on the first one may be the slip."""
_ENDING = 4
"""Letters of a drug's name that tell what kind of drug it is, as "-inib"."""
_LONG_ORDINARY = 8
"""Letters from which on a word of everyday English is one that others are taken for slips of."""
_INFLECTIONS = ("s", "es", "ed", "ing", "y", "ly", "ness", "able", "ish", "less", "ful")
_SHORTEST_BASE = 3
_SAME_FORM = 0.5
"""Share of letters up to which a listed slip may differ from the form that it is a slip of."""
_CLEAR = 2
"""How many slips further away a second drug must be."""


class Speller:
    """Repairs words against a glossary.

    ``is_right`` says whether a word in small letters is a right one, ``is_ordinary`` whether it is one
    of everyday English; the words of the glossary's own forms are right ones besides. An everyday word
    is near to many others, so a word is taken for a slip of one only if it is long or if two of its
    letters changed places. Without a glossary nothing is repaired.
    """

    def __init__(
        self, glossary: Glossary, is_right: Callable[[str], bool], is_ordinary: Callable[[str], bool]
    ) -> None:
        self._is_right = is_right
        self._is_ordinary = is_ordinary
        self._listed = by_words(glossary.misspellings)
        self._longest = max(map(len, self._listed), default=0)
        self._right_phrases = set(by_words(glossary.forms))
        self._written = _written_words(glossary.terms.values())
        self._targets = [word for word in self._written if len(word) >= _LEAST and word.isalpha()]
        drugs = glossary.of_kind(TermKind.DRUG)
        self._drug_words = {word for term in drugs for form in term.forms for word in word_list(form)}
        self._endings = _common_endings(self._drug_words)
        self._repair = lru_cache(maxsize=4096)(self._nearest)

    def repaired(self, text: str) -> str:
        """Return ``text`` with misspelt terms as the glossary writes them, all else as it was."""
        words = list(WORD.finditer(text))
        pieces: list[str] = []
        done = n = 0
        while n < len(words):
            right, count = self._at(text, words, n)
            if right is not None:
                pieces += [text[done : words[n].start()], right]
                done = words[n + count - 1].end()
            n += count
        return "".join([*pieces, text[done:]])

    def _at(self, text: str, words: list[re.Match[str]], first: int) -> tuple[str | None, int]:
        """Return what is right instead of the words from ``first`` on, and how many words that were."""
        for count in range(min(self._longest, len(words) - first), 0, -1):
            run = words[first : first + count]
            key = tuple(word.group().lower() for word in run)
            term = self._listed.get(key)
            if term and key not in self._right_phrases and joined(text, run) and self._wrong(key):
                right = _nearest_form(" ".join(key), term)
                if right is not None:
                    return _cased(right, text[run[0].start() : run[-1].end()]), count
        typed = words[first].group()
        repaired = self._repair(typed.lower())
        return (_cased(repaired, typed) if repaired else None), 1

    def _wrong(self, key: tuple[str, ...]) -> bool:
        return len(key) > 1 or key[0] not in self._written

    def _nearest(self, word: str) -> str | None:
        """Return the one word of the glossary that ``word`` is a slip of, as it is written."""
        if len(word) < _LEAST or not word.isalpha() or self._known(word):
            return None
        near = process.extract(
            word, self._targets, scorer=OSA.distance, score_cutoff=2 + _CLEAR, limit=6, processor=None
        )
        if not near:
            return None
        best, distance, _ = near[0]
        is_drug = best in self._drug_words
        if not _resembles(word, best, int(distance), strict=is_drug) or self._another_drug(word, best):
            return None
        if not is_drug and self._too_common(word, best):
            return None
        clear = distance + (_CLEAR if is_drug else 1)
        if any(far < clear and not _same_word(best, other) for other, far, _ in near[1:]):
            return None
        right = self._written[best]
        return f"{right}s" if word.endswith("s") and not best.endswith("s") else right

    def _known(self, word: str) -> bool:
        """Whether ``word`` or what it is a form of is a right word."""
        if any(base in self._written or self._is_right(base) for base in _bases(word)):
            return True
        return any(f"{word}{ending}" in self._written for ending in ("d", "r"))

    def _too_common(self, word: str, best: str) -> bool:
        swapped = sorted(word) == sorted(best)
        return len(best) < _LONG_ORDINARY and not swapped and self._is_ordinary(best)

    def _another_drug(self, word: str, best: str) -> bool:
        """Whether ``word`` ends like other drugs than ``best``: then it names a drug of its own."""
        ending = word[-_ENDING:]
        return best in self._drug_words and ending in self._endings and ending != best[-_ENDING:]


def _resembles(word: str, right: str, distance: int, *, strict: bool) -> bool:
    shorter = min(len(word), len(right))
    if distance > (2 if shorter >= _LONG else 1) or (strict and abs(len(word) - len(right)) > 1):
        return False
    return word[0] == right[0] or (distance == 1 and shorter >= _OTHER_START)


def _bases(word: str) -> Iterator[str]:
    """Yield ``word`` and the words that it may be a form of."""
    yield word
    for ending in _INFLECTIONS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= _SHORTEST_BASE:
            yield base
            yield f"{base}e"
            if base[-1] == base[-2]:
                yield base[:-1]
            if base[-1] == "i":
                yield f"{base[:-1]}y"


def _same_word(one: str, other: str) -> bool:
    """Whether two words differ by their ending alone, as singular and plural do."""
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter[: max(_LEAST - 1, len(shorter) - 2)]) and len(longer) - len(shorter) <= 3


def _written_words(terms: Iterable[Term]) -> dict[str, str]:
    """Return every word of the right forms by its small letters, with as few capitals as it is found."""
    written: dict[str, str] = {}
    for term in terms:
        for form in term.forms:
            for word in WORD.findall(form):
                key = word.lower()
                if key not in written or _capitals(word) < _capitals(written[key]):
                    written[key] = word
    return written


def _capitals(word: str) -> int:
    return 0 if word.islower() else sum(letter.isupper() for letter in word)


def _common_endings(drug_words: Iterable[str]) -> frozenset[str]:
    endings = [word[-_ENDING:] for word in drug_words if len(word) > _ENDING + 2]
    return frozenset(ending for ending in endings if endings.count(ending) > 1)


def _nearest_form(wrong: str, term: Term) -> str | None:
    """Return the form that ``wrong`` is a slip of, or None if it is a slip of one word of a form."""

    def distance(form: str) -> tuple[int, float]:
        words = word_list(form)
        return abs(len(words) - len(wrong.split())), OSA.normalized_distance(wrong, " ".join(words))

    right = min(term.forms, key=distance)
    return right if distance(right)[1] <= _SAME_FORM else None


def _cased(right: str, typed: str) -> str:
    if typed.isupper() and len(typed) > 1 and not any(map(str.isupper, right)):
        return right.upper()
    if typed[:1].isupper() and right[:1].islower():
        return right[:1].upper() + right[1:]
    return right
