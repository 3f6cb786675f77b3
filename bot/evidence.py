"""How well the passages found bear on a question: the signals, and the confidence they add up to."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.search import Hit, Index
from index.words import fold_spelling, terms_of

_READ = 3
"""Passages whose words count as covering the question."""
_KIND_OF = re.compile(
    r"\b([a-z][a-z-]{2,})\s+(cancers?|tumou?rs?|carcinomas?|leuk\w+|lymphomas?|sarcomas?|melanomas?|diseases?|"
    r"transplants?|surgery|vaccines?|insurance)\b"
)
_NOT_A_KIND = frozenset(
    """
    the this that these those my your our his her their any some all most many no a an of for with
    from to and or metastatic advanced secondary primary early recurrent spread common rare new old
    other same different about treat treating treats have has having get getting when what which how
    why does can could will would cure cures cause causes stop fight kill kills beat slow shrink
    against after before during every each such certain
    """.split()
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question; the numbers lie between 0 and 1."""

    cosine: float
    """Of the best passage."""
    sentence_cosine: float
    """Of the best sentence."""
    coverage: float
    """Share of the weight of the question's terms that the best passages contain."""
    words: float
    """Attainable share of the BM25 score of the best passage."""
    foreign: bool
    """Whether the question names a kind ("lung cancer") that no passage found names: then no passage
    answers it, however near."""
    unknown: tuple[str, ...]
    """Words of the question, as typed, that no article contains."""

    @property
    def unknown_names(self) -> tuple[str, ...]:
        """Unknown words that look like names of drugs, genes or places."""
        return tuple(
            word for word in self.unknown if any(c.isdigit() for c in word) or word[1:] != word[1:].lower()
        )


def gather_evidence(index: Index, question: str, hits: Sequence[Hit], best_sentence: float) -> Evidence:
    """Return the signals for ``question`` from its hits, best first."""
    terms = list(dict.fromkeys(terms_of(question)))
    weights = index.words.weights(terms)
    read = hits[:_READ]
    covered = {term for hit in read for term in terms_of(hit.passage.embedded_text)}
    total = sum(weights.values())
    return Evidence(
        cosine=max((hit.cosine for hit in hits), default=0.0),
        sentence_cosine=best_sentence,
        coverage=sum(weight for term, weight in weights.items() if term in covered) / total if total else 0.0,
        words=max((hit.words for hit in hits), default=0.0),
        foreign=_names_foreign_kind(question, hits),
        unknown=tuple(_unknown_words(index, question)),
    )


SIGNALS = ("cosine", "sentence_cosine", "coverage", "words")
"""Names of the signals, in the order of ``signals_of``."""


def signals_of(evidence: Evidence) -> tuple[float, ...]:
    """Return the signals as numbers, in the order of ``SIGNALS``."""
    return (evidence.cosine, evidence.sentence_cosine, evidence.coverage, evidence.words)


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """A logistic model of the signals. ``eval.fit_confidence`` fits it on development cases."""

    bias: float
    cosine: float
    sentence_cosine: float
    coverage: float
    words: float
    threshold: float
    """Confidence from which on a question is answered."""

    def confidence(self, evidence: Evidence) -> float:
        """Return the probability, 0 to 1, that the passages found answer the question."""
        if evidence.foreign:
            return 0.0
        weights: tuple[float, ...] = tuple(getattr(self, name) for name in SIGNALS)
        z = self.bias + sum(w * signal for w, signal in zip(weights, signals_of(evidence), strict=True))
        return 1 / (1 + math.exp(-z))


def _names_foreign_kind(question: str, hits: Sequence[Hit]) -> bool:
    text = fold_spelling(" ".join(hit.passage.embedded_text for hit in hits))
    for kind, noun in _KIND_OF.findall(fold_spelling(question)):
        if kind not in _NOT_A_KIND and f"{kind} {noun.rstrip('s')}" not in text:
            return True
    return False


def _unknown_words(index: Index, question: str) -> list[str]:
    words = dict.fromkeys(word.strip("-'’") for word in re.findall(r"[\w'’-]+", question))
    unknown = []
    for word in words:
        terms = terms_of(word)
        if len(word) > 2 and terms and not any(index.words.known(term) for term in terms):
            unknown.append(word)
    return unknown
