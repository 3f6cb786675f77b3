"""The semantic backstop: how much a message resembles labelled examples of a category.

It may add a category that the rules missed, never take one away. For each category a linear model weighs
the words of a message and its vector; ``python -m eval.fit_backstop`` fits it. The vectors are those of one
encoder: with another one, and before an index is open, a second model weighs the words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.safety.rules import Category
from bot.safety.wordings import weighed
from corpus.sentences import sentence_spans
from corpus.text import one_line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

FITTED = Path(__file__).with_name("backstop.npz")

EncodeMessage = Callable[[str], "Numbers"]
"""Text to its unit vector, shape (dim,)."""

_WINDOW_WORDS = 45
"""Sentences are put together to windows of about this many words: what the examples are like."""
_MOST_WINDOWS = 12
_FEWEST_WORDS = 3
"""Words below which a message says too little to resemble anything; the rules read it all the same."""


@dataclass(frozen=True, slots=True)
class Leanings:
    """Linear models of all categories, in one matrix."""

    words: Numbers
    """Weight of each wording for each category, shape (wordings, categories)."""
    vector: Numbers | None
    """Weight of each number of the vector, shape (dim, categories); None where words alone count."""
    bias: Numbers
    threshold: Numbers
    """Score from which on a message counts as resembling the examples, shape (categories,)."""


@dataclass(frozen=True, slots=True)
class Backstop:
    """The fitted models, and the fingerprint of the encoder that they belong to."""

    encoder: str
    categories: tuple[Category, ...]
    telling: Mapping[str, float]
    """How telling each wording is; their order is that of the rows of ``Leanings.words``."""
    rows: Mapping[str, int]
    with_vectors: Leanings
    alone: Leanings

    def resembled(self, text: str, encode: EncodeMessage | None) -> dict[Category, float]:
        """Return the categories that some window of ``text`` resembles, most serious first.

        With each stands how far it is above its threshold, in log odds, where it is farthest. ``encode``
        is the encoder that the models belong to; without it the words alone count.
        """
        leanings = self.with_vectors if encode else self.alone
        found: dict[Category, float] = {}
        for window in windows_of(text):
            over = (self.scores(window, encode) - leanings.threshold).tolist()
            for category, margin in zip(self.categories, over, strict=True):
                if margin >= 0:
                    found[category] = max(margin, found.get(category, 0.0))
        return {category: found[category] for category in self.categories if category in found}

    def scores(self, window: str, encode: EncodeMessage | None) -> Numbers:
        """Return the log odds of each category for a short text, shape (categories,)."""
        leanings = self.with_vectors if encode else self.alone
        scores = leanings.bias.copy()
        for wording, weight in weighed(window, self.telling).items():
            scores += weight * leanings.words[self.rows[wording]]
        if encode and leanings.vector is not None:
            scores += encode(window) @ leanings.vector
        return scores


def windows_of(text: str) -> list[str]:
    """Return the windows of a message: the whole if it is short, else runs of its sentences.

    Of a very long message the first and the last windows are taken; the rules read all of it.
    """
    cleaned = one_line(text)
    words = len(cleaned.split())
    if words <= _WINDOW_WORDS:
        return [cleaned] if words >= _FEWEST_WORDS else []
    windows: list[list[str]] = [[]]
    for start, end in sentence_spans(cleaned):
        of_sentence = cleaned[start:end].split()
        for n in range(0, len(of_sentence), _WINDOW_WORDS):
            piece = of_sentence[n : n + _WINDOW_WORDS]
            if windows[-1] and len(windows[-1]) + len(piece) > _WINDOW_WORDS:
                windows.append([])
            windows[-1] += piece
    half = _MOST_WINDOWS // 2
    chosen = windows if len(windows) <= _MOST_WINDOWS else windows[:half] + windows[-half:]
    return [" ".join(window) for window in chosen]


def as_arrays(backstop: Backstop) -> dict[str, Any]:
    """Return the models as arrays, ready for ``numpy.savez_compressed``."""
    import numpy as np

    both, alone = backstop.with_vectors, backstop.alone
    assert both.vector is not None
    return {
        "encoder": np.array(backstop.encoder),
        "categories": np.array([category.value for category in backstop.categories]),
        "wordings": np.frombuffer("\n".join(backstop.telling).encode(), dtype=np.uint8),
        "telling": np.array(list(backstop.telling.values()), dtype=np.float32),
        "words": both.words.astype(np.float16),
        "vector": both.vector,
        "bias": both.bias,
        "threshold": both.threshold,
        "alone_words": alone.words.astype(np.float16),
        "alone_bias": alone.bias,
        "alone_threshold": alone.threshold,
    }


@cache
def load_backstop() -> Backstop:
    """Read the fitted models; later calls return the same."""
    import numpy as np

    with np.load(FITTED, allow_pickle=False) as file:
        stored = {name: file[name] for name in file.files}
    wordings = stored["wordings"].tobytes().decode().split("\n")
    return Backstop(
        encoder=str(stored["encoder"]),
        categories=tuple(Category(name) for name in stored["categories"].tolist()),
        telling=dict(zip(wordings, stored["telling"].tolist(), strict=True)),
        rows={wording: row for row, wording in enumerate(wordings)},
        with_vectors=Leanings(
            stored["words"].astype(np.float32), stored["vector"], stored["bias"], stored["threshold"]
        ),
        alone=Leanings(
            stored["alone_words"].astype(np.float32), None, stored["alone_bias"], stored["alone_threshold"]
        ),
    )
