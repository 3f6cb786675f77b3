"""Scoring the sentences of the passages found: which of them bear most on the question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.leaning import leans
from corpus.article import BlockKind
from index.content import StoredPassage
from index.encoder import Vectors
from index.search import Hit, Index
from index.words import terms_of

READ = 6
"""Passages that sentences are chosen from."""
_OWN, _PASSAGE, _COVERAGE = 0.4, 0.4, 0.2
"""Weights of a sentence's own cosine, its passage's score, and its share of the question's terms."""
_OPENS = 0.03
"""What the first sentence of a section gains, since it answers the heading, or one that leans loses."""
_LISTED = 0.05
"""What an item gains where a list is asked for and what stands above the item names what is asked."""
_LIST_ASKED = re.compile(
    r"\b(?:which|list|what are|what kinds?|what types?|name|options|reasons|why|examples?|what should|"
    r"what can|how do i know|symptoms|signs)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted."""

    hit: int
    """Which of the hits it is in."""
    position: int
    """Which of the passage's sentences it is."""
    text: str
    cosine: float
    score: float


def asks_for_list(question: str) -> bool:
    """Whether the question wants all of several things."""
    return bool(_LIST_ASKED.search(question))


def rank_sentences(index: Index, query: Vectors, question: str, hits: Sequence[Hit]) -> list[Candidate]:
    """Return every sentence of the best passages with its score, best first.

    The score weighs the sentence's own nearness to the question, its passage's, and the share of
    the question's weighty terms in the sentence or its section's heading.
    """
    weights = index.words.weights(dict.fromkeys(terms_of(question)))
    wants_list = asks_for_list(question)
    candidates = []
    for number, hit in enumerate(hits[:READ]):
        cosines = [float(cosine) for cosine in index.sentence_cosines(query, hit.stored)]
        scorer = _Scorer(hit, cosines, weights, wants_list=wants_list)
        for position, text in enumerate(scorer.texts):
            candidates.append(Candidate(number, position, text, cosines[position], scorer.score(position)))
    return sorted(candidates, key=lambda c: (-c.score, c.hit, c.position))


def sentence_texts(stored: StoredPassage) -> list[str]:
    """Return the sentences of a passage, in order."""
    passage = stored.passage
    return [passage.text[s.start - passage.start : s.end - passage.start] for s in passage.sentences]


class _Scorer:
    """Scores the sentences of one passage."""

    def __init__(
        self, hit: Hit, cosines: Sequence[float], weights: Mapping[str, float], *, wants_list: bool
    ) -> None:
        self.texts = sentence_texts(hit.stored)
        self._hit = hit
        self._sentences = hit.passage.sentences
        self._cosines = cosines
        self._weights = weights
        self._total = sum(weights.values()) or 1.0
        self._wants_list = wants_list
        self._heading_terms = set(terms_of(hit.passage.headings[-1]))

    def score(self, position: int) -> float:
        """Return the score of one sentence."""
        text = self.texts[position]
        terms = set(terms_of(text))
        score = (
            _OWN * max(0.0, self._nearness(position))
            + _PASSAGE * self._hit.score
            + _COVERAGE * self._share(terms | self._heading_terms)
        )
        if position == 0 and self._hit.passage.id.endswith("/1"):
            score += _OPENS
        if leans(text) or len(terms) < 3:
            score -= _OPENS
        if self._wants_list and self._is_item(position) and self._share(self._terms_above(position)):
            score += _LISTED
        return score

    def _nearness(self, position: int) -> float:
        """Return the cosine of a sentence; an item is as near as what introduces its list."""
        own = self._cosines[position]
        if not self._is_item(position):
            return own
        lead = self._lead(position)
        introduced = self._hit.cosine if lead is None else self._cosines[lead]
        return max(own, (own + introduced) / 2)

    def _terms_above(self, position: int) -> set[str]:
        lead = self._lead(position)
        return self._heading_terms | (set() if lead is None else set(terms_of(self.texts[lead])))

    def _lead(self, position: int) -> int | None:
        """Return the position of the sentence before the list of an item, if it is in the passage."""
        while position >= 0 and self._is_item(position):
            position -= 1
        return position if position >= 0 else None

    def _is_item(self, position: int) -> bool:
        return self._sentences[position].kind is BlockKind.ITEM

    def _share(self, terms: set[str]) -> float:
        """Return the share of the weight of the question's terms that ``terms`` contain."""
        return sum(weight for term, weight in self._weights.items() if term in terms) / self._total
