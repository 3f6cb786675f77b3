"""Encoding a question without torch: ONNX Runtime over the graph that the build exported."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import Self

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.encoder import EncoderSettings, Vectors, unit
from index.errors import IndexBroken
from index.exported import MODEL, TOKENIZER, read_exported

_BATCH = 16
_MOST_THREADS = 2
"""A question is too short to be shared out further; the vectors are the same, bit for bit."""
_WORD_BEGINS = "▁Ġ"
"""How tokenizers that number pieces with their space mark the beginning of a word."""


class OnnxEncoder:
    """The exported encoder; vectors agree with the original's to about 1e-6."""

    def __init__(
        self,
        folder: Path,
        settings: EncoderSettings,
        tokenizer: Tokenizer,
        session: onnxruntime.InferenceSession,
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._session = session
        self._inputs = [one.name for one in session.get_inputs()]
        self._tokenizer = tokenizer
        self._tokenizer.enable_truncation(max_length=settings.max_tokens)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open what a build exported into ``folder``. Raises IndexBroken if it cannot be read."""
        return cls.from_files(folder, read_exported(folder).settings)

    @classmethod
    def from_files(cls, folder: Path, settings: EncoderSettings) -> Self:
        """Open graph and tokenizer in ``folder``. Raises IndexBroken if they cannot be read."""
        try:
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            return cls(folder, settings, tokenizer, _session(folder / MODEL))
        except Exception as error:  # tokenizers and onnxruntime raise bare Exception and their own kinds
            raise IndexBroken(
                "the exported encoder cannot be read", where=folder, mend="Run `mbc-chat index build --full`."
            ) from error

    @property
    def settings(self) -> EncoderSettings:
        """Return what shapes the vectors."""
        return self._settings

    @cached_property
    def _counter(self) -> Tokenizer:
        """A tokenizer that leaves nothing out; made when something is counted."""
        counter = Tokenizer.from_str(self._tokenizer.to_str())
        counter.no_truncation()
        counter.no_padding()
        return counter

    def encode_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (1, dim)."""
        return self._encode([self._settings.query_prefix + text])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of ``texts``, shape (n, dim)."""
        if not texts:
            return np.zeros((0, self._settings.dim), dtype=np.float32)
        prefixed = [self._settings.passage_prefix + text for text in texts]
        return np.concatenate(
            [self._encode(prefixed[n : n + _BATCH]) for n in range(0, len(prefixed), _BATCH)]
        )

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without special tokens."""
        return [len(e.ids) for e in self._counter.encode_batch(list(texts), add_special_tokens=False)]

    def common_words(self) -> list[str]:
        """Return the words that are one token each, in small letters, the commonest first.

        Tokenizers of all makes number the commoner tokens lower.
        """
        tokens = sorted(self._tokenizer.get_vocab().items(), key=itemgetter(1))
        words = dict.fromkeys(token.lstrip(_WORD_BEGINS).lower() for token, _ in tokens)
        return [word for word in words if word.isalpha() and word.isascii()]

    def export(self, folder: Path) -> bool:
        """Copy the exported files into ``folder``."""
        for name in read_exported(self._folder).files:
            shutil.copyfile(self._folder / name, folder / name)
        return True

    def _encode(self, texts: Sequence[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(list(texts))
        feeds = {
            "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
            "token_type_ids": np.array([e.type_ids for e in encoded], dtype=np.int64),
        }
        return unit(self._session.run(["vectors"], {name: feeds[name] for name in self._inputs})[0])


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(_MOST_THREADS, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting costs nobody else
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
