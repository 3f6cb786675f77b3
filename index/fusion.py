"""Putting the two scores of a passage on one scale.

Both scores have a fixed meaning that does not depend on the other passages found: the cosine, and
the share of the attainable BM25 score. A weighted sum of such scores keeps how far apart two
passages are, which rank fusion throws away (Bruch, Gai and Ingber 2023, "An analysis of fusion
functions for hybrid retrieval").
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WORDS_WEIGHT = 0.2
"""Weight of the words; the vectors have the rest. Measured in docs/decisions/0002."""


def fuse(
    cosines: NDArray[np.float32], words: NDArray[np.float32], weight: float = WORDS_WEIGHT
) -> NDArray[np.float32]:
    """Return the fused score of each passage, 0 to 1, from cosines and attainable shares, shape (n,)."""
    return (1 - weight) * np.clip(cosines, 0, 1) + weight * np.clip(words, 0, 1)
