"""Passage vectors: compared one by one, or by a trained index where there are many.

The only module that imports FAISS.
"""

from __future__ import annotations

import math
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors, unit
from index.errors import BuildFailed, IndexBroken
from index.generation import KEY_VECTORS, SENTENCE_VECTORS, VECTORS, Manifest
from index.row_file import RowFile

EXACT_UP_TO = 50_000
"""Passages up to which every vector is compared; measured in docs/decisions/0006."""
_WANTED_RECALL = 0.99
"""Share of the ten nearest that the trained index must find on the sample; what is promised is 0.98."""
_SAMPLE = 256
_SAMPLE_COSINE = 0.8
"""How near a sampled question lies to its passage."""
_CHUNK = 65_536
_REBUILD = "Run `mbc-chat index build --full`."
_SEED = 20_240_229


@dataclass(frozen=True, slots=True)
class VectorLayout:
    """How the vectors of a generation are laid out, and what that costs in recall."""

    lists: int = 0
    """Number of inverted lists; 0 means that the search is exact."""
    probes: int = 0
    """How many lists are looked into."""
    recall_at_10: float = 1.0
    """Against exact search, on a seeded sample."""

    def as_plain(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)

    @classmethod
    def from_plain(cls, values: dict[str, Any]) -> Self:
        """Return what ``as_plain`` gave. Raises TypeError for other values."""
        return cls(**values)


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
        """Return the rows of the ``k`` nearest passages and their cosines, best first, shape (<=k,)."""
        cosines, rows = self._index.search(query, min(k, len(self)))
        found = rows[0] >= 0
        return rows[0][found], cosines[0][found]

    def cosines(self, query: Vectors, rows: list[int]) -> NDArray[np.float32]:
        """Return the cosine of the query with each of ``rows``, shape (len(rows),)."""
        return np.asarray(self.vectors(rows) @ query[0], dtype=np.float32)

    def run(self, first: int, count: int) -> Vectors:
        """Return the vectors of ``count`` rows from ``first`` on as stored, shape (count, dim)."""
        return np.asarray(self._index.reconstruct_n(first, count), dtype=np.float32)

    def vectors(self, rows: list[int]) -> Vectors:
        """Return the vectors of ``rows`` as stored, shape (len(rows), dim)."""
        if not rows:
            return np.zeros((0, self.dim), dtype=np.float32)
        found = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return np.asarray(found, dtype=np.float32)


class VectorWriter:
    """Takes passage vectors in a stream, and lays them out when all are there."""

    def __init__(self, path: Path, dim: int, *, exact_up_to: int = EXACT_UP_TO) -> None:
        self._path = path
        self._raw_path = path.with_suffix(".raw")
        self._raw = RowFile(self._raw_path)
        self._dim = dim
        self._exact_up_to = exact_up_to

    def add(self, vectors: Vectors) -> None:
        """Append unit vectors, shape (n, dim). Raises OSError."""
        self._raw.add(vectors)

    def finish(self) -> VectorLayout:
        """Write the index and return its layout. Raises BuildFailed if that is not possible."""
        self._raw.close()
        rows = self._raw_path.stat().st_size // (4 * self._dim)
        vectors = np.memmap(self._raw_path, dtype=np.float32, mode="r", shape=(rows, self._dim))
        faiss.omp_set_num_threads(os.cpu_count() or 1)
        index, layout = _exact(vectors) if rows <= self._exact_up_to else _trained(vectors)
        try:
            faiss.write_index(index, str(self._path))
        except RuntimeError as error:
            raise BuildFailed(
                "the vectors cannot be written",
                where=self._path,
                mend="Check the free space and the folder's permissions; the live index is as it was.",
            ) from error
        del vectors
        self._raw_path.unlink()
        return layout

    def abandon(self) -> None:
        """Close without finishing."""
        self._raw.close()


def open_vectors(path: Path, layout: VectorLayout) -> VectorIndex:
    """Open what ``VectorWriter`` wrote; a trained index stays on disk and is mapped into memory.

    Raises IndexBroken if it is not readable or not laid out so.
    """
    faiss.omp_set_num_threads(1)
    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP if layout.lists else 0)
    except RuntimeError as error:
        raise _broken(path) from error
    if layout.lists:
        lists = faiss.downcast_index(index)
        if not isinstance(lists, faiss.IndexIVF) or lists.nlist != layout.lists:
            raise _broken(path)
        lists.nprobe = layout.probes
        lists.make_direct_map()
    return VectorIndex(index)


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """All vectors of a generation. Those of sentences and keys stay on disk, shape (n, dim) each."""

    passages: VectorIndex
    sentences: NDArray[np.float32]
    keys: NDArray[np.float32]


def open_all_vectors(path: Path, manifest: Manifest) -> StoredVectors:
    """Open the vectors of a generation.

    Raises IndexBroken if they are not as many and as long as the manifest says.
    """
    try:
        layout = VectorLayout.from_plain(dict(manifest.vectors))
        sentences = _mapped(path / SENTENCE_VECTORS, manifest.sentences, manifest.dim)
        keys = _mapped(path / KEY_VECTORS, manifest.keys, manifest.dim)
    except (OSError, ValueError, TypeError) as error:
        raise IndexBroken("the vectors cannot be read", where=path, mend=_REBUILD) from error
    passages = open_vectors(path / VECTORS, layout)
    found, expected = (len(passages), passages.dim), (manifest.passages, manifest.dim)
    if found != expected:
        problem = f"the vectors have shape {found} where the manifest says {expected}"
        raise IndexBroken(problem, where=path, mend=_REBUILD)
    return StoredVectors(passages, sentences, keys)


def _mapped(path: Path, rows: int, dim: int) -> NDArray[np.float32]:
    if path.stat().st_size != 4 * rows * dim:
        raise ValueError(f"{path.name} does not hold {rows} vectors")
    if not rows:  # an empty file cannot be mapped
        return np.zeros((0, dim), dtype=np.float32)
    return np.asarray(np.memmap(path, dtype=np.float32, mode="r", shape=(rows, dim)))


def _broken(path: Path) -> IndexBroken:
    return IndexBroken("the vectors cannot be read", where=path, mend=_REBUILD)


def _exact(vectors: Vectors) -> tuple[faiss.Index, VectorLayout]:
    index = faiss.IndexFlatIP(vectors.shape[1])
    for start in range(0, len(vectors), _CHUNK):
        index.add(np.ascontiguousarray(vectors[start : start + _CHUNK]))
    return index, VectorLayout()


def _trained(vectors: Vectors) -> tuple[faiss.Index, VectorLayout]:
    """Return inverted lists with fp16 codes, as many lists as 4 times the root of the rows.

    The number of lists looked into is doubled until the sample's recall is reached.
    """
    rows, dim = vectors.shape
    lists = 1 << max(4, round(math.log2(4 * math.sqrt(rows))))
    random = np.random.default_rng(_SEED)
    coarse = faiss.IndexFlatIP(dim)
    index = faiss.IndexIVFScalarQuantizer(
        coarse, dim, lists, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    index.by_residual = False
    index.cp.seed = _SEED
    chosen = np.sort(random.choice(rows, size=min(rows, 64 * lists), replace=False))
    index.train(np.ascontiguousarray(vectors[chosen]))
    for start in range(0, rows, _CHUNK):
        index.add(np.ascontiguousarray(vectors[start : start + _CHUNK]))
    queries = _sample_queries(vectors, random)
    nearest = exact_neighbours(vectors, queries)
    probes, recall = 8, 0.0
    while True:
        index.nprobe = probes
        recall = _recall(index.search(queries, nearest.shape[1])[1], nearest)
        if recall >= _WANTED_RECALL or probes >= lists:
            break
        probes = min(lists, probes * 2)
    return index, VectorLayout(lists, probes, round(recall, 4))


def _sample_queries(vectors: Vectors, random: np.random.Generator) -> Vectors:
    """Return vectors that lie near to passages as questions do, shape (n, dim)."""
    rows = np.sort(random.choice(len(vectors), size=min(len(vectors), _SAMPLE), replace=False))
    passages = np.ascontiguousarray(vectors[rows])
    noise = unit(random.standard_normal(passages.shape))
    spread = math.sqrt(1 / _SAMPLE_COSINE**2 - 1)
    return unit(passages + spread * noise)


def exact_neighbours(vectors: Vectors, queries: Vectors, k: int = 10) -> NDArray[np.int64]:
    """Return the rows of the ``k`` nearest vectors of each query, compared one by one, shape (n, k)."""
    best = faiss.ResultHeap(len(queries), k, keep_max=True)
    for start in range(0, len(vectors), _CHUNK):
        chunk = np.ascontiguousarray(vectors[start : start + _CHUNK])
        cosines, rows = faiss.knn(queries, chunk, min(k, len(chunk)), metric=faiss.METRIC_INNER_PRODUCT)
        best.add_result(cosines, rows + start)
    best.finalize()
    return np.asarray(best.I)


def _recall(found: NDArray[np.int64], nearest: NDArray[np.int64]) -> float:
    hits = sum(len(set(a) & set(b)) for a, b in zip(found.tolist(), nearest.tolist(), strict=True))
    return hits / nearest.size
