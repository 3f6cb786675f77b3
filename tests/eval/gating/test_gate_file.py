from __future__ import annotations

from pathlib import Path

import pytest

import eval as package
from eval.cases import EvalSetError, Split
from eval.gating.gate_file import read_gate
from eval.score import Target


def written(folder: Path, text: str) -> Path:
    path = folder / "gates.toml"
    path.write_text(text, "utf-8")
    return path


def test_every_key_of_the_format_is_read(tmp_path: Path) -> None:
    text = """
    split = "test"
    baseline = "rows/base.jsonl"
    [invariants]
    quote_fidelity = { at_least = 1.0 }
    [limits]
    contradiction = { at_most = 0.02 }
    [paired]
    metrics = ["vital_recall", "recall:crisis", "vital_recall"]
    """
    gate = read_gate(written(tmp_path, text))
    assert gate.split is Split.TEST
    assert gate.baseline == tmp_path / "rows" / "base.jsonl"
    assert gate.invariants == {"quote_fidelity": Target(1.0)}
    assert gate.limits == {"contradiction": Target(0.02, at_most=True)}
    assert gate.paired == ("vital_recall", "recall:crisis")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "key baseline: Field required"),
        ("baseline = 'x'\nspeed = 1", "key speed: Extra inputs are not permitted"),
        ("baseline = 'x'\nsplit = 'train'", "key split: Input should be 'dev' or 'test'"),
        ("baseline = ", "cannot be read: Invalid value"),
        ("baseline = 'x'\n[invariants]\nwords = {}", "key invariants.words: .*state at_least or at_most"),
        (
            "baseline = 'x'\n[limits]\nvital_recal = {at_least = 1}",
            "key limits: there is no metric 'vital_recal'. Did you mean vital_recall?",
        ),
        (
            "baseline = 'x'\n[paired]\nmetrics = ['recall:flu']",
            "key paired.metrics: there is no metric 'recall:flu'",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(EvalSetError, match=says):
        read_gate(written(tmp_path, text))


def test_a_gate_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(EvalSetError, match=r"none\.toml: there is no such file"):
        read_gate(tmp_path / "none.toml")


def test_our_own_gate_can_be_read_and_its_baseline_is_there() -> None:
    gate = read_gate(Path(str(package.__path__[0])) / "gates.toml")
    assert gate.split is Split.DEV
    assert gate.baseline.is_file()
