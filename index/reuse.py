"""Taking the vectors of unchanged articles from the live generation, row by row as they stand there."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.content import Content
from index.encoder import Vectors
from index.errors import IndexProblem
from index.generation import CONTENT, SENTENCE_VECTORS, VECTORS, IndexFolder, check_hashes
from index.live import LiveState
from index.reading import ReadFile
from index.vectors import VectorIndex, open_all_vectors


class LiveVectors:
    """The vectors of those articles of the live generation whose files did not change since."""

    def __init__(
        self,
        passages: VectorIndex,
        sentences: NDArray[np.float32],
        rows: dict[str, tuple[int, int, int, int]],
    ) -> None:
        self._passages = passages
        self._sentences = sentences
        self._rows = rows

    @classmethod
    def open(
        cls, folder: IndexFolder, live: LiveState | None, fingerprint: str, files: Iterable[ReadFile]
    ) -> Self | None:
        """Open them; None where nothing of the live generation can be taken over as it is.

        That is so with other settings, with a trained index (its vectors are rounded), and where a
        file is not, byte for byte, what was written.
        """
        if live is None or live.manifest.fingerprint != fingerprint or live.manifest.vectors["lists"]:
            return None
        path = folder.generations / live.manifest.generation
        try:
            if check_hashes(path, live.manifest, (CONTENT, VECTORS, SENTENCE_VECTORS)):
                return None
            stored = open_all_vectors(path, live.manifest)
            with closing(Content(path / CONTENT)) as content:
                rows = content.article_rows()
        except IndexProblem:
            return None
        before = {(one.corpus, one.path, one.sha256, one.article) for one in live.files}
        now = (file.as_indexed_file() for file in files)
        same = {one.article for one in now if (one.corpus, one.path, one.sha256, one.article) in before}
        return cls(
            stored.passages, stored.sentences, {name: found for name, found in rows.items() if name in same}
        )

    def of(self, article_id: str) -> Vectors | None:
        """Return an article's vectors in the order of ``IndexedArticle.texts``, or None if it changed."""
        found = self._rows.get(article_id)
        if found is None:
            return None
        first, count, first_sentence, sentences = found
        of_passages = self._passages.run(first, count)
        return np.concatenate([of_passages, self._sentences[first_sentence : first_sentence + sentences]])
