"""What a question asks about, as terms: how much each weighs, and under which other names it goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.words import Alternatives, WordIndex, terms_of

_REMEMBERED = 16_384
"""Texts whose terms are kept: the sentences of the articles that are asked about most."""


@lru_cache(maxsize=_REMEMBERED)
def terms_in(text: str) -> frozenset[str]:
    """Return the terms of a sentence or a heading."""
    return frozenset(terms_of(text))


@dataclass(frozen=True, slots=True)
class Asked:
    """The terms of a question with their weights, and the other names of what they name."""

    weights: Mapping[str, float]
    """Inverse document frequency by term."""
    alternatives: tuple[Alternatives, ...] = ()

    def share(self, terms: Collection[str]) -> float:
        """Return the share of the weight of the question's terms that ``terms`` contain, 0 to 1.

        A term is contained under any of its names.
        """
        total = sum(self.weights.values())
        if not total:
            return 0.0
        have = set(terms)
        covered = {term for term in self.weights if term in have}
        covered.update(
            term for one in self.alternatives if _names_any(one.others, have) for term in one.terms
        )
        return sum(weight for term, weight in self.weights.items() if term in covered) / total

    def names(self, side: str, terms: Collection[str]) -> bool:
        """Whether ``terms`` name ``side``, a part of the question, under any of its names."""
        own, have = terms_in(side), set(terms)
        if not own or own <= have:
            return bool(own)
        return any(
            own <= set(one.terms) and _names_any(one.others, have) for one in self.alternatives if one.terms
        )


def asked_of(words: WordIndex, terms: Collection[str], alternatives: Collection[Alternatives] = ()) -> Asked:
    """Return what a question with these terms asks about."""
    return Asked(words.weights(dict.fromkeys(terms)), tuple(alternatives))


def _names_any(names: Collection[tuple[str, ...]], terms: set[str]) -> bool:
    return any(set(name) <= terms for name in names if name)
