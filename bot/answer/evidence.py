"""How well the passages found bear on a question: the signals, and the confidence they add up to."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.answer.ranking import Candidate
from bot.answer.sections import ReadSection, terms_of_section
from bot.question.asked import Asked, terms_in
from bot.question.forms import Mention
from bot.question.strangers import Stranger, stands_alone, strangers_in
from index.search import Index
from index.words import fold_spelling

_READ = 3
"""Sections whose words count as covering the question."""
_MANY = 2
"""Rare words from which on more of them make no difference."""
_OTHER_CANCER = re.compile(
    r"\b(anal|bile duct|bladder|blood|bone|bowel|brain|cervical|colon|colorectal|endometrial|o?esophageal|"
    r"eye|gall ?bladder|gastric|head and neck|kidney|laryngeal|liver|lung|mouth|nasal|oral|ovarian|ovary|"
    r"pancreas|pancreatic|penile|prostate|rectal|renal|skin|spinal|stomach|testicular|throat|thyroid|tongue|"
    r"uterine|vaginal|vulval|womb)\s+(?:cancers?|tumou?rs?|carcinomas?)\b"
)
"""Cancers by where they begin: an article on another one answers little about them."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question; the numbers lie between 0 and 1."""

    score: float
    """Of the best passage, fused."""
    cosine: float
    """Of the nearest passage."""
    sentence_cosine: float
    """Of the nearest sentence."""
    key: float
    """How near the nearest section's keys are, the other ways to ask for it."""
    coverage: float
    """Share of the weight of the question's terms that the best sections contain, under any name."""
    headed: float
    """Share of that weight that the headings of the best section contain."""
    strange: float
    """Rare words that no article has: 0 for none, 0.5 for one, 1 for more."""
    unknown_share: float
    """Words that no article has, rare or not, beside the number of the question's terms; at most 1."""
    foreign: bool
    """Whether the question is about something that has a name, and no article found has it: another
    cancer, or a medicine, gene, person or place. Then nothing answers it, however near."""
    strangers: tuple[Stranger, ...] = ()
    """Words of the question that no article contains."""

    @property
    def unknown(self) -> tuple[str, ...]:
        """Words of the question, as typed, that no article contains."""
        return tuple(one.word for one in self.strangers)

    @property
    def unknown_names(self) -> tuple[str, ...]:
        """Unknown words that look like names of drugs, genes, people or places."""
        return tuple(one.word for one in self.strangers if one.is_name)


def gather_evidence(
    index: Index,
    question: str,
    asked: Asked,
    sections: Sequence[ReadSection],
    ranked: Sequence[Candidate],
    mentions: Sequence[Mention] = (),
) -> Evidence:
    """Return the signals for ``question`` from the sections read, best first, and their sentences.

    ``mentions`` are the terms of the glossary that the question names.
    """
    covered = frozenset[str]().union(*map(terms_of_section, sections[:_READ]))
    strangers = strangers_in(index, question, asked.alternatives)
    rare = sum(one.is_rare for one in strangers)
    alone = stands_alone(question, strangers, mentions)
    return Evidence(
        score=max((section.found for section in sections), default=0.0),
        cosine=max((section.cosine for section in sections), default=0.0),
        sentence_cosine=max((candidate.cosine for candidate in ranked), default=0.0),
        key=max((section.key for section in sections), default=0.0),
        coverage=asked.share(covered),
        headed=asked.share(terms_in(" ".join(sections[0].headings))) if sections else 0.0,
        strange=min(rare, _MANY) / _MANY,
        unknown_share=min(1.0, len(strangers) / max(1, len(asked.weights))),
        foreign=alone or _names_other_cancer(question, sections),
        strangers=strangers,
    )


SIGNALS = ("score", "sentence_cosine", "key", "coverage", "headed", "strange", "unknown_share")
"""Names of the signals, in the order of ``signals_of``."""


def signals_of(evidence: Evidence) -> tuple[float, ...]:
    """Return the signals as numbers, in the order of ``SIGNALS``."""
    return tuple(getattr(evidence, name) for name in SIGNALS)


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """A logistic model of the signals. ``eval.fit_confidence`` fits it on development cases."""

    bias: float
    score: float
    sentence_cosine: float
    key: float
    coverage: float
    headed: float
    strange: float
    unknown_share: float
    threshold: float
    """Confidence from which on a question is answered."""

    def confidence(self, evidence: Evidence) -> float:
        """Return the probability, 0 to 1, that the passages found answer the question."""
        if evidence.foreign:
            return 0.0
        weights: tuple[float, ...] = tuple(getattr(self, name) for name in SIGNALS)
        z = self.bias + sum(w * signal for w, signal in zip(weights, signals_of(evidence), strict=True))
        return 1 / (1 + math.exp(-z))


def _names_other_cancer(question: str, sections: Sequence[ReadSection]) -> bool:
    """Whether the question names a cancer by where it begins that none of the sections names."""
    text = fold_spelling(
        " ".join(
            " ".join((*section.headings, *(line.text for line in section.lines))) for section in sections
        )
    )
    named = _OTHER_CANCER.finditer(fold_spelling(question))
    return any(f"{one.group(1)} cancer" not in text and one.group() not in text for one in named)


@cache
def bundled_model() -> ConfidenceModel:
    """Return the confidence model that was fitted on the development cases."""
    with Path(__file__).with_name("confidence.toml").open("rb") as file:
        return ConfidenceModel(**tomllib.load(file))
