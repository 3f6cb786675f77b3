"""Naming everything that shapes an index, so that two that differ are never mixed."""

from __future__ import annotations

from dataclasses import asdict

from corpus.article import READER_VERSION
from index.encoder import EncoderSettings
from index.hashing import digest
from index.keys import KEYS_VERSION
from index.passages import PASSAGES_VERSION, PassageLimits
from index.words import WORDS_VERSION


def index_fingerprint(encoder: EncoderSettings, limits: PassageLimits) -> str:
    """Return the hash of everything that shapes a vector, a passage, an indexed word or a key."""
    return digest(
        {
            "encoder": asdict(encoder),
            "limits": asdict(limits),
            "reader": READER_VERSION,
            "passages": PASSAGES_VERSION,
            "words": WORDS_VERSION,
            "keys": KEYS_VERSION,
        }
    )
