"""Keys to sections: headings that ask, and other ways to ask, embedded on their own. Never quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.asked_as import AskedAs
from index.encoder import Vectors
from index.fusion import Scores
from index.indexed_article import IndexedArticle

KEYS_VERSION = 1
"""Part of the index's fingerprint: raise it when some section would have other keys."""

MOST_KEYS = 50_000
"""Keys up to which every one is compared with the question; with more, none is (docs/decisions/0007)."""


_NEAREST = 3
_BEST = 0.65
"""Weight of the nearest key beside the mean of the nearest three; measured in docs/decisions/0007."""


@dataclass(frozen=True, slots=True)
class KeyedSection:
    """The keys of one section, and the passages that it is cut into."""

    first_passage: int
    passages: int
    texts: tuple[str, ...]


def keys_of(article: IndexedArticle, first_row: int, asked_as: AskedAs) -> list[KeyedSection]:
    """Return the keys of an article's sections, in order; its passages begin at ``first_row``.

    Of headings only those that ask are keys: "Key points" is near to everything and leads nowhere.
    """
    asked = asked_as.get(article.id, {})
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(article.passages, start=first_row):
        rows.setdefault(passage.section_id, []).append(row)
    keyed = []
    for section in article.sections:
        heading = (section.heading,) if section.heading.endswith("?") else ()
        texts = tuple(dict.fromkeys((*heading, *asked.get(section.id, ()))))
        if section.id in rows and texts:
            keyed.append(KeyedSection(rows[section.id][0], len(rows[section.id]), texts))
    return keyed


class SectionKeys:
    """The keys of all sections of a generation, and the rows of the passages that they lead to."""

    def __init__(self, first_passages: Sequence[int], passages: Sequence[int], keys: Sequence[int]) -> None:
        self._first = np.asarray(first_passages, dtype=np.int64)
        self._count = np.asarray(passages, dtype=np.int64)
        ends = np.cumsum(np.asarray(keys, dtype=np.int64))
        self._first_key = ends - np.asarray(keys, dtype=np.int64)
        self._of_section = _padded(self._first_key, ends)
        # A partition puts what pads a short row first, below every cosine.
        self._are_keys = (
            np.arange(_NEAREST) >= _NEAREST - np.minimum(ends - self._first_key, _NEAREST)[:, None]
        )
        self.total = int(ends[-1]) if len(ends) else 0
        self._vectors: Vectors = np.zeros((0, 0), dtype=np.float32)

    def take_vectors(self, vectors: Vectors) -> None:
        """Take the vectors of all keys, shape (total, dim), in order."""
        self._vectors = vectors

    def nearest(self, query: Vectors) -> Scores:
        """Return per section how near its keys are, shape (sections,); empty without usable keys.

        That is mostly the cosine of the nearest key, and partly the mean of the nearest three: one key
        may be near by chance, and several are not.
        """
        if not 0 < self.total <= MOST_KEYS:
            return np.zeros(0, dtype=np.float32)
        cosines = np.append(np.asarray(self._vectors @ query[0], dtype=np.float32), np.float32(-1.0))
        best = np.partition(cosines[self._of_section], -_NEAREST, axis=1)[:, -_NEAREST:]
        mean = np.where(self._are_keys, best, np.float32(0.0)).sum(axis=1) / self._are_keys.sum(axis=1)
        return np.asarray(_BEST * best.max(axis=1) + (1 - _BEST) * mean, dtype=np.float32)

    def best_rows(self, nearest: Scores, sections: int) -> list[int]:
        """Return the rows of the passages of the ``sections`` sections with the nearest keys."""
        if not len(nearest):
            return []
        best = np.argsort(-nearest, kind="stable")[:sections]
        return [row for n in best for row in range(self._first[n], self._first[n] + self._count[n])]

    def scores(self, nearest: Scores, rows: NDArray[np.int64]) -> Scores:
        """Return for each passage row how near its section's keys are, or 0, shape (len(rows),)."""
        if not len(nearest):
            return np.zeros(len(rows), dtype=np.float32)
        section = np.searchsorted(self._first, rows, side="right") - 1
        inside = (section >= 0) & (rows < self._first[section] + self._count[section])
        return np.where(inside, nearest[section], np.float32(0.0)).astype(np.float32)


def _padded(first: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows of the keys of each section, shape (sections, most); -1 where a section has fewer."""
    most = max(_NEAREST, int((ends - first).max(initial=0)))
    rows = first[:, None] + np.arange(most)
    return np.where(rows < ends[:, None], rows, -1)
