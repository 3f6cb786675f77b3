from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from index import model_files
from index.errors import ModelProblem
from index.model import TorchEncoder, load_model
from index.model_files import DEFAULT_MODEL, DEFAULT_WEIGHTS_SHA256, model_folder
from index.onnx_encoder import OnnxEncoder

TEXTS = ["What is HER2-low?", "", "a", "PIK3CA, AKT1 and PTEN. " * 80, "Fièvre ≥ 38 °C\n- item"]


@pytest.fixture(scope="module")
def default_model() -> TorchEncoder:
    return load_model()


def test_the_default_model_is_the_published_one(default_model: TorchEncoder) -> None:
    settings = default_model.settings
    assert (settings.weights_sha256, settings.dim, settings.max_tokens) == (DEFAULT_WEIGHTS_SHA256, 384, 256)


def test_the_exported_encoder_gives_the_same_vectors(default_model: TorchEncoder, real_home: Path) -> None:
    exported = OnnxEncoder.open(real_home / "index" / "encoders" / default_model.settings.fingerprint)
    ours, theirs = exported.encode_passages(TEXTS), default_model.encode_passages(TEXTS)
    assert np.abs(ours - theirs).max() < 1e-5
    assert np.abs(exported.encode_query(TEXTS[0]) - default_model.encode_query(TEXTS[0])).max() < 1e-5
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-6)
    assert exported.count_tokens(TEXTS) == default_model.count_tokens(TEXTS)


def test_tampered_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model_folder(DEFAULT_MODEL), folder)
    weights = folder / "model.safetensors"
    with weights.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x01")
    monkeypatch.setattr(model_files, "_default_folder", lambda: folder)
    with pytest.raises(ModelProblem, match="not the published ones"):
        load_model()


def test_a_model_that_is_not_on_this_machine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match="no such model on this machine"):
        load_model("nobody/no-such-model")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelProblem, match="cannot be loaded"):
        load_model(str(tmp_path / "empty"))
