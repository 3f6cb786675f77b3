"""Encoding a question without torch: ONNX Runtime over the graph that the build exported."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.encoder import EncoderSettings, Vectors, unit
from index.errors import IndexBroken

_BATCH = 16


class OnnxEncoder:
    """The exported encoder; vectors agree with the original's to about 1e-6."""

    def __init__(self, folder: Path) -> None:
        try:
            self._settings = read_encoder_settings(folder)
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = _session(folder / "model.onnx")
        except IndexBroken:
            raise
        except Exception as error:  # tokenizers and onnxruntime raise bare Exception and their own kinds
            raise IndexBroken(
                "the exported encoder cannot be read", where=folder, mend="Run `mbc-chat index build --full`."
            ) from error
        self._tokenizer.enable_truncation(max_length=self._settings.max_tokens)
        self._counter = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._counter.no_truncation()
        self._counter.no_padding()

    @property
    def settings(self) -> EncoderSettings:
        """Return what shapes the vectors."""
        return self._settings

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

    def _encode(self, texts: Sequence[str]) -> Vectors:
        self._tokenizer.enable_padding()
        encoded = self._tokenizer.encode_batch(list(texts))
        feeds = {
            "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
            "token_type_ids": np.array([e.type_ids for e in encoded], dtype=np.int64),
        }
        return unit(self._session.run(["vectors"], feeds)[0])


def read_encoder_settings(folder: Path) -> EncoderSettings:
    """Read ``encoder.json``. Raises IndexBroken if it is missing or not valid."""
    path = folder / "encoder.json"
    try:
        return EncoderSettings(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexBroken(
            "the exported encoder's settings cannot be read",
            where=path,
            mend="Run `mbc-chat index build --full`.",
        ) from error


def write_encoder_settings(folder: Path, settings: EncoderSettings) -> None:
    """Write ``encoder.json``."""
    (folder / "encoder.json").write_text(json.dumps(asdict(settings), indent=1) + "\n", "utf-8")


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # a question is too short to share out, and results stay the same
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
