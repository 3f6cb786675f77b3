from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.build import build_index
from index.building import BuildOptions
from index.errors import IndexForeign
from index.exported import read_exported
from index.generation import IndexFolder
from index.model import Device, Precision, TorchEncoder, load_model
from index.model_files import model_identity
from index.onnx_encoder import OnnxEncoder
from index.passages import limits_for
from index.search import open_encoder, open_index
from tests.index.small_models import bert, pooling, save

TEXTS = ["what does low mean", "bees eat nectar and pollen .", "the team may check heart , lungs and blood"]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    from sentence_transformers.sentence_transformer.modules import Dense

    top = tmp_path_factory.mktemp("models")
    prompts = {"query": "query : ", "document": "passage : "}
    return {
        "mean": save(top / "mean", bert(top / "mean"), pooling(), prompts=prompts),
        "cls": save(top / "cls", bert(top / "cls"), pooling(mode="cls")),
        "max": save(top / "max", bert(top / "max"), pooling(mode="max")),
        "dense": save(top / "dense", bert(top / "dense"), pooling(), Dense(32, 16)),
        "twin": save(top / "twin", bert(top / "twin", seed=1), pooling(), prompts=prompts),
        "short": save(top / "short", bert(top / "short", max_tokens=16), pooling()),
    }


def exported(model: TorchEncoder, folder: Path) -> OnnxEncoder:
    folder.mkdir()
    assert model.export(folder)
    return OnnxEncoder.from_files(folder, model.settings)


@pytest.mark.parametrize("name", ["mean", "cls"])
def test_what_a_model_is_exported_to_gives_its_vectors(
    models: dict[str, Path], tmp_path: Path, name: str
) -> None:
    model = load_model(str(models[name]))
    small = exported(model, tmp_path / "out")
    assert np.abs(small.encode_passages(TEXTS) - model.encode_passages(TEXTS)).max() < 1e-5
    assert np.abs(small.encode_query(TEXTS[0]) - model.encode_query(TEXTS[0])).max() < 1e-5


def test_prefixes_are_those_of_the_models_own_settings(models: dict[str, Path]) -> None:
    import sentence_transformers

    model = load_model(str(models["mean"]))
    assert (model.settings.query_prefix, model.settings.passage_prefix) == ("query : ", "passage : ")
    plain = sentence_transformers.SentenceTransformer(str(models["mean"]), device="cpu")
    for ours, theirs in (
        (model.encode_query(TEXTS[0]), plain.encode_query([TEXTS[0]], normalize_embeddings=True)),
        (model.encode_passages(TEXTS), plain.encode_document(TEXTS, normalize_embeddings=True)),
    ):
        assert np.abs(ours - theirs).max() < 1e-6


@pytest.mark.parametrize("name", ["max", "dense"])
def test_a_model_without_an_exported_form_answers_itself(
    models: dict[str, Path], tmp_path: Path, bee_folder: Path, name: str
) -> None:
    folder = IndexFolder(tmp_path / "i")
    build_index(folder, [bee_folder], lambda: load_model(str(models[name])))
    index = open_index(folder)
    assert not read_exported(folder.encoder(index.manifest.encoder)).has_model
    assert isinstance(open_encoder(folder, index.manifest.encoder), TorchEncoder)
    assert index.manifest.dim == (16 if name == "dense" else 32)
    assert index.search("nectar", 2)


def test_a_small_edit_is_encoded_without_loading_the_model(
    models: dict[str, Path], tmp_path: Path, bee_folder: Path
) -> None:
    folder = IndexFolder(tmp_path / "i")
    name = str(models["mean"])
    options = BuildOptions(identity=model_identity(name))
    build_index(folder, [bee_folder], lambda: load_model(name), options=options)
    (bee_folder / "hives.txt").write_text("the hive may eat honey")

    def never() -> TorchEncoder:
        raise AssertionError("the model was loaded")

    result = build_index(folder, [bee_folder], never, options=options)
    assert (result.built, result.encoded) == (True, 2)
    clean = IndexFolder(tmp_path / "clean")
    build_index(clean, [bee_folder], lambda: load_model(name), options=options)
    difference = open_index(folder).passage_vectors() - open_index(clean).passage_vectors()
    assert np.abs(difference).max() < 1e-5


def test_other_weights_of_the_same_shape_are_another_model(
    models: dict[str, Path], tmp_path: Path, bee_folder: Path
) -> None:
    first, second = load_model(str(models["mean"])), load_model(str(models["twin"]))
    assert first.settings.dim == second.settings.dim
    assert first.settings.weights_sha256 != second.settings.weights_sha256
    folder = IndexFolder(tmp_path / "i")
    build_index(folder, [bee_folder], lambda: first)
    with pytest.raises(IndexForeign, match="another model"):
        open_index(folder, second)


def test_another_dimension_is_refused_with_both_numbers(
    models: dict[str, Path], tmp_path: Path, bee_folder: Path
) -> None:
    folder = IndexFolder(tmp_path / "i")
    build_index(folder, [bee_folder], lambda: load_model(str(models["mean"])))
    with pytest.raises(IndexForeign, match=r"32 numbers.* gives 16"):
        open_index(folder, load_model(str(models["dense"])))


def test_weights_that_change_in_place_are_noticed(
    models: dict[str, Path], tmp_path: Path, bee_folder: Path
) -> None:
    place = tmp_path / "model"
    shutil.copytree(models["mean"], place)
    folder = IndexFolder(tmp_path / "i")
    before = model_identity(str(place))
    build_index(folder, [bee_folder], lambda: load_model(str(place)), options=BuildOptions(identity=before))
    shutil.copy(models["twin"] / "model.safetensors", place / "model.safetensors")
    after = model_identity(str(place))
    assert after != before
    result = build_index(
        folder, [bee_folder], lambda: load_model(str(place)), options=BuildOptions(identity=after)
    )
    assert result.built
    assert result.changes.settings
    assert result.encoded > 0


def test_passages_are_cut_to_what_a_short_model_reads_and_longer_ones_are_told(
    models: dict[str, Path], tmp_path: Path, bee_folder: Path
) -> None:
    model = load_model(str(models["short"]))
    assert (model.settings.max_tokens, limits_for(model.settings).whole) == (16, 48)
    result = build_index(IndexFolder(tmp_path / "i"), [bee_folder], lambda: model)
    assert result.cut > 0


def test_bf16_stays_the_same_encoder_while_it_is_within_the_tolerance(models: dict[str, Path]) -> None:
    exact = load_model(str(models["mean"]), precision=Precision.FP32)
    rough = load_model(str(models["mean"]), precision=Precision.BF16, device=Device.CPU)
    assert (exact.runs_on, rough.runs_on) == ("cpu, float32", "cpu, bfloat16")
    cosines = (exact.encode_passages(TEXTS) * rough.encode_passages(TEXTS)).sum(axis=1)
    within = bool(cosines.min() >= 0.999)
    assert (rough.settings == exact.settings) is within
    assert cosines.min() > 0.99
