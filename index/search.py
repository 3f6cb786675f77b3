"""An opened index: finding passages by vectors and words, and reading what they are part of."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.content import Content, StoredPassage
from index.encoder import QueryEncoder, TokenCounter, Vectors, WordLister
from index.errors import IndexBroken, IndexForeign
from index.exported import check_exported, read_exported
from index.fingerprint import index_fingerprint
from index.fusion import ALL_SCORES, FusionWeights, Scores, fuse
from index.generation import (
    CONTENT,
    WORDS,
    IndexFolder,
    Manifest,
    check_files,
    read_manifest,
)
from index.passages import Passage, limits_for
from index.vectors import StoredVectors, open_all_vectors
from index.words import Alternatives, WordIndex, open_words, terms_of

_REBUILD = "Run `mbc-chat index build --full`."
_TRIES = 3
"""A generation can be pruned while it is opened; the one that took its place is opened then."""
_REMEMBERED = 8
"""Vectors of the last questions that are kept in memory."""
_CANDIDATES = 100
"""Passages that each of the two searches brings at least before they are fused."""
_KEYED_SECTIONS = 30
"""Sections that the nearest keys bring besides."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found."""

    stored: StoredPassage
    score: float
    """Fused score, 0 to 1."""
    cosine: float
    words: float
    """Share of the attainable BM25 score, 0 to about 1."""
    sentence: float = 0.0
    """Cosine of the passage's nearest sentence."""
    key: float = 0.0
    """Cosine of the nearest key of its section: the heading, or another way to ask."""

    @property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.stored.passage


class Index:
    """One generation, opened for reading. It stays usable while newer generations are built."""

    def __init__(
        self,
        manifest: Manifest,
        content: Content,
        words: WordIndex,
        vectors: StoredVectors,
        encoder: QueryEncoder,
    ) -> None:
        self.manifest = manifest
        self.content = content
        self.words = words
        self._vectors = vectors.passages
        self._sentence_vectors = vectors.sentences
        self._keys = content.keys()
        self._keys.take_vectors(vectors.keys)
        # One turn asks for the same vector more than once: the safety layer, then the search.
        self._encode = lru_cache(maxsize=_REMEMBERED)(encoder.encode_query)
        self._counter = encoder if isinstance(encoder, TokenCounter) else None
        self._lister = encoder if isinstance(encoder, WordLister) else None

    def encode(self, question: str) -> Vectors:
        """Return the unit vector of a question, shape (1, dim)."""
        return self._encode(question)

    def is_everyday(self, word: str) -> bool:
        """Whether ``word`` is so common that the encoder knows it as one piece; False if it cannot tell."""
        return self._counter is not None and self._counter.count_tokens([word]) == [1]

    def everyday_words(self) -> list[str]:
        """Return the words that are one piece to the encoder, commonest first; none if it cannot tell."""
        return self._lister.common_words() if self._lister else []

    def search(self, question: str, k: int) -> list[Hit]:
        """Return the ``k`` best passages for a question, best first."""
        return self.find(self.encode(question), terms_of(question), k)

    def find(
        self,
        query: Vectors,
        terms: Sequence[str],
        k: int,
        *,
        weights: FusionWeights = ALL_SCORES,
        alternatives: Sequence[Alternatives] = (),
    ) -> list[Hit]:
        """Return the ``k`` best passages for a question's vector, shape (1, dim), and its terms.

        ``alternatives`` name what may stand in a passage instead of some of the terms.
        """
        candidates = max(k, _CANDIDATES)
        words = {hit.row: hit.score for hit in self.words.search(terms, candidates, alternatives)}
        near, _ = self._vectors.search(query, candidates)
        keyed = self._keys.nearest(query) if weights.keys else np.zeros(0, dtype=np.float32)
        from_keys = self._keys.best_rows(keyed, _KEYED_SECTIONS)
        rows = sorted({*words, *(int(row) for row in near), *from_keys})
        cosines = self._vectors.cosines(query, rows)
        shares = np.array([words.get(row, 0.0) for row in rows], dtype=np.float32)
        sentences = self._nearest_sentences(query, rows) if weights.sentences else cosines
        keys = self._keys.scores(keyed, np.asarray(rows, dtype=np.int64))
        scores = fuse(cosines, sentences, keys, shares, weights)
        best = sorted(range(len(rows)), key=lambda n: (-scores[n], rows[n]))[:k]
        stored = self.content.passages([rows[n] for n in best])
        return [
            Hit(
                passage,
                float(scores[n]),
                float(cosines[n]),
                float(shares[n]),
                sentence=float(sentences[n]),
                key=float(keys[n]),
            )
            for n, passage in zip(best, stored, strict=True)
        ]

    def _nearest_sentences(self, query: Vectors, rows: Sequence[int]) -> Scores:
        """Return for each passage the cosine of its nearest sentence, shape (len(rows),)."""
        if not rows:
            return np.zeros(0, dtype=np.float32)
        first, counts = self.content.sentence_ranges(rows)
        wanted = np.concatenate([np.arange(a, a + n) for a, n in zip(first, counts, strict=True)])
        cosines = self._sentence_vectors[wanted] @ query[0]
        starts = np.cumsum(counts) - counts
        return np.asarray(np.maximum.reduceat(cosines, starts), dtype=np.float32)

    def nearest(self, query: Vectors, k: int) -> list[int]:
        """Return the rows of the ``k`` passages nearest to a question's vector, by vectors alone."""
        return [int(row) for row in self._vectors.search(query, k)[0]]

    def passage_vectors(self) -> Vectors:
        """Return the vectors of all passages as stored, shape (n, dim)."""
        return self._vectors.vectors(list(range(len(self._vectors))))

    def sentence_cosines(self, query: Vectors, passage: StoredPassage) -> NDArray[np.float32]:
        """Return the cosine of the query with each sentence of a passage, in order, shape (n,)."""
        rows = list(passage.sentence_rows)
        return np.asarray(self._sentence_vectors[rows] @ query[0], dtype=np.float32)


def open_index(folder: IndexFolder, encoder: QueryEncoder | None = None) -> Index:
    """Open the live generation; ``encoder`` replaces the exported one.

    Raises IndexMissing, IndexBroken or IndexForeign, each with the command that mends it.
    """
    for _ in range(_TRIES):
        name = folder.live()
        try:
            return open_generation(folder, name, encoder)
        except IndexBroken:
            if folder.live() == name:
                raise
    return open_generation(folder, folder.live(), encoder)


def open_generation(folder: IndexFolder, name: str, encoder: QueryEncoder | None = None) -> Index:
    """Open one generation by name; errors as for ``open_index``."""
    path = folder.generations / name
    manifest = read_manifest(path)
    check_files(path, manifest)
    encoder = encoder or open_encoder(folder, manifest.encoder)
    _check_fingerprint(path, manifest, encoder)
    vectors = open_all_vectors(path, manifest)
    return Index(manifest, Content(path / CONTENT), open_words(path / WORDS), vectors, encoder)


def open_encoder(folder: IndexFolder, fingerprint: str) -> QueryEncoder:
    """Open the exported encoder, or the model itself where it could not be exported.

    Raises IndexBroken if a file of the encoder is not byte for byte what was exported.
    """
    path = folder.encoder(fingerprint)
    exported = read_exported(path)
    if exported.has_model:
        with ThreadPoolExecutor(1) as pool:
            hashing = pool.submit(check_exported, path)  # while the libraries are imported
            from index.onnx_encoder import OnnxEncoder

            hashing.result()
        return OnnxEncoder.open(path)
    from index.model import load_model

    return load_model(exported.settings.model)


def _check_fingerprint(path: Path, manifest: Manifest, encoder: QueryEncoder) -> None:
    settings = encoder.settings
    if settings.dim != manifest.dim:
        problem = (
            f"the index has vectors of {manifest.dim} numbers, and {settings.model} gives {settings.dim}"
        )
    elif settings.fingerprint != manifest.encoder:
        problem = f"the index was built with another model than {settings.model}, or with other weights"
    elif manifest.fingerprint != index_fingerprint(settings, limits_for(settings)):
        problem = "the index was built with other settings, or by another version"
    else:
        return
    raise IndexForeign(problem, where=path, mend=_REBUILD)
