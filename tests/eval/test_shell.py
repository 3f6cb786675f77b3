from __future__ import annotations

import io
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest

from bot.cli import context
from bot.cli.context import WrongUse
from bot.reply import Citation
from eval.cases import DEFAULT_TODAY, Split
from eval.engine import Subject
from eval.shell import RunOptions, execute
from index.errors import IndexMissing
from tests.eval.fakes import FakeAssistant, fake_subject

ROOT = Path(__file__).parents[2]

CASES = [
    '{id: drugs, question: "Which drugs act on PIK3CA", kind: answer, categories: [], '
    'sections_any: ["pi3k#which-drugs"], nuggets: [{any: [alpelisib], vital: true}], split: test}',
    '{id: sugar, question: "sugar with alpelisib", kind: answer, '
    'sections_all: ["pi3k#sugar", "pi3k#which-drugs"]}',
    "{id: gout, question: gout, kind: not_covered, categories: [off_topic]}",
    "{id: pain, question: I have chest pain, kind: emergency, categories: [emergency]}",
    "{id: lost, question: ultralow or gout, kind: not_covered}",
    "{id: thread, turns: [{question: What is HER2-low?, nuggets: [{any: [little], vital: true}]}, "
    "{question: and ultralow?, understood: ultralow, "
    "nuggets: [{any: [hardly], vital: true}, {any: [none]}]}]}",
]


def written(folder: Path, cases: Sequence[str] = CASES, name: str = "own.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("".join(f"- {case}\n" for case in cases), encoding="utf-8")
    return path


class Ran:
    """One run of the command with a fake subject."""

    def __init__(self, options: RunOptions, assistant: FakeAssistant | None = None) -> None:
        self.days: list[date] = []
        self.assistant = assistant
        out = io.StringIO()
        self.code = execute(options, self._open, out)
        self.out = out.getvalue()

    def _open(self, day: date) -> Subject:
        self.days.append(day)
        return fake_subject(self.assistant)


def refused(options: RunOptions) -> str:
    """Run what is wrong use, and return what is said; nothing may be opened."""
    with pytest.raises(WrongUse) as caught:
        execute(options, never_opened, io.StringIO())
    return str(caught.value)


def never_opened(_: date) -> Subject:
    raise AssertionError("opened before everything was known to be sound")


def files_of(path: Path) -> tuple[bytes, bytes]:
    return path.read_bytes(), path.with_name(path.name + ".cases.jsonl").read_bytes()


def summary_of(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def test_a_run_prints_scores_with_n_interval_and_target(tmp_path: Path) -> None:
    ran = Ran(RunOptions([str(written(tmp_path))]))
    assert ran.code == 0
    assert "own: 6 cases, 7 turns, split all" in ran.out
    rows = {line.split()[0]: line.split() for line in ran.out.splitlines() if line.split()}
    assert " ".join(rows["quote_fidelity"][1:]) == "4 cases 1.000 0.510 - 1.000 >= 1.000 reached"
    assert " ".join(rows["hallucination_near_topic"][1:]) == "1 cases 1.000 0.207 - 1.000 <= 0.150 missed"
    assert " ".join(rows["contradiction"][1:]) == "0 cases none <= 0.000"


def test_the_narration_is_on_stderr_and_quiet_silences_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Ran(RunOptions([str(written(tmp_path))]))
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(
        r"Running 6 cases\.\nA reply took \d+\.\d ms \(median\) and \d+\.\d ms \(95th percentile\)\.\n", err
    )
    monkeypatch.setattr(context.options, "quiet", True)
    Ran(RunOptions([str(written(tmp_path))]))
    assert capsys.readouterr() == ("", "")


def test_known_numbers_reach_the_summary(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    ran = Ran(RunOptions([str(written(tmp_path))], out, today=date(2026, 5, 6)))
    assert ran.days == [date(2026, 5, 6)]
    summary = summary_of(out)
    assert (summary["cases"], summary["turns"], summary["errors"]) == (6, 7, 0)
    assert (summary["today"], summary["split"]) == ("2026-05-06", "all")
    assert summary["content_sha256"] == "c0ffee"
    assert summary["metrics"]["retrieval"]["hit@1"] == {
        "value": 1.0,
        "n": 2,
        "unit": "cases",
        "low": 0.34238,
        "high": 1.0,
        "interval": "wilson",
        "target": None,
        "reached": None,
    }
    assert summary["metrics"]["retrieval"]["hit@5"]["n"] == 1
    assert summary["metrics"]["abstention"]["hallucination"]["value"] == 0.5
    assert summary["metrics"]["answer"]["nugget_recall"]["value"] == 0.875
    assert summary["metrics"]["conversation"]["vital_recall_follow_up"]["value"] == 1.0
    assert summary["metrics"]["grounding"]["quote_fidelity"]["target"] == {"at_least": 1.0}
    assert summary["metrics"]["safety"]["under_triage"]["value"] == 0.0
    assert summary["categories"]["emergency"]["recall"]["value"] == 1.0
    assert summary["categories"]["off_topic"]["recall"]["value"] == 0.0
    assert summary["categories"]["crisis"]["recall"]["value"] is None


def test_each_case_has_a_row_with_what_it_rests_on(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    Ran(RunOptions([str(written(tmp_path))], out))
    rows = [json.loads(line) for line in (tmp_path / "out.json.cases.jsonl").read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["drugs", "gout", "lost", "pain", "sugar", "thread"]
    assert rows[5]["scores"]["nugget_recall"] == 0.75
    assert rows[5]["scores"]["hit@1"] is None
    turn = rows[0]["turns"][0]
    assert turn["passages"] == ["pi3k#which-drugs/1"]
    quote = {"text": "Alpelisib and inavolisib act on a PIK3CA mutation.", "exact": True, "lost": []}
    assert turn["quotes"] == [quote]
    assert (turn["right_sections"], turn["right_passages"]) == (["pi3k#which-drugs"], [True])
    assert turn["nuggets_cited"] == [True]
    assert len(rows[0]["sha256"]) == 64
    assert turn["nuggets_found"] == [True]
    assert turn["scores"]["hit@1"] == 1.0
    assert turn["scores"]["hallucination"] is None


def test_nothing_is_written_beside_the_three_files(tmp_path: Path) -> None:
    out = tmp_path / "reports" / "out.json"
    out.parent.mkdir()
    ran = Ran(RunOptions([str(written(tmp_path / "sets"))], out))
    assert ran.code == 0
    names = ["out.json", "out.json.cases.jsonl", "out.json.timings.json"]
    assert sorted(path.name for path in out.parent.iterdir()) == names
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reports", "sets"]


def test_times_and_the_generation_are_in_the_file_of_times_alone(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    Ran(RunOptions([str(written(tmp_path))], out))
    times = summary_of(tmp_path / "out.json.timings.json")
    assert times["generation"] == "0001"
    assert times["turns"] == 7
    assert sorted(times["reply_ms"]) == ["drugs", "gout", "lost", "pain", "sugar", "thread"]
    assert 0 <= times["p50_ms"] <= times["p95_ms"]
    for each in files_of(out):
        assert b"_ms" not in each
        assert b"0001" not in each


def test_a_second_run_writes_the_same_bytes(tmp_path: Path) -> None:
    path = str(written(tmp_path))
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    one, two = Ran(RunOptions([path], first)), Ran(RunOptions([path], second))
    assert files_of(first) == files_of(second)
    assert one.out == two.out


def test_another_order_of_the_cases_gives_the_same_report(tmp_path: Path) -> None:
    shuffled = random.Random(3).sample(CASES, len(CASES))
    assert shuffled != CASES
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    Ran(RunOptions([str(written(tmp_path / "a"))], first))
    Ran(RunOptions([str(written(tmp_path / "b", shuffled))], second))
    assert files_of(first) == files_of(second)


def test_another_order_of_the_sets_gives_the_same_report(tmp_path: Path) -> None:
    paths = [str(written(tmp_path, CASES[:3], "x.yaml")), str(written(tmp_path, CASES[3:], "y.yaml"))]
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    Ran(RunOptions(paths, first))
    Ran(RunOptions(paths[::-1], second))
    assert files_of(first) == files_of(second)


def test_a_changed_case_changes_the_hash_of_its_set(tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    Ran(RunOptions([str(written(tmp_path / "a", CASES[:1]))], first))
    changed = [CASES[0].replace("any: [alpelisib]", "any: [inavolisib]")]
    Ran(RunOptions([str(written(tmp_path / "b", changed))], second))
    assert summary_of(first)["sets"][0]["sha256"] != summary_of(second)["sets"][0]["sha256"]


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_bytes_do_not_depend_on_hash_randomisation(tmp_path: Path, seed: str) -> None:
    path, here, there = written(tmp_path), tmp_path / "here.json", tmp_path / "there.json"
    Ran(RunOptions([str(path)], here))
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run(
        [sys.executable, "-m", "tests.eval.fakes", str(there), str(path)],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert files_of(here) == files_of(there)


def test_only_the_chosen_split_is_run(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    Ran(RunOptions([str(written(tmp_path))], out, Split.TEST))
    summary = summary_of(out)
    assert (summary["cases"], summary["split"]) == (1, "test")


def test_a_run_without_a_day_has_the_default_one(tmp_path: Path) -> None:
    assert Ran(RunOptions([str(written(tmp_path))])).days == [DEFAULT_TODAY]


def test_a_case_with_an_error_is_shown_counted_and_makes_the_run_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    ran = Ran(RunOptions([str(written(tmp_path))], out), FakeAssistant(frozenset({"gout"})))
    assert ran.code == 1
    assert "1 of 6 cases ended in an error and are in no number below" in ran.out
    assert "1 of 6 cases ended in an error." in capsys.readouterr().err
    summary = summary_of(out)
    assert summary["errors"] == 1
    assert list(summary["failed"]) == ["gout"]
    assert summary["metrics"]["abstention"]["hallucination_off_topic"]["value"] is None


def test_a_bad_set_is_wrong_use_and_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    said = refused(RunOptions([str(written(tmp_path, ["{id: a, question: b, colour: red}"]))], out))
    assert "case a, key colour" in said
    assert not out.exists()


def test_a_gold_section_that_is_not_indexed_is_wrong_use(tmp_path: Path) -> None:
    path = written(tmp_path, ["{id: a, question: b, sections_any: ['pi3k#sugars']}"])
    with pytest.raises(WrongUse, match=r"pi3k#sugars is not in the index \(nearest: pi3k#sugar\)"):
        Ran(RunOptions([str(path)]))


def test_a_report_that_cannot_be_written_is_said_before_the_run(tmp_path: Path) -> None:
    path = str(written(tmp_path))
    assert "does not exist; create it first" in refused(RunOptions([path], tmp_path / "none" / "out.json"))
    assert "is a folder; name a file" in refused(RunOptions([path], tmp_path))


def test_a_missing_index_ends_the_run_with_its_own_error(tmp_path: Path) -> None:
    def missing(_: date) -> Subject:
        raise IndexMissing("there is no index yet", mend="Run `mbc-chat index build`.")

    with pytest.raises(IndexMissing, match="mbc-chat index build"):
        execute(RunOptions([str(written(tmp_path))]), missing, io.StringIO())


def test_nothing_of_a_set_can_steer_the_terminal(tmp_path: Path) -> None:
    class Rude(FakeAssistant):
        def source(self, citation: Citation, /) -> NoReturn:
            raise ValueError("\x1b[2J[red]gone")

    ran = Ran(RunOptions([str(written(tmp_path, CASES[:1]))]), Rude())
    assert ran.code == 1
    assert "\x1b" not in ran.out
    assert "[red]gone" in ran.out


def test_the_page_is_written_where_asked_and_without_times_its_bytes_never_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(written(tmp_path / "sets"))
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    for page in (first, second):
        assert Ran(RunOptions([path], html_file=page, times=False)).code == 0
    assert first.read_bytes() == second.read_bytes()
    assert "Worst cases" in first.read_text("utf-8")
    assert f"Written: {first}." in capsys.readouterr().err


def test_a_page_that_cannot_be_written_is_said_before_the_run(tmp_path: Path) -> None:
    said = refused(RunOptions([str(written(tmp_path / "sets"))], html_file=tmp_path / "none" / "a.html"))
    assert said.startswith("--html: the folder")
