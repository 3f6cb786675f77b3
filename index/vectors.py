"""Passage vectors: exact inner product over unit vectors. The only module that imports FAISS."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.errors import BuildFailed, IndexBroken


class VectorIndex:
    """The vectors of all passages, by row number."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def search(self, query: Vectors, k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the rows of the ``k`` nearest passages and their cosines, best first, shape (k,)."""
        cosines, rows = self._index.search(query, min(k, len(self)))
        return rows[0], cosines[0]

    def cosines(self, query: Vectors, rows: list[int]) -> NDArray[np.float32]:
        """Return the cosine of the query with each of ``rows``, shape (len(rows),)."""
        if not rows:
            return np.zeros(0, dtype=np.float32)
        vectors = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return np.asarray(vectors @ query[0], dtype=np.float32)


def write_vectors(path: Path, vectors: Vectors) -> None:
    """Write unit vectors, shape (n, dim), to ``path``. Raises BuildFailed if that is not possible."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:
        raise BuildFailed(
            "the vectors cannot be written",
            where=path,
            mend="Check the free space and the folder's permissions.",
        ) from error


def open_vectors(path: Path) -> VectorIndex:
    """Open what ``write_vectors`` wrote. Raises IndexBroken if it is not readable."""
    faiss.omp_set_num_threads(1)
    try:
        return VectorIndex(faiss.read_index(str(path)))
    except RuntimeError as error:
        raise IndexBroken(
            "the vectors cannot be read", where=path, mend="Run `mbc-chat index build --full`."
        ) from error
