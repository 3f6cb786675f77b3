"""Loading sentence-transformers models, and exporting what a question needs to ONNX.

The only module that imports torch and sentence-transformers, and only when a model is loaded:
that takes seconds and most of a gigabyte, which no answer should pay for.
"""

from __future__ import annotations

import copy
import hashlib
import inspect
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import numpy as np

from index.encoder import EncoderSettings, Vectors, unit
from index.errors import ModelProblem
from index.exported import MODEL, TOKENIZER, WEIGHTS
from index.hashing import sha256_of
from index.model_files import DEFAULT_MODEL, check_default_weights, forbid_network, model_folder

TOLERANCE = 0.999
"""Least cosine between a vector and its fp32 self at which a precision counts as the same encoder."""

_EXPORT_TOLERANCE = 0.99999
_BATCH = 32
_PROBES = (
    "What does HER2-low mean on my report?",
    "Bees eat nectar and pollen.",
    "The team may check the heart, the lungs and the blood before each treatment, and again in between.",
    "Über 38 °C: call.",
)
"""Texts on which two forms of a model are compared."""


class Device(StrEnum):
    """What a model runs on."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


class Precision(StrEnum):
    """How a model's numbers are kept while it encodes."""

    AUTO = "auto"
    FP32 = "fp32"
    BF16 = "bf16"


class TorchEncoder:
    """A sentence-transformers model as an encoder."""

    def __init__(self, model: Any, settings: EncoderSettings, exact: Any = None) -> None:
        self._model = model
        self._settings = settings
        self.exact = exact if exact is not None else model
        """The same model in fp32, for the export."""

    @property
    def settings(self) -> EncoderSettings:
        """Return what shapes the vectors."""
        return self._settings

    @property
    def runs_on(self) -> str:
        """Name device and precision, for the reader."""
        parameter = next(self._model.parameters())
        return f"{parameter.device.type}, {str(parameter.dtype).removeprefix('torch.')}"

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of ``texts``, shape (n, dim)."""
        return _encode(self._model, texts, self._settings.passage_prefix)

    def encode_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (1, dim)."""
        return _encode(self._model, [text], self._settings.query_prefix)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without special tokens."""
        encoded = self._model.tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def export(self, folder: Path) -> bool:
        """Write graph, weights and tokenizer into ``folder``; False if this model has no such form.

        The graph takes token ids and gives unit vectors. It is tried on a few texts, and thrown away
        if it gives others than the model does.
        """
        if self._settings.pooling not in {"mean", "cls"}:
            return False
        try:
            _export(self.exact, self._settings, folder)
            same = _gives_the_same(self.exact, self._settings, folder)
        except (RuntimeError, ValueError, TypeError, AttributeError, KeyError, ImportError):
            same = False  # the exporter fails in many ways on models it does not know
        if not same:
            for name in (MODEL, WEIGHTS, TOKENIZER):
                (folder / name).unlink(missing_ok=True)
        return same


def load_model(
    name: str = DEFAULT_MODEL,
    *,
    device: Device = Device.AUTO,
    precision: Precision = Precision.AUTO,
) -> TorchEncoder:
    """Load the default model from its package, or any other by folder or by name from the local cache.

    Device and precision are what the machine does best unless they are given: bf16 on a GPU or a CPU
    with AMX, else fp32. A precision is part of the settings only if it moves vectors by more than
    ``TOLERANCE``. Raises ModelProblem if there is no such model on this machine, if the default
    model's weights are not the published ones, or if the device is not there.
    """
    folder = model_folder(name)
    if name == DEFAULT_MODEL:
        check_default_weights(folder)
    forbid_network()
    with _quiet():
        from sentence_transformers import SentenceTransformer

        chosen = _device(device)
        try:
            model = SentenceTransformer(str(folder), device=chosen, local_files_only=True).eval()
        except (OSError, ValueError, RuntimeError, KeyError, ImportError, UnpicklingError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ModelProblem(
                f"the model cannot be loaded: {reason}",
                where=name,
                mend="Give --model a folder with a sentence-transformers model, or leave it out.",
            ) from error
    settings = _settings(name, folder, model)
    if _wants_bf16(precision, chosen):
        return _in_bf16(model, settings)
    return TorchEncoder(model, settings)


def plain_encode(encoder: TorchEncoder, texts: Sequence[str]) -> Vectors:
    """Encode as sentence-transformers does when nothing is said, in fp32: what benchmarks compare with."""
    return np.asarray(encoder.exact.encode(list(texts), show_progress_bar=False), dtype=np.float32)


def _device(wanted: Device) -> str:
    import torch

    there = {
        Device.CUDA: torch.cuda.is_available(),
        Device.MPS: torch.backends.mps.is_available(),
        Device.CPU: True,
    }
    if wanted is Device.AUTO:
        return next(device.value for device, available in there.items() if available)
    if not there[wanted]:
        raise ModelProblem(
            f"there is no {wanted.value} device here", mend="Leave --device out, or use --device cpu."
        )
    return wanted.value


def _wants_bf16(precision: Precision, device: str) -> bool:
    import torch

    if precision is not Precision.AUTO:
        return precision is Precision.BF16
    if device == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return device == "cpu" and _has_amx()


def _has_amx() -> bool:
    """Whether the CPU multiplies bf16 matrices in hardware; without that, bf16 is slower than fp32."""
    try:
        return "amx_bf16" in Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return False


def _in_bf16(exact: Any, settings: EncoderSettings) -> TorchEncoder:
    import torch

    model = copy.deepcopy(exact).to(torch.bfloat16)
    ours, theirs = _encode(model, _PROBES, ""), _encode(exact, _PROBES, "")
    if float((ours * theirs).sum(axis=1).min()) < TOLERANCE:
        settings = replace(settings, precision=Precision.BF16.value)
    return TorchEncoder(model, settings, exact)


def _encode(model: Any, texts: Sequence[str], prefix: str) -> Vectors:
    if not texts:
        return np.zeros((0, int(model.get_embedding_dimension())), dtype=np.float32)
    vectors = model.encode(
        list(texts),
        prompt=prefix,
        batch_size=_BATCH,
        show_progress_bar=False,
        convert_to_numpy=True,
    )
    return unit(vectors)


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
    named = str(mode) if isinstance(mode, str) else "+".join(mode)
    return named if getattr(model[1], "include_prompt", True) else f"{named} without the prompt"


def _weights_hash(folder: Path, model: Any) -> str:
    files = sorted(folder.rglob("*.safetensors")) + sorted(folder.rglob("*.bin"))
    if len(files) == 1:
        return sha256_of(files[0])
    whole = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        whole.update(key.encode())
        whole.update(tensor.detach().cpu().contiguous().view(-1).float().numpy().tobytes())
    return whole.hexdigest()


def _export(model: Any, settings: EncoderSettings, folder: Path) -> None:
    """Write the model as one graph, its weights and its tokenizer into ``folder``."""
    import torch

    graph, names = _as_one_graph(model, settings.pooling)
    ids = torch.full((2, 16), 5, dtype=torch.int64)
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length", max=settings.max_tokens)
    inputs = (ids, torch.ones_like(ids), torch.zeros_like(ids))[: len(names)]
    with _quiet(), torch.no_grad():
        torch.onnx.export(
            graph,
            inputs,
            str(folder / MODEL),
            input_names=names,
            output_names=["vectors"],
            dynamic_shapes={key: {0: batch, 1: length} for key in names},
            dynamo=True,
            external_data=True,
            verbose=False,
        )
    tokenizer = model.tokenizer
    tokenizer.backend_tokenizer.enable_padding(pad_id=tokenizer.pad_token_id, pad_token=tokenizer.pad_token)
    tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))


def _as_one_graph(model: Any, pooling: str) -> tuple[Any, list[str]]:
    """Return transformer, pooling and normalisation as one torch module, and the names of its inputs."""
    import torch

    transformer = copy.deepcopy(model[0].auto_model).to("cpu")
    takes_types = "token_type_ids" in inspect.signature(transformer.forward).parameters

    class Unit(torch.nn.Module):
        """From tokens to unit vectors."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any = None) -> Any:
            types = {"token_type_ids": token_type_ids} if takes_types else {}
            hidden = self.transformer(
                input_ids=input_ids, attention_mask=attention_mask, **types
            ).last_hidden_state
            if pooling == "cls":
                pooled = hidden[:, 0]
            else:
                mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
                pooled = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, dim=-1)

    return Unit().eval(), ["input_ids", "attention_mask", *(["token_type_ids"] if takes_types else [])]


def _gives_the_same(model: Any, settings: EncoderSettings, folder: Path) -> bool:
    from index.onnx_encoder import OnnxEncoder

    exported = OnnxEncoder.from_files(folder, settings)
    prefix = settings.passage_prefix
    ours, theirs = exported.encode_passages(_PROBES), _encode(model, _PROBES, prefix)
    return bool((ours * theirs).sum(axis=1).min() >= _EXPORT_TOLERANCE)


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
