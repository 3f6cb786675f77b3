from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.cli.context import WrongUse
from bot.conversation import Conversation
from bot.reply import Reply
from eval.cases import Split
from eval.engine import Subject
from eval.shell import RunOptions, execute
from tests.eval.fakes import FakeAssistant, fake_subject

GATE = """
baseline = "baseline.jsonl"
[invariants]
quote_fidelity = { at_least = 1.0 }
[limits]
contradiction = { at_most = 0.0 }
[paired]
metrics = ["vital_recall", "right_kind"]
"""
CASES = [
    f"{{id: drugs-{k}, question: Which drugs act on PIK3CA {k}, kind: answer, must_not: [a rash], "
    "nuggets: [{any: [alpelisib], vital: true}]}"
    for k in range(8)
]
HARD = "{id: hard, question: sugar, kind: not_covered, must_not: [sugar], nuggets: [{any: [x], vital: true}]}"


class Forgetful(FakeAssistant):
    """Does not find what it found before."""

    def reply(self, conversation: Conversation, text: str, /) -> Reply:
        return super().reply(conversation, "gout" if "PIK3CA" in text else text)


class Gated:
    """One run of cases in a folder that holds a gate."""

    def __init__(
        self,
        folder: Path,
        cases: Sequence[str] = CASES,
        assistant: FakeAssistant | None = None,
        *,
        new: bool = False,
        split: Split | None = None,
        fp32: bool = True,
    ) -> None:
        path = folder / "own.yaml"
        path.write_text("".join(f"- {case}\n" for case in cases), "utf-8")
        (folder / "gates.toml").write_text(GATE, "utf-8")
        subject = replace(fake_subject(assistant), is_fp32=lambda: fp32)

        def opened(_: date) -> Subject:
            return subject

        out, report = io.StringIO(), folder / "out.json"
        options = RunOptions([str(path)], report, split, gate=folder / "gates.toml", new_baseline=new)
        self.code = execute(options, opened, out)
        self.text = out.getvalue()
        self.verdict: dict[str, Any] | None = json.loads(report.read_text("utf-8"))["gate"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert Gated(tmp_path, new=True).code == 0
    return tmp_path


def test_the_same_results_hold(folder: Path) -> None:
    done = Gated(folder)
    assert done.code == 0
    assert "Gate: 8 cases compared with the baseline, 0 new ones only counted" in done.text
    assert done.text.splitlines()[-1] == "Gate: holds"
    assert done.verdict is not None
    assert done.verdict["holds"] is True


def test_a_fall_that_is_no_chance_fails_and_names_the_cases(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = Gated(folder, assistant=Forgetful())
    assert done.code == 1
    assert "Gate: vital_recall fell from 1 to 0 over 8 cases (change -1.000 to -1.000); lost: drugs-0" in (
        done.text
    )
    assert done.text.splitlines()[-1] == "Gate: FAILED"
    assert "the gate does not hold." in capsys.readouterr().err
    assert done.verdict is not None
    assert sorted(done.verdict["falls"]) == ["right_kind", "vital_recall"]


def test_a_new_hard_case_is_counted_and_never_punished(folder: Path) -> None:
    done = Gated(folder, [*CASES, HARD])
    assert done.code == 0
    assert "8 cases compared with the baseline, 1 new ones only counted" in done.text


def test_a_case_made_harder_is_not_held_against_its_old_self(folder: Path) -> None:
    harder = [CASES[0].replace("any: [alpelisib]", "any: [capivasertib]"), *CASES[1:]]
    done = Gated(folder, harder)
    assert done.code == 0
    assert "Gate: 1 are asked or labelled otherwise than in the baseline: drugs-0" in done.text


def test_a_case_that_is_no_longer_run_is_named(folder: Path) -> None:
    done = Gated(folder, CASES[1:])
    assert done.code == 0
    assert "Gate: 1 are in the baseline and were not run: drugs-0" in done.text


def test_a_broken_invariant_fails_for_old_and_new_cases(folder: Path) -> None:
    done = Gated(folder, assistant=FakeAssistant(misquotes=True))
    assert done.code == 1
    assert "Gate: quote_fidelity is 0 over 8 cases, and must be at least 1" in done.text


def test_a_limit_holds_for_the_cases_of_the_baseline(tmp_path: Path) -> None:
    Gated(tmp_path, [*CASES, HARD], new=True)
    done = Gated(tmp_path, [*CASES, HARD])
    assert done.code == 1
    assert "Gate: contradiction is 0.111111 over 9 cases, and must be at most 0" in done.text


def test_an_error_row_fails(folder: Path) -> None:
    done = Gated(folder, [*CASES, "{id: bad, question: boom}"], FakeAssistant(frozenset({"boom"})))
    assert done.code == 1
    assert "Gate: 1 cases ended in an error: bad" in done.text


def test_a_baseline_is_not_written_from_a_run_with_errors(folder: Path) -> None:
    before = (folder / "baseline.jsonl").read_bytes()
    bad = [*CASES, "{id: bad, question: boom}"]
    assert Gated(folder, bad, FakeAssistant(frozenset({"boom"})), new=True).code == 1
    assert (folder / "baseline.jsonl").read_bytes() == before


def test_a_baseline_is_the_same_each_time(folder: Path) -> None:
    before = (folder / "baseline.jsonl").read_bytes()
    Gated(folder, CASES[::-1], new=True)
    assert (folder / "baseline.jsonl").read_bytes() == before


def test_a_gate_brings_its_split(folder: Path) -> None:
    tested = "{id: held-out, question: ultralow, split: test}"
    assert "8 cases, 8 turns, split dev" in Gated(folder, [*CASES, tested]).text
    with pytest.raises(WrongUse, match=r"holds for the split dev, and this run is of test\. Use --split dev"):
        Gated(folder, [*CASES, tested], split=Split.TEST)


def test_an_index_of_other_vectors_is_not_judged(folder: Path) -> None:
    with pytest.raises(WrongUse, match=r"in fp32: no gate can judge it\. Build it with .*--precision fp32"):
        Gated(folder, fp32=False)


def test_without_a_baseline_it_is_said_how_to_write_one(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"there is no baseline yet\. Write it: .* --new-baseline"):
        Gated(tmp_path)


def test_a_new_baseline_needs_a_gate(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="name it with --gate FILE"):
        execute(RunOptions(new_baseline=True), lambda _: fake_subject(), io.StringIO())
