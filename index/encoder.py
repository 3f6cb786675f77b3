"""What an encoder is, and how everything that shapes a vector is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from index.hashing import digest

Vectors = NDArray[np.float32]
"""Unit vectors, shape (n, dim), float32."""


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """Everything about an encoder that shapes a vector."""

    model: str
    weights_sha256: str
    dim: int
    max_tokens: int
    """Longest text in tokens, special tokens included; what is beyond is cut."""
    pooling: str
    query_prefix: str = ""
    passage_prefix: str = ""
    precision: str = ""
    """Named only where it moves vectors beyond the tolerance of ``index.model``."""

    @property
    def fingerprint(self) -> str:
        """Hash of all fields; a precision that is not named is no part of it."""
        return digest({key: value for key, value in asdict(self).items() if key != "precision" or value})


class QueryEncoder(Protocol):
    """Questions to unit vectors: all that answering needs."""

    @property
    def settings(self) -> EncoderSettings:
        """What shapes the vectors."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (1, dim)."""
        ...


@runtime_checkable
class TokenCounter(Protocol):
    """Cuts text into the tokens of an encoder."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without special tokens."""
        ...


@runtime_checkable
class WordLister(Protocol):
    """Knows the words of a language."""

    def common_words(self) -> list[str]:
        """Return the words that are one token each, in small letters, the commonest first."""
        ...


class Encoder(QueryEncoder, TokenCounter, Protocol):
    """Text to unit vectors: what a build needs."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of texts to be found, shape (n, dim)."""
        ...

    def export(self, folder: Path) -> bool:
        """Write what encodes questions into ``folder``; False if only this encoder can."""
        ...


def unit(vectors: NDArray[Any]) -> Vectors:
    """Return ``vectors`` as float32 rows of length 1; a zero row stays zero."""
    rows = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.ascontiguousarray(rows / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)
