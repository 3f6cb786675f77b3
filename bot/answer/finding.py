"""Finding what the articles have for a question, and what that is worth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.answer.evidence import ConfidenceModel, Evidence, gather_evidence
from bot.answer.ranking import Candidate, rank_sentences
from bot.answer.sections import AROUND, ReadSection, read_sections
from bot.question.asked import Asked, asked_of
from bot.question.expansion import Searched, expanded
from bot.question.intent import Intent, asks_for_names, intent_of, sides_of
from bot.question.thread import without_topic
from bot.question.vocabulary import Vocabulary
from bot.stages import Stages
from index.encoder import Vectors
from index.search import Hit, Index

_HITS = 12
_REMEMBERED = 8
"""Questions whose passages are kept in memory."""
_ITSELF = 0.5
"""Weight of what a follow-up says itself beside what it says with its topic."""
_MOST_AROUND = 10
"""Characters that may stand around a question where the whole message is taken for it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the search brought for a question, and what it is worth."""

    hits: tuple[Hit, ...]
    asked: Asked
    intent: Intent
    sections: tuple[ReadSection, ...]
    """The best sections among the hits, whole; ``ranked`` are their sentences."""
    ranked: tuple[Candidate, ...]
    drugs: tuple[str, ...]
    """The drugs that the question names, as typed."""
    evidence: Evidence
    confidence: float


class Finder:
    """Looks for questions in one index; what was looked for last is remembered."""

    def __init__(self, index: Index, vocabulary: Vocabulary, model: ConfidenceModel, stages: Stages) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._model = model
        self._stages = stages
        self._looked_up = lru_cache(maxsize=_REMEMBERED)(self._look_up)

    def best_score(self, reading: str, typed: str) -> float:
        """Return the score of the best passage for ``reading`` of what was ``typed``."""
        hits = self._looked_up(reading, _itself(reading, typed))[2]
        return max((hit.score for hit in hits), default=0.0)

    def find(self, question: str, typed: str = "") -> Found:
        """Return what the articles have for ``question``, typed as ``typed``."""
        index = self._index
        searched, query, hits = self._looked_up(question, _itself(question, typed))
        intent = intent_of(question)
        sides = (sides_of(question) or ()) if intent is Intent.COMPARISON else ()
        asked = asked_of(index.words, searched.terms, searched.alternatives)
        names = self._vocabulary.drug_terms if asks_for_names(question) else ()
        drugs = tuple(self._vocabulary.drugs(searched.text))
        around = AROUND if self._stages.neighbours else 0
        sections = read_sections(index, hits, intent, asked, sides, names, drugs, around=around)
        ranked = rank_sentences(index, query, asked, sections, intent)
        mentions = self._vocabulary.mentions(searched.text)
        evidence = gather_evidence(index, searched.text, asked, sections, ranked, mentions)
        confidence = self._model.confidence(evidence)
        return Found(hits, asked, intent, tuple(sections), tuple(ranked), drugs, evidence, confidence)

    def search(self, question: str, k: int) -> list[Hit]:
        """Return the ``k`` best passages for ``question``."""
        itself = _itself(question, "")
        if k <= _HITS:
            return list(self._looked_up(question, itself)[2][:k])
        return self._hits(self._searched(question), self._vector(question, itself), k)

    def _look_up(self, question: str, itself: str) -> tuple[Searched, Vectors, tuple[Hit, ...]]:
        """Return what is looked for with ``question``, its vector, and the passages found."""
        searched, vector = self._searched(question), self._vector(question, itself)
        return searched, vector, tuple(self._hits(searched, vector, _HITS))

    def _searched(self, question: str) -> Searched:
        if not self._stages.understanding:
            return expanded(question, ())
        return self._vocabulary.searched(question)

    def _vector(self, question: str, itself: str) -> Vectors:
        """Return the vector of ``question``, shape (1, dim), where the message says ``itself``.

        A follow-up stands between what it says with the topic it took over and without: the topic
        alone would find what the talk has told already.
        """
        vector = self._index.encode(self._searched(question).text)
        if itself == question:
            return vector
        mixed = vector + _ITSELF * self._index.encode(self._searched(itself).text)
        return np.asarray(mixed / np.linalg.norm(mixed), dtype=np.float32)

    def _hits(self, searched: Searched, vector: Vectors, k: int) -> list[Hit]:
        return self._index.find(
            vector, searched.terms, k, weights=self._stages.weights, alternatives=searched.alternatives
        )


def _itself(question: str, typed: str) -> str:
    """Return what ``question`` asks without the topic it took over, as typed where no more was typed.

    What was typed has been encoded before, by the safety layer.
    """
    itself = without_topic(question)
    if itself == question:
        return question
    around = len(typed) - len(itself)
    return typed if 0 <= around <= _MOST_AROUND and itself.lower() in typed.lower() else itself
