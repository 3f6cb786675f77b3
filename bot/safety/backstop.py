"""The semantic backstop: how much a message resembles labelled examples of a category.

It may add a category that the rules missed, never take one away. The weights are a linear model over
the vectors of one encoder, fitted by ``python -m eval.fit_backstop``; with another encoder there is no
backstop, and the rules stand alone.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.safety.rules import Category
from corpus.sentences import sentence_spans
from corpus.text import one_line

FITTED = Path(__file__).with_name("backstop.json")

EncodeMessage = Callable[[str], Sequence[float]]
"""Text to its unit vector."""

_WINDOW_WORDS = 45
"""Sentences are put together to windows of about this many words: what the examples are like."""
_MOST_WINDOWS = 12


@dataclass(frozen=True, slots=True)
class Leaning:
    """The linear model of one category."""

    weights: tuple[float, ...]
    bias: float
    threshold: float
    """Probability from which on a message counts as resembling the examples."""

    def probability(self, vector: Sequence[float]) -> float:
        """Return the probability, 0 to 1, that a message with this vector is of the category."""
        z = self.bias + sum(weight * value for weight, value in zip(self.weights, vector, strict=True))
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, z))))


@dataclass(frozen=True, slots=True)
class Backstop:
    """The linear models, and the fingerprint of the encoder that they belong to."""

    encoder: str
    leanings: Mapping[Category, Leaning]

    def resembled(self, text: str, encode: EncodeMessage) -> tuple[Category, ...]:
        """Return the categories that some window of ``text`` resembles, most serious first."""
        vectors = [encode(window) for window in windows_of(text)]
        return tuple(
            category
            for category, leaning in self.leanings.items()
            if any(leaning.probability(vector) >= leaning.threshold for vector in vectors)
        )


def windows_of(text: str) -> list[str]:
    """Return the windows of a message: the whole if it is short, else runs of its sentences.

    Of a very long message the first and the last windows are taken; the rules read all of it.
    """
    cleaned = one_line(text)
    if len(cleaned.split()) <= _WINDOW_WORDS:
        return [cleaned] if cleaned else []
    windows: list[list[str]] = [[]]
    for start, end in sentence_spans(cleaned):
        words = cleaned[start:end].split()
        for n in range(0, len(words), _WINDOW_WORDS):
            piece = words[n : n + _WINDOW_WORDS]
            if windows[-1] and len(windows[-1]) + len(piece) > _WINDOW_WORDS:
                windows.append([])
            windows[-1] += piece
    half = _MOST_WINDOWS // 2
    chosen = windows if len(windows) <= _MOST_WINDOWS else windows[:half] + windows[-half:]
    return [" ".join(window) for window in chosen]


@cache
def load_backstop() -> Backstop:
    """Read the fitted models; later calls return the same."""
    plain = json.loads(FITTED.read_text("utf-8"))
    leanings = {
        category: Leaning(tuple(one["weights"]), one["bias"], one["threshold"])
        for category in Category
        if (one := plain["categories"].get(category.value))
    }
    return Backstop(plain["encoder"], leanings)
