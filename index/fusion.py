"""Putting the scores of a passage on one scale.

All scores have a fixed meaning that does not depend on the other passages found: cosines, and the
share of the attainable BM25 score. A weighted sum of such scores keeps how far apart two passages
are, which rank fusion throws away (Bruch, Gai and Ingber 2023, "An analysis of fusion functions for
hybrid retrieval").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
"""One score per passage, shape (n,)."""


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """How much each score counts; they add up to 1. Measured in docs/decisions/0002 and 0007."""

    passages: float = 0.26
    """The cosine with the passage and its headings."""
    sentences: float = 0.16
    """The cosine with its nearest sentence."""
    keys: float = 0.50
    """How near the keys of its section are: headings that ask, and other ways to ask."""
    words: float = 0.08
    """The share of the attainable BM25 score."""


ALL_SCORES = FusionWeights()
WORDS_ALONE = FusionWeights(passages=0.0, sentences=0.0, keys=0.0, words=1.0)
VECTORS_ALONE = FusionWeights(passages=0.29, sentences=0.17, keys=0.54, words=0.0)
WITHOUT_KEYS = FusionWeights(passages=0.76, sentences=0.16, keys=0.0, words=0.08)
WITHOUT_SENTENCES = FusionWeights(passages=0.42, sentences=0.0, keys=0.50, words=0.08)


def fuse(
    passages: Scores, sentences: Scores, keys: Scores, words: Scores, weights: FusionWeights = ALL_SCORES
) -> Scores:
    """Return the fused score of each passage, 0 to 1.

    A key never counts against a passage: where none is nearer than the passage itself, the passage
    stands in for it.
    """
    near = np.clip(passages, 0, 1)
    return np.asarray(
        weights.passages * near
        + weights.sentences * np.clip(sentences, 0, 1)
        + weights.keys * np.maximum(near, np.clip(keys, 0, 1))
        + weights.words * np.clip(words, 0, 1),
        dtype=np.float32,
    )
