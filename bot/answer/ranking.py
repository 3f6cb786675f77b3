"""Scoring the sentences of the sections read: which of them bear most on the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.answer.leaning import leans
from bot.answer.sections import ReadSection
from bot.question.asked import Asked, terms_in
from bot.question.intent import Intent, wants_list
from corpus.article import BlockKind
from index.encoder import Vectors
from index.search import Index

_OWN, _SECTION, _COVERAGE = 0.4, 0.4, 0.2
"""Weights of a sentence's own cosine, its section's score, and its share of the question's terms."""
_OPENS = 0.08
"""What the first sentence of a section gains, since it answers the heading."""
_SLIGHT = 0.03
"""What a sentence loses that leans on another, or says next to nothing."""
_LISTED = 0.03
"""What an item gains where a list is asked for and what stands above the item names what is asked."""
_FEWEST_TERMS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted."""

    section: int
    """Which of the sections read it is in."""
    position: int
    """Which of the section's lines it is."""
    text: str
    cosine: float
    score: float


def rank_sentences(
    index: Index, query: Vectors, asked: Asked, sections: Sequence[ReadSection], intent: Intent
) -> list[Candidate]:
    """Return every sentence of the sections with its score, best first.

    The score weighs the sentence's own nearness to the question, its section's, and the share of
    the question's weighty terms in the sentence or its section's heading.
    """
    candidates = []
    for number, section in enumerate(sections):
        cosines = _cosines(index, query, section)
        scorer = _Scorer(section, cosines, asked, listed=wants_list(intent))
        for position, line in enumerate(section.lines):
            score = scorer.score(position)
            candidates.append(Candidate(number, position, line.text, cosines[position], score))
    return sorted(candidates, key=lambda c: (-c.score, c.section, c.position))


def _cosines(index: Index, query: Vectors, section: ReadSection) -> list[float]:
    passages = list(dict.fromkeys(line.stored for line in section.lines))
    found = [index.sentence_cosines(query, stored) for stored in passages]
    return [float(cosine) for cosine in np.concatenate(found)] if found else []


class _Scorer:
    """Scores the sentences of one section."""

    def __init__(
        self,
        section: ReadSection,
        cosines: Sequence[float],
        asked: Asked,
        *,
        listed: bool,
    ) -> None:
        self._section = section
        self._lines = section.lines
        self._cosines = cosines
        self._asked = asked
        self._listed = listed
        self._heading_terms = terms_in(section.heading)

    def score(self, position: int) -> float:
        """Return the score of one sentence."""
        text = self._lines[position].text
        terms = terms_in(text)
        score = (
            _OWN * max(0.0, self._nearness(position))
            + _SECTION * self._section.score
            + _COVERAGE * self._asked.share(terms | self._heading_terms)
        )
        if position == 0 and self._section.opens:
            score += _OPENS
        if leans(text) or len(terms) < _FEWEST_TERMS:
            score -= _SLIGHT
        if self._listed and self._is_item(position) and self._asked.share(self._terms_above(position)):
            score += _LISTED
        return score

    def _nearness(self, position: int) -> float:
        """Return the cosine of a sentence; an item is as near as what introduces its list."""
        own = self._cosines[position]
        if not self._is_item(position):
            return own
        lead = self._lead(position)
        introduced = self._section.cosine if lead is None else self._cosines[lead]
        return max(own, (own + introduced) / 2)

    def _terms_above(self, position: int) -> frozenset[str]:
        lead = self._lead(position)
        return self._heading_terms | (frozenset() if lead is None else terms_in(self._lines[lead].text))

    def _lead(self, position: int) -> int | None:
        """Return the position of the sentence before the list of an item, if it was read."""
        while position >= 0 and self._is_item(position):
            position -= 1
        return position if position >= 0 else None

    def _is_item(self, position: int) -> bool:
        return self._lines[position].sentence.kind is BlockKind.ITEM
