"""Getting vectors for texts: from the cache, from the small exported encoder, or from the model itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.cache import BuildCache, text_key
from index.encoder import Encoder, EncoderSettings, Vectors
from index.errors import ModelProblem

SMALL_EDIT = 400
"""Texts up to which the exported encoder is quicker than loading the model; docs/decisions/0006."""


_BATCH = 128
"""Texts that are encoded between two writes to the cache: what a killed build loses at most."""


class ThriftyEncoder:
    """An encoder that loads the model only when there is more to encode than a small edit brings.

    ``load_small`` gives the exported encoder of the same settings; its vectors differ from the
    model's by about 1e-7. Neither is loaded before it is needed.
    """

    def __init__(
        self,
        load: Callable[[], Encoder],
        load_small: Callable[[], Encoder] | None = None,
        settings: EncoderSettings | None = None,
    ) -> None:
        self._load = load
        self._load_small = load_small
        self._settings = settings
        self._small: Encoder | None = None
        self._full: Encoder | None = None
        self._encoded = 0

    @property
    def settings(self) -> EncoderSettings:
        """What shapes the vectors."""
        return self._settings or self._whole().settings

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of texts to be found, shape (n, dim)."""
        self._encoded += len(texts)
        encoder = self._either() if self._encoded <= SMALL_EDIT else self._whole()
        return encoder.encode_passages(texts)

    def encode_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (1, dim)."""
        return self._either().encode_query(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without special tokens."""
        return self._either().count_tokens(texts)

    def export(self, folder: Path) -> bool:
        """Write what encodes questions into ``folder``."""
        return self._whole().export(folder)

    def _either(self) -> Encoder:
        if self._full is not None or self._load_small is None:
            return self._whole()
        if self._small is None:
            self._small = self._load_small()
        return self._small

    def _whole(self) -> Encoder:
        if self._full is None:
            self._full = self._load()
            if self._settings is not None and self._full.settings != self._settings:
                raise ModelProblem(
                    "the model changed since the index was built",
                    where=self._settings.model,
                    mend="Run `mbc-chat index build --full`.",
                )
        return self._full


class CachedVectors:
    """Vectors by text, encoded at most once and kept from build to build."""

    def __init__(self, encoder: Encoder, cache: BuildCache) -> None:
        self._encoder = encoder
        self._cache = cache
        self.encoded = 0
        """Texts that went through the encoder."""

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._encoder.settings.dim

    def of(self, texts: Sequence[str], advance: Callable[[int], None] = lambda _: None) -> Vectors:
        """Return the vectors of ``texts``, shape (n, dim); new ones are kept batch by batch.

        ``advance`` is told how many texts each step has brought.
        """
        settings = self._encoder.settings
        if not texts:
            return np.zeros((0, settings.dim), dtype=np.float32)
        fingerprint = settings.fingerprint
        keys = [text_key(fingerprint, text) for text in texts]
        known = self._cache.vectors(list(dict.fromkeys(keys)), settings.dim)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        advance(len(texts) - len(missing))
        by_length = sorted(missing, key=lambda key: (len(missing[key]), key))
        for start in range(0, len(by_length), _BATCH):
            batch = by_length[start : start + _BATCH]
            vectors = self._encoder.encode_passages([missing[key] for key in batch])
            self._cache.put_vectors(batch, vectors)
            known |= dict(zip(batch, vectors, strict=True))
            self.encoded += len(batch)
            advance(len(batch))
        return np.stack([known[key] for key in keys])
