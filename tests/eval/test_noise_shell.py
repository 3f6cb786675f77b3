from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.cli.context import WrongUse
from eval.cases import Split
from eval.engine import Subject
from eval.noise import Noise, Rates
from eval.noise_shell import NoiseOptions, execute_noise
from tests.eval.fakes import FakeAssistant, fake_subject
from tests.eval.test_shell import CASES, written

RATES = Rates(typos=0.3, swaps=0.5)


def noisy(
    path: Path, *, json_file: Path | None = None, kinds: Sequence[Noise] = tuple(Noise), **others: Any
) -> NoiseOptions:
    return NoiseOptions(RATES, seed=1, kinds=kinds, names=[str(path)], json_file=json_file, **others)


def ran(options: NoiseOptions, assistant: FakeAssistant | None = None) -> tuple[int, str]:
    out = io.StringIO()
    code = execute_noise(options, lambda _: fake_subject(assistant), out)
    return code, out.getvalue()


def never_opened(_: date) -> Subject:
    raise AssertionError("opened before everything was known to be sound")


def test_every_kind_of_noise_has_a_column_and_a_table_with_intervals(tmp_path: Path) -> None:
    code, text = ran(noisy(written(tmp_path)))
    assert code == 0
    assert text.splitlines()[0].split() == [
        "metric",
        "n",
        "as",
        "it",
        "is",
        "typos",
        "lower",
        "upper",
        "order",
    ]
    assert "typos: 30% of the letters mistyped;" in text
    assert "lower: all in small letters; 43% of the turns differ" in text
    assert "95 % of the change" in text


def test_what_the_small_subject_cannot_read_is_lost_and_the_rest_stays(tmp_path: Path) -> None:
    out = tmp_path / "noise.json"
    ran(noisy(written(tmp_path / "sets"), json_file=out))
    found = json.loads(out.read_text("utf-8"))
    assert found["cases"] == 6
    assert list(found["variants"]) == ["typos", "lower", "upper", "order"]
    # the small subject knows "chest pain" in small letters alone
    upper = found["variants"]["upper"]["changes"]["safety"]["under_triage"]
    assert (upper["n"], upper["before"], upper["after"], upper["change"]) == (1, 0.0, 1.0, 1.0)
    lower = found["variants"]["lower"]["changes"]["safety"]["under_triage"]
    assert (lower["change"], lower["low"], lower["high"]) == (0.0, 0.0, 0.0)


def test_only_the_kinds_and_the_split_that_were_asked_for_are_run(tmp_path: Path) -> None:
    out = tmp_path / "noise.json"
    ran(noisy(written(tmp_path / "sets"), json_file=out, kinds=[Noise.ORDER], split=Split.TEST))
    found = json.loads(out.read_text("utf-8"))
    assert (found["cases"], list(found["variants"])) == (1, ["order"])


def test_a_second_run_writes_the_same_bytes(tmp_path: Path) -> None:
    path = written(tmp_path / "sets")
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    assert ran(noisy(path, json_file=first)) == ran(noisy(path, json_file=second))
    assert first.read_bytes() == second.read_bytes()


def test_a_case_that_fails_is_named_and_makes_the_run_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "noise.json"
    options = noisy(written(tmp_path / "sets"), json_file=out, kinds=[Noise.UPPER])
    code, text = ran(options, FakeAssistant(frozenset({"GOUT"})))
    assert code == 1
    assert "gout: RuntimeError" in text
    assert "1 cases ended in an error" in capsys.readouterr().err
    assert list(json.loads(out.read_text("utf-8"))["variants"]["upper"]["failed"]) == ["gout"]


def test_what_cannot_be_run_or_written_is_wrong_use(tmp_path: Path) -> None:
    path = written(tmp_path / "sets", [*CASES[:1], "{id: a, question: b, colour: red}"])
    with pytest.raises(WrongUse, match="case a, key colour"):
        execute_noise(noisy(path), never_opened, io.StringIO())
    sound = written(tmp_path / "sound")
    with pytest.raises(WrongUse, match=r"--json: the folder .* does not exist; create it first"):
        execute_noise(noisy(sound, json_file=tmp_path / "none" / "x.json"), never_opened, io.StringIO())
    with pytest.raises(WrongUse, match="is a folder; name a file"):
        execute_noise(noisy(sound, json_file=tmp_path), never_opened, io.StringIO())
